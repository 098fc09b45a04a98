"""A session to be recorded: `session_child.py VAULT KEYFILE careful|careless`; says each commit once it is saved.

The careless one does not wait for the disk, which is what the simulated power loss must be able to notice.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from valmentaja.crypto.keys import DataKey
from valmentaja.store import settings
from valmentaja.usecases import health, meetings, opening
from valmentaja.usecases.session import Session
from valmentaja.vault import header

COMMITS, REST, HEADERS = 45, 9, 15
"""Every how many commits the vault rests, and every how many its header is written."""


def main(vault: Path, key: Path, manner: str) -> None:
    data_key = DataKey(bytearray(key.read_bytes()))
    session = opening.open_session(vault, DataKey(bytearray(key.read_bytes())))
    if manner == "careless":
        session.store._connection.execute("PRAGMA synchronous=OFF")
    meeting = int(meetings.start(session, "U101-001").made)
    for n in range(1, COMMITS + 1):
        commit(session, meeting, n)
        say(f"saved {n}")
        if n % REST == 0:
            health.rest(session)
        if n % HEADERS == 0:
            made = replace(header.read(vault), sequence=n)
            header.write(vault, header.signed(made, data_key))
            say(f"header {n}")
    opening.close(session)


def commit(session: Session, meeting: int, n: int) -> None:
    """One transaction over several tables, long enough for many pages every now and then."""
    meetings.keep_notes(session, meeting, notes=words(n), agreed=f"{n}")
    with session.store.writing() as tx:
        settings.keep_setting(tx, f"saved {n}", words(n))


def words(n: int) -> str:
    return f"muistiinpano {n} " * (400 if n % 7 == 0 else 3)


def say(text: str) -> None:
    os.write(1, f"<{text}>\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
