"""Omat luvut: a coach's own caseload in exact figures, over months, with who is behind them; nothing is written."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from valmentaja.base.errors import UserError
from valmentaja.i18n import tr
from valmentaja.ui import tasks
from valmentaja.ui.hub import Hub
from valmentaja.ui.month.leaving import NO_PICTURES
from valmentaja.ui.own.glance import GlanceCard
from valmentaja.ui.own.topic import BehindCard, CourseCard, FiguresCard, SpreadCard
from valmentaja.ui.page import Page, Place
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import month_words
from valmentaja.usecases import own_figures
from valmentaja.usecases.own_figures import Behind, Caseload, Detail, Figure, Glance, Read, Topic
from valmentaja.usecases.session import Area, Session

SIDE_BY_SIDE = 980
Counted = tuple[Caseload, tuple[Glance, ...]]


class OwnPage(Page):
    """The vault is read here, once a month that is looked at; everything is counted in the worker."""

    areas = frozenset({Area.CLIENT, Area.SERVICE, Area.MEETING, Area.ASSESSMENT, Area.PLAN})

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        super().__init__(session, hub)
        self.place = place
        self.held: Caseload | None = None
        self.topic = Topic(place.part) if place.part in Topic.__members__ else Topic.CASELOAD
        self.period = Combo([(m, partial(month_words, m)) for m in own_figures.months(session)])
        self.period.set_value(place.key)
        self.period.chosen.connect(lambda _month: self.refresh())
        self.length = Combo([(str(n), partial(_months, n)) for n in own_figures.LENGTHS])
        self.length.chosen.connect(lambda _length: self._count())
        self.state = Label("", "muted")
        self.glance, self.course, self.spread = GlanceCard(), CourseCard(), SpreadCard()
        self.figures, self.behind = FiguresCard(), BehindCard()
        self.glance.table.picked.connect(self._pick)
        self.figures.asked.connect(self.ask)
        self.behind.table.opened.connect(self._open)
        self._lay_out()

    def first_focus(self) -> QWidget:
        return self.period

    def part(self) -> str:
        return self.topic

    def reload(self) -> None:
        try:
            found = own_figures.read(self.session, self.period.value())
        except UserError as error:
            self.show_error(error)
            return
        self.state.say(lambda: tr("Counting …"))
        self.behind.forget()
        period = self.period.value()
        tasks.run(self, lambda: _counted(found, period), self._take, self.show_error)

    def ask(self, figure: Figure) -> None:
        """Who is behind a figure, from the vault as it is now; logged."""
        self.behind.show_people(figure, own_figures.behind(self.session, self.period.value(), figure))
        self.show_widget(self.behind)

    def _take(self, counted: Counted) -> None:
        self.held, lines = counted
        self.glance.show_lines(lines, next(n for n, line in enumerate(lines) if line.topic is self.topic))
        self._count()

    def _pick(self, line: Glance) -> None:
        if line.topic is not self.topic:
            self.topic = line.topic
            self._count()

    def _count(self) -> None:
        held, topic, period, length = self.held, self.topic, self.period.value(), int(self.length.value())
        if held is None:
            return
        self.behind.forget()
        tasks.run(self, lambda: own_figures.detail(held, topic, period, length), self._show, self.show_error)

    def _show(self, detail: Detail) -> None:
        """Only the topic chosen last: an answer that comes late is dropped."""
        if detail.topic is self.topic:
            self.state.say(lambda: tr("Exact figures, for your eyes only: they are on this screen and in no file."))
            for card in (self.course, self.spread, self.figures):
                card.show_detail(detail)

    def _open(self, person: Behind) -> None:
        self.go.emit(Place(page="client", key=person.client))

    def _lay_out(self) -> None:
        self.say_title(lambda: tr("Own figures"), lambda: tr("How the caseload is now and how it has gone."))
        self.add_back(lambda: tr("Month"), Place(page="month"))
        chosen, fields = Card(), Columns(least=600)
        fields.add(Field(lambda: tr("Month"), self.period))
        fields.add(Field(lambda: tr("How far back"), self.length))
        chosen.add(fields)
        chosen.add(self.state)
        chosen.add(Label(lambda: tr(NO_PICTURES), "warn"))
        above, below = Columns(least=SIDE_BY_SIDE), Columns(least=SIDE_BY_SIDE)
        above.add(self.glance, 3)
        above.add(self.course, 5)
        below.add(self.figures, 3)
        below.add(self.behind, 2)
        for widget in (chosen, above, below, self.spread):
            self.body.addWidget(widget)
        self.body.addStretch(1)


def _counted(found: Read, period: str) -> Counted:
    held = own_figures.caseload_of(found)
    return held, own_figures.glance(held, period)


def _months(count: int) -> str:
    return tr("{n} months", n=count)
