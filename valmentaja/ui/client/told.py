"""Muilta saadut tiedot: what others told, with who told it and who wrote it down."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit

from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.speech import said
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.buttons import link, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, DateEdit, Field
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import SOURCE_KINDS
from valmentaja.usecases import told
from valmentaja.usecases.told import SourceKind, ToldFact


class ToldCard(Card):
    """The law asks for the source and the recorder of what the client did not tell (380/2023 114.4 §)."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(lambda: tr("Told by others"))
        self.tab = tab
        self.correcting: ToldFact | None = None
        self.rows = Rows()
        self.words, self.source = QLineEdit(), QLineEdit()
        self.kind, self.day = Combo(SOURCE_KINDS), DateEdit(year=tab.session.today().year)
        self.recorder = QLineEdit()
        self.button = secondary(lambda: tr("Add the fact"), "plus", act=self.add_fact)
        self._lay_out()

    def reload(self) -> None:
        held = told.facts(self.tab.session, self.tab.client)
        self.rows.show_rows([self._row(fact) for fact in held])
        self.rows.setVisible(bool(held))
        if not self.recorder.text():
            self.recorder.setText(self.tab.session.unit.coach)

    def add_fact(self) -> None:
        """Store what is in the fields: a new fact, or a new one in place of the one being corrected."""
        session, fixed = self.tab.session, self.correcting
        words, source = self.words.text(), self.source.text()
        if fixed is not None:
            done = self.tab.do(lambda: told.correct(session, fixed.id, words=words, source=source))
        else:
            kind, recorder = SourceKind(self.kind.value()), self.recorder.text()
            done = self.tab.do(
                lambda: told.add(
                    session,
                    self.tab.client,
                    words=words,
                    kind=kind,
                    source=source,
                    recorder=recorder,
                    on=self.day.read(),
                )
            )
        if done is not None:
            self._take(None)

    def _row(self, fact: ToldFact) -> Row:
        kinds = dict(SOURCE_KINDS)
        who = tr(
            "{kind}: {source}. Recorded by {recorder}",
            kind=said(kinds[fact.kind]),
            source=fact.source,
            recorder=fact.recorder,
        )
        correct = link(lambda: tr("Correct"), "pencil", act=partial(self._take, fact))
        remove = link(lambda: tr("Remove"), "trash-2", act=partial(self._remove, fact))
        for button in (correct, remove):
            button.setAccessibleDescription(fact.words)
        return Row(fact.words, f"{day(fact.date, screen_language())} · {who}", aside=[correct, remove])

    def _take(self, fact: ToldFact | None) -> None:
        """Put a fact into the fields to be corrected, or empty them."""
        self.correcting = fact
        self.words.setText("" if fact is None else fact.words)
        self.source.setText("" if fact is None else fact.source)
        for editor in (self.kind, self.day, self.recorder):
            editor.setEnabled(fact is None)
        self.button.say(lambda: tr("Add the fact") if self.correcting is None else tr("Save the correction"))
        if fact is not None:
            self.words.setFocus()

    def _remove(self, fact: ToldFact) -> None:
        """Gone at once, with a way back instead of a question."""
        self._take(None)
        session, hub = self.tab.session, self.tab.page.hub

        def back() -> None:
            hub.changed.emit(told.restore(session, fact))

        if self.tab.do(lambda: told.remove(session, fact.id)) is not None:
            self.tab.page.undo_offered.emit(tr("The fact was removed."), back)

    def _lay_out(self) -> None:
        self.add(Label(lambda: tr("The law asks who told it and who recorded it (380/2023 114.4 §)."), "muted"))
        self.add(self.rows)
        self.add(Field(lambda: tr("What was told"), self.words))
        who, when = Columns(least=640), Columns(least=640)
        who.add(Field(lambda: tr("Kind of source"), self.kind))
        who.add(Field(lambda: tr("Who told it"), self.source))
        when.add(Field(lambda: tr("Who recorded it"), self.recorder))
        when.add(Field(lambda: tr("Day it was told"), self.day, hint=lambda: tr("Empty = today")))
        for widget in (who, when, self.button):
            self.add(widget)
