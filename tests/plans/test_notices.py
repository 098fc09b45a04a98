"""The shop steward is told the name and what the law lists; a review can be given on paper."""

from __future__ import annotations

from datetime import date

import pytest

from valmentaja.base.errors import UserError
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Responsible
from valmentaja.domain.review import ReviewLine, Verdict
from valmentaja.usecases import caseload, notices, papers, planning, reviewing
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session

FIELDS = {
    "follow_up": "Yhdessä",
    "job_search": "Ei velvollisuutta",
    "ktt_included": "1",
    "ktt_content": "Puutyöt pajalla",
    "ktt_place": "Puupaja",
    "ktt_days_a_week": "3",
    "ktt_hours_a_day": "4",
    "ktt_start": "2027-01-11",
    "ktt_months": "6",
    "ktt_support": "Ohjaaja Salainen",
    "ktt_other_services": "Päihdepalvelu",
    "ktt_evaluate_by": "2027-06-30",
    "ktt_informed": "1",
    "ktt_informed_on": "2026-11-24",
}


@pytest.fixture
def plan(session: Session) -> str:
    client = caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Aino")).made
    made = planning.draft(session, client, PlanKind.MONIALAINEN).made
    for field, value in FIELDS.items():
        planning.set_field(session, made, field, value)
    goal = planning.add_goal(session, made, words="Aamut kuntoon").made
    planning.add_step(session, made, goal, what="Herään", responsible=Responsible.CLIENT, by=date(2027, 1, 31))
    return made


def text_of(pdf: bytes) -> str:
    from pypdfium2 import PdfDocument

    return " ".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf))


def test_the_steward_learns_what_the_law_lists_and_nothing_more(session: Session, plan: str) -> None:
    with pytest.raises(UserError, match="nothing to notify"):
        notices.shop_steward(session, plan, "fi")
    planning.freeze(session, plan)
    paper = notices.shop_steward(session, plan, "fi")
    client = planning.plan(session, plan).client
    document = notices.keep(session, client, plan, paper, notices.make(paper)).made
    said = text_of(papers.pages(session, document))
    for told in ("Aino Esimerkki", "Puutyöt pajalla", "Puupaja", "11.1.2027", "189/2001 16 §"):
        assert told in said
    for other in ("Salainen", "Päihdepalvelu", "Aamut", "30.6.2027"):
        assert other not in said
    held = papers.document(session, document)
    assert "Esimerkki" not in held.title + held.file_name


def test_a_review_is_given_on_paper(session: Session, plan: str) -> None:
    planning.freeze(session, plan)
    with pytest.raises(UserError, match="not been reviewed"):
        notices.review_record(session, plan, "en")
    held = planning.plan(session, plan)
    lines = (
        ReviewLine(about=held.goals[0].id, verdict=Verdict.KEPT),
        ReviewLine(about=held.steps[0].id, verdict=Verdict.MOVED, why="Lomaa", new_date=date(2027, 2, 28)),
    )
    reviewing.review(session, plan, on=session.today(), words="Sujuu.", lines=lines)
    paper = notices.review_record(session, plan, "en")
    assert ("What was said", ("Sujuu.",)) in paper.sections
    (goal,) = (lines for heading, lines in paper.sections if heading == "Goal 1")
    assert goal == ("Aamut kuntoon: Goes on as before.", "Herään: Was moved to 28 Feb 2027. Why: Lomaa")
