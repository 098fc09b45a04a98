"""A domain on the summary, and what has no answer, in words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtWidgets import QVBoxLayout, QWidget

from valmentaja.definitions.clarifications import clarification_name
from valmentaja.domain.assessment import NoValue
from valmentaja.domain.case import Clarification
from valmentaja.domain.summary import DomainView
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day, decimal
from valmentaja.ui.speech import Say
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.rows import Point, wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import BANDS

WITHOUT: dict[NoValue, tuple[str, Say]] = {
    NoValue.EI_HALUA: ("circle-slash", lambda: tr("Does not want to answer")),
    NoValue.EI_KOSKE: ("x", lambda: tr("Does not concern")),
    NoValue.EI_KYSYTTY: ("circle-question-mark", lambda: tr("Not asked")),
}
"""Three different things: each with its own words and picture, never in one line."""
ASKED = 6
"""Items not asked are counted by domain when there are more."""


class DomainRow(QWidget):
    """A domain as client and coach see it, what they agreed, and the reason where they differ."""

    def __init__(self, view: DomainView) -> None:
        super().__init__()
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 8, 0, 8)
        down.setSpacing(4)
        line = Columns(least=420, gap=12)
        line.add(Label(lambda: view.domain.name.in_(screen_language()), "strong"), 1)
        line.add(wrapping(*_chips(view)), 0)
        down.addWidget(line)
        down.addWidget(Label(lambda: numbers(view)))
        if view.differs:
            down.addWidget(Point("message-square", "highlight", lambda: reason(view)))
        if view.note.strip():
            down.addWidget(Point("pencil", "muted", view.note.strip()))


def _chips(view: DomainView) -> list[QWidget]:
    found: list[QWidget] = []
    if view.wishes_change:
        found.append(Chip("target", lambda: tr("wants a change"), Tone.INFO))
    if view.band is not None:
        picture, tone, words = BANDS[view.band]
        found.append(Chip(picture, words, tone))
    else:
        found.append(Chip("circle", lambda: tr("too few answers"), Tone.NEUTRAL))
    return found


def numbers(view: DomainView) -> str:
    """Whose number is whose, in words; what nobody has said is not there."""
    language = screen_language()
    given = (
        (view.score, tr("client {score}", score=_number(view.score, language))),
        (view.coach, tr("coach {score}", score=_number(view.coach, language))),
        (view.agreed, tr("agreed together {score}", score=view.agreed or 0)),
        (view.importance, tr("importance {n}", n=view.importance or 0)),
        (view.need, tr("need {n}", n=_number(view.need, language))),
        (view.worry, tr("coach's worry {n} / 3", n=view.worry or 0)),
    )
    said = " · ".join(words for value, words in given if value is not None)
    return said[:1].upper() + said[1:] if said else tr("No numbers yet.")


def reason(view: DomainView) -> str:
    """Why client and coach see it differently, in the words it was given."""
    if not view.reasons:
        return tr("Client and coach see this differently. No reason was written down.")
    return tr("Client and coach see this differently: {reason}", reason=" ".join(view.reasons))


def _number(value: object, language: str) -> str:
    return "" if value is None else decimal(Fraction(str(value)), language)


def changed(view: DomainView) -> str:
    language = screen_language()
    delta = decimal(abs(view.delta or Fraction(0)), language)
    values = {
        "domain": view.domain.name.in_(language),
        "delta": delta,
        "first": _number(view.first, language),
        "latest": _number(view.score, language),
    }
    if (view.delta or 0) > 0:
        return tr("{domain} +{delta}: {first} → {latest}", **values)
    return tr("{domain} −{delta}: {first} → {latest}", **values)


def unanswered(views: Sequence[DomainView], why: NoValue) -> list[str]:
    """The statements, or how many by domain when they are many."""
    language = screen_language()
    items = [(v, item) for v in views for item in v.items(why)]
    if len(items) <= ASKED:
        return [
            tr("{domain}: “{statement}”", domain=v.domain.name.in_(language), statement=item.text.in_(language))
            for v, item in items
        ]
    return [
        tr("{domain}: questions {n}", domain=v.domain.name.in_(language), n=len(v.items(why)))
        for v in views
        if v.items(why)
    ]


def asked(each: Clarification) -> str:
    language = screen_language()
    what = ": ".join(filter(None, (clarification_name(each.kind).in_(language), each.what.strip())))
    if each.expected is None:
        return tr("{what} ({source})", what=what, source=each.source or "–")
    when = day(each.expected, language)
    return tr("{what} ({source}), expected {day}", what=what, source=each.source or "–", day=when)
