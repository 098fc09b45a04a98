"""The same person twice, another person with the same number, and a client who comes home."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from two_vaults import full_client, give, look, signed_plan, taker, whole

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import UserError
from valmentaja.domain.client import StatusChange
from valmentaja.domain.codes import LabourStatus
from valmentaja.domain.merge import compare
from valmentaja.store import records
from valmentaja.usecases import (
    assessing,
    cards,
    caseload,
    finding,
    handing,
    logs,
    meetings,
    opening,
    planning,
    receiving,
)
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.receiving import NEW, Decision
from valmentaja.usecases.session import Session

CODE = "010190-999W"


def person(session: Session, **facts: str) -> str:
    new = NewClient(family_name="Sama", given_names="Testi", hetu=CODE)
    return caseload.take_on(session, replace(new, **facts)).made


@pytest.fixture
def twin(one: Session, tmp_path: Path, clock: FixedClock) -> Session:
    """A second coach of the same unit: the same numbers for other people."""
    session = taker(tmp_path / "twin", clock, unit=one.unit.code)
    for mine, theirs in ((one, session), (session, one)):
        cards.trust(theirs, cards.own_card(mine), cards.own_card(mine).fingerprint)
    yield session
    opening.close(session)


def test_another_person_with_the_same_number_gets_a_new_one(one: Session, twin: Session, tmp_path: Path) -> None:
    coming = full_client(one)
    for n in range(60):
        caseload.take_on(twin, NewClient(family_name=f"Muu{n}", given_names="Testi"))
    assert caseload.client(twin, coming).family_name.startswith("Muu")
    held = whole(twin, coming)
    seen = look(twin, give(one, twin, (coming,), tmp_path))
    assert seen.clients[0].number_taken
    assert not seen.clients[0].must_decide
    receiving.accept(twin, seen, {}, tmp_path)
    assert whole(twin, coming) == held
    number = records.of_key(twin.store, whole(one, coming).record_key)
    assert number == f"{one.unit.code}-061"
    assert whole(twin, number).with_client(id=coming) == whole(one, coming)


def test_who_may_be_the_same_is_asked_and_not_guessed(one: Session, other: Session, tmp_path: Path) -> None:
    coming, here = person(one), person(other)
    seen = look(other, give(one, other, (coming,), tmp_path))
    assert seen.clients[0].alike == (here,)
    with pytest.raises(UserError, match="Say first"):
        receiving.accept(other, seen, {}, tmp_path)
    with pytest.raises(UserError, match="Merge the two"):
        receiving.accept(other, seen, {coming: Decision(into=NEW)}, tmp_path)
    with pytest.raises(UserError, match="not the same person"):
        receiving.accept(other, seen, {coming: Decision(into="U202-999")}, tmp_path)
    assert handing.all_handovers(other) == ()
    assert len(caseload.client_rows(other)) == 1


def test_a_merge_adds_what_is_missing_and_overwrites_nothing(one: Session, other: Session, tmp_path: Path) -> None:
    coming, here = person(one, phone="111", email="a@b.example"), person(other, phone="222", address="Kuja 1")
    day = one.today()
    caseload.add_status(one, StatusChange(client=coming, date=day, status=LabourStatus.TYOTON))
    caseload.add_status(other, StatusChange(client=here, date=day, status=LabourStatus.LOMAUTETTU))
    caseload.add_status(one, StatusChange(client=coming, date=day - timedelta(days=9), status=LabourStatus.KOULUTUS))
    plan = signed_plan(one, coming)
    seen = look(other, give(one, other, (coming,), tmp_path))
    found = receiving.comparison(other, seen.clients[0], here)
    assert {(d.table, d.column, d.ours, d.theirs) for d in found.differences} == {
        ("client", "phone", "222", "111"),
        ("labour_status", "status", "LOMAUTETTU", "TYOTON"),
    }
    phone = next(d.place for d in found.differences if d.column == "phone")
    receiving.accept(other, seen, {coming: Decision(into=here, theirs=frozenset({phone}))}, tmp_path)
    held = caseload.client(other, here)
    assert (held.phone, held.email, held.address) == ("111", "a@b.example", "Kuja 1")
    assert [s["status"] for s in whole(other, here).tables["labour_status"]] == ["KOULUTUS", "LOMAUTETTU"]
    assert planning.plan(other, plan).fingerprint == planning.plan(one, plan).fingerprint
    kept = {(c["field"], c["before"], c["after"]) for c in whole(other, here).tables["correction"]}
    assert kept == {("phone", "222", "111"), ("status", "TYOTON", "LOMAUTETTU")}
    assert len(caseload.client_rows(other)) == 1
    assert finding.people(other, "Sama").rows
    assert logs.first_break(other) is None


def test_a_client_who_comes_home_is_merged_into_the_locked_copy(one: Session, other: Session, tmp_path: Path) -> None:
    client = full_client(one)
    receiving.accept(other, look(other, give(one, other, (client,), tmp_path)), {}, tmp_path)
    caseload.edit(other, replace(caseload.client(other, client), phone="333"))
    meeting = int(meetings.start(other, client).made)
    meetings.end(other, meeting, minutes=20)
    assessment = assessing.assessments(other, client)[0]
    item = assessing.runner(other, assessment.id).resume_at
    assert item is not None
    assessing.answer(other, assessment.id, item, 9)
    draft = next(p for p in planning.plans_of(other, client) if not p.is_frozen)
    planning.add_goal(other, draft.id, words="Uusi tavoite")
    for goal in planning.plan(other, draft.id).goals:
        if not planning.plan(other, draft.id).steps_of(goal.id):
            planning.add_step(
                other, draft.id, goal.id, what="Askel", responsible=planning.Responsible.CLIENT, by=other.today()
            )
    planning.freeze(other, draft.id)
    path = give(other, one, (client,), tmp_path)
    seen = look(one, path)
    assert seen.clients[0].same == client
    receipt, _changes = receiving.accept(one, seen, {}, tmp_path)
    handing.keep_receipt(other, handing.open_file(other, receipt))
    assert handing.care(one, client).handed_over is None
    ours, theirs = whole(one, client), whole(other, client)
    added = [c for c in ours.tables["correction"] if str(c["reason"]).startswith("luovutus")]
    assert ours.with_rows(correction=theirs.tables["correction"]) == theirs
    assert {c["field"] for c in added} == {"*"}
    assert planning.plan(one, draft.id).fingerprint == planning.plan(other, draft.id).fingerprint
    meetings.start(one, client)


def test_comparing_a_record_with_itself_finds_nothing(one: Session) -> None:
    record = whole(one, full_client(one))
    found = compare(record, record)
    assert not found.differences
    assert not found.filled
    assert not any(found.missing.values())


def test_an_erased_person_comes_under_a_new_key(one: Session, other: Session, tmp_path: Path) -> None:
    client = full_client(one)
    key = whole(one, client).record_key
    with other.store.writing() as tx:
        tx.change(
            records.Event("erase", "erasure", client),
            "INSERT INTO erasure VALUES (?, ?, '2026-01-01T00:00:00Z', 'r', 'r')",
            key,
            client,
        )
    receiving.accept(other, look(other, give(one, other, (client,), tmp_path)), {}, tmp_path)
    assert whole(other, client).record_key != key
    assert whole(other, client).with_client(record_key=key) == whole(one, client)


def test_a_merge_into_a_person_here_keeps_their_key(one: Session, other: Session, tmp_path: Path) -> None:
    coming, here = person(one), person(other)
    key = whole(other, here).record_key
    seen = look(other, give(one, other, (coming,), tmp_path))
    receiving.accept(other, seen, {coming: Decision(into=here)}, tmp_path)
    assert whole(other, here).record_key == key
