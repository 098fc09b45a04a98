"""The encrypted database: what may be written, what never changes, what the file shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import CHEAP, WORDS

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import StorageError, UserError
from valmentaja.crypto.keys import DataKey
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Responsible
from valmentaja.store import database
from valmentaja.store.audit import Event
from valmentaja.usecases import assessing, caseload, finding, logs, opening, planning
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session, Unit

ROOT = Path(__file__).resolve().parents[2]
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "2",
    "foreign_keys": "1",
    "recursive_triggers": "1",
    "secure_delete": "1",
    "trusted_schema": "0",
    "temp_store": "2",
    "mmap_size": "0",
    "locking_mode": "exclusive",
}


@pytest.fixture
def client(session: Session) -> str:
    return caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi")).made


@pytest.fixture
def plan(session: Session, client: str) -> str:
    """Frozen."""
    made = planning.draft(session, client, PlanKind.VALMENNUS).made
    goal = planning.add_goal(session, made, words="Aamut kuntoon").made
    planning.add_step(session, made, goal, what="Herään 7.30", responsible=Responsible.CLIENT, by=date(2026, 12, 8))
    planning.freeze(session, made)
    return made


def test_the_schema_is_the_one_written_down(session: Session) -> None:
    assert session.store.schema() == (ROOT / "valmentaja" / "store" / "schema.sql").read_text("utf-8")


@pytest.mark.parametrize(("name", "value"), PRAGMAS.items())
def test_the_database_is_opened_as_decided(session: Session, name: str, value: str) -> None:
    assert str(session.store.text(f"PRAGMA {name}")) == value


def test_nothing_readable_is_in_the_file(session: Session, client: str) -> None:
    assert client
    session.store.checkpoint()
    for path in session.folder.iterdir():
        held = path.read_bytes()
        assert not held.startswith(b"SQLite format 3")
        assert b"Esimerkki" not in held


def test_another_key_does_not_open_it(session: Session, clock: FixedClock) -> None:
    path = session.folder / "other.db"
    database.create(path, bytearray(32), clock).close()
    with pytest.raises(StorageError, match="damaged"):
        database.connect(path, bytearray(b"\x01" * 32), clock)


def test_every_write_is_in_the_log_and_the_chain_is_whole(session: Session, client: str) -> None:
    before = len(logs.entries(session))
    assessing.begin(session, client)
    written = [entry.entity for entry in logs.entries(session)][: len(logs.entries(session)) - before]
    assert sorted(written) == ["assessment", "instrument"]
    assert logs.first_break(session) is None


@pytest.mark.parametrize("sql", ["UPDATE audit SET action = 'x'", "DELETE FROM audit"])
def test_the_log_cannot_be_changed(session: Session, client: str, sql: str) -> None:
    assert client
    with pytest.raises(StorageError, match="log cannot be changed"), session.store.writing() as tx:
        tx.change(Event("tamper", "audit", ""), sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE plan SET review_due = '2030-01-01'",
        "DELETE FROM plan",
        "UPDATE plan_goal SET words = 'jotain muuta'",
        "UPDATE plan_goal SET reached_when = 'jotain muuta'",
        "UPDATE plan_goal SET origin = 'x'",
        "DELETE FROM plan_goal",
        "UPDATE plan_step SET what = 'jotain muuta'",
        "UPDATE plan_step SET parallel = 1",
        "UPDATE plan_step SET proposed_by = 'COACH'",
        "UPDATE plan_step SET decision = 'NO'",
        "UPDATE plan_step SET origin = 'x'",
        "DELETE FROM plan_step",
        "INSERT INTO plan_field SELECT id, 'strengths', 'x' FROM plan",
    ],
)
def test_a_frozen_plan_never_changes(session: Session, plan: str, sql: str) -> None:
    before = planning.plan(session, plan)
    with pytest.raises(StorageError, match="frozen plan"), session.store.writing() as tx:
        tx.change(Event("tamper", "plan", plan), sql)
    assert planning.plan(session, plan) == before


def test_what_came_of_a_step_may_be_told_afterwards(session: Session, plan: str) -> None:
    (step,) = planning.plan(session, plan).steps
    planning.mark_done(session, plan, step.id, session.today())
    assert planning.plan(session, plan).steps == (replace(step, done=session.today(), realised_start=session.today()),)


def test_a_new_version_carries_over_what_is_not_done(session: Session, plan: str) -> None:
    made = planning.revise(session, plan).made
    held = planning.plan(session, made)
    assert (held.version, held.follows, held.is_frozen) == (2, plan, False)
    assert [s.what for s in held.steps] == ["Herään 7.30"]


def test_an_answer_is_kept_when_it_is_corrected(session: Session, client: str) -> None:
    made = assessing.begin(session, client).made
    item = assessing.runner(session, made).order[0]
    assessing.answer(session, made, item, 3)
    assessing.answer(session, made, item, 8)
    assert session.store.rows("SELECT value FROM answer ORDER BY seq") == [("3",), ("8",)]
    with pytest.raises(StorageError, match="never changed"), session.store.writing() as tx:
        tx.change(Event("tamper", "answer", ""), "UPDATE answer SET value = '9'")


def test_a_transaction_that_fails_leaves_nothing(session: Session, client: str) -> None:
    before = (caseload.client(session, client), len(logs.entries(session)))

    def interrupted() -> None:
        with session.store.writing() as tx:
            tx.change(Event("edit", "client", client), "UPDATE client SET family_name = 'Muu'")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    assert (caseload.client(session, client), len(logs.entries(session))) == before


def test_search_finds_with_and_without_dots(session: Session) -> None:
    for name in ("Öljymäki", "Åberg", "Oljamo", "Väänänen"):
        caseload.take_on(session, NewClient(family_name=name, given_names="Testi"))

    def found(text: str) -> list[str]:
        return [row.family_name for row in finding.people(session, text).rows]

    assert found("ol") == ["Oljamo", "Öljymäki"]
    assert found("öl") == ["Öljymäki"]
    assert found("aber") == ["Åberg"]
    assert found("vaananen") == ["Väänänen"]
    assert [row.family_name for row in caseload.client_rows(session)] == ["Oljamo", "Väänänen", "Åberg", "Öljymäki"]


def test_the_mark_in_the_middle_is_part_of_an_identity_code(session: Session) -> None:
    first = NewClient(family_name="Yksi", given_names="Testi", hetu="010199-999H")
    with pytest.raises(UserError):
        caseload.take_on(session, replace(first, hetu="010199A999x"))


def test_a_second_window_is_refused(session: Session) -> None:
    key = opening.key_from_passphrase(session.folder, WORDS)
    with pytest.raises(StorageError, match="open in another window"):
        opening.open_session(session.folder, key)


def test_the_recovery_code_opens_and_a_mistyped_group_is_named(tmp_path: Path, clock: FixedClock) -> None:
    unit = Unit(code="U101", municipality="405", coach="")
    made = opening.create(tmp_path / "v", WORDS, unit=unit, clock=clock, cost=CHEAP)
    opening.close(opening.open_session(tmp_path / "v", opening.key_from_code(tmp_path / "v", made.recovery_code)))
    groups = made.recovery_code.split("-")
    groups[2] = f"{(int(groups[2]) + 1) % 1000000:06d}"
    with pytest.raises(UserError, match="Group 3"):
        opening.key_from_code(tmp_path / "v", "-".join(groups))


def test_a_damaged_key_file_is_read_from_its_copy(session: Session) -> None:
    header = session.folder / "vault.json"
    whole = header.read_bytes()
    for place in range(0, len(whole), 17):
        changed = bytearray(whole)
        changed[place] ^= 0x20
        header.write_bytes(bytes(changed))
        assert isinstance(opening.key_from_passphrase(session.folder, WORDS), DataKey)


def test_two_damaged_key_files_are_told_and_left_alone(session: Session) -> None:
    held = {path: path.read_bytes() for path in session.folder.glob("vault.json*")}
    for path, whole in held.items():
        path.write_bytes(whole[:40] + b"x" + whole[41:])
    with pytest.raises(StorageError, match="Both copies"):
        opening.key_from_passphrase(session.folder, WORDS)
