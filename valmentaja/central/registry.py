"""Which unit signs with which key, and from when to when: `registry.csv` (indicators.md §10)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from valmentaja.base.errors import N_, UserError
from valmentaja.base.paths import write_new
from valmentaja.crypto import minisign

HEADER = ("unit", "municipality", "public_key", "valid_from", "valid_to")
_UNIT, _MUNICIPALITY = re.compile(r"[A-Z0-9]{2,12}"), re.compile(r"[0-9]{3}")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Entry:
    """One line; `public_key` is the second line of the minisign public key file, both days are inclusive."""

    unit: str
    municipality: str
    public_key: str
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    def overlaps(self, other: Entry) -> bool:
        """Whether both would speak for the same unit on some day."""
        starts = max(self.valid_from or date.min, other.valid_from or date.min)
        return self.unit == other.unit and starts <= min(self.valid_to or date.max, other.valid_to or date.max)

    @property
    def cells(self) -> tuple[str, ...]:
        days = (day.isoformat() if day else "" for day in (self.valid_from, self.valid_to))
        return self.unit, self.municipality, self.public_key, *days


Registry = tuple[Entry, ...]
Units = Mapping[str, Registry]
"""The entries of each unit."""


def read(path: Path) -> Registry:
    """Every entry; UserError names file and line of the first thing that cannot be."""
    try:
        lines = list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(N_("{file} cannot be read as CSV in UTF-8."), file=str(path)) from error
    if not lines or tuple(lines[0]) != HEADER:
        raise UserError(N_("{file} must begin with the row {header}."), file=str(path), header=",".join(HEADER))
    found: dict[str, list[Entry]] = {}
    for number, cells in enumerate(lines[1:], start=2):
        entry = _entry(cells, f"{path.name}:{number}")
        mine = found.setdefault(entry.unit, [])
        _require_alone(entry, mine, f"{path.name}:{number}")
        mine.append(entry)
    return tuple(sorted((entry for mine in found.values() for entry in mine), key=lambda e: e.cells))


def by_unit(entries: Registry) -> Units:
    found: dict[str, Registry] = {}
    for entry in entries:
        found[entry.unit] = (*found.get(entry.unit, ()), entry)
    return found


def write(path: Path, entries: Iterable[Entry]) -> None:
    """All entries, sorted; the file is replaced as a whole."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(sorted(entry.cells for entry in entries))
    write_new(path, text.getvalue().encode())


def added(entries: Registry, entry: Entry) -> Registry:
    """The registry with one entry more; the same entry again changes nothing."""
    if entry in entries:
        return entries
    _require_alone(entry, entries, REGISTERING)
    return (*entries, entry)


REGISTERING = "register-unit"


def _entry(cells: list[str], place: str) -> Entry:
    if len(cells) != len(HEADER):
        raise UserError(N_("{place}: the row must have {count} fields."), place=place, count=len(HEADER))
    return entry_of(*cells, place=place)


def entry_of(unit: str, municipality: str, public_key: str, begins: str, ends: str, *, place: str) -> Entry:
    """An entry from text; `place` is where the text stands, for the sentence that refuses it."""
    if not _UNIT.fullmatch(unit) or not _MUNICIPALITY.fullmatch(municipality):
        text = N_("{place}: a unit is 2 to 12 capitals or digits, a municipality three digits.")
        raise UserError(text, place=place)
    try:
        key = minisign.read_public_key(public_key).line
    except minisign.MinisignError as error:
        raise UserError(N_("{place}: this is not a minisign public key."), place=place) from error
    first, last = _day(begins, place), _day(ends, place)
    if first and last and last < first:
        raise UserError(N_("{place}: the key would end before it begins."), place=place)
    return Entry(unit=unit, municipality=municipality, public_key=key, valid_from=first, valid_to=last)


def _day(text: str, place: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UserError(N_("{place}: a day is written YYYY-MM-DD."), place=place) from error


def _require_alone(entry: Entry, others: Iterable[Entry], place: str) -> None:
    """Two keys of a unit at the same time would leave open who signed."""
    if any(entry.overlaps(other) for other in others):
        text = N_("{place}: the unit {unit} already has a key for those days. Give the old one a last day first.")
        raise UserError(text, place=place, unit=entry.unit)
