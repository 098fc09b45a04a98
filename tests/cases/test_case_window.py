"""A case through the real window with the keyboard alone: opened, planned, ordered, received, written, ended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hand import Hand
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from sitting import Sitting

from valmentaja.domain.case import CaseKind, Ending, Part
from valmentaja.domain.codes import PlanKind
from valmentaja.store import handovers
from valmentaja.ui.client.cases import CasesCard
from valmentaja.ui.page import Place
from valmentaja.ui.pages.case import CasePage
from valmentaja.ui.pages.clients import ClientsPage
from valmentaja.ui.pages.plan import PlanPage
from valmentaja.usecases import assessing, case_parts, caseload, cases, drafts, erasing, finding, meetings
from valmentaja.usecases.preferences import Preferences
from valmentaja.usecases.session import Session

KEY = Qt.Key


class Typist(Sitting):
    """A hand that has no mouse."""

    def __init__(self, session: Session, app: QApplication) -> None:
        super().__init__(app, session)
        self.hand = Hand(app)

    @property
    def case(self) -> CasePage:
        page = self.page
        assert isinstance(page, CasePage)
        return page

    def tab_to(self, widget: QWidget) -> None:
        """Forwards with Tab alone; a page where that does not arrive cannot be used without a mouse."""
        for _ in range(200):
            if self.app.focusWidget() is widget:
                return
            self.hand.press(KEY.Key_Tab)
        raise AssertionError(widget.accessibleName())

    def write(self, widget: QWidget, text: str) -> None:
        self.tab_to(widget)
        self.hand.type(text)

    def press(self, words: str) -> None:
        button = next(b for b in self.page.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(self.page))
        self.tab_to(button)
        self.hand.press(KEY.Key_Space)
        self.rest()


@pytest.fixture
def sitting(session: Session, qapp: QApplication) -> Iterator[Typist]:
    shown = Typist(session, qapp)
    yield shown
    shown.put_away()


@pytest.fixture
def client(session: Session) -> str:
    new = caseload.NewClient(family_name="Ahonen", given_names="Aapo")
    return caseload.take_on(session, new, despite_duplicates=True).made


def open_a_case(sitting: Typist, client: str) -> CasePage:
    sitting.go(Place(page="client", key=client, part="assessment"))
    card = sitting.page.findChildren(CasesCard)[0]
    sitting.write(card.question, "Mikä auttaa työhön?")
    sitting.press("Begin an assessment case")
    return sitting.case


def test_a_case_from_its_question_to_its_end_with_the_keyboard_alone(sitting: Typist, client: str) -> None:
    page = open_a_case(sitting, client)
    case = page.place.key
    for purpose, day, time in (("Alkukeskustelu", "24.11.", ""), ("Yhteenveto", "1.12.2026", "9.30")):
        sitting.write(page.meetings.purpose, purpose)
        sitting.write(page.meetings.day, day)
        sitting.write(page.meetings.time, time)
        sitting.press("Plan the meeting")
    sitting.write(page.clarifications.what, "Jaksaminen")
    sitting.press("Order it")
    sitting.press("It has come")
    sitting.write(page.clarifications.result, "Kaikki kunnossa.")
    sitting.press("Save the result")
    sitting.press("Correct")
    sitting.write(page.clarifications.result, "Yhä: ")
    sitting.press("Save the correction")
    sitting.write(page.strengths.text, "Sinnikäs ja täsmällinen.")
    for notes in page.headings.texts.values():
        if notes.isVisibleTo(page):
            sitting.write(notes, "Kirjattu.")
    meetings.start(sitting.session, client)
    sitting.write(page.ending.outcome, "Tehdään suunnitelma.")
    sitting.press("End the assessment")

    shown = cases.overview(sitting.session, case)
    assert [(m.plan.purpose, m.is_held) for m in shown.meetings] == [("Alkukeskustelu", True), ("Yhteenveto", False)]
    assert [c.result for c in shown.received_clarifications] == ["Yhä: Kaikki kunnossa."]
    assert shown.strengths == "Sinnikäs ja täsmällinen."
    assert (shown.ending, shown.case.outcome) == (Ending.PLAN, "Tehdään suunnitelma.")
    assert shown.case.closed == sitting.session.today()
    assert sitting.app.focusWidget() is page.ending.plan
    sitting.hand.press(KEY.Key_Space)
    sitting.rest()
    assert isinstance(sitting.page, PlanPage)
    assert sitting.page.plan.kind is PlanKind.VALMENNUS


def test_what_is_missing_leads_to_its_place_and_the_rule_is_told_on_demand(sitting: Typist, client: str) -> None:
    page = open_a_case(sitting, client)
    sitting.press("Why?")
    assert "A recommendation, not law. Valmentaja" in page.message.text
    assert "Finlex" not in page.message.text
    case_parts.order(sitting.session, page.place.key, kind="kela")
    page.refresh()
    sitting.rest()
    sitting.press("Not received: Facts from Kela")
    assert sitting.app.focusWidget() is page.clarifications.result
    sitting.write(page.clarifications.later, "1.12.2026")
    sitting.press("Wait until that day")
    assert "awaited by 1 Dec 2026" in sitting.texts()
    sitting.press("Not written: Work and functional ability")

    assert sitting.app.focusWidget() is page.headings.texts[Part.ABILITY]


def test_a_day_that_cannot_be_read_is_not_taken_for_an_empty_one(sitting: Typist, client: str) -> None:
    page = open_a_case(sitting, client)
    page.meetings.purpose.setText("Alku")
    page.meetings.day.setText("31.2.")
    page.meetings.keep()
    assert page.message.text == "“31.2.” is not a day. Write it like 24.11.2026."
    page.clarifications.expected.setText("ensi viikolla")
    page.clarifications.order(is_ordered=True)
    assert "ensi viikolla" in page.message.text

    shown = cases.overview(sitting.session, page.place.key)
    assert (shown.meetings, shown.clarifications) == ((), ())


def test_an_ended_case_is_read_and_goes_on_with_a_reason(sitting: Typist, client: str) -> None:
    page = open_a_case(sitting, client)
    cases.write(sitting.session, page.place.key, Part.STRENGTHS, "Sinnikäs.")
    cases.end(sitting.session, page.place.key, ending=Ending.BROKEN_OFF, outcome="Muutti.")
    page.refresh()
    assert "Ended 24 Nov 2026: Broken off" in sitting.texts()
    assert page.locked.label.text() == "Ended 24 Nov 2026"
    assert page.strengths.text.isReadOnly()
    assert not page.meetings.form.isVisibleTo(page)
    page.ending.again.click()
    assert page.message.text == "Write why the assessment goes on."
    page.ending.reason.setText("Palasi.")
    page.ending.again.click()
    sitting.rest()

    assert "Had ended 24 Nov 2026, goes on: Palasi." in sitting.texts()
    assert not page.locked.isVisibleTo(page)
    assert not page.strengths.text.isReadOnly()
    assert cases.case(sitting.session, page.place.key).closed is None


def test_the_copy_of_a_client_who_went_to_another_coach_is_only_read(sitting: Typist, client: str) -> None:
    page = open_a_case(sitting, client)
    with sitting.session.store.writing() as tx:
        handovers.send(tx, "p", client, coach="Toinen Valmentaja", at=sitting.session.now(), on=sitting.session.today())
    page.refresh()

    assert page.strengths.text.isReadOnly()
    assert not any(f.isVisibleTo(page) for f in (page.meetings.form, page.contributions.form, page.ending.button))


def test_what_is_found_in_a_case_leads_to_its_page(sitting: Typist, client: str) -> None:
    case = open_a_case(sitting, client).place.key
    cases.write(sitting.session, case, Part.STRENGTHS, "Puutarhuri")
    sitting.go(Place(page="clients"))
    page = sitting.page
    assert isinstance(page, ClientsPage)
    (found,) = finding.notes(sitting.session, "puutarhuri")
    page.notes.opened.emit(found)
    sitting.rest()

    assert sitting.case.place.key == case


def test_the_meeting_under_way_says_what_it_was_planned_for(sitting: Typist, client: str) -> None:
    page = open_a_case(sitting, client)
    case_parts.plan_meeting(sitting.session, page.place.key, purpose="Alkukeskustelu", on=sitting.session.today())
    meetings.start(sitting.session, client)
    sitting.go(Place(page="client", key=client))

    assert "Meeting under way: Alkukeskustelu" in sitting.texts()


def test_what_is_typed_is_stored_when_the_page_is_left(sitting: Typist, client: str) -> None:
    page = open_a_case(sitting, client)
    case = page.place.key
    page.strengths.text.setFocus()
    sitting.hand.type("Sinnikäs")
    sitting.go(Place(page="today"))

    assert cases.overview(sitting.session, case).strengths == "Sinnikäs"


def test_what_no_button_has_stored_is_there_again_in_another_language_and_goes_when_stored(
    sitting: Sitting, client: str
) -> None:
    page = open_a_case(sitting, client)
    case, here = page.place.key, page.place
    planned = case_parts.plan_meeting(sitting.session, case, purpose="Alku").made
    awaited = case_parts.order(sitting.session, case, kind="kela").made
    page.refresh()
    sitting.rest()
    page.meetings.take(cases.overview(sitting.session, case).meetings[0].plan)
    sitting.write(page.meetings.time, "10.00")
    page.clarifications.take_up(awaited)
    sitting.write(page.clarifications.result, "Kaikki")
    sitting.write(page.contributions.words, "Sinnikäs asiakas.")
    sitting.write(page.contributions.author, "Sirpa")
    page.contributions.heading.set_value(Part.SKILLS)
    sitting.go(Place(page="today"))
    sitting.program.apply(Preferences(language="fi"))
    sitting.go(here)

    page = sitting.case
    assert page.meetings.correcting is not None
    assert (page.meetings.correcting.id, page.meetings.purpose.text()) == (planned, "Alku")
    assert page.meetings.time.text() == "10.00"
    assert page.clarifications.chosen is not None
    assert (page.clarifications.chosen.id, page.clarifications.result.text()) == (awaited, "Kaikki")
    assert page.clarifications.result_form.isVisibleTo(page)
    assert (page.contributions.words.text(), page.contributions.author.text()) == ("Sinnikäs asiakas.", "Sirpa")
    page.clarifications.receive()
    page.contributions.keep()
    assert [c.heading for c in cases.overview(sitting.session, case).contributions] == [Part.SKILLS]
    page.meetings.take(None)
    sitting.go(Place(page="today"))
    assert drafts.laid_by(sitting.session, "case", case) == {}


def test_a_draft_goes_when_the_client_is_erased(session: Session, client: str) -> None:
    case = cases.open_case(session, client, kind=CaseKind.SINGLE, question="Mikä auttaa?").made
    drafts.lay_by(session, "case", case, {"words": "Salaista."})
    drafts.lay_by(session, "case", "toinen", {"words": "Muuta."})
    erasing.erase(session, client, reason="Tehtävä päättyi.", confirmed=client)

    assert drafts.laid_by(session, "case", case) == {}
    assert drafts.laid_by(session, "case", "toinen") == {"words": "Muuta."}


def test_text_that_the_kind_hides_is_told_of_and_not_shown(sitting: Sitting, client: str) -> None:
    page = open_a_case(sitting, client)
    for kind in (CaseKind.MULTI, CaseKind.SINGLE):
        cases.choose_kind(sitting.session, page.place.key, kind)
        if kind is CaseKind.MULTI:
            cases.write(sitting.session, page.place.key, Part.HEALTH, "Kipua.")
    page.refresh()

    assert "There is text under: Health." in sitting.texts()
    assert not page.headings.texts[Part.HEALTH].isVisibleTo(page)


def test_a_conclusion_stands_under_its_own_instrument_alone(sitting: Sitting, client: str) -> None:
    page = open_a_case(sitting, client)
    case = page.place.key
    assessing.begin(sitting.session, client, instrument="startti-1.0")
    cases.conclude(sitting.session, case, "A", "Jaksaa hyvin.", instrument="suunta-1.0")
    page.refresh()
    sitting.rest()

    assert page.conclusions.texts["A"].toPlainText() == ""
    assert "Jaksaa hyvin." in sitting.texts()
    page.conclusions.texts["A"].setFocus()
    sitting.hand.type("Alussa.")
    page.conclusions.settle()
    assert cases.overview(sitting.session, case).conclusions == {"startti.A": "Alussa.", "suunta.A": "Jaksaa hyvin."}
