"""The brief says what the rules find, late things first, and names a rule for every line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from valmentaja.definitions.instruments import instruments
from valmentaja.definitions.rules import rules
from valmentaja.definitions.text import LocalText
from valmentaja.domain.assessment import Answer, Assessment
from valmentaja.domain.brief import LONGEST, MOST, Awaited, Group, Known, Line, Mark, Part, UnderWay, brief, shortened
from valmentaja.domain.case import Clarification, Deadline, Due
from valmentaja.domain.client import Meeting, ServicePeriod
from valmentaja.domain.codes import MeetingMode, PlanKind, Rater
from valmentaja.domain.plan import Plan, Step, agreed
from valmentaja.domain.versions import compare

TODAY = date(2026, 11, 24)
LAST = date(2026, 11, 10)
DAY_BEFORE = date(2026, 11, 23)
SUUNTA = instruments()["suunta-1.0"]


def known(**more: object) -> Known:
    met = Meeting(client="T-1", date=LAST, mode=MeetingMode.KAYNTI, minutes=45, attended=True, agreed="Herätys 7.30")
    return replace(Known(client="T-1", today=TODAY, last=met), **more)  # type: ignore[arg-type]


def step(what: str, *, by: date | None = None, done: date | None = None, begun: date | None = None) -> Step:
    return Step(id=what, goal="g", what=what, by=by, done=done, realised_start=begun)


def plan(*steps: Step, review: date | None = None, reviewed: date | None = None) -> Plan:
    kind, stamp = PlanKind.AKTIVOINTI, "2026-11-01T08:00:00Z"
    return Plan(id="p", client="T-1", kind=kind, steps=steps, review_due=review, reviewed=reviewed, frozen_at=stamp)


def named(text: str) -> LocalText:
    return LocalText(fi=text, sv=text, en=text)


def clarification(name: str, **days: date) -> Awaited:
    return Awaited(name=named(name), asked=Clarification(id=name, case="c", kind="other", **days))


def measured(on: date, **levels: int) -> Assessment:
    """Domains not named answer 5 throughout."""
    answers = tuple(
        Answer(item=i.id, rater=Rater.ASIAKAS, value=levels.get(d.id, 5), date=on)
        for d in SUUNTA.scored_domains
        for i in d.items
    )
    return Assessment(id=str(on), client="T-1", instrument=SUUNTA.id, opened=on, closed=on, answers=answers)


def compared(*held: Assessment) -> dict[str, object]:
    """The latest with the first."""
    found = compare((SUUNTA, held[-1]), (SUUNTA, held[0]), instruments()) if len(held) > 1 else None
    return {"instrument": SUUNTA, "measured": held, "comparison": found}


def part(group: Group, of: Known) -> Part:
    return next(p for p in brief(of) if p.group is group)


def value(line: Line, name: str) -> object:
    return dict(line.values)[name]


def test_six_parts_are_always_there_and_every_line_names_a_shipped_rule() -> None:
    for parts in (brief(Known(client="T-1", today=TODAY)), brief(known(plans=(plan(step("a")),)))):
        assert [p.group for p in parts] == list(Group)
        assert all(p.lines for p in parts)
        assert {rule for p in parts for rule in p.rules} <= set(rules())


def test_what_was_agreed_is_told_line_by_line() -> None:
    met = replace(known().last, agreed="Herätys 7.30\n\n- Soitto lääkäriin\n")  # type: ignore[type-var]
    lines = part(Group.AGREED, known(last=met)).lines
    assert [value(line, "words") for line in lines] == ["Herätys 7.30", "Soitto lääkäriin"]


def test_done_counts_from_the_day_of_the_last_meeting() -> None:
    before = LAST - timedelta(days=1)
    steps = (step("ennen", done=before), step("silloin", done=LAST), step("alkoi", begun=TODAY))
    served = (ServicePeriod(client="T-1", service="TYOPAJA", start=before, end=TODAY),)
    asked = (clarification("Lausunto", received=TODAY - timedelta(days=1)),)
    found = part(Group.DONE, known(plans=(plan(*steps),), services=served, awaited=asked)).lines
    assert [value(line, "what") for line in found] == ["alkoi", "TYOPAJA", named("Lausunto"), "silloin"]


def test_a_meeting_that_did_not_happen_is_told() -> None:
    (line,) = part(Group.DONE, known(missed=(DAY_BEFORE,))).lines
    assert (line.mark, value(line, "day")) == (Mark.NOTE, DAY_BEFORE)


def test_open_steps_and_clarifications_stand_late_first_and_undated_last() -> None:
    steps = (step("joskus"), step("huomenna", by=TODAY + timedelta(days=1)), step("myöhässä", by=LAST))
    asked = (clarification("Lausunto", expected=TODAY), clarification("Peruttu", cancelled=TODAY))
    found = part(Group.OPEN, known(plans=(plan(*steps),), awaited=asked)).lines
    assert [value(line, "what") for line in found] == ["myöhässä", named("Lausunto"), "huomenna", "joskus"]
    assert [line.mark for line in found] == [Mark.LATE, Mark.OPEN, Mark.OPEN, Mark.OPEN]
    assert found[0].days_late == 14


def test_the_biggest_change_is_since_the_first_measurement_and_leads_up_or_down() -> None:
    held = tuple(
        measured(date(2026, month, 1), **levels)
        for month, levels in ((1, {"A": 5}), (4, {"A": 0}), (9, {"A": 7, "G": 2}))
    )
    found = part(Group.CHANGE, known(**compared(*held))).lines
    assert [(line.mark, value(line, "delta")) for line in found] == [(Mark.DOWN, 3), (Mark.UP, 2)]


def test_less_than_a_point_is_no_change_and_one_measurement_has_none() -> None:
    once, twice = (measured(date(2026, 1, 1)),), (measured(date(2026, 1, 1)), measured(date(2026, 9, 1)))
    for held in (once, twice):
        lines = part(Group.CHANGE, known(**compared(*held))).lines
        assert [line.mark for line in lines] == [Mark.NOTHING]


def test_due_dates_stand_nearest_first_with_the_rule_of_the_law() -> None:
    under_way = UnderWay(id="a", opened=LAST, answered=1, total=49, domain=None)
    found = part(Group.DUE, known(plans=(plan(review=TODAY - timedelta(days=3)),), under_way=under_way)).lines
    assert [(line.rule, line.days_late) for line in found] == [("AKS-REV", 3), ("ASSESSMENT-30", 0)]
    held = known(plans=(plan(review=TODAY, reviewed=TODAY),), measured=(measured(date(2026, 1, 1)),))
    assert [line.rule for line in part(Group.DUE, held).lines] == ["MEASURE-AGAIN", "AKS-REV"]


def test_days_that_a_case_has_to_keep_are_due_with_their_own_rule() -> None:
    due = Due(what=Deadline.END, rule="MTS-DUE", day=TODAY)
    (line,) = part(Group.DUE, known(case_dues=(("c", due),))).lines
    assert (line.rule, line.where.page, line.where.key) == ("MTS-DUE", "case", "c")


def test_a_finished_assessment_leads_to_its_summary() -> None:
    (line,) = part(Group.NEXT, known(measured=(measured(DAY_BEFORE),))).lines
    assert (line.where.page, line.where.key) == ("summary", str(DAY_BEFORE))


def test_next_are_the_unanswered_questions_of_the_section_it_stopped_in() -> None:
    arki = next(d for d in SUUNTA.domains if d.id == "G")
    asked = tuple(i.text for i in arki.items)
    under_way = UnderWay(id="a", opened=LAST, answered=21, total=49, domain=arki, questions=asked)
    found = part(Group.NEXT, known(under_way=under_way)).lines
    assert value(found[0], "domain") == arki.name
    assert [value(line, "words") for line in found[1:]] == list(asked[: MOST - 1])
    assert {line.where.page for line in found} == {"runner"}


def test_a_part_shows_few_lines_and_counts_the_rest() -> None:
    many = plan(*(step(f"askel {n}") for n in range(9)))
    found = part(Group.OPEN, known(plans=(many,)))
    assert (len(found.lines), found.more) == (MOST, 9 - MOST)


def test_a_long_text_is_cut_between_words() -> None:
    cut = shortened("Käyn tutustumassa verstaaseen " * 9)
    assert len(cut) <= LONGEST
    assert cut.endswith(("Käyn…", "tutustumassa…", "verstaaseen…"))
    assert shortened("x" * 500) == "x" * (LONGEST - 1) + "…"


def test_only_the_latest_frozen_version_of_each_kind_is_agreed() -> None:
    first, second = plan(), replace(plan(), id="q", version=2, frozen_at="2026-11-02T08:00:00Z")
    draft = replace(plan(), id="r", version=3, frozen_at=None)
    assert [p.id for p in agreed((second, draft, first))] == ["q"]
