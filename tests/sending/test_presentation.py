"""A presentation card needs the client's yes, holds nothing but what the law lets out, and ends."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import StorageError, UserError
from valmentaja.store.audit import Event
from valmentaja.usecases import caseload, logs, papers, presentation, sending
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session


@pytest.fixture
def client(session: Session) -> str:
    made = caseload.take_on(
        session, NewClient(family_name="Kortillinen", given_names="Aino", hetu="150372-901R", phone="040 1")
    ).made
    presentation.keep_field(session, made, "skills", "Puutyöt")
    return made


def text_of(pdf: bytes) -> str:
    from pypdfium2 import PdfDocument

    return " ".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf))


def test_without_a_yes_no_card_is_made(session: Session, client: str) -> None:
    with pytest.raises(UserError, match="Ask first"):
        presentation.paper(session, client, "fi")
    presentation.ask(session, client, given=False, expires=None)
    with pytest.raises(UserError, match="Ask first"):
        presentation.paper(session, client, "fi")
    held = presentation.card(session, client)
    assert held.consent is not None
    assert (held.consent.given, held.in_force) == (False, False)


def test_the_card_says_what_was_agreed_and_until_when(session: Session, client: str) -> None:
    presentation.ask(session, client, given=True, expires=date(2027, 3, 1))
    ready = presentation.paper(session, client, "fi")
    pdf = presentation.make(ready)
    assert pdf == presentation.make(ready)
    made = presentation.keep(session, client, ready, pdf).made
    said = text_of(papers.pages(session, made))
    assert "Puutyöt" in said
    assert "1.3.2027" in said
    assert "150372" not in said
    held = papers.document(session, made)
    assert "Kortillinen" not in held.title + held.file_name


@pytest.mark.parametrize("expires", [None, date(2026, 11, 23), date(2027, 5, 25)])
def test_a_yes_needs_a_day_it_ends(session: Session, client: str, expires: date | None) -> None:
    with pytest.raises(UserError, match="last day"):
        presentation.ask(session, client, given=True, expires=expires)
    assert presentation.card(session, client).consent is None


def test_a_consent_that_is_taken_back_or_over_makes_no_card(session: Session, client: str, clock: FixedClock) -> None:
    presentation.ask(session, client, given=True, expires=date(2027, 3, 1))
    presentation.withdraw(session, client)
    with pytest.raises(UserError, match="Ask first"):
        presentation.paper(session, client, "fi")
    with pytest.raises(UserError, match="no consent"):
        presentation.withdraw(session, client)
    clock.moment += timedelta(minutes=1)
    presentation.ask(session, client, given=True, expires=date(2026, 12, 1))
    assert presentation.card(session, client).in_force
    clock.moment += timedelta(days=8)
    assert not presentation.card(session, client).in_force


def test_a_consent_never_changes(session: Session, client: str) -> None:
    presentation.ask(session, client, given=False, expires=None)
    with pytest.raises(StorageError), session.store.writing() as tx:
        tx.change(Event("tamper", "consent", "x"), "UPDATE consent SET given = 1")
    consent = presentation.card(session, client).consent
    assert consent is not None
    assert not consent.given
    assert "refusal" in {entry.action for entry in logs.entries(session)}


def test_nothing_but_the_listed_texts_is_taken(session: Session, client: str) -> None:
    with pytest.raises(UserError, match="does not belong"):
        presentation.keep_field(session, client, "health", "selkä")


def test_an_empty_card_and_a_protected_address(session: Session) -> None:
    client = caseload.take_on(
        session, NewClient(family_name="Suojattu", given_names="Aino", phone="040 1", non_disclosure=True)
    ).made
    presentation.ask(session, client, given=True, expires=date(2027, 3, 1))
    with pytest.raises(UserError, match="empty"):
        presentation.paper(session, client, "fi")
    presentation.keep_field(session, client, "skills", "Puutyöt")
    assert {value for _label, value in presentation.paper(session, client, "fi").facts} == {""}


def test_a_sign_that_cannot_be_drawn_is_named(session: Session, client: str) -> None:
    presentation.ask(session, client, given=True, expires=date(2027, 3, 1))
    presentation.keep_field(session, client, "skills", "Puutyöt 😀")
    with pytest.raises(UserError, match="😀"):
        presentation.make(presentation.paper(session, client, "fi"))
    assert papers.documents(session, client) == ()


def test_a_card_leaves_only_while_the_consent_is_in_force(session: Session, client: str, tmp_path: Path) -> None:
    presentation.ask(session, client, given=True, expires=date(2027, 3, 1))
    ready = presentation.paper(session, client, "fi")
    made = presentation.keep(session, client, ready, presentation.make(ready)).made
    assert sending.hand_over(session, made, tmp_path).exists()
    presentation.withdraw(session, client)
    with pytest.raises(UserError, match="taken back"):
        sending.hand_over(session, made, tmp_path / "other")
    with pytest.raises(UserError, match="taken back"):
        papers.printing(session, made)
    assert not (tmp_path / "other").exists()
    assert papers.pages(session, made).startswith(b"%PDF-")
