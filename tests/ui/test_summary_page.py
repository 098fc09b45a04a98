"""The summary on the screen: what is missing and why, both views with the reason, and the paper in two actions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from sitting import Sitting

from valmentaja.domain.assessment import NoValue
from valmentaja.domain.queue import QueueKind
from valmentaja.domain.rating import Aspect
from valmentaja.domain.summary import Audience
from valmentaja.ui.page import Place
from valmentaja.ui.pages.plan import PlanPage
from valmentaja.ui.pages.summary import SummaryPage
from valmentaja.usecases import assessing, papers, rating, today
from valmentaja.usecases.preferences import Preferences
from valmentaja.usecases.session import Session

WHY = "Kipu näkyy tapaamisissa enemmän kuin vastauksissa."


class Screen(Sitting):
    def __init__(self, session: Session, app: QApplication) -> None:
        super().__init__(app, session, language="fi")

    def show(self, assessment: str) -> SummaryPage:
        page = self.go(Place(page="summary", key=assessment))
        assert isinstance(page, SummaryPage)
        return page


@pytest.fixture
def screen(training_session: Session, qapp: QApplication) -> Iterator[Screen]:
    shown = Screen(training_session, qapp)
    yield shown
    shown.put_away()


def measured(session: Session) -> str:
    """A whole assessment: one answer refused, one not asked, one domain seen differently by the coach."""
    client = next(e.client for e in today.queue(session) if e.kind is QueueKind.SIGNATURE)
    made = assessing.begin(session, client).made
    order = assessing.runner(session, made).order
    for place, item in enumerate(order):
        assessing.answer(session, made, item, {7: NoValue.EI_HALUA, 9: NoValue.EI_KYSYTTY}.get(place, 5))
    rating.rate(session, made, "C", Aspect.COACH, "2", reason=WHY)
    rating.rate(session, made, "C", Aspect.IMPORTANCE, "9")
    rating.rate(session, made, "C", Aspect.AGREED, "4")
    assessing.close(session, made)
    return made


def texts(holder: QWidget) -> list[str]:
    return [label.text() for label in holder.findChildren(QLabel) if label.isVisibleTo(holder)]


def test_an_open_assessment_says_how_many_questions_are_left(screen: Screen) -> None:
    begun = next(e.about for e in today.queue(screen.session) if e.kind is QueueKind.ASSESSMENT)
    page = screen.show(begun)
    left = page.shown.left
    assert left > 0
    assert f"Arviointi kesken: {left} kysymystä" in texts(page)
    assert not page.plan.isVisible()
    assert not page.printing.isVisible()


def test_refused_and_not_asked_stand_apart_with_their_own_words(screen: Screen) -> None:
    page = screen.show(measured(screen.session))
    said = texts(page.without)
    refused, unasked = said.index("Ei halua vastata"), said.index("Ei kysytty")
    assert refused + 2 == unasked, "one statement stands under each"
    assert said[refused + 1] != said[unasked + 1]


def test_client_coach_and_agreed_stand_side_by_side_with_the_reason(screen: Screen) -> None:
    page = screen.show(measured(screen.session))
    said = texts(page.needed)
    assert any(t.startswith("Asiakas 5,0 · valmentaja 2,0 · yhdessä sovittu 4 · tärkeys 9 · tarve 4,5") for t in said)
    assert any(WHY in t for t in said)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_at_double_text_it_reflows_and_nothing_is_clipped(screen: Screen, language: str) -> None:
    page = screen.show(measured(screen.session))
    screen.program.apply(Preferences(language=language, text_size=200))
    screen.rest()
    area = page.findChild(QScrollArea)
    assert area is not None
    sideways = area.horizontalScrollBar().maximum()
    cut = [
        label.text()
        for label in page.findChildren(QLabel)
        if label.isVisible() and label.wordWrap() and label.height() < label.heightForWidth(label.width())
    ]
    screen.program.apply(Preferences(language="fi"))
    assert sideways == 0
    assert cut == []


def test_the_paper_is_saved_among_the_documents_and_goes_to_the_outbox(screen: Screen) -> None:
    page = screen.show(measured(screen.session))
    page.printing.audience.set_value(Audience.NETWORK)
    page.printing.save.click()
    screen.rest()
    (kept,) = [d for d in papers.documents(screen.session, page.shown.client.id) if d.kind == "summary"]
    assert page.message.text.endswith(kept.file_name)
    page.printing.show_button.click()
    screen.rest()
    assert page.printing.viewer.page_count > 1


def test_the_saved_paper_is_shown_again_without_asking_for_signatures(screen: Screen) -> None:
    page = screen.show(measured(screen.session))
    page.printing.save.click()
    screen.rest()
    main = screen.program.main
    assert main is not None
    main.go(Place(page="client", key=page.shown.client.id, part="documents"))
    screen.rest()
    client = main.page
    assert client is not None
    next(b for b in client.findChildren(QPushButton) if b.text() == "Näytä ja tarkista").click()
    screen.rest()
    assert client.message.text == "Tämä on paperi sellaisena kuin se tallennettiin. Siinä ei ole allekirjoituksia."


def test_a_plan_is_one_action_away(screen: Screen) -> None:
    page = screen.show(measured(screen.session))
    page.plan.click()
    screen.rest()
    main = screen.program.main
    assert main is not None
    assert isinstance(main.page, PlanPage)


def test_the_clients_tab_leads_to_each_summary(screen: Screen) -> None:
    made = measured(screen.session)
    client = next(e.client for e in today.queue(screen.session) if e.kind is QueueKind.SIGNATURE)
    main = screen.program.main
    assert main is not None
    main.go(Place(page="client", key=client, part="assessment"))
    screen.rest()
    assert main.page is not None
    button = next(b for b in main.page.findChildren(QPushButton) if b.text() == "Yhteenveto")
    button.click()
    screen.rest()
    assert (main.place.page, main.place.key) == ("summary", made)
