"""The plan type's own headings: texts, days, numbers and ticks, stored as they are filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from valmentaja.definitions.plan_types import FieldKind, PlanField, PlanSection
from valmentaja.domain.plan import Plan
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import DateEdit, Field, Line, Notes
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import spoken

Keep = Callable[[str, str], object]
"""Field id and its value as text."""


class SectionCard(Card):
    """One section of the template; `places` maps `field:<id>` to the editor."""

    def __init__(self, section: PlanSection, plan: Plan, keep: Keep, *, year: int) -> None:
        super().__init__(lambda: section.title.in_(screen_language()))
        self.places: dict[str, QWidget] = {}
        self.texts: list[Notes | Line] = []
        self._keep, self._year = keep, year
        for field in section.fields:
            editor = self._editor(field, plan.field(field.id))
            self.places[f"field:{field.id}"] = editor
            if field.kind is FieldKind.TICK:
                self.add(editor)
                if field.help is not None:
                    self.add(Label(_help(field), "small"))
            else:
                self.add(Field(spoken(field.label), editor, hint=_help(field)))

    def settle(self) -> None:
        for text in self.texts:
            text.settle()

    def _editor(self, field: PlanField, value: str) -> QWidget:
        makers = {FieldKind.TICK: self._tick, FieldKind.DATE: self._day, FieldKind.NUMBER: self._number}
        return makers.get(field.kind, self._text)(field, value)

    def _text(self, field: PlanField, value: str) -> QWidget:
        notes = Notes(lines=2)
        notes.show_text(value)
        notes.settled.connect(lambda text: self._keep(field.id, text))
        self.texts.append(notes)
        return notes

    def _number(self, field: PlanField, value: str) -> QWidget:
        line = Line(value)
        line.settled.connect(lambda text: self._keep(field.id, text.strip()))
        self.texts.append(line)
        return line

    def _day(self, field: PlanField, value: str) -> QWidget:
        edit = DateEdit(year=self._year)
        edit.set_value(date.fromisoformat(value) if value else None)

        def keep() -> None:
            day = edit.value()
            if day is not None or not edit.text().strip():
                self._keep(field.id, "" if day is None else day.isoformat())

        edit.editingFinished.connect(keep)
        return edit

    def _tick(self, field: PlanField, value: str) -> QWidget:
        box = QCheckBox(field.label.in_(screen_language()))
        box.setChecked(value == "1")
        box.toggled.connect(lambda on: self._keep(field.id, "1" if on else ""))
        return box


def _help(field: PlanField) -> Callable[[], str]:
    def words() -> str:
        told = "" if field.help is None else field.help.in_(screen_language())
        return " ".join(part for part in (told, field.source) if part)

    return words
