"""A plan is reviewed after three months: in the real window, by keys alone; then its next version, and what changed."""

from __future__ import annotations

import sys
from datetime import date, timedelta

import pytest
from desk import Desk
from hand import Hand
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from valmentaja.base.clock import FixedClock
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Plan, Responsible
from valmentaja.domain.review import Verdict
from valmentaja.ui.client.plan import PlanTab
from valmentaja.ui.page import Page, Place
from valmentaja.ui.pages.client import ClientPage
from valmentaja.ui.pages.plan import PlanPage
from valmentaja.ui.pages.review import ReviewPage
from valmentaja.ui.widgets.rows import Point
from valmentaja.usecases import logs, meetings, planning, reviewing

KEY = Qt.Key
PLAN = {
    "Saan aamut kuntoon": ("Herään 7.30 arkisin", "Käyn lääkärissä"),
    "Pääsen puutöihin": ("Aloitan verstaalla", "Teen ansioluettelon"),
    "Maksan velkani": ("Soitan velkaneuvontaan",),
}
TARGETS = {"all as before": 2, "one done, one moved, one dropped": 20, "what changed": 1}
"""Two keys when nothing changes; else a key for each field passed, each verdict chosen, and one to save."""


@pytest.fixture
def hand(desk: Desk) -> Hand:
    return Hand(desk.app)


@pytest.fixture
def plan(desk: Desk, clock: FixedClock) -> Plan:
    """Three goals and five steps, agreed three months ago."""
    session = desk.session
    made = planning.draft(session, desk.client, PlanKind.VALMENNUS).made
    meetings.end(session, int(meetings.start(session, desk.client).made), minutes=60)
    for words, steps in PLAN.items():
        goal = planning.add_goal(session, made, words=words).made
        for what in steps:
            planning.add_step(session, made, goal, what=what, responsible=Responsible.CLIENT, by=date(2027, 2, 28))
    planning.freeze(session, made)
    clock.moment += timedelta(days=92)
    return planning.plan(session, made)


def told(flow: str, hand: Hand) -> None:
    """The count beside its target, which may not be missed."""
    sys.stdout.write(f"{flow:<40} {hand.actions:>3} actions   target ≤ {TARGETS[flow]}\n")
    assert hand.actions <= TARGETS[flow]


def press(desk: Desk, hand: Hand, words: str) -> None:
    """A button of the page, by key."""
    button = next(b for b in desk.page.findChildren(QPushButton) if b.text() == words and b.isVisible())
    button.setFocus(Qt.FocusReason.TabFocusReason)
    hand.press(KEY.Key_Space)
    desk.rest()


def seen(page: Page) -> list[str]:
    labels = (label for point in page.findChildren(Point) for label in point.findChildren(QLabel))
    return [label.text() for label in labels if label.text()]


def test_all_as_before_takes_two_keys(desk: Desk, hand: Hand, plan: Plan) -> None:
    desk.show(Place(page="plan", key=plan.id))
    hand.actions = 0
    press(desk, hand, "Review together")
    assert isinstance(desk.page, ReviewPage)
    hand.press(KEY.Key_Space)
    desk.rest()
    told("all as before", hand)
    assert isinstance(desk.page, PlanPage)
    assert desk.page.plan.id == plan.id
    (kept,) = reviewing.reviews_of(desk.session, plan.id)
    assert {line.verdict for line in kept.lines} == {Verdict.KEPT}
    assert [p.id for p in planning.plans_of(desk.session, desk.client)] == [plan.id]
    assert "Everything goes on as before." in [label.text() for label in desk.page.findChildren(QLabel)]


def test_a_review_with_one_step_moved_and_one_dropped_makes_the_next_version(
    desk: Desk, hand: Hand, plan: Plan
) -> None:
    desk.show(Place(page="plan", key=plan.id))
    hand.actions = 0
    press(desk, hand, "Review together")
    review_by_keys(desk, hand)
    told("one done, one moved, one dropped", hand)
    new = desk.page
    assert isinstance(new, PlanPage)
    assert (new.plan.version, new.plan.follows, new.plan.is_frozen) == (2, plan.id, False)
    assert [(s.what, s.by) for s in new.plan.steps] == [
        ("Aloitan verstaalla", date(2027, 5, 31)),
        ("Teen ansioluettelon", date(2027, 2, 28)),
        ("Soitan velkaneuvontaan", date(2027, 2, 28)),
    ]
    assert planning.plan(desk.session, plan.id).steps[0].done == date(2027, 1, 10)
    (kept,) = reviewing.reviews_of(desk.session, plan.id)
    assert (kept.on, kept.words) == (desk.session.today(), "Aamut sujuvat jo.")

    hand.actions = 0
    press(desk, hand, "What changed")
    told("what changed", hand)
    assert desk.page.title.text() == "What changed"
    assert seen(desk.page) == [
        "Goal as before: “Saan aamut kuntoon”.",
        "Step done 10 Jan 2027: “Herään 7.30 arkisin”.",
        "Step left out: “Käyn lääkärissä”. Why: Uni on parempi.",
        "Goal as before: “Pääsen puutöihin”.",
        "Changed step: “Aloitan verstaalla”. Day: before 28 Feb 2027, now 31 May 2027. Why: Verstas on kiinni.",
        "Day of the next review: before 24 Feb 2027, now 24 May 2027.",
    ]
    assert logs.first_break(desk.session) is None


