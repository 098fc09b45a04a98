"""More parties sign a sealed plan, here or in their own tool; earlier signatures stay intact, bad files are refused."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.functions import sign_pdf
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata
from tokens import key_file

from valmentaja.base.errors import UserError
from valmentaja.documents.keys import Signer, open_key_file
from valmentaja.documents.plan_pdf import field_of
from valmentaja.documents.signing import new_device_key, seal
from valmentaja.documents.verify import LENIENT, verify
from valmentaja.domain.plan import Signature, SignatureState
from valmentaja.domain.queue import QueueKind
from valmentaja.usecases import believing, cosigning, papers, planning, signing, today
from valmentaja.usecases.believing import Held, State
from valmentaja.usecases.cosigning import SOMEBODY_ELSE
from valmentaja.usecases.session import Session

MADE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
WORD = "kesäyö 7"


@pytest.fixture(scope="module")
def content() -> bytes:
    return key_file("Olli Esimerkki", WORD, MADE)


@pytest.fixture(scope="module")
def key(content: bytes) -> Signer:
    return open_key_file(content, WORD)


@pytest.fixture
def plan(training_session: Session) -> str:
    """A plan that its client has signed on paper and the vault has sealed."""
    session = training_session
    held = next(e for e in today.queue(session) if e.kind is QueueKind.SIGNATURE).about
    on_paper = Signature(plan=held, party=signing.CLIENT, state=SignatureState.PAPER, on=session.today())
    signing.keep(session, signing.seal(signing.sign_job(session, held, "fi", (on_paper,))))
    return held


def others(session: Session, plan: str) -> list[str]:
    return [p.party.id for p in signing.parties(session, plan) if p.party.id != signing.CLIENT]


def newest_bytes(session: Session, plan: str) -> bytes:
    held = cosigning.newest(session, plan)
    assert held is not None
    return papers.pages(session, held.id)


def count(session: Session, plan: str) -> int:
    return len(papers.documents(session, planning.plan(session, plan).client))


def by_their_tool(pdf: bytes, content: bytes, field: str) -> bytes:
    """As a signing program knows nothing of us: in an empty field, or in a field it makes itself."""
    signer = SimpleSigner.load_pkcs12_data(content, other_certs=[], passphrase=WORD.encode())
    what = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    return bytes(sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), what, signer=signer).getvalue())


def test_the_next_party_signs_and_the_seal_stays_intact(
    training_session: Session, plan: str, key: Signer, saved: Callable[[bytes], Path]
) -> None:
    session, (party, *_) = training_session, others(training_session, plan)
    before = newest_bytes(session, plan)
    made = cosigning.keep(session, cosigning.sign(cosigning.next_job(session, plan, party, key)), party)
    after = newest_bytes(session, plan)
    check = verify(after)
    assert after.startswith(before)
    assert check.holds
    assert [s.certification for s in check.signatures] == [True, False]
    assert check.signatures[0].change == "signing"
    about = subprocess.run(["pdfsig", str(saved(after))], capture_output=True, text=True, check=True).stdout
    assert about.count("Signature is Valid") == 2
    assert made.made == cosigning.newest(session, plan).id  # type: ignore[union-attr]
    state = next(p for p in signing.parties(session, plan) if p.party.id == party)
    assert (state.state, state.signature and state.signature.name) == (SignatureState.ELECTRONIC, "Olli Esimerkki")
    assert count(session, plan) == 2


def test_nobody_signs_twice_and_nobody_unknown(training_session: Session, plan: str, key: Signer) -> None:
    session, (party, *_) = training_session, others(training_session, plan)
    cosigning.keep(session, cosigning.sign(cosigning.next_job(session, plan, party, key)), party)
    with pytest.raises(UserError, match="already signed electronically"):
        cosigning.next_job(session, plan, party, key)
    with pytest.raises(UserError, match="Choose who signs"):
        cosigning.next_job(session, plan, "nobody", key)


def test_a_signature_in_our_empty_field_comes_back(training_session: Session, plan: str, content: bytes) -> None:
    session, (party, *_) = training_session, others(training_session, plan)
    returned = by_their_tool(newest_bytes(session, plan), content, field_of(party))
    further = cosigning.read(cosigning.take_in(session, plan, returned))
    assert cosigning.party_of(session, further) == party
    cosigning.keep(session, further, party)
    assert newest_bytes(session, plan) == returned


def test_an_extra_signature_comes_back_as_what_it_is(training_session: Session, plan: str, content: bytes) -> None:
    session, (party, *_) = training_session, others(training_session, plan)
    returned = by_their_tool(newest_bytes(session, plan), content, "Signature1")
    further = cosigning.read(cosigning.take_in(session, plan, returned))
    assert cosigning.party_of(session, further) == ""
    assert [s.field for s in further.new] == ["Signature1"]
    cosigning.keep(session, further, party)
    assert verify(newest_bytes(session, plan)).holds


def test_a_signature_of_somebody_else_is_filed_and_is_nobodys_of_the_plan(
    training_session: Session, plan: str, key: Signer, content: bytes
) -> None:
    session = training_session
    before = signing.parties(session, plan)
    returned = by_their_tool(newest_bytes(session, plan), content, "Signature1")
    further = cosigning.read(cosigning.take_in(session, plan, returned))
    cosigning.keep(session, further, SOMEBODY_ELSE)
    assert newest_bytes(session, plan) == returned
    assert signing.parties(session, plan) == before
    party, *_ = others(session, plan)
    with pytest.raises(UserError, match="Only parties sign here"):
        cosigning.next_job(session, plan, SOMEBODY_ELSE, key)
    old = by_their_tool(returned, content, "Signature2")
    cosigning.keep(session, cosigning.sign(cosigning.next_job(session, plan, party, key)), party)
    newest = newest_bytes(session, plan)
    with pytest.raises(UserError, match="Ask for the signature on the newest copy"):
        cosigning.keep(session, cosigning.read(cosigning.take_in(session, plan, old)), SOMEBODY_ELSE)
    assert newest_bytes(session, plan) == newest


def test_two_copies_signed_apart_are_both_filed_and_the_gap_is_known(
    training_session: Session, plan: str, key: Signer, content: bytes
) -> None:
    session, (party, *_) = training_session, others(training_session, plan)
    returned = by_their_tool(newest_bytes(session, plan), content, "Signature1")
    cosigning.keep(session, cosigning.sign(cosigning.next_job(session, plan, party, key)), party)
    further = cosigning.read(cosigning.take_in(session, plan, returned))
    assert cosigning.is_behind(session, further)
    cosigning.keep(session, further, signing.CLIENT)
    assert count(session, plan) == 3


def test_the_client_signs_in_a_program_of_their_own_and_the_ink_is_kept(
    training_session: Session, key: Signer, content: bytes
) -> None:
    session = training_session
    plan = next(e for e in today.queue(session) if e.kind is QueueKind.SIGNATURE).about
    ink = (((100, 100), (200, 200)),)
    pen = Signature(plan=plan, party=signing.CLIENT, state=SignatureState.INK, on=session.today(), ink=ink)
    signing.keep(session, signing.seal(signing.sign_job(session, plan, "fi", (pen,))))
    with pytest.raises(UserError, match="take the signed file in"):
        cosigning.next_job(session, plan, signing.CLIENT, key)
    returned = by_their_tool(newest_bytes(session, plan), content, "Signature1")
    cosigning.keep(session, cosigning.read(cosigning.take_in(session, plan, returned)), signing.CLIENT)
    client = next(p for p in signing.parties(session, plan) if p.party.id == signing.CLIENT)
    assert client.state is SignatureState.ELECTRONIC
    assert client.signature is not None
    assert client.signature.ink == ink


def altered(pdf: bytes) -> bytes:
    """A later revision that turns the page: allowed by no signature here."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[NameObject("/UserUnit")] = NameObject("/X")
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def flipped(pdf: bytes) -> bytes:
    changed = bytearray(pdf)
    changed[len(pdf) // 3] ^= 1
    return bytes(changed)


BAD: dict[str, tuple[Callable[[bytes, bytes], bytes], str]] = {
    "no PDF": (lambda _pdf, _key: b"hello", "not a PDF"),
    "the same file": (lambda pdf, _key: pdf, "already stored"),
    "something after the end": (lambda pdf, _key: pdf + b"\n%%EOF\n", "Nothing was stored"),
    "a page changed": (lambda pdf, _key: altered(pdf), "could not be explained"),
    "a page changed, then signed": (lambda pdf, key: by_their_tool(altered(pdf), key, "S1"), "could not be explained"),
    "signed, then a page changed": (lambda pdf, key: altered(by_their_tool(pdf, key, "S1")), "could not be explained"),
    "a byte changed": (lambda pdf, _key: flipped(pdf), "Nothing was stored"),
    "cut off": (lambda pdf, key: by_their_tool(pdf, key, "S1")[:-400], "Nothing was stored"),
}


@pytest.mark.parametrize("name", BAD)
def test_anything_else_is_refused_with_a_sentence(
    training_session: Session, plan: str, content: bytes, name: str
) -> None:
    make, sentence = BAD[name]
    arrived = cosigning.take_in(training_session, plan, make(newest_bytes(training_session, plan), content))
    with pytest.raises(UserError, match=sentence):
        cosigning.read(arrived)
    assert count(training_session, plan) == 1


def test_a_file_that_lost_its_last_signature_is_told_from_our_own_record(
    training_session: Session, plan: str, key: Signer
) -> None:
    """Both files are whole in themselves as far as they go: no signature in them can tell."""
    session, (party, *_) = training_session, others(training_session, plan)
    first = newest_bytes(session, plan)
    cosigning.keep(session, cosigning.sign(cosigning.next_job(session, plan, party, key)), party)
    for held, sentence in ((first, "signatures made since are missing"), (newest_bytes(session, plan)[:-9], "The end")):
        with pytest.raises(UserError, match=sentence):
            cosigning.read(cosigning.take_in(session, plan, held))
    assert count(session, plan) == 2


def test_another_sealed_plan_is_not_this_one(training_session: Session, plan: str, paper: object) -> None:
    from valmentaja.documents.plan_pdf import PlanPaper, render

    assert isinstance(paper, PlanPaper)
    foreign = seal(render(paper), new_device_key("Muu kunta", MADE), at=MADE, field="seal")
    with pytest.raises(UserError, match="not the plan that was sealed here"):
        cosigning.read(cosigning.take_in(training_session, plan, foreign))


def test_a_change_nobody_can_explain_is_a_state_of_its_own(training_session: Session, plan: str) -> None:
    sealed = newest_bytes(training_session, plan)
    cases = {sealed: State.HOLDS, altered(sealed): State.UNEXPLAINED, flipped(sealed): State.BROKEN}
    for pdf, state in cases.items():
        found = believing.believed(Held(document="", pdf=pdf, own=""))
        assert [s.state for s in found.signatures] == [state]


def test_a_file_read_leniently_says_so(training_session: Session, plan: str) -> None:
    sealed = newest_bytes(training_session, plan)
    misplaced = re.sub(rb"startxref\n(\d+)", lambda found: b"startxref\n%d" % (int(found[1]) + 1), sealed)
    assert believing.believed(Held(document="", pdf=misplaced, own="")).remarks == (LENIENT,)
    assert believing.believed(Held(document="", pdf=sealed, own="")).remarks == ()
