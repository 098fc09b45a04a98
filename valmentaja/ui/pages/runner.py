"""Arviointi: one question a screen, every answer on the disk before the next question."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valmentaja.domain.assessment import NoValue, Value
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui import theme
from valmentaja.ui.hub import Hub, perform
from valmentaja.ui.page import Page, Place
from valmentaja.ui.speech import Say
from valmentaja.ui.widgets.buttons import Button, primary, secondary
from valmentaja.ui.widgets.card import Card, empty
from valmentaja.ui.widgets.fields import Field, Notes
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.progress import Progress
from valmentaja.ui.widgets.rows import wrapping
from valmentaja.ui.widgets.scale import Scale
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import spoken
from valmentaja.usecases import assessing
from valmentaja.usecases.session import Area, Session

NO_VALUES: tuple[tuple[str, NoValue, Say], ...] = (
    ("N", NoValue.EI_KYSYTTY, lambda: tr("Not asked (N)")),
    ("X", NoValue.EI_HALUA, lambda: tr("Does not want to answer (X)")),
    ("E", NoValue.EI_KOSKE, lambda: tr("Does not concern me (E)")),
)


class RunnerPage(Page):
    """Keys: 0–9 and T for ten, N, X and E for no number, arrows to move, Tab to the note."""

    areas = frozenset({Area.ASSESSMENT})

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        assessing.opened(session, place.key)
        self.runner = assessing.runner(session, place.key)
        super().__init__(session, hub, about=self.runner.client_id)
        self.place = place
        self.item = place.part or self.runner.resume_at or self.runner.order[-1]
        held = self.runner.instrument
        self.statement, self.where = Label("", "question"), Label("", "muted")
        self.progress = Progress(lambda: tr("Questions answered"))
        self.scale = Scale(spoken(held.low), spoken(held.high))
        self.scale.chosen.connect(self.answer)
        self.no_values = [self._no_value(value, words) for _key, value, words in NO_VALUES]
        self.note = Notes(lines=2)
        self.note.settled.connect(self._keep_note)
        self.sections = QVBoxLayout()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()

    def reload(self) -> None:
        self.runner = assessing.runner(self.session, self.place.key)
        self._show_sections()
        self._show_item()

    def first_focus(self) -> QWidget:
        return self

    def part(self) -> str:
        return self.item

    def leave(self) -> bool:
        self.note.settle()
        return True

    def answer(self, value: Value) -> None:
        """Store it, then go on to the next question."""
        item = self.item
        if perform(self, self.hub, lambda: assessing.answer(self.session, self.place.key, item, value)) is not None:
            self.move_by(1)

    def move_by(self, by: int) -> None:
        """To a neighbour; past the last one the page says how to close."""
        self.note.settle()
        order = self.runner.order
        place = order.index(self.item) + by
        if place >= len(order):
            self.show_notice(lambda: tr("That was the last question. Look back, or close the assessment."))
            self.close_button.setFocus()
            return
        self.item = order[max(place, 0)]
        self._show_sections()
        self._show_item()
        self.setFocus()

    def close_assessment(self) -> None:
        """End the measurement and show its results."""
        self.note.settle()
        if perform(self, self.hub, lambda: assessing.close(self.session, self.place.key)) is not None:
            self.go.emit(Place(page="client", key=self.runner.client_id, part="assessment"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._keys().get(event.key())
        if act is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
        else:
            act()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both, the question leads; the sections are the progress bar's detail."""
        super().resizeEvent(event)
        self.side.setVisible(self.width() >= theme.px(860))

    def _keys(self) -> dict[int, Callable[[], object]]:
        key = Qt.Key
        acts: dict[int, Callable[[], object]] = {
            key.Key_T: lambda: self.answer(10),
            key.Key_Left: lambda: self.move_by(-1),
            key.Key_Backspace: lambda: self.move_by(-1),
            key.Key_Right: lambda: self.move_by(1),
            key.Key_Return: lambda: self.move_by(1),
            key.Key_Enter: lambda: self.move_by(1),
        }
        for n in range(10):
            acts[key.Key_0 + n] = partial(self.answer, n)
        for letter, value, _words in NO_VALUES:
            acts[key[f"Key_{letter}"]] = partial(self.answer, value)
        return acts

    def _no_value(self, value: NoValue, words: Say) -> Button:
        button = secondary(words, act=lambda: self.answer(value))
        button.setCheckable(True)
        return button

    def _keep_note(self, text: str) -> None:
        """A note goes with the answer it belongs to."""
        held = self.runner.values.get(self.item)
        value: Value = NoValue.EI_KYSYTTY if held is None else held.value
        item = self.item
        perform(self, self.hub, lambda: assessing.answer(self.session, self.place.key, item, value, note=text))

    def _show_item(self) -> None:
        domain = self.runner.instrument.domain_of(self.item)
        item = next(i for i in domain.items if i.id == self.item)
        held = self.runner.values.get(self.item)
        self.statement.say(spoken(item.text))
        self.where.say(lambda: f"{domain.name.in_(screen_language())} · {self.item}")
        self.statement.setAccessibleName(item.text.in_(screen_language()))
        value = None if held is None else held.value
        self.scale.show_value(value if isinstance(value, int) else None)
        for button, (_key, meant, _words) in zip(self.no_values, NO_VALUES, strict=True):
            button.setChecked(value == meant)
        self.note.show_text("" if held is None else held.note)
        self.progress.show_part(self.runner.answered, self.runner.total)

    def _show_sections(self) -> None:
        empty(self.sections)
        for domain in self.runner.domains:
            name = domain.domain.name.in_(screen_language())
            done = domain.answered == domain.total
            picture = "check" if done else "circle"
            row = Button(f"{name}  {domain.answered}/{domain.total}", kind="row", picture=picture)
            row.setCheckable(True)
            row.setChecked(self.item in domain.items)
            row.clicked.connect(lambda _on=False, first=domain.items[0]: self._jump(first))
            self.sections.addWidget(row)

    def _jump(self, item: str) -> None:
        self.note.settle()
        self.item = next((i for i in self._section_of(item) if i not in self.runner.values), item)
        self._show_sections()
        self._show_item()
        self.setFocus()

    def _section_of(self, item: str) -> tuple[str, ...]:
        return next(d.items for d in self.runner.domains if item in d.items)

    def _lay_out(self) -> None:
        meeting = self.runner.meeting_number
        self.say_title(
            lambda: tr("Assessment"),
            lambda: (
                tr("{name} · meeting {n}", name=self.runner.client_name, n=meeting)
                if meeting
                else self.runner.client_name
            ),
        )
        back = Place(page="client", key=self.runner.client_id)
        self.add_action(secondary(lambda: tr("Continue another time"), "pause", act=lambda: self.go.emit(back)))
        self.add_action(
            secondary(lambda: tr("Client view (F8)"), "monitor", act=lambda: self.hub.client_view.emit(self.place))
        )
        self.close_button = secondary(lambda: tr("Close the assessment"), "flag", act=self.close_assessment)
        self.add_action(self.close_button)
        side = Card(lambda: tr("Sections"))
        side.body.addLayout(self.sections)
        side.body.addStretch(1)
        self.side, self.columns = side, Columns(least=860)
        self.columns.add(side, 1)
        self.columns.add(self._question(), 2)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.columns)
        self.body.addStretch(1)

    def _question(self) -> Card:
        card = Card()
        for widget in (self.where, self.statement, self.scale, wrapping(*self.no_values)):
            card.add(widget)
        card.add(Field(lambda: tr("Note (Tab)"), self.note))
        previous = secondary(lambda: tr("Previous"), "chevron-left", act=lambda: self.move_by(-1))
        following = primary(lambda: tr("Next"), "chevron-right", act=lambda: self.move_by(1))
        card.add(wrapping(previous, following))
        card.add(Label(lambda: tr("Keys: 0–9, T = 10, N, X, E, arrows."), "small"))
        return card
