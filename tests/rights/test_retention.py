"""The time a file is kept, who is due, and who is kept longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from people import end, take_on, with_everything

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import UserError
from valmentaja.definitions.rules import rules
from valmentaja.domain.queue import QueueKind
from valmentaja.domain.retention import RULE, Retention, last_day
from valmentaja.store import ownership
from valmentaja.usecases import logs, retention, today
from valmentaja.usecases.session import Session

LAW = rules()[RULE]


@pytest.mark.parametrize(
    ("closed", "years", "full"),
    [
        (date(2022, 11, 24), 4, date(2026, 11, 24)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2023, 2, 28), 1, date(2024, 2, 28)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
    ],
)
def test_a_period_ends_on_the_same_day_number(closed: date, years: int, full: date) -> None:
    assert last_day(closed, replace(LAW, most=years)) == full


def test_a_units_own_time_is_only_ever_shorter() -> None:
    closed = date(2026, 1, 1)
    assert last_day(closed, LAW, 90) == date(2026, 4, 1)
    assert last_day(closed, LAW, 100_000) == date(2030, 1, 1)


def test_the_file_is_due_the_day_after_the_last_one() -> None:
    kept = Retention(client="T-1", name="A", closed=date(2022, 11, 24), full=date(2026, 11, 24))
    assert not kept.is_due(date(2026, 11, 24))
    assert kept.is_due(date(2026, 11, 25))
    assert not replace(kept, hold="valitus").is_due(date(2026, 11, 25))


@pytest.fixture
def ended(session: Session, clock: FixedClock) -> str:
    """A client whose four years are over, beside one whose work goes on."""
    take_on(session, "Jatkava")
    client = with_everything(session)
    end(session, client, session.today())
    clock.moment += timedelta(days=1462)
    return client


def test_the_dry_run_says_who_and_what_and_erases_nothing(session: Session, ended: str) -> None:
    (line,) = retention.dry_run(session)
    assert (line.retention.client, line.due) == (ended, True)
    assert dict(line.counts) == ownership.counts(session.store, ended)
    assert retention.dry_run(session) == (line,)


def test_a_held_file_is_listed_with_its_reason_and_not_due(session: Session, ended: str) -> None:
    retention.hold(session, ended, " Valitus on kesken ")
    (line,) = retention.dry_run(session)
    assert (line.due, line.retention.hold) == (False, "Valitus on kesken")
    assert [e for e in today.queue(session) if e.kind is QueueKind.RETENTION] == []
    retention.lift(session, ended)
    assert retention.dry_run(session)[0].due
    actions = [row.action for row in logs.entries(session, client_id=ended)]
    assert actions[:2] == ["lift hold", "hold"]


def test_a_hold_needs_its_reason_and_a_lift_its_hold(session: Session, ended: str) -> None:
    with pytest.raises(UserError, match="why the file must be kept"):
        retention.hold(session, ended, "  ")
    with pytest.raises(UserError, match="not kept beyond"):
        retention.lift(session, ended)


def test_today_names_the_file_with_its_rule(session: Session, ended: str) -> None:
    (entry,) = [e for e in today.queue(session) if e.kind is QueueKind.RETENTION]
    assert (entry.client, entry.when, entry.days_late) == (ended, date(2030, 11, 24), 1)
    assert today.rule_of(session, entry).id == "DEL-4Y"


@pytest.mark.parametrize("typed", ["0", "-1", "1462", "kuukausi", "١٢"])
def test_a_wrong_time_is_refused(session: Session, typed: str) -> None:
    with pytest.raises(UserError, match="1–1461 days"):
        retention.set_limit(session, typed)
    assert retention.limit_days(session) is None


def test_the_units_own_time_counts_at_once(session: Session) -> None:
    client = take_on(session)
    end(session, client, session.today())
    retention.set_limit(session, "90")
    kept = retention.of_client(session, client)
    assert kept is not None
    assert kept.full == session.today() + timedelta(days=90)
    retention.set_limit(session, "")
    assert retention.limit_days(session) is None
