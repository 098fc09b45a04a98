"""The indicators themselves (indicators.md §4): each says which people it counts in which of its cells.

A figure and the key it is protected with come from the same set of people, so they can never disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from valmentaja.definitions.indicators import RowKey
from valmentaja.domain.codes import ExitReason
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.facts import Person, RecordKey
from valmentaja.indicators.states import ActSet, Group, Standing, standing

Place = tuple[str, str, RecordKey]
"""First dimension, second dimension, who."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a measure looks at: everyone taken in by `last`, the days of the flows, the stock on its day."""

    people: tuple[Person, ...]
    first: date
    last: date
    stock: tuple[Standing, ...]


Measure = Callable[[Material], Iterator[Place]]


def gather(people: tuple[Person, ...], month: Month, act: ActSet) -> Material:
    """The material of the monthly rows."""
    taken_in = tuple(p for p in people if p.intake <= month.last)
    on = month.stock_day
    return Material(
        people=taken_in,
        first=month.first,
        last=month.last,
        stock=tuple(standing(p, on, act) for p in taken_in if p.in_caseload(on)),
    )


def count(measure: Measure, material: Material, keys: tuple[RowKey, ...]) -> Mapping[RowKey, frozenset[RecordKey]]:
    """The people behind each of the rows; a cell that is not among them is a KeyError."""
    if not keys:
        return {}
    found: dict[tuple[str, str], set[RecordKey]] = {key.cell: set() for key in keys}
    for dim1, dim2, who in measure(material):
        found[dim1, dim2].add(who)
    return {key: frozenset(found[key.cell]) for key in keys}


def _caseload(material: Material) -> Iterator[Place]:
    return (("", "", s.person.record_key) for s in material.stock)


def _groups(material: Material) -> Iterator[Place]:
    return ((s.group, "", s.person.record_key) for s in material.stock)


def _active(material: Material) -> Iterator[Place]:
    return ((s.group, "", s.person.record_key) for s in material.stock if s.active)


def _unemployed(material: Material) -> Iterator[Place]:
    return ((s.group, "", s.person.record_key) for s in material.stock if s.unemployed)


def _services_of_p(material: Material) -> Iterator[Place]:
    in_p = (s for s in material.stock if s.group is Group.P)
    return ((service, "", s.person.record_key) for s in in_p for service in s.service_groups)


def _states(material: Material) -> Iterator[Place]:
    return ((s.state, "", s.person.record_key) for s in material.stock)


def _intakes(material: Material) -> Iterator[Place]:
    return (("", "", p.record_key) for p in material.people if material.first <= p.intake <= material.last)


def _exits(material: Material) -> Iterator[Place]:
    for p in material.people:
        if p.exit is not None and material.first <= p.exit <= material.last:
            yield p.exit_reason or ExitReason.MUU, "", p.record_key


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "CL01": _caseload,
        "TG01": _groups,
        "AR_A": _active,
        "AR_U": _unemployed,
        "SV01": _services_of_p,
        "ST01": _states,
        "IN01": _intakes,
        "EX01": _exits,
    }
)
