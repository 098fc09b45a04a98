"""A plan comes back with somebody else's time stamps and issuers' words in it: taken in, and shown as what it is."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto.crl import CertificateList
from asn1crypto.pem import unarmor
from asn1crypto.tsp import TimeStampReq, TimeStampResp
from asn1crypto.x509 import Certificate
from authority import Authority, new_authority
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.functions import sign_pdf
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator import ValidationContext

from valmentaja.base.errors import UserError
from valmentaja.documents.proof import Given, added, request
from valmentaja.documents.returned import additions
from valmentaja.documents.verify import verify
from valmentaja.store.papers import DocumentRow
from valmentaja.usecases import believing, checking, proof
from valmentaja.usecases.believing import Held, State
from valmentaja.usecases.proof import Back

MADE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
WORD = "kesäyö 7"


class Service(TimeStamper):
    """Their program's line to the same service."""

    def __init__(self, authority: Authority) -> None:
        super().__init__(include_nonce=True)
        self.authority = authority

    async def async_request_tsa_response(self, req: TimeStampReq) -> TimeStampResp:
        status, token = _two(self.authority.stamp(req.dump()))
        return TimeStampResp({"status": status, "time_stamp_token": token})


def _two(reply: bytes) -> tuple[object, object]:
    read = TimeStampResp.load(reply)
    return read["status"], read["time_stamp_token"]


def der(pem: bytes) -> bytes:
    return bytes(unarmor(pem)[2])


@pytest.fixture(scope="module")
def with_everything(sealed: bytes, authority: Authority) -> bytes:
    """Signed in their program with a stamp inside, certificates, a list of the revoked, and a stamp over it all."""
    key = SimpleSigner.load_pkcs12_data(authority.key_file("olli", WORD), other_certs=[], passphrase=WORD.encode())
    root = Certificate.load(der(authority.certificate()))
    what = PdfSignatureMetadata(
        field_name="Signature1",
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        embed_validation_info=True,
        use_pades_lta=True,
        validation_context=ValidationContext(
            trust_roots=[root], crls=[CertificateList.load(der(authority.revoked()))], allow_fetching=False
        ),
    )
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    return bytes(sign_pdf(writer, what, signer=key, timestamper=Service(authority)).getvalue())


@pytest.fixture(scope="module")
def stamped_only(sealed: bytes, authority: Authority) -> bytes:
    stamper = PdfTimeStamper(Service(authority))
    return bytes(stamper.timestamp_pdf(IncrementalPdfFileWriter(BytesIO(sealed)), "sha256").getvalue())


def test_their_signature_is_a_party_s_and_their_stamps_are_not(sealed: bytes, with_everything: bytes) -> None:
    found = additions(with_everything, {"a": sealed})
    assert [(s.signer, s.field) for s in found.new] == [("Olli Esimerkki", "Signature1")]
    check = verify(with_everything)
    assert check.holds
    assert [s.stamp for s in check.signatures] == [False, False, True]
    assert {s.name for s in check.said} == {"Olli Esimerkki", "Esimerkki Juuri, aikaleimat"}


def test_the_stamp_inside_a_signature_is_told(with_everything: bytes) -> None:
    inner = verify(with_everything).signatures[1].inner
    assert inner is not None
    assert (inner.service, inner.issuer, inner.intact) == ("Esimerkki Juuri, aikaleimat", "Esimerkki Juuri", True)
    told = believing.believed(Held(document="", pdf=with_everything, own=""))
    assert [s.state for s in told.signatures] == [State.HOLDS] * 3
    texts = [text for text, _values in told.signatures[1].sentences]
    assert any(text.startswith("It carries a time stamp of {service}") for text in texts)
    assert {w.state for w in told.words} == {State.NOT_REVOKED}


