"""Korjaukset: earlier values, and the notes of meetings that are over, which are corrected here."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from valmentaja.domain.client import Meeting
from valmentaja.domain.rights import Correction
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.client.moments import moment
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field, Notes
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import meetings, rectifying

SHOWN = 50
LETTERS = 140
"""A longer value is cut here; the client's own records have it whole."""


class CorrectionsCard(Card):
    """Every value that was replaced, newest first."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(lambda: tr("Corrections"))
        self.tab = tab
        self.rows, self.nothing = Rows(), Label(lambda: tr("Nothing has been corrected."), "muted")
        self.add(self.nothing)
        self.add(self.rows)

    def reload(self) -> None:
        held = rectifying.corrections(self.tab.session, self.tab.client)
        self.nothing.setVisible(not held)
        self.rows.show_rows([self._row(made) for made in held[:SHOWN]])

    def _row(self, made: Correction) -> Row:
        label = rectifying.field_words(made)
        below = tr("Earlier value: {before}", before=_short(made.before))
        if made.reason:
            below = f"{below} · {tr('Reason: {reason}', reason=made.reason)}"
        return Row(
            tr("{field}: {after}", field=tr(label), after=_short(made.after) or "–"), f"{moment(made.at)} · {below}"
        )


class NotesCard(Card):
    """Notes of one meeting at a time; nothing is stored before the button."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(lambda: tr("Correct the notes of a meeting"))
        self.tab = tab
        self.held: dict[str, Meeting] = {}
        self.which, self.reason = Combo(), QLineEdit()
        self.notes, self.agreed = Notes(lines=3), Notes(lines=2)
        self.which.chosen.connect(lambda _value: self._show())
        for widget in (
            Field(lambda: tr("Meeting"), self.which),
            Field(lambda: tr("Notes"), self.notes),
            Field(lambda: tr("What we agreed"), self.agreed),
            Field(lambda: tr("Why it is corrected"), self.reason, hint=lambda: tr("A typing error needs no reason.")),
            secondary(lambda: tr("Save the correction"), "check", act=self.save),
        ):
            self.add(widget)

    def reload(self) -> None:
        over = rectifying.meetings_over(self.tab.session, self.tab.client)
        self.held = {str(m.id): m for m in over}
        self.setVisible(bool(over))
        self.which.offer([(str(m.id), day(m.date, screen_language())) for m in over])
        self._show()

    def save(self) -> None:
        meeting = self.held[self.which.value()]
        notes, agreed, reason = self.notes.toPlainText(), self.agreed.toPlainText(), self.reason.text()
        kept = self.tab.do(
            lambda: meetings.keep_notes(self.tab.session, meeting.id, notes=notes, agreed=agreed, reason=reason)
        )
        if kept is not None:
            self.reason.clear()

    def _show(self) -> None:
        meeting = self.held.get(self.which.value())
        if meeting is not None:
            self.notes.show_text(meeting.notes)
            self.agreed.show_text(meeting.agreed)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LETTERS else f"{line[:LETTERS].rstrip()}…"
