"""Time stamps and issuers' words added to a signed plan by file; a TSA and CA of openssl's answer, others judge."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.pem import unarmor
from asn1crypto.tsp import TimeStampReq, TimeStampResp
from asn1crypto.x509 import Certificate
from authority import Authority, new_authority
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from tests.documents.poppler import run
from tests.documents.validators import Judged, Standard
from valmentaja.base.errors import UserError
from valmentaja.documents.keys import open_key_file
from valmentaja.documents.plan_pdf import SEAL_FIELD, field_of
from valmentaja.documents.proof import Given, added, request
from valmentaja.documents.revocation import Evidence, Status, said
from valmentaja.documents.signing import DeviceKey, approve, seal
from valmentaja.documents.verify import Change, evidence, verify

MADE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
WORD = "kesäyö 7"


@pytest.fixture(scope="module")
def signed(sealed: bytes, authority: Authority) -> bytes:
    return approve(sealed, open_key_file(authority.key_file("olli", WORD), WORD), at=MADE, field=field_of("authority"))


@pytest.fixture(scope="module")
def reply(signed: bytes, authority: Authority) -> bytes:
    return authority.stamp(request(signed))


@pytest.fixture(scope="module")
def stamped(signed: bytes, reply: bytes) -> bytes:
    return add(signed, reply)


@pytest.fixture(scope="module")
def kept(stamped: bytes, authority: Authority) -> bytes:
    """With the issuer's certificate, an answer and a list."""
    return add(stamped, authority.certificate(), authority.answer("olli"), authority.revoked())


@pytest.fixture(scope="module")
def archived(kept: bytes, authority: Authority) -> bytes:
    """Stamped once more, over what was added."""
    return add(kept, authority.stamp(request(kept)))


def add(pdf: bytes, *files: bytes) -> bytes:
    return added([Given(name=f"file{n}", content=f) for n, f in enumerate(files)], {"plan": pdf}, "plan").pdf


def test_the_request_is_the_same_each_time_and_holds_a_digest_only(signed: bytes, authority: Authority) -> None:
    asked = request(signed)
    assert request(signed) == asked
    (authority.folder / "q.tsq").write_bytes(asked)
    told = authority.told("ts", "-query", "-in", "q.tsq", "-text")
    assert "Hash Algorithm: sha256" in told
    assert "Certificate required: yes" in told
    assert len(asked) < 64


