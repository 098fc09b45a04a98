"""What gives out data is in the log before it does, even when what follows fails; anchors go with it."""

from __future__ import annotations

import ast
import csv
import re
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import CHEAP, WORDS

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import StorageError
from valmentaja.domain.anchor import anchors_in
from valmentaja.domain.plan import Signature, SignatureState
from valmentaja.domain.queue import QueueKind
from valmentaja.exchange import anchors
from valmentaja.store import log, papers
from valmentaja.ui.log_words import ACTIONS, ACTORS, ENTITIES
from valmentaja.usecases import (
    assessing,
    caseload,
    logs,
    month_paper,
    monthly,
    moving,
    opening,
    plan_paper,
    planning,
    sending,
    signing,
    today,
)
from valmentaja.usecases import papers as documents
from valmentaja.usecases.logs import Wanted
from valmentaja.usecases.session import Session

ROOT = Path(__file__).resolve().parents[1]
PERIOD = "2026-09"


def agreed(session: Session) -> tuple[str, str]:
    """Client and plan that wait for a signature."""
    entry = next(e for e in today.queue(session) if e.kind is QueueKind.SIGNATURE)
    return entry.client, entry.about


def sealed(session: Session) -> str:
    """The document of the plan that waited, made once."""
    held = [d for c in caseload.client_rows(session) for d in documents.documents(session, c.id)]
    if held:
        return held[0].id
    _client, plan = agreed(session)
    ink = Signature(plan=plan, party=signing.CLIENT, state=SignatureState.PAPER, on=session.today())
    return str(signing.keep(session, signing.seal(signing.sign_job(session, plan, "fi", (ink,)))).made)


def open_assessment(session: Session) -> str:
    return next(e for e in today.queue(session) if e.kind is QueueKind.ASSESSMENT).about


def with_month(session: Session) -> Session:
    """The month's package has gone out already, to another folder."""
    monthly.write(session, PERIOD, session.folder.parent / "packages")
    return session


LOOKS: dict[str, tuple[Callable[[Session], object], tuple[str, str]]] = {
    "client's file": (lambda s: caseload.opened(s, agreed(s)[0]), ("open", "client")),
    "plan": (lambda s: planning.opened(s, agreed(s)[1]), ("show", "plan")),
    "assessment": (lambda s: assessing.opened(s, open_assessment(s)), ("show", "assessment")),
    "preview at signing": (lambda s: signing.preview(s, agreed(s)[1], "fi"), ("show", "plan")),
    "list of everybody": (moving.list_out, ("list", "caseload")),
    "month on the screen": (lambda s: monthly.preview(s, PERIOD), ("look", "month")),
    "exact month": (lambda s: monthly.exact_csv(s, PERIOD), ("look", "month")),
    "check of the log": (logs.check_job, ("check", "log")),
}
EXPORTS: dict[str, tuple[Callable[[Session, Path], object], tuple[str, str]]] = {
    "plan not sealed": (
        lambda s, to: plan_paper.write(s, newest_paper(s), to / "x.pdf"),
        ("export", "plan"),
    ),
    "document": (lambda s, to: sending.hand_over(s, sealed(s), to), ("export", "document")),
    "signed plan": (
        lambda s, to: sealed(s) and plan_paper.write(s, newest_paper(s), to / "signed.pdf"),
        ("export", "document"),
    ),
    "month": (lambda s, to: monthly.write(s, PERIOD, to), ("export", "month")),
    "month in words": (lambda s, to: month_paper.write(with_month(s), PERIOD, "fi", to), ("print", "month")),
    "caseload": (moving.take_out, ("export", "caseload")),
    "log": (lambda s, to: logs.export(s, Wanted(), to), ("export", "log")),
}


def newest_paper(session: Session) -> plan_paper.Paper:
    """Of the one client with goals made in this program."""
    made = {p.client for c in caseload.client_rows(session) for p in planning.plans_of(session, c.id) if p.goals}
    return plan_paper.newest(session, min(made), "fi")


def newest_of(session: Session, action: str, entity: str) -> int:
    return max((e.seq for e in logs.entries(session) if (e.action, e.entity) == (action, entity)), default=0)


@pytest.mark.parametrize("name", LOOKS)
def test_a_look_is_in_the_log(training_session: Session, name: str) -> None:
    act, entry = LOOKS[name]
    before = newest_of(training_session, *entry)
    act(training_session)
    assert newest_of(training_session, *entry) > before


def test_a_document_shown_is_in_the_log(training_session: Session) -> None:
    document = sealed(training_session)
    before = newest_of(training_session, "show", "document")
    documents.pages(training_session, document)
    assert newest_of(training_session, "show", "document") > before


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_that_fails_is_in_the_log(training_session: Session, tmp_path: Path, name: str) -> None:
    act, entry = EXPORTS[name]
    (tmp_path / "file").write_text("a file, no folder", "utf-8")
    before = newest_of(training_session, *entry)
    with pytest.raises(StorageError):
        act(training_session, tmp_path / "file")
    assert newest_of(training_session, *entry) > before
    # The control: with a folder it goes, and the log is whole.
    act(training_session, tmp_path / "out")
    assert logs.first_break(training_session) is None


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_leaves_its_anchor_in_the_folder_and_on_this_computer(
    training_session: Session, tmp_path: Path, name: str
) -> None:
    act, _entry = EXPORTS[name]
    act(training_session, tmp_path / "out")
    (kept,) = anchors.known(tmp_path / "out" / anchors.NAME)
    assert log.has(training_session.store, kept)
    assert anchors.known(tmp_path / "home" / anchors.NAME)[-1] == kept
    text = (tmp_path / "out" / anchors.NAME).read_text("ascii")
    assert re.fullmatch(r"[0-9a-f]{32} \d+ [0-9a-f]{64} [0-9TZ:-]{20}\n", text)


