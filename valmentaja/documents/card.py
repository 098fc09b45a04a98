"""Signing with a card over PKCS #11; the card maker's module is a file on this computer.

A wrong PIN is told once and never tried again by the program: cards lock themselves after a few.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography import x509

from valmentaja.base.errors import N_, UserError
from valmentaja.documents.keys import holder

if TYPE_CHECKING:
    from pkcs11 import PKCS11Error
    from pyhanko.sign.signers.pdf_cms import Signer as OpenKey

NO_LIBRARY = N_("This computer's Valmentaja lacks the part that reads cards. Sign in another way or ask your support.")
NO_MODULE = N_("“{file}” is not a card program that works (PKCS #11). Choose the card maker's own in the settings.")
WRONG_PIN = N_("The PIN is not right. Nothing was signed. A card locks after a few wrong PINs: make sure of it first.")
LOCKED_PIN = N_("The card's PIN is locked. Nothing was signed. The card's issuer can open it.")
GONE = N_("The card was taken out, or the reader does not answer. Nothing was signed. Put the card in and sign again.")
FAILED = N_("The card did not sign: {problem}. Nothing was signed. Put the card in again and retry.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardCertificate:
    """A certificate on a card that is meant for signing (nonRepudiation). `serial` is the token's, `key` the id."""

    serial: bytes
    token: str
    key: bytes
    certificate: bytes

    @property
    def name(self) -> str:
        return holder(self.certificate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A chosen certificate and the PIN typed for this one signature; the PIN is stored nowhere."""

    module: Path
    chosen: CardCertificate
    pin: str = field(repr=False)

    @property
    def certificate(self) -> bytes:
        return self.chosen.certificate

    @contextmanager
    def opened(self) -> Iterator[OpenKey]:
        from pkcs11 import PKCS11Error

        try:
            with _token(self.module, self.chosen).open(user_pin=self.pin) as held:
                yield _open_key(held, self.chosen, self.pin)
        except PKCS11Error as error:
            raise _told(error) from error


def certificates(module: Path) -> tuple[CardCertificate, ...]:
    """The certificates for signing on every card in a reader; no PIN is needed to read them."""
    library = _library(module)
    from pkcs11 import PKCS11Error

    try:
        return tuple(c for slot in library.get_slots(token_present=True) for c in _of_slot(slot))
    except PKCS11Error as error:
        raise _told(error) from error


def _library(module: Path) -> Any:
    """The loaded module, told to look at its readers anew."""
    try:
        import pkcs11
    except ImportError as error:
        raise UserError(NO_LIBRARY) from error
    try:
        library = pkcs11.lib(str(module))
        library.reinitialize()
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
        raise UserError(NO_MODULE, file=str(module)) from error
    return library


def _of_slot(slot: Any) -> Iterator[CardCertificate]:
    from pkcs11 import Attribute, ObjectClass, TokenFlag

    token = slot.get_token()
    if TokenFlag.TOKEN_INITIALIZED not in token.flags:
        return
    with token.open() as session:
        for found in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
            content = bytes(found[Attribute.VALUE])
            if _is_for_signing(content):
                yield CardCertificate(
                    serial=bytes(token.serial), token=token.label, key=bytes(found[Attribute.ID]), certificate=content
                )


def _is_for_signing(content: bytes) -> bool:
    try:
        usage = x509.load_der_x509_certificate(content).extensions.get_extension_for_class(x509.KeyUsage)
    except (x509.ExtensionNotFound, ValueError):
        return False
    return usage.value.content_commitment


def _token(module: Path, chosen: CardCertificate) -> Any:
    for slot in _library(module).get_slots(token_present=True):
        token = slot.get_token()
        if bytes(token.serial) == chosen.serial:
            return token
    raise UserError(GONE)


def _open_key(held: Any, chosen: CardCertificate, pin: str) -> OpenKey:
    """Keys that ask for the PIN at each signature (PIN2 of organisation cards) get it with the signature."""
    from pkcs11 import KeyType, ObjectClass
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.sign.pkcs11 import PKCS11Signer

    key = held.get_key(object_class=ObjectClass.PRIVATE_KEY, id=chosen.key)
    return PKCS11Signer(
        held,
        signing_cert=next(iter(load_certs_from_pemder_data(chosen.certificate))),
        key_id=chosen.key,
        other_certs_to_pull=(),
        use_raw_mechanism=key.key_type == KeyType.EC,
        base_sign_kwargs={"pin": pin} if _asks_each_time(key) else {},
    )


def _asks_each_time(key: Any) -> bool:
    from pkcs11 import Attribute, AttributeTypeInvalid

    try:
        return bool(key[Attribute.ALWAYS_AUTHENTICATE])
    except AttributeTypeInvalid:  # older cards do not know the attribute
        return False


def _told(error: PKCS11Error) -> UserError:
    import pkcs11

    if isinstance(error, (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange)):
        return UserError(WRONG_PIN)
    if isinstance(error, pkcs11.PinLocked):
        return UserError(LOCKED_PIN)
    gone = (pkcs11.TokenNotPresent, pkcs11.TokenNotRecognised, pkcs11.DeviceRemoved, pkcs11.DeviceError)
    lost = (pkcs11.SessionHandleInvalid, pkcs11.SessionClosed, pkcs11.KeyHandleInvalid, pkcs11.ObjectHandleInvalid)
    if isinstance(error, (*gone, *lost, pkcs11.SlotIDInvalid, pkcs11.NoSuchToken)):
        return UserError(GONE)
    return UserError(FAILED, problem=str(error) or type(error).__name__)
