"""The sections of an assessment with how far each is: a list where there is room, a choice where there is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui.widgets.buttons import Button
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo
from valmentaja.usecases.assessing import DomainProgress


def _words(part: DomainProgress) -> str:
    return f"{part.domain.name.in_(screen_language())}  {part.answered}/{part.total}"


def _picture(part: DomainProgress) -> str:
    if part.answered == part.total:
        return "check"
    return "circle-dot" if part.answered else "circle"


class SectionList(Card):
    """`wanted` carries the id of a domain."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(lambda: tr("Sections"))
        self.rows: dict[str, Button] = {}
        self.body.setSpacing(4)

    def show_parts(self, parts: Sequence[DomainProgress], current: str) -> None:
        """Rows are kept while the sections are the same: an answer changes a number, not the list."""
        if list(self.rows) != [part.domain.id for part in parts]:
            self._build(parts)
        for part in parts:
            row = self.rows[part.domain.id]
            if row.text() != _words(part):
                row.say(_words(part))
                row.set_picture(_picture(part))
            if row.isChecked() != (part.domain.id == current):
                row.setChecked(part.domain.id == current)

    def _build(self, parts: Sequence[DomainProgress]) -> None:
        self.clear()
        self.rows = {part.domain.id: self._row(part) for part in parts}
        for row in self.rows.values():
            self.body.addWidget(row)
        self.body.addStretch(1)

    def _row(self, part: DomainProgress) -> Button:
        row = Button(_words(part), kind="row", picture=_picture(part))
        row.setCheckable(True)
        row.clicked.connect(lambda _on=False: self.wanted.emit(part.domain.id))
        return row


class SectionChoice(Combo):
    """The same where the list has no room."""

    def show_parts(self, parts: Sequence[DomainProgress], current: str) -> None:
        offered = tuple((part.domain.id, _words(part)) for part in parts)
        if offered != self._choices:
            self.offer(offered)
        self.set_value(current)
