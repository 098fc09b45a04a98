"""A coach's own figures: the package's rows by the package's code, and what only the coach sees, worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from sample_caseload import sample_people

from valmentaja.definitions.indicators import definitions
from valmentaja.domain.codes import ExitReason, LabourStatus, MeetingMode
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.facts import AssessmentFact, Person, PlanFact, ServiceFact, StepFact
from valmentaja.indicators.month import exact
from valmentaja.indicators.own.care import Agreed, Beside, days_bin
from valmentaja.indicators.own.course import Course, Pick, detail, glance
from valmentaja.indicators.own.figures import Caseload, Figure, Topic, figures, look

MONTH = Month(2026, 3)
"""Its stock day is 31.3.2026."""
ON = MONTH.stock_day
LONG_AGO = date(2025, 1, 7)
KEY = bytes(16)


def caseload(*people: Person, beside: Beside | None = None) -> Caseload:
    return Caseload(people=people, definitions=definitions(), beside=beside or Beside())


def held(topic: Topic, *people: Person, beside: Beside | None = None) -> dict[str, Figure]:
    return {f.id: f for f in figures(look(caseload(*people, beside=beside), MONTH), topic)}


def where(topic: Topic, indicator: str, person: Person, beside: Beside | None = None) -> list[str]:
    """The cells of an indicator that count the person."""
    found = held(topic, person, beside=beside)
    return [" ".join(filter(None, f.key.cell)) for f in found.values() if f.key.indicator == indicator and f.people]


def a_person(**known: object) -> Person:
    return Person(**{"record_key": KEY, "intake": LONG_AGO, **known})  # type: ignore[arg-type]


def service(code: str, start: date, end: date | None = None) -> ServiceFact:
    return ServiceFact(service=code, start=start, end=end)


@pytest.mark.parametrize("period", ["2024-03", "2025-12"])
def test_at_the_end_of_a_quarter_the_topics_show_the_very_rows_of_the_package(period: str) -> None:
    people, month = sample_people(), Month.parse(period)
    rows = {row.key: row.people for row in exact(people, month, definitions())}
    looked = look(caseload(*people), month)
    shown = [f for topic in Topic for f in figures(looked, topic) if not f.words]
    assert len(shown) > 200
    assert [f for f in shown if rows[f.key] != f.people] == []


def test_everybody_stands_on_one_rung_and_everybody_of_a_month_ago_has_moved_once() -> None:
    people, month = sample_people(), Month(2025, 12)
    found = {f.id: f for f in figures(look(caseload(*people), month), Topic.LADDER)}
    here = [p for p in people if p.in_caseload(month.stock_day)]
    before = [p for p in people if p.in_caseload(month.previous.stock_day)]
    assert sum(f.count for f in found.values() if f.key.indicator == "RUNG") == len(here)
    assert sum(f.count for f in found.values() if f.key.indicator == "MOVE_1") == len(before)


@pytest.mark.parametrize(
    ("statuses", "services", "rung"),
    [
        ((), (), "CONTACT"),
        ((), (service("RYHMAVALMENNUS", LONG_AGO),), "OTHER_SERVICE"),
        ((), (service("KUNTOUTTAVA", LONG_AGO),), "REHABILITATIVE"),
        ((), (service("TYOKOKEILU", LONG_AGO),), "EMPLOYMENT_SERVICE"),
        ((), (service("PALKKATUKI", LONG_AGO),), "SUPPORTED_WORK"),
        (((LONG_AGO, LabourStatus.OSA_AIKATYO),), (), "PART_TIME"),
        (((LONG_AGO, LabourStatus.AVOIN_TYO),), (), "WORK_OR_STUDY"),
        (((LONG_AGO, LabourStatus.KOULUTUS),), (), "WORK_OR_STUDY"),
    ],
)
def test_a_rung_is_told_by_the_service_or_the_work(
    statuses: tuple[tuple[date, LabourStatus], ...], services: tuple[ServiceFact, ...], rung: str
) -> None:
    assert where(Topic.LADDER, "RUNG", a_person(statuses=statuses, services=services)) == [rung]


@pytest.mark.parametrize(
    ("known", "move"),
    [
        ({}, "SAME"),
        ({"services": (service("TYOKOKEILU", date(2026, 3, 2)),)}, "UP"),
        ({"services": (service("TYOKOKEILU", LONG_AGO, date(2026, 3, 30)),)}, "DOWN"),
        ({"exit": date(2026, 3, 30), "exit_reason": ExitReason.TYO}, "LEFT_TO_WORK"),
        ({"exit": date(2026, 3, 30), "exit_reason": ExitReason.MUUTTO}, "LEFT"),
    ],
)
def test_a_move_is_from_the_stock_day_before_to_this_one(known: dict[str, object], move: str) -> None:
    assert where(Topic.LADDER, "MOVE_1", a_person(**known)) == [move]


def test_a_move_in_a_year_is_from_the_stock_day_of_the_same_month_a_year_before() -> None:
    """On 31.3.2025 there was no service yet, on 30.4.2025 there was."""
    assert where(Topic.LADDER, "MOVE_12", a_person(services=(service("TYOKOKEILU", date(2025, 4, 15)),))) == ["UP"]


def measured(*scores: int) -> tuple[AssessmentFact, ...]:
    """Half a year apart, the latest in the month."""
    days = [date(2026, 3, 10) - timedelta(180 * n) for n in reversed(range(len(scores)))]
    return tuple(
        AssessmentFact(completed=on, scores={"A": Fraction(score)}) for on, score in zip(days, scores, strict=True)
    )


def steps(*late: int | None) -> tuple[PlanFact, ...]:
    """Of one plan; each was to begin on 20.2. and did so many days later, or never."""
    planned = date(2026, 2, 20)
    made = (StepFact(planned=planned, realised=None if n is None else planned + timedelta(n)) for n in late)
    return (PlanFact(signed=LONG_AGO, steps=tuple(made)),)


def status(*rows: tuple[date, str]) -> tuple[tuple[date, LabourStatus], ...]:
    return tuple((on, LabourStatus(held)) for on, held in rows)


def reviewed(on: date | None) -> tuple[PlanFact, ...]:
    return (PlanFact(signed=LONG_AGO, review_due=date(2026, 3, 16), reviewed=on),)


MARCH = date(2026, 3, 5)
TOLD: tuple[tuple[Topic, dict[str, object], tuple[int | None, ...]], ...] = (
    (Topic.CASELOAD, {}, (1, 0, 0)),
    (Topic.CASELOAD, {"intake": MARCH}, (1, 1, 0)),
    (Topic.CASELOAD, {"exit": MARCH}, (0, 0, 1)),
    (Topic.ACTIVATION, {}, (0, None)),
    (Topic.ACTIVATION, {"services": (service("TYOKOKEILU", MARCH),)}, (1, None)),
    (Topic.ACTIVATION, {"readings": ((LONG_AGO, 700),)}, (0, 0)),
    (Topic.LADDER, {"services": (service("TYOKOKEILU", MARCH),)}, (1, 0, 1, 0)),
    (Topic.LADDER, {"services": (service("TYOKOKEILU", LONG_AGO, MARCH),)}, (0, 1, 0, 1)),
    (Topic.LADDER, {"exit": MARCH, "exit_reason": ExitReason.KOULUTUS}, (1, 0, 1, 0)),
    (Topic.LADDER, {"exit": MARCH, "exit_reason": ExitReason.MUUTTO}, (0, 0, 0, 0)),
    (Topic.TRANSITIONS, {"statuses": status((MARCH, "AVOIN_TYO"))}, (1, 0)),
    (Topic.TRANSITIONS, {"statuses": status((LONG_AGO, "AVOIN_TYO"), (MARCH, "KOULUTUS"))}, (0, 0)),
    (Topic.TRANSITIONS, {"statuses": status((LONG_AGO, "AVOIN_TYO"), (MARCH, "TYOTON"))}, (0, 1)),
    (Topic.CHANGE, {"assessments": measured(4, 6)}, (1, 0, 1)),
    (Topic.CHANGE, {"assessments": measured(6, 5)}, (0, 1, 1)),
    (Topic.CHANGE, {"assessments": measured(6, 6)}, (0, 0, 1)),
    (Topic.CHANGE, {"assessments": measured(6)}, (0, 0, 0)),
    (Topic.PLANS, {"plans": steps(30, 0)}, (1, 0, 0)),
    (Topic.PLANS, {"plans": steps(30, None)}, (0, 1, 0)),
    (Topic.PLANS, {"plans": steps(31)}, (0, 0, 1)),
    (Topic.CONTINUITY, {"met": ((ON - timedelta(30), MeetingMode.VIESTI),)}, (0, 0)),
    (Topic.CONTINUITY, {"met": ((ON - timedelta(31), MeetingMode.VIESTI),)}, (1, 0)),
    (Topic.CONTINUITY, {"met": ((ON - timedelta(91), MeetingMode.VIESTI),)}, (1, 1)),
    (Topic.CONTACTS, {"met": ((MARCH, MeetingMode.VERKOSTO),)}, (1, 0, 0)),
    (Topic.CONTACTS, {"met": ((MARCH, MeetingMode.VIDEO),)}, (0, 1, 0)),
    (Topic.CONTACTS, {}, (0, 0, 1)),
    (Topic.TIMELINESS, {"plans": reviewed(date(2026, 3, 16))}, (1, None)),
    (Topic.TIMELINESS, {"plans": reviewed(date(2026, 3, 17))}, (0, None)),
    (Topic.TIMELINESS, {"plans": (PlanFact(signed=MARCH),), "intake": MARCH - timedelta(30)}, (None, 1)),
    (Topic.TIMELINESS, {"plans": (PlanFact(signed=MARCH),), "intake": MARCH - timedelta(31)}, (None, 0)),
    (Topic.GAPS, {}, (1, 0)),
    (Topic.GAPS, {"plans": (PlanFact(signed=LONG_AGO, steps=(StepFact(planned=ON),)),)}, (0, 1)),
    (Topic.LATER, {"intake": date(2025, 3, 1), "statuses": status((LONG_AGO, "AVOIN_TYO"))}, (1, 0, 0)),
    (Topic.LATER, {"intake": date(2025, 3, 1)}, (0, 1, 0)),
    (Topic.LATER, {"intake": date(2025, 3, 1), "exit": date(2025, 12, 1)}, (0, 0, 1)),
)


@pytest.mark.parametrize(("topic", "known", "values"), TOLD)
def test_each_course_counts_what_its_words_say(
    topic: Topic, known: dict[str, object], values: tuple[int | None, ...]
) -> None:
    shown = detail(caseload(a_person(**known)), topic, MONTH, 1)
    assert tuple(each for _course, (each,) in shown.courses) == values


def test_every_topic_has_a_case_by_hand() -> None:
    assert {topic for topic, _known, _values in TOLD} == set(Topic)


def test_days_are_put_into_the_bins_whose_ends_belong_to_them() -> None:
    assert [days_bin(n) for n in (0, 14, 15, 30, 31, 60, 61, 90, 91)] == [
        *("0-14", "0-14", "15-30", "15-30", "31-60", "31-60", "61-90", "61-90", "91+")
    ]


def test_the_days_since_a_contact_begin_with_the_intake_and_a_later_contact_does_not_count() -> None:
    met = ((ON - timedelta(40), MeetingMode.PUHELIN), (ON + timedelta(1), MeetingMode.KAYNTI))
    assert where(Topic.CONTINUITY, "CONTACT", a_person(met=met)) == ["31-60"]
    assert where(Topic.CONTINUITY, "CONTACT", a_person(intake=ON - timedelta(20))) == ["15-30"]


def test_the_longest_quiet_time_counts_its_beginning_and_its_end() -> None:
    """100 days from a contact to today are longer than the 70 days between two."""
    met = tuple((ON - timedelta(n), MeetingMode.VIESTI) for n in (240, 170, 100))
    assert where(Topic.CONTINUITY, "BETWEEN", a_person(met=met, intake=ON - timedelta(250))) == ["91+"]
    often = tuple((ON - timedelta(n), MeetingMode.VIESTI) for n in range(14, 370, 14))
    assert where(Topic.CONTINUITY, "BETWEEN", a_person(met=often)) == ["0-14"]


def test_a_client_taken_over_from_another_coach_has_had_two() -> None:
    beside = Beside(taken_over={KEY: date(2026, 3, 1)})
    assert where(Topic.CONTINUITY, "COACH", a_person(), beside) == ["TAKEN_OVER"]
    later = Beside(taken_over={KEY: ON + timedelta(1)})
    assert where(Topic.CONTINUITY, "COACH", a_person(), later) == ["SAME"]


@pytest.mark.parametrize(
    ("known", "place"),
    [
        ({"services": (service("RYHMAVALMENNUS", LONG_AGO),)}, "SERVED"),
        ({"statuses": ((LONG_AGO, LabourStatus.AVOIN_TYO),)}, "SERVED"),
        ({"services": (service("TYOKOKEILU", LONG_AGO, ON - timedelta(30)),)}, "SHORT"),
        ({"services": (service("TYOKOKEILU", LONG_AGO, ON - timedelta(31)),)}, "31-60"),
        ({"services": (service("TYOKOKEILU", LONG_AGO, ON - timedelta(61)),)}, "61-90"),
        ({}, "91+"),
        (
            {"statuses": ((LONG_AGO, LabourStatus.AVOIN_TYO), (ON - timedelta(39), LabourStatus.TYOTON))},
            "31-60",
        ),
    ],
)
def test_a_gap_runs_from_the_last_day_of_a_service_or_of_work(known: dict[str, object], place: str) -> None:
    assert where(Topic.GAPS, "NO_SERVICE", a_person(**known)) == [place]


def test_a_step_that_is_still_ahead_is_a_next_step_and_one_that_is_over_is_not() -> None:
    def planned(signed: date, begins: date) -> Person:
        return a_person(plans=(PlanFact(signed=signed, steps=(StepFact(planned=begins),)),))

    assert where(Topic.GAPS, "NO_SERVICE", planned(LONG_AGO, ON)) == ["91+ WITH_STEP"]
    assert where(Topic.GAPS, "NO_SERVICE", planned(LONG_AGO, ON - timedelta(1))) == ["91+"]
    assert where(Topic.GAPS, "NO_SERVICE", planned(ON + timedelta(1), ON + timedelta(9))) == ["91+"]


@pytest.mark.parametrize(
    ("since", "by", "done", "place"),
    [
        (LONG_AGO, ON, None, "91+ WITH_STEP"),
        (LONG_AGO, ON - timedelta(1), None, "91+"),
        (LONG_AGO, ON + timedelta(9), ON - timedelta(3), "91+"),
        (LONG_AGO, ON + timedelta(9), ON + timedelta(3), "91+ WITH_STEP"),
        (ON + timedelta(1), ON + timedelta(9), None, "91+"),
    ],
)
def test_a_step_agreed_by_a_day_is_a_next_step_until_it_is_done(
    since: date, by: date, done: date | None, place: str
) -> None:
    beside = Beside(agreed={KEY: (Agreed(since=since, by=by, done=done),)})
    assert where(Topic.GAPS, "NO_SERVICE", a_person(), beside) == [place]


def test_a_course_counts_each_person_once_and_a_share_of_nobody_is_no_share() -> None:
    one, two = (Pick(indicator="AR_A", first=("P",)), Pick(indicator="AR_A"))
    found = held(Topic.ACTIVATION, a_person(services=(service("TYOKOKEILU", LONG_AGO),))).values()
    assert Course(words="", above=(one, two)).value(found) == Fraction(1)
    assert Course(words="", above=(two,), below=(two, Pick(indicator="AR_U"))).value(found) == Fraction(1)
    assert Course(words="", above=(one,), below=(one,)).value(found) is None


def test_a_topic_over_months_ends_with_the_month_and_its_first_course_is_told_at_a_glance() -> None:
    everybody, month = caseload(*sample_people()), Month(2025, 12)
    lines = {line.topic: line for line in glance(everybody, month)}
    assert list(lines) == list(Topic)
    for topic in Topic:
        shown = detail(everybody, topic, month, 13)
        _course, values = shown.courses[0]
        assert (str(shown.months[0]), str(shown.months[-1])) == ("2024-12", "2025-12")
        assert (values[0], values[-1]) == (lines[topic].before, lines[topic].now)