def test_the_room_for_a_stamp_is_what_it_was_when_requests_went_out() -> None:
    """If this digest changes, answers to requests that are still out fit no more (decision 0025)."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
    )
    pdf, places = b"%PDF-1.7\n", []
    for number, written in enumerate(objects, start=1):
        places.append(len(pdf))
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 4 /Root 1 0 R /ID [<00> <00>] >>\nstartxref\n%d\n%%%%EOF\n" % len(pdf)
    asked = TimeStampReq.load(request(pdf + b"xref\n0 4\n0000000000 65535 f \n" + table + end))
    assert (
        asked["message_imprint"]["hashed_message"].native.hex()
        == "3e996211ec96cb1b595776324ab3a7b18c54af7e66c4f46b9eeaf0b4dad7a1b9"
    )


def test_the_stamp_stands_behind_the_signatures_and_says_service_and_time(
    signed: bytes, stamped: bytes, reply: bytes, authority: Authority
) -> None:
    check = verify(stamped)
    assert stamped.startswith(signed)
    assert check.holds
    assert [s.stamp for s in check.signatures] == [False, False, True]
    assert [s.change for s in check.signatures] == [Change.SIGNING, Change.PROOF, Change.NOTHING]
    stamp = check.signatures[-1]
    assert (stamp.signer, stamp.issuer, stamp.covers_whole) == ("Esimerkki Juuri, aikaleimat", "Esimerkki Juuri", True)
    (authority.folder / "r.tsr").write_bytes(reply)
    told = authority.told("ts", "-reply", "-in", "r.tsr", "-text")
    assert stamp.signed_at is not None
    assert re.sub(r"\s+", " ", f"Time stamp: {stamp.signed_at:%b %e %H:%M:%S %Y GMT}") in re.sub(r"\s+", " ", told)


def test_openssl_and_pyhanko_trust_the_stamp_once_told_whom_to_trust(stamped: bytes, authority: Authority) -> None:
    found = PdfFileReader(BytesIO(stamped)).embedded_signatures[-1]
    (authority.folder / "t.der").write_bytes(found.signed_data.dump())
    root = Certificate.load(unarmor(authority.certificate())[2])
    status = validate_pdf_timestamp(found, ValidationContext(trust_roots=[root]))
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    (authority.folder / "v.tsr").write_bytes(_as_reply(found.pkcs7_content))
    digest = found.compute_digest().hex()
    told = authority.told("ts", "-verify", "-digest", digest, "-in", "v.tsr", "-CAfile", "issuer.pem")
    assert "Verification: OK" in told


def _as_reply(container: bytes) -> bytes:
    from asn1crypto.cms import ContentInfo

    token = ContentInfo.load(container)
    return bytes(TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump())


def test_what_issuers_said_is_read_back_with_its_time(kept: bytes, stamped: bytes) -> None:
    check = verify(kept)
    assert kept.startswith(stamped)
    assert check.holds
    assert [s.change for s in check.signatures] == [Change.SIGNING, Change.PROOF, Change.PROOF]
    assert {(s.name, s.issuer, s.status) for s in check.said} == {
        ("Olli Esimerkki", "Esimerkki Juuri", Status.GOOD),
        ("Esimerkki Juuri, aikaleimat", "Esimerkki Juuri", Status.GOOD),
    }
    assert all(abs((s.at - datetime.now(UTC)).total_seconds()) < 3600 for s in check.said)


def test_a_stamp_over_what_was_added_keeps_everything_intact(archived: bytes, saved: Callable[[bytes], Path]) -> None:
    """The other two readers cannot check a document time stamp; what they can, the signatures, they find whole."""
    check, path = verify(archived), saved(archived)
    assert check.holds
    assert [s.stamp for s in check.signatures] == [False, False, True, True]
    assert {s.status for s in check.said} == {Status.GOOD}
    assert len(check.said) == 2
    about = run("pdfsig", str(path))
    assert (about.count("Signature is Valid"), about.count("Signature has not yet been verified")) == (2, 2)
    assert run("mutool", "sign", "-v", str(path)).count("The signature is valid but there have been edits") == 2


def test_a_revoked_certificate_is_called_revoked(tmp_path: Path, sealed: bytes) -> None:
    other = new_authority(tmp_path / "other", "Toinen Juuri")
    other.add("Essi Esimerkki", "essi")
    pdf = approve(sealed, open_key_file(other.key_file("essi", WORD), WORD), at=MADE, field=field_of("wellbeing"))
    other.revoke("essi")
    for word in (other.answer("essi"), other.revoked()):
        (said,) = [s for s in verify(add(pdf, other.certificate(), word)).said if s.name == "Essi Esimerkki"]
        assert (said.status, said.since) == (Status.REVOKED, datetime(2026, 11, 20, 8, 0, tzinfo=UTC))


def test_a_stamp_by_a_certificate_that_had_run_out_is_refused(tmp_path: Path, signed: bytes) -> None:
    old = new_authority(tmp_path / "old", "Vanha Juuri", last=datetime(2026, 2, 1, tzinfo=UTC))
    with pytest.raises(UserError, match="time in file0 cannot be right"):
        add(signed, old.stamp(request(signed)))


def test_a_stamp_older_than_the_signature_under_it_is_refused(sealed: bytes, authority: Authority) -> None:
    key = open_key_file(authority.key_file("olli", WORD), WORD)
    pdf = approve(sealed, key, at=datetime.now(UTC) + timedelta(days=2), field=field_of("authority"))
    with pytest.raises(UserError, match="cannot be right"):
        add(pdf, authority.stamp(request(pdf)))


def test_of_a_chain_only_what_is_needed_is_stored(tmp_path: Path, signed: bytes, authority: Authority) -> None:
    stranger = new_authority(tmp_path / "stranger", "Vieras Juuri").certificate()
    told = authority.told("x509", "-in", "issuer.pem", "-text").encode()
    pdf = add(signed, b"\xef\xbb\xbf" + told + stranger)
    assert der(authority.certificate()) in evidence(pdf).certificates
    assert der(stranger) not in evidence(pdf).certificates
    with pytest.raises(UserError, match="none of the certificates"):
        add(signed, stranger)


def test_any_flipped_byte_of_the_stamp_shows(stamped: bytes, authority: Authority) -> None:
    """But for the issuer's certificate that lies in the token: the stamp does not need it."""
    held = list(re.finditer(rb"/Contents <([0-9A-Fa-f]{1000,})>", stamped))[-1]
    token = bytes.fromhex(held[1].decode())
    end = int.from_bytes(token[2:4]) + 4
    beside = unarmor(authority.certificate())[2]
    start = token.index(beside)
    places = [p for p in (*range(4, 60, 14), *range(60, end, 150), end) if not start <= p < start + len(beside)]
    assert len(places) > 8
    unnoticed = []
    for place in places:
        changed = bytearray(token)
        changed[place] ^= 0x01
        pdf = stamped[: held.start(1)] + bytes(changed).hex().encode() + stamped[held.end(1) :]
        if verify(pdf).holds:
            unnoticed.append(place)
    assert unnoticed == []


