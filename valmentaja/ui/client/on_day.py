"""The file as of a day: which version of the plan held, its steps, services and situation as then known."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from valmentaja.base.errors import UserError
from valmentaja.definitions.services import services
from valmentaja.domain.as_of import FileOnDay, PlanThen
from valmentaja.domain.client import ServicePeriod
from valmentaja.domain.plan import Step
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.speech import announce, said
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card, empty
from valmentaja.ui.widgets.fields import DateEdit, Field
from valmentaja.ui.widgets.rows import Pairs, Row, Rows
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import STATUSES
from valmentaja.usecases import as_of, planning


class OnDayCard(Card):
    """Nothing is shown before a day is chosen; Enter in the field shows it."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(lambda: tr("The file as of a day"))
        self._tab, self._on = tab, tab.session.today()
        self.day = DateEdit(year=self._on.year)
        self.day.returnPressed.connect(self.show_day)
        self.shown = QWidget()
        self._told = QVBoxLayout(self.shown)
        self._told.setContentsMargins(0, 8, 0, 0)
        self.add(Field(lambda: tr("Day"), self.day, hint=lambda: tr("Empty = today")))
        self.add(secondary(lambda: tr("Show the file as of the day"), "history", act=self.show_day))
        self.add(self.shown)
        self.shown.hide()

    def show_day(self) -> None:
        self._tab.page.clear_message()
        try:
            self._on = self.day.read() or self._tab.session.today()
        except UserError as error:
            self._tab.page.show_error(error)
            return
        self.shown.show()
        self.reload()
        announce(self.shown, tr("The file on {day}", day=day(self._on, screen_language())))

    def reload(self) -> None:
        """Only when a day has been chosen."""
        if self.shown.isHidden():
            return
        found = as_of.on_day(self._tab.session, self._tab.client, self._on)
        empty(self._told)
        on = day(found.on, screen_language())
        self._told.addWidget(Label(lambda: tr("The file on {day}", day=on), "heading"))
        for then in found.plans:
            self._show_plan(then, found)
        if not found.plans:
            self._told.addWidget(Label(lambda: tr("No plan had been agreed by this day."), "muted"))
        self._told.addWidget(_situation(found))
        self._told.addWidget(Label(lambda: tr("What the file does not tell of this day"), "strong"))
        for sentence in found.unknown:
            self._told.addWidget(Label(tr(sentence), "small"))

    def _show_plan(self, then: PlanThen, found: FileOnDay) -> None:
        language, plan = screen_language(), then.plan
        name = planning.plan_type_of(self._tab.session, plan).name.in_(language)
        since, signed = day(then.since, language), day(plan.signed, language)
        self._told.addWidget(
            Label(lambda: tr("{plan}, version {n}, agreed {day}", plan=name, n=plan.version, day=since), "strong")
        )
        self._told.addWidget(
            Label(lambda: tr("Signed {day}.", day=signed) if signed else tr("Not signed by this day."), "small")
        )
        if then.review is not None:
            self._told.addWidget(Label(_reviewed(then), "small"))
        rows = Rows()
        rows.show_rows(
            [Row(step.what or _service(step.service), _state(step, found.step_written(step))) for step in plan.steps]
        )
        self._told.addWidget(rows)


def _state(step: Step, written: date | None) -> str:
    """As then known; what was written down only later says so."""
    language, told = screen_language(), []
    if step.done is not None:
        told.append(tr("Done {day}.", day=day(step.done, language)))
    else:
        begun = step.realised_start
        told.append(tr("Open.") if begun is None else tr("Begun {day}.", day=day(begun, language)))
        if step.by is not None:
            told.append(tr("Agreed for {day}.", day=day(step.by, language)))
    return " ".join([*told, _written(written)]).rstrip()


def _written(when: date | None) -> str:
    return "" if when is None else tr("Written down later, {day}.", day=day(when, screen_language()))


def _reviewed(then: PlanThen) -> str:
    if then.review is None:
        return ""
    on = day(then.review.on, screen_language())
    return " ".join(
        filter(None, (tr("Reviewed {day}", day=on), then.review.words and tr("“{words}”", words=then.review.words)))
    )


def _situation(found: FileOnDay) -> Pairs:
    language, pairs = screen_language(), Pairs()
    serving = "\n".join(_serving(period) for period in found.services)
    pairs.add(lambda: tr("Services"), serving or tr("No service on this day."))
    status, benefit = found.status, found.benefit
    where = tr("not known")
    if status is not None:
        where = tr("{what}, since {day}", what=said(dict(STATUSES)[status.status]), day=day(status.date, language))
        where = f"{where}. {_written(found.status_written)}" if found.status_written else where
    pairs.add(lambda: tr("Situation"), where)
    if benefit is not None:
        told = tr("{n} days, as told on {day}", n=benefit.days, day=day(benefit.date, language))
        pairs.add(lambda: tr("Benefit days"), told)
    return pairs


def _serving(period: ServicePeriod) -> str:
    language = screen_language()
    since = tr("{what}, since {day}", what=_service(period.service), day=day(period.start, language))
    if period.end is None:
        return since
    return f"{since}. {tr('It ended on this day.')}"


def _service(code: str) -> str:
    known = services().get(code)
    return code if known is None else known.name.in_(screen_language())
