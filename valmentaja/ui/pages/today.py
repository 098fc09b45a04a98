"""Tänään: what waits, group by group, each with the rule it stands on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from valmentaja.domain.queue import QueueEntry, QueueKind
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import moment_of, weekday
from valmentaja.ui.hub import Hub, perform
from valmentaja.ui.old_copy import ask, sentence
from valmentaja.ui.page import Page, Place
from valmentaja.ui.runner.recovery import RecoveryCard
from valmentaja.ui.speech import Say
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import Button, link, primary, secondary
from valmentaja.ui.widgets.card import Card, empty
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.empty import EmptyState
from valmentaja.ui.widgets.message import Banner
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.ui.words import rule_words
from valmentaja.usecases import backing_up, leaving, logs, meetings, today, unfinished
from valmentaja.usecases.session import Session

GROUPS: dict[QueueKind, Say] = {
    QueueKind.MEETING: lambda: tr("Meetings"),
    QueueKind.REVIEW: lambda: tr("Plan review is late"),
    QueueKind.STEP: lambda: tr("A step is late"),
    QueueKind.SIGNATURE: lambda: tr("A signature is missing"),
    QueueKind.CLARIFICATION: lambda: tr("A clarification has not come"),
    QueueKind.CASE: lambda: tr("An assessment case has a day to keep"),
    QueueKind.ASSESSMENT: lambda: tr("Assessment not finished"),
    QueueKind.FOLLOW_UP: lambda: tr("Ask how it has gone"),
    QueueKind.RETENTION: lambda: tr("Retention time is full"),
}


class TodayPage(Page):
    """Cards of the queue; the first meeting has the one filled button."""

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        super().__init__(session, hub)
        self.place = place
        self.recovery: RecoveryCard | None = None
        self.say_title(lambda: tr("Today"), lambda: weekday(session.today(), screen_language()))
        self.add_action(
            secondary(lambda: tr("New client"), "user-plus", act=lambda: self.go.emit(Place(page="new-client")))
        )

    def reload(self) -> None:
        empty(self.body)
        for banner in self._banners():
            self.body.addWidget(banner)
        entries = today.queue(self.session)
        self.recovery = self._recovery()
        for kind, title in GROUPS.items():
            group = [e for e in entries if e.kind is kind]
            if group:
                self.body.addWidget(self._card(title, group))
        if not entries and self.recovery is None:
            self.body.addWidget(
                EmptyState(
                    lambda: tr("Nothing waits"),
                    lambda: tr("No meetings today, and nothing is late."),
                    picture="circle-check",
                )
            )
        if backing_up.state(self.session).wants_rehearsal:
            self.body.addWidget(self._rehearsal())
        self.body.addStretch(1)

    def _recovery(self) -> RecoveryCard | None:
        """First of all what a bad end interrupted, until it is taken up or refused."""
        found = unfinished.unfinished(self.session)
        if found is None:
            return None
        card = RecoveryCard(found)
        card.chosen.connect(lambda _found: self.go.emit(Place(page="runner", key=found.assessment_id, part=found.item)))
        card.refused.connect(self._refuse_recovery)
        self.body.addWidget(card)
        return card

    def _refuse_recovery(self) -> None:
        if perform(self, self.hub, lambda: unfinished.forget(self.session)) is not None:
            self.refresh()

    def _rehearsal(self) -> Card:
        """One quiet row, last: a backup nobody has restored is a hope."""
        card, place = Card(lambda: tr("Backups")), Place(page="settings", part="backups")
        button = secondary(lambda: tr("Rehearse …"), act=lambda: self.go.emit(place))

        def below() -> str:
            return tr("No backup has been rehearsed for a month. A rehearsal shows that it can be restored.")

        card.add(Row(lambda: tr("Can it be restored?"), below, aside=[button]))
        return card

    def _banners(self) -> list[Banner]:
        """What is wrong with the vault itself; stays until it is mended or accepted."""
        made = []
        found = leaving.old_copy(self.session)
        if found is not None:
            act = secondary(lambda: tr("Go on with this copy"), act=lambda: ask(self, found, self.clear_message))
            made.append(Banner(lambda: sentence(found), Tone.LATE, aside=act))
        was = logs.clock_set_back(self.session)
        if was:
            made.append(Banner(lambda: self._clock_words(was), Tone.WARN))
        return made

    def _clock_words(self, was: str) -> str:
        when = moment_of(was, screen_language())
        return tr("The computer's clock was set back. It has shown {when} before. Check the clock.", when=when)

    def _card(self, title: Say, group: list[QueueEntry]) -> Card:
        card = Card(title)
        rows = Rows()
        rows.show_rows([self._row(entry, first=n == 0 and self.recovery is None) for n, entry in enumerate(group)])
        card.add(rows)
        return card

    def _row(self, entry: QueueEntry, *, first: bool) -> Row:
        values = dict(entry.values)
        aside: list[QWidget] = []
        if entry.days_late:
            aside.append(Chip("clock-alert", lambda: tr("{n} d late", n=entry.days_late), Tone.LATE))
        aside.append(link(lambda: tr("Why?"), "info", act=lambda: self._explain(entry)))
        if entry.kind is QueueKind.MEETING:
            aside.append(self._prepare(entry))
        aside.append(self._button(entry, leads=first and entry.kind is QueueKind.MEETING))
        if entry.kind is QueueKind.MEETING:
            lead = str(values["time"])
            return Row(entry.name, lambda: tr("Meeting"), lead=lead, aside=aside)
        return Row(entry.name, lambda: tr(entry.text, **values), aside=aside)

    def _button(self, entry: QueueEntry, *, leads: bool) -> Button:
        """What to do about it, named with the person for a screen reader."""
        acts: dict[QueueKind, tuple[Say, Place]] = {
            QueueKind.REVIEW: (lambda: tr("Open the plan"), Place(page="plan", key=entry.about)),
            QueueKind.STEP: (lambda: tr("Open"), Place(page="client", key=entry.client, part="plan")),
            QueueKind.SIGNATURE: (lambda: tr("Sign"), Place(page="signing", key=entry.about)),
            QueueKind.CLARIFICATION: (lambda: tr("Open"), Place(page="case", key=entry.about)),
            QueueKind.CASE: (lambda: tr("Open"), Place(page="case", key=entry.about)),
            QueueKind.ASSESSMENT: (lambda: tr("Continue"), Place(page="runner", key=entry.about)),
            QueueKind.FOLLOW_UP: (
                lambda: tr("Write down"),
                Place(page="client", key=entry.client, part="follow-up"),
            ),
            QueueKind.RETENTION: (lambda: tr("Open"), Place(page="client", key=entry.client, part="rights")),
        }
        if entry.kind is QueueKind.MEETING:
            make = primary if leads else secondary
            button = make(lambda: tr("Start the meeting"), "play", act=lambda: self._start(entry.client))
        else:
            words, place = acts[entry.kind]
            button = secondary(words, act=lambda: self.go.emit(place))
        button.setAccessibleDescription(entry.name)
        return button

    def _prepare(self, entry: QueueEntry) -> Button:
        place = Place(page="brief", key=entry.client)
        button = secondary(lambda: tr("Prepare"), "list-checks", act=lambda: self.go.emit(place))
        button.setAccessibleDescription(entry.name)
        return button

    def _start(self, client: str) -> None:
        if perform(self, self.hub, lambda: meetings.start(self.session, client)) is not None:
            self.go.emit(Place(page="client", key=client))

    def _explain(self, entry: QueueEntry) -> None:
        rule = today.rule_of(self.session, entry)
        self.show_notice(lambda: rule_words(rule, entry.when), Tone.INFO)