def test_an_ordinary_certificate_cannot_stamp(signed: bytes, authority: Authority) -> None:
    """The same answer by pyHanko's own service: once with the service's key, once with a person's."""
    root = Certificate.load(der(authority.certificate()))
    asked = TimeStampReq.load(request(signed))
    for file, holds in (("service", True), ("olli", False)):
        pem = (authority.folder / f"{file}.key").read_bytes()
        service = DummyTimeStamper(
            Certificate.load(der(authority.certificate(file))), PrivateKeyInfo.load(der(pem)), certs_to_embed=[root]
        )
        answer = service.request_tsa_response(asked).dump()
        if holds:
            assert verify(add(signed, answer)).holds
        else:
            with pytest.raises(UserError, match="does not hold"):
                add(signed, answer)


def with_flip(held: bytes, place: int) -> bytes:
    changed = bytearray(held)
    changed[place] ^= 0x01
    return bytes(changed)


Make = Callable[[Authority, bytes], list[bytes]]
BAD: dict[str, tuple[Make, str]] = {
    "nothing of the kind": (lambda _a, _r: [b"hello"], "file0 is none of these"),
    "an empty file": (lambda _a, _r: [b""], "file0 is none of these"),
    "a request": (lambda a, _r: [(a.folder / "a.tsq").read_bytes()], "file0 is none of these"),
    "a cut answer": (lambda _a, r: [r[:-40]], "file0 is none of these"),
    "a damaged token": (lambda _a, r: [with_flip(r, len(r) - 20)], "time stamp in file0 does not hold"),
    "another time": (lambda _a, r: [damaged(r)], "does not hold"),
    "two stamps": (lambda _a, r: [r, r], "several time stamps"),
    "a stranger's certificate": (lambda a, _r: [stranger(a).certificate()], "about none of the certificates"),
    "a stranger's list": (lambda a, _r: [stranger(a).revoked()], "about none of the certificates"),
    "a list alone": (lambda a, _r: [a.revoked()], "without the certificate of its issuer Esimerkki Juuri"),
    "a list by a namesake": (lambda a, _r: [a.certificate(), namesake(a).revoked()], "file1 is not signed by its"),
    "a damaged list": (lambda a, _r: [a.certificate(), with_flip(der(a.revoked()), -3)], "file1 is not signed by its"),
    "a damaged answer": (lambda a, _r: [a.certificate(), damaged(a.answer("olli"))], "file1 is not signed by its"),
    "no answer": (lambda a, _r: [a.certificate(), b"\x30\x03\x0a\x01\x06"], "file1 holds no answer"),
}


@pytest.mark.parametrize("name", BAD)
def test_anything_else_is_refused_with_a_sentence(signed: bytes, reply: bytes, authority: Authority, name: str) -> None:
    make, sentence = BAD[name]
    with pytest.raises(UserError, match=sentence):
        add(signed, *make(authority, reply))


