"""Sealing a plan in the vault with a key file or a card: only the right secret leaves anything behind."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tokens import MODULE, PIN, WRONG, key_file, new_reader

from valmentaja.base.errors import UserError
from valmentaja.documents.keys import Signer
from valmentaja.domain.plan import Signature, SignatureState
from valmentaja.domain.queue import QueueKind
from valmentaja.usecases import papers, planning, signing, signing_keys, today
from valmentaja.usecases.session import Session

CARD_MADE = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def reader(tmp_path_factory: pytest.TempPathFactory) -> None:
    card = new_reader(tmp_path_factory.mktemp("reader"))
    card.add("kortti", "Olli Esimerkki", CARD_MADE, always=True)


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


def test_a_card_seals_and_a_wrong_pin_leaves_the_plan_as_it_was(training_session: Session) -> None:
    plan = waiting(training_session)
    signing_keys.set_card_module(training_session, str(MODULE))
    module = signing_keys.card_module(training_session)
    (chosen,) = signing_keys.cards(module)
    with pytest.raises(UserError, match="The PIN is not right"):
        seal(training_session, plan, signing_keys.card_key(module, chosen, WRONG))
    assert untouched(training_session, plan)
    assert seals(training_session, seal(training_session, plan, signing_keys.card_key(module, chosen, PIN))) == [
        "Olli Esimerkki"
    ]


def test_a_key_or_a_module_that_is_not_there_is_told(training_session: Session, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no key file"):
        signing_keys.key_file(tmp_path / "none.p12", "x")
    with pytest.raises(UserError, match="There is no card program"):
        signing_keys.set_card_module(training_session, str(tmp_path / "none.so"))
    with pytest.raises(UserError, match="No card program is chosen"):
        signing_keys.cards(signing_keys.card_module(training_session))
