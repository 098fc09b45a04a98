"""What an instrument of the service-needs assessment is: what is asked, in which order, and what is scored."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from valmentaja.definitions.text import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """`earlier` is the item of the version replaced that means the same, None when nothing does."""

    id: str
    text: LocalText
    quick: bool
    earlier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """`needed` is how many items must have a number before the domain has a score."""

    id: str
    name: LocalText
    scored: bool
    from_second: bool
    items: tuple[Item, ...]
    needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBand:
    """A named part of the scale: scores under `below` that no earlier band took; None takes the rest."""

    id: str
    name: LocalText
    below: int | None
    notice: LocalText


class SkipTest(StrEnum):
    """Everything a skip rule can ask of an answer."""

    IS = "is"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    NO_NUMBER = "no_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipRule:
    """`items` are not asked when the answer to the earlier item `when` passes the test."""

    when: str
    test: SkipTest
    value: int | str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A version of an instrument; 0–10, higher is better. `id` is e.g. `suunta-1.0`.

    `base` is the version whose texts it uses, `replaces` the one it follows, both by id. `total_needs` is how many
    scored domains a total needs; None means there is no total.
    """

    id: str
    name: LocalText
    version: str
    about: LocalText | None
    stem: LocalText
    low: LocalText
    high: LocalText
    notice: LocalText
    domains: tuple[Domain, ...]
    bands: tuple[ScoreBand, ...]
    skips: tuple[SkipRule, ...]
    total_needs: int | None
    base: str | None
    replaces: str | None
    fingerprint: str
    source: bytes = field(repr=False)

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, in the order of the file."""
        return tuple(i for d in self.domains for i in d.items)

    @property
    def scored_domains(self) -> tuple[Domain, ...]:
        return tuple(d for d in self.domains if d.scored)

    @property
    def has_quick_form(self) -> bool:
        return any(i.quick for i in self.items)

    def domains_for(self, *, first_time: bool) -> tuple[Domain, ...]:
        """The domains asked; some only from the second measurement on."""
        return tuple(d for d in self.domains if not (first_time and d.from_second))

    def domain_of(self, item_id: str) -> Domain:
        """KeyError when no domain has the item."""
        for domain in self.domains:
            if any(i.id == item_id for i in domain.items):
                return domain
        raise KeyError(item_id)
