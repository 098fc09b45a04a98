"""Indicator definitions: which rows a month has, what each is called and what it counts; one version a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path
from types import MappingProxyType

from valmentaja.base.errors import N_, UserError
from valmentaja.base.paths import RESOURCES
from valmentaja.base.reader import Node, read_toml
from valmentaja.definitions.loading import languages_of, local_text, require_unique, toml_files
from valmentaja.definitions.text import LocalText

CURRENT = "valmentaja-ind/1"


class Frequency(StrEnum):
    """How often a row is written: every month, with a quarter's last month, with December for the year."""

    M = "M"
    Q = "Q"
    A = "A"


@dataclass(frozen=True, slots=True, order=True)
class RowKey:
    """The primary key of a figure; sorts as the package does. Unused dimensions are empty."""

    freq: str
    indicator: str
    dim1: str = ""
    dim2: str = ""

    @property
    def cell(self) -> tuple[str, str]:
        """The place within the indicator."""
        return self.dim1, self.dim2


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One value of a dimension, e.g. P, or a frequency other than monthly."""

    id: str
    name: LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """An example in words and as facts: one line a person, and `P = 1` for each cell that is not 0."""

    words: LocalText
    month: str
    people: tuple[str, ...]
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """`population` says who can be counted at all; versions before 1 say neither that nor give an example.
    `code_lists` are the names of the lists `dimensions` holds.

    `optional` ones a unit may switch off; then their rows go out empty with flag n."""

    id: str
    freqs: tuple[Frequency, ...]
    freq_names: tuple[Code, ...]
    dimensions: tuple[tuple[Code, ...], ...]
    title: LocalText
    explanation: LocalText
    source: str
    optional: bool
    code_lists: tuple[str, ...] = ()
    population: LocalText | None = None
    worked: Worked | None = None

    def row_keys(self, freq: Frequency) -> tuple[RowKey, ...]:
        """Every row of the indicator at that frequency, zeros included."""
        if freq not in self.freqs:
            return ()
        return tuple(RowKey(freq, self.id, *(code.id for code in codes)) for codes in product(*self.dimensions))

    def row_title(self, key: RowKey) -> LocalText:
        """The indicator's title and the names of the row's codes: `Client groups: P`, `Exits: pension · year`."""
        names = [self._name(place, code) for place, code in enumerate(key.cell[: len(self.dimensions)])]
        names += [code.name for code in self.freq_names if code.id == key.freq]
        return LocalText(
            fi=_joined(self.title.fi, [n.fi for n in names]),
            sv=_joined(self.title.sv, [n.sv for n in names]),
            en=_joined(self.title.en, [n.en for n in names]),
        )

    def _name(self, place: int, code: str) -> LocalText:
        return next(c.name for c in self.dimensions[place] if c.id == code)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Definitions:
    """A version of the indicators; `id` and `method` go into every package made by it.

    Compared as the object it is, so that what follows from it alone can be kept."""

    id: str
    method: str
    service_set: str
    indicators: Mapping[str, Indicator]

    def row_keys(self, *freqs: Frequency) -> tuple[RowKey, ...]:
        """The row keys of these frequencies (none named: of all) in the package's order."""
        return _row_keys(self, freqs or tuple(Frequency))

    def title(self, key: RowKey) -> LocalText:
        return self.indicators[key.indicator].row_title(key)


@cache
def _row_keys(version: Definitions, freqs: tuple[Frequency, ...]) -> tuple[RowKey, ...]:
    return tuple(sorted(key for i in version.indicators.values() for freq in freqs for key in i.row_keys(freq)))


@cache
def every_version() -> Mapping[str, Definitions]:
    """All shipped versions by id; old ones stay so that old packages can be checked."""
    found = [load_definitions(path) for path in toml_files(RESOURCES / "indicators")]
    return MappingProxyType({d.id: d for d in found})


def definitions(id_: str = CURRENT) -> Definitions:
    """The version of that id; without one, the version new packages are made by."""
    found = every_version().get(id_)
    if found is None:
        text = N_("The indicator definitions “{id}” are not known to this program. Update the program.")
        raise UserError(text, id=id_[:40])
    return found


def load_definitions(path: Path) -> Definitions:
    """One version from its TOML file; UserError names file and key of the first thing wrong."""
    node = read_toml(path)
    lists = _code_lists(node)
    found = [_indicator(i, lists) for i in node.nodes("indicators")]
    require_unique(node, (i.id for i in found))
    made = Definitions(
        id=node.text("id"),
        method=node.text("method"),
        service_set=node.text("services"),
        indicators=MappingProxyType({i.id: i for i in found}),
    )
    node.finish()
    return made


def _code_lists(node: Node) -> Mapping[str, tuple[Code, ...]]:
    tables = node.nodes("code_lists")
    found = {t.text("id"): tuple(_code(c) for c in t.nodes("codes")) for t in tables}
    require_unique(node, (t.text("id") for t in tables))
    for codes in found.values():
        require_unique(node, (c.id for c in codes))
    return found


def _code(node: Node) -> Code:
    return Code(id=node.text("id"), name=languages_of(node))


def _indicator(node: Node, lists: Mapping[str, tuple[Code, ...]]) -> Indicator:
    return Indicator(
        id=node.text("id"),
        freqs=_freqs(node),
        freq_names=lists.get("freq", ()),
        dimensions=_dimensions(node, lists),
        title=local_text(node, "title"),
        explanation=local_text(node, "explanation"),
        source=node.text("source"),
        optional=node.boolean("optional", False),
        code_lists=node.texts("dimensions") if node.has("dimensions") else (),
        population=local_text(node, "population") if node.has("population") else None,
        worked=_worked(node) if node.has("worked") else None,
    )


def _worked(node: Node) -> Worked:
    held = node.node("worked")
    return Worked(
        words=local_text(node, "example"),
        month=held.text("month"),
        people=held.texts("people"),
        counts=held.texts("counts"),
    )


def _freqs(node: Node) -> tuple[Frequency, ...]:
    try:
        return tuple(Frequency(f) for f in node.texts("freqs"))
    except ValueError as error:
        raise node.wrong("freqs", N_("{file}: “{key}” may hold M, Q and A only.")) from error


def _dimensions(node: Node, lists: Mapping[str, tuple[Code, ...]]) -> tuple[tuple[Code, ...], ...]:
    names = node.texts("dimensions") if node.has("dimensions") else ()
    if len(names) > 2 or not set(names) <= set(lists):
        raise node.wrong("dimensions", N_("{file}: “{key}” must name at most two of the code lists."))
    return tuple(lists[name] for name in names)


def _joined(title: str, names: list[str]) -> str:
    return f"{title}: {' · '.join(names)}" if names else title
