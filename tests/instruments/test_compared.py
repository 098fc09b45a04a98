"""Which measurements are compared is decided in one place: tab, summary, papers, brief, picture and report agree."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from versions import own

from valmentaja.base.clock import FixedClock
from valmentaja.documents.summary_pdf import render
from valmentaja.domain.assessment import Value
from valmentaja.domain.brief import Group
from valmentaja.domain.summary import Audience
from valmentaja.usecases import assessing, brief, caseload, comparing, instruments, reports, summary
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session

NEW_Q = ('id = "Q2"\nearlier = "Q2"', 'id = "Q2"')


@pytest.fixture
def client(session: Session) -> str:
    return caseload.take_on(session, NewClient(family_name="Kokeilija", given_names="Testi")).made


class Measuring:
    """One client is measured again and again, all items alike."""

    def __init__(self, session: Session, client: str, clock: FixedClock) -> None:
        self.session, self.client, self.clock = session, client, clock

    def __call__(self, value: Value, instrument: str = "suunta-1.0", *, quick: bool = False, days: int = 30) -> str:
        made = assessing.begin(self.session, self.client, instrument=instrument, quick=quick).made
        while (item := assessing.runner(self.session, made).resume_at) is not None:
            assessing.answer(self.session, made, item, value)
        assessing.close(self.session, made)
        self.clock.moment += timedelta(days=days)
        return made


@pytest.fixture
def measure(session: Session, client: str, clock: FixedClock) -> Measuring:
    return Measuring(session, client, clock)


def tab(session: Session, assessment: str) -> dict[str, Fraction | None]:
    return {r.domain.id: r.delta for r in assessing.summary(session, assessment).results}


def page(session: Session, assessment: str) -> dict[str, Fraction | None]:
    return {v.domain.id: v.delta for v in summary.of_assessment(session, assessment).views}


def told(session: Session, client: str) -> list[str]:
    parts = brief.of_client(session, client).parts
    return [line.text for p in parts if p.group is Group.CHANGE for line in p.lines]


def test_an_item_that_means_something_else_now_is_apart_on_every_page(
    session: Session, measure: Measuring, tmp_path: Path
) -> None:
    instruments.add_own(session, own(tmp_path))
    measure(2, "own-1.0")
    instruments.add_own(session, own(tmp_path, "2.0", NEW_Q, follows="own-1.0"))
    now = measure(7, "own-2.0")

    shown = summary.of_assessment(session, now)
    assert page(session, now) == tab(session, now) == {"P": 5, "Q": None}
    assert [d.id for d in shown.apart] == ["Q"]
    assert shown.others == ()
    for audience in Audience:
        paper = summary.paper(session, now, "fi", audience)
        assert paper.views == shown.views
        assert [d.id for d in paper.apart] == ["Q"]
        assert render(paper)


def test_items_under_new_names_are_compared_on_every_page_and_in_the_brief(
    session: Session, client: str, measure: Measuring, tmp_path: Path
) -> None:
    instruments.add_own(session, own(tmp_path))
    measure(2, "own-1.0")
    renamed = [
        ('id = "Q2"\nearlier', 'id = "Q9"\nearlier'),
        ('"P2", "Q2"', '"P2", "Q9"'),
        ('items = ["Q2"]', 'items = ["Q9"]'),
    ]
    instruments.add_own(session, own(tmp_path, "2.0", *renamed, follows="own-1.0"))
    begun = assessing.begin(session, client, instrument="own-2.0").made
    assert assessing.runner(session, begun).earlier["Q9"].value == 2
    now = measure(7, "own-2.0")

    assert page(session, now) == tab(session, now) == {"P": 5, "Q": 5}
    assert summary.of_assessment(session, now).others == ()
    assert told(session, client) == ["{domain} +{delta}: {first} → {latest}"] * 2


def test_what_asks_something_else_in_every_domain_is_listed_as_not_compared(
    session: Session, measure: Measuring, tmp_path: Path
) -> None:
    instruments.add_own(session, own(tmp_path))
    other, now = measure(2), measure(7, "own-1.0")

    shown = summary.of_assessment(session, now)
    assert shown.first is None
    assert [a.id for a in shown.others] == [other]


def test_a_quick_check_is_passed_over_by_everything_that_compares(
    session: Session, client: str, measure: Measuring
) -> None:
    measure(3, quick=True)
    first, now = measure(4), measure(8)
    measure(1, quick=True)

    shown = summary.of_assessment(session, now)
    assert shown.first is not None
    assert shown.first.id == first
    assert set(page(session, now).values()) == set(tab(session, now).values()) == {4}
    assert shown.total_change == 40
    assert comparing.first_and_latest(comparing.choices(session, client)) == (f"{now}/client", f"{first}/client")
    assert summary.latest(session, client) == now
    assert set(told(session, client)) == {"{domain} +{delta}: {first} → {latest}"}

    (person,) = reports.for_worker(session, "suunta-1.0").people
    assert person.measured == 4
    assert set(person.deltas.values()) == {4}


def test_one_quick_check_alone_is_still_shown(session: Session, client: str, measure: Measuring) -> None:
    quick = measure(3, quick=True)

    assert summary.latest(session, client) == quick
    (person,) = reports.for_worker(session, "suunta-1.0").once
    assert person.latest is not None


def test_all_compare_with_the_first_though_there_is_one_between(
    session: Session, client: str, measure: Measuring
) -> None:
    first, _, now = measure(2), measure(9), measure(6)

    assert set(page(session, now).values()) == {4}
    assert comparing.first_and_latest(comparing.choices(session, client)) == (f"{now}/client", f"{first}/client")
    assert set(told(session, client)) == {"{domain} +{delta}: {first} → {latest}"}


def test_what_shares_no_domain_with_a_score_is_not_compared(session: Session, client: str, clock: FixedClock) -> None:
    for domain in ("A", "B"):
        made = assessing.begin(session, client).made
        for number in range(1, 4):
            assessing.answer(session, made, f"{domain}{number}", 5)
        assessing.close(session, made)
        clock.moment += timedelta(days=30)

    assert summary.of_assessment(session, made).first is None
    assert comparing.first_and_latest(comparing.choices(session, client)) == (f"{made}/client",)
    assert told(session, client) == ["No domain was measured both times."]
    assert [p.client for p in reports.for_worker(session, "suunta-1.0").once] == [client]


def test_of_two_measurements_of_one_day_only_the_second_has_one_before_it(
    session: Session, client: str, measure: Measuring
) -> None:
    for _ in range(4):  # ids are drawn by chance: their order must not decide
        first, second = measure(3, days=0), measure(8, days=1)
        made = [a.id for a in assessing.assessments(session, client)]
        assert made[-2:] == [first, second]
    first, second = made[:2]

    assert assessing.summary(session, first).first is None
    assert assessing.runner(session, first).earlier == {}
    assert "L1" not in assessing.runner(session, first).order
    assert set(page(session, second).values()) == {5}
    assert assessing.runner(session, second).earlier["A1"].value == 3
