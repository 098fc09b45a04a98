"""Which series a radar shows of a client, and what it says it cannot show."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from valmentaja.base.clock import FixedClock
from valmentaja.definitions import instruments as files
from valmentaja.definitions.instrument import Domain, Instrument, Item
from valmentaja.definitions.services import services
from valmentaja.domain.assessment import NoValue, Value
from valmentaja.domain.client import ServicePeriod
from valmentaja.domain.codes import MeetingMode, PlanKind, Rater
from valmentaja.domain.plan import Step
from valmentaja.domain.rating import Aspect
from valmentaja.domain.versions import matched
from valmentaja.pictures.timeline import Kind
from valmentaja.store import assessments
from valmentaja.usecases import assessing, caseload, comparing, instruments, meetings, path, planning, rating
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.comparing import Voice
from valmentaja.usecases.session import Session

SUUNTA = files.instruments()["suunta-1.0"]


def a_client(session: Session) -> str:
    return caseload.take_on(session, NewClient(family_name="Öljynen", given_names="Aku-Testi")).made


def measure(session: Session, client: str, value: Value, *, domains: str = "ABCDEFGHIJK", coach: str = "") -> str:
    made = assessing.begin(session, client).made
    for domain in SUUNTA.scored_domains:
        for item in domain.items:
            if domain.id in domains:
                assessing.answer(session, made, item.id, value)
            if domain.id in coach:
                assessing.answer(session, made, item.id, 3, rater=Rater.VALMENTAJA)
    assessing.close(session, made)
    return made


@pytest.fixture
def client(session: Session) -> str:
    return a_client(session)


def later(clock: FixedClock, days: int = 90) -> None:
    clock.moment += timedelta(days=days)


def test_first_against_latest_is_shown_by_default(session: Session, client: str, clock: FixedClock) -> None:
    for value in (2, 5, 8):
        measure(session, client, value)
        later(clock)
    radar = comparing.radar(session, client, language="fi")
    assert radar is not None
    assert [s.name for s in radar.series] == ["23.5.2027 asiakas", "24.11.2026 asiakas"]
    assert [set(s.values) for s in radar.series] == [{Fraction(8)}, {Fraction(2)}]


def test_any_measurements_and_raters_can_lie_over_each_other(session: Session, client: str, clock: FixedClock) -> None:
    first = measure(session, client, 2)
    later(clock)
    second = measure(session, client, 5, coach="AB")
    later(clock)
    measure(session, client, 8)
    keys = [f"{first}/{Voice.CLIENT}", f"{second}/{Voice.COACH}"]
    radar = comparing.radar(session, client, keys=keys, language="en")
    assert radar is not None
    assert [s.name for s in radar.series] == ["22 Feb 2027 coach", "24 Nov 2026 client"]
    assert radar.series[0].values[:3] == (3, 3, None)


def test_one_measurement_is_one_series_and_none_is_no_picture(session: Session, client: str) -> None:
    assert comparing.radar(session, client) is None
    measure(session, client, 4)
    radar = comparing.radar(session, client)
    assert radar is not None
    assert len(radar.series) == 1


def test_what_was_not_answered_is_listed_and_not_zero(session: Session, client: str, clock: FixedClock) -> None:
    measure(session, client, NoValue.EI_HALUA, domains="A")
    later(clock)
    measure(session, client, 6, domains="BCD")
    later(clock)
    measure(session, client, 0, domains="AB")
    radar = comparing.radar(session, client, language="fi")
    assert radar is not None
    assert [s.values[:4] for s in radar.series] == [(0, 0, None, None), (None, 6, 6, 6)]
    assert radar.notes[1].startswith("Ei tulosta: 22.2.2027 asiakas: Työkyky, Ajattelu")


def test_two_measurements_of_one_day_keep_their_own_names(session: Session, client: str) -> None:
    measure(session, client, 4)
    measure(session, client, 5)
    radar = comparing.radar(session, client, language="fi")
    assert radar is not None
    assert [s.name for s in radar.series] == ["24.11.2026 asiakas", "24.11.2026 asiakas (2)"]


def another_version() -> Instrument:
    """The next version: an item of A was changed, so nothing continues it."""
    first, *rest = SUUNTA.domains
    changed = replace(first, items=(replace(first.items[0], earlier=None), *_continued(first)[1:]))
    domains = (changed, *(replace(d, items=_continued(d)) for d in rest))
    return replace(SUUNTA, id="suunta-2.0", version="2.0", replaces=SUUNTA.id, domains=domains)


def _continued(domain: Domain) -> tuple[Item, ...]:
    return tuple(replace(item, earlier=item.id) for item in domain.items)


def test_a_domain_compares_only_when_the_same_was_asked_whichever_is_newer() -> None:
    other = another_version()
    known = {SUUNTA.id: SUUNTA, other.id: other}
    both = {d.id: d.id for d in SUUNTA.scored_domains[1:]}
    assert matched(SUUNTA, other, known) == matched(other, SUUNTA, known) == both
    assert matched(SUUNTA, replace(other, replaces=None), {SUUNTA.id: SUUNTA}) == {}


def test_what_cannot_be_compared_is_said_and_not_drawn(
    session: Session, client: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    measure(session, client, 4)
    later(clock)
    other = another_version()
    made = assessing.begin(session, client).made
    for item in (i for d in other.scored_domains for i in d.items):
        assessing.answer(session, made, item.id, 9)
    assessing.close(session, made)
    held = [replace(a, instrument=other.id) if a.id == made else a for a in assessing.assessments(session, client)]
    monkeypatch.setattr(instruments, "known", lambda _store: {SUUNTA.id: SUUNTA, other.id: other})
    monkeypatch.setattr(assessments, "of_client", lambda _store, _client: tuple(held))
    radar = comparing.radar(session, client, language="fi")
    assert radar is not None
    assert [s.values[:2] for s in radar.series] == [(9, 9), (None, 4)]
    assert "Ei voi verrata, koska kysymykset olivat eri: 24.11.2026 asiakas: Työkyky." in radar.notes
    trend = comparing.trend(session, client, language="fi")
    assert trend is not None
    assert trend.panels[0].series[0].values == (None, 9)
    assert trend.notes == ("Ei voi verrata, koska kysymykset olivat eri: 24.11.2026: Työkyky.",)


def test_the_coach_rates_whole_domains_and_both_can_agree(session: Session, client: str) -> None:
    held = assessing.begin(session, client).made
    for item in SUUNTA.scored_domains[0].items:
        assessing.answer(session, held, item.id, 8)
    rating.rate(session, held, "A", Aspect.COACH, "4", reason="Näen tämän toisin.")
    rating.rate(session, held, "A", Aspect.AGREED, "6", reason="Sovimme näin.")
    assessing.close(session, held)
    keys = [c.key for c in comparing.choices(session, client)]
    assert keys == [f"{held}/{voice}" for voice in Voice]
    radar = comparing.radar(session, client, keys=keys, language="fi")
    assert radar is not None
    assert [s.values[0] for s in radar.series] == [8, 4, 6]
    assert [s.name.split()[-1] for s in radar.series] == ["asiakas", "valmentaja", "sovittu"]


def test_a_measurement_under_way_can_be_chosen_but_does_not_lead(
    session: Session, client: str, clock: FixedClock
) -> None:
    first = measure(session, client, 4)
    later(clock)
    held = assessing.begin(session, client).made
    for item in SUUNTA.scored_domains[0].items:
        assessing.answer(session, held, item.id, 9)
    offered = comparing.choices(session, client)
    assert [c.assessment.id for c in offered] == [held, first]
    assert offered[0].name("fi") == "22.2.2027 asiakas (kesken)"
    assert comparing.first_and_latest(offered) == (f"{first}/client",)


def test_the_trend_runs_through_all_measurements(session: Session, client: str, clock: FixedClock) -> None:
    assert comparing.trend(session, client) is None
    for value, domains in ((2, "ABCD"), (5, "BCD"), (7, "ABCD")):
        measure(session, client, value, domains=domains)
        later(clock)
    trend = comparing.trend(session, client, language="fi")
    assert trend is not None
    assert [m.name for m in trend.moments] == ["24.11.2026", "22.2.2027", "23.5.2027"]
    assert trend.panels[0].series[0].values == (2, None, 7)
    assert trend.panels[1].series[0].values == (2, 5, 7)


def test_the_path_has_meetings_measurements_and_services(session: Session, client: str, clock: FixedClock) -> None:
    assert path.timeline(session, client) is None
    today = session.today()
    meetings.start(session, client)
    measure(session, client, 5)
    service = next(iter(services()))
    caseload.keep_service(session, ServicePeriod(client=client, service=service, start=today))
    meetings.book(session, client, on=today + timedelta(days=7), at="9", mode=MeetingMode.KAYNTI)
    later(clock, 30)
    made = path.timeline(session, client, language="fi")
    assert made is not None
    assert [e.kind for e in made.events] == [Kind.HELD, Kind.MEASURED, Kind.MISSED]
    assert [(s.name, s.start, s.planned) for s in made.spans] == [(services()[service].name.fi, today, False)]


def test_a_planned_service_stands_before_what_came_of_it(session: Session, client: str) -> None:
    today = session.today()
    plan = planning.draft(session, client, PlanKind.MONIALAINEN).made
    goal = planning.add_goal(session, plan, words="Haluan töihin.").made
    service = next(iter(services()))
    step = planning.add_step(session, plan, goal, what="Kokeilen").made
    planning.edit_step(session, plan, replace(_step(session, plan, step), service=service, planned_start=today))
    caseload.keep_service(session, ServicePeriod(client=client, service=service, start=today + timedelta(days=3)))
    made = path.timeline(session, client, language="fi")
    assert made is not None
    assert [(s.planned, s.start) for s in made.spans] == [(True, today), (False, today + timedelta(days=3))]


def _step(session: Session, plan: str, step: str) -> Step:
    return next(s for s in planning.plan(session, plan).steps if s.id == step)