def review_by_keys(desk: Desk, hand: Hand) -> None:
    """From the button that has the focus: one step done, one left out, one moved, and what was said."""
    page = desk.page
    assert isinstance(page, ReviewPage)
    steps = list(page.steps.values())
    tab(hand, 2)
    assert desk.app.focusWidget() is steps[0].choice
    choose(hand, "D", "10.1.2027")
    tab(hand, 1)
    choose(hand, "I", "Uni on parempi.")
    tab(hand, 2)
    choose(hand, "M", "31.5.2027", "Verstas on kiinni")
    tab(hand, 4)
    assert desk.app.focusWidget() is page.words
    hand.type("Aamut sujuvat jo.")
    tab(hand, 2)
    assert desk.app.focusWidget() is page.save_button
    hand.press(KEY.Key_Space)
    desk.rest()


def tab(hand: Hand, times: int) -> None:
    for _ in range(times):
        hand.press(KEY.Key_Tab)


def choose(hand: Hand, letter: str, *fields: str) -> None:
    """A verdict by its first letter, then what it asks for."""
    hand.press(letter)
    for text in fields:
        hand.press(KEY.Key_Tab)
        hand.type(text)


def test_a_review_that_cannot_stand_is_refused_and_what_was_said_stays(desk: Desk, hand: Hand, plan: Plan) -> None:
    page = desk.show(Place(page="review", key=plan.id))
    assert isinstance(page, ReviewPage)
    form = next(iter(page.steps.values()))
    form.choose(Verdict.MOVED)
    form.day.setFocus()
    hand.type("31.2.2027")
    page.save()
    assert page.message.text == "“31.2.2027” is not a day. Write it like 24.11.2026."
    form.day.set_value(desk.session.today())
    page.save()
    assert page.message.text == "The new day of “Herään 7.30 arkisin” must be after the day of the review."
    assert (desk.page, form.verdict) == (page, Verdict.MOVED)
    assert reviewing.reviews_of(desk.session, plan.id) == ()


def test_a_goal_that_ends_asks_of_its_steps_only_what_can_be_said(desk: Desk, plan: Plan) -> None:
    page = desk.show(Place(page="review", key=plan.id))
    assert isinstance(page, ReviewPage)
    goal, step = page.goals[plan.goals[2].id], page.steps[plan.steps[4].id]
    step.choose(Verdict.MOVED)
    goal.choose(Verdict.DROPPED)
    goal.why.setText("Velat on järjestelty")
    assert [step.choice.itemData(n) for n in range(step.choice.count())] == [Verdict.DROPPED, Verdict.DONE]
    goal.choose(Verdict.KEPT)
    assert step.verdict is Verdict.MOVED
    goal.choose(Verdict.DROPPED)
    page.save()
    (kept,) = reviewing.reviews_of(desk.session, plan.id)
    said = kept.of(step.about)
    assert said is not None
    assert (said.verdict, said.why) == (Verdict.DROPPED, "Velat on järjestelty")


def test_what_is_being_said_comes_back_after_locking(desk: Desk, plan: Plan) -> None:
    page = desk.show(Place(page="review", key=plan.id))
    assert isinstance(page, ReviewPage)
    form = page.steps[plan.steps[2].id]
    form.choose(Verdict.MOVED)
    form.why.setText("Verstas on kiinni")
    form.why.setModified(True)
    desk.program.lock()
    again = desk.unlock()
    assert isinstance(again, ReviewPage)
    form = again.steps[plan.steps[2].id]
    assert (form.verdict, form.why.text()) == (Verdict.MOVED, "Verstas on kiinni")


def test_the_file_as_of_a_day_and_the_path_stand_on_the_plan_tab(desk: Desk, hand: Hand, plan: Plan) -> None:
    planning.mark_done(desk.session, plan.id, plan.steps[0].id, date(2027, 1, 10))
    page = desk.show(Place(page="client", key=desk.client, part="plan"))
    assert isinstance(page, ClientPage)
    shown = page.tabs.currentWidget()
    assert isinstance(shown, PlanTab)
    assert shown.path.view.picture is not None
    assert shown.path.view.picture.notes == ("Since 24 Nov 2026 there has been no service or meeting: 92 days.",)
    shown.on_day.day.setFocus()
    hand.type("9.1.2027")
    hand.press(KEY.Key_Return)
    before = [label.text() for label in shown.on_day.shown.findChildren(QLabel)]
    assert "Coaching plan, version 1, agreed 24 Nov 2026" in before
    assert before.count("Open. Agreed for 28 Feb 2027.") == 5
    shown.on_day.day.set_value(date(2027, 1, 10))
    hand.press(KEY.Key_Return)
    desk.rest()
    after = [label.text() for label in shown.on_day.shown.findChildren(QLabel)]
    assert (
        after.count("Open. Agreed for 28 Feb 2027."),
        "Done 10 Jan 2027. Written down later, 24 Feb 2027." in after,
    ) == (4, True)
