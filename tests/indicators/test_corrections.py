"""Numbered corrections of a month: when, how often, until when, and never because somebody was erased."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import UserError
from valmentaja.domain.codes import ExitReason
from valmentaja.store import papers
from valmentaja.store.papers import SealedMonth
from valmentaja.usecases import caseload, checking, erasing, monthly, moving, settings
from valmentaja.usecases.session import Session

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
DECEMBER, NOVEMBER = "2025-12", "2025-11"


@pytest.fixture
def caseload_of_2025(session: Session, clock: FixedClock) -> Session:
    """The sample caseload early in the year after its last month."""
    moving.bring_in(session, moving.dry_run(session, SAMPLE))
    clock.moment = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
    return session


def someone_there(session: Session, but: str = "") -> str:
    return next(c.id for c in caseload.client_rows(session) if c.exit_date is None and c.id != but)


def leave_early(session: Session, client: str) -> None:
    """Something learnt late: the last day was in November already."""
    caseload.end_work(session, client, on=date(2025, 11, 14), reason=ExitReason.MUUTTO)


def descriptor(package: Path) -> dict[str, object]:
    with zipfile.ZipFile(io.BytesIO(package.read_bytes())) as held:
        found: dict[str, object] = json.loads(held.read("datapackage.json"))["valmentaja"]
    return found


def test_a_late_entry_changes_several_months_and_all_are_offered_oldest_first(
    caseload_of_2025: Session, tmp_path: Path
) -> None:
    session = caseload_of_2025
    for period in (DECEMBER, NOVEMBER):
        monthly.write(session, period, tmp_path)
    assert monthly.corrections(session) == ()
    leave_early(session, someone_there(session))
    offered = monthly.corrections(session)
    assert [(c.period, c.revision) for c in offered] == [(NOVEMBER, 2), (DECEMBER, 2)]
    exits = {(c.key.freq, c.key.dim1): (c.before, c.now) for c in offered[1].changes if c.key.indicator == "EX01"}
    assert set(exits) == {("A", "MUUTTO")}
    before, now = exits["A", "MUUTTO"]
    assert now == before + 1


def test_a_correction_is_a_revision_that_says_what_it_replaces(caseload_of_2025: Session, tmp_path: Path) -> None:
    session = caseload_of_2025
    first = monthly.write(session, NOVEMBER, tmp_path / "one")
    kept = first.read_bytes()
    leave_early(session, someone_there(session))
    assert monthly.write(session, NOVEMBER, tmp_path / "again").read_bytes() == kept
    second = monthly.write_correction(session, NOVEMBER, tmp_path / "two")
    assert second.name == "vi_405_U101_2025-11_r2.zip"
    assert (descriptor(second)["revision"], descriptor(second)["supersedes"]) == (2, "vi_405_U101_2025-11_r1")
    assert checking.check(second.name, second.read_bytes(), monthly.public_key(session)).sound
    assert monthly.corrections(session) == ()
    assert monthly.write(session, NOVEMBER, tmp_path / "three").read_bytes() == second.read_bytes()


def test_nothing_changed_nothing_to_correct(caseload_of_2025: Session, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not been written"):
        monthly.write_correction(caseload_of_2025, NOVEMBER, tmp_path)
    monthly.write(caseload_of_2025, NOVEMBER, tmp_path)
    with pytest.raises(UserError, match="No published figure"):
        monthly.write_correction(caseload_of_2025, NOVEMBER, tmp_path)


def test_five_revisions_and_no_more(caseload_of_2025: Session, tmp_path: Path) -> None:
    session = caseload_of_2025
    monthly.write(session, NOVEMBER, tmp_path)
    for revision in range(2, 6):
        leave_early(session, someone_there(session))
        assert monthly.write_correction(session, NOVEMBER, tmp_path).name.endswith(f"_r{revision}.zip")
    leave_early(session, someone_there(session))
    assert monthly.corrections(session) == ()
    with pytest.raises(UserError, match="as often as it may be"):
        monthly.write_correction(session, NOVEMBER, tmp_path)


@pytest.mark.parametrize(("day", "offered"), [(31, 1), (32, 0)])
def test_until_the_last_of_march_and_not_after(
    caseload_of_2025: Session, clock: FixedClock, tmp_path: Path, day: int, offered: int
) -> None:
    monthly.write(caseload_of_2025, NOVEMBER, tmp_path)
    leave_early(caseload_of_2025, someone_there(caseload_of_2025))
    clock.moment = datetime(2026, 3 + day // 32, 1 if day > 31 else day, 9, 0, tzinfo=UTC)
    assert len(monthly.corrections(caseload_of_2025)) == offered
    if not offered:
        with pytest.raises(UserError, match="31 March"):
            monthly.write_correction(caseload_of_2025, NOVEMBER, tmp_path)


def test_erasing_somebody_never_leads_to_a_correction(caseload_of_2025: Session, tmp_path: Path) -> None:
    """Not at once, and not together with an honest change afterwards either."""
    session = caseload_of_2025
    for period in (NOVEMBER, DECEMBER):
        monthly.write(session, period, tmp_path)
    gone = someone_there(session)
    erasing.erase(session, gone, reason="Pyydetty", confirmed=gone)
    assert {NOVEMBER, DECEMBER} <= papers.closed_months(session.store)
    assert monthly.preview(session, NOVEMBER).changes
    assert monthly.corrections(session) == ()
    leave_early(session, someone_there(session, gone))
    assert monthly.corrections(session) == ()
    with pytest.raises(UserError, match="erased"):
        monthly.write_correction(session, NOVEMBER, tmp_path)


def test_months_that_did_not_count_the_erased_stay_open(caseload_of_2025: Session) -> None:
    session = caseload_of_2025
    gone = max(caseload.client_rows(session), key=lambda c: c.intake_date)
    erasing.erase(session, gone.id, reason="Pyydetty", confirmed=gone.id)
    assert min(papers.closed_months(session.store)) == gone.intake_date.isoformat()[:7]


def test_a_month_of_earlier_definitions_is_shown_by_its_own_and_not_corrected(caseload_of_2025: Session) -> None:
    session = caseload_of_2025
    sealed = SealedMonth(
        period=NOVEMBER,
        revision=1,
        definitions="valmentaja-ind/0",
        method="valmentaja-ck2/1",
        created="2025-12-01T08:00:00Z",
        file_name="vi_405_U101_2025-11_r1.zip",
        manifest_sha256="0" * 64,
        package=b"as it went out",
        exact='[["M","CL01","","",4,5,"","Random deviation, at most 8."]]',
    )
    with session.store.writing() as tx:
        papers.seal(tx, sealed)
    shown = monthly.preview(session, NOVEMBER)
    assert shown.definitions.id == "valmentaja-ind/0"
    assert [(r.exact, r.published) for r in shown.rows] == [(4, 5)]
    assert (shown.changes, monthly.corrections(session)) == ((), ())


def test_an_indicator_that_is_not_collected_goes_out_empty(caseload_of_2025: Session, tmp_path: Path) -> None:
    session = caseload_of_2025
    monthly.write(session, NOVEMBER, tmp_path)
    settings.collect(session, "ME01", collected=False)
    shown = monthly.preview(session, DECEMBER)
    flags = {(row.key.indicator == "ME01", row.flag, row.published is None) for row in shown.rows}
    assert flags == {(True, "n", True), (False, "", False)}
    (offered,) = monthly.corrections(session)
    assert {(c.key.indicator, c.flag_before, c.flag_now) for c in offered.changes} == {("ME01", "", "n")}
    settings.collect(session, "ME01", collected=True)
    assert monthly.corrections(session) == ()
    with pytest.raises(UserError, match="always collected"):
        settings.collect(session, "CL01", collected=False)
