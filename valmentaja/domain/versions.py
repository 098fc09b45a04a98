"""How two versions of an instrument are compared: item by item through what each new version says it continues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from valmentaja.definitions.instrument import Domain, Instrument, Item
from valmentaja.domain.assessment import Assessment, Change, DomainId, ItemId, scores, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed between two measurements, and what cannot be compared because other things were asked.

    `apart` are the latest version's scored domains without a counterpart, `new` its items that the first one did
    not ask, `gone` the first one's items that nothing continues. `total_change` needs every domain to be comparable.
    `first` has the first one's scores under the latest version's names of domains.
    """

    first: Mapping[DomainId, Fraction]
    changes: tuple[Change, ...]
    total_change: Fraction | None
    apart: tuple[Domain, ...]
    new: tuple[Item, ...]
    gone: tuple[Item, ...]


def lineage(instrument: Instrument, known: Mapping[str, Instrument]) -> tuple[Instrument, ...]:
    """The version and those it follows, newest first, as far as they are known."""
    found = [instrument]
    while (before := known.get(found[-1].replaces or "")) is not None and before not in found:
        found.append(before)
    return tuple(found)


def kin(one: Instrument, other: Instrument, known: Mapping[str, Instrument]) -> bool:
    """Whether one of the two follows the other, or they are the same."""
    return other in lineage(one, known) or one in lineage(other, known)


def counterparts(latest: Instrument, first: Instrument, known: Mapping[str, Instrument]) -> dict[ItemId, ItemId]:
    """Each item of the latest version → the item of the first that means the same; empty when they are no kin."""
    line = lineage(latest, known)
    if first.id not in {v.id for v in line}:
        return {}
    found = {i.id: i.id for i in latest.items}
    for version in line:
        if version.id == first.id:
            break
        earlier = {i.id: i.earlier for i in version.items}
        found = {new: old for new, held in found.items() if (old := earlier.get(held)) is not None}
    real = {i.id for i in first.items}
    return {new: old for new, old in found.items() if old in real}


def comparable(latest: Instrument, first: Instrument, known: Mapping[str, Instrument]) -> dict[DomainId, DomainId]:
    """Scored domains that ask the same, item for item, in both; only then may two scores stand together."""
    pairs = counterparts(latest, first, known)
    old = {frozenset(i.id for i in d.items): d.id for d in first.scored_domains}
    found = {}
    for domain in latest.scored_domains:
        same = [pairs.get(i.id, "") for i in domain.items]
        if frozenset(same) in old and len(set(same)) == len(domain.items):
            found[domain.id] = old[frozenset(same)]
    return found


def matched(one: Instrument, other: Instrument, known: Mapping[str, Instrument]) -> dict[DomainId, DomainId]:
    """As `comparable`, whichever of the two is the newer version."""
    return comparable(one, other, known) or {own: its for its, own in comparable(other, one, known).items()}


def paired(one: Instrument, other: Instrument, known: Mapping[str, Instrument]) -> dict[ItemId, ItemId]:
    """As `counterparts`, whichever of the two is the newer version."""
    return counterparts(one, other, known) or {own: its for its, own in counterparts(other, one, known).items()}


def compare(
    latest: tuple[Instrument, Assessment], first: tuple[Instrument, Assessment], known: Mapping[str, Instrument]
) -> Comparison:
    """The latest measurement against the first, each read with its own version, whichever of them is the newer."""
    (version, held), (before, held_before) = latest, first
    same, pairs = matched(version, before, known), paired(version, before, known)
    now, then = scores(version, held.values()), scores(before, held_before.values())
    whole = set(same) == {d.id for d in version.scored_domains} and len(same) == len(before.scored_domains)
    first_scores = {d: then[o] for d, o in same.items() if o in then}
    return Comparison(
        first=first_scores,
        changes=tuple(Change(domain=d, first=score, latest=now[d]) for d, score in first_scores.items() if d in now),
        total_change=_difference(total(version, held.values()), total(before, held_before.values())) if whole else None,
        apart=tuple(d for d in version.scored_domains if d.id not in same),
        new=tuple(i for i in version.items if i.id not in pairs),
        gone=tuple(i for i in before.items if i.id not in pairs.values()),
    )


def _difference(now: Fraction | None, then: Fraction | None) -> Fraction | None:
    return None if now is None or then is None else now - then
