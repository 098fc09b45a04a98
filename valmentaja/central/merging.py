"""Which of the sound packages count (indicators.md §10.2); the answer depends on the set of files alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from valmentaja.base.errors import N_
from valmentaja.central.deliveries import Delivery
from valmentaja.central.inspection import permission
from valmentaja.central.registry import Registry, by_unit
from valmentaja.exchange.package_check import Sentence


class Status(StrEnum):
    """What became of a delivered file."""

    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"
    CONFLICT = "conflict"


LET_IN = (Status.ACCEPTED, Status.SUPERSEDED)
"""Good packages, whether or not a later one counts instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A delivery and what became of it; `reason` is None for those that count."""

    delivery: Delivery
    status: Status
    reason: Sentence | None = None


@dataclass(slots=True)
class Merged:
    """Every ruling, and by month the deliveries that count, sorted by unit."""

    rulings: list[Ruling] = field(default_factory=list)
    months: dict[str, list[Delivery]] = field(default_factory=dict)


def merge(deliveries: Iterable[Delivery], registry: Registry) -> Merged:
    """The highest revision of a unit's month counts, unless two different files claim to be it."""
    merged, allowed, units = Merged(), [], by_unit(registry)
    for delivery in sorted(deliveries):
        reason = permission(delivery, units.get(delivery.unit, ())) if delivery.sound else delivery.sentence
        if reason is None:
            allowed.append(delivery)
        else:
            merged.rulings.append(Ruling(delivery=delivery, status=Status.REJECTED, reason=reason))
    allowed.sort(key=lambda one: (one.period, one.unit, -one.revision, one.sha256))
    for _, claims in groupby(allowed, key=attrgetter("period", "unit")):
        _rule(list(claims), merged)
    merged.rulings.sort(key=lambda ruling: ruling.delivery)
    return merged


def _rule(claims: list[Delivery], merged: Merged) -> None:
    """One unit's month, highest revision first."""
    counted: Delivery | None = None
    for _, held in groupby(claims, key=attrgetter("revision")):
        same = list(held)
        if len({one.sha256 for one in same}) > 1:
            merged.rulings += [Ruling(delivery=one, status=Status.CONFLICT, reason=_CONFLICT) for one in same]
        elif counted is None:
            counted = same[0]
            merged.months.setdefault(counted.period, []).append(counted)
            merged.rulings += [Ruling(delivery=one, status=Status.ACCEPTED) for one in same]
        else:
            text = N_("Revision {revision} replaces it.")
            reason = (text, (("revision", counted.revision),))
            merged.rulings += [Ruling(delivery=one, status=Status.SUPERSEDED, reason=reason) for one in same]


_CONFLICT: Sentence = (
    N_("Two different files claim to be this revision. Neither counts; ask the unit which is right."),
    (),
)
