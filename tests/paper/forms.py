"""People with a form to fill in, and what they are taken to have marked on it."""

from __future__ import annotations

from datetime import date

from valmentaja.domain.assessment import NoValue, Value
from valmentaja.domain.paper_form import FormRow
from valmentaja.usecases import assessing, caseload, paper_entry
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.paper_entry import Desk
from valmentaja.usecases.session import Session

KEYS = {
    **{str(n): n for n in range(10)},
    "T": 10,
    "X": NoValue.EI_HALUA,
    "E": NoValue.EI_KOSKE,
    "N": NoValue.EI_KYSYTTY,
}
MARKED = "74T38X09E16N52T84"
"""What is marked on paper, row by row, over and over."""


def a_form(session: Session, family_name: str = "Esimerkki") -> str:
    """The assessment of a new client."""
    new = NewClient(family_name=family_name, given_names="Testi", birth_date=date(1990, 2, 3))
    return assessing.begin(session, caseload.take_on(session, new).made).made


def key_for(n: int) -> str:
    return MARKED[n % len(MARKED)]


def rows(desk: Desk) -> list[FormRow]:
    return [line.row for sheet in desk.sheets for line in sheet.lines]


def entered(session: Session, assessment: str) -> dict[str, Value]:
    """The whole form entered once; what was entered by row."""
    made = rows(paper_entry.desk(session, assessment))
    for n, row in enumerate(made):
        paper_entry.enter(session, assessment, row.id, KEYS[key_for(n)], on=session.today())
    return firsts(session, assessment)


def firsts(session: Session, assessment: str) -> dict[str, Value]:
    desk = paper_entry.desk(session, assessment)
    return {line.row.id: line.first for sheet in desk.sheets for line in sheet.lines if line.first is not None}
