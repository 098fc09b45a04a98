"""The package of a handover and its receipt: signed inside, sealed to one coach outside (store.md §6).

Inside the seal: a line with the format, a line with the sender's fingerprint, a line with the signature over the rest,
and the body as canonical JSON. Nothing in it is compressed, so a small file cannot grow. The body is parsed only after
the signature of a trusted card has been checked; the receiver's fingerprint is in the body.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass

from valmentaja.base.canonical import Json, canonical
from valmentaja.base.errors import N_, UserError
from valmentaja.crypto import coach_keys
from valmentaja.crypto.coach_keys import ForgedError, PublicKeys, SealError
from valmentaja.domain.record import BY_NAME, SHAPE, Record, total
from valmentaja.exchange import handover_records
from valmentaja.exchange.strict_json import (
    MalformedError,
    as_list,
    as_number,
    as_object,
    as_text,
    exactly,
    read_object,
)

FORMAT = "valmentaja-handover/"
VERSION = 1
LARGEST = 256 * 1024 * 1024
"""Bytes of a sealed file; asked before it is read."""
MOST_CLIENTS = 500
CARRIES_INSTRUMENTS = 4
"""The schema from which a package brings the instruments that its assessments were made with."""
_HEAD = re.compile(rb"valmentaja-handover/([0-9]{1,6})\n")
_CARD = re.compile(r"[0-9]{5}( [0-9]{5}){5}")
_PACKAGE = re.compile(r"[a-z2-7]{26}")
_ENVELOPE = ("kind", "package", "created", "to", "schema", "anchor", "counts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What every package says of itself; `to` is the receiver's fingerprint, `anchor` the sender's log just then."""

    package: str
    created: str
    to: str
    schema: int
    anchor: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPackage:
    """`instruments` are (id, file) of what the assessments were made with; before schema 4 there were none."""

    envelope: Envelope
    records: tuple[Record, ...]
    instruments: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """`accepted` pairs each client's number at the sender with the number at the receiver."""

    envelope: Envelope
    accepted: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A package with the fingerprint of the trusted card that signed it."""

    sender: str
    content: HandoverPackage | Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """This vault's own keys and what they make public."""

    box_secret: bytes
    sign_secret: bytes
    keys: PublicKeys


def seal(content: HandoverPackage | Receipt, own: Own, receiver: PublicKeys) -> bytes:
    """The finished file."""
    body = canonical(_as_json(content))
    return coach_keys.seal(frame(body, own), receiver)


def frame(body: bytes, own: Own) -> bytes:
    """The body with its head; the signature covers format, sender and body."""
    signed = _signed(VERSION, own.keys.fingerprint, body)
    head, sender = signed.split(b"\n", 2)[:2]
    signature = base64.b64encode(coach_keys.sign(own.sign_secret, signed))
    return b"\n".join((head, sender, signature, body))


def unseal(data: bytes, own: Own, trusted: Callable[[str], PublicKeys | None]) -> Opened:
    """UserError, each with its own sentence, for what is not whole, not for this coach or not from a trusted one."""
    try:
        inside = coach_keys.unseal(data, own.box_secret)
    except SealError as error:
        raise UserError(
            N_("The file cannot be opened: it is not whole, or it was made for another coach. Ask for it again.")
        ) from error
    try:
        sender, body = _checked(inside, trusted)
        content = _from_json(read_object(body))
    except MalformedError as error:
        raise UserError(
            N_("The package is not written as it should be ({where}). Nothing was taken over."), where=str(error)
        ) from error
    if content.envelope.to != own.keys.fingerprint:
        raise UserError(N_("The package was signed for another coach. Nothing was taken over."))
    return Opened(sender=sender, content=content)


