"""Results of meters that were taken elsewhere: what came out, never what was asked (domain.md §3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valmentaja.domain.client import ClientId


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherResult:
    """One score of one meter, in its own words and scale: nothing is computed from it.

    `domain` is empty for the whole. `size` is the attached file's bytes, 0 without one. A result is never changed; a
    wrong one gets a `void_reason` and stays.
    """

    id: str
    client: ClientId
    date: date
    instrument: str
    domain: str
    score: str
    scale: str
    note: str
    recorder: str
    at: str
    file_name: str = ""
    size: int = 0
    void_reason: str = ""

    @property
    def is_void(self) -> bool:
        return bool(self.void_reason)
