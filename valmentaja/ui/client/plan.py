"""Suunnitelma: the versions, what has come of the agreed steps, the path, and the file as of a day."""

from __future__ import annotations

from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Plan, Step
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.client.on_day import OnDayCard
from valmentaja.ui.page import Page
from valmentaja.ui.tab import Tab
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import Button, link, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.picture import PictureWithTable
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.ui.words import spoken
from valmentaja.usecases import path, planning


class PlanTab(Tab):
    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.steps, self.step_rows = Card(lambda: tr("Agreed steps")), Rows()
        self.steps.add(self.step_rows)
        self.made, self.plan_rows = Card(lambda: tr("Plans")), Rows()
        self.made.add(self.plan_rows)
        kinds = planning.kinds(self.session)
        self.kind = Combo([(kind.kind, spoken(kind.name)) for kind in kinds])
        self.kind.set_value(PlanKind.VALMENNUS)
        new = Card(lambda: tr("A new plan"))
        new.add(Field(lambda: tr("Kind of plan"), self.kind))
        new.add(secondary(lambda: tr("Begin the plan"), "file-pen", act=self._begin))
        self.path_card, self.path = (
            Card(lambda: tr("The plan as a path")),
            PictureWithTable(widest=980, side_by_side=False, notes_first=True),
        )
        self.path_card.add(self.path)
        self.on_day = OnDayCard(self)
        for card in (self.steps, self.made, new, self.path_card, self.on_day):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def reload(self) -> None:
        made = planning.plans_of(self.session, self.client)
        agreed = next((p for p in made if p.is_frozen and p.goals), None)
        self.steps.setVisible(agreed is not None)
        if agreed is not None:
            self.step_rows.show_rows([self._step(agreed, step) for step in agreed.steps])
        self.plan_rows.show_rows([self._plan(plan) for plan in made])
        walked = path.of_plan(self.session, self.client, language=screen_language())
        self.path_card.setVisible(walked is not None)
        if walked is not None:
            self.path.show_picture(walked)
        self.on_day.reload()

    def _step(self, plan: Plan, step: Step) -> Row:
        language = screen_language()
        if step.done is not None:
            done = day(step.done, language)
            act = link(lambda: tr("Not done after all"), "undo-2", act=lambda: self._mark(plan, step, done=False))
            return Row(step.what, lambda: tr("Done {day}", day=done), aside=[act])
        aside: list[Chip | Button] = []
        if step.is_late(self.session.today()):
            aside.append(Chip("clock-alert", lambda: tr("late"), Tone.LATE))
        aside.append(secondary(lambda: tr("Done today"), "check", act=lambda: self._mark(plan, step, done=True)))
        return Row(step.what, lambda: tr("By {day}", day=day(step.by, language)), aside=aside)

    def _mark(self, plan: Plan, step: Step, *, done: bool) -> None:
        on = self.session.today() if done else None
        self.do(lambda: planning.mark_done(self.session, plan.id, step.id, on))

    def _plan(self, plan: Plan) -> Row:
        language = screen_language()
        name = planning.plan_type_of(self.session, plan).name.in_(language)
        state = Chip("pencil", lambda: tr("draft"))
        if plan.signed is not None:
            signed = day(plan.signed, language)
            state = Chip("file-check", lambda: tr("signed {day}", day=signed), Tone.OK)
        elif plan.is_frozen:
            state = Chip("file-pen", lambda: tr("not signed"), Tone.WARN)
        aside: list[Chip | Button] = [state]
        aside.append(secondary(lambda: tr("Open"), act=lambda: self.go("plan", plan.id)))
        due = day(plan.review_due, language)
        return Row(
            lambda: tr("{plan}, version {n}", plan=name, n=plan.version),
            lambda: tr("Review by {day}", day=due) if due else "",
            aside=aside,
        )

    def _begin(self) -> None:
        kind = PlanKind(self.kind.value())
        made = self.do(lambda: planning.draft(self.session, self.client, kind))
        if made is not None:
            self.go("plan", made.made)
