"""Coach cards: this coach's own, and those of the coaches who are trusted after a number was read aloud."""

from __future__ import annotations

from pathlib import Path

from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.paths import write_new
from valmentaja.base.reasons import system_reason
from valmentaja.crypto import coach_keys
from valmentaja.crypto.coach_keys import PublicKeys
from valmentaja.crypto.minisign import new_private_key
from valmentaja.exchange import coach_card
from valmentaja.exchange.coach_card import Card
from valmentaja.exchange.handover_package import Own
from valmentaja.store import handovers, settings
from valmentaja.store.handovers import CoachCard
from valmentaja.usecases.session import Area, Changes, Session, changed

__all__ = ["Card", "CoachCard"]

BOX, SIGN = "handover box key", "handover sign key"


def own_keys(session: Session) -> Own:
    """Made at first use, so that a vault of any age has them."""
    try:
        box, sign = settings.secret(session.store, BOX), settings.secret(session.store, SIGN)
    except KeyError:
        box, sign = coach_keys.new_box_secret(), new_private_key(session.chance.token(32))
        with session.store.writing() as tx:
            settings.keep_secret(tx, BOX, box)
            settings.keep_secret(tx, SIGN, sign)
    return Own(box_secret=box, sign_secret=sign, keys=coach_keys.public_keys(box, sign))


def own_card(session: Session) -> Card:
    return Card(name=session.unit.coach, unit=session.unit.code, keys=own_keys(session).keys)


def save_card(session: Session, target: Path) -> Path:
    """Write the own card to a file, or under its usual name into a folder; it holds public keys only."""
    card = own_card(session)
    path = target / card.file_name if target.is_dir() else target
    try:
        write_new(path, coach_card.write(card, own_keys(session).sign_secret))
    except OSError as error:
        raise StorageError(
            N_("{file} could not be written ({reason})."), file=str(path), reason=system_reason(error)
        ) from error
    return path


def read_card(path: Path) -> Card:
    """A card to compare; it is not trusted yet."""
    try:
        if path.stat().st_size > coach_card.LARGEST:
            raise UserError(N_("The file is not a coach's card."))
        return coach_card.read(path.read_bytes())
    except OSError as error:
        raise StorageError(
            N_("{file} cannot be read ({reason})."), file=str(path), reason=system_reason(error)
        ) from error


def trust(session: Session, card: Card, heard: str) -> Changes:
    """`heard` is the number that the other coach read aloud, typed here; it must be the card's own."""
    if _digits(heard) != _digits(card.fingerprint):
        raise UserError(
            N_("The number is not the one of this card. Ask the coach to read it again; if it still differs, stop.")
        )
    if card.fingerprint == own_card(session).fingerprint:
        raise UserError(N_("This is your own card. Choose the other coach's card."))
    row = CoachCard(
        fingerprint=card.fingerprint,
        name=card.who or card.fingerprint[:5],
        box_key=card.keys.box,
        sign_key=card.keys.sign,
        trusted=session.now(),
    )
    with session.store.writing() as tx:
        handovers.trust(tx, row)
    return changed(Area.SETTING, made=card.fingerprint)


def distrust(session: Session, fingerprint: str) -> Changes:
    """Packages from this coach are refused from now on."""
    with session.store.writing() as tx:
        handovers.distrust(tx, fingerprint)
    return changed(Area.SETTING)


def trusted(session: Session) -> tuple[CoachCard, ...]:
    return handovers.cards(session.store)


def card(session: Session, fingerprint: str) -> CoachCard:
    """The trusted card with this number, written with or without spaces."""
    for held in trusted(session):
        if _digits(held.fingerprint) == _digits(fingerprint):
            return held
    raise UserError(N_("No trusted card has this number. Import the coach's card first."))


def keys_of(session: Session, fingerprint: str) -> PublicKeys | None:
    """None for a card that is not trusted, and for a stored card that does not have its own number."""
    for held in trusted(session):
        keys = PublicKeys(box=held.box_key, sign=held.sign_key)
        if held.fingerprint == fingerprint and keys.fingerprint == fingerprint:
            return keys
    return None


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
