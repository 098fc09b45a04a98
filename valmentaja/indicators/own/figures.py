"""The own figures of a month, topic by topic: the month's rows and what only the coach sees, as sets of people.

What a package shows by quarter is counted here for the three months that end with the month, by the same formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from valmentaja.base.errors import N_
from valmentaja.definitions.indicators import Definitions, Frequency, RowKey
from valmentaja.definitions.services import act_set
from valmentaja.indicators.calendar import Month, addm
from valmentaja.indicators.facts import Person, RecordKey
from valmentaja.indicators.material import Material, Place, first_day, gather
from valmentaja.indicators.measures import MEASURES, count
from valmentaja.indicators.month import MONTHS
from valmentaja.indicators.own import care, ladder
from valmentaja.indicators.own.care import Beside
from valmentaja.indicators.own.ladder import RUNGS, Rung


class Topic(StrEnum):
    """In the order they are shown."""

    CASELOAD = "CASELOAD"
    ACTIVATION = "ACTIVATION"
    LADDER = "LADDER"
    TRANSITIONS = "TRANSITIONS"
    CHANGE = "CHANGE"
    PLANS = "PLANS"
    CONTINUITY = "CONTINUITY"
    CONTACTS = "CONTACTS"
    TIMELINESS = "TIMELINESS"
    GAPS = "GAPS"
    LATER = "LATER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as the people it counts. `words`, a msgid with `values`, is "" for a row of the package: it has its own
    title by `key`."""

    key: RowKey
    people: frozenset[RecordKey]
    words: str = ""
    values: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """`AR_A P`, as the log names it."""
        return " ".join(filter(None, (self.key.indicator, *self.key.cell)))

    @property
    def count(self) -> int:
        return len(self.people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A month as the topics look at it: its own flows, and those of the three months that end with it."""

    month: Material
    quarter: Material
    beside: Beside
    definitions: Definitions


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """Everything the own figures are counted from; frozen, for the worker."""

    people: tuple[Person, ...]
    definitions: Definitions
    beside: Beside = field(default_factory=Beside)


def look(caseload: Caseload, month: Month) -> Look:
    material = gather(caseload.people, month, act_set(caseload.definitions.service_set))
    return Look(
        month=material,
        quarter=replace(material, first=first_day(month, MONTHS[Frequency.Q])),
        beside=caseload.beside,
        definitions=caseload.definitions,
    )


def figures(looked: Look, topic: Topic) -> tuple[Figure, ...]:
    """Every figure of the topic, those without anybody included."""
    return tuple(TOPICS[topic](looked))


def _official(*indicators: str) -> Callable[[Look], Iterator[Figure]]:
    return lambda looked: (f for indicator in indicators for f in _of_package(looked, indicator))


def _of_package(looked: Look, indicator: str) -> Iterator[Figure]:
    """By the definition in force, at the first frequency it is written at."""
    known = looked.definitions.indicators[indicator]
    freq = known.freqs[0]
    material = looked.month if freq is Frequency.M else looked.quarter
    cells = count(MEASURES[indicator], material, known.row_keys(freq))
    return (Figure(key=key, people=people) for key, people in cells.items())


def _own(indicator: str, places: Iterable[Place], known: Mapping[tuple[str, str], tuple[str, str]]) -> Iterator[Figure]:
    """`known` says in order which cells there are: (words, days); a cell that is not among them is a KeyError."""
    found: dict[tuple[str, str], set[RecordKey]] = {cell: set() for cell in known}
    for dim1, dim2, who in places:
        found[dim1, dim2].add(who)
    for cell, (words, days) in known.items():
        values = (("days", days),) if days else ()
        key = RowKey("M", indicator, *cell)
        yield Figure(key=key, people=frozenset(found[cell]), words=words, values=values)


def _ladder(looked: Look) -> Iterator[Figure]:
    month = looked.month.month
    yield from _own("RUNG", ladder.standing(looked.month), RUNG_WORDS)
    yield from _own("MOVE_1", ladder.moves(looked.month, month.previous.stock_day), MOVE_WORDS["MOVE_1"])
    year_ago = Month.of(addm(month.first, -12)).stock_day
    yield from _own("MOVE_12", ladder.moves(looked.month, year_ago), MOVE_WORDS["MOVE_12"])


def _continuity(looked: Look) -> Iterator[Figure]:
    yield from _own("COACH", care.coach(looked.month, looked.beside), COACH_WORDS)
    yield from _own("CONTACT", care.since_contact(looked.month), _by_bin(N_("{days} days since the last contact")))
    longest = N_("Longest time without a contact in a year: {days} days")
    yield from _own("BETWEEN", care.between_contacts(looked.month), _by_bin(longest))


def _gaps(looked: Look) -> Iterator[Figure]:
    return _own("NO_SERVICE", care.service_gaps(looked.month, looked.beside), GAP_WORDS)


def _by_bin(words: str) -> Mapping[tuple[str, str], tuple[str, str]]:
    return {(name, ""): (words, name.replace("-", "–")) for name in care.BIN_NAMES}


RUNG_WORDS = {(rung.name, ""): (RUNGS[rung], "") for rung in reversed(Rung)}
_MONTH_MOVES = (
    N_("Up since the month before"),
    N_("On the same step as the month before"),
    N_("Down since the month before"),
    N_("Left for work or studies since the month before"),
    N_("Left otherwise since the month before"),
)
_YEAR_MOVES = (
    N_("Up since a year before"),
    N_("On the same step as a year before"),
    N_("Down since a year before"),
    N_("Left for work or studies since a year before"),
    N_("Left otherwise since a year before"),
)
MOVE_WORDS = {
    name: {(move, ""): (said, "") for move, said in zip(ladder.MOVES, words, strict=True)}
    for name, words in (("MOVE_1", _MONTH_MOVES), ("MOVE_12", _YEAR_MOVES))
}
COACH_WORDS = {
    (care.SAME_COACH, ""): (N_("The same coach from the start"), ""),
    (care.TAKEN_OVER, ""): (N_("Came from another coach"), ""),
}
_WITHOUT, _AHEAD = N_("{days} days without a service, no next step"), N_("{days} days without a service, a step ahead")
GAP_WORDS = {
    (care.SERVED, ""): (N_("In a service, work or studies"), ""),
    (care.SHORT, ""): (N_("At most 30 days without a service"), ""),
    **{(name, ""): (_WITHOUT, name.replace("-", "–")) for name in care.GAPS},
    **{(name, care.WITH_STEP): (_AHEAD, name.replace("-", "–")) for name in care.GAPS},
}
TOPICS: Mapping[Topic, Callable[[Look], Iterator[Figure]]] = MappingProxyType(
    {
        Topic.CASELOAD: _official("CL01", "TG01", "IN01", "EX01"),
        Topic.ACTIVATION: _official("AR_A", "AR_U"),
        Topic.LADDER: _ladder,
        Topic.TRANSITIONS: _official("ST01", "TM01", "TM12", "KT01", "KT02"),
        Topic.CHANGE: _official("FC01", "AS01", "AS02"),
        Topic.PLANS: _official("PW01", "PL01", "PL02"),
        Topic.CONTINUITY: _continuity,
        Topic.CONTACTS: _official("ME01"),
        Topic.TIMELINESS: _official("PL03", "PL04", "WT01"),
        Topic.GAPS: _gaps,
        Topic.LATER: _official("OE01"),
    }
)
