"""Enters a form a second time until it is killed: `again.py VAULT KEYFILE ASSESSMENT`; says each saved row."""

from __future__ import annotations

import sys
from pathlib import Path

from valmentaja.crypto.keys import DataKey
from valmentaja.usecases import opening, paper_entry


def main(vault: Path, key: Path, assessment: str) -> None:
    session = opening.open_session(vault, DataKey(bytearray(key.read_bytes())))
    lines = [line for sheet in paper_entry.desk(session, assessment).sheets for line in sheet.lines]
    for n, line in enumerate(lines):
        paper_entry.enter_again(session, assessment, line.row.id, n % 11)
        sys.stdout.write(line.row.id + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
