"""Every page of the window: names for screen readers, room at 200 % text, another language at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from sitting import Sitting
from tokens import key_file

from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import SignatureState
from valmentaja.domain.queue import QueueKind
from valmentaja.ui.client.facts import FactsCard
from valmentaja.ui.page import Page, Place
from valmentaja.ui.pages.client import ClientPage
from valmentaja.ui.pages.clients import ClientsPage
from valmentaja.ui.pages.new_client import NewClientPage
from valmentaja.ui.pages.plan import PlanPage
from valmentaja.ui.pages.runner import RunnerPage
from valmentaja.ui.pages.signing import SigningPage
from valmentaja.usecases import assessing, caseload, papers, planning, summary, today
from valmentaja.usecases.preferences import Preferences
from valmentaja.usecases.session import Session

TABS = ("overview", "assessment", "plan", "services", "ura", "documents", "log", "rights")
PLACES = (
    "today",
    "clients",
    "new-client",
    "moving",
    "outbox",
    *TABS,
    "runner",
    "plan",
    "frozen",
    "review",
    "difference",
    "signing",
    "month",
    "month-preview",
    "month-write",
    "settings",
    "rules",
    "backups",
    "locking",
    "keys",
    "handover",
    "instruments",
    "vault-log",
    "retention",
    "case",
    "change",
    "reports",
    "own",
    "follow-up",
    "brief",
    "summary",
    "summary-open",
    "paper",
    "paper-second",
)


class Window(Sitting):
    """The program on the training vault, and where each page is found in it."""

    def __init__(self, session: Session, app: QApplication) -> None:
        super().__init__(app, session)
        waiting = {entry.kind: entry for entry in today.queue(session)}
        agreed, begun = waiting[QueueKind.SIGNATURE], waiting[QueueKind.ASSESSMENT]
        draft = planning.draft(session, agreed.client, PlanKind.MONIALAINEN).made
        self.places = {
            name: Place(page=name)
            for name in ("today", "clients", "new-client", "moving", "outbox", "month", "reports", "own", "settings")
        }
        self.places |= {tab: Place(page="client", key=agreed.client, part=tab) for tab in TABS}
        self.places |= {
            "follow-up": Place(page="client", key=waiting[QueueKind.FOLLOW_UP].client, part="follow-up"),
            "retention": Place(page="settings", part="retention"),
            "month-preview": Place(page="month", part="preview"),
            "month-write": Place(page="month", part="write"),
            "brief": Place(page="brief", key=begun.client),
            "summary": Place(page="summary", key=summary.latest(session, agreed.client) or ""),
            "summary-open": Place(page="summary", key=begun.about),
            "case": Place(page="case", key=waiting[QueueKind.CLARIFICATION].about),
            "runner": Place(page="runner", key=begun.about),
            "change": Place(page="change", key=agreed.client),
            "plan": Place(page="plan", key=draft),
            "frozen": Place(page="plan", key=agreed.about),
            "review": Place(page="review", key=agreed.about),
            "difference": Place(page="difference", key=planning.revise(session, agreed.about).made),
            "paper": Place(page="paper", key=begun.about),
            "paper-second": Place(page="paper", key=begun.about, part="second"),
            "vault-log": Place(page="settings", part="log"),
            "signing": Place(page="signing", key=agreed.about),
            "backups": Place(page="settings", part="backups"),
            "locking": Place(page="settings", part="lock"),
            "keys": Place(page="settings", part="keys"),
            "handover": Place(page="settings", part="handover"),
            "instruments": Place(page="settings", part="instruments"),
            "rules": Place(page="settings", part="rules"),
        }

    def show(self, name: str) -> Page:
        return self.go(self.places[name])


@pytest.fixture
def window(training_session: Session, qapp: QApplication) -> Iterator[Window]:
    shown = Window(training_session, qapp)
    yield shown
    shown.put_away()


def test_another_language_is_there_at_once(window: Window) -> None:
    page = window.show("settings")
    window.program.apply(Preferences(language="sv"))
    window.rest()
    assert page.title.text() == "Inställningar"
    window.program.apply(Preferences(language="fi"))
    window.rest()
    assert page.title.text() == "Asetukset"
    assert {"Kieli", "Värit", "Tekstin koko"} <= {label.text() for label in page.findChildren(QLabel)}
    window.program.apply(Preferences(language="en"))


def told(page: Page) -> list[str]:
    """What is read on the page or heard of its parts."""
    shown = [part for part in page.findChildren(QWidget) if part.isVisibleTo(page)]
    read = [part.text() for part in shown if isinstance(part, QLabel | QAbstractButton)]
    return sorted(filter(None, [*read, *(part.accessibleName() for part in shown)]))


# Looking at the log is an entry in it.
@pytest.mark.parametrize("place", [place for place in PLACES if place != "log"])
def test_a_page_in_another_language_is_as_if_opened_in_it(window: Window, place: str) -> None:
    page = window.show(place)
    window.program.apply(Preferences(language="sv"))
    window.rest()
    changed = told(page)
    window.show("today")
    page = window.show(place)
    window.rest()
    assert changed == told(page)


def test_search_narrows_the_list_and_enter_opens(window: Window) -> None:
    page = window.show("clients")
    assert isinstance(page, ClientsPage)
    QAbstractItemModelTester(page.table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    page.search.setText("öljy")
    found = [page.table.rows.record(n).family_name for n in range(page.table.rows.rowCount())]
    assert found
    assert all("Öljy" in name for name in found)
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    main = window.program.main
    assert main is not None
    assert main.place.page == "client"


def test_the_same_person_is_not_taken_on_unseen(window: Window) -> None:
    page = window.show("new-client")
    assert isinstance(page, NewClientPage)
    known = caseload.client_rows(window.session)[0]
    before = len(caseload.client_rows(window.session))
    page.family_name.setText(known.family_name)
    page.given_names.setText(known.given_names)
    QTest.keyClick(page.given_names, Qt.Key.Key_Return)
    assert page.alike.isVisible()
    assert len(caseload.client_rows(window.session)) == before
    page.hetu.setText("131052-308T x")
    QTest.keyClick(page.hetu, Qt.Key.Key_Return)
    assert page.fields["hetu"].error
    assert len(caseload.client_rows(window.session)) == before


def test_each_key_of_the_runner_stores_before_the_next_question(window: Window) -> None:
    page = window.show("runner")
    assert isinstance(page, RunnerPage)
    keys = {"0": "0", "7": "7", "T": "10", "N": "EI_KYSYTTY", "X": "EI_HALUA", "E": "EI_KOSKE"}
    for key, value in keys.items():
        item = page.item
        QTest.keyClick(page, key)
        held = assessing.runner(window.session, window.places["runner"].key).values
        assert str(held[item].value) == value
        assert page.item != item
    item = page.item
    QTest.keyClick(page, Qt.Key.Key_Left)
    QTest.keyClick(page, Qt.Key.Key_Right)
    assert page.item == item


def test_a_link_of_what_is_missing_leads_to_its_field(window: Window) -> None:
    page = window.show("plan")
    assert isinstance(page, PlanPage)
    for lacking in planning.missing(window.session, page.plan.id):
        page.go_to(lacking.place)
        target = page.places.get(lacking.place, page.own_goal)
        assert window.app.focusWidget() is target or not target.isVisible()


def test_a_removed_goal_comes_back_with_its_steps(window: Window) -> None:
    page = window.show("plan")
    assert isinstance(page, PlanPage)
    goal = planning.add_goal(window.session, page.plan.id, words="Aamut").made
    planning.add_step(window.session, page.plan.id, goal, what="Herään")
    page.refresh()
    offered = []
    page.undo_offered.connect(lambda _text, back: offered.append(back))
    page.goals[0]._remove()
    assert planning.plan(window.session, page.plan.id).goals == ()
    offered[0]()
    held = planning.plan(window.session, page.plan.id)
    assert [g.words for g in held.goals] == ["Aamut"]
    assert [s.what for s in held.steps] == ["Herään"]


def test_a_frozen_plan_has_nothing_to_edit(window: Window) -> None:
    page = window.show("frozen")
    editors = [e for e in page.findChildren(QWidget) if isinstance(e, QLineEdit | QPlainTextEdit) and e.isVisible()]
    assert editors == []


def test_empty_ink_is_refused_and_a_refusal_needs_its_reason(window: Window) -> None:
    page = window.show("signing")
    assert isinstance(page, SigningPage)
    page.seal()
    assert page.message.text.startswith("The signature is empty.")
    refuses = next(button for state, button in page.ways.items() if state == "REFUSED")
    refuses.setChecked(True)
    page.seal()
    assert page.reason_field.error
    assert papers.documents(window.session, page.plan.client) == ()


def test_a_wrong_passphrase_seals_nothing_and_does_not_stay_on_the_screen(window: Window, tmp_path: Path) -> None:
    page = window.show("signing")
    assert isinstance(page, SigningPage)
    (tmp_path / "seal.p12").write_bytes(b"no key")
    page.ways[SignatureState.PAPER].setChecked(True)
    page.key.kind.set_value("file")
    page.key.file.setText(str(tmp_path / "seal.p12"))
    page.key.passphrase.setText("kesäyö 8")
    page.seal()
    window.rest()
    assert "does not open this key file" in page.message.text
    assert page.key.passphrase.text() == ""
    assert papers.documents(window.session, page.plan.client) == ()


def test_the_next_party_signs_and_the_page_says_what_may_be_believed(window: Window, tmp_path: Path) -> None:
    page = window.show("signing")
    assert isinstance(page, SigningPage)
    assert page.next.isHidden()
    page.ways[SignatureState.TYPED].setChecked(True)
    page.seal()
    assert page.message.text.startswith("The name is empty.")
    page.name.setText("Aava-Testi Mallila")
    page.seal()
    window.rest()
    assert shown_words(page.beliefs).count("The signature is intact.") == 1
    assert "ordinary electronic signature" in shown_words(page.beliefs)
    (tmp_path / "own.p12").write_bytes(key_file("Olli Esimerkki", "kesäyö 7", window.session.clock.now()))
    page.next.key.file.setText(str(tmp_path / "own.p12"))
    page.next.key.passphrase.setText("kesäyö 7")
    page.next.sign()
    window.rest()
    assert page.message.text == "Signed by Olli Esimerkki and stored as a new document."
    assert shown_words(page.beliefs).count("The signature is intact.") == 2
    assert "Only signatures or form entries were added after signing." in shown_words(page.beliefs)
    (tmp_path / "back.pdf").write_bytes(b"hello")
    page.next.take_in(tmp_path / "back.pdf")
    window.rest()
    assert page.message.text.startswith("This is not a PDF.")


def shown_words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_a_contact_detail_is_stored_and_a_wrong_code_is_not(window: Window) -> None:
    page = window.show("overview")
    assert isinstance(page, ClientPage)
    client = window.places["overview"].key
    lines = page.findChild(FactsCard).lines
    lines["phone"].setText("000 111")
    lines["phone"].settle()
    assert caseload.client(window.session, client).phone == "000 111"
    before = caseload.client(window.session, client)
    lines["hetu"].setText("010190-999X")
    lines["hetu"].settle()
    assert page.message.text
    assert caseload.client(window.session, client) == before


def test_a_tab_is_as_high_as_itself_and_not_as_the_highest(window: Window) -> None:
    heights, client = {}, window.places["overview"].key
    for tab in TABS:
        page = window.go(Place(page="client", key=client, part=tab))
        assert isinstance(page, ClientPage)
        heights[tab] = page.tabs.heightForWidth(page.tabs.width()), page.tabs.minimumSizeHint().height()
    assert all(max(heights["documents"]) < high for high, _least in (heights["overview"], heights["plan"]))
    # The least height is what the page scrolls over: more of it would be empty room below the last card.
    assert all(least <= high for high, least in heights.values())
