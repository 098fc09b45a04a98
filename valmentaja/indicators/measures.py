"""The indicators themselves (indicators.md §4): each says which people it counts in which of its cells.

A figure and the key it is protected with come from the same set of people, so they can never disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from valmentaja.definitions.indicators import RowKey
from valmentaja.domain.codes import ExitReason
from valmentaja.indicators import flows, quarters
from valmentaja.indicators.facts import RecordKey
from valmentaja.indicators.material import Material, Measure, Place
from valmentaja.indicators.states import Group


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
    return (("", "", p.record_key) for p in material.people if material.within(p.intake))


def _exits(material: Material) -> Iterator[Place]:
    for p in material.people:
        if material.within(p.exit):
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
        "KT01": flows.rehabilitative_work,
        "KT02": flows.moves_on,
        "PS01": flows.wage_subsidy,
        "SS01": flows.service_starts,
        "AS01": flows.first_assessments,
        "AS02": flows.later_assessments,
        "PL01": flows.first_plans,
        "PL02": flows.later_plans,
        "PL03": flows.reviews_due,
        "PL04": flows.reviews_in_time,
        "ME01": flows.contacts,
        "TM01": flows.month_to_month,
        "TM12": quarters.year_to_year,
        "FC01": quarters.functional_change,
        "FB01": quarters.feedback,
        "WT01": quarters.waits,
        "SU01": quarters.until_first_step,
        "PW01": quarters.plan_realisation,
        "OE01": quarters.situation_later,
    }
)
