"""The client's language beside Finnish in the window: confirmed in the settings, chosen on the signing page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.test_pages import Window
from valmentaja.ui.pages.signing import SigningPage
from valmentaja.ui.settings.translations import TranslationsCard
from valmentaja.usecases import papers, translating
from valmentaja.usecases.session import Session


@pytest.fixture
def window(training_session: Session, qapp: QApplication) -> Iterator[Window]:
    shown = Window(training_session, qapp)
    yield shown
    shown.put_away()


def test_a_name_and_one_key_confirm_a_translation(window: Window) -> None:
    card = window.show("settings").findChild(TranslationsCard)
    assert isinstance(card, TranslationsCard)
    assert window.texts().count("not checked") >= len(translating.CATALOGUES)
    card.language.set_value("so")
    QTest.keyClick(card.name, Qt.Key.Key_Return)
    assert "Write the name" in window.texts()
    QTest.keyClicks(card.name, "Hodan Warsame")
    QTest.keyClick(card.name, Qt.Key.Key_Return)
    window.rest()
    assert "Hodan Warsame · 24 Nov 2026" in window.texts() and card.name.text() == ""
    assert not translating.is_unchecked(window.session, "so")


def test_a_plan_is_sealed_in_finnish_and_arabic(window: Window, qtbot: QtBot) -> None:
    page = window.show("signing")
    assert isinstance(page, SigningPage)
    client = page.plan.client
    names = [page.language.itemText(n) for n in range(page.language.count())]
    assert "Finnish + Arabic" in names and "Finnish + Northern Sami" in names
    page.language.set_value("fi+ar")
    page.ways[next(s for s in page.ways if s.value == "TYPED")].click()
    QTest.keyClicks(page.name, "Aava-Testi Mallila")
    page.button.click()
    qtbot.waitUntil(lambda: bool(papers.documents(window.session, client)), timeout=20_000)
    (made, *_) = papers.documents(window.session, client)
    assert made.language == "fi+ar" and made.file_name.endswith("_fi+ar.pdf")
    window.show("documents")
    assert "Finnish + Arabic" in window.texts()
