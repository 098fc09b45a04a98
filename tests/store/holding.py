"""Keeps a vault open with a canary in it: `holding.py VAULT KEYFILE memory|file`, until a line comes on stdin.

`file` is the control: SQLite may then put what it sorts into temporary files.
"""

from __future__ import annotations

import sys
from pathlib import Path

from valmentaja.crypto.keys import DataKey
from valmentaja.domain.client import Client
from valmentaja.store import clients
from valmentaja.store import meetings as stored_meetings
from valmentaja.usecases import assessing, meetings, opening

CANARY = "Kanarianlintunen"
PEOPLE = 6000
"""Times 40 lines of 50 bytes and more is what is sorted."""


def main(vault: Path, key: Path, temporary: str) -> None:
    session = opening.open_session(vault, DataKey(bytearray(key.read_bytes())))
    with session.store.writing() as tx:
        people = [
            Client(id=f"X-{n:05d}", family_name=f"{CANARY}{n}", given_names="Testi", intake_date=session.today())
            for n in range(PEOPLE)
        ]
        clients.add_many(tx, [(person, session.chance.token(16)) for person in people])
    meeting = int(meetings.start(session, "X-00000").made)
    meetings.keep_notes(session, meeting, notes=f"{CANARY} muistiinpanoissa", agreed=CANARY)
    assessment = assessing.begin(session, "X-00000").made
    assessing.answer(session, assessment, assessing.runner(session, assessment).order[0], 7, note=CANARY)
    with session.store.writing() as tx:
        # Mid-edit: written in a transaction that never ends.
        held = meetings.meeting(session, meeting)
        stored_meetings.keep_notes(tx, held, notes=f"{CANARY} kesken " * 5000, agreed=CANARY)
        sort(session.store._connection, temporary)


def sort(connection: object, temporary: str) -> None:
    """A sort of more than 10 MB, too large for its cache, stopped half-way with its temporary files in use."""
    from sqlcipher3 import dbapi2

    if not isinstance(connection, dbapi2.Connection):
        raise TypeError
    if temporary == "file":
        connection.execute("PRAGMA temp_store=FILE")
    connection.execute("PRAGMA cache_size=20")
    connection.execute("CREATE TEMP TABLE crowd AS SELECT * FROM client")
    sql = "SELECT a.family_name || b.folded FROM crowd a, (SELECT * FROM client LIMIT 40) b ORDER BY 1 DESC"
    cursor = connection.execute(sql)
    cursor.fetchone()
    sys.stdout.write("open\n")
    sys.stdout.flush()
    sys.stdin.readline()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
