"""Every topic of the own figures in a line: now and a year before."""

from __future__ import annotations

from collections.abc import Sequence

from valmentaja.i18n import tr
from valmentaja.ui.own.words import TOPICS, value_words
from valmentaja.ui.speech import said
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases.own_figures import Glance


class GlanceCard(Card):
    """Choosing a line shows the topic; no line is a target, none is better or worse by itself."""

    def __init__(self) -> None:
        super().__init__(lambda: tr("At a glance"))
        self.table: Table[Glance] = Table(_columns(), lambda: tr("At a glance"), sortable=False)
        self.add(self.table)
        self.add(Label(lambda: tr("Choose a line with the arrow keys to see more of it."), "small"))

    def show_lines(self, lines: Sequence[Glance], place: int) -> None:
        """With the line at `place` chosen; nothing is emitted."""
        self.table.blockSignals(True)
        self.table.show_rows(lines)
        self.table.selectRow(place)
        self.table.blockSignals(False)
        self.table.setMinimumHeight(self.table.verticalHeader().defaultSectionSize() * (len(lines) + 1) + 8)


def _columns() -> tuple[Column[Glance], ...]:
    return (
        Column(title=lambda: tr("What"), text=lambda g: said(TOPICS[g.topic]), strong=True, stretch=True, width=180),
        Column(title=lambda: tr("Now"), text=lambda g: value_words(g.topic, g.now), number=True, width=75),
        Column(
            title=lambda: tr("A year before"), text=lambda g: value_words(g.topic, g.before), number=True, width=120
        ),
    )
