"""A keystroke of search at three sizes of caseload, on the encrypted vault and on the same library without a key.

Times are of the processor, not of the clock: a keystroke writes nothing, and a busy machine would measure itself.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from answers import vault, without_key

from valmentaja.domain.client import Client, Meeting
from valmentaja.domain.codes import MeetingMode
from valmentaja.store import clients, meetings
from valmentaja.usecases import finding
from valmentaja.usecases.session import Session

SIZES = (100, 1_000, 10_000)
ROUNDS = 150
FRONT = ("Koi", "Mä", "Vir", "Lep", "Haa", "Kor", "Sal", "Nie", "Hie", "Jär", "Öl", "Åker", "Tuo", "Pel", "Rai", "Kuu")
MIDDLE = ("vu", "ke", "ta", "pä", "vi", "ho", "mi", "ri", "lo", "sa", "ne", "ky")
BACK = ("nen", "la", "mäki", "niemi", "lahti", "järvi", "lund", "ranta", "oja", "saari", "maa", "koski")
GIVEN = ("Aava", "Onni", "Kaisla", "Runo", "Meri", "Halla", "Ilta", "Tuisku")
TALK = (
    "työpaja",
    "aamu",
    "bussi",
    "kurssi",
    "puutyö",
    "keittiö",
    "hakemus",
    "soitto",
    "puhelu",
    "perhe",
    "velka",
    "uni",
)
NOTES_EACH = 4


def main(sizes: Sequence[int]) -> None:
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=Path.home()) as folder:
            encrypted = vault(Path(folder))
            both = {"encrypted": encrypted, "plain": without_key(encrypted, Path(folder) / "plain.db")}
            for session in both.values():
                fill(session, size)
            for kind, act in (("names", people), ("slips", people), ("notes", notes)):
                report(size, kind, measured(both, kind, act))
            for session in both.values():
                session.store.close()


def fill(session: Session, size: int) -> None:
    """The same invented people and notes in each."""
    chance, first = Random(size), date(2026, 1, 1)
    made = [
        Client(
            id=f"B-{n:05d}", family_name=name(chance), given_names=f"Testi-{chance.choice(GIVEN)}", intake_date=first
        )
        for n in range(size)
    ]
    held = [
        Meeting(
            client=client.id,
            date=first + timedelta(days=chance.randrange(300)),
            mode=MeetingMode.KAYNTI,
            minutes=45,
            attended=True,
            notes=" ".join(chance.choice(TALK) + chance.choice(MIDDLE) for _ in range(40)),
        )
        for client in made
        for _ in range(NOTES_EACH)
    ]
    with session.store.writing() as tx:
        clients.add_many(tx, [(client, chance.randbytes(16)) for client in made])
        meetings.add_many(tx, held)


def name(chance: Random) -> str:
    return chance.choice(FRONT) + chance.choice(MIDDLE) + chance.choice(BACK)


def people(session: Session, text: str) -> object:
    return finding.people(session, text)


def notes(session: Session, text: str) -> object:
    """What a keystroke costs: the count."""
    return finding.count_notes(session, text)


def keystrokes(kind: str) -> list[str]:
    """Everything that stands in the line while words are typed letter by letter."""
    chance, found = Random(5), []
    for _ in range(ROUNDS // 6):
        word = chance.choice(TALK) if kind == "notes" else name(chance).lower()
        if kind == "slips":
            word = word[:3] + word[4] + word[3] + word[5:]
        found += [word[:n] for n in range(1, min(len(word), 8) + 1)]
    return found


def measured(both: dict[str, Session], kind: str, act: Callable[[Session, str], object]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {which: [] for which in both}
    for session in both.values():
        act(session, "a")
    for typed in keystrokes(kind):
        for which, session in both.items():
            begun = time.process_time()
            act(session, typed)
            times[which].append((time.process_time() - begun) * 1000)
    return times


def report(size: int, kind: str, times: dict[str, list[float]]) -> None:
    line = f"{size:>6} clients, {kind:<6}"
    for which, taken in times.items():
        worst = sorted(taken)[min(len(taken) - 1, round(len(taken) * 0.99))]
        line += f"  {which} p50 {statistics.median(taken):.2f} ms p99 {worst:.2f} ms"
    ratio = statistics.median(times["encrypted"]) / statistics.median(times["plain"])
    sys.stdout.write(f"{line}  encrypted / plain {ratio:.2f}\n")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
