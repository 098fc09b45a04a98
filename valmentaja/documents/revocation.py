"""What issuers say of certificates, by file: answers (OCSP), lists of the revoked (CRL), and issuers' certificates.

Each is held to the issuer's own signature before it is believed; nobody is asked over a network.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import chain

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, SignatureAlgorithmOID

from valmentaja.base.errors import N_, UserError
from valmentaja.documents import scope

UNREADABLE = N_(
    "{file} is none of these: the answer of a time stamp service (.tsr), an answer about a certificate (.ocsp, .der), "
    "a list of revoked certificates (.crl), a certificate (.cer, .crt, .pem). Nothing was stored."
)
NO_ANSWER = N_("{file} holds no answer: the issuer's service refused to give one. Nothing was stored. Ask it again.")
NOT_OURS = N_("{file} is about none of the certificates in the signed plan. Nothing was stored.")
LACKS_ISSUER = N_(
    "{file} cannot be checked without the certificate of its issuer {issuer}. Nothing was stored. "
    "Choose both files at once (the certificate is a .cer, .crt or .pem)."
)
NOT_THEIRS = N_("{file} is not signed by its issuer {issuer}: it is damaged or not theirs. Nothing was stored.")
# What a broken certificate, answer or list throws at whoever looks into it.
BREAKS = (
    *(ValueError, TypeError, LookupError, AttributeError, InvalidSignature, UnsupportedAlgorithm),
    *(x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType),
)


KEYS = (rsa.RSAPublicKey, ec.EllipticCurvePublicKey, ed25519.Ed25519PublicKey, ed448.Ed448PublicKey)
# Of the certificates in a file, so many are looked at: each may be its namesakes' issuer.
MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file that came back, by its name."""

    name: str
    content: bytes


class Status(StrEnum):
    """UNCHECKED: the issuer's certificate is not there; BROKEN: what is said is not signed by the issuer."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    UNCHECKED = "unchecked"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What `issuer` said as of `at` of the certificate `name` (SHA-256 `certificate`); revoked since `since`."""

    certificate: str
    name: str
    issuer: str
    status: Status
    at: datetime
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Certificates, answers and lists (DER)."""

    certificates: tuple[bytes, ...] = ()
    answers: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One file of one of the three kinds; the other two are empty."""

    given: Given
    certificates: list[x509.Certificate] = field(default_factory=list)
    answer: ocsp.OCSPResponse | None = None
    revoked: x509.CertificateRevocationList | None = None

    def said(self, known: Sequence[x509.Certificate]) -> list[Said]:
        if self.answer is not None:
            return list(_by_answer(self.answer, known))
        return [] if self.revoked is None else list(_by_list(self.revoked, known))


def said(evidence: Evidence) -> tuple[Said, ...]:
    """What the answers and lists say of the certificates; what cannot be read says nothing."""
    known = list(_readable(evidence.certificates))[:MOST]
    found: list[Said] = []
    for content in (*evidence.answers, *evidence.lists):
        with suppress(UserError, *BREAKS):
            found += _read(Given(name="", content=content)).said(known)
    return tuple(sorted(dict.fromkeys(found), key=lambda s: (s.name, s.at)))


def of_use(given: Sequence[Given], held: Iterable[bytes]) -> Evidence:
    """The given files by kind; UserError for one that says nothing of the `held` certificates or is not its issuer's.

    A certificate is of use when it, or one that it vouches for, vouches for a held one.
    """
    files = [_read(each) for each in given]
    ours = list(_readable(held))
    known = _with_issuers(ours, [c for file in files for c in file.certificates])
    for file in files:
        _require(file, known)
    return Evidence(
        certificates=tuple(c.public_bytes(Encoding.DER) for file in files for c in file.certificates if c in known),
        answers=tuple(f.answer.public_bytes(Encoding.DER) for f in files if f.answer is not None),
        lists=tuple(f.revoked.public_bytes(Encoding.DER) for f in files if f.revoked is not None),
    )


def _require(file: _Read, known: Sequence[x509.Certificate]) -> None:
    name = file.given.name
    if any(c in known for c in file.certificates):
        return
    try:
        found = file.said(known)
    except BREAKS as error:
        raise UserError(UNREADABLE, file=name) from error
    if not found:
        raise UserError(NOT_OURS, file=name)
    for each in found:
        if each.status is Status.UNCHECKED:
            raise UserError(LACKS_ISSUER, file=name, issuer=each.issuer)
        if each.status is Status.BROKEN:
            raise UserError(NOT_THEIRS, file=name, issuer=each.issuer)


def _with_issuers(ours: list[x509.Certificate], offered: list[x509.Certificate]) -> list[x509.Certificate]:
    """Those of ours and the offered ones that vouch for one of them, and so on upwards."""
    known = list(ours)
    for certificate in known:  # grows while it is walked through
        known += [c for c in offered if c not in known and _vouches(c, certificate)]
    return known


def _read(given: Given) -> _Read:
    """By its content: the names of such files mean little."""
    content, certificates = given.content, list[x509.Certificate]()
    with suppress(*BREAKS):
        if b"-----BEGIN CERTIFICATE" in content:
            certificates = x509.load_pem_x509_certificates(content)
        else:
            certificates = [x509.load_der_x509_certificate(content)]
        return _Read(given=given, certificates=certificates)
    with suppress(*BREAKS):
        load = x509.load_pem_x509_crl if b"-----BEGIN X509 CRL" in content else x509.load_der_x509_crl
        return _Read(given=given, revoked=load(content))
    with suppress(*BREAKS):
        answer = ocsp.load_der_ocsp_response(content)
        if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            raise UserError(NO_ANSWER, file=given.name)
        return _Read(given=given, answer=answer)
    raise UserError(UNREADABLE, file=given.name)


