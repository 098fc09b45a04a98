"""Imports into a vault that has plans of its own, and months that are sealed."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from valmentaja.base.errors import StorageError, UserError
from valmentaja.crypto import minisign
from valmentaja.domain.codes import ExitReason, PlanKind
from valmentaja.domain.plan import Responsible
from valmentaja.usecases import caseload, monthly, moving, planning, today
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session

SAMPLE = Path(__file__).resolve().parent / "data" / "sample"


def frozen_plan(session: Session) -> str:
    client = caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi")).made
    plan = planning.draft(session, client, PlanKind.VALMENNUS).made
    goal = planning.add_goal(session, plan, words="Aamut kuntoon").made
    planning.add_step(session, plan, goal, what="Herään", responsible=Responsible.CLIENT, by=date(2026, 12, 8))
    planning.freeze(session, plan)
    return plan


def change(path: Path, column: str, value: str) -> None:
    with path.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    rows[0][column] = value
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(
    ("file", "column", "value"),
    [("plans.csv", "review_due_date", "2031-01-01"), ("plan_steps.csv", "service_code", "TYOKOKEILU")],
)
def test_an_import_does_not_touch_what_was_frozen_here(
    session: Session, tmp_path: Path, file: str, column: str, value: str
) -> None:
    plan = frozen_plan(session)
    moving.take_out(session, tmp_path / "out")
    change(tmp_path / "out" / file, column, value)
    before = planning.plan(session, plan)
    (problem,) = moving.dry_run(session, tmp_path / "out").problems
    assert (problem.file, problem.line, problem.column) == (file, 2, column)
    assert moving.problem_sentence(problem, "fi").startswith(f"{file}, rivi 2, sarake {column}: Suunnitelma {plan}")
    with pytest.raises(UserError):
        moving.bring_in(session, moving.dry_run(session, tmp_path / "out"))
    assert planning.plan(session, plan) == before


def test_what_happened_after_freezing_comes_in(session: Session, tmp_path: Path) -> None:
    plan = frozen_plan(session)
    moving.take_out(session, tmp_path / "out")
    change(tmp_path / "out" / "plan_steps.csv", "realised_start", "2026-11-20")
    moving.bring_in(session, moving.dry_run(session, tmp_path / "out"))
    assert [s.realised_start for s in planning.plan(session, plan).steps] == [date(2026, 11, 20)]


def test_bad_rows_are_left_out_only_on_purpose(session: Session, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for path in SAMPLE.iterdir():
        (tmp_path / "in" / path.name).write_bytes(path.read_bytes())
    change(tmp_path / "in" / "labour_status.csv", "status", "JOTAIN")
    tried = moving.dry_run(session, tmp_path / "in")
    assert len(tried.problems) == 1
    moving.bring_in(session, tried, skip_bad=True)
    assert len(caseload.client_rows(session)) == 47
    assert moving.dry_run(session, SAMPLE).counts[1] == ("labour_status", 117, 1)


def test_a_sealed_month_stays_as_it_is(session: Session, tmp_path: Path) -> None:
    moving.bring_in(session, moving.dry_run(session, SAMPLE))
    first = monthly.write(session, "2024-03", tmp_path / "one").read_bytes()
    rows = monthly.preview(session, "2024-03").rows
    client = caseload.client_rows(session)[0]
    late = caseload.client(session, client.id)
    caseload.end_work(session, late.id, on=late.intake_date, reason=ExitReason.MUU)
    after = monthly.preview(session, "2024-03")
    assert after.rows == rows
    assert monthly.write(session, "2024-03", tmp_path / "two").read_bytes() == first


def test_without_a_file_there_is_no_seal(session: Session, tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file", "utf-8")
    with pytest.raises(StorageError):
        monthly.write(session, "2024-03", tmp_path / "outbox")
    assert monthly.preview(session, "2024-03").sealed_at == ""


def test_today_shows_the_invented_day_with_its_rules(training_session: Session) -> None:
    entries = today.queue(training_session)
    assert [str(e.kind) for e in entries].count("MEETING") == 3
    assert {"SIGNATURE", "ASSESSMENT", "REVIEW"} <= {str(e.kind) for e in entries}
    assert all(today.rule_of(training_session, entry).text.fi for entry in entries)


def test_the_screen_shows_the_key_as_the_public_key_file_and_the_centre_do(session: Session, tmp_path: Path) -> None:
    file = monthly.write_public_key(session, tmp_path).read_text()
    shown = monthly.preview(session, "2024-03").key_id
    assert file.splitlines()[0] == f"untrusted comment: minisign public key {shown}"
    assert shown == minisign.read_public_key(file).fingerprint
