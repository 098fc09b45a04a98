"""The end of a file through the real window: the work ends, time passes, hold, lift, erase, receipt."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hand import Hand
from people import CANARY, with_everything
from poppler import run
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from sitting import Sitting

from valmentaja.base.clock import FixedClock
from valmentaja.ui.client.other_results import OtherResultsCard
from valmentaja.ui.client.overview import OverviewTab
from valmentaja.ui.client.rights import RightsTab
from valmentaja.ui.client.services import ServicesTab
from valmentaja.ui.client.told import ToldCard
from valmentaja.ui.page import Place
from valmentaja.ui.pages.client import ClientPage
from valmentaja.ui.pages.clients import ClientsPage
from valmentaja.ui.widgets.fields import DateEdit
from valmentaja.usecases import caseload, erasing, logs, meetings, told
from valmentaja.usecases import settings as vault_settings
from valmentaja.usecases.session import Session

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints", extend=True)
"""The offscreen platform says so of every dialog."""


class Coach(Sitting):
    """In Finnish."""

    def __init__(self, session: Session, app: QApplication) -> None:
        super().__init__(app, session, language="fi")
        self.hand = Hand(app)

    def tab(self, client: str) -> RightsTab:
        self.go(Place(page="client", key=client, part="rights"))
        return next(iter(self.page.findChildren(RightsTab)))

    def click(self, words: str, on: QWidget | None = None) -> None:
        buttons = (on or self.page).findChildren(QPushButton)
        button = next(b for b in buttons if b.text() == words and not b.isHidden())
        self.page.show_widget(button)
        self.hand.click(button)
        self.rest()


@pytest.fixture
def sitting(session: Session, qapp: QApplication) -> Iterator[Coach]:
    shown = Coach(session, qapp)
    yield shown
    shown.put_away()


@pytest.mark.slow
def test_a_file_from_the_end_of_the_work_to_its_receipt(sitting: Coach, clock: FixedClock) -> None:
    client, hand = with_everything(sitting.session), sitting.hand
    _end_work(sitting, client)
    assert "24.11.2030" in (sitting.tab(client), sitting.texts())[1]
    clock.moment += timedelta(days=1465)
    sitting.go(Place(page="today"))
    assert "Säilytysaika täynnä" in sitting.texts()
    sitting.click("Miksi?")
    assert "380/2023 122 §" in sitting.page.message.text
    sitting.click("Avaa")
    assert isinstance(sitting.page, ClientPage)
    tab = sitting.page.findChildren(RightsTab)[0]
    tab.why.setFocus()
    hand.type("Valitus on kesken")
    sitting.click("Säilytä pidempään")
    assert not tab.erase.isEnabled()
    sitting.go(Place(page="settings", part="retention"))
    assert "Pidetään: Valitus on kesken" in sitting.texts()
    tab = sitting.tab(client)
    sitting.click("Poista pito")
    assert tab.erase.isEnabled()
    _erase(sitting, tab, client)
    assert isinstance(sitting.page, ClientsPage)
    assert caseload.client_rows(sitting.session) == ()
    assert logs.first_break(sitting.session) is None
    _receipt(sitting, client)
    sitting.go(Place(page="settings", part="retention"))
    assert client in sitting.texts()


def _end_work(sitting: Coach, client: str) -> None:
    sitting.go(Place(page="client", key=client))
    overview = sitting.page.findChildren(OverviewTab)[0]
    overview.end_day.setFocus()
    sitting.hand.type("24.11.2026")
    sitting.click("Päätä", overview)


def _erase(sitting: Coach, tab: RightsTab, client: str) -> None:
    """The button works once the number is typed, not before."""
    sitting.click("Poista tiedot…")
    asked = tab.asked
    assert asked is not None
    assert not asked.erase.isEnabled()
    asked.number.setFocus()
    sitting.hand.type(client[:-1])
    assert not asked.erase.isEnabled()
    sitting.hand.type(client[-1])
    sitting.hand.click(asked.erase)
    sitting.rest()


def _receipt(sitting: Coach, client: str) -> None:
    folder = vault_settings.vault_settings(sitting.session).outbox
    (pdf,) = folder.glob(f"poistotodistus_{client}_*_fi.pdf")
    assert len(list(folder.glob(f"poistotodistus_{client}_*.json"))) == 1
    text = run("pdftotext", "-layout", str(pdf), "-")
    assert "Poistotodistus" in text
    assert CANARY not in text
    assert len(erasing.receipts(sitting.session)) == 1


def test_the_package_is_written_and_the_page_says_what_was_hidden(sitting: Coach) -> None:
    client = with_everything(sitting.session)
    sitting.tab(client)
    sitting.click("Tee paketti")
    assert "Muita ihmisiä peitettiin 0 kohdasta" in sitting.page.message.text
    folder: Path = vault_settings.vault_settings(sitting.session).outbox
    with zipfile.ZipFile(next(folder.glob("omat-tiedot_*.zip"))) as archive:
        assert "omat-tiedot.pdf" in archive.namelist()


def test_notes_are_corrected_and_the_earlier_value_is_shown(sitting: Coach) -> None:
    client = with_everything(sitting.session)
    tab = sitting.tab(client)
    tab.notes.notes.setPlainText("Kertoi työstä")
    tab.notes.reason.setText("jäi kesken")
    sitting.click("Tallenna korjaus", tab.notes)
    assert meetings.meeting(sitting.session, 1).notes == "Kertoi työstä"
    assert f"Aiempi arvo: {CANARY} kertoi" in sitting.texts()
    assert "Syy: jäi kesken" in sitting.texts()


def test_a_fact_from_another_is_added_corrected_and_removed(sitting: Coach) -> None:
    client = with_everything(sitting.session)
    sitting.go(Place(page="client", key=client, part="services"))
    card = sitting.page.findChildren(ToldCard)[0]
    card.words.setText("Muuttaa pian")
    sitting.click("Lisää tieto", card)
    assert "Kirjoita, kuka kertoi" in sitting.page.message.text
    card.source.setText("Sisko")
    sitting.click("Lisää tieto", card)
    assert [f.words for f in told.facts(sitting.session, client)] == ["Muuttaa pian"]
    sitting.click("Korjaa", card)
    card.words.setText("Ei muuta")
    sitting.click("Tallenna korjaus", card)
    assert [(f.words, f.recorder) for f in told.facts(sitting.session, client)] == [("Ei muuta", "Veera Valmentaja")]
    sitting.click("Poista", card)
    assert told.facts(sitting.session, client) == ()
    assert sitting.program.main is not None
    sitting.hand.click(sitting.program.main.toast.undo)
    assert [f.words for f in told.facts(sitting.session, client)] == ["Ei muuta"]


def test_a_fact_half_typed_is_not_a_correction(sitting: Coach) -> None:
    """A contact detail is stored when its field is left."""
    client = with_everything(sitting.session)
    sitting.go(Place(page="client", key=client))
    line = sitting.page.findChildren(OverviewTab)[0].details.lines["phone"]
    line.setFocus()
    line.selectAll()
    sitting.hand.type("040 222")
    sitting.page.refresh()
    assert line.text() == "040 222"
    assert caseload.client(sitting.session, client).phone == "040 555 1234"
    sitting.hand.press(Qt.Key.Key_Tab)
    assert caseload.client(sitting.session, client).phone == "040 222"


def test_a_day_that_cannot_be_read_is_said_and_nothing_is_stored(sitting: Coach) -> None:
    """It was once taken for an empty one, and so for today."""
    client = with_everything(sitting.session)
    before = _kept(sitting.session, client)
    sitting.go(Place(page="client", key=client, part="services"))
    tab = sitting.page.findChildren(ServicesTab)[0]
    for act, day in (
        (tab._add_service, tab.start),
        (tab._add_status, tab.status_day),
        (tab._add_reading, tab.days_day),
    ):
        _refused(sitting, act, day)
    tab.told.words.setText("Isä kertoi")
    _refused(sitting, tab.told.add_fact, tab.told.day)
    sitting.go(Place(page="client", key=client, part="assessment"))
    card = sitting.page.findChildren(OtherResultsCard)[0]
    card.open_form()
    card.instrument.setText("Kykyviisari")
    card.score.setText("7")
    _refused(sitting, card.add_result, card.day)
    assert _kept(sitting.session, client) == before


def _kept(session: Session, client: str) -> list[int]:
    sql = "SELECT count(*) FROM {} WHERE client_id = ?"
    tables = ("service_period", "labour_status", "benefit_reading", "told_fact", "other_result")
    return [session.store.rows(sql.format(table), client)[0][0] for table in tables]


def _refused(sitting: Coach, act: Callable[[], object], day: DateEdit) -> None:
    day.setText("31.2.2026")
    act()
    assert "31.2.2026" in sitting.page.message.text
    assert day.text() == "31.2.2026"
    day.clear()
    sitting.page.clear_message()
