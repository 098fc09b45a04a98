"""One step of a goal: what, who, by when and what the client said of it; the rest opens below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from valmentaja.definitions.services import services
from valmentaja.domain.plan import Decision, Responsible, Step
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.speech import said
from valmentaja.ui.widgets.buttons import link
from valmentaja.ui.widgets.fields import Combo, DateEdit, Field, Line
from valmentaja.ui.widgets.flow import Columns, stack
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import DECISIONS, ORDERS, RESPONSIBLE, spoken

SIDE_BY_SIDE = 480
"""Width in pixels from which the fields of a row stand beside each other."""


Keep = Callable[[Step], object]
"""Stores the step as it now is."""


class StepRow(QWidget):
    """`places` maps what may be missing to its editor; `tools` are the buttons that move and remove it."""

    def __init__(self, step: Step, keep: Keep, *, year: int, tools: Callable[[StepRow], QWidget]) -> None:
        super().__init__()
        self.step, self._keep = step, keep
        self.what, self.provider = self._line("what", step.what), self._line("provider", step.provider)
        self.who = self._person("responsible", step.responsible)
        self.proposed = self._person("proposed_by", step.proposed_by)
        self.by, self.start = DateEdit(year=year), DateEdit(year=year)
        self.decision, self.order = Combo(DECISIONS), Combo(ORDERS)
        self.service = Combo([("", "–"), *((code, spoken(s.name)) for code, s in services().items())])
        self._fill()
        self.more = stack(*self._more())
        self.opener = link(lambda: tr("More about this step"), "chevron-down", act=self._turn)
        self.told = Label("", "small")
        self.places: dict[str, QWidget] = {
            f"step:{step.id}:what": self.what,
            f"step:{step.id}:responsible": self.who,
            f"step:{step.id}:by": self.by,
        }
        self._lay_out(tools(self))

    @property
    def lines(self) -> list[Line]:
        return [self.what, self.provider]

    def _set(self, **changed: Any) -> None:
        self.step = replace(self.step, **changed)
        self._keep(self.step)

    def _line(self, name: str, text: str) -> Line:
        line = Line(text)
        line.settled.connect(lambda written: self._set(**{name: written}))
        return line

    def _person(self, name: str, held: Responsible | None) -> Combo:
        combo = Combo(RESPONSIBLE)
        combo.set_value(held or "")
        combo.chosen.connect(lambda value: self._set(**{name: Responsible(value) if value else None}))
        return combo

    def _fill(self) -> None:
        self.service.set_value(self.step.service)
        self.decision.set_value(self.step.decision or "")
        self.order.set_value("1" if self.step.parallel else "")
        self.by.set_value(self.step.by)
        self.start.set_value(self.step.planned_start)
        self.service.chosen.connect(lambda value: self._set(service=value))
        self.decision.chosen.connect(lambda value: self._set(decision=Decision(value) if value else None))
        self.order.chosen.connect(lambda value: self._set(parallel=bool(value)))
        for name, edit in (("by", self.by), ("planned_start", self.start)):
            self._keep_day(name, edit)

    def _keep_day(self, name: str, edit: DateEdit) -> None:
        def keep() -> None:
            if edit.is_valid and edit.isModified():
                edit.setModified(False)
                self._set(**{name: edit.value()})

        edit.editingFinished.connect(keep)

    def _more(self) -> list[QWidget]:
        served, went = Columns(least=SIDE_BY_SIDE), Columns(least=SIDE_BY_SIDE)
        served.add(Field(lambda: tr("Service"), self.service))
        served.add(Field(lambda: tr("Provider"), self.provider))
        went.add(Field(lambda: tr("From"), self.start))
        went.add(Field(lambda: tr("Order"), self.order))
        went.add(Field(lambda: tr("Proposed by"), self.proposed))
        return [served, went]

    def _turn(self) -> None:
        """Open or close what is below; the focus goes in when it opens."""
        opens = self.more.isHidden()
        self.more.setVisible(opens)
        self.told.setVisible(not opens and bool(self.told.text()))
        self.opener.set_picture("chevron-up" if opens else "chevron-down")
        if opens:
            self.service.setFocus()

    def _lay_out(self, tools: QWidget) -> None:
        row, below = Columns(least=SIDE_BY_SIDE), Columns(least=SIDE_BY_SIDE)
        for name, editor in (
            (lambda: tr("Who"), self.who),
            (lambda: tr("By"), self.by),
            (lambda: tr("What the client says"), self.decision),
        ):
            row.add(Field(name, editor))
        below.add(self.opener, 1)
        below.add(tools, 0)
        self.told.say(self._summary)
        self.told.setVisible(bool(self.told.text()))
        self.more.hide()
        origin = Label(lambda: tr("Goes on from an earlier version."), "small")
        origin.setVisible(self.step.origin is not None)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        for widget in (Field(lambda: tr("Step"), self.what), origin, row, self.told, below, self.more):
            down.addWidget(widget)

    def _summary(self) -> str:
        """What is filled in below, so that it need not be opened to be seen."""
        step = self.step
        start = day(step.planned_start, screen_language())
        parts = (
            services()[step.service].name.in_(screen_language()) if step.service in services() else step.service,
            step.provider,
            tr("from {day}", day=start) if start else "",
            tr("beside the step before") if step.parallel else "",
            tr("proposed by: {who}", who=said(dict(RESPONSIBLE)[step.proposed_by])) if step.proposed_by else "",
        )
        return " · ".join(part for part in parts if part)
