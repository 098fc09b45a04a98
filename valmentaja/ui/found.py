"""What was found in notes: a count at first, the words themselves when they are asked for."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.page import Place
from valmentaja.ui.speech import Say, said
from valmentaja.ui.widgets.buttons import link
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.usecases import finding
from valmentaja.usecases.finding import MOST_NOTES, NoteFound
from valmentaja.usecases.session import Session

KINDS: dict[str, Say] = {
    "meeting": lambda: tr("meeting"),
    "answer": lambda: tr("assessment"),
    "plan_goal": lambda: tr("goal"),
    "plan_step": lambda: tr("step"),
    "plan_review": lambda: tr("review of the plan"),
    "told_fact": lambda: tr("told by somebody else"),
    "assessment_case": lambda: tr("service-needs assessment"),
    "clarification": lambda: tr("clarification"),
    "contribution": lambda: tr("contribution"),
    "case_field": lambda: tr("text of the assessment"),
    "rating": lambda: tr("view on a domain"),
    "other_result": lambda: tr("result of another meter"),
}
PARTS = {
    "meeting": "overview",
    "answer": "assessment",
    "plan_goal": "plan",
    "plan_step": "plan",
    "plan_review": "plan",
    "told_fact": "overview",
    **dict.fromkeys(
        ("assessment_case", "clarification", "contribution", "case_field", "rating", "other_result"), "assessment"
    ),
}
"""The tab of the client's file where a note of each kind stands."""
IN_CASE = frozenset({"assessment_case", "clarification", "contribution", "case_field"})
"""Notes that stand on the page of an assessment case."""


def place_of(found: NoteFound) -> Place:
    """Where a note is read."""
    if found.entity in IN_CASE:
        return Place(page="case", key=found.place)
    return Place(page="client", key=found.client, part=PARTS[found.entity])


def _day(found: NoteFound) -> str:
    return day(date.fromisoformat(found.date), screen_language()) if found.date else ""


COLUMNS: tuple[Column[NoteFound], ...] = (
    Column(title=lambda: tr("Name"), text=lambda n: n.name, strong=True, width=180),
    Column(title=lambda: tr("Where"), text=lambda n: said(KINDS[n.entity]), width=130, priority=2),
    Column(title=lambda: tr("Day"), text=_day, sort=lambda n: n.date, width=100, priority=1),
    Column(title=lambda: tr("Words"), text=lambda n: n.snippet, width=320, stretch=True),
)


class NotesFound(QWidget):
    """`opened` carries the note to go to; `shown` says that the words are on the screen, and in the log."""

    opened = Signal(object)
    shown = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._typed, self._count = session, "", 0
        self.show_them = link(self._words, "search", act=self._show)
        self.table: Table[NoteFound] = Table(COLUMNS, lambda: tr("Found in notes"))
        self.table.opened.connect(self.opened)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        down.addWidget(self.show_them, 0, Qt.AlignmentFlag.AlignLeft)
        down.addWidget(self.table)
        self.table.hide()

    def look_for(self, typed: str) -> None:
        """Count; words that were shown for something else go away."""
        if typed != self._typed:
            self.table.hide()
        self._typed = typed
        self._count = finding.count_notes(self._session, typed)
        self.show_them.say(self._words)
        self.setVisible(self._count > 0)

    def _words(self) -> str:
        if self._count > MOST_NOTES:
            return tr("In notes: more than {n} hits", n=MOST_NOTES)
        return trn("In notes: {n} hit", "In notes: {n} hits", self._count)

    def _show(self) -> None:
        self.table.show_rows(finding.notes(self._session, self._typed))
        self.table.show()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit()
