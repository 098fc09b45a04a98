"""Backs up or restores until it is killed: `moving.py backup|hasty|restore VAULT_OR_BACKUP KEYFILE_OR_CODE FOLDER`.

`hasty` is the control: it writes the backup under its final name from the start.
"""

from __future__ import annotations

import sys
from pathlib import Path

from valmentaja.crypto.keys import DataKey
from valmentaja.usecases import backing_up, opening, restoring
from valmentaja.usecases.restoring import Proof
from valmentaja.vault import backup


def back_up(vault: Path, key: Path, folder: Path) -> None:
    """One backup after another; the vault grows a little between them."""
    session = opening.open_session(vault, DataKey(bytearray(key.read_bytes())))
    while True:
        say("begin")
        made = backing_up.back_up(session, folder=folder)
        say(made.path.name)


def restore(path: Path, code: Path, folder: Path) -> None:
    proof = Proof(text=code.read_text("utf-8"), is_code=True)
    n = 0
    while True:
        n += 1
        say("begin")
        restoring.restore(path, folder / f"vault{n}", proof)
        say(f"vault{n}")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def be_hasty() -> None:
    backup.part_of = lambda target, _vault: target  # type: ignore[assignment]
    backup.into_place = lambda _part, _target: None  # type: ignore[assignment]
    backup._away = lambda _path: None  # type: ignore[assignment]


if __name__ == "__main__":
    manner, source, secret, target = sys.argv[1], *map(Path, sys.argv[2:5])
    if manner == "restore":
        restore(source, secret, target)
    else:
        if manner == "hasty":
            be_hasty()
        back_up(source, secret, target)
