"""Answers questions until it is killed: `answering.py VAULT KEYFILE honest|hasty`; says each answer once it is saved.

The hasty one says so before it saves, which is what the test must be able to notice.
"""

from __future__ import annotations

import sys
from pathlib import Path

from valmentaja.crypto.keys import DataKey
from valmentaja.usecases import assessing, opening


def main(vault: Path, key: Path, manner: str) -> None:
    session = opening.open_session(vault, DataKey(bytearray(key.read_bytes())))
    client = "U101-001"
    assessment = assessing.begin(session, client).made
    order = assessing.runner(session, assessment).order
    n = len(assessing.assessments(session, client)[0].answers)
    while True:
        item, value = order[n % len(order)], n * 7 % 11
        n += 1
        if manner == "hasty":
            say(assessment, item, value)
        assessing.answer(session, assessment, item, value, note=str(n))
        if manner == "honest":
            say(assessment, item, value)


def say(assessment: str, item: str, value: int) -> None:
    sys.stdout.write(f"{assessment} {item} {value}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
