"""Sealing a plan in the vault with a key file or a card: only the right secret leaves anything behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tokens import MODULE, PIN, WRONG, Reader, key_file, new_reader

from valmentaja.base.errors import UserError
from valmentaja.documents import card
from valmentaja.documents.keys import Signer
from valmentaja.domain.plan import Signature, SignatureState
from valmentaja.domain.queue import QueueKind
from valmentaja.usecases import papers, planning, signing, signing_keys, today
from valmentaja.usecases.session import Session

CARD_MADE = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return new_reader(tmp_path_factory.mktemp("reader"))


@pytest.fixture(autouse=True)
def cards(reader: Reader) -> Iterator[Reader]:
    """A card in the reader whose key asks for the PIN at each signature."""
    reader.add("kortti", "Olli Esimerkki", CARD_MADE, always=True)
    yield reader
    reader.remove_all()


def waiting(session: Session) -> str:
    """A frozen plan that waits for signatures."""
    return next(e for e in today.queue(session) if e.kind is QueueKind.SIGNATURE).about


def seal(session: Session, plan: str, key: Signer) -> str:
    on_paper = Signature(plan=plan, party=signing.CLIENT, state=SignatureState.PAPER, on=session.today())
    return str(signing.keep(session, signing.seal(signing.sign_job(session, plan, "fi", (on_paper,), key=key))).made)


def seals(session: Session, document: str) -> list[str]:
    return [s.signer for s in papers.check(session, document).signatures]


def untouched(session: Session, plan: str) -> bool:
    held = planning.plan(session, plan)
    states = {p.state for p in signing.parties(session, plan)}
    return papers.documents(session, held.client) == () and held.signed is None and states == {SignatureState.PENDING}


def test_a_municipality_seals_with_its_own_key_file(training_session: Session, tmp_path: Path) -> None:
    path = tmp_path / "leima.p12"
    path.write_bytes(key_file("Tuusulan kunta", "kesäyö 7", training_session.clock.now()))
    document = seal(training_session, waiting(training_session), signing_keys.key_file(path, "kesäyö 7"))
    assert seals(training_session, document) == ["Tuusulan kunta"]


def on_the_card(session: Session, pin: str) -> Signer:
    signing_keys.set_card_module(session, str(MODULE))
    module = signing_keys.card_module(session)
    (chosen,) = signing_keys.cards(module)
    return signing_keys.card_key(module, chosen, pin)


def test_the_right_pin_seals_with_a_key_that_asks_it_each_time(training_session: Session) -> None:
    plan = waiting(training_session)
    assert seals(training_session, seal(training_session, plan, on_the_card(training_session, PIN))) == [
        "Olli Esimerkki"
    ]


def test_a_wrong_pin_leaves_the_plan_as_it_was(training_session: Session) -> None:
    plan = waiting(training_session)
    with pytest.raises(UserError, match="The PIN is not right"):
        seal(training_session, plan, on_the_card(training_session, WRONG))
    assert untouched(training_session, plan)


def test_a_card_pulled_out_in_the_middle_leaves_the_plan_as_it_was(
    training_session: Session, cards: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The PIN has been given and the key found; then the card is gone, before it signs."""
    plan, real = waiting(training_session), card._open_key

    def then_pulled_out(*given: Any) -> Any:
        opened = real(*given)
        opened._load_objects()
        cards.remove_all()
        return opened

    monkeypatch.setattr(card, "_open_key", then_pulled_out)
    with pytest.raises(UserError, match="Nothing was signed"):
        seal(training_session, plan, on_the_card(training_session, PIN))
    assert untouched(training_session, plan)


def test_a_key_or_a_module_that_is_not_there_is_told(training_session: Session, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no key file"):
        signing_keys.key_file(tmp_path / "none.p12", "x")
    with pytest.raises(UserError, match="There is no card program"):
        signing_keys.set_card_module(training_session, str(tmp_path / "none.so"))
    with pytest.raises(UserError, match="No card program is chosen"):
        signing_keys.cards(signing_keys.card_module(training_session))