def _by_answer(answer: ocsp.OCSPResponse, known: Sequence[x509.Certificate]) -> Iterator[Said]:
    states = {ocsp.OCSPCertStatus.GOOD: Status.GOOD, ocsp.OCSPCertStatus.REVOKED: Status.REVOKED}
    for single in answer.responses:
        for certificate in known:
            issuer = _issuer(certificate, known)
            if certificate.subject == certificate.issuer or not _is_about(single, certificate, issuer):
                continue
            status = _checked(issuer is not None, issuer is not None and _is_answered_by(answer, issuer))
            since = None if status else single.revocation_time_utc
            status = status or states.get(single.certificate_status, Status.UNKNOWN)
            yield _said(certificate, status, at=single.this_update_utc, since=since)


def _by_list(revoked: x509.CertificateRevocationList, known: Sequence[x509.Certificate]) -> Iterator[Said]:
    for certificate in known:
        if certificate.subject == certificate.issuer or not scope.may_be_about(revoked, certificate):
            continue
        issuer = _issuer(certificate, known)
        status = _checked(issuer is not None, issuer is not None and _is_list_of(revoked, issuer))
        if status is Status.BROKEN and any(_is_list_of(revoked, c) for c in known if c.subject == revoked.issuer):
            continue  # its issuer's other key, or a namesake, has signed it
        since = None if status else scope.revoked_since(revoked, certificate)
        good = Status.GOOD if scope.would_name(revoked, certificate) else Status.UNKNOWN
        status = status or (good if since is None else Status.REVOKED)
        yield _said(certificate, status, at=revoked.last_update_utc, since=since)


def _said(certificate: x509.Certificate, status: Status, *, at: datetime, since: datetime | None) -> Said:
    return Said(
        certificate=hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest(),
        name=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        status=status,
        at=at,
        since=since,
    )


def _checked(has_issuer: bool, is_signed: bool) -> Status | None:
    if not has_issuer:
        return Status.UNCHECKED
    return None if is_signed else Status.BROKEN


def _is_about(single: ocsp.OCSPSingleResponse, certificate: x509.Certificate, issuer: x509.Certificate | None) -> bool:
    """By serial number and the digests of the issuer's name and, when the issuer is known, its key (RFC 6960 4.1.1)."""
    algorithm = single.hash_algorithm.name
    name = hashlib.new(algorithm, certificate.issuer.public_bytes()).digest()
    if single.serial_number != certificate.serial_number or single.issuer_name_hash != name:
        return False
    return issuer is None or single.issuer_key_hash == hashlib.new(algorithm, scope.key_bits(issuer)).digest()


def _is_answered_by(answer: ocsp.OCSPResponse, issuer: x509.Certificate) -> bool:
    """Signed by the issuer, or by whom the issuer has certified for answering (RFC 6960 4.2.2.2)."""
    able = chain((issuer,), (c for c in answer.certificates if _may_answer(c) and _vouches(issuer, c)))
    return any(_has_signed(c, answer) for c in able)


def _may_answer(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (x509.ExtensionNotFound, *BREAKS):
        return False
    return ExtendedKeyUsageOID.OCSP_SIGNING in usage


def _has_signed(certificate: x509.Certificate, answer: ocsp.OCSPResponse) -> bool:
    key, digest = certificate.public_key(), answer.signature_hash_algorithm
    try:
        if isinstance(key, rsa.RSAPublicKey) and digest is not None:
            key.verify(answer.signature, answer.tbs_response_bytes, _padding(answer, digest), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey) and digest is not None:
            key.verify(answer.signature, answer.tbs_response_bytes, ec.ECDSA(digest))
        elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
            key.verify(answer.signature, answer.tbs_response_bytes)
        else:
            return False
    except BREAKS:
        return False
    return True


def _padding(answer: ocsp.OCSPResponse, digest: HashAlgorithm) -> padding.AsymmetricPadding:
    if answer.signature_algorithm_oid == SignatureAlgorithmOID.RSASSA_PSS:
        return padding.PSS(padding.MGF1(digest), padding.PSS.AUTO)
    return padding.PKCS1v15()


def _is_list_of(revoked: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    key = issuer.public_key()
    if not isinstance(key, KEYS):
        return False
    try:
        return revoked.is_signature_valid(key)
    except BREAKS:
        return False


def _issuer(certificate: x509.Certificate, known: Sequence[x509.Certificate]) -> x509.Certificate | None:
    return next((other for other in known if _vouches(other, certificate)), None)


def _vouches(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """By name and signature, and the issuer's certificate is for issuing, or older than that distinction."""
    try:
        certificate.verify_directly_issued_by(issuer)
        return scope.may_issue(issuer)
    except BREAKS:
        return False


def _readable(certificates: Iterable[bytes]) -> Iterator[x509.Certificate]:
    for der in dict.fromkeys(certificates):
        with suppress(*BREAKS):
            yield x509.load_der_x509_certificate(der)


def _name(name: x509.Name) -> str:
    """The common name, or all of it when there is none."""
    common = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()
