"""Mikä muuttui: two versions of a plan against each other, in words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from valmentaja.domain.plan import Goal, Plan
from valmentaja.domain.plan_difference import Fate, PartDifference, PlanDifference, first_of
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.hub import Hub
from valmentaja.ui.page import Page, Place
from valmentaja.ui.plan.difference import PICTURES, changed, heading, sentence
from valmentaja.ui.speech import Say
from valmentaja.ui.widgets.card import Card, empty
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.rows import Point
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import caseload, plan_versions, planning
from valmentaja.usecases.session import Area, Session


class DifferencePage(Page):
    """`key` is the later version, `part` the earlier one: without it the one before. Any two can be chosen."""

    areas = frozenset({Area.PLAN})

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        planning.opened(session, place.key)
        self.plan = planning.plan(session, place.key)
        super().__init__(session, hub, about=self.plan.client)
        self.earlier, self.later = Combo(), Combo()
        self._wanted = (place.part or self.plan.follows or self.plan.id, self.plan.id)
        self._lay_out()

    def reload(self) -> None:
        name = caseload.client(self.session, self.plan.client).name
        self.say_title(lambda: tr("What changed"), name)
        self._offer()
        found = plan_versions.difference(self.session, self.earlier.value(), self.later.value())
        empty(self.cards.body)
        if found.is_empty:
            self.cards.add(Label(lambda: tr("Nothing: both versions say the same."), "muted"))
            return
        for widget in self._told(found):
            self.cards.add(widget)

    def part(self) -> str:
        return self.earlier.value()

    def first_focus(self) -> QWidget:
        return self.earlier

    def _offer(self) -> None:
        made = plan_versions.versions(self.session, self.plan.id)
        choices = [(p.id, _version(p)) for p in made]
        for combo, wanted in zip((self.earlier, self.later), self._wanted, strict=True):
            combo.offer(choices)
            combo.set_value(wanted)

    def _choose(self) -> None:
        """The later one is always the later: of two that were chosen the other way round, each takes its place."""
        order = [p.id for p in plan_versions.versions(self.session, self.plan.id)]
        first, second = sorted((self.earlier.value(), self.later.value()), key=order.index)
        self._wanted = (first, second)
        self.reload()

    def _told(self, found: PlanDifference) -> list[QWidget]:
        """Goals and steps, then the headings; a goal that stayed is told only over steps of its own that did not."""
        parts = (part for part in found.parts if part.fate is not Fate.KEPT or _has_changes(part, found))
        told: list[QWidget] = [Point(*PICTURES[p.fate], sentence(p), "strong" if _is_goal(p) else "") for p in parts]
        template = planning.plan_type_of(self.session, planning.plan(self.session, self.later.value()))
        told += [Point(*PICTURES[Fate.CHANGED], heading(change, template)) for change in found.fields]
        if found.review_due is not None:
            told.append(Point(*PICTURES[Fate.CHANGED], changed(found.review_due)))
        if found.reordered:
            told.append(Point(*PICTURES[Fate.CHANGED], lambda: tr("Goals or steps stand in another order.")))
        told.append(Label(lambda: tr("The rest is as before."), "muted"))
        return told

    def _lay_out(self) -> None:
        self.add_back(lambda: tr("Plan"), Place(page="plan", key=self.plan.id))
        for combo in (self.earlier, self.later):
            combo.chosen.connect(lambda _value: self._choose())
        chosen = Card()
        across = Columns(least=620)
        across.add(Field(lambda: tr("From version"), self.earlier))
        across.add(Field(lambda: tr("To version"), self.later))
        chosen.add(across)
        self.cards = Card(lambda: tr("What changed"))
        self.body.addWidget(chosen)
        self.body.addWidget(self.cards)
        self.body.addStretch(1)


def _version(plan: Plan) -> Say:
    def told() -> str:
        on = day(plan.drawn_up or plan.signed, screen_language())
        if not plan.is_frozen:
            return tr("Version {n}, draft", n=plan.version)
        return tr("Version {n}, {day}", n=plan.version, day=on) if on else tr("Version {n}", n=plan.version)

    return told


def _is_goal(part: PartDifference) -> bool:
    return isinstance(part.part, Goal)


def _has_changes(part: PartDifference, found: PlanDifference) -> bool:
    return isinstance(part.part, Goal) and any(c.goal == first_of(part.part) for c in found.changed_parts)
