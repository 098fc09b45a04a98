"""One question a screen, or the questions of a section below each other; the coach chooses."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from valmentaja.definitions.instrument import Domain, Item
from valmentaja.domain.assessment import Answer
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui.runner.editor import in_words
from valmentaja.ui.widgets.buttons import Button
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import spoken
from valmentaja.usecases.assessing import DomainProgress


class Line(QWidget):
    """One question of the list: its number, its words, and a button with its answer that opens it."""

    wanted = Signal(str)

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.item = item
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 2, 0, 2)
        across.setSpacing(12)
        self.number, self.words = Label(item.id, "strong", wrap=False), Label(spoken(item.text))
        self.answer = Button("–", kind="row", act=lambda: self.wanted.emit(self.item.id))
        self.answer.setCheckable(True)
        across.addWidget(self.number, 0, Qt.AlignmentFlag.AlignVCenter)
        across.addWidget(self.words, 1)
        across.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignVCenter)

    def ask(self, item: Item) -> None:
        """Another question in the same place."""
        self.item = item
        self.number.say(item.id)
        self.words.say(spoken(item.text))

    def show_answer(self, held: Answer | None, *, current: bool) -> None:
        text = in_words(held.value if held is not None and held.is_met else None)
        told = f"{self.item.id}, {self.item.text.in_(screen_language())}: {text}"
        if self.answer.accessibleName() != told:
            self.answer.say(text, name=told)
        if self.answer.isChecked() != current:
            self.answer.setChecked(current)
            self.words.set_role("strong" if current else "")


class Questions(Card):
    """`wanted` carries the item that was chosen in the list; the editor stands under the question it answers."""

    wanted = Signal(str)

    def __init__(self, editor: QWidget) -> None:
        super().__init__()
        self.editor = editor
        self.where, self.statement = Label("", "muted"), Label("", "question")
        self.lines: dict[str, Line] = {}
        self._made: list[Line] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.add(self.where)
        self.add(self.statement)
        self.body.addLayout(self._list)
        self._list.addWidget(editor)

    def show_item(self, part: DomainProgress, item: str, answers: Mapping[str, Answer], *, as_list: bool) -> None:
        domain = part.domain
        found = next(i for i in domain.items if i.id == item)
        self.where.say(lambda: domain.name.in_(screen_language()) + ("" if as_list else f" · {item}"))
        self.statement.setVisible(not as_list)
        self.statement.say(spoken(found.text))
        self._settle(domain, part.items if as_list else ())
        for name, line in self.lines.items():
            line.show_answer(answers.get(name), current=name == item)
        self._place(item)

    def _settle(self, domain: Domain, items: tuple[str, ...]) -> None:
        """The lines of another section; made once and used again, because making them takes long."""
        asked = [i for i in domain.items if i.id in items]
        for item in asked[len(self._made) :]:
            self._made.append(self._line(item))
        self.lines = {item.id: line for item, line in zip(asked, self._made, strict=False)}
        for item, line in zip(asked, self._made, strict=False):
            line.ask(item)
        for n, line in enumerate(self._made):
            line.setVisible(n < len(asked))

    def _line(self, item: Item) -> Line:
        line = Line(item)
        line.wanted.connect(self.wanted.emit)
        self._list.addWidget(line)
        return line

    def _place(self, item: str) -> None:
        """Under the question it answers."""
        wanted = list(self.lines).index(item) + 1 if item in self.lines else 0
        if self._list.indexOf(self.editor) != wanted:
            self._list.removeWidget(self.editor)
            self._list.insertWidget(wanted, self.editor)
