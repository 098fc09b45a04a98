"""The assessment case on the client's tab: the open one, or the way to open one."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from valmentaja.domain.case import Case, CaseKind
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.case.words import CASE_KINDS, DEADLINES
from valmentaja.ui.speech import said
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.buttons import link, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.flow import Columns, stack
from valmentaja.ui.widgets.rows import Row, Rows, wrapping
from valmentaja.usecases import cases, handing


class CasesCard(Card):
    """A case can be open with or without a measurement."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(lambda: tr("Assessment over several meetings"))
        self.tab, self.rows = tab, Rows()
        self.question, self.kind = QLineEdit(), Combo(CASE_KINDS)
        self.open_button = secondary(lambda: tr("Begin an assessment case"), "flag", act=self.open_case)
        told = Columns(least=640)
        told.add(Field(lambda: tr("What is to be found out"), self.question), 2)
        told.add(Field(lambda: tr("Kind of assessment"), self.kind), 1)
        self.form = stack(told, wrapping(self.open_button), gap=8)
        self.add(self.rows)
        self.add(self.form)

    def reload(self) -> None:
        held = cases.cases(self.tab.session, self.tab.client)
        is_here = handing.care(self.tab.session, self.tab.client).handed_over is None
        self.form.setVisible(is_here and all(c.closed is not None for c in held))
        self.rows.setVisible(bool(held))
        self.rows.show_rows([self._row(c) for c in held])

    def open_case(self) -> None:
        session, client = self.tab.session, self.tab.client
        kind, question = CaseKind(self.kind.value()), self.question.text()
        made = self.tab.do(lambda: cases.open_case(session, client, kind=kind, question=question))
        if made is not None:
            self.question.clear()
            self.tab.go("case", made.made)

    def _row(self, held: Case) -> Row:
        make = link if held.closed is not None else secondary
        button = make(lambda: tr("Open"), act=lambda: self.tab.go("case", held.id))
        button.setAccessibleDescription(held.question)
        return Row(held.question, lambda: self._told(held), aside=[button])

    def _told(self, held: Case) -> str:
        language, kind = screen_language(), said(dict(CASE_KINDS)[held.kind])
        if held.closed is not None:
            return f"{kind} · {day(held.opened, language)} – {day(held.closed, language)}"
        dues = cases.overview(self.tab.session, held.id).dues
        next_due = (
            "" if not dues else f"{said(DEADLINES[dues[0].what])} {tr('by {day}', day=day(dues[0].day, language))}"
        )
        return " · ".join(part for part in (kind, next_due) if part)
