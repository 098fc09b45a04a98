"""Which measurements are compared: the latest with a score, and the first that has a score to compare with it.

Every page, paper, picture and report asks here, so that none can contradict another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from valmentaja.definitions.instrument import Instrument
from valmentaja.domain.assessment import Assessment, DomainId, scores
from valmentaja.domain.versions import matched

Measured = tuple[Assessment, Instrument]
"""A measurement and the version it was made with."""


def scores_as(lead: Instrument, measured: Measured, known: Mapping[str, Instrument]) -> dict[DomainId, Fraction]:
    """The client's scores under another version's names of domains, where it asks the same."""
    held, own = measured
    found = scores(own, held.values())
    return {domain: found[its] for domain, its in matched(lead, own, known).items() if its in found}


def scored(lead: Instrument, held: Iterable[Measured], known: Mapping[str, Instrument]) -> tuple[Measured, ...]:
    """Those that have a score to compare; a quick check alone never has one."""
    return tuple(m for m in held if scores_as(lead, m, known))


def first_of(
    lead: Instrument, latest: Measured, earlier: Iterable[Measured], known: Mapping[str, Instrument]
) -> Measured | None:
    """The first of the earlier ones that has a score in a domain where the latest has one."""
    own = scores_as(lead, latest, known)
    return next((m for m in earlier if own.keys() & scores_as(lead, m, known).keys()), None)


def baseline(measured: Measured, held: Sequence[Measured], known: Mapping[str, Instrument]) -> Measured | None:
    """What a measurement is compared with: the first closed one before it that has scores to compare.

    `held` are the client's measurements in the order they were made.
    """
    return first_of(measured[1], measured, before(measured, held), known)


def before(measured: Measured, held: Sequence[Measured]) -> tuple[Measured, ...]:
    """The closed ones that were made before it; of two on one day only one is before the other."""
    ids = [a.id for a, _ in held]
    earlier = held[: ids.index(measured[0].id)] if measured[0].id in ids else held
    return tuple(m for m in earlier if m[0].closed is not None)


def latest(held: Sequence[Measured]) -> Measured | None:
    """The one that is shown by itself: the last closed one with a score, else the last closed one."""
    closed = [m for m in held if m[0].closed is not None]
    with_score = [m for m in closed if scores(m[1], m[0].values())]
    return next(reversed(with_score or closed), None)
