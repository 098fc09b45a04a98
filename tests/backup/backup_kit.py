"""A vault with something in it, and what of it can be counted."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from conftest import CHEAP, WORDS

from valmentaja.base.clock import FixedClock
from valmentaja.crypto.keys import DataKey
from valmentaja.usecases import caseload, meetings, opening
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session, Unit

UNIT = Unit(code="U101", municipality="405", coach="Veera Valmentaja")


@dataclass(frozen=True, slots=True)
class Vault:
    """A closed vault; `key` opens it without the price of the passphrase."""

    folder: Path
    code: str
    key: bytes
    clock: FixedClock

    def open(self) -> Session:
        return opening.open_session(self.folder, DataKey(bytearray(self.key)), clock=self.clock)


def make(folder: Path, clock: FixedClock, *, clients: int = 2) -> Vault:
    made = opening.create(folder, WORDS, unit=UNIT, clock=clock, cost=CHEAP)
    vault = Vault(folder, made.recovery_code, bytes(made.key.reveal()), clock)
    session = vault.open()
    for n in range(clients):
        caseload.take_on(session, NewClient(family_name=f"Esimerkki{n}", given_names="Testi"))
    opening.close(session)
    return vault


def add_meeting(session: Session, notes: str) -> None:
    meeting = int(meetings.start(session, "U101-001").made)
    meetings.keep_notes(session, meeting, notes=notes, agreed="")
    meetings.end(session, meeting, minutes=30)


def names(session: Session) -> list[str]:
    return sorted(row.name for row in caseload.client_rows(session))


def rezipped(path: Path, target: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """The backup with other members: `change` gets them by name."""
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    change(members)
    with zipfile.ZipFile(target, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    return target


def relisted(members: dict[str, bytes], change: Callable[[dict[str, object]], object]) -> None:
    """Change the list of contents."""
    listed = json.loads(members["manifest.json"])
    change(listed)
    members["manifest.json"] = json.dumps(listed).encode()
