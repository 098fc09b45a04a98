"""Instruments are read from their files: strictly, by name, and a released version only as it was released."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from valmentaja.base.canonical import canonical, fingerprint
from valmentaja.base.errors import N_, UserError
from valmentaja.base.paths import RESOURCES
from valmentaja.base.reader import Node, bytes_of, read_toml, toml_of
from valmentaja.definitions.instrument import Domain, Instrument, Item, ScoreBand, SkipRule, SkipTest
from valmentaja.definitions.loading import languages_of, local_text, optional_text, require_unique, toml_files
from valmentaja.definitions.text import LocalText

FOLDER = RESOURCES / "instruments"
BANDS = ("SUPPORT", "WATCH", "STRENGTH")
"""The names of parts of the scale, from its low end up; an instrument says where they end."""
NO_NUMBERS = ("EI_HALUA", "EI_KOSKE", "EI_KYSYTTY")
LARGEST = 1024 * 1024
"""Bytes of a file; asked before it is read."""
MOST_ITEMS, MOST_DOMAINS = 150, 40
ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,19}")
NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
VERSION = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}")

Find = Callable[[str], Instrument | None]
"""How an instrument's base is found by its id."""


@cache
def instruments() -> Mapping[str, Instrument]:
    """Every instrument version that is shipped, by id."""
    found = [load_instrument(path) for path in toml_files(FOLDER)]
    return MappingProxyType({i.id: i for i in found})


@cache
def released() -> Mapping[str, str]:
    """Fingerprints of the versions that were given out, by id: these never change."""
    rows = read_toml(RESOURCES / "released.toml")
    found = {row.text("id"): row.text("fingerprint") for row in rows.nodes("instruments")}
    rows.finish()
    return MappingProxyType(found)


@cache
def shipped(id_: str) -> Instrument | None:
    """The shipped instrument with this id."""
    found = {path.stem: path for path in toml_files(FOLDER)}
    return load_instrument(found[id_]) if id_ in found else None


def load_instrument(path: Path, *, find: Find = shipped) -> Instrument:
    """The instrument in one TOML file, called after its id; UserError names file, key and what is wrong."""
    made = parse_instrument(_bytes_of(path), file=path.name, find=find)
    if path.stem != made.id:
        # So two files can never claim the same version.
        raise UserError(N_("{file}: the file must be called {id}.toml."), file=path.name, id=made.id)
    return made


def _bytes_of(path: Path) -> bytes:
    """Looked at before it is read, for somebody may choose any file."""
    if path.is_file() and path.stat().st_size > LARGEST:
        raise UserError(N_("{file}: the file is too large for an instrument (1 MB)."), file=path.name)
    return bytes_of(path)


def parse_instrument(source: bytes, *, file: str, find: Find = shipped, as_released: bool = True) -> Instrument:
    """The same from bytes, whatever they were called; `as_released` refuses a released id that says something else."""
    node = toml_of(source, file)
    name, version = _matching(node, "id", NAME), _matching(node, "version", VERSION)
    base = _base(node, f"{name}-{version}", find)
    scoring = node.node("scoring")
    percent = _items_needed(scoring)
    replaces = _replaces(node, name, version)
    domains = tuple(_domain(d, base, percent, follows=replaces is not None) for d in node.nodes("domains"))
    made = Instrument(
        id=f"{name}-{version}",
        version=version,
        name=local_text(node, "name"),
        about=optional_text(node, "about"),
        stem=_own_or(node, "stem", base),
        low=_own_or(node, "low", base),
        high=_own_or(node, "high", base),
        notice=_own_or(node, "notice", base),
        domains=domains,
        bands=_bands(node, domains, base),
        skips=tuple(_skip(s, domains) for s in node.nodes("skip")) if node.has("skip") else (),
        total_needs=_total_needs(scoring, domains),
        base=None if base is None else base.id,
        replaces=replaces,
        fingerprint=_fingerprint(source, file),
        source=source,
    )
    _require_known_scale(node, base)
    node.finish()
    require_unique(node, (d.id for d in made.domains))
    require_unique(node, (i.id for i in made.items))
    _require_fitting_on_paper(node, made)
    if as_released:
        _require_as_released(node, made)
    return made


