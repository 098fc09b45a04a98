"""Rating a whole domain: how important it is to the client, how the coach sees it, what the two agreed."""

from __future__ import annotations

from valmentaja.base.errors import N_, UserError
from valmentaja.domain import rating as rules
from valmentaja.domain.rating import Aspect, Rating, Ratings
from valmentaja.store import assessments, meetings
from valmentaja.store import ratings as kept
from valmentaja.usecases import instruments
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed


def rate(session: Session, assessment_id: str, domain: str, aspect: Aspect, value: str, *, reason: str = "") -> Changes:
    """Keep one rating; an empty value takes it back. UserError for a value off the scale or a closed assessment."""
    held = assessments.get(session.store, assessment_id)
    if held is None:
        raise UserError(N_("There is no such assessment."))
    if held.closed is not None:
        raise UserError(N_("This assessment is closed. Begin a new one to measure again."))
    require_here(session, held.client)
    if domain not in {d.id for d in instruments.get(session, held.instrument).domains}:
        raise UserError(N_("The instrument has no section {domain}. Nothing was changed."), domain=domain)
    if not rules.is_valid(aspect, value):
        raise UserError(N_("{value} is not on the scale. Choose one of the numbers shown."), value=value)
    running = meetings.running(session.store, held.client)
    new = Rating(
        domain=domain,
        aspect=aspect,
        value=value,
        reason=reason.strip(),
        date=session.today() if running is None else running.date,
        meeting=None if running is None else running.id,
        at=session.now(),
    )
    with session.store.writing() as tx:
        kept.add(tx, held, new)
    return changed(Area.ASSESSMENT, client=held.client)


def ratings(session: Session, assessment_id: str) -> Ratings:
    """All that holds now."""
    return Ratings.of(kept.of_assessment(session.store, assessment_id))


def history(session: Session, assessment_id: str, domain: str, aspect: Aspect) -> tuple[Rating, ...]:
    """Oldest first."""
    return kept.history(session.store, assessment_id, domain, aspect)
