"""One goal with its steps, stored as they are typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QWidget

from valmentaja.domain.plan import Evidence, Goal, Plan, Responsible, Step
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui.hub import perform
from valmentaja.ui.page import Page, Place
from valmentaja.ui.plan.steps import StepRow
from valmentaja.ui.widgets.buttons import icon_button, link, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.drag import DragHandle, Parts
from valmentaja.ui.widgets.fields import Field, Line
from valmentaja.ui.widgets.rows import wrapping
from valmentaja.ui.widgets.text import hairline
from valmentaja.usecases import planning, signing
from valmentaja.usecases.session import Changes

Move = Callable[[int], object]
"""By so many places down, or, below zero, up."""


class GoalCard(Card):
    """The goal in the client's own words; `places` maps what may be missing to its field.

    `lead` puts the focus to a place; `goals` are all goals of the page, among which this one may be dragged.
    """

    def __init__(
        self, page: Page, plan: Plan, goal: Goal, *, number: int, lead: Callable[[str], None], goals: Parts
    ) -> None:
        super().__init__(lambda: tr("Goal {n}", n=number))
        self.page, self.plan, self.goal, self.lead = page, plan.id, goal, lead
        self.places: dict[str, QWidget] = {}
        self.lines: list[Line] = []
        self.rows: list[StepRow] = []
        self.words = self._line(goal.words, lambda text: self._edit(words=text))
        self.why = self._line(goal.why, lambda text: self._edit(why=text))
        self.reached = self._line(goal.reached_when, lambda text: self._edit(reached_when=text))
        self.places[f"goal:{goal.id}"] = self.words
        self.set_aside(self._tools(self, goals, self._move, self._remove))
        for key, by in ((Qt.Key.Key_Up, -1), (Qt.Key.Key_Down, 1)):
            shortcut = QShortcut(QKeySequence(Qt.Modifier.ALT | key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._move_by_key, by))
        self._tell_finding()
        self.add(Field(lambda: tr("In the client's own words"), self.words))
        self.add(Field(lambda: tr("Why it matters"), self.why))
        self.add(Field(lambda: tr("How we see that it is reached"), self.reached))
        for step in plan.steps_of(goal.id):
            self.add(hairline())
            self.add(self._step(step))
        self.add_step = secondary(lambda: tr("Add a step"), "plus", act=self._new_step)
        self.add(self.add_step)

    def settle(self) -> None:
        for line in self.lines:
            line.settle()

    def _tell_finding(self) -> None:
        """What the goal is based on opens the answer it came from."""
        found, evidence = signing.finding_words(self.page.session, self.goal, screen_language()), self.goal.evidence
        if found and evidence is not None:
            self.add(link(lambda: tr("Based on: {finding}", finding=found), "quote", act=lambda: self._open(evidence)))

    def _open(self, evidence: Evidence) -> None:
        self.page.go.emit(Place(page="runner", key=evidence.assessment, part=evidence.item))

    def _line(self, text: str, keep: Callable[[str], object]) -> Line:
        line = Line(text)
        line.settled.connect(keep)
        self.lines.append(line)
        return line

    def _do(self, action: Callable[[], Changes]) -> Changes | None:
        return perform(self.page, self.page.hub, action)

    def _edit(self, **changed: Any) -> None:
        self.goal = replace(self.goal, **changed)
        self._do(lambda: planning.edit_goal(self.page.session, self.plan, self.goal))

    def _keep_step(self, step: Step) -> None:
        self._do(lambda: planning.edit_step(self.page.session, self.plan, step))

    def _new_step(self) -> None:
        made = self._do(self._blank_step)
        if made is not None:
            self.lead(f"step:{made.made}:what")

    def _blank_step(self) -> Changes:
        """Proposed for the client, who does most of them; the coach changes it with one key."""
        who = Responsible.CLIENT
        return planning.add_step(self.page.session, self.plan, self.goal.id, responsible=who)

    def _move(self, by: int) -> None:
        self.page.leave()
        if self._do(lambda: planning.move_goal(self.page.session, self.plan, self.goal.id, by)) is not None:
            self.lead(f"goal:{self.goal.id}")

    def _move_by_key(self, by: int) -> None:
        """The step that is being written in, or else the goal; Alt+Down opens a list as everywhere."""
        focus = self.page.focusWidget()
        if isinstance(focus, QComboBox) and by > 0:
            focus.showPopup()
            return
        row = next((row for row in self.rows if row.isAncestorOf(focus)), None)
        if row is None:
            self._move(by)
        else:
            self._move_step(row.step.id, by)

    def _move_step(self, step_id: str, by: int) -> None:
        self.page.leave()
        if self._do(lambda: planning.move_step(self.page.session, self.plan, step_id, by)) is not None:
            self.lead(f"step:{step_id}:what")

    def _remove(self) -> None:
        session = self.page.session
        held = planning.plan(session, self.plan)
        goal = next(g for g in held.goals if g.id == self.goal.id)
        if self._do(lambda: planning.remove_goal(session, self.plan, goal.id)) is not None:
            put_back = partial(planning.restore_goal, session, self.plan, goal, held.steps_of(goal.id))
            self.page.undo_offered.emit(tr("The goal was removed."), lambda: self._do(put_back))

    def _remove_step(self, step_id: str) -> None:
        session = self.page.session
        held = next(s for s in planning.plan(session, self.plan).steps if s.id == step_id)
        if self._do(lambda: planning.remove_step(session, self.plan, step_id)) is not None:
            put_back = partial(planning.restore_step, session, self.plan, held)
            self.page.undo_offered.emit(tr("The step was removed."), lambda: self._do(put_back))

    def _step(self, step: Step) -> StepRow:
        row = StepRow(step, self._keep_step, year=self.page.session.today().year, tools=self._step_tools)
        self.rows.append(row)
        self.lines += row.lines
        self.places |= row.places
        return row

    def _step_tools(self, row: StepRow) -> QWidget:
        step_id = row.step.id
        move = partial(self._move_step, step_id)
        return self._tools(row, lambda: self.rows, move, partial(self._remove_step, step_id))

    def _tools(self, part: QWidget, parts: Parts, move: Move, remove: Callable[[], object]) -> QWidget:
        """The keys do the same."""
        return wrapping(
            DragHandle(parts, part, move),
            icon_button("chevron-up", lambda: tr("Move up (Alt+Up)"), act=partial(move, -1)),
            icon_button("chevron-down", lambda: tr("Move down (Alt+Down)"), act=partial(move, 1)),
            icon_button("trash-2", lambda: tr("Remove"), act=remove),
        )
