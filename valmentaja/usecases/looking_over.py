"""Tarkista: what an assessment still lacks, at any time; nothing here hinders saving or closing."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.definitions.instrument import Domain, Item
from valmentaja.domain.assessment import Answer
from valmentaja.usecases import assessing, two_raters
from valmentaja.usecases.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Items of one domain that have not been met at all."""

    domain: Domain
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookOver:
    """In the order of the instrument.

    `differing` are domains that client and coach see differently without a reason, `unrated` those without the
    coach's own rating, `dropped` answers that a skip rule takes out until it is confirmed.
    """

    open: tuple[Open, ...]
    differing: tuple[Domain, ...]
    unrated: tuple[Domain, ...]
    dropped: tuple[tuple[Item, Answer], ...]

    @property
    def count(self) -> int:
        return sum(len(part.items) for part in self.open)

    @property
    def is_whole(self) -> bool:
        return not (self.open or self.differing or self.dropped)


def look_over(session: Session, assessment_id: str) -> LookOver:
    shown = assessing.runner(session, assessment_id)
    raters = two_raters.of_runner(session, shown)
    parts = (Open(domain=d.domain, items=tuple(i for i in d.items if i not in shown.met)) for d in shown.domains)
    return LookOver(
        open=tuple(part for part in parts if part.items),
        differing=tuple(r.domain for r in raters if r.lacks_reason),
        unrated=tuple(r.domain for r in raters if r.coach is None),
        dropped=tuple((i, shown.values[i.id]) for i in shown.instrument.items if i.id in shown.dropped),
    )
