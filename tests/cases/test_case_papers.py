"""Which case a printed summary tells of, and what of it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.documents.poppler import spoken
from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import UserError
from valmentaja.domain.case import CaseKind, Part, hidden_parts
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.summary import Audience
from valmentaja.usecases import (
    assessing,
    case_parts,
    caseload,
    cases,
    planning,
    summary,
)
from valmentaja.usecases.session import Session

TODAY = date(2026, 11, 24)
QUESTION = "Mikä auttaa Aapoa työhön?"


@pytest.fixture
def client(session: Session) -> str:
    new = caseload.NewClient(family_name="Ahonen", given_names="Aapo")
    return caseload.take_on(session, new, despite_duplicates=True).made


@pytest.fixture
def case(session: Session, client: str) -> str:
    return cases.open_case(session, client, kind=CaseKind.MULTI, question=QUESTION).made


def measured(session: Session, client: str) -> str:
    """Every question answered, and closed."""
    made = assessing.begin(session, client).made
    for item in assessing.runner(session, made).order:
        assessing.answer(session, made, item, 5)
    assessing.close(session, made)
    return made


def test_a_measurement_without_a_case_takes_nothing_from_one_of_another_time(
    session: Session, client: str, clock: FixedClock
) -> None:
    made = measured(session, client)
    clock.moment += timedelta(days=200)
    case = cases.open_case(session, client, kind=CaseKind.MULTI, question=QUESTION).made
    cases.write(session, case, Part.HEALTH, "Toisen ajan terveysteksti.")

    told = summary.paper(session, made, "fi", Audience.NETWORK)
    assert (told.case, dict(told.fields)) == (None, {})
    drafted = planning.plan(session, summary.begin_plan(session, made).made)
    assert drafted.kind is PlanKind.VALMENNUS


def test_the_network_is_not_told_what_the_kind_of_the_case_does_not_ask(
    session: Session, client: str, case: str, tmp_path: Path
) -> None:
    cases.write(session, case, Part.HEALTH, "Terveysteksti.")
    cases.write(session, case, Part.SKILLS, "Puutyötaito.")
    made = measured(session, client)

    def printed() -> list[str]:
        path = tmp_path / "paper.pdf"
        path.write_bytes(summary.make(summary.paper(session, made, "fi", Audience.NETWORK)).pdf)
        return spoken(path)

    assert {"Terveysteksti.", "Puutyötaito."} <= set(printed())
    cases.choose_kind(session, case, CaseKind.SINGLE)
    assert "Terveysteksti." not in printed()
    assert "Puutyötaito." in printed()
    assert hidden_parts(CaseKind.SINGLE, cases.overview(session, case).fields) == (Part.HEALTH,)
    cases.choose_kind(session, case, CaseKind.MULTI)
    assert "Terveysteksti." in printed()


def test_a_measurement_becomes_part_of_the_open_case_only_when_the_coach_says_so(session: Session, client: str) -> None:
    made = measured(session, client)
    case = cases.open_case(session, client, kind=CaseKind.SINGLE, question=QUESTION).made
    assert cases.overview(session, case).measured == ()

    cases.tie(session, made)
    assert [a.id for a in cases.overview(session, case).measured] == [made]
    told = summary.paper(session, made, "fi", Audience.NETWORK)
    assert told.case is not None
    assert told.case.id == case
    with pytest.raises(UserError, match="belongs to a case already"):
        cases.tie(session, made)


def test_a_conclusion_never_goes_to_another_instrument_and_never_vanishes(
    session: Session, case: str, client: str
) -> None:
    cases.conclude(session, case, "A", "Jaksaa hyvin.", instrument="suunta-1.0")
    cases.conclude(session, case, "A", "Uni on parempi.", instrument="startti-1.0")
    made = measured(session, client)

    told = summary.paper(session, made, "fi", Audience.NETWORK)
    assert told.conclusions == {"A": "Jaksaa hyvin."}
    ((name, text),) = told.concluded_apart
    assert name.startswith("Startti")
    assert text == "Uni on parempi."


def test_a_clarification_is_late_on_the_day_the_paper_is_made_and_both_days_are_told(
    session: Session, client: str, case: str, clock: FixedClock, tmp_path: Path
) -> None:
    case_parts.order(session, case, kind="kela", expected=TODAY + timedelta(days=7))
    made = measured(session, client)

    def printed() -> str:
        path = tmp_path / "paper.pdf"
        path.write_bytes(summary.make(summary.paper(session, made, "en", Audience.NETWORK)).pdf)
        return " ".join(spoken(path))

    assert "awaited 1 Dec 2026" in printed()
    clock.moment += timedelta(days=20)
    later = printed()
    assert "late 1 Dec 2026" in later
    assert "Answered 24 Nov 2026 Paper made 14 Dec 2026" in later
    assert later == printed()
