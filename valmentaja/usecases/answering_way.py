"""How and in which language the client answers: alone, with the coach, with an interpreter (domain.md §3)."""

from __future__ import annotations

from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.languages import is_language
from valmentaja.domain.assessment import Mode
from valmentaja.store import assessments as kept
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed


def set_way(session: Session, assessment_id: str, *, mode: Mode, language: str) -> Changes:
    """`language` "" is the client's own; UserError when the assessment is closed or the code is no language."""
    held = kept.get(session.store, assessment_id)
    if held is None:
        raise UserError(N_("There is no such assessment."))
    if held.closed is not None:
        raise UserError(N_("This assessment is closed. Begin a new one to measure again."))
    if language and not is_language(language):
        raise UserError(N_("{code} is not the code of a language."), code=language)
    require_here(session, held.client)
    with session.store.writing() as tx:
        kept.keep_way(tx, held, mode=mode, language=language)
    return changed(Area.ASSESSMENT, client=held.client)
