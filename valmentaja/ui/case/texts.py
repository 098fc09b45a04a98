"""The question of a case, and its texts: strengths first, then what the law asks."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from valmentaja.domain.case import HEADINGS, CaseKind, Due, Part, hidden_parts, parts_of
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.case.part import CasePart
from valmentaja.ui.case.words import CASE_KINDS, DEADLINES, PART_WORDS
from valmentaja.ui.page import Page
from valmentaja.ui.speech import said
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import link
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.fields import Combo, Field, Notes
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import rule_words
from valmentaja.usecases import cases
from valmentaja.usecases.cases import CaseOverview


class QuestionCard(CasePart):
    """What the assessment is to answer, its kind, and the days it has to keep."""

    def __init__(self, page: Page, case: str) -> None:
        super().__init__(page, case, lambda: tr("What is to be found out"))
        self.question, self.kind, self.dues = Notes(lines=2), Combo(CASE_KINDS), Rows()
        self.question.settled.connect(lambda text: self.do(lambda: cases.write_question(self.session, case, text)))
        self.kind.chosen.connect(lambda value: self.do(lambda: cases.choose_kind(self.session, case, CaseKind(value))))
        self.add(Field(lambda: tr("Question"), self.question))
        self.add(Field(lambda: tr("Kind of assessment"), self.kind))
        self.add(self.dues)

    def show_case(self, shown: CaseOverview) -> None:
        self.question.show_text(shown.case.question)
        self.question.setReadOnly(not shown.is_writable)
        self.kind.set_value(shown.case.kind)
        self.kind.setEnabled(shown.is_writable)
        self.dues.setVisible(bool(shown.dues))
        self.dues.show_rows([self._due(due, due.days_late(shown.today)) for due in shown.dues])

    def _due(self, due: Due, late: int) -> Row:
        why = link(
            lambda: tr("Why?"),
            "info",
            act=lambda: self.page.show_notice(lambda: rule_words(cases.rule_of(self.session, due), due.day), Tone.INFO),
        )
        why.setAccessibleDescription(said(DEADLINES[due.what]))
        aside: list[QWidget] = [why]
        if late:
            aside.insert(0, Chip("clock-alert", lambda: tr("{n} d late", n=late), Tone.LATE))
        return Row(DEADLINES[due.what], lambda: tr("by {day}", day=day(due.day, screen_language())), aside=aside)


class StrengthsCard(CasePart):
    """Always the first of the texts."""

    def __init__(self, page: Page, case: str) -> None:
        super().__init__(page, case, lambda: tr("Strengths"))
        self.text = Notes(lines=3)
        self.text.settled.connect(lambda text: self.do(lambda: cases.write(self.session, case, Part.STRENGTHS, text)))
        self.add(
            Field(
                lambda: tr("What works, what the client can and likes to do"),
                self.text,
                hint=lambda: tr("Strengths come first here and in the summary."),
            )
        )

    def show_case(self, shown: CaseOverview) -> None:
        self.text.show_text(shown.strengths)
        self.text.setReadOnly(not shown.is_writable)


class HeadingsCard(CasePart):
    """One text for each heading of the law; those of a multi-agency assessment come with its kind."""

    def __init__(self, page: Page, case: str) -> None:
        super().__init__(page, case, lambda: tr("What the law asks"))
        self.texts: dict[Part, Notes] = {}
        self.fields: dict[Part, Field] = {}
        self.sources = Label("", "small")
        self.hidden = Label("", "muted")
        self.add(self.sources)
        for part in parts_of(CaseKind.MULTI):
            self._add_part(part)
        self.add(self.hidden)

    def show_case(self, shown: CaseOverview) -> None:
        self.sources.say("; ".join(dict.fromkeys(HEADINGS[part][1] for part in shown.parts)))
        for part, notes in self.texts.items():
            notes.show_text(shown.fields.get(part, ""))
            notes.setReadOnly(not shown.is_writable)
            self.fields[part].setVisible(part in shown.parts)
        hidden = hidden_parts(shown.case.kind, shown.fields)
        self.hidden.setVisible(bool(hidden))
        self.hidden.say(lambda: _hidden(hidden))

    def _add_part(self, part: Part) -> None:
        notes = Notes(lines=3)
        notes.settled.connect(partial(self._keep, part))
        field = Field(PART_WORDS[part], notes)
        self.texts[part], self.fields[part] = notes, field
        self.add(field)

    def _keep(self, part: Part, text: str) -> None:
        self.do(lambda: cases.write(self.session, self.case, part, text))


def _hidden(parts: tuple[Part, ...]) -> str:
    """That a text is still there, and how it comes back; not what it says."""
    return tr(
        "There is text under: {heading}. This kind of assessment does not show or print it. "
        "It comes back when the kind is changed back.",
        heading=", ".join(said(PART_WORDS[part]) for part in parts),
    )
