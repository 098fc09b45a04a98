"""What several assessors say, each dated and named; only ever added."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from valmentaja.domain.case import Contribution, Part
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.case.part import CasePart
from valmentaja.ui.case.words import PART_WORDS
from valmentaja.ui.page import Page
from valmentaja.ui.speech import said
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.fields import Combo, DateEdit, Field, Paragraph
from valmentaja.ui.widgets.flow import Columns, stack
from valmentaja.ui.widgets.rows import Row, Rows, wrapping
from valmentaja.usecases import cases
from valmentaja.usecases.cases import CaseOverview


class ContributionsCard(CasePart):
    def __init__(self, page: Page, case: str) -> None:
        super().__init__(page, case, lambda: tr("Other assessors"))
        self.rows, self.author, self.role = Rows(), QLineEdit(), QLineEdit()
        self.heading = Combo([("", lambda: tr("On the whole")), *PART_WORDS.items()])
        self.words, self.day = Paragraph(), DateEdit(year=self.session.today().year)
        self.button = secondary(lambda: tr("Add the contribution"), "plus", act=self.keep)
        who = Columns(least=300)
        who.add(Field(lambda: tr("Who says it"), self.author))
        who.add(Field(lambda: tr("Role"), self.role, hint=lambda: tr("For example social worker")))
        about = Columns(least=300)
        about.add(Field(lambda: tr("Heading"), self.heading))
        about.add(Field(lambda: tr("Day it was said"), self.day, hint=lambda: tr("Empty = today")))
        self.form = stack(
            Field(lambda: tr("What the assessor says"), self.words),
            who,
            about,
            wrapping(self.button),
            gap=8,
        )
        self.add(self.rows)
        self.add(self.form)

    def show_case(self, shown: CaseOverview) -> None:
        self.form.setVisible(shown.is_writable)
        self.rows.setVisible(bool(shown.contributions))
        self.rows.show_rows([Row(c.words, _who(c)) for c in shown.contributions])

    def keep(self) -> None:
        heading = self.heading.value()
        author, role, words, on = self.author.text(), self.role.text(), self.words.text(), self.day.value()
        made = self.submit(
            lambda: cases.contribute(
                self.session,
                self.case,
                author=author,
                role=role,
                words=words,
                heading=Part(heading) if heading else None,
                on=on,
            )
        )
        if made is not None:
            self.words.clear()
            # Who speaks stays for the next heading, but is no draft: it is stored with what was said.
            for edit in (self.author, self.role, self.day):
                edit.setModified(False)
            self.words.setFocus()


def _who(told: Contribution) -> str:
    heading = said(PART_WORDS[Part(told.heading)]) if told.heading in set(Part) else ""
    who = f"{told.author}, {told.role}" if told.role else told.author
    return " · ".join(part for part in (who, day(told.date, screen_language()), heading) if part)
