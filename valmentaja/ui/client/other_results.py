"""Muun mittarin tulokset: what Kykyviisari, 3X10D and others gave elsewhere, with their files."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from valmentaja.domain.other_result import OtherResult
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.old_copy import send
from valmentaja.ui.tab import Tab
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import link, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.fields import DateEdit, Field
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.rows import Row, Rows, wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import other_results
from valmentaja.usecases.other_results import NewResult


class OtherResultsCard(Card):
    """A result is written down once; a wrong one is marked with a reason and stays."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(lambda: tr("Results of other meters"))
        self.tab = tab
        self.rows = Rows()
        self.instrument, self.domain = QLineEdit(), QLineEdit()
        self.score, self.scale, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.day, self.file = DateEdit(year=tab.session.today().year), QLineEdit()
        self.form = QWidget()
        self.opener = secondary(lambda: tr("Record a result"), "plus", act=self.open_form)
        self.voiding: OtherResult | None = None
        self.reason, self.void_part = QLineEdit(), QWidget()
        self.reason.returnPressed.connect(self.void)
        self._lay_out()

    def reload(self) -> None:
        held = other_results.of_client(self.tab.session, self.tab.client)
        self.rows.show_rows([self._row(result) for result in held])
        self.rows.setVisible(bool(held))

    def add_result(self) -> None:
        """Store what is in the fields, then empty them."""
        session, client = self.tab.session, self.tab.client
        if self.tab.do(lambda: other_results.record(session, client, self._typed())) is not None:
            for editor in (self.instrument, self.domain, self.score, self.scale, self.note, self.day, self.file):
                editor.clear()
            self.form.hide()
            self.opener.show()
            self.opener.setFocus()

    def _typed(self) -> NewResult:
        path = self.file.text().strip()
        return NewResult(
            instrument=self.instrument.text(),
            domain=self.domain.text(),
            score=self.score.text(),
            scale=self.scale.text(),
            note=self.note.text(),
            on=self.day.read(),
            file=Path(path).expanduser() if path else None,
        )

    def open_form(self) -> None:
        """Show the fields; they take room only while they are needed."""
        self.opener.hide()
        self.form.show()
        self.instrument.setFocus()

    def ask_why(self, result: OtherResult) -> None:
        """Open the line where the reason is written."""
        self.voiding = result
        self.void_part.show()
        self.reason.setFocus()

    def void(self) -> None:
        """Mark the chosen result as not valid."""
        held, session, reason = self.voiding, self.tab.session, self.reason.text()
        if held is not None and self.tab.do(lambda: other_results.void(session, held.id, reason)) is not None:
            self.voiding = None
            self.reason.clear()
            self.void_part.hide()

    def _row(self, result: OtherResult) -> Row:
        language = screen_language()
        scored = tr("{score} (scale {scale})", score=result.score, scale=result.scale) if result.scale else result.score
        title = " · ".join(part for part in (result.instrument, result.domain, scored) if part)
        recorded = tr("recorded by {name}", name=result.recorder) if result.recorder else ""
        wrong = tr("not valid: {reason}", reason=result.void_reason) if result.is_void else ""
        below = " · ".join(part for part in (day(result.date, language), result.note, recorded, wrong) if part)
        return Row(title, below, aside=self._aside(result, title))

    def _aside(self, result: OtherResult, title: str) -> list[QWidget]:
        aside: list[QWidget] = []
        if result.size:
            save = link(lambda: tr("Save the file"), "save", act=partial(self._save, result))
            save.setAccessibleDescription(title)
            aside.append(save)
        if result.is_void:
            aside.append(Chip("circle-slash", lambda: tr("not valid"), Tone.NEUTRAL))
        else:
            wrong = link(lambda: tr("Mark as not valid"), "circle-slash", act=partial(self.ask_why, result))
            wrong.setAccessibleDescription(title)
            aside.append(wrong)
        return aside

    def _save(self, result: OtherResult) -> None:
        def write() -> None:
            path = other_results.save_file(self.tab.session, result.id)
            self.tab.page.show_notice(lambda: tr("Written: {file}", file=str(path)))

        send(self.tab.page, write)

    def _browse(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, tr("File"), self.file.text())
        if chosen:
            self.file.setText(chosen)

    def _lay_out(self) -> None:
        self.add(Label(lambda: tr("The result as it was given elsewhere. Nothing is computed from it."), "muted"))
        self.add(self.rows)
        self._lay_out_void()
        self.add(self.opener)
        self.add(self.form)
        self.form.hide()
        body = QVBoxLayout(self.form)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        what, came, more = Columns(least=640), Columns(least=640), Columns(least=640)
        what.add(Field(lambda: tr("Meter"), self.instrument, hint=lambda: tr("For example Kykyviisari or 3X10D")))
        what.add(Field(lambda: tr("Domain"), self.domain, hint=lambda: tr("Empty = the whole")))
        came.add(Field(lambda: tr("Result"), self.score))
        came.add(Field(lambda: tr("Scale"), self.scale, hint=lambda: tr("For example 0–10")))
        more.add(Field(lambda: tr("Note"), self.note))
        more.add(Field(lambda: tr("Day of the result"), self.day, hint=lambda: tr("Empty = today")))
        attached = Field(lambda: tr("Attached file"), self.file, hint=lambda: tr("May be left out. At most 20 MB."))
        for widget in (what, came, more, attached, self._buttons()):
            body.addWidget(widget)

    def _buttons(self) -> QWidget:
        add = secondary(lambda: tr("Add the result"), "check", act=self.add_result)
        return wrapping(add, secondary(lambda: tr("Browse …"), "folder-open", act=self._browse), gap=12)

    def _lay_out_void(self) -> None:
        part = Card()
        part.add(Field(lambda: tr("Why is the result not valid?"), self.reason))
        part.add(secondary(lambda: tr("Mark as not valid"), "circle-slash", act=self.void))
        self.void_part = part
        self.void_part.hide()
        self.add(self.void_part)
