"""Tarkistus: the plan looked at together, goal by goal and step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from valmentaja.base.canonical import Json
from valmentaja.domain.plan import Goal, Step
from valmentaja.domain.review import ENDED, OF_GOALS, OF_LAST_STEPS, OF_STEPS, ReviewLine, Verdict, open_steps
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.hub import Hub, perform
from valmentaja.ui.page import Page, Place
from valmentaja.ui.plan.verdict import VerdictForm
from valmentaja.ui.speech import Say
from valmentaja.ui.widgets.buttons import primary, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import DateEdit, Field, Paragraph
from valmentaja.ui.widgets.text import Label, hairline
from valmentaja.usecases import caseload, planning, reviewing
from valmentaja.usecases.session import Area, Changes, Session


class ReviewPage(Page):
    """Everything goes on as it was unless something else is said; nothing is kept before the review is saved."""

    areas = frozenset({Area.PLAN})

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        planning.opened(session, place.key)
        self.plan = planning.plan(session, place.key)
        super().__init__(session, hub, about=self.plan.client)
        self.words, self.on = Paragraph(lines=3), DateEdit(year=session.today().year)
        self.on.set_value(session.today())
        self.goals: dict[str, VerdictForm] = {}
        self.steps: dict[str, VerdictForm] = {}
        self.same = secondary(lambda: tr("All as before"), "check", act=self.keep_all)
        self.save_button = primary(lambda: tr("Save the review"), "list-checks", act=self.save)
        self._lay_out()

    def first_focus(self) -> QWidget:
        return self.same

    def reload(self) -> None:
        """The forms are made once: a frozen plan stays as it is, and what is being said must not be lost."""
        plan = self.plan
        self.say_title(lambda: tr("Review of the plan"), caseload.client(self.session, plan.client).name)

    def draft(self) -> dict[str, Json]:
        said: dict[str, Json] = {form.about: form.verdict.value for form in self._forms() if form.verdict != "KEPT"}
        written = super().draft()
        return {**written, "said": said} if written or said else {}

    def take_up(self, draft: Mapping[str, Json]) -> None:
        """First what was chosen, because that opens the fields; then what was written in them."""
        said = draft.get("said")
        if isinstance(said, dict):
            for form in self._forms():
                form.choose(Verdict(str(said.get(form.about, form.verdict))))
        super().take_up(draft)

    def keep_all(self) -> None:
        self._go_on(lambda: reviewing.as_before(self.session, self.plan.id))

    def save(self) -> None:
        self._go_on(self._reviewed)

    def _reviewed(self) -> Changes:
        on = self.on.read() or self.session.today()
        lines = tuple(line for goal in self.plan.goals for line in self._lines(goal))
        return reviewing.review(self.session, self.plan.id, on=on, words=self.words.text(), lines=lines)

    def _lines(self, goal: Goal) -> list[ReviewLine]:
        """A step that ends with its goal ends for the same reason, unless another is written."""
        said = self.goals[goal.id].line()
        why = said.why if said.verdict in ENDED else ""
        if said.verdict is Verdict.REACHED:
            why = why or tr("The goal was reached.")
        return [said, *(self.steps[s.id].line(why) for s in open_steps(self.plan, goal.id))]

    def _go_on(self, act: Callable[[], Changes]) -> None:
        """To the next version when there is one, else back to the plan."""
        made = perform(self, self.hub, act)
        if made is not None:
            self.go.emit(Place(page="plan", key=made.made or self.plan.id))

    def _forms(self) -> list[VerdictForm]:
        return [*self.goals.values(), *self.steps.values()]

    def _goal(self, number: int, goal: Goal) -> Card:
        card, year = Card(lambda: tr("Goal {n}", n=number)), self.session.today().year
        form = VerdictForm(
            goal.id, lambda: tr("“{words}”", words=goal.words), "", OF_GOALS, year=year, told=lambda: self._settle(goal)
        )
        self.goals[goal.id] = form
        card.add(form)
        for step in open_steps(self.plan, goal.id):
            card.add(hairline())
            card.add(self._step(step))
        return card

    def _step(self, step: Step) -> VerdictForm:
        year, by = self.session.today().year, step.by
        below: Say = "" if by is None else lambda: tr("By {day}", day=day(by, screen_language()))
        form = VerdictForm(step.id, step.what, below, OF_STEPS, year=year, told=lambda: None)
        self.steps[step.id] = form
        return form

    def _settle(self, goal: Goal) -> None:
        """A step cannot go on without its goal."""
        offered = OF_LAST_STEPS if self.goals[goal.id].verdict in ENDED else OF_STEPS
        for step in open_steps(self.plan, goal.id):
            self.steps[step.id].offer(offered)

    def _lay_out(self) -> None:
        self.add_back(lambda: tr("Plan"), Place(page="plan", key=self.plan.id))
        self.add_action(self.same)
        self.body.addWidget(
            Label(
                lambda: tr("Look at the plan together. Plans may change; what was agreed before stays in the file."),
                "muted",
            )
        )
        for number, goal in enumerate(self.plan.goals, start=1):
            self.body.addWidget(self._goal(number, goal))
        told = Card(lambda: tr("What was said"))
        told.add(Field(lambda: tr("In your words, together"), self.words))
        told.add(Field(lambda: tr("Day of the review"), self.on))
        told.add(self.save_button)
        self.body.addWidget(told)
        self.body.addStretch(1)
