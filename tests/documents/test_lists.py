"""What a list of revoked certificates, or an answer, can say of a certificate, and what it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import NameOID

from valmentaja.documents.revocation import Evidence, Said, Status, said
from valmentaja.documents.verify import Change, DocumentCheck, SignatureCheck

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
Key = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
PLAIN = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\x05\x00")


@dataclass(frozen=True)
class Body:
    """An issuer: its key and certificate."""

    key: Key
    certificate: x509.Certificate

    def issue(self, name: str, *more: x509.ExtensionType, authority: bool = False) -> x509.Certificate:
        return made(name, ec.generate_private_key(ec.SECP256R1()), self, *more, authority=authority)

    def crl(
        self, *more: x509.ExtensionType, entries: tuple[x509.RevokedCertificate, ...] = (), key_told: bool = True
    ) -> bytes:
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.certificate.subject)
        builder = builder.last_update(NOW).next_update(NOW + timedelta(days=7))
        ours = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = builder.add_extension(ours, critical=False) if key_told else builder
        for extension in more:
            builder = builder.add_extension(extension, critical=True)
        for entry in entries:
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self.key, digest(self.key)).public_bytes(Encoding.DER)

    def answer(self, about: x509.Certificate) -> bytes:
        builder = ocsp.OCSPResponseBuilder().add_response(
            about, self.certificate, hashes.SHA1(), ocsp.OCSPCertStatus.GOOD, NOW, NOW + timedelta(days=1), None, None
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.certificate)
        return builder.sign(self.key, digest(self.key)).public_bytes(Encoding.DER)


def digest(key: Key) -> hashes.SHA256 | None:
    return None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()


def made(name: str, key: Key, by: Body | None, *more: x509.ExtensionType, authority: bool) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer = key if by is None else by.key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if by is None else by.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=300))
        .not_valid_after(NOW + timedelta(days=300))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    for extension in more:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(signer, digest(signer))


def a_body(key: Key | None = None) -> Body:
    key = key or ec.generate_private_key(ec.SECP256R1())
    return Body(key=key, certificate=made("Esimerkki Juuri", key, None, authority=True))


def told(
    certificates: tuple[x509.Certificate, ...], *, lists: tuple[bytes, ...] = (), answers: tuple[bytes, ...] = ()
) -> dict[str, Status]:
    ders = tuple(c.public_bytes(Encoding.DER) for c in certificates)
    found = said(Evidence(certificates=ders, lists=lists, answers=answers))
    assert len({s.name for s in found}) == len(found)
    return {s.name: s.status for s in found}


def point(
    *,
    full: str = "",
    user: bool = False,
    ca: bool = False,
    attribute: bool = False,
    indirect: bool = False,
    reasons: frozenset[x509.ReasonFlags] | None = None,
) -> x509.IssuingDistributionPoint:
    name = [x509.UniformResourceIdentifier(full)] if full else None
    return x509.IssuingDistributionPoint(name, None, user, ca, reasons, indirect, attribute)


def entry(certificate: x509.Certificate, *, reason: x509.ReasonFlags | None = None) -> x509.RevokedCertificate:
    builder = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number).revocation_date(NOW)
    if reason is not None:
        builder = builder.add_extension(x509.CRLReason(reason), critical=False)
    return builder.build()


def shard(name: str) -> x509.CRLDistributionPoints:
    at = [x509.UniformResourceIdentifier(name)]
    return x509.CRLDistributionPoints([x509.DistributionPoint(at, None, None, None)])


def test_a_whole_list_says_good_of_what_is_not_in_it_and_revoked_of_what_is() -> None:
    body = a_body()
    one, other = body.issue("Aino"), body.issue("Olli")
    crl = body.crl(entries=(entry(other),))
    assert told((body.certificate, one, other), lists=(crl,)) == {"Aino": Status.GOOD, "Olli": Status.REVOKED}


@pytest.mark.parametrize(
    "extensions",
    [
        (x509.DeltaCRLIndicator(1),),
        (point(user=False, ca=False, full="http://x/1"), x509.DeltaCRLIndicator(1)),
        (point(ca=True),),
        (point(attribute=True),),
        (point(indirect=True),),
        (point(reasons=frozenset({x509.ReasonFlags.key_compromise})),),
        (point(full="http://x/2"),),
        (PLAIN,),
    ],
    ids=["delta", "delta behind a part", "authorities", "attributes", "several issuers", "reasons", "part", "unknown"],
)
def test_a_list_that_would_not_name_a_certificate_says_nothing_of_it(
    extensions: tuple[x509.ExtensionType, ...],
) -> None:
    body = a_body()
    one = body.issue("Aino", shard("http://x/1"))
    assert told((body.certificate, one), lists=(body.crl(*extensions),)) == {"Aino": Status.UNKNOWN}


def test_a_part_speaks_for_the_certificates_that_name_it_and_a_list_of_users_for_no_authority() -> None:
    body = a_body()
    one, lower = body.issue("Aino", shard("http://x/1")), body.issue("Alempi", shard("http://x/1"), authority=True)
    crl = body.crl(point(full="http://x/1", user=True))
    assert told((body.certificate, one, lower), lists=(crl,)) == {"Aino": Status.GOOD, "Alempi": Status.UNKNOWN}


def test_what_was_taken_out_of_a_list_again_or_is_anothers_is_not_revoked() -> None:
    body = a_body()
    one = body.issue("Aino")
    back = body.crl(x509.DeltaCRLIndicator(1), entries=(entry(one, reason=x509.ReasonFlags.remove_from_crl),))
    assert told((body.certificate, one), lists=(back,)) == {"Aino": Status.UNKNOWN}
    others = body.crl(point(indirect=True), entries=(entry(one),))
    assert told((body.certificate, one), lists=(others,)) == {"Aino": Status.UNKNOWN}


def test_an_issuer_with_a_new_key_speaks_of_what_each_key_signed() -> None:
    old, new = a_body(), a_body()
    before, after = old.issue("Aino"), new.issue("Olli")
    everybody = (old.certificate, new.certificate, before, after)
    assert told(everybody, lists=(new.crl(),)) == {"Olli": Status.GOOD}
    assert told(everybody, answers=(old.answer(before),)) == {"Aino": Status.GOOD}


def test_an_edwards_curve_is_checked_too() -> None:
    body = a_body(ed25519.Ed25519PrivateKey.generate())
    one = body.issue("Aino")
    assert told((body.certificate, one), lists=(body.crl(),)) == {"Aino": Status.GOOD}
    assert told((body.certificate, one), answers=(body.answer(one),)) == {"Aino": Status.GOOD}
    spoiled = bytearray(body.answer(one))
    spoiled[-1] ^= 1
    assert Status.GOOD not in told((body.certificate, one), answers=(bytes(spoiled),)).values()


def test_a_list_without_a_key_is_about_whom_its_key_issued() -> None:
    old, new = a_body(), a_body()
    before, after = old.issue("Aino"), new.issue("Olli")
    everybody = (old.certificate, new.certificate, before, after)
    assert told(everybody, lists=(new.crl(key_told=False),)) == {"Olli": Status.GOOD}
    assert told((old.certificate, before), lists=(new.crl(key_told=False),)) == {"Aino": Status.BROKEN}


def test_a_person_s_certificate_vouches_for_nobody() -> None:
    body = a_body()
    key = ec.generate_private_key(ec.SECP256R1())
    person = Body(key=key, certificate=made("Aino", key, body, authority=False))
    friend = person.issue("Olli")
    everybody = (body.certificate, person.certificate, friend)
    assert told(everybody, answers=(person.answer(friend),)) == {"Olli": Status.UNCHECKED}


def test_nobody_answers_for_himself() -> None:
    body = a_body()
    assert told((body.certificate,), answers=(body.answer(body.certificate),)) == {}


def signature(field: str, *, at: datetime, stamp: bool = False, timely: bool = True) -> SignatureCheck:
    return SignatureCheck(
        field=field, signed_at=at, intact=True, change=Change.NOTHING, certificate=field, stamp=stamp, timely=timely
    )


def revoked(certificate: str, since: datetime) -> Said:
    return Said(certificate=certificate, name="", issuer="", status=Status.REVOKED, at=since, since=since)


def test_a_stamp_before_the_revocation_saves_the_signature_and_nothing_else_does() -> None:
    hour = timedelta(hours=1)
    signed, stamp = signature("a", at=NOW), signature("t", at=NOW + hour, stamp=True)
    word = revoked("a", NOW + 2 * hour)
    assert not DocumentCheck(signatures=(signed, stamp), said=(word,)).is_revoked(signed)
    assert DocumentCheck(signatures=(signed,), said=(word,)).is_revoked(signed)
    assert DocumentCheck(signatures=(stamp, signed), said=(word,)).is_revoked(signed)
    assert DocumentCheck(signatures=(signed, stamp), said=(revoked("a", NOW),)).is_revoked(signed)
    untimely = signature("t", at=NOW + hour, stamp=True, timely=False)
    assert DocumentCheck(signatures=(signed, untimely), said=(word,)).is_revoked(signed)
    both = (word, revoked("t", NOW))
    assert DocumentCheck(signatures=(signed, stamp), said=both).is_revoked(signed)
    assert not DocumentCheck(signatures=(signed, stamp), said=(revoked("someone else", NOW),)).is_revoked(signed)
