"""What a list of revoked certificates (CRL) can say of one certificate (RFC 5280 5.2.4, 5.2.5, 5.3).

Not to stand in a list says “not revoked” only when the list would name the certificate; whatever is not sure of
that says nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Kind = TypeVar("Kind", bound=x509.ExtensionType)
KNOWN = (
    x509.AuthorityKeyIdentifier,
    x509.CRLNumber,
    x509.DeltaCRLIndicator,
    x509.FreshestCRL,
    x509.IssuingDistributionPoint,
)


def may_be_about(revoked: x509.CertificateRevocationList, certificate: x509.Certificate) -> bool:
    """By the issuer's name and, where both tell it, its key: an issuer with a new key keeps its name."""
    if certificate.issuer != revoked.issuer:
        return False
    ours, theirs = _key_id(certificate.extensions), _key_id(revoked.extensions)
    return ours is None or theirs is None or ours == theirs


def would_name(revoked: x509.CertificateRevocationList, certificate: x509.Certificate) -> bool:
    """Whether the certificate would stand in it if it were revoked."""
    if not _is_plain(revoked) or _part(revoked.extensions, x509.DeltaCRLIndicator) is not None:
        return False
    point = _part(revoked.extensions, x509.IssuingDistributionPoint)
    if point is None:
        return True
    authority = _is_authority(certificate)
    other_kind = point.only_contains_attribute_certs or (
        point.only_contains_user_certs if authority else point.only_contains_ca_certs
    )
    return not (other_kind or point.only_some_reasons) and _is_its_part(point, certificate)


def revoked_since(revoked: x509.CertificateRevocationList, certificate: x509.Certificate) -> datetime | None:
    """None when it is not in the list, was taken out of it again, or the list is of several issuers."""
    entry = revoked.get_revoked_certificate_by_serial_number(certificate.serial_number)
    if entry is None or not _is_plain(revoked):
        return None
    reason = _part(entry.extensions, x509.CRLReason)
    if reason is not None and reason.reason is x509.ReasonFlags.remove_from_crl:
        return None
    return entry.revocation_date_utc


def may_issue(certificate: x509.Certificate) -> bool:
    """Whether it may vouch for others (RFC 5280 4.2.1.9); one of the first version does not say."""
    return _is_authority(certificate) or certificate.version is x509.Version.v1


def key_bits(certificate: x509.Certificate) -> bytes:
    """The key without its head, as answers and key identifiers digest it (RFC 6960 4.1.1, RFC 5280 4.2.1.2)."""
    from asn1crypto.keys import PublicKeyInfo

    whole = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return bytes(PublicKeyInfo.load(whole)["public_key"])


def _is_plain(revoked: x509.CertificateRevocationList) -> bool:
    """Of one issuer, and without anything critical that is not understood here (RFC 5280 5.2)."""
    if any(each.critical and not isinstance(each.value, KNOWN) for each in revoked.extensions):
        return False
    point = _part(revoked.extensions, x509.IssuingDistributionPoint)
    return point is None or not point.indirect_crl


def _is_its_part(point: x509.IssuingDistributionPoint, certificate: x509.Certificate) -> bool:
    """A list in parts is the one the certificate names."""
    if point.full_name is None:
        return point.relative_name is None
    points = _part(certificate.extensions, x509.CRLDistributionPoints)
    named = [name for each in points or () for name in each.full_name or ()]
    return any(name in named for name in point.full_name)


def _is_authority(certificate: x509.Certificate) -> bool:
    found = _part(certificate.extensions, x509.BasicConstraints)
    return found is not None and found.ca


def _key_id(extensions: x509.Extensions) -> bytes | None:
    found = _part(extensions, x509.AuthorityKeyIdentifier)
    return None if found is None else found.key_identifier


def _part(extensions: x509.Extensions, kind: type[Kind]) -> Kind | None:
    try:
        return extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None