def _fingerprint(source: bytes, file: str) -> str:
    """Of what the file says, so line ends and comments do not matter."""
    try:
        return fingerprint(canonical(tomllib.loads(source.decode("utf-8-sig"))))
    except TypeError as error:
        # Dates have no canonical form, and no key here takes one.
        raise UserError(N_("{file}: use texts, whole numbers and true or false only."), file=file) from error


def _matching(node: Node, key: str, form: re.Pattern[str]) -> str:
    found = node.text(key)
    if not form.fullmatch(found):
        texts = {
            NAME: N_("{file}: “{key}” must be small letters a–z, digits and hyphens, such as oma-kartoitus."),
            VERSION: N_("{file}: “{key}” must be two numbers with a point, such as 1.0."),
            ID: N_("{file}: “{key}” must be letters and digits, at most 20, such as A1."),
        }
        raise node.wrong(key, texts[form])
    return found


def _base(node: Node, own: str, find: Find) -> Instrument | None:
    if not node.has("base"):
        return None
    id_ = node.text("base")
    found = find(id_) if id_ != own else None
    if found is None:
        raise node.wrong("base", N_("{file}: “{key}” names an instrument that is not here. Add that one first."))
    if found.base is not None:
        raise node.wrong("base", N_("{file}: “{key}” names an instrument that itself has a base. Name that base."))
    return found


def _replaces(node: Node, name: str, version: str) -> str | None:
    """An earlier version of the same instrument; one cannot take another's place in the list."""
    if not node.has("replaces"):
        return None
    before = node.text("replaces")
    of, _, number = before.rpartition("-")
    if of != name or not VERSION.fullmatch(number) or _number(number) >= _number(version):
        raise node.wrong("replaces", N_("{file}: “{key}” must name an earlier version of the same instrument."))
    return before


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _own_or(node: Node, key: str, base: Instrument | None) -> LocalText:
    """The file's own text, or the base's where the file has none."""
    if base is None or node.has(key):
        return local_text(node, key)
    return {"stem": base.stem, "low": base.low, "high": base.high, "notice": base.notice}[key]


def _items_needed(scoring: Node) -> int:
    percent = scoring.integer("items_needed")
    if not 1 <= percent <= 100:
        raise scoring.wrong("items_needed", N_("{file}: “{key}” must be 1–100, per cent of a domain's items."))
    return percent


def _total_needs(scoring: Node, domains: tuple[Domain, ...]) -> int | None:
    if not scoring.has("domains_needed"):
        return None
    needed = scoring.integer("domains_needed")
    if not 1 <= needed <= sum(d.scored for d in domains):
        raise scoring.wrong("domains_needed", N_("{file}: “{key}” must be from 1 to the number of scored domains."))
    return needed


def _domain(node: Node, base: Instrument | None, percent: int, *, follows: bool) -> Domain:
    if node.has("use"):
        return _used_domain(node, base, percent, follows=follows)
    items = tuple(_item(i, follows=follows) for i in node.nodes("items"))
    return Domain(
        id=_matching(node, "id", ID),
        name=local_text(node, "name"),
        scored=node.boolean("scored"),
        from_second=node.boolean("from_second", False),
        items=items,
        needed=_share(percent, len(items)),
    )


def _used_domain(node: Node, base: Instrument | None, percent: int, *, follows: bool) -> Domain:
    """A domain of the base, whole or only some of its items; its texts are never copied."""
    id_ = node.text("use")
    found = next((d for d in base.domains if d.id == id_), None) if base is not None else None
    if found is None:
        raise node.wrong("use", N_("{file}: “{key}” names a domain that the base does not have."))
    chosen = node.texts("only") if node.has("only") else tuple(i.id for i in found.items)
    if not chosen or not set(chosen) <= {i.id for i in found.items}:
        raise node.wrong("only", N_("{file}: “{key}” names an item that this domain of the base does not have."))
    items = tuple(
        Item(id=i.id, text=i.text, quick=False, earlier=i.id if follows else None)
        for i in found.items
        if i.id in chosen
    )
    return Domain(
        id=found.id,
        name=found.name,
        scored=found.scored,
        from_second=found.from_second,
        items=items,
        needed=_share(percent, len(items)),
    )


