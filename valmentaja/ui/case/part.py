"""What every part of a case's page is: a card that shows the case anew and writes to it."""

from __future__ import annotations

from collections.abc import Callable

from valmentaja.ui.hub import perform
from valmentaja.ui.page import Page
from valmentaja.ui.speech import Say
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import DateEdit, Line, Notes
from valmentaja.usecases.cases import CaseOverview
from valmentaja.usecases.session import Changes


class CasePart(Card):
    """`page` is the case's page: its session, its message bar; `case` the id of the case."""

    def __init__(self, page: Page, case: str, title: Say) -> None:
        super().__init__(title)
        self.page, self.session, self.case = page, page.session, case

    def show_case(self, shown: CaseOverview) -> None:
        """Show the case as it is now; editors are not touched while something in them is not stored."""

    def settle(self) -> None:
        """Store what is being typed."""
        for notes in self.findChildren(Notes):
            notes.settle()
        for line in self.findChildren(Line):
            line.settle()

    def do(self, action: Callable[[], Changes]) -> Changes | None:
        return perform(self.page, self.page.hub, action)

    def submit(self, action: Callable[[], Changes]) -> Changes | None:
        """Do what a form says; a day that cannot be read is never taken for an empty one."""
        return self.do(lambda: self._read(action))

    def _read(self, action: Callable[[], Changes]) -> Changes:
        for edit in self.findChildren(DateEdit):
            if edit.isVisibleTo(self):
                edit.read()
        return action()
