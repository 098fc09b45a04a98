"""Sealing a document: the device's own key, the certification signature, and further parties' signatures.

Ink under a device seal is an ordinary electronic signature, neither advanced nor qualified; the screen says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from valmentaja.base.errors import N_, UserError
from valmentaja.documents.keys import Signer, holder, require_valid

if TYPE_CHECKING:
    from pyhanko.sign.signers.pdf_cms import Signer as OpenKey

VALID = timedelta(days=3653)
NAME_LIMIT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceKey:
    """The seal of one vault: a self-signed certificate (DER) and its key (PKCS #8 DER), kept in the vault only."""

    certificate: bytes
    private_key: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """The unit the certificate was made for."""
        return holder(self.certificate)

    @contextmanager
    def opened(self) -> Iterator[OpenKey]:
        from pyhanko.sign.signers.pdf_cms import SimpleSigner

        yield SimpleSigner.load_pkcs12_data(_key_file(self), other_certs=[])


def new_device_key(unit: str, now: datetime) -> DeviceKey:
    """A fresh P-256 key with a certificate in the unit's name, valid for ten years from `now`."""
    private_key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, (unit.strip() or "Valmentaja")[:NAME_LIMIT])])
    certificate = _certificate(subject, private_key.public_key(), now).sign(private_key, hashes.SHA256())
    return DeviceKey(
        certificate=certificate.public_bytes(Encoding.DER),
        private_key=private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
    )


def _certificate(subject: x509.Name, public_key: ec.EllipticCurvePublicKey, now: datetime) -> x509.CertificateBuilder:
    start = now.astimezone(UTC).replace(microsecond=0)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + VALID)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def seal(pdf: bytes, key: Signer, *, at: datetime, field: str, reason: str = "") -> bytes:
    """`pdf` certified with `key` in its empty field: from now on only form filling and signing are allowed."""
    return _signed(pdf, key, at=at, field=field, reason=reason, certify=True)


def approve(pdf: bytes, key: Signer, *, at: datetime, field: str, reason: str = "") -> bytes:
    """A further party's signature as an addition to a sealed `pdf`; earlier signatures stay intact."""
    return _signed(pdf, key, at=at, field=field, reason=reason, certify=False)


def _key_file(key: DeviceKey) -> bytes:
    """The key as an unprotected PKCS #12 file, which never leaves memory; pyHanko reads no other pair of bytes."""
    private_key = load_der_private_key(key.private_key, None)
    if not isinstance(private_key, ec.EllipticCurvePrivateKey):
        raise UserError(N_("The device key in the vault is of an unknown kind. Make a new device key."))
    certificate = x509.load_der_x509_certificate(key.certificate)
    return pkcs12.serialize_key_and_certificates(None, private_key, certificate, None, NoEncryption())


def _signed(pdf: bytes, key: Signer, *, at: datetime, field: str, reason: str, certify: bool) -> bytes:
    # pyHanko costs half a second to import.
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError

    from valmentaja.documents.pades import Order, sign

    require_valid(key.certificate, at)
    order = Order(field=field, at=at, reason=reason, name=holder(key.certificate), certify=certify)
    try:
        with key.opened() as opened:
            return sign(pdf, opened, order)
    except (SigningError, PdfError) as error:
        raise UserError(
            N_("The file could not be signed in the field “{field}”: {problem}. Make the document again and retry."),
            field=field,
            problem=str(error).rstrip("."),
        ) from error
