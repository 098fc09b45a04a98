"""Arviointijakso: the question, strengths first, what the law asks, who else says what, and the end."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from valmentaja.base.canonical import Json
from valmentaja.base.errors import UserError
from valmentaja.domain.case import Lacking
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.case.begun import Begun
from valmentaja.ui.case.clarifications import ClarificationsCard
from valmentaja.ui.case.conclusions import ConclusionsCard
from valmentaja.ui.case.contributions import ContributionsCard
from valmentaja.ui.case.ending import EndingCard, LackingCard
from valmentaja.ui.case.meetings import MeetingsCard
from valmentaja.ui.case.part import CasePart
from valmentaja.ui.case.texts import HeadingsCard, QuestionCard, StrengthsCard
from valmentaja.ui.case.words import CASE_KINDS
from valmentaja.ui.hub import Hub
from valmentaja.ui.page import Page, Place
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.flow import Columns, stack
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import cases, drafts
from valmentaja.usecases.cases import CaseOverview
from valmentaja.usecases.session import Area, Session


class CasePage(Page):
    """Everything is stored as it is typed; an ended case is read, and goes on with a reason."""

    areas = frozenset({Area.ASSESSMENT, Area.MEETING, Area.PLAN})

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        cases.opened(session, place.key)
        held = cases.case(session, place.key)
        super().__init__(session, hub, about=held.client)
        self.place = place
        self.add_back(lambda: tr("Client"), Place(page="client", key=held.client, part="assessment"))
        self.locked = Chip("lock", "", Tone.NEUTRAL)
        self.add_action(self.locked)
        self.question, self.strengths = QuestionCard(self, held.id), StrengthsCard(self, held.id)
        self.headings, self.conclusions = HeadingsCard(self, held.id), ConclusionsCard(self, held.id)
        self.lacking, self.meetings = LackingCard(self, held.id, self.go_to), MeetingsCard(self, held.id)
        self.clarifications = ClarificationsCard(self, held.id)
        self.contributions = ContributionsCard(self, held.id)
        self.ending = EndingCard(self, held.id)
        self.begun = Begun(self.meetings, self.clarifications, self.contributions, self.ending)
        left: tuple[CasePart, ...] = (
            self.question,
            self.strengths,
            self.headings,
            self.conclusions,
        )
        right: tuple[CasePart, ...] = (
            self.lacking,
            self.meetings,
            self.clarifications,
            self.contributions,
            self.ending,
        )
        self.parts = (*left, *right)
        columns = Columns(least=1000)
        columns.add(stack(*left), 3)
        columns.add(stack(*right), 2)
        self.body.addWidget(
            Label(lambda: tr("Together with the client. Everything is stored as it is typed."), "muted")
        )
        self.body.addWidget(columns)
        self.begun.show(drafts.laid_by(session, place.page, place.key), cases.overview(session, place.key))

    def reload(self) -> None:
        shown = cases.overview(self.session, self.place.key)
        kind = dict(CASE_KINDS)[shown.case.kind]
        opened = shown.case.opened
        self.say_title(
            kind,
            lambda: tr("{name} · since {day}", name=shown.client_name, day=day(opened, screen_language())),
        )
        self._show_lock(shown)
        for part in self.parts:
            part.show_case(shown)

    def _show_lock(self, shown: CaseOverview) -> None:
        """That it is only read is told at the top, too."""
        closed = shown.case.closed
        self.locked.setVisible(not shown.is_writable)
        self.locked.label.say(
            lambda: tr("Ended {day}", day=day(closed, screen_language())) if closed else tr("Handed over")
        )

    def leave(self) -> bool:
        """What a button stores is laid by as it is, and stands in the forms when the page opens again."""
        for part in self.parts:
            part.settle()
        try:
            drafts.lay_by(self.session, self.place.page, self.place.key, self.begun.told())
        except UserError as error:
            self.show_error(error)
            return False
        return True

    def draft(self) -> dict[str, Json]:
        return {**super().draft(), **self.begun.told()}

    def take_up(self, draft: Mapping[str, Json]) -> None:
        self.begun.show(draft, cases.overview(self.session, self.place.key))
        super().take_up(draft)

    def go_to(self, lacking: Lacking) -> None:
        """Put the focus where something is missing; a clarification is taken up to be received."""
        targets: dict[str, QWidget] = {
            "question": self.question.question,
            "strengths": self.strengths.text,
            "meetings": self.meetings.purpose,
            "clarifications": self.clarifications.kind,
            **{part.value: notes for part, notes in self.headings.texts.items()},
        }
        if lacking.place == "clarifications" and self.clarifications.take_up(lacking.about):
            self.show_widget(self.clarifications.result)
            return
        target = targets[lacking.place]
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.show_widget(target)

    def first_focus(self) -> QWidget | None:
        return self.strengths.text if not self.strengths.text.isReadOnly() else None
