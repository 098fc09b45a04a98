"""Tiedot: the client's own facts, stored when their field is left."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from valmentaja.i18n import tr
from valmentaja.ui.speech import Say
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Field, Line
from valmentaja.ui.widgets.flow import Columns
from valmentaja.usecases import caseload, handing

FACTS: tuple[tuple[str, Say], ...] = (
    ("family_name", lambda: tr("Family name")),
    ("given_names", lambda: tr("Given names")),
    ("hetu", lambda: tr("Personal identity code")),
    ("phone", lambda: tr("Phone")),
    ("email", lambda: tr("E-mail")),
    ("address", lambda: tr("Address")),
    ("municipality", lambda: tr("Municipality number")),
)


class FactsCard(Card):
    """A refused value stays in its field with the sentence on the page; what is stored does not change."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(lambda: tr("Contact details"))
        self.tab = tab
        self.lines: dict[str, Line] = {}
        row = Columns(least=640)
        for place, (name, words) in enumerate(FACTS):
            if place and place % 2 == 0:
                self.add(row)
                row = Columns(least=640)
            # Not at pauses: what stands half typed would be a value to be corrected (usecases/caseload.edit).
            line = Line(pauses=False)
            line.settled.connect(partial(self._keep, name))
            self.lines[name] = line
            row.add(Field(words, line))
        self.add(row)

    def reload(self) -> None:
        held = caseload.client(self.tab.session, self.tab.client)
        here = handing.care(self.tab.session, self.tab.client).handed_over is None
        for name, line in self.lines.items():
            line.show_text(str(getattr(held, name)))
            line.setReadOnly(not here)

    def settle(self) -> None:
        for line in self.lines.values():
            line.settle()

    def _keep(self, name: str, text: str) -> None:
        held = caseload.client(self.tab.session, self.tab.client)
        changes: dict[str, Any] = {name: text.strip()}
        if name == "hetu" and text.strip():
            # The code tells the date of birth; the old one would contradict a corrected code.
            changes = {"hetu": text.strip().upper(), "birth_date": None}
        changed = replace(held, **changes)
        self.tab.do(lambda: caseload.edit(self.tab.session, changed))
