"""With the keyboard alone: from today's queue to a former client's follow-up, written down, undone, written anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from conftest import NOW
from handed import Handed
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from valmentaja.base.clock import FixedClock
from valmentaja.domain.client import ClientId
from valmentaja.domain.codes import ExitReason, LabourStatus, MeetingMode
from valmentaja.domain.queue import QueueKind
from valmentaja.store import clients
from valmentaja.ui.client.overview import OverviewTab
from valmentaja.ui.pages.client import ClientPage
from valmentaja.usecases import caseload, following_up, today
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session

KEY = Qt.Key


class Desk(Handed):
    @property
    def overview(self) -> OverviewTab:
        assert isinstance(self.page, ClientPage)
        tab = self.page.tabs.parts[0]
        assert isinstance(tab, OverviewTab)
        return tab


@pytest.fixture
def client(session: Session, clock: FixedClock) -> ClientId:
    """Left on 20.12.2026; now it is 24.2.2027, three months from the intake."""
    made = caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi")).made
    clock.moment = NOW + timedelta(days=26)
    caseload.end_work(session, made, on=session.today(), reason=ExitReason.TYO)
    clock.moment = NOW + timedelta(days=92)
    return made


@pytest.fixture
def desk(session: Session, client: ClientId, qapp: QApplication) -> Iterator[Desk]:
    assert [e.client for e in today.queue(session)] == [client]
    shown = Desk(session, qapp)
    yield shown
    shown.put_away()


def write_down(desk: Desk, outcome: int) -> None:
    """The focus is on what came of it; so many lines down."""
    for _ in range(outcome):
        desk.hand.press(KEY.Key_Down)
    desk.tab_to("Note")
    desk.hand.type("Soitin työpaikalle")
    desk.press_button("Write down the follow-up")


def test_a_follow_up_is_written_down_from_the_queue_and_can_be_undone(desk: Desk, client: ClientId) -> None:
    assert "Follow-up at 3 months, 31 days left" in desk.texts()
    desk.press_button("Write down")
    card = desk.overview.follow_up
    assert desk.app.focusWidget() is card.outcome
    assert "Can be asked until 27 Mar 2027." in desk.texts()
    write_down(desk, outcome=3)
    assert [f.status for f in clients.follow_ups(desk.session.store, client)] == [LabourStatus.AVOIN_TYO]
    assert "Work on the open market, 24 Feb 2027" in desk.texts()
    assert "Phone · Soitin työpaikalle" in desk.texts()
    main = desk.program.main
    assert main is not None
    assert main.toast.isVisible()
    assert "Counts for 3 months from the intake." in shown_in(main.toast)
    desk.press_button("Undo")
    assert clients.follow_ups(desk.session.store, client) == ()
    assert following_up.of_client(desk.session, client).contacts == ()
    assert "Can be asked until 27 Mar 2027." in desk.texts()


def shown_in(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_before_it_is_written_down_the_card_says_what_a_day_counts_for(desk: Desk, client: ClientId) -> None:
    desk.press_button("Write down")
    card = desk.overview.follow_up
    assert "Counts for 3 months from the intake." in desk.texts()
    first = following_up.of_client(desk.session, client).scheduled[0]

    def told_of(on: date) -> str:
        card.day.setText(f"{on.day}.{on.month}.{on.year}")
        return card.counts.text()

    assert told_of(first.opens) == "Counts for 3 months from the intake."
    before = first.opens - timedelta(days=1)
    assert told_of(before).endswith("is not near any day of asking: it counts for none of them.")
    following_up.record(desk.session, client, outcome=LabourStatus.TYOTON, on=first.on - timedelta(days=2))
    card.reload(is_here=True)
    assert told_of(first.opens).startswith("What was learnt ")
    assert told_of(first.on) == "Counts for 3 months from the intake."


def test_a_call_that_reached_nobody_stays_in_the_queue_and_a_no_ends_it(desk: Desk, client: ClientId) -> None:
    desk.press_button("Write down")
    write_down(desk, outcome=7)
    assert "Not reached: 24 Feb 2027." in desk.texts()
    desk.hand.press(KEY.Key_1, Qt.KeyboardModifier.ControlModifier)
    desk.rest()
    assert "Follow-up at 3 months, 31 days left, tried: 1" in desk.texts()
    desk.press_button("Write down")
    write_down(desk, outcome=8)
    card = desk.overview.follow_up
    assert not card.asking.isVisible()
    assert "The client said 24 Feb 2027 that they do not want to be asked." in desk.texts()
    assert [e for e in today.queue(desk.session) if e.kind is QueueKind.FOLLOW_UP] == []
    desk.press_button("May be asked after all")
    assert card.asking.isVisible()
    assert [c.meeting.mode for c in following_up.of_client(desk.session, client).contacts] == [MeetingMode.PUHELIN] * 2


def test_what_is_taken_back_is_offered_back(desk: Desk, client: ClientId) -> None:
    desk.press_button("Write down")
    desk.tab_to("Note")
    desk.hand.press(KEY.Key_Tab)
    desk.hand.press(KEY.Key_Space)
    desk.tab_to("What was learnt")
    write_down(desk, outcome=3)
    (before,) = following_up.of_client(desk.session, client).contacts
    assert (before.status, before.refused) == (LabourStatus.AVOIN_TYO, True)
    desk.press_button("Take back")
    assert following_up.of_client(desk.session, client).contacts == ()
    desk.press_button("Undo")
    (after,) = following_up.of_client(desk.session, client).contacts
    assert (after.status, after.refused) == (before.status, True)
    assert "Work on the open market, Does not want to be asked" in desk.texts()


def test_what_came_of_it_has_to_be_chosen(desk: Desk, client: ClientId) -> None:
    desk.press_button("Write down")
    write_down(desk, outcome=0)
    assert desk.page.message.text == "Choose what came of it."
    assert following_up.of_client(desk.session, client).contacts == ()
