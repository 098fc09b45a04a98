"""Instruments of the service-needs assessment: what is asked, in which order, and what is scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from valmentaja.base.errors import N_, UserError
from valmentaja.base.paths import RESOURCES
from valmentaja.base.reader import Node, read_toml
from valmentaja.definitions.loading import languages_of, local_text, require_unique, toml_files
from valmentaja.definitions.text import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    id: str
    text: LocalText
    quick: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    id: str
    name: LocalText
    scored: bool
    from_second: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBand:
    """A named part of the scale: scores under `below` that no earlier band took; None takes the rest."""

    id: str
    name: LocalText
    below: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A released version; 0–10, higher is better. `id` is e.g. `suunta-1.0`."""

    id: str
    name: LocalText
    version: str
    stem: LocalText
    low: LocalText
    high: LocalText
    notice: LocalText
    domains: tuple[Domain, ...]
    bands: tuple[ScoreBand, ...] = ()

    @property
    def scored_domains(self) -> tuple[Domain, ...]:
        return tuple(d for d in self.domains if d.scored)

    def domains_for(self, *, first_time: bool) -> tuple[Domain, ...]:
        """The domains asked; some only from the second measurement on."""
        return tuple(d for d in self.domains if not (first_time and d.from_second))

    def domain_of(self, item_id: str) -> Domain:
        """KeyError when no domain has the item."""
        for domain in self.domains:
            if any(i.id == item_id for i in domain.items):
                return domain
        raise KeyError(item_id)


@cache
def instruments() -> Mapping[str, Instrument]:
    """Every instrument version that is shipped, by id."""
    found = [load_instrument(path) for path in toml_files(RESOURCES / "instruments")]
    return MappingProxyType({i.id: i for i in found})


def load_instrument(path: Path) -> Instrument:
    """The instrument in one TOML file; UserError names file and key of the first thing wrong."""
    node = read_toml(path)
    instrument = Instrument(
        id=f"{node.text('id')}-{node.text('version')}",
        version=node.text("version"),
        name=local_text(node, "name"),
        stem=local_text(node, "stem"),
        low=local_text(node, "low"),
        high=local_text(node, "high"),
        notice=local_text(node, "notice"),
        domains=tuple(_domain(d) for d in node.nodes("domains")),
        bands=tuple(_band(b) for b in node.nodes("bands")),
    )
    _require_known_scale(node)
    _require_own_name(path, instrument)
    node.finish()
    require_unique(node, (d.id for d in instrument.domains))
    require_unique(node, (i.id for d in instrument.domains for i in d.items))
    require_unique(node, (b.id for b in instrument.bands))
    return instrument


def _domain(node: Node) -> Domain:
    return Domain(
        id=node.text("id"),
        name=local_text(node, "name"),
        scored=node.boolean("scored"),
        from_second=node.boolean("from_second", False),
        items=tuple(_item(i) for i in node.nodes("items")),
    )


def _item(node: Node) -> Item:
    return Item(id=node.text("id"), text=languages_of(node), quick=node.boolean("quick", False))


def _band(node: Node) -> ScoreBand:
    below = node.integer("below") if node.has("below") else None
    return ScoreBand(id=node.text("id"), name=local_text(node, "name"), below=below)


def _require_known_scale(node: Node) -> None:
    """The scoring rules stand on 0–10 with higher = better; another scale would be added up wrongly."""
    if node.integers("scale") != (0, 10):
        raise node.wrong("scale", N_("{file}: “{key}” must be [0, 10]; this program scores no other scale."))
    if node.text("direction") != "higher_is_better":
        raise node.wrong("direction", N_("{file}: “{key}” must be higher_is_better."))


def _require_own_name(path: Path, instrument: Instrument) -> None:
    """A file is called what it holds, so two files can never claim the same version."""
    if path.stem != instrument.id:
        raise UserError(N_("{file}: the file must be called {id}.toml."), file=path.name, id=instrument.id)
