"""Tarkista: what an assessment still lacks, at any time; nothing here hinders saving or closing."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.definitions.instruments import Domain
from valmentaja.usecases import assessing
from valmentaja.usecases.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Items of one domain that have not been met at all."""

    domain: Domain
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookOver:
    """`open` in the order of the instrument."""

    open: tuple[Open, ...]

    @property
    def count(self) -> int:
        return sum(len(part.items) for part in self.open)

    @property
    def is_whole(self) -> bool:
        return not self.open


def look_over(session: Session, assessment_id: str) -> LookOver:
    shown = assessing.runner(session, assessment_id)
    parts = (Open(domain=d.domain, items=tuple(i for i in d.items if i not in shown.values)) for d in shown.domains)
    return LookOver(open=tuple(part for part in parts if part.items))
