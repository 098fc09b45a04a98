"""Correcting an old answer: a new row with its reason, beside the old one; and who answered what when."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.base.errors import N_, UserError
from valmentaja.domain.assessment import Answer, Entered, Value
from valmentaja.domain.codes import Rater
from valmentaja.domain.rating import Aspect, Rating
from valmentaja.store import assessments as kept
from valmentaja.store import meetings, ratings
from valmentaja.usecases import assessing
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One answer as it was given; `meeting_number` is 0 outside of meetings."""

    answer: Answer
    meeting_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One rating of a domain as it was given; `holds` until a later one of the same aspect."""

    rating: Rating
    meeting_number: int
    holds: bool


def correct(
    session: Session, assessment_id: str, item: str, value: Value, *, reason: str, entered: Entered = Entered.COACH
) -> Changes:
    """The client's answer was wrong, also in a closed measurement. UserError without a reason."""
    held = kept.get(session.store, assessment_id)
    if held is None:
        raise UserError(N_("There is no such assessment."))
    if not reason.strip():
        raise UserError(N_("Write why the answer is corrected. The old answer stays in its history."), key="reason")
    require_here(session, held.client)
    assessing.require_known(session, held, item, value)
    before = next((a for a in held.answers if (a.item, a.rater) == (item, Rater.ASIAKAS)), None)
    running = meetings.running(session.store, held.client)
    new = Answer(
        item=item,
        rater=Rater.ASIAKAS,
        value=value,
        date=session.today() if running is None else running.date,
        meeting=None if running is None else running.id,
        note="" if before is None else before.note,
        reason=reason.strip(),
        entered=entered,
    )
    with session.store.writing() as tx:
        kept.correct(tx, held, new, at=session.now())
    return changed(Area.ASSESSMENT, client=held.client)


def history(session: Session, assessment_id: str, item: str) -> tuple[Given, ...]:
    """Every answer to an item, newest first; the first one of each rater is what holds."""
    given = kept.given(session.store, assessment_id, item)
    return tuple(Given(answer=one, meeting_number=_number(session, one.meeting)) for one in reversed(given))


def said_of(session: Session, assessment_id: str, domain: str) -> tuple[Said, ...]:
    """Everything client and coach have said of a domain, newest first in each aspect."""
    found: list[Said] = []
    for aspect in Aspect:
        given = tuple(reversed(ratings.history(session.store, assessment_id, domain, aspect)))
        found += [Said(rating=r, meeting_number=_number(session, r.meeting), holds=r is given[0]) for r in given]
    return tuple(found)


def _number(session: Session, meeting: int | None) -> int:
    found = None if meeting is None else meetings.get(session.store, meeting)
    return 0 if found is None else meetings.number_of(session.store, found)
