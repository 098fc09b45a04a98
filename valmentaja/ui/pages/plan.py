"""Suunnitelma: findings, goals in the client's words, steps; then frozen as agreed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valmentaja.base.errors import N_
from valmentaja.definitions.plan_types import PlanType
from valmentaja.domain.assessment import Band
from valmentaja.domain.plan import Evidence, Missing
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import decimal
from valmentaja.ui.hub import Hub, perform
from valmentaja.ui.page import Page, Place
from valmentaja.ui.plan import reading
from valmentaja.ui.plan.goals import GoalCard
from valmentaja.ui.plan.notices import NoticesCard
from valmentaja.ui.plan.sections import SectionCard
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import Button, link, primary, secondary
from valmentaja.ui.widgets.card import Card, empty
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.dialogs import confirm
from valmentaja.ui.widgets.fields import DateEdit, Field
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import BANDS
from valmentaja.usecases import caseload, planning, reviewing
from valmentaja.usecases.planning import Finding
from valmentaja.usecases.session import Area, Session


class PlanPage(Page):
    """A draft is stored as it is typed; its widgets are made anew only when goals or steps come, go or move."""

    areas = frozenset({Area.PLAN})

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        planning.opened(session, place.key)
        self.plan = planning.plan(session, place.key)
        super().__init__(session, hub, about=self.plan.client)
        self.place = place
        self._shape: tuple[object, ...] = ()
        self.type: PlanType = planning.plan_type_of(session, self.plan)
        self.places: dict[str, QWidget] = {}
        self.goals: list[GoalCard] = []
        self.sections: list[SectionCard] = []
        self.findings, self.missing = Card(lambda: tr("What the assessment found")), Card(lambda: tr("Still missing"))
        self.found_rows, self.missing_rows = Rows(), QVBoxLayout()
        self.without = Label("", "small")
        self.findings.add(self.without)
        self.findings.add(self.found_rows)
        self.missing.body.addLayout(self.missing_rows)
        self.days = Label("", "small")
        self.missing.add(self.days)
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        self.review = DateEdit(year=session.today().year)
        self.review.editingFinished.connect(self._keep_review)
        self.freeze_button = primary(lambda: tr("Freeze the plan"), "lock", act=self.freeze)
        self._lay_out()

    def reload(self) -> None:
        self.plan = planning.plan(self.session, self.place.key)
        name = caseload.client(self.session, self.plan.client).name
        self.say_title(
            lambda: tr("{plan}, version {n}", plan=self.type.name.in_(screen_language()), n=self.plan.version), name
        )
        shape = self._shape_now()
        if shape != self._shape:
            self._shape = shape
            self._rebuild()
        if not self.plan.is_frozen:
            self._show_missing()
            self._show_findings()

    def retranslate(self) -> None:
        self._shape = ()

    def leave(self) -> bool:
        for part in self._parts():
            part.settle()
        return True

    def go_to(self, place: str) -> None:
        """Put the focus where something is missing; without goals, to the first finding or the own goal."""
        found = self.places.get(place)
        target = self.own_goal if found is None else found
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.show_widget(target)

    def freeze(self) -> None:
        """Ask once, because it cannot be undone."""
        self.leave()
        if planning.missing(self.session, self.plan.id):
            self.refresh()
            self.show_notice(lambda: tr("The plan is not complete yet. See what is missing in the list."), Tone.WARN)
            return
        self.asked = confirm(
            self,
            lambda: tr("Freeze the plan?"),
            lambda: tr("It can then be signed, and it never changes. A later change is a new version."),
            lambda: tr("Freeze"),
            self._freeze,
        )

    def _freeze(self) -> None:
        if perform(self, self.hub, lambda: planning.freeze(self.session, self.plan.id)) is not None:
            self.sign.setFocus()

    def _shape_now(self) -> tuple[object, ...]:
        plan = self.plan
        steps = tuple((s.goal, s.id) for s in plan.steps)
        sections = tuple(s.id for s in self.type.sections_for(dict(plan.fields)))
        dates = (plan.signed, plan.reviewed) if plan.is_frozen else ()
        return (plan.is_frozen, tuple(g.id for g in plan.goals), steps, sections, dates)

    def _rebuild(self) -> None:
        empty(self.left)
        self.places, self.goals, self.sections = {"review_due": self.review}, [], []
        frozen = self.plan.is_frozen
        for widget in (self.right_box, self.freeze_button, self.own_goal, self.review_field):
            widget.setVisible(not frozen)
        # A plan that was only imported has no text here to sign.
        self.sign.setVisible(self.plan.fingerprint is not None)
        self.revise.setVisible(frozen)
        self.reviewed.setVisible(reviewing.can_review(self.session, self.plan))
        if frozen:
            for card in reading.cards(self.plan, self.type, reviewing.reviews_of(self.session, self.plan.id)):
                self.left.addWidget(card)
            self.left.addWidget(NoticesCard(self, self.plan))
            return
        self.review.set_value(self.plan.review_due)
        for number, goal in enumerate(self.plan.goals, start=1):
            self.goals.append(GoalCard(self, self.plan, goal, number=number, lead=self.go_to, goals=lambda: self.goals))
        applied = self.type.sections_for(dict(self.plan.fields))
        year = self.session.today().year
        self.sections = [SectionCard(s, self.plan, self._keep_field, year=year) for s in applied]
        for part in self._parts():
            self.left.addWidget(part)
            self.places |= part.places

    def _parts(self) -> list[GoalCard | SectionCard]:
        return [*self.goals, *self.sections]

    def _show_missing(self) -> None:
        empty(self.missing_rows)
        found = planning.missing(self.session, self.plan.id)
        if not found:
            self.missing_rows.addWidget(Chip("check", lambda: tr("Nothing. The plan can be frozen."), Tone.OK))
        for lacking in found:
            self.missing_rows.addWidget(self._missing(lacking))
        self._tell_days()

    def _tell_days(self) -> None:
        """Pointed out, never forced."""
        found = planning.too_many_days(self.session, self.plan.id)
        self.days.setVisible(found is not None)
        if found is not None:
            text = N_("{a_week} days a week for {months} months come to {days} days, if no week is left out. {rule}")
            about = {"a_week": found.a_week, "months": found.months, "days": found.days}
            self.days.say(lambda: tr(text, **about, rule=found.rule.in_(screen_language())))

    def _missing(self, lacking: Missing) -> Button:
        what = self._label_of(lacking)
        rule = "" if lacking.rule is None else lacking.rule.in_(screen_language())
        words = partial(tr, lacking.text, what=what, rule=rule)
        return link(words, "arrow-right", act=lambda: self.go_to(lacking.place))

    def _label_of(self, lacking: Missing) -> str:
        fields = {f.id: f for s in self.type.sections for f in s.fields}
        field = fields.get(lacking.about)
        return lacking.about if field is None else field.label.in_(screen_language())

    def _show_findings(self) -> None:
        found = planning.findings(self.session, self.plan.client, self.plan.id)
        self.findings.setVisible(bool(found))
        self.found_rows.show_rows([self._finding(f) for f in found])
        self._tell_without(found)

    def _tell_without(self, found: tuple[Finding, ...]) -> None:
        """Pointed out, never forced."""
        needing = [f.domain.name.in_(screen_language()) for f in found if f.band is Band["SUPPORT"] and not f.has_goal]
        text = N_("No goal yet, although support is needed: {domains}. A goal is the client's choice.")
        self.without.say(lambda: tr(text, domains=", ".join(needing)))
        self.without.setVisible(bool(needing))

    def _finding(self, found: Finding) -> Row:
        picture, tone, words = BANDS[found.band]
        button = secondary(lambda: tr("Goal from this"), "plus", act=lambda: self._goal_from(found))
        button.setAccessibleDescription(found.domain.name.in_(screen_language()))
        aside: list[QWidget] = [
            Chip("check", lambda: tr("has a goal"), Tone.OK) if found.has_goal else Chip(picture, words, tone)
        ]
        score = decimal(found.score, screen_language())
        return Row(found.domain.name.in_(screen_language()), f"{score} / 10", aside=[*aside, button])

    def _goal_from(self, found: Finding) -> None:
        evidence = Evidence(assessment=found.assessment, domain=found.domain.id, item=found.weakest_item)
        self._add_goal(evidence)

    def _add_goal(self, evidence: Evidence | None = None) -> None:
        made = perform(
            self, self.hub, lambda: planning.add_goal(self.session, self.plan.id, words="", evidence=evidence)
        )
        if made is not None:
            self.go_to(f"goal:{made.made}")

    def _keep_field(self, field: str, value: str) -> None:
        perform(self, self.hub, lambda: planning.set_field(self.session, self.plan.id, field, value))

    def _keep_review(self) -> None:
        on = self.review.value()
        if on != self.plan.review_due and self.review.is_valid:
            perform(self, self.hub, lambda: planning.set_review(self.session, self.plan.id, on))

    def _new_version(self) -> None:
        made = perform(self, self.hub, lambda: planning.revise(self.session, self.plan.id))
        if made is not None:
            self.go.emit(Place(page="plan", key=made.made))

    def _lay_out(self) -> None:
        self.add_back(lambda: tr("Client"), Place(page="client", key=self.plan.client, part="plan"))
        signing = Place(page="signing", key=self.plan.id)
        together = Place(page="review", key=self.plan.id)
        self.reviewed = secondary(lambda: tr("Review together"), "list-checks", act=lambda: self.go.emit(together))
        self.revise = secondary(lambda: tr("New version"), "file-pen", act=self._new_version)
        self.sign = primary(lambda: tr("Sign"), "signature", act=lambda: self.go.emit(signing))
        what = Place(page="difference", key=self.plan.id)
        self.changes = secondary(lambda: tr("What changed"), "history", act=lambda: self.go.emit(what))
        self.changes.setVisible(self.plan.follows is not None)
        view = secondary(lambda: tr("Client view (F8)"), "monitor", act=lambda: self.hub.client_view.emit(self.place))
        for button in (view, self.changes, self.reviewed, self.revise, self.sign, self.freeze_button):
            self.add_action(button)
        self.own_goal = secondary(lambda: tr("Own goal"), "plus", act=self._add_goal)
        self.review_field = Field(lambda: tr("We review the plan by"), self.review)
        self.right_box = QWidget()
        self.right_box.setLayout(self.right)
        self.right.setContentsMargins(0, 0, 0, 0)
        self.right.setSpacing(16)
        for card in (self.missing, self.findings):
            self.right.addWidget(card)
        self.right.addStretch(1)
        left_box = QWidget()
        down = QVBoxLayout(left_box)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(16)
        self.left.setSpacing(16)
        down.addLayout(self.left)
        for widget in (self.own_goal, self.review_field):
            down.addWidget(widget)
        down.addStretch(1)
        columns = Columns(least=1000)
        columns.add(left_box, 3)
        columns.add(self.right_box, 2)
        self.body.addWidget(Label(lambda: tr("In the client's own words, together."), "muted"))
        self.body.addWidget(columns)