def _share(percent: int, items: int) -> int:
    """The smallest number of items that is at least the per cent of them."""
    return -(-percent * items // 100)


def _item(node: Node, *, follows: bool) -> Item:
    if node.has("earlier") and not follows:
        raise node.wrong("earlier", N_("{file}: “{key}” needs “replaces” at the top: the version that has that item."))
    return Item(
        id=_matching(node, "id", ID),
        text=languages_of(node),
        quick=node.boolean("quick", False),
        earlier=_matching(node, "earlier", ID) if node.has("earlier") else None,
    )


def _bands(node: Node, domains: tuple[Domain, ...], base: Instrument | None) -> tuple[ScoreBand, ...]:
    """The bands cover the scale from 0 to 10 once, without a gap; what is scored needs them."""
    if base is not None and base.bands and not node.has("bands"):
        return base.bands
    if not node.has("bands") and not any(d.scored for d in domains):
        return ()
    nodes = node.nodes("bands")
    found = tuple(_band(b) for b in nodes)
    if [b.id for b in found] != [b for b in BANDS if b in {f.id for f in found}]:
        raise node.wrong("bands", N_("{file}: “{key}” must be SUPPORT, WATCH, STRENGTH in this order, each once."))
    limits = [b.below for b in found[:-1]]
    if found[-1].below is not None or None in limits:
        raise node.wrong(
            "bands", N_("{file}: “{key}”: every band but the last needs “below”, the last takes the rest.")
        )
    rising = [0, *(b for b in limits if b is not None), 11]
    if any(a >= b for a, b in pairwise(rising)):
        raise node.wrong("bands", N_("{file}: “{key}”: each “below” must be 1–10 and more than the one before it."))
    return found


def _band(node: Node) -> ScoreBand:
    below = node.integer("below") if node.has("below") else None
    return ScoreBand(id=node.text("id"), name=local_text(node, "name"), below=below, notice=local_text(node, "notice"))


def _skip(node: Node, domains: tuple[Domain, ...]) -> SkipRule:
    tests = [t for t in SkipTest if node.has(t)]
    if len(tests) != 1:
        raise node.wrong("when", N_("{file}: beside “{key}” give one of is, at_most, at_least and no_number."))
    rule = SkipRule(when=node.text("when"), test=tests[0], value=_tested(node, tests[0]), items=node.texts("items"))
    order = [i.id for d in domains for i in d.items]
    if rule.when not in order:
        raise node.wrong("when", N_("{file}: “{key}” names an item that the instrument does not have."))
    if not rule.items or not set(rule.items) <= set(order):
        raise node.wrong("items", N_("{file}: “{key}” names an item that the instrument does not have."))
    if any(order.index(item) <= order.index(rule.when) for item in rule.items):
        raise node.wrong("items", N_("{file}: “{key}” may only name items after “when”: a rule looks back, not ahead."))
    return rule


def _tested(node: Node, test: SkipTest) -> int | str:
    if test is SkipTest.NO_NUMBER:
        reason = node.text(test)
        if reason not in NO_NUMBERS:
            raise node.wrong(test, N_("{file}: “{key}” must be EI_HALUA, EI_KOSKE or EI_KYSYTTY."))
        return reason
    number = node.integer(test)
    if not 0 <= number <= 10:
        raise node.wrong(test, N_("{file}: “{key}” must be on the scale, 0–10."))
    return number


def _require_known_scale(node: Node, base: Instrument | None) -> None:
    """The scoring rules stand on 0–10 with higher = better; another scale would be added up wrongly."""
    if base is not None and not node.has("scale") and not node.has("direction"):
        return
    if node.integers("scale") != (0, 10):
        raise node.wrong("scale", N_("{file}: “{key}” must be [0, 10]; this program scores no other scale."))
    if node.text("direction") != "higher_is_better":
        raise node.wrong("direction", N_("{file}: “{key}” must be higher_is_better."))


def _require_fitting_on_paper(node: Node, made: Instrument) -> None:
    """The code on a printed page counts to 30 pages."""
    if len(made.items) > MOST_ITEMS or len(made.domains) > MOST_DOMAINS:
        raise UserError(
            N_("{file}: an instrument has at most {items} items and {domains} domains."),
            file=node.file,
            items=MOST_ITEMS,
            domains=MOST_DOMAINS,
        )


def _require_as_released(node: Node, made: Instrument) -> None:
    if released().get(made.id, made.fingerprint) != made.fingerprint:
        text = N_("{file}: {id} has been released and may not change. Give the new wording a new version.")
        raise UserError(text, file=node.file, id=made.id)
