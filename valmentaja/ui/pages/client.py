"""One client: what matters now, and its tabs."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from valmentaja.domain.client import Meeting
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.client.assessment import AssessmentTab
from valmentaja.ui.client.documents import DocumentsTab
from valmentaja.ui.client.log import LogTab
from valmentaja.ui.client.overview import OverviewTab
from valmentaja.ui.client.plan import PlanTab
from valmentaja.ui.client.rights import RightsTab
from valmentaja.ui.client.services import ServicesTab
from valmentaja.ui.client.ura import UraTab
from valmentaja.ui.hub import Hub, perform
from valmentaja.ui.page import Page, Place
from valmentaja.ui.tab import TabKind, Tabs
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import primary, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.fields import Field, Notes
from valmentaja.usecases import caseload, cases, handing, meetings, overview
from valmentaja.usecases.session import Session

FOLLOW_UP = "follow-up"
"""The part of a place that leads to the follow-up on the first tab."""
TABS: tuple[TabKind, ...] = (
    ("overview", OverviewTab, lambda: tr("Overview")),
    ("assessment", AssessmentTab, lambda: tr("Assessment")),
    ("plan", PlanTab, lambda: tr("Plan")),
    ("services", ServicesTab, lambda: tr("Services")),
    ("ura", UraTab, lambda: tr("URA")),
    ("documents", DocumentsTab, lambda: tr("Documents")),
    ("log", LogTab, lambda: tr("Log")),
    ("rights", RightsTab, lambda: tr("Data protection")),
)


class ClientPage(Page):
    """The meeting that is running stands above the tabs; its notes are stored as they are typed."""

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        caseload.opened(session, place.key)
        super().__init__(session, hub, about=place.key)
        self.place = place
        self.running: Meeting | None = None
        self.meeting = Card(lambda: tr("Meeting under way"))
        self.notes, self.agreed = Notes(lines=3), Notes(lines=2)
        self.notes.settled.connect(lambda _text: self._keep_notes())
        self.agreed.settled.connect(lambda _text: self._keep_notes())
        self.start = primary(lambda: tr("Start the meeting"), "play", act=self._switch_meeting)
        self.prepare = secondary(
            lambda: tr("Prepare"), "list-checks", act=lambda: self.go.emit(Place(page="brief", key=place.key))
        )
        self.lock = Chip("lock", "", Tone.NEUTRAL)
        self.tabs = Tabs(self, TABS, part=place.part, name=lambda: tr("Parts of the client's file"))
        self._lay_out()

    def first_focus(self) -> QWidget | None:
        """Who comes to write down a follow-up begins there."""
        tab = self.tabs.parts[0]
        return tab.follow_up.outcome if self.place.part == FOLLOW_UP and isinstance(tab, OverviewTab) else None

    def reload(self) -> None:
        shown = overview.overview(self.session, self.place.key)
        client = shown.client
        born = client.birth_date
        age = (
            ""
            if born is None
            else str(shown.today.year - born.year - ((shown.today.month, shown.today.day) < (born.month, born.day)))
        )
        self.say_title(
            client.name, lambda: tr("{number} · {age} years", number=client.id, age=age) if age else client.id
        )
        self._show_meeting(shown.running)
        self._show_lock()
        self.tabs.reload()

    def retranslate(self) -> None:
        self.tabs.retranslate()

    def part(self) -> str:
        return self.tabs.part

    def leave(self) -> bool:
        self.notes.settle()
        self.agreed.settle()
        return self.tabs.leave()

    def _show_meeting(self, running: Meeting | None) -> None:
        self.running = running
        self.meeting.setVisible(running is not None)
        self.start.say(lambda: tr("Start the meeting") if self.running is None else tr("End the meeting"))
        self.start.set_picture("play" if running is None else "flag")
        self.start.set_kind("primary" if running is None else "secondary")
        if running is not None:
            purpose = cases.purpose_of(self.session, running)
            self.meeting.title.say(
                lambda: tr("Meeting under way: {purpose}", purpose=purpose) if purpose else tr("Meeting under way")
            )
            self.notes.show_text(running.notes)
            self.agreed.show_text(running.agreed)

    def _show_lock(self) -> None:
        """A copy of a client who was handed over is read; nothing on it begins."""
        gone = handing.care(self.session, self.place.key).handed_over
        self.lock.setVisible(gone is not None)
        self.start.setVisible(gone is None)
        if gone is not None:
            self.lock.label.say(lambda: tr("Handed over {day}", day=day(gone, screen_language())))

    def _switch_meeting(self) -> None:
        running = self.running
        if running is None:
            perform(self, self.hub, lambda: meetings.start(self.session, self.place.key))
        else:
            self.leave()
            perform(self, self.hub, lambda: meetings.end(self.session, running.id))

    def _keep_notes(self) -> None:
        running = self.running
        if running is not None:
            notes, agreed = self.notes.toPlainText(), self.agreed.toPlainText()
            perform(self, self.hub, lambda: meetings.keep_notes(self.session, running.id, notes=notes, agreed=agreed))

    def _lay_out(self) -> None:
        self.add_back(lambda: tr("Clients"), Place(page="clients"))
        self.add_action(self.lock)
        self.add_action(self.prepare)
        self.add_action(self.start)
        self.meeting.add(Field(lambda: tr("Notes"), self.notes))
        self.meeting.add(Field(lambda: tr("What we agreed"), self.agreed))
        self.body.addWidget(self.meeting)
        self.body.addWidget(self.tabs)
        self.body.addStretch(1)
