"""Signatures given elsewhere: on paper with its scan, refused, not now; for every party, and nothing half-written."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from valmentaja.base.errors import UserError
from valmentaja.domain.plan import Signature, SignatureState
from valmentaja.domain.queue import QueueKind
from valmentaja.store import plans
from valmentaja.usecases import logs, papers, plan_paper, planning, scans, sending, signing, today
from valmentaja.usecases.papers import DocumentRow
from valmentaja.usecases.session import Session


def picture(kind: str) -> bytes:
    made = BytesIO()
    Image.new("RGB", (40, 60), "white").save(made, kind)
    return made.getvalue()


@pytest.fixture
def plan(training_session: Session) -> str:
    return next(e for e in today.queue(training_session) if e.kind is QueueKind.SIGNATURE).about


def others(session: Session, plan: str) -> list[str]:
    return [p.party.id for p in signing.parties(session, plan) if p.party.id != signing.CLIENT]


def on_paper(session: Session, plan: str, party: str) -> Signature:
    return Signature(
        plan=plan, party=party, state=SignatureState.PAPER, name="Olli Esimerkki", capacity="palvelupäällikkö",
        on=session.today(),
    )  # fmt: skip


def of_plan(session: Session, plan: str) -> list[DocumentRow]:
    return [d for d in papers.documents(session, planning.plan(session, plan).client) if d.plan == plan]


@pytest.mark.parametrize(("kind", "suffix"), [("PDF", ".pdf"), ("JPEG", ".jpg"), ("PNG", ".png")])
def test_a_scan_is_kept_with_the_plan_as_it_is(
    training_session: Session, plan: str, tmp_path: Path, kind: str, suffix: str
) -> None:
    session, (party, *_) = training_session, others(training_session, plan)
    (tmp_path / "scan").write_bytes(picture(kind))
    signing.record(session, on_paper(session, plan, party), scans.read(tmp_path / "scan"))
    (held,) = of_plan(session, plan)
    assert (held.kind, Path(held.file_name).suffix) == (scans.KIND, suffix)
    assert sending.hand_over(session, held.id, tmp_path / "out").read_bytes() == picture(kind)
    signed = {s.party: s for s in plans.signatures(session.store, plan)}[party]
    assert (signed.name, signed.capacity, signed.on) == ("Olli Esimerkki", "palvelupäällikkö", session.today())


def test_a_scan_is_no_sealed_plan(training_session: Session, plan: str, tmp_path: Path) -> None:
    """The plan can still be sealed, and the newest paper is the sealed one."""
    session = training_session
    (tmp_path / "scan").write_bytes(picture("PNG"))
    signing.record(session, on_paper(session, plan, signing.CLIENT), scans.read(tmp_path / "scan"))
    assert planning.plan(session, plan).signed == session.today()
    signing.keep(session, signing.seal(signing.sign_job(session, plan, "fi", ())))
    paper = plan_paper.newest(session, planning.plan(session, plan).client, "fi")
    assert papers.document(session, paper.document).kind == "plan"
    assert sorted(d.kind for d in of_plan(session, plan)) == ["plan", "scan"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "neither a PDF nor a picture"),
        (b"II*\x00" + bytes(90), "neither a PDF nor a picture"),
        (b"%PDF-1.7 nothing", "does not open"),
        (picture("JPEG")[:200], "does not open"),
        (picture("PNG")[:50], "does not open"),
        (b"%PDF-" + bytes(scans.LARGEST), "larger than 20 MB"),
    ],
    ids=["empty", "tiff", "broken pdf", "half a jpeg", "half a png", "too large"],
)
def test_a_scan_in_a_wrong_format_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "scan.bin").write_bytes(content)
    with pytest.raises(UserError, match=sentence) as told:
        scans.read(tmp_path / "scan.bin")
    assert "scan.bin" in str(told.value)


def test_every_party_may_refuse_with_a_reason_or_not_sign_now(training_session: Session, plan: str) -> None:
    session = training_session
    for party in (signing.CLIENT, *others(session, plan)):
        refuses = Signature(plan=plan, party=party, state=SignatureState.REFUSED)
        with pytest.raises(UserError, match="Write the reason"):
            signing.record(session, refuses)
        signing.record(session, Signature(plan=plan, party=party, state=SignatureState.REFUSED, reason="ei halua"))
    assert {p.state for p in signing.parties(session, plan)} == {SignatureState.REFUSED}
    signing.record(session, Signature(plan=plan, party=signing.CLIENT, state=SignatureState.PENDING))
    assert planning.plan(session, plan).signed is None


def test_what_is_not_whole_is_refused_and_nothing_is_written(
    training_session: Session, plan: str, tmp_path: Path
) -> None:
    session, (party, *_) = training_session, others(training_session, plan)
    (tmp_path / "scan").write_bytes(picture("PNG"))
    scan, paper = scans.read(tmp_path / "scan"), SignatureState.PAPER
    tomorrow = session.today() + timedelta(days=1)
    wrong = [
        (Signature(plan=plan, party=party, state=paper, on=session.today()), "Write the name"),
        (Signature(plan=plan, party=party, state=paper, name="Olli"), "Write the day"),
        (Signature(plan=plan, party=party, state=paper, name="Olli", on=tomorrow), "in the future"),
        (Signature(plan=plan, party="nobody", state=paper, name="Olli", on=session.today()), "no such party"),
    ]
    for signature, sentence in wrong:
        with pytest.raises(UserError, match=sentence):
            signing.record(session, signature, scan)
    assert of_plan(session, plan) == []
    assert plans.signatures(session.store, plan) == ()


def test_ink_in_a_sealed_paper_is_not_written_over(training_session: Session, plan: str) -> None:
    session = training_session
    ink = Signature(plan=plan, party=signing.CLIENT, state=SignatureState.INK, ink=(((1, 1), (2, 2)),))
    signing.keep(session, signing.seal(signing.sign_job(session, plan, "fi", (ink,))))
    with pytest.raises(UserError, match="already signed in this program"):
        signing.record(session, on_paper(session, plan, signing.CLIENT))


def test_a_refusal_without_a_reason_seals_nothing(training_session: Session, plan: str) -> None:
    refused = Signature(plan=plan, party=signing.CLIENT, state=SignatureState.REFUSED)
    with pytest.raises(UserError, match="Write the reason"):
        signing.sign_job(training_session, plan, "fi", (refused,))
    with pytest.raises(UserError, match="Say how the client signs"):
        signing.sign_job(training_session, plan, "fi", ())
    assert of_plan(training_session, plan) == []


def test_printing_stands_in_the_log(training_session: Session, plan: str) -> None:
    session = training_session
    signing.printing(session, plan)
    signing.record(session, on_paper(session, plan, signing.CLIENT))
    signing.keep(session, signing.seal(signing.sign_job(session, plan, "fi", ())))
    (sealed,) = of_plan(session, plan)
    assert papers.printing(session, sealed.id).startswith(b"%PDF-")
    printed = [(e.entity, e.entity_id) for e in logs.entries(session) if e.action == "print"]
    assert sorted(printed) == [("document", sealed.id), ("plan", plan)]
