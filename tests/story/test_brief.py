"""Preparing for a meeting: one action, one screen, the rule on demand."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hand import Hand
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea
from sitting import Sitting

from valmentaja.definitions.text import LocalText
from valmentaja.domain.brief import LONGEST, MOST, MOST_DAYS, Group, Line, Where
from valmentaja.domain.plan import Responsible
from valmentaja.domain.queue import QueueKind
from valmentaja.ui.page import Place
from valmentaja.ui.pages.brief import BriefLine, BriefPage, sentence
from valmentaja.usecases import assessing, logs, meetings, overview, planning, today
from valmentaja.usecases.preferences import Preferences
from valmentaja.usecases.session import Session

TARGET = 1
"""product.md §5.1: actions to the brief."""
FULL = dict.fromkeys(Group, MOST) | {Group.DUE: MOST_DAYS}
LONG = "Otan yhteyttä terveysasemaan ja kysyn aikaa, koska lähete on jo kirjoitettu ja odottaa vastausta. "


class Desk(Sitting):
    """A hand that counts."""

    def __init__(self, session: Session, app: QApplication) -> None:
        super().__init__(app, session, language="fi")
        self.program.window.activateWindow()
        self.hand = Hand(app)
        self.rest()

    def button(self, words: str) -> QPushButton:
        return next(b for b in self.page.findChildren(QPushButton) if b.text() == words and b.isVisible())

    def left_to_scroll(self) -> tuple[int, int]:
        area = self.page.findChild(QScrollArea)
        assert area is not None
        return area.verticalScrollBar().maximum(), area.horizontalScrollBar().maximum()


@pytest.fixture
def desk(training_session: Session, qapp: QApplication) -> Iterator[Desk]:
    shown = Desk(training_session, qapp)
    yield shown
    qapp.removeEventFilter(shown.hand)
    shown.hand.deleteLater()
    shown.put_away()


def fill(session: Session) -> str:
    """A client with more of everything than the brief has room for."""
    client = next(e.client for e in today.queue(session) if e.kind is QueueKind.SIGNATURE)
    last = overview.overview(session, client).last_meeting
    assert last is not None
    meetings.keep_notes(session, last.id, notes="", agreed="\n".join([LONG * 4] * 9))
    frozen = overview.overview(session, client).plan
    assert frozen is not None
    made = planning.revise(session, frozen.id).made
    goal = planning.plan(session, made).goals[0].id
    for n in range(12):
        by = session.today() + timedelta(days=n - 40)
        planning.add_step(session, made, goal, what=f"{n} {LONG}", responsible=Responsible.COACH, by=by)
    planning.set_review(session, made, session.today() + timedelta(days=1))
    assert planning.missing(session, made) == ()
    planning.freeze(session, made)
    for step in planning.plan(session, made).steps[4:10]:
        planning.mark_done(session, made, step.id, session.today())
    begun = assessing.begin(session, client).made
    for item in assessing.runner(session, begun).order[:7]:
        assessing.answer(session, begun, item, 5)
    return client


@pytest.mark.parametrize("start", ["today", "client"])
def test_the_brief_is_one_action_away_and_fits_the_screen(
    desk: Desk, start: str, capsys: pytest.CaptureFixture[str]
) -> None:
    waiting = next(e for e in today.queue(desk.session) if e.kind is QueueKind.MEETING)
    desk.go(Place(page=start, key="" if start == "today" else waiting.client))
    desk.hand.actions = 0
    desk.hand.click(desk.button("Valmistele"))
    desk.rest()
    assert isinstance(desk.page, BriefPage)
    assert desk.page.place.key == waiting.client
    with capsys.disabled():
        sys.stdout.write(f"\nbrief from {start}: {desk.hand.actions} action (target {TARGET})\n")
    assert desk.hand.actions == TARGET
    assert desk.left_to_scroll() == (0, 0)


def test_one_key_prepares_for_the_first_meeting_today(desk: Desk) -> None:
    desk.go(Place(page="today"))
    desk.hand.actions = 0
    desk.hand.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    desk.rest()
    assert isinstance(desk.page, BriefPage)
    assert desk.hand.actions == TARGET


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_full_brief_still_fits_one_screen_and_reflows_at_double_text(desk: Desk, language: str) -> None:
    client = fill(desk.session)
    desk.program.apply(Preferences(language=language))
    page = desk.go(Place(page="brief", key=client))
    assert isinstance(page, BriefPage)
    assert {group: len(card.findChildren(BriefLine)) for group, card in page.cards.items()} == FULL
    assert desk.left_to_scroll() == (0, 0)
    _nothing_is_clipped(page)
    desk.program.apply(Preferences(language=language, text_size=200))
    desk.rest()
    assert desk.left_to_scroll()[0] > 0
    assert desk.left_to_scroll()[1] == 0
    _nothing_is_clipped(page)
    desk.program.apply(Preferences(language="fi"))


def test_a_long_question_of_an_own_instrument_is_shortened() -> None:
    asked = LocalText("Sana " * 60, "Ord " * 60, "Word " * 60)
    line = Line(text="“{words}”", rule="BRIEF-NEXT", where=Where(page="runner", key="a"), values=(("words", asked),))
    assert len(sentence(line)) <= 2 * LONGEST + 2


def _nothing_is_clipped(page: BriefPage) -> None:
    cut = [
        label.text()
        for label in page.findChildren(QLabel)
        if label.isVisible() and label.wordWrap() and label.height() < label.heightForWidth(label.width())
    ]
    assert cut == []


def test_each_card_says_its_rule_on_demand_by_keyboard(desk: Desk) -> None:
    client = next(e.client for e in today.queue(desk.session) if e.kind is QueueKind.SIGNATURE)
    page = desk.go(Place(page="brief", key=client))
    assert isinstance(page, BriefPage)
    change = page.cards[Group.CHANGE]
    assert not change.rule.isVisible()
    change.why.setFocus()
    desk.hand.press(Qt.Key.Key_Space)
    assert change.rule.isVisible()
    assert "ei ole validoitu" in change.rule.text()
    assert change.rule.text() == change.why.accessibleDescription() == change.why.toolTip()
    desk.hand.press(Qt.Key.Key_Space)
    assert not change.rule.isVisible()


def test_a_line_leads_to_what_it_tells_of(desk: Desk) -> None:
    begun = next(e for e in today.queue(desk.session) if e.kind is QueueKind.ASSESSMENT)
    page = desk.go(Place(page="brief", key=begun.client))
    assert isinstance(page, BriefPage)
    opener = page.cards[Group.NEXT].findChildren(QPushButton)[1]
    assert opener.accessibleName().startswith("Avaa: ")
    desk.hand.click(opener)
    desk.rest()
    main = desk.program.main
    assert main is not None
    assert (main.place.page, main.place.key) == ("runner", begun.about)


def test_a_look_at_the_brief_is_logged(desk: Desk) -> None:
    client = today.queue(desk.session)[0].client
    before = len(logs.entries(desk.session, client_id=client, limit=1000))
    desk.go(Place(page="brief", key=client))
    entries = logs.entries(desk.session, client_id=client, limit=1000)
    assert len(entries) == before + 1
    assert "open" in {entries[0].action, entries[-1].action}
