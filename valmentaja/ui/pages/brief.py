"""Tapaamisen valmistelu: one screen before a meeting; each card says on demand which rule made it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from valmentaja.definitions.rules import Rule
from valmentaja.definitions.text import LocalText
from valmentaja.domain.brief import LONGEST, Group, Line, Mark, Part, Said, Where, shortened
from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day, decimal
from valmentaja.ui.hub import Hub, perform
from valmentaja.ui.icons import Icon
from valmentaja.ui.page import Page, Place
from valmentaja.ui.speech import Say, announce, said
from valmentaja.ui.widgets.buttons import Button, link, primary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import brief, handing, meetings
from valmentaja.usecases.brief import Brief
from valmentaja.usecases.session import Session

TITLES: dict[Group, Say] = {
    Group.AGREED: lambda: tr("What we agreed last time"),
    Group.DONE: lambda: tr("What has been done"),
    Group.OPEN: lambda: tr("Still open"),
    Group.CHANGE: lambda: tr("Biggest change"),
    Group.DUE: lambda: tr("Due dates"),
    Group.NEXT: lambda: tr("Next questions"),
}
MARKS: dict[Mark, tuple[str, str]] = {
    Mark.NOTE: ("dot", "muted"),
    Mark.DONE: ("check", "ok"),
    Mark.OPEN: ("circle", "muted"),
    Mark.LATE: ("clock-alert", "late"),
    Mark.UP: ("arrow-up", "ok"),
    Mark.DOWN: ("arrow-down", "warn"),
    Mark.ASK: ("message-square", "muted"),
    Mark.NOTHING: ("dot", "muted"),
}


class BriefPage(Page):
    """Six cards, three beside each other; where there is no room for three, one below the other."""

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        brief.opened(session, place.key)
        super().__init__(session, hub, about=place.key)
        self.place = place
        self.cards = {group: BriefCard(self, group) for group in Group}
        self.start = primary(lambda: tr("Start the meeting"), "play", act=self._start)
        self._file = Where(page="client", key=place.key, part="overview")
        self._lay_out()

    def reload(self) -> None:
        shown = brief.of_client(self.session, self.place.key)
        self.say_title(shown.client.name, lambda: _when(shown))
        self.start.say(lambda: tr("Go to the meeting") if shown.running else tr("Start the meeting"))
        self.start.setVisible(handing.care(self.session, self.place.key).handed_over is None)
        for part in shown.parts:
            self.cards[part.group].show_part(part)

    def first_focus(self) -> QWidget | None:
        return self.start

    def lead(self, where: Where) -> None:
        self.go.emit(Place(page=where.page, key=where.key, part=where.part))

    def _start(self) -> None:
        if perform(self, self.hub, lambda: meetings.start(self.session, self.place.key)) is not None:
            self.lead(self._file)

    def _lay_out(self) -> None:
        self.add_back(lambda: tr("Client"), Place(page="client", key=self.place.key))
        self.add_action(self.start)
        self.body.setSpacing(12)
        made = list(self.cards.values())
        for row in (made[:3], made[3:]):
            across = Columns(least=900)
            for card in row:
                across.add(card)
            self.body.addWidget(across)
        self.body.addStretch(1)


class BriefCard(Card):
    """One part of the brief: its lines, and the rule that made it when it is asked for."""

    def __init__(self, page: BriefPage, group: Group) -> None:
        super().__init__(TITLES[group])
        self._page, self._group = page, group
        self.rule = Label("", "small")
        self.rule.setVisible(False)
        self.why = Button(lambda: tr("Why this?"), kind="link", picture="info", name=self._name, act=self.toggle)
        self.set_aside(self.why)
        self.body.setSpacing(4)

    def show_part(self, part: Part) -> None:
        self.body.removeWidget(self.rule)
        self.clear()
        self.body.addWidget(self.rule)
        rules = brief.rules_of(self._page.session, part)
        self.rule.say(lambda: _told(rules))
        self.why.setToolTip(_told(rules))
        self.why.setAccessibleDescription(_told(rules))
        for line in part.lines:
            self.body.addWidget(BriefLine(line, partial(self._page.lead, line.where)))
        if part.more:
            lead = partial(self._page.lead, part.lines[-1].where)
            self.add(link(lambda: trn("{n} more", "{n} more", part.more), "arrow-right", act=lead))

    def toggle(self) -> None:
        """Show the rule, or put it away."""
        self.rule.setVisible(self.rule.isHidden())
        if self.rule.isVisible():
            announce(self.rule, self.rule.text())

    def _name(self) -> str:
        return f"{tr('Why this?')} {said(TITLES[self._group])}"


class BriefLine(QWidget):
    """A mark, a sentence, and the way to what it tells of."""

    def __init__(self, line: Line, act: Callable[[], object]) -> None:
        super().__init__()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(Icon(*MARKS[line.mark]))
        role = {Mark.LATE: "late", Mark.NOTHING: "muted"}.get(line.mark, "")
        across.addWidget(Label(lambda: sentence(line), role), 1)

        def name() -> str:
            return tr("Open: {what}", what=sentence(line))

        across.addWidget(Button("", kind="link", picture="chevron-right", name=name, act=act))


def sentence(line: Line) -> str:
    """A line in the screen's language, with how late it is."""
    text = tr(line.text, **{name: _worded(value) for name, value in line.values})
    return f"{text} · {tr('{n} d late', n=line.days_late)}" if line.days_late else text


def _worded(value: Said) -> str | int:
    language = screen_language()
    if isinstance(value, LocalText):
        return shortened(value.in_(language), 2 * LONGEST)
    if isinstance(value, Fraction):
        return decimal(value, language)
    return day(value, language) if isinstance(value, date) else value


def _told(rules: Iterable[Rule]) -> str:
    return "\n".join(f"{rule.text.in_(screen_language())} ({rule.source})" for rule in rules)


def _when(shown: Brief) -> str:
    """The number, the meeting ahead and the last one."""
    language = screen_language()
    parts = [shown.client.id]
    if shown.running:
        parts.append(tr("Meeting under way"))
    elif shown.coming is not None:
        when = f"{day(shown.coming.date, language)} {shown.coming.planned_time} {shown.coming.place}"
        parts.append(tr("Next meeting {when}", when=" ".join(when.split())))
    if shown.purpose:
        parts.append(shown.purpose)
    if shown.last is not None:
        parts.append(tr("last met {day}", day=day(shown.last.date, language)))
    return " · ".join(parts)