def test_a_damaged_stamp_inside_a_signature_is_not_relied_on(with_everything: bytes) -> None:
    """It is not part of what the signature covers; the stamp over the whole file tells that something was changed."""
    held = max(re.finditer(rb"/Contents <([0-9A-Fa-f]{1000,})>", with_everything), key=_length)
    container = bytearray.fromhex(held[1].decode())
    (place,) = [m.start() for m in re.finditer(rb"\d{14}Z", bytes(container))][:1]
    container[place + 7] ^= 1
    pdf = with_everything[: held.start(1)] + bytes(container).hex().encode() + with_everything[held.end(1) :]
    check = verify(pdf)
    inner = check.signatures[1].inner
    assert inner is not None
    assert not inner.intact
    assert not check.holds


def _length(found: re.Match[bytes]) -> int:
    return len(found[1].rstrip(b"0"))


def test_a_file_with_a_stamp_alone_is_taken_in_and_nobody_has_signed(sealed: bytes, stamped_only: bytes) -> None:
    assert additions(stamped_only, {"a": sealed}).new == ()
    verdict = checking.check("plan.pdf", stamped_only)
    assert verdict.sound
    assert any(text.startswith("Time stamp by {signer}") for text, _values in verdict.sentences)


def test_a_file_with_issuers_words_alone_is_taken_in(
    sealed: bytes, with_everything: bytes, authority: Authority
) -> None:
    files = [Given(name="i", content=authority.certificate()), Given(name="a", content=authority.answer("olli"))]
    more = added(files, {"a": with_everything}, "a").pdf
    assert additions(more, {"a": sealed, "b": with_everything}).new == ()
    with pytest.raises(UserError, match="Nobody has signed this file"):
        additions(with_everything + b"\n", {"a": with_everything})


def test_a_damaged_stamp_of_theirs_is_refused(sealed: bytes, stamped_only: bytes) -> None:
    place = stamped_only.rindex(b"/Contents <") + 700
    changed = (
        stamped_only[:place] + (b"0" if stamped_only[place : place + 1] != b"0" else b"1") + stamped_only[place + 1 :]
    )
    with pytest.raises(
        UserError, match="time stamp in this file does not hold|new signature in this file does not hold"
    ):
        additions(changed, {"a": sealed})


def test_ours_can_be_added_to_theirs(with_everything: bytes, authority: Authority) -> None:
    answer = Given(name="a.tsr", content=authority.stamp(request(with_everything)))
    check = verify(added([answer], {"a": with_everything}, "a").pdf)
    assert check.holds
    assert [s.stamp for s in check.signatures] == [False, False, True, True]


def test_a_revoked_signer_makes_the_verdict_unsound(sealed: bytes, with_everything: bytes, tmp_path: Path) -> None:
    assert checking.check("plan.pdf", with_everything).sound
    other = new_authority(tmp_path / "other", "Toinen Juuri")
    other.add("Essi Esimerkki", "essi")
    key = SimpleSigner.load_pkcs12_data(other.key_file("essi", WORD), other_certs=[], passphrase=WORD.encode())
    what = PdfSignatureMetadata(field_name="S2", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    pdf = bytes(sign_pdf(IncrementalPdfFileWriter(BytesIO(sealed)), what, signer=key).getvalue())
    other.revoke("essi")
    files = [Given(name="i", content=other.certificate()), Given(name="l", content=other.revoked())]
    assert not checking.check("plan.pdf", added(files, {"a": pdf}, "a").pdf).sound


def test_a_stamp_on_an_older_copy_is_refused_because_it_would_hide_a_signature(
    sealed: bytes, stamped_only: bytes, with_everything: bytes
) -> None:
    stored = ((row("1", sealed), sealed), (row("2", with_everything), with_everything))
    back = Back(plan="p", given=(Given(name="x.pdf", content=stamped_only),), stored=stored, newest="2")
    with pytest.raises(UserError, match="goes on from an older copy"):
        proof.read(back)
    alone = Back(plan="p", given=back.given, stored=stored[:1], newest="1")
    assert proof.read(alone).base.id == "1"


def row(document: str, pdf: bytes) -> DocumentRow:
    return DocumentRow(
        id=document,
        client="c",
        plan="p",
        kind="plan",
        language="fi",
        title="",
        file_name="x.pdf",
        created=document,
        sha256="",
        size=len(pdf),
    )
