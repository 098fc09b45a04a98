"""A sealed plan goes out encrypted and as the client's copy, its receipt comes back; a card waits for a yes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from desk import Desk
from hand import Hand
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from tests.sending.test_sending import POLICY
from valmentaja.domain.plan import Signature, SignatureState
from valmentaja.domain.queue import QueueKind
from valmentaja.ui.client.documents import DocumentsTab
from valmentaja.ui.page import Place
from valmentaja.ui.pages.outbox import OutboxPage
from valmentaja.usecases import papers, presentation, sending, signing, today
from valmentaja.usecases import settings as vault_settings

KEY = Qt.Key


@pytest.fixture
def hand(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hand:
    """The policy names two recipients."""
    (tmp_path / "policy.toml").write_text(POLICY, encoding="utf-8")
    monkeypatch.setenv("VALMENTAJA_POLICY", str(tmp_path / "policy.toml"))
    return Hand(desk.app)


def tab_of(desk: Desk, client: str) -> DocumentsTab:
    page = desk.show(Place(page="client", key=client, part="documents"))
    return page.findChildren(DocumentsTab)[0]


def click(desk: Desk, hand: Hand, words: str) -> None:
    button = next(b for b in desk.page.findChildren(QPushButton) if b.text() == words and b.isVisible())
    desk.page.show_widget(button)
    hand.click(button)
    desk.rest()


def cells(page: OutboxPage) -> list[list[str]]:
    model = page.table.model()
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return [[str(model.index(row, column).data()) for column in columns] for row in rows]


def test_a_plan_is_sent_and_its_receipt_comes_back(desk: Desk, hand: Hand) -> None:
    session = desk.session
    entry = next(e for e in today.queue(session) if e.kind is QueueKind.SIGNATURE)
    typed = Signature(
        plan=entry.about, party=signing.CLIENT, state=SignatureState.TYPED, name="Aino", on=session.today()
    )
    signing.keep(session, signing.seal(signing.sign_job(session, entry.about, "fi", (typed,))))
    tab_of(desk, entry.client)
    shown = " ".join(label.text() for label in desk.page.findChildren(QLabel) if label.isVisibleTo(desk.page))
    assert "Before you send it: nothing is written down of the signature of " in shown
    assert signing.waiting(session, entry.about)
    hand.actions = 0
    click(desk, hand, "Send encrypted")
    assert hand.actions == 1
    assert "_hyva.pdf.age" in desk.page.message.text
    click(desk, hand, "To the outbox")
    click(desk, hand, "Sent papers")
    page = desk.page
    assert isinstance(page, OutboxPage)
    assert {(row[2], row[4]) for row in cells(page)} == {
        ("Keksitty hyvinvointialue", "in the outbox"),
        ("The client", "in the outbox"),
    }
    folder = vault_settings.vault_settings(session).outbox
    path = next(folder.glob("*.age"))
    receipt = sending.write_receipt(path, folder, by="Kirjaamo", received="2026-11-25T08:00:00Z")
    path.unlink()
    page.refresh()
    assert "no longer in the outbox" in {row[4] for row in cells(page)}
    page.take_in(receipt)
    desk.rest()
    assert any(row[4].startswith("receipt ") for row in cells(page))
    page.take_in(receipt)
    assert "already" in page.message.text


def test_a_presentation_card_waits_for_the_clients_yes(desk: Desk, hand: Hand) -> None:
    card = tab_of(desk, desk.client).presentation
    desk.page.show_widget(card.make)
    assert not card.make.isEnabled()
    card.texts["skills"].setFocus(Qt.FocusReason.TabFocusReason)
    hand.type("Puutyöt")
    click(desk, hand, "The client does not agree")
    assert card.state.text().startswith("The client did not agree")
    assert not card.make.isEnabled()
    card.until.setFocus(Qt.FocusReason.TabFocusReason)
    hand.type("31.2.2027")
    click(desk, hand, "The client agrees")
    assert "31.2.2027" in desk.page.message.text
    card.until.setText("1.3.2027")
    desk.clock.moment = desk.clock.moment.replace(second=59)
    click(desk, hand, "The client agrees")
    assert card.state.text() == "The client agrees until 1 Mar 2027."
    click(desk, hand, "Make the card")
    (document,) = papers.documents(desk.session, desk.client)
    assert document.kind == "presentation"
    assert presentation.card(desk.session, desk.client).fields == {"skills": "Puutyöt"}
    assert [label.text() for label in desk.page.findChildren(QLabel) if label.text() == document.title]
    click(desk, hand, "The consent is taken back")
    assert not card.make.isEnabled()
    held = presentation.card(desk.session, desk.client).consent
    assert held is not None
    assert held.withdrawn == date(2026, 11, 24)
