"""What a document can be signed with: the device's own key, a key file, or a card (documents.md §3).

Each kind opens to pyHanko's signer only while a signature is made. pyHanko is imported inside functions only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from valmentaja.base.errors import N_, StorageError, UserError

if TYPE_CHECKING:
    from pyhanko.sign.signers.pdf_cms import Signer as OpenKey

LARGEST = 1_000_000
"""A key file has a few thousand bytes; anything larger than this is something else."""


class Signer(Protocol):
    """A key with its certificate (DER); `opened` reaches the key and raises UserError when it cannot."""

    @property
    def certificate(self) -> bytes: ...

    def opened(self) -> AbstractContextManager[OpenKey]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """A key file (PKCS #12) that its passphrase has opened, such as the municipality's seal; memory only."""

    certificate: bytes
    content: bytes = field(repr=False)

    @contextmanager
    def opened(self) -> Iterator[OpenKey]:
        from pyhanko.sign.signers.pdf_cms import SimpleSigner

        yield SimpleSigner.load_pkcs12_data(self.content, other_certs=[])


@dataclass(frozen=True, kw_only=True)
class LockedKeyFile:
    """Read and opened when it is first asked, in the worker: opening is slow, as a passphrase means it to be."""

    path: Path
    passphrase: str = field(repr=False)

    @property
    def certificate(self) -> bytes:
        return self._held.certificate

    def opened(self) -> AbstractContextManager[OpenKey]:
        return self._held.opened()

    @cached_property
    def _held(self) -> KeyFile:
        try:
            with self.path.open("rb") as file:
                content = file.read(LARGEST)
        except OSError as error:
            raise StorageError(
                N_("The key file “{file}” cannot be read. Choose another copy of it."), file=str(self.path)
            ) from error
        return open_key_file(content, self.passphrase)


def open_key_file(content: bytes, passphrase: str) -> KeyFile:
    """The key in a .p12 or .pfx file; UserError when the passphrase is wrong or the file holds no key."""
    try:
        held = pkcs12.load_pkcs12(content, passphrase.encode() or None)
    except ValueError as error:
        raise UserError(
            N_("The passphrase does not open this key file, or it is not a key file (.p12, .pfx). Nothing was signed.")
        ) from error
    if held.key is None or held.cert is None:
        raise UserError(N_("This key file holds no key with its certificate. Ask for one that does."))
    if not isinstance(held.key, (rsa.RSAPrivateKey, ec.EllipticCurvePrivateKey)):
        raise UserError(N_("The key in this key file is of an unknown kind. Use an RSA or elliptic curve key."))
    others = [c.certificate for c in held.additional_certs]
    bare = pkcs12.serialize_key_and_certificates(None, held.key, held.cert.certificate, others, NoEncryption())
    return KeyFile(certificate=held.cert.certificate.public_bytes(Encoding.DER), content=bare)


def holder(certificate: bytes) -> str:
    """The name a certificate (DER) was made for."""
    subject = x509.load_der_x509_certificate(certificate).subject
    names = subject.get_attributes_for_oid(NameOID.COMMON_NAME) or list(subject)
    return str(names[0].value) if names else ""


def require_valid(certificate: bytes, at: datetime) -> None:
    """UserError when the certificate is not valid at the moment of signing."""
    read = x509.load_der_x509_certificate(certificate)
    if not read.not_valid_before_utc <= at.astimezone(UTC) <= read.not_valid_after_utc:
        raise UserError(
            N_("The certificate of {name} is valid from {first} to {last} only. Use one that is valid today."),
            name=holder(certificate),
            first=read.not_valid_before_utc.date().isoformat(),
            last=read.not_valid_after_utc.date().isoformat(),
        )
