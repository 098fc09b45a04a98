"""The plan in the client's own window, as it is being made: goals in the client's words, steps in plain ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from valmentaja.base.errors import N_
from valmentaja.domain.client_view import ClientView, PlanGoal, PlanStep
from valmentaja.domain.plan import Decision, Responsible
from valmentaja.i18n.formats import day
from valmentaja.ui.client_view import texts
from valmentaja.ui.client_view.sheet import Sheet
from valmentaja.ui.client_view.tongue import Tongue
from valmentaja.ui.widgets.card import empty
from valmentaja.ui.widgets.text import Label

WHO = {
    Responsible.CLIENT: N_("you"),
    Responsible.COACH: N_("your coach"),
    Responsible.TOGETHER: N_("you and your coach together"),
    Responsible.OTHER: N_("someone else"),
}
ANSWERS = {
    Decision.YES: N_("You said yes."),
    Decision.LATER: N_("You said: later."),
    Decision.NO: N_("You said no."),
}


class PlanPage(Sheet):
    """Nothing on it can be changed; it follows what the coach writes."""

    def __init__(self, tongue: Tongue) -> None:
        super().__init__()
        self._tongue = tongue
        self.title, self.state = Label("", "question"), Label("", "muted")
        self.goals, self.review = QVBoxLayout(), Label("", "muted")
        self.goals.setSpacing(24)
        for widget in (self.title, self.state):
            self.body.addWidget(widget)
        self.body.addLayout(self.goals)
        self.body.addWidget(self.review)
        self.body.addStretch(1)

    def show_view(self, view: ClientView) -> None:
        plan = view.plan
        if plan is None:
            return
        empty(self.goals)
        self.title.say(self._tongue.content(plan.name))
        self.state.say(self._tongue.say(texts.PLAN_AGREED if plan.agreed else texts.PLAN_MAKING))
        for number, goal in enumerate(plan.goals, start=1):
            self.goals.addWidget(self._goal(number, goal))
        self.review.setVisible(plan.review_due is not None)
        self.review.say(self._review(plan.review_due))

    def _review(self, due: date | None) -> Callable[[], str]:
        def told() -> str:
            return self._tongue.say(texts.PLAN_REVIEW, day=day(due, self._tongue.language))()

        return told

    def _goal(self, number: int, goal: PlanGoal) -> QWidget:
        box = QWidget()
        down = QVBoxLayout(box)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(6)
        down.addWidget(Label(self._tongue.say(texts.PLAN_GOAL, n=number), "muted"))
        down.addWidget(Label(self._tongue.say(texts.QUOTE, words=goal.words), "strong"))
        for text, value in ((texts.PLAN_WHY, goal.why), (texts.PLAN_REACHED, goal.reached_when)):
            if value.strip():
                down.addWidget(Label(self._tongue.say(text, words=value)))
        for step in goal.steps:
            down.addWidget(Label(self._step(step)))
        return box

    def _step(self, step: PlanStep) -> Callable[[], str]:
        """`• Soitan verstaalle (you, by 12.1.2027). You said yes.`"""
        tongue = self._tongue

        def told() -> str:
            who = tongue.say(WHO[step.who])() if step.who is not None else ""
            until = day(step.by, tongue.language)
            until = tongue.say(texts.PLAN_BY, day=until)() if until else ""
            aside = ", ".join(part for part in (who, until) if part)
            said = tongue.say(ANSWERS[step.decision])() if step.decision is not None else ""
            done = tongue.say(texts.PLAN_DONE)() if step.done else ""
            return " ".join(part for part in (f"• {step.what}", f"({aside})" if aside else "", said, done) if part)

        return told
