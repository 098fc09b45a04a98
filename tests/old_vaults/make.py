"""Keeps a vault of this program's schema version: `make.py`; commit the folder it makes before the schema changes.

Everything in it is invented; the passphrase and the recovery code stand in `opens-with.json` beside it.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from valmentaja.base.clock import FixedClock
from valmentaja.crypto.keys import KdfCost
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Responsible
from valmentaja.store import migrate
from valmentaja.usecases import assessing, caseload, meetings, opening, planning
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session, Unit

WORDS = "neljä tavallista sanaa"
HERE = Path(__file__).resolve().parent
CHEAP = KdfCost(memory=KdfCost.FLOOR, passes=1, lanes=1)


def main() -> None:
    folder = HERE / f"{migrate.newest():04d}"
    clock = FixedClock(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
    unit = Unit(code="U101", municipality="405", coach="Veera Valmentaja")
    made = opening.create(folder, WORDS, unit=unit, clock=clock, cost=CHEAP)
    session = opening.open_session(folder, made.key, clock=clock)
    fill(session)
    held = {name: session.store.number(f"SELECT COUNT(*) FROM {name}") for name in ("client", "meeting", "answer")}
    opening.close(session)
    opens = {"passphrase": WORDS, "code": made.recovery_code, "rows": held}
    (folder / "opens-with.json").write_text(json.dumps(opens, indent=1) + "\n", "utf-8")
    sys.stdout.write(f"{folder}\n")


def fill(session: Session) -> None:
    """Three invented people, one meeting with notes, answers, a frozen plan."""
    for family in ("Esimerkki", "Öljymäki", "Mallikas"):
        caseload.take_on(session, NewClient(family_name=family, given_names="Testi"))
    client = "U101-002"
    meeting = int(meetings.start(session, client).made)
    begun = assessing.begin(session, client).made
    for place, item in enumerate(assessing.runner(session, begun).order[:12]):
        assessing.answer(session, begun, item, place % 11, note="aamu" if place == 3 else None)
    meetings.keep_notes(session, meeting, notes="Puhuttiin puutöistä.", agreed="Varataan aika verstaalle.")
    meetings.end(session, meeting, minutes=45)
    plan = planning.draft(session, client, PlanKind.VALMENNUS).made
    goal = planning.add_goal(session, plan, words="Aamut kuntoon").made
    planning.add_step(session, plan, goal, what="Herään 7.30", responsible=Responsible.CLIENT, by=date(2026, 12, 8))
    planning.freeze(session, plan)


if __name__ == "__main__":
    main()
