"""A plan with three goals and five steps is built from findings with real keys and clicks, then signed four ways."""

from __future__ import annotations

import sys
from datetime import date
from itertools import cycle

import pytest
from desk import Desk
from hand import Hand
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Decision, Plan, Responsible, SignatureState
from valmentaja.ui.page import Place
from valmentaja.ui.pages.plan import PlanPage
from valmentaja.ui.pages.runner import RunnerPage
from valmentaja.ui.pages.signing import SigningPage
from valmentaja.usecases import assessing, meetings, papers, planning, signing

KEY = Qt.Key
PLAN = {
    "Saan aamut kuntoon": ("Herään 7.30 arkisin", "Käyn lääkärissä"),
    "Pääsen puutöihin": ("Aloitan verstaalla", "Teen ansioluettelon"),
    "Maksan velkani": ("Soitan velkaneuvontaan",),
}
GOAL, STEP, SIGN = 1, 3, 4
"""Actions beside typing: product.md §5.1."""


@pytest.fixture
def hand(desk: Desk) -> Hand:
    return Hand(desk.app)


@pytest.fixture
def page(desk: Desk) -> PlanPage:
    """A draft of a client whose assessment is closed."""
    session = desk.session
    running = int(meetings.start(session, desk.client).made)
    begun, values = assessing.begin(session, desk.client).made, cycle((2, 3, 4, 6, 7))
    for item in assessing.runner(session, begun).order:
        assessing.answer(session, begun, item, next(values))
    assessing.close(session, begun)
    meetings.end(session, running, minutes=60)
    shown = desk.show(Place(page="plan", key=planning.draft(session, desk.client, PlanKind.VALMENNUS).made))
    assert isinstance(shown, PlanPage)
    desk.program.window.activateWindow()
    desk.rest()
    return shown


def button(page: QWidget, words: str, place: int = 0) -> QPushButton:
    return [b for b in page.findChildren(QPushButton) if b.text() == words and b.isVisible()][place]


def take(hand: Hand) -> int:
    taken, hand.actions = hand.actions, 0
    return taken


def build(desk: Desk, hand: Hand, page: PlanPage) -> None:
    """Each goal from a finding; each step typed, its day typed, and what the client says chosen."""
    take(hand)
    for words, steps in PLAN.items():
        free = sum(goal.goal.evidence is not None for goal in page.goals)
        hand.click(button(page, "Goal from this", free))
        hand.type(words)
        goal = take(hand)
        assert goal <= GOAL, words
        for what in steps:
            hand.click(page.goals[-1].add_step)
            hand.type(what)
            hand.press(KEY.Key_Tab)
            hand.press(KEY.Key_Tab)
            hand.type("31.1.2027")
            step = take(hand)
            sys.stdout.write(f"{what:<24} {step} actions, target ≤ {STEP}\n")
            assert step <= STEP, what
        sys.stdout.write(f"{words:<24} {goal} actions, target ≤ {GOAL}\n")
    desk.rest()


def freeze(desk: Desk, hand: Hand, page: PlanPage) -> Plan:
    hand.click(page.freeze_button)
    hand.press(KEY.Key_Space)
    hand.until(lambda: page.plan.is_frozen)
    return planning.plan(desk.session, page.plan.id)


def test_three_goals_and_five_steps_are_built_within_the_targets(desk: Desk, hand: Hand, page: PlanPage) -> None:
    build(desk, hand, page)
    row = page.goals[0].rows[1]
    row.decision.setFocus(Qt.FocusReason.TabFocusReason)
    hand.press(KEY.Key_L)
    desk.rest()
    plan = freeze(desk, hand, page)
    assert [goal.words for goal in plan.goals] == list(PLAN)
    assert [step.what for step in plan.steps] == [what for steps in PLAN.values() for what in steps]
    assert {(step.responsible, step.by) for step in plan.steps} == {(Responsible.CLIENT, date(2027, 1, 31))}
    assert plan.steps[1].decision is Decision.LATER
    assert len({goal.evidence.domain for goal in plan.goals if goal.evidence is not None}) == len(PLAN)


def test_a_goal_opens_the_answer_it_came_from(desk: Desk, hand: Hand, page: PlanPage) -> None:
    hand.click(button(page, "Goal from this"))
    hand.type("Aamut")
    page.leave()
    desk.rest()
    goal = planning.plan(desk.session, page.plan.id).goals[0]
    based = next(b for b in page.goals[0].findChildren(QPushButton) if b.text().startswith("Based on: "))
    hand.click(based)
    desk.rest()
    assert goal.evidence is not None
    assert isinstance(desk.page, RunnerPage)
    assert (desk.page.place.key, desk.page.item) == (goal.evidence.assessment, goal.evidence.item)


def test_a_need_without_a_goal_is_pointed_out_and_not_asked_for(desk: Desk, hand: Hand, page: PlanPage) -> None:
    needing = [f for f in planning.findings(desk.session, desk.client, page.plan.id) if f.band.name == "SUPPORT"]
    assert needing
    assert needing[0].domain.name.en in page.without.text()
    hand.click(button(page, "Goal from this"))
    hand.type("Aamut")
    desk.rest()
    assert needing[0].domain.name.en not in page.without.text()
    assert not any(needing[0].domain.id in m.place for m in planning.missing(desk.session, page.plan.id))


WAYS = {
    SignatureState.INK: "Signed by hand on",
    SignatureState.TYPED: "Signed by typing the name on",
    SignatureState.PAPER: "Signed on a paper copy on",
    SignatureState.REFUSED: "Did not sign. Reason: En halua nyt",
}


@pytest.mark.parametrize("way", WAYS)
def test_signed_four_ways(desk: Desk, hand: Hand, page: PlanPage, way: SignatureState) -> None:
    goal = planning.add_goal(desk.session, page.plan.id, words="Aamut").made
    planning.add_step(
        desk.session, page.plan.id, goal, what="Herään", responsible=Responsible.CLIENT, by=date(2027, 1, 31)
    )
    planning.freeze(desk.session, page.plan.id)
    shown = desk.show(Place(page="signing", key=page.plan.id))
    assert isinstance(shown, SigningPage)
    hand.until(lambda: shown.viewer.page_count)
    take(hand)
    sign(hand, shown, way)
    hand.click(shown.button)
    hand.until(shown.export.isVisible)
    hand.until(lambda: shown.message.text)
    hand.press(KEY.Key_Space)
    desk.rest()
    taken = take(hand)
    sys.stdout.write(f"{way:<8} signed and handed over: {taken} actions, target ≤ {SIGN}\n")
    assert taken <= SIGN
    client = next(p for p in signing.parties(desk.session, page.plan.id) if p.party.id == signing.CLIENT)
    assert client.state is way
    assert (planning.plan(desk.session, page.plan.id).signed is None) == (way is SignatureState.REFUSED)
    (document,) = papers.documents(desk.session, desk.client)
    assert WAYS[way] in _read(papers.pages(desk.session, document.id))


def sign(hand: Hand, page: SigningPage, way: SignatureState) -> None:
    """The pen is what is offered first."""
    if way is SignatureState.INK:
        hand.draw(page.ink)
        return
    hand.click(page.ways[way])
    editor = {SignatureState.TYPED: page.name, SignatureState.REFUSED: page.reason}.get(way)
    if editor is not None:
        hand.click(editor)
        hand.type("Aino Kanarialintu" if way is SignatureState.TYPED else "En halua nyt")


def _read(pdf: bytes) -> str:
    from pypdfium2 import PdfDocument

    return " ".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf)).replace("\r\n", " ")
