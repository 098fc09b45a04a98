"""What is not compared, said alike on the client's tab and the summary page."""

from __future__ import annotations

from collections.abc import Sequence

from valmentaja.definitions.instrument import Domain
from valmentaja.domain.assessment import Assessment
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.usecases import instruments
from valmentaja.usecases.session import Session


def other_questions(apart: Sequence[Domain]) -> str:
    """Domains that asked something else the first time."""
    names = ", ".join(domain.name.in_(screen_language()) for domain in apart)
    return tr("Not compared, other questions were asked the first time: {domains}", domains=names)


def stranger(session: Session, other: Assessment) -> str:
    """A measurement of which nothing can be compared."""
    language = screen_language()
    name = instruments.get(session, other.instrument).name.in_(language)
    on = day(other.closed or other.opened, language)
    return tr("Not compared: {name}, {day}. Other questions were asked.", name=name, day=on)
