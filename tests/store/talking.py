"""Opens, uses a wrong key, reads a damaged page, closes: `talking.py VAULT KEYHEX quiet|loud`.

The loud one is the control: the library keeps its own level of talking.
"""

from __future__ import annotations

import sys
from pathlib import Path

from valmentaja.base.errors import StorageError
from valmentaja.crypto.keys import DataKey
from valmentaja.store import connection
from valmentaja.usecases import caseload, opening


def main(vault: Path, key: bytes, manner: str) -> None:
    if manner == "loud":
        kept = tuple(s for s in connection.BEFORE_FIRST_READ if "log_level" not in s)
        connection.BEFORE_FIRST_READ = kept
    session = opening.open_session(vault, DataKey(bytearray(key)))
    (root,) = session.store.rows("SELECT rootpage FROM sqlite_master WHERE name = 'client'")[0]
    opening.close(session)
    told = ["opened"]
    try:
        opening.open_session(vault, DataKey(bytearray(32)))
    except StorageError:
        told.append("refused")
    path = vault / "caseload-0001.db"
    held = bytearray(path.read_bytes())
    held[(root - 1) * 4096 + 200] ^= 1
    path.write_bytes(bytes(held))
    session = opening.open_session(vault, DataKey(bytearray(key)))
    try:
        caseload.client_rows(session)
    except StorageError:
        told.append("damaged")
    opening.close(session)
    sys.stdout.write(", ".join([*told, "closed"]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), sys.argv[3])