def test_a_sealed_plan_carries_its_anchor_and_stays_the_same(training_session: Session, tmp_path: Path) -> None:
    document = sealed(training_session)
    first = sending.hand_over(training_session, document, tmp_path / "one").read_bytes()
    second = sending.hand_over(training_session, document, tmp_path / "two").read_bytes()
    assert first == second == papers.pages(training_session.store, document)
    (anchor,) = anchors_in(first.decode("latin-1"))
    assert log.has(training_session.store, anchor)
    assert anchors.gathered(tmp_path / "one")[0] in (anchor, *anchors.known(tmp_path / "one" / anchors.NAME))
    assert documents.check_file(first).holds
    about = subprocess.run(["pdfinfo", "-meta", "-"], input=first, capture_output=True, check=True).stdout
    assert anchor.line.encode() in about


def test_the_log_leaves_with_its_own_entry_its_anchor_and_no_name(session: Session, tmp_path: Path) -> None:
    person = caseload.NewClient(family_name="Esimerkki", given_names="Testi")
    caseload.take_on(session, person)
    path = logs.export(session, logs.wanted(number="u101"), tmp_path)
    text = path.read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["client"] for row in rows] == ["U101-001"]
    assert "Esimerkki" not in text
    (anchor,) = anchors_in(text)
    assert log.has(session.store, anchor)
    whole = logs.export(session, Wanted(), tmp_path / "whole").read_text("utf-8")
    assert next(csv.DictReader(whole.splitlines()))["action"] == "export"


def test_pages_of_the_log_meet_and_filters_narrow(session: Session, clock: FixedClock) -> None:
    for n in range(25):
        caseload.take_on(session, caseload.NewClient(family_name=f"Esimerkki{n}", given_names="Testi"))
        caseload.opened(session, f"U101-{n + 1:03d}")
    everything = logs.page(session, Wanted(), limit=1000)
    paged, below = [], None
    while part := logs.page(session, Wanted(), below=below, limit=7):
        paged += part
        below = part[-1].seq
    assert tuple(paged) == everything
    kinds = [logs.page(session, logs.wanted(kind=k), limit=1000) for k in ("openings", "changes", "exports")]
    assert sorted((r.seq for rows in kinds for r in rows), reverse=True) == [r.seq for r in everything]
    assert {r.action for r in kinds[0]} == {"open", "unlock"}
    assert {r.client for r in logs.page(session, logs.wanted(number="-02"))} == {f"U101-02{n}" for n in range(6)}
    assert logs.page(session, logs.wanted(number="%")) == ()
    day = session.today()
    clock.moment += timedelta(days=1)
    caseload.opened(session, "U101-001")
    assert len(logs.page(session, logs.wanted(since=day + timedelta(days=1)))) == 1
    assert logs.page(session, logs.wanted(until=day), limit=1000) == everything


def test_the_keeper_of_the_code_stands_in_the_log(tmp_path: Path, clock: FixedClock) -> None:
    unit = opening.Unit(code="U101", municipality="405", coach="")
    made = opening.create(tmp_path / "v", WORDS, unit=unit, clock=clock, cost=CHEAP)
    key = opening.key_from_code(tmp_path / "v", made.recovery_code)
    session = opening.open_session(tmp_path / "v", key, clock=clock, actor="recovery")
    assert logs.entries(session)[0].actor == "recovery"
    opening.close(session)


def events() -> list[ast.Call]:
    calls = [
        node
        for part in ("store", "usecases")
        for path in sorted((ROOT / "valmentaja" / part).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    ]
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Event"]


def constants(place: ast.expr) -> set[str]:
    return {n.value for n in ast.walk(place) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def test_every_event_has_words() -> None:
    assert len(events()) > 30
    entities = {word for call in events() for word in constants(call.args[1])}
    schema = (ROOT / "valmentaja" / "store" / "schema.sql").read_text("utf-8")
    fed = set(re.findall(r"INSERT INTO audit_pending [^;]*?VALUES \('(\w+)'", schema))
    assert len(fed) > 20
    assert entities | fed <= ENTITIES.keys()
    spelled = {word for call in events() for word in constants(call.args[0]) if not word.endswith(" ")}
    assert spelled <= ACTIONS.keys()


def test_every_action_that_stands_in_a_log_has_words(training_session: Session, tmp_path: Path) -> None:
    """What is not spelled out where the Event is made shows in the log of a day's work."""
    for look, _entry in LOOKS.values():
        look(training_session)
    for export, _entry in EXPORTS.values():
        export(training_session, tmp_path / "out")
    found: tuple[Any, ...] = logs.entries(training_session, limit=100_000)
    assert {e.action for e in found} <= ACTIONS.keys()
    assert {e.entity for e in found} <= ENTITIES.keys()
    assert {e.actor for e in found} <= ACTORS.keys()
