"""One goal with its steps, stored as they are typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from valmentaja.definitions.services import services
from valmentaja.domain.plan import Goal, Plan, Responsible, Step
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui.hub import perform
from valmentaja.ui.page import Page
from valmentaja.ui.widgets.buttons import icon_button, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, DateEdit, Field, Line
from valmentaja.ui.widgets.flow import Columns, stack
from valmentaja.ui.widgets.rows import wrapping
from valmentaja.ui.widgets.text import Label, hairline
from valmentaja.ui.words import RESPONSIBLE, spoken
from valmentaja.usecases import planning, signing
from valmentaja.usecases.session import Changes


class GoalCard(Card):
    """The goal in the client's own words; `places` maps what may be missing to its field."""

    def __init__(self, page: Page, plan: Plan, goal: Goal, *, number: int, lead: Callable[[str], None]) -> None:
        super().__init__(lambda: tr("Goal {n}", n=number))
        self.page, self.plan, self.goal, self.lead = page, plan.id, goal, lead
        self.places: dict[str, QWidget] = {}
        self.lines: list[Line] = []
        self.words = self._line(goal.words, lambda text: self._edit(words=text))
        self.why = self._line(goal.why, lambda text: self._edit(why=text))
        self.places[f"goal:{goal.id}"] = self.words
        self.set_aside(self._moves(lambda by: planning.move_goal(page.session, self.plan, goal.id, by), self._remove))
        found = signing.finding_words(page.session, goal, screen_language())
        if found:
            self.add(Label(lambda: tr("Based on: {finding}", finding=found), "small"))
        self.add(Field(lambda: tr("In the client's own words"), self.words))
        self.add(Field(lambda: tr("Why it matters"), self.why))
        for step in plan.steps_of(goal.id):
            self.add(hairline())
            self.add(self._step(step))
        self.add_step = secondary(lambda: tr("Add a step"), "plus", act=self._new_step)
        self.add(self.add_step)

    def settle(self) -> None:
        for line in self.lines:
            line.settle()

    def _line(self, text: str, keep: Callable[[str], object]) -> Line:
        line = Line(text)
        line.settled.connect(keep)
        self.lines.append(line)
        return line

    def _do(self, action: Callable[[], Changes]) -> Changes | None:
        return perform(self.page, self.page.hub, action)

    def _edit(self, **changed: str) -> None:
        held = next(g for g in planning.plan(self.page.session, self.plan).goals if g.id == self.goal.id)
        goal = Goal(
            id=held.id, evidence=held.evidence, words=changed.get("words", held.words), why=changed.get("why", held.why)
        )
        self._do(lambda: planning.edit_goal(self.page.session, self.plan, goal))

    def _edit_step(self, step_id: str, **changed: Any) -> None:
        held = next(s for s in planning.plan(self.page.session, self.plan).steps if s.id == step_id)
        step = replace(held, **changed)
        self._do(lambda: planning.edit_step(self.page.session, self.plan, step))

    def _new_step(self) -> None:
        made = self._do(self._blank_step)
        if made is not None:
            self.lead(f"step:{made.made}:what")

    def _blank_step(self) -> Changes:
        """Proposed for the client, who does most of them; the coach changes it with one key."""
        who = Responsible.CLIENT
        return planning.add_step(self.page.session, self.plan, self.goal.id, responsible=who)

    def _remove(self) -> None:
        session = self.page.session
        steps = planning.plan(session, self.plan).steps_of(self.goal.id)
        if self._do(lambda: planning.remove_goal(session, self.plan, self.goal.id)) is not None:
            put_back = partial(planning.restore_goal, session, self.plan, self.goal, steps)
            self.page.undo_offered.emit(tr("The goal was removed."), lambda: self._do(put_back))

    def _remove_step(self, step: Step) -> None:
        session = self.page.session
        held = next(s for s in planning.plan(session, self.plan).steps if s.id == step.id)
        if self._do(lambda: planning.remove_step(session, self.plan, step.id)) is not None:
            put_back = partial(planning.restore_step, session, self.plan, held)
            self.page.undo_offered.emit(tr("The step was removed."), lambda: self._do(put_back))

    def _moves(self, move: Callable[[int], Changes], remove: Callable[[], object]) -> QWidget:
        return wrapping(
            icon_button("chevron-up", lambda: tr("Move up"), act=lambda: self._do(lambda: move(-1))),
            icon_button("chevron-down", lambda: tr("Move down"), act=lambda: self._do(lambda: move(1))),
            icon_button("trash-2", lambda: tr("Remove"), act=remove),
        )

    def _step(self, step: Step) -> QWidget:
        year = self.page.session.today().year
        what = self._line(step.what, lambda text: self._edit_step(step.id, what=text))
        provider = self._line(step.provider, lambda text: self._edit_step(step.id, provider=text))
        who, by = Combo(RESPONSIBLE), DateEdit(year=year)
        service = Combo([("", "–"), *((code, spoken(s.name)) for code, s in services().items())])
        who.set_value(step.responsible or "")
        service.set_value(step.service)
        by.set_value(step.by)
        who.chosen.connect(lambda value: self._edit_step(step.id, responsible=Responsible(value) if value else None))
        service.chosen.connect(lambda value: self._edit_step(step.id, service=value))
        by.editingFinished.connect(lambda: self._keep_day(step.id, by.value()))
        for name, widget in (("what", what), ("responsible", who), ("by", by)):
            self.places[f"step:{step.id}:{name}"] = widget
        box = Columns(least=900)
        box.add(Field(lambda: tr("Step"), what), 3)
        box.add(Field(lambda: tr("Who"), who), 1)
        box.add(Field(lambda: tr("By"), by), 1)
        more = Columns(least=900)
        more.add(Field(lambda: tr("Service"), service), 2)
        more.add(Field(lambda: tr("Provider"), provider), 2)
        session = self.page.session
        more.add(
            self._moves(lambda n: planning.move_step(session, self.plan, step.id, n), lambda: self._remove_step(step)),
            1,
        )
        return stack(box, more, gap=8)

    def _keep_day(self, step_id: str, by: date | None) -> None:
        held = next((s for s in planning.plan(self.page.session, self.plan).steps if s.id == step_id), None)
        if held is not None and held.by != by:
            self._edit_step(step_id, by=by)
