"""How far a form has come, in words."""

from __future__ import annotations

from valmentaja.domain.paper_check import Tally
from valmentaja.i18n import tr, trn
from valmentaja.usecases import paper_entry
from valmentaja.usecases.session import Session


def entered(counted: Tally) -> str:
    return trn("{n} answer entered from paper.", "{n} answers entered from paper.", counted.first)


def so_far(counted: Tally, *, second: bool) -> str:
    done = counted.second if second else counted.first
    return tr("{done} of {total} rows", done=done, total=counted.rows)


def summary(counted: Tally) -> str:
    """`52 answers, 3 differences, settled.`"""
    answers = trn("{n} answer", "{n} answers", counted.second)
    if not counted.differences:
        return tr("{answers} entered twice, no differences.", answers=answers)
    found = trn("{n} difference", "{n} differences", counted.differences)
    return tr("{answers}, {found}, settled.", answers=answers, found=found)


def state(session: Session, assessment: str) -> str:
    """One line for a list; "" for an assessment that nothing was entered of from paper."""
    desk = paper_entry.desk(session, assessment)
    counted = desk.tally
    if desk.filled_on is None:
        return ""
    if counted.is_checked:
        return summary(counted)
    if counted.second:
        return tr("From paper, second entry: {done} of {total} rows", done=counted.second, total=counted.rows)
    return entered(counted)
