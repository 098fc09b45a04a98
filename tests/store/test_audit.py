"""Check 14 of store.md: what another tool did to the log, or to the data under it, is found."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import CHEAP, WORDS
from sqlcipher3 import dbapi2

from tests.store.lab import UNIT, Lab, make, rechained, unguarded
from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import UserError
from valmentaja.store import audit, log_check
from valmentaja.store.audit import Event
from valmentaja.store.database import Store
from valmentaja.usecases import caseload, leaving, logs, meetings, moving, opening
from valmentaja.usecases.logs import BreakKind
from valmentaja.vault import vault


@pytest.fixture
def lab(tmp_path: Path, clock: FixedClock) -> Lab:
    return make(tmp_path / "vault", clock)


def test_the_untouched_vault_is_whole(lab: Lab) -> None:
    found = lab.check()
    assert found.breaks == ()
    assert found.unchecked == ()
    assert found.marked == found.entries > 15
    without = lab.check(with_code=False)
    assert without.breaks == ()
    assert without.marked == 0
    assert "recovery code" in without.unchecked[0][0]


@pytest.mark.parametrize("column", ["at", "action", "entity", "entity_id", "client_id", "actor"])
def test_an_edited_entry_is_named(lab: Lab, column: str) -> None:
    lab.tamper(lambda o: unguarded(o, f"UPDATE audit SET {column} = 'edit' WHERE seq = 12"))
    first = lab.check(with_code=False).first_break
    assert first is not None
    assert (first.kind, first.seq) == (BreakKind.CHANGED, 12)


def test_a_deleted_entry_is_named(lab: Lab) -> None:
    lab.tamper(lambda o: unguarded(o, "DELETE FROM audit WHERE seq = 12"))
    first = lab.check(with_code=False).first_break
    assert first is not None
    assert (first.kind, first.seq) == (BreakKind.GAP, 12)


def test_a_cut_tail_is_found_with_the_code_only(lab: Lab) -> None:
    lab.tamper(lambda o: unguarded(o, "DELETE FROM audit WHERE seq > 12"))
    assert lab.kinds(with_code=False) == []
    first = lab.check().first_break
    assert first is not None
    # The opening after the cut was marked with a key that comes later in the row of keys.
    assert (first.kind, first.seq) == (BreakKind.MARK, 13)


def test_a_cut_tail_is_found_before_anything_is_added(lab: Lab) -> None:
    lab.tamper(lambda o: unguarded(o, "DELETE FROM audit WHERE seq > 12"))
    other = lab.raw()
    facts = log_check.gather(Store(other, lab.folder, lab.clock))
    other.close()
    keys = vault.first_log_keys(lab.folder, lab.code, facts.sealed_to("recovery"))
    found = log_check.judge(facts, first_keys=keys).first_break
    assert found is not None
    assert (found.kind, found.seq) == (BreakKind.TAIL, 12)


def test_a_log_chained_anew_after_an_edit_is_found_with_the_code(lab: Lab) -> None:
    def attack(other: dbapi2.Connection) -> None:
        guards = other.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'audit_%'").fetchall()
        for name, sql in guards:
            if sql and sql.startswith("CREATE TRIGGER"):
                other.execute(f"DROP TRIGGER {name}")
        other.execute("UPDATE audit SET client_id = 'U101-002' WHERE seq = 12")
        rechained(other, 12)
        for _name, sql in guards:
            if sql and sql.startswith("CREATE TRIGGER"):
                other.execute(sql)

    lab.tamper(attack)
    assert lab.kinds(with_code=False) == []
    first = lab.check().first_break
    assert first is not None
    assert (first.kind, first.seq) == (BreakKind.MARK, 12)


def test_check_codes_begun_anew_in_the_past_are_found(lab: Lab) -> None:
    def attack(other: dbapi2.Connection) -> None:
        unguarded(other, "DELETE FROM audit WHERE seq > 12")
        secret = bytearray(b"a" * 32)
        audit.start(other, bytes(secret), vault.sealed_for_checking(lab.folder, secret))

    lab.tamper(attack)
    first = lab.check().first_break
    assert first is not None
    assert (first.kind, first.seq) == (BreakKind.START, 13)


def test_check_codes_begun_anew_by_the_program_hold(lab: Lab) -> None:
    session = lab.open()
    with session.store.writing() as tx:
        secret = bytearray(b"b" * 32)
        tx.start_ratchet(bytes(secret), vault.sealed_for_checking(lab.folder, secret))
    caseload.opened(session, "U101-002")
    opening.close(session)
    found = lab.check()
    assert found.breaks == ()
    assert found.marked == found.entries


def test_a_log_without_its_first_key_is_found(lab: Lab) -> None:
    lab.tamper(lambda o: unguarded(o, "DELETE FROM audit_start", "DELETE FROM audit_ratchet"))
    first = lab.check(with_code=False).first_break
    assert first is not None
    assert (first.kind, first.seq) == (BreakKind.MARK, 1)


def test_rows_changed_with_another_tool_are_found_at_the_next_opening(lab: Lab) -> None:
    lab.tamper(lambda o: o.execute("UPDATE client SET family_name = 'Muu' WHERE id = 'U101-001'"))
    found = lab.check()
    assert found.breaks == ()
    assert len(found.foreign) == 1
    session = lab.open()
    entry = next(e for e in logs.entries(session) if e.action == "foreign")
    opening.close(session)
    assert (entry.entity, entry.client) == ("client", "U101-001")


def test_rows_not_yet_chained_are_found_at_once(lab: Lab) -> None:
    other = lab.raw()
    other.execute("UPDATE client SET family_name = 'Muu' WHERE id = 'U101-001'")
    facts = log_check.gather(Store(other, lab.folder, lab.clock))
    other.close()
    assert [found.kind for found in log_check.judge(facts).breaks] == [BreakKind.PENDING]


def test_dropped_triggers_are_named(lab: Lab) -> None:
    def attack(other: dbapi2.Connection) -> None:
        other.execute("DROP TRIGGER log_client_changed")
        other.execute("UPDATE client SET family_name = 'Muu' WHERE id = 'U101-001'")

    lab.tamper(attack)
    first = lab.check(with_code=False).first_break
    assert first is not None
    assert first.kind is BreakKind.SCHEMA
    assert dict(first.values)["names"] == "log_client_changed"


def test_a_trigger_emptied_under_its_own_name_is_named(lab: Lab) -> None:
    def attack(other: dbapi2.Connection) -> None:
        other.execute("DROP TRIGGER audit_stays")
        other.execute("CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT 1; END")

    lab.tamper(attack)
    assert lab.kinds(with_code=False) == [BreakKind.SCHEMA]


def test_an_older_copy_is_found_told_once_and_gone_on_with(lab: Lab, tmp_path: Path) -> None:
    shutil.copytree(lab.folder, tmp_path / "kept")
    session = lab.open()
    meetings.start(session, "U101-001")
    moving.take_out(session, tmp_path / "out")
    assert leaving.old_copy(session) is None
    newest = logs.anchor(session)
    opening.close(session)

    shutil.rmtree(lab.folder)
    shutil.copytree(tmp_path / "kept", lab.folder)
    lab.clock.moment += timedelta(hours=1)
    session = lab.open()
    found = leaving.old_copy(session)
    assert found is not None
    # The opening, the meeting, the export.
    assert (found.newest, found.later) == (newest, 3)
    before = len(logs.entries(session))
    with pytest.raises(leaving.OldCopyError, match="older copy"):
        moving.take_out(session, tmp_path / "out")
    assert len(logs.entries(session)) == before
    opening.close(session)
    assert BreakKind.ANCHOR in lab.kinds(with_code=False)

    session = lab.open()
    leaving.accept(session, found)
    assert leaving.old_copy(session) is None
    moving.take_out(session, tmp_path / "out")
    assert leaving.old_copy(session) is None
    opening.close(session)
    checked = lab.check()
    assert checked.breaks == ()
    assert len(checked.accepted) == 1


def test_an_older_copy_is_found_by_the_outbox_on_another_computer(
    lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(lab.folder, tmp_path / "kept")
    session = lab.open()
    moving.take_out(session, tmp_path / "out")
    opening.close(session)
    shutil.rmtree(lab.folder)
    shutil.copytree(tmp_path / "kept", lab.folder)
    monkeypatch.setenv("VALMENTAJA_DATA", str(tmp_path / "another home"))
    session = lab.open()
    assert leaving.old_copy(session) is None
    with pytest.raises(leaving.OldCopyError):
        moving.take_out(session, tmp_path / "out")
    opening.close(session)


def test_a_log_written_anew_from_its_first_entry_is_found_by_an_anchor(lab: Lab, tmp_path: Path) -> None:
    """Whoever has the database key can make a whole new log; what has left the vault he cannot change."""
    session = lab.open()
    moving.take_out(session, tmp_path / "out")
    opening.close(session)

    def attack(other: dbapi2.Connection) -> None:
        unguarded(other, "DELETE FROM audit", "DELETE FROM audit_start", "DELETE FROM audit_ratchet")
        secret = bytearray(b"c" * 32)
        audit.start(other, bytes(secret), vault.sealed_for_checking(lab.folder, secret))
        for _ in range(60):
            audit.record(
                other, Event("open", "client", "U101-001", "U101-001"), at="2026-11-24T08:00:00Z", actor="coach"
            )

    lab.tamper(attack)
    assert lab.kinds() == [BreakKind.ANCHOR]


def test_another_vault_in_its_place_is_found(lab: Lab, tmp_path: Path) -> None:
    other = opening.create(tmp_path / "other", WORDS, unit=UNIT, clock=lab.clock, cost=CHEAP)
    opening.close(opening.open_session(tmp_path / "other", other.key, clock=lab.clock))
    swapped = replace_vault(lab, tmp_path / "other")
    session = swapped.open()
    job = logs.check_job(session)
    opening.close(session)
    with pytest.raises(UserError, match="belongs to another vault"):
        logs.check(job, (lab.code,))
    assert logs.check(job, (other.recovery_code,)).breaks == ()


def replace_vault(lab: Lab, other: Path) -> Lab:
    shutil.rmtree(lab.folder)
    shutil.copytree(other, lab.folder)
    return replace(lab)


def test_an_erased_client_leaves_the_log_whole(lab: Lab) -> None:
    session = lab.open()
    with session.store.writing() as tx:
        erasing = Event("remove", "client", "U101-001", "U101-001")
        tx.change(erasing, "DELETE FROM client WHERE id = ?", "U101-001")
    names = {e.client: e.name for e in logs.entries(session)}
    opening.close(session)
    assert lab.check().breaks == ()
    assert names["U101-001"] == ""
    assert names["U101-002"] == "Testi Mallikas"


def test_the_clock_set_back_is_said_until_it_has_caught_up(lab: Lab) -> None:
    session = lab.open()
    assert logs.clock_set_back(session) == ""
    held = lab.clock.moment
    lab.clock.moment = held - timedelta(days=3)
    caseload.opened(session, "U101-001")
    assert logs.clock_set_back(session) == held.strftime("%Y-%m-%dT%H:%M:%SZ")
    lab.clock.moment = held + timedelta(seconds=1)
    assert logs.clock_set_back(session) == ""
    opening.close(session)
    assert lab.check().breaks == ()


def test_entries_of_the_first_version_have_no_check_code_and_that_is_said(tmp_path: Path) -> None:
    kept = Path(__file__).resolve().parents[1] / "old_vaults" / "0001"
    shutil.copytree(kept, tmp_path / "old")
    opens = json.loads((kept / "opens-with.json").read_text("utf-8"))
    session = opening.open_session(tmp_path / "old", opening.key_from_passphrase(tmp_path / "old", opens["passphrase"]))
    found = logs.check(logs.check_job(session), (opens["code"],))
    opening.close(session)
    assert found.breaks == ()
    assert 0 < found.marked < found.entries
    assert "no check code" in found.unchecked[0][0]
