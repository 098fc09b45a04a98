"""An open vault, and the answer that every write gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from valmentaja.base import clock as clocks
from valmentaja.base.clock import Clock
from valmentaja.base.ids import Chance, new_id
from valmentaja.store import log
from valmentaja.store.database import Store
from valmentaja.store.search import KnownNames


class Area(StrEnum):
    """What a write may have touched."""

    CLIENT = "client"
    MEETING = "meeting"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    DOCUMENT = "document"
    SERVICE = "service"
    SETTING = "setting"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a write changed; `client` None means any client, `made` is the id of what was created."""

    areas: frozenset[Area]
    client: str | None = None
    made: str = ""

    def touches(self, *areas: Area, client: str | None = None) -> bool:
        concerns = client is None or self.client is None or client == self.client
        return concerns and bool(self.areas.intersection(areas))


def changed(*areas: Area, client: str | None = None, made: str = "") -> Changes:
    return Changes(areas=frozenset(areas), client=client, made=made)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Whose caseload this is: one vault, one unit, one coach."""

    code: str
    municipality: str
    coach: str

    @property
    def name(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An open vault with its clock and chance; pages hold the session, never a row."""

    store: Store
    folder: Path
    clock: Clock
    chance: Chance
    unit: Unit
    training: bool
    names: KnownNames = field(default_factory=KnownNames, repr=False)

    def today(self) -> date:
        return clocks.today(self.clock)

    def now(self) -> str:
        """UTC stamp."""
        return clocks.stamp(self.clock)

    def new_id(self) -> str:
        return new_id(self.chance)

    def saved_at(self) -> str:
        """UTC stamp of the last committed write, read from the database; "" when there is none."""
        return log.last_moment(self.store)
