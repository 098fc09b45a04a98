"""Signing with a key file and with a card: what is signed, and that a wrong secret signs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pkcs11
import pytest
from tokens import MODULE, PIN, WRONG, Reader, key_file, new_reader

from valmentaja.base.errors import UserError
from valmentaja.documents import card
from valmentaja.documents.card import Card, certificates
from valmentaja.documents.keys import Signer, open_key_file
from valmentaja.documents.plan_pdf import SEAL_FIELD, field_of
from valmentaja.documents.signing import DeviceKey, approve, seal
from valmentaja.documents.verify import verify

MADE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SEAL = "Tuusulan kunta, leima"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return new_reader(tmp_path_factory.mktemp("reader"))


@pytest.fixture
def cards(reader: Reader) -> Iterator[Reader]:
    """An empty reader to put cards in."""
    yield reader
    reader.remove_all()


@pytest.fixture(scope="module")
def p12() -> bytes:
    return key_file(SEAL, "kesäyö 7", MADE)


def sealed_with(plan: bytes, key: Signer) -> None:
    check = verify(seal(plan, key, at=MADE, field=SEAL_FIELD))
    (signature,) = check.signatures
    assert check.holds
    assert (signature.certification, signature.covers_whole) == (True, True)


def test_a_key_file_seals_a_plan(plan: bytes, p12: bytes) -> None:
    sealed_with(plan, open_key_file(p12, "kesäyö 7"))


@pytest.mark.parametrize("passphrase", ["", "kesäyö 8", "KESÄYÖ 7"])
def test_a_wrong_passphrase_opens_no_key_file(p12: bytes, passphrase: str) -> None:
    with pytest.raises(UserError, match="does not open this key file"):
        open_key_file(p12, passphrase)


@pytest.mark.parametrize("content", [b"", b"no key", b"%PDF-1.7", b"\x30\x82\x01"])
def test_a_file_that_is_no_key_file_is_told(content: bytes) -> None:
    with pytest.raises(UserError, match="does not open this key file"):
        open_key_file(content, "x")


def test_an_expired_certificate_signs_nothing(plan: bytes, p12: bytes) -> None:
    with pytest.raises(UserError, match="is valid from 2026-11-23 to 2027-11-24 only"):
        seal(plan, open_key_file(p12, "kesäyö 7"), at=MADE + timedelta(days=400), field=SEAL_FIELD)


def test_the_secrets_are_in_no_representation(p12: bytes) -> None:
    assert "content" not in repr(open_key_file(p12, "kesäyö 7"))
    assert PIN not in repr(Card(module=MODULE, chosen=a_certificate(), pin=PIN))


def test_only_the_certificate_for_signing_is_offered(cards: Reader) -> None:
    cards.add("kortti", "Olli Esimerkki", MADE)
    assert [c.name for c in certificates(MODULE)] == ["Olli Esimerkki"]


@pytest.mark.parametrize("curve", [False, True])
@pytest.mark.parametrize("always", [False, True])
def test_the_right_pin_seals_a_plan(plan: bytes, cards: Reader, *, curve: bool, always: bool) -> None:
    cards.add("kortti", "Olli Esimerkki", MADE, always=always, curve=curve)
    (chosen,) = certificates(MODULE)
    sealed_with(plan, Card(module=MODULE, chosen=chosen, pin=PIN))


def test_a_card_adds_a_signature_to_a_sealed_plan(plan: bytes, cards: Reader, key: DeviceKey) -> None:
    cards.add("kortti", "Olli Esimerkki", MADE, always=True)
    (chosen,) = certificates(MODULE)
    sealed = seal(plan, key, at=MADE, field=SEAL_FIELD)
    check = verify(approve(sealed, Card(module=MODULE, chosen=chosen, pin=PIN), at=MADE, field=field_of("authority")))
    assert check.holds
    assert [s.signer for s in check.signatures] == [key.name, "Olli Esimerkki"]


def test_a_wrong_pin_is_tried_once_and_signs_nothing(
    plan: bytes, cards: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards.add("kortti", "Olli Esimerkki", MADE, always=True)
    (chosen,) = certificates(MODULE)
    tries = counted(monkeypatch)
    with pytest.raises(UserError, match="The PIN is not right. Nothing was signed"):
        seal(plan, Card(module=MODULE, chosen=chosen, pin=WRONG), at=MADE, field=SEAL_FIELD)
    assert tries == [WRONG]
    sealed_with(plan, Card(module=MODULE, chosen=chosen, pin=PIN))


def test_a_card_taken_out_before_signing_is_told(plan: bytes, cards: Reader) -> None:
    cards.add("kortti", "Olli Esimerkki", MADE)
    (chosen,) = certificates(MODULE)
    cards.remove_all()
    with pytest.raises(UserError, match="The card was taken out"):
        seal(plan, Card(module=MODULE, chosen=chosen, pin=PIN), at=MADE, field=SEAL_FIELD)


def test_a_card_taken_out_in_the_middle_signs_nothing(
    plan: bytes, cards: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards.add("kortti", "Olli Esimerkki", MADE, always=True)
    (chosen,) = certificates(MODULE)
    real = card._open_key

    def then_removed(*given: Any) -> Any:
        opened = real(*given)
        opened._load_objects()
        cards.remove_all()
        return opened

    monkeypatch.setattr(card, "_open_key", then_removed)
    with pytest.raises(UserError, match="Nothing was signed"):
        seal(plan, Card(module=MODULE, chosen=chosen, pin=PIN), at=MADE, field=SEAL_FIELD)


def test_a_file_that_is_no_module_is_told(tmp_path: Path) -> None:
    (tmp_path / "no.so").write_bytes(b"nothing")
    with pytest.raises(UserError, match="is not a card program that works"):
        certificates(tmp_path / "no.so")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (pkcs11.PinLocked(), "The card's PIN is locked"),
        (pkcs11.DeviceRemoved(), "The card was taken out"),
        (pkcs11.FunctionFailed(), "The card did not sign"),
    ],
)
def test_what_a_card_says_becomes_a_sentence(
    monkeypatch: pytest.MonkeyPatch, error: pkcs11.PKCS11Error, sentence: str
) -> None:
    def refuses(*_given: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr(card, "_library", lambda _module: type("Library", (), {"get_slots": refuses})())
    with pytest.raises(UserError, match=sentence):
        certificates(MODULE)


def a_certificate() -> card.CardCertificate:
    return card.CardCertificate(serial=b"1", token="kortti", key=b"\x02", certificate=b"")


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The PINs given to a card from now on."""
    tries: list[str] = []
    real = card._token

    class Counting:
        def __init__(self, token: Any) -> None:
            self.token = token

        @contextmanager
        def open(self, *, user_pin: str) -> Iterator[Any]:
            tries.append(user_pin)
            with self.token.open(user_pin=user_pin) as held:
                yield held

    monkeypatch.setattr(card, "_token", lambda *given: Counting(real(*given)))
    return tries
