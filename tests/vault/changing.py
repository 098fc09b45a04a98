"""Changes a vault's keys and is killed while it does: `changing.py honest|torn`; a line of words on stdin is one kill.

`VAULT KIND OLD NEW MICROSECONDS`: a forked child takes a client on, prepares the new keys, says "begin", changes them;
this process kills it that long after "begin", or, for "unharmed" in place of a number, measures how long it took.
The answer is "killed" or "finished", the client's id, the microseconds measured.
The torn manner writes the header in place in two halves and without its spare: what the test must be able to notice.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from pathlib import Path

from valmentaja.crypto.keys import KdfCost
from valmentaja.usecases import caseload, keys, opening
from valmentaja.usecases.caseload import NewClient
from valmentaja.vault import header

CHEAP = KdfCost(memory=KdfCost.FLOOR, passes=1, lanes=1)
TORN_PAUSE = 0.002


def change(vault: Path, kind: str, old: str, new: str, told: int) -> None:
    key = opening.key_from_passphrase(vault, old)
    session = opening.open_session(vault, key.copy())
    person = NewClient(family_name="Esimerkki", given_names="Testi")
    made = caseload.take_on(session, person, despite_duplicates=True).made
    os.write(told, f"{made}\n".encode())
    if kind == "rotation":
        opening.close(session)
        plan = keys.prepare_rotation(vault, old, new_passphrase=new, cost=CHEAP)
        os.write(told, b"begin\n")
        keys.rotate(plan)
    else:
        prepared = keys.prepare_passphrase(vault, key, new, cost=CHEAP)
        os.write(told, b"begin\n")
        keys.commit(session, prepared)
        opening.close(session)


def torn(path: Path, data: bytes) -> None:
    """In place, half by half: the control."""
    if path.name == header.SPARE:
        path.unlink(missing_ok=True)
        return
    (path.parent / header.SPARE).unlink(missing_ok=True)
    with path.open("r+b") as out:
        out.truncate(0)
        for half in (data[: len(data) // 2], data[len(data) // 2 :]):
            out.write(half)
            out.flush()
            time.sleep(TORN_PAUSE)


def forked(words: list[str]) -> str:
    vault, kind, old, new, wait = words
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(reading)
            change(Path(vault), kind, old, new, writing)
            os.write(writing, b"done\n")
            code = 0
        except Exception:  # noqa: BLE001 - the child ends here, with its reason on stderr
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as said:
        made, began = said.readline().strip(), said.readline().strip()
        start = time.perf_counter()
        if wait.strip() == "unharmed":
            said.readline()
            os.waitpid(child, 0)
            return f"finished {made} {round((time.perf_counter() - start) * 1e6)}"
        while time.perf_counter() - start < int(wait) / 1e6:
            continue
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    ended = "killed" if os.WIFSIGNALED(status) else "finished" if status == 0 else "failed"
    return f"{ended if began == 'begin' else 'failed'} {made} 0"


def main(manner: str) -> None:
    if manner == "torn":
        header.write_new = torn
    for line in sys.stdin:
        sys.stdout.write(forked(line.split("\t")) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