def stranger(beside: Authority) -> Authority:
    folder = beside.folder / "stranger"
    return Authority(folder=folder) if folder.exists() else new_authority(folder, "Vieras Juuri")


def namesake(beside: Authority) -> Authority:
    folder = beside.folder / "namesake"
    return Authority(folder=folder) if folder.exists() else new_authority(folder)


def der(pem: bytes) -> bytes:
    return bytes(unarmor(pem)[2])


def damaged(answer: bytes) -> bytes:
    """A day later than it was said."""
    place = re.search(rb"\d{14}Z", answer)
    assert place is not None
    return with_flip(answer, place.start() + 7)


def test_a_list_as_der_is_not_taken_for_a_stamp(signed: bytes, authority: Authority) -> None:
    pdf = add(signed, authority.certificate(), der(authority.revoked()))
    assert [s.status for s in verify(pdf).said] == [Status.GOOD]
    with pytest.raises(UserError, match="in the plan already"):
        add(pdf, authority.certificate())


def test_a_refusal_is_told_in_the_service_s_words(signed: bytes, tmp_path: Path) -> None:
    picky = new_authority(tmp_path / "picky", digests="sha512")
    with pytest.raises(UserError, match="refused the request in file0: .*algorithm"):
        add(signed, picky.stamp(request(signed)))


def test_a_stamp_for_an_older_state_and_for_another_file_say_so(
    sealed: bytes, signed: bytes, authority: Authority, reply: bytes, key: DeviceKey, plan: bytes
) -> None:
    old = Given(name="vanha.tsr", content=authority.stamp(request(sealed)))
    with pytest.raises(UserError, match=r"vanha.tsr is for the plan as it was before"):
        added([old], {"a": sealed, "b": signed}, "b")
    other = seal(plan, key, at=datetime(2026, 11, 25, tzinfo=UTC), field=SEAL_FIELD)
    with pytest.raises(UserError, match=r"vanha.tsr is a time stamp for another file"):
        added([old], {"a": other}, "a")
    assert added([Given(name="oma.tsr", content=reply)], {"a": sealed, "b": signed}, "b").base == "b"


def test_a_list_tampered_with_in_the_file_is_not_believed(signed: bytes, authority: Authority) -> None:
    """No signature covers it until it is stamped over; the issuer's own does."""
    listed = der(authority.revoked())
    pdf = add(signed, authority.certificate(), listed)
    day = re.search(rb"\d{12}Z", listed)
    assert day is not None
    for place in (day.start() + 5, len(listed) - 3):
        changed = with_flip(pdf, pdf.index(listed) + place)
        assert [s.status for s in verify(changed).said] == [Status.BROKEN]


def test_no_damage_to_what_is_held_breaks_the_reading_of_it(authority: Authority) -> None:
    """Nor makes a good word of a damaged one, but where the damage is to a certificate beside it."""
    root, own = der(authority.certificate()), der(authority.certificate("olli"))
    answer, listed = authority.answer("olli"), der(authority.revoked())
    (good,) = said(Evidence(certificates=(root, own), answers=(answer,)))
    assert good.status is Status.GOOD
    for place in range(len(root)):
        said(Evidence(certificates=(with_flip(root, place), own), answers=(answer,), lists=(listed,)))
        said(Evidence(certificates=(root, with_flip(own, place)), answers=(answer,), lists=(listed,)))
    for place in range(0, len(listed), 3):
        found = said(Evidence(certificates=(root, own), lists=(with_flip(listed, place),)))
        assert all(s.status is Status.BROKEN for s in found), place
    for place in range(0, len(answer), 3):
        found = said(Evidence(certificates=(root, own), answers=(with_flip(answer, place),)))
        assert all(s == good or s.status is Status.BROKEN for s in found), place


@pytest.mark.slow
def test_both_standards_are_kept_with_stamp_and_store(
    stamped: bytes, kept: bytes, archived: bytes, judged: Judged
) -> None:
    for pdf in (stamped, kept, archived):
        assert [judged(pdf, standard) for standard in Standard] == [(), ()]
