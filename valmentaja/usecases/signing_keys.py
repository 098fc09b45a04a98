"""The keys a plan can be signed with: the vault's own, a key file, or a card in a reader."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from valmentaja.base.errors import N_, UserError
from valmentaja.documents.card import CardCertificate
from valmentaja.documents.keys import LockedKeyFile, Signer
from valmentaja.store import settings
from valmentaja.usecases.session import Area, Changes, Session, changed

if TYPE_CHECKING:
    from valmentaja.documents.signing import DeviceKey

__all__ = [
    "CardCertificate",
    "Signer",
    "card_key",
    "card_module",
    "cards",
    "device_key",
    "key_file",
    "set_card_module",
]


def device_key(session: Session) -> DeviceKey:
    """The vault's own seal, made when the vault was."""
    from valmentaja.documents.signing import DeviceKey

    return DeviceKey(
        certificate=settings.secret(session.store, "device certificate"),
        private_key=settings.secret(session.store, "device key"),
    )


def key_file(path: Path, passphrase: str) -> Signer:
    """The key in a key file, such as the municipality's seal; opened in the worker, nothing of it is stored."""
    if not path.is_file():
        raise UserError(N_("There is no key file “{file}”. Choose the file (.p12 or .pfx)."), file=str(path))
    return LockedKeyFile(path=path, passphrase=passphrase)


def card_module(session: Session) -> str:
    """The card maker's program for this computer's reader (PKCS #11); empty when none is chosen."""
    return settings.setting(session.store, "card module")


def set_card_module(session: Session, path: str) -> Changes:
    chosen = path.strip()
    if chosen and not Path(chosen).is_file():
        raise UserError(N_("There is no card program “{file}”. Choose the card maker's own file."), file=chosen)
    with session.store.writing() as tx:
        settings.keep_setting(tx, "card module", chosen)
    return changed(Area.SETTING)


def cards(module: str) -> tuple[CardCertificate, ...]:
    """The certificates for signing on the cards in the reader; slow, safe in the worker."""
    from valmentaja.documents.card import certificates

    if not module:
        raise UserError(N_("No card program is chosen. Choose the card maker's own (PKCS #11) in the settings."))
    found = certificates(Path(module))
    if not found:
        raise UserError(
            N_("No card with a certificate for signing was found. Put the card in the reader and look again.")
        )
    return found


def card_key(module: str, chosen: CardCertificate, pin: str) -> Signer:
    """The chosen certificate with the PIN for one signature."""
    from valmentaja.documents.card import Card

    if not pin:
        raise UserError(N_("Type the card's PIN for signing."))
    return Card(module=Path(module), chosen=chosen, pin=pin)