def _checked(inside: bytes, trusted: Callable[[str], PublicKeys | None]) -> tuple[str, bytes]:
    """Sender and body of a package whose signature holds."""
    version = _HEAD.match(inside)
    if version is None:
        raise MalformedError("head")
    if int(version[1]) != VERSION:
        raise _newer(int(version[1]), VERSION)
    parts = inside.split(b"\n", 3)
    if len(parts) != 4:
        raise MalformedError("head")
    sender = as_text(parts[1].decode("ascii", "replace"), "sender")
    keys = trusted(sender) if _CARD.fullmatch(sender) else None
    if keys is None:
        raise UserError(
            N_("The package is from a coach whose card you do not trust. Open the card first and compare the numbers.")
        )
    try:
        coach_keys.check(keys, base64.b64decode(parts[2], validate=True), _signed(VERSION, sender, parts[3]))
    except (ForgedError, ValueError) as error:
        raise UserError(
            N_("The signature of the package does not hold: it was not made by this coach. Nothing was taken over.")
        ) from error
    return sender, parts[3]


def _newer(found: int, known: int) -> UserError:
    return UserError(
        N_("The package was made by another version (format {found}; this program knows {known}). Update the program."),
        found=found,
        known=known,
    )


def _signed(version: int, sender: str, body: bytes) -> bytes:
    return f"{FORMAT}{version}\n{sender}\n".encode() + body


def _as_json(content: HandoverPackage | Receipt) -> Json:
    e = content.envelope
    held: dict[str, Json] = {
        "package": e.package,
        "created": e.created,
        "to": e.to,
        "schema": e.schema,
        "anchor": e.anchor,
        "counts": dict(e.counts),
    }
    if isinstance(content, Receipt):
        accepted: list[Json] = [[before, after] for before, after in content.accepted]
        return {**held, "kind": "receipt", "accepted": accepted}
    clients: list[Json] = [dict(handover_records.as_json(record)) for record in content.records]
    carried: list[Json] = [[id_, base64.b64encode(source).decode()] for id_, source in content.instruments]
    return {**held, "kind": "handover", "clients": clients, "instruments": carried}


def _from_json(held: dict[str, object]) -> HandoverPackage | Receipt:
    envelope = _envelope(held)
    if held["kind"] == "receipt":
        exactly(held, (*_ENVELOPE, "accepted"), "receipt")
        return Receipt(envelope=envelope, accepted=tuple(_pair(p) for p in as_list(held["accepted"], "accepted")))
    if held["kind"] != "handover":
        raise MalformedError("kind")
    carries = envelope.schema >= CARRIES_INSTRUMENTS
    exactly(held, (*_ENVELOPE, "clients", *(("instruments",) if carries else ())), "handover")
    clients = as_list(held["clients"], "clients")
    if not 1 <= len(clients) <= MOST_CLIENTS:
        raise MalformedError("clients")
    records = tuple(handover_records.from_json(client, envelope.schema) for client in clients)
    if _known_counts(records, envelope) != envelope.counts or len({record.id for record in records}) != len(records):
        raise MalformedError("counts")
    carried = as_list(held["instruments"], "instruments") if carries else []
    return HandoverPackage(envelope=envelope, records=records, instruments=tuple(_instrument(i) for i in carried))


def _instrument(value: object) -> tuple[str, bytes]:
    id_, source = _pair(value, "instruments")
    try:
        return id_, base64.b64decode(source, validate=True)
    except ValueError as error:
        raise MalformedError("instruments") from error


def _known_counts(records: tuple[Record, ...], envelope: Envelope) -> dict[str, int]:
    """The counts that a package of its age names."""
    return {table: n for table, n in total(records).items() if BY_NAME[table].since <= envelope.schema}


def _envelope(held: dict[str, object]) -> Envelope:
    if not set(_ENVELOPE) <= set(held):
        raise MalformedError("envelope")
    counts = as_object(held["counts"], "counts")
    package = as_text(held["package"], "package")
    if not _PACKAGE.fullmatch(package):
        raise MalformedError("package")
    schema = as_number(held["schema"], "schema")
    if schema > SHAPE:
        raise _newer(schema, SHAPE)
    return Envelope(
        package=package,
        created=as_text(held["created"], "created"),
        to=as_text(held["to"], "to"),
        schema=schema,
        anchor=as_text(held["anchor"], "anchor"),
        counts={name: as_number(number, "counts") for name, number in counts.items()},
    )


def _pair(value: object, where: str = "accepted") -> tuple[str, str]:
    pair = as_list(value, where)
    if len(pair) != 2:
        raise MalformedError(where)
    return as_text(pair[0], where), as_text(pair[1], where)
