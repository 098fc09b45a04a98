"""A coach's card: a small file with two public keys, signed by itself; the number read aloud makes it trusted."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from valmentaja.base.canonical import Json, canonical
from valmentaja.base.errors import N_, UserError
from valmentaja.crypto import coach_keys
from valmentaja.crypto.coach_keys import ForgedError, PublicKeys
from valmentaja.exchange.strict_json import MalformedError, as_text, exactly, read_object

FORMAT = "valmentaja-coach-card/1"
LARGEST = 10_000
"""Bytes; a card has about 400."""
_NAMES = ("format", "name", "unit", "box_key", "sign_key", "signature")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    name: str
    unit: str
    keys: PublicKeys

    @property
    def fingerprint(self) -> str:
        return self.keys.fingerprint

    @property
    def file_name(self) -> str:
        return f"valmentaja-kortti_{self.unit}_{self.fingerprint[:5]}.json"

    @property
    def who(self) -> str:
        """Name and unit, as lists show them."""
        return ", ".join(part for part in (self.name, self.unit) if part)


def write(card: Card, sign_secret: bytes) -> bytes:
    body = _body(card)
    signature = base64.b64encode(coach_keys.sign(sign_secret, canonical(body))).decode()
    return canonical({**body, "signature": signature}) + b"\n"


def read(data: bytes) -> Card:
    """UserError when it is no card, or was changed since its coach made it."""
    if len(data) > LARGEST:
        raise _no_card()
    try:
        held = read_object(data)
        exactly(held, _NAMES, "card")
        texts = {name: as_text(held[name], name) for name in _NAMES}
        signature = base64.b64decode(texts["signature"], validate=True)
    except (MalformedError, ValueError) as error:
        raise _no_card() from error
    if texts["format"] != FORMAT:
        raise UserError(N_("The card is of a kind that this program does not know. Update the program."))
    card = Card(name=texts["name"], unit=texts["unit"], keys=PublicKeys(box=texts["box_key"], sign=texts["sign_key"]))
    _check(card, signature)
    return card


def _check(card: Card, signature: bytes) -> None:
    if not card.keys.are_keys:
        raise _no_card()
    try:
        coach_keys.check(card.keys, signature, canonical(_body(card)))
    except ForgedError as error:
        raise UserError(N_("The card has been changed since it was made. Ask the coach for a new one.")) from error


def _body(card: Card) -> dict[str, Json]:
    return {
        "format": FORMAT,
        "name": card.name,
        "unit": card.unit,
        "box_key": card.keys.box,
        "sign_key": card.keys.sign,
    }


def _no_card() -> UserError:
    return UserError(N_("The file is not a coach's card."))
