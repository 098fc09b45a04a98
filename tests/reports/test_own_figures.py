"""The own figures of a vault: read and logged, who is behind them, and not a word of them in any file."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import NOW

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import UserError
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Responsible
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.own.figures import figures, look
from valmentaja.store import handovers
from valmentaja.usecases import caseload, logs, own_figures, own_pictures, planning
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.own_figures import Figure, Topic
from valmentaja.usecases.session import Session


def everything(session: Session, period: str, topic: Topic) -> dict[str, Figure]:
    held = own_figures.caseload_of(own_figures.read(session, period))
    return {f.id: f for f in figures(look(held, Month.parse(period)), topic)}


def newest(session: Session) -> str:
    return own_figures.months(session)[0]


def files(folder: Path) -> set[str]:
    return {str(path) for path in folder.rglob("*") if path.is_file()}


def test_a_look_and_who_is_behind_a_figure_are_logged_and_nothing_is_written(
    training_session: Session, tmp_path: Path
) -> None:
    period, before = newest(training_session), files(tmp_path)
    clients = everything(training_session, period, Topic.CASELOAD)["CL01"]
    people = own_figures.behind(training_session, period, clients)
    here = {
        row.id
        for row in caseload.client_rows(training_session)
        if row.intake_date <= (on := Month.parse(period).stock_day) and (row.exit_date is None or on <= row.exit_date)
    }
    assert {person.client for person in people} == here
    assert [person.name for person in people] == [
        row.name for row in caseload.client_rows(training_session) if row.id in here
    ]
    logged = [(e.action, e.entity, e.entity_id) for e in logs.entries(training_session, limit=2)]
    assert logged == [("look", "month", f"{period} own CL01"), ("look", "month", f"{period} own")]
    assert files(tmp_path) == before


def test_a_month_that_is_not_over_has_no_figures(training_session: Session) -> None:
    with pytest.raises(UserError, match="is not over yet"):
        own_figures.read(training_session, "2026-11")


def gap_of(session: Session, period: str) -> list[str]:
    found = everything(session, period, Topic.GAPS)
    return [f.id.removeprefix("NO_SERVICE ") for f in found.values() if f.people]


def test_a_frozen_plan_s_step_is_ahead_until_its_day_and_a_draft_promises_nothing(
    session: Session, clock: FixedClock
) -> None:
    client = caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi")).made
    plan = planning.draft(session, client, PlanKind.VALMENNUS).made
    goal = planning.add_goal(session, plan, words="Aamut kuntoon").made
    by = date(2027, 2, 1)
    planning.add_step(session, plan, goal, what="Herään 7.30", responsible=Responsible.CLIENT, by=by)
    clock.moment = NOW + timedelta(days=120)
    assert gap_of(session, "2026-12") == ["31-60"]
    clock.moment = NOW
    planning.freeze(session, plan)
    clock.moment = NOW + timedelta(days=120)
    assert gap_of(session, "2026-12") == ["31-60 WITH_STEP"]
    assert gap_of(session, "2027-02") == ["91+"]


def test_a_client_who_came_from_another_coach_is_told_apart(training_session: Session) -> None:
    session, period = training_session, newest(training_session)
    everybody = everything(session, period, Topic.CONTINUITY)["COACH SAME"]
    client = own_figures.behind(session, period, everybody)[0].client
    with session.store.writing() as tx:
        handovers.take_over(tx, "package", client, coach="another", at=f"{period}-02T08:00:00Z")
    came = everything(session, period, Topic.CONTINUITY)["COACH TAKEN_OVER"]
    assert [person.client for person in own_figures.behind(session, period, came)] == [client]


def test_pictures_are_in_the_language_of_the_screen(training_session: Session) -> None:
    period = newest(training_session)
    held = own_figures.caseload_of(own_figures.read(training_session, period))
    shown = own_figures.detail(held, Topic.LADDER, period, 12)
    course = own_pictures.over_months(shown, "Portaat", "fi")
    assert [s.name for s in course.series] == ["Ylös vuodessa", "Alas vuodessa", "Ylös kuukaudessa", "Alas kuukaudessa"]
    spread = own_pictures.spread(shown, "Portaat", "sv")
    assert spread is not None
    assert [bar.name for bar in spread.bars][-1] == "Kontakt, ingen tjänst nu"
    rungs = [f for f in shown.figures if f.key.indicator == "RUNG"]
    assert sum(bar.total for bar in spread.bars) == sum(f.count for f in rungs)
    assert own_pictures.spread(own_figures.detail(held, Topic.CONTACTS, period, 12), "", "fi") is None


def test_the_spread_of_change_says_what_the_figures_say(training_session: Session) -> None:
    period = newest(training_session)
    held = own_figures.caseload_of(own_figures.read(training_session, period))
    for topic in (Topic.CHANGE, Topic.TIMELINESS, Topic.LATER, Topic.ACTIVATION, Topic.CONTINUITY):
        shown = own_figures.detail(held, topic, period, 12)
        spread = own_pictures.spread(shown, "", "en")
        assert spread is not None
        wanted = {"CHANGE": ("FC01",), "TIMELINESS": ("WT01",), "LATER": ("OE01",), "ACTIVATION": ("AR_A", "AR_U")}
        names = wanted.get(topic, ("CONTACT", "BETWEEN"))
        assert sum(b.total for b in spread.bars) == sum(f.count for f in shown.figures if f.key.indicator in names)
