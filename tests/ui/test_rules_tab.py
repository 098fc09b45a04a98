"""The rules in the window: listed with what is to be checked, changed with a reason, put back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.test_pages import Window
from valmentaja.ui.settings.rules import RulesTab
from valmentaja.usecases import rules
from valmentaja.usecases.session import Session


@pytest.fixture
def window(training_session: Session, qapp: QApplication) -> Iterator[Window]:
    shown = Window(training_session, qapp)
    yield shown
    shown.put_away()


def test_a_rule_is_changed_with_a_reason_and_put_back(window: Window) -> None:
    tab = window.show("rules").findChild(RulesTab)
    assert isinstance(tab, RulesTab)
    assert window.texts().count("check in Finlex") == sum(not each.rule.verified for each in rules.listed(tab.session))

    tab.choose("KTT-DAYS")
    assert tab.least.parentWidget().isHidden()
    tab.most.setText("150")
    tab.save()
    assert "Write why the rule is changed." in window.texts()
    QTest.keyClicks(tab.reason, "New act")
    tab.save()
    assert rules.get(tab.session, "KTT-DAYS").rule.most == 150
    assert "Changed: 150 days." in window.texts()

    QTest.keyClicks(tab.reason, "By mistake")
    tab.put_back()
    assert rules.get(tab.session, "KTT-DAYS").is_shipped
    assert tab.most.text() == "178"


def test_a_day_that_cannot_be_read_is_refused(window: Window) -> None:
    tab = window.show("rules").findChild(RulesTab)
    assert isinstance(tab, RulesTab)
    tab.choose("MTS-REV")
    tab.ends.setText("later")
    QTest.keyClicks(tab.reason, "New act")
    tab.save()
    assert "“later” is not a day." in window.texts()
    assert rules.get(tab.session, "MTS-REV").is_shipped
