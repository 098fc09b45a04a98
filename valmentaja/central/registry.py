"""Which unit signs with which key, and from when to when: `registry.csv` (indicators.md §10)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from valmentaja.base.errors import N_, UserError
from valmentaja.base.paths import write_new
from valmentaja.crypto import minisign
from valmentaja.definitions.municipalities import MUNICIPALITIES, municipalities

HEADER = ("unit", "municipality", "public_key", "valid_from", "valid_to")
_UNIT, _FINNISH_DAY = re.compile(r"[A-Z0-9]{2,12}"), re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)


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
    def days(self) -> str:
        """Both days as the registry has them, for a sentence."""
        return "–".join(day.isoformat() if day else "…" for day in (self.valid_from, self.valid_to))

    @property
    def cells(self) -> tuple[str, ...]:
        days = (day.isoformat() if day else "" for day in (self.valid_from, self.valid_to))
        return self.unit, self.municipality, self.public_key, *days


Registry = tuple[Entry, ...]
Units = Mapping[str, Registry]
"""The entries of each unit."""


def read(path: Path) -> Registry:
    """Every entry, also as Excel saves it; UserError names file, line and column of the first thing that cannot be."""
    found: dict[str, list[Entry]] = {}
    owners: dict[str, Entry] = {}
    for number, cells in _rows(path):
        place = f"{path.name}:{number}"
        entry = _entry(cells, place)
        mine = found.setdefault(entry.unit, [])
        _require_alone(entry, mine, place)
        _require_own(entry, owners.setdefault(entry.public_key, entry), place)
        mine.append(entry)
    return tuple(sorted((entry for mine in found.values() for entry in mine), key=lambda e: e.cells))


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """The numbered rows after the header, as spreadsheets save them: see `_parted`."""
    try:
        text = path.read_text("utf-8-sig")
        first, _, rest = text.partition("\n")
        skipped = 1 if first.strip().strip('"').lower().startswith("sep=") else 0
        lines = list(_parted(rest if skipped else text))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(N_("{file} cannot be read as CSV in UTF-8."), file=str(path)) from error
    if not lines or tuple(lines[0]) != HEADER:
        raise UserError(N_("{file} must begin with the row {header}."), file=str(path), header=",".join(HEADER))
    return [(number, cells) for number, cells in enumerate(lines[1:], start=2 + skipped) if any(cells)]


def _parted(text: str) -> Iterator[list[str]]:
    """Finnish Excel parts cells with semicolons, LibreOffice also with tabs; both keep emptied rows and columns."""
    header = text.partition("\n")[0]
    mark = next((mark for mark in ";\t" if mark in header), ",")
    for line in csv.reader(io.StringIO(text), strict=True, delimiter=mark):
        cells = [cell.strip() for cell in line]
        while len(cells) > len(HEADER) and not cells[-1]:
            cells.pop()
        yield cells


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
    held = next((one for one in entries if one.public_key == entry.public_key and one.overlaps(entry)), None)
    if held is not None:
        raise UserError(
            N_(
                "{unit} already has this key: municipality {municipality}, days {days}. An earlier last day is given "
                "with valmentaja-kokoaja end-key, the rest is changed in registry.csv."
            ),
            unit=entry.unit,
            municipality=held.municipality,
            days=held.days,
        )
    _require_alone(entry, entries, REGISTERING)
    for other in entries:
        _require_own(entry, other, REGISTERING)
    return (*entries, entry)


def ended(entries: Registry, unit: str, public_key: str, ends: str) -> tuple[Registry, Entry]:
    """The registry in which a key of the unit has that last day, and the entry that has it.

    Without a `public_key` it is the unit's only key or the only one without a last day."""
    held = _to_end([one for one in entries if one.unit == unit], unit, public_key)
    if not ends:
        raise UserError(N_("Say with --to which day is the key's last."))
    changed = replace(held, valid_to=_day(ends, ENDING))
    _require_earlier(changed, held)
    _require_order(changed, ENDING)
    return (*(one for one in entries if one != held), changed), changed


def _to_end(mine: Sequence[Entry], unit: str, public_key: str) -> Entry:
    if not mine:
        raise UserError(N_("The unit {unit} is not in the registry."), unit=unit)
    asked = [one for one in mine if public_key in ("", one.public_key)]
    if not asked:
        raise UserError(N_("The unit {unit} has no such key in the registry."), unit=unit)
    chosen = [one for one in asked if one.valid_to is None] or asked
    if len(chosen) > 1:
        text = N_("The unit {unit} has several keys. Name the key file too, or give the last day in registry.csv.")
        raise UserError(text, unit=unit)
    return chosen[0]


REGISTERING, ENDING = "register-unit", "end-key"


def _entry(cells: list[str], place: str) -> Entry:
    if len(cells) != len(HEADER):
        text = N_("{place}: the row has {found} fields. It must have {count}: {header}.")
        raise UserError(text, place=place, found=len(cells), count=len(HEADER), header=", ".join(HEADER))
    return entry_of(*cells, place=place)


def entry_of(unit: str, municipality: str, public_key: str, begins: str, ends: str, *, place: str) -> Entry:
    """An entry from text; `place` is where the text stands, for the sentence that refuses it."""
    if not _UNIT.fullmatch(unit):
        text = N_("{place}: “{text}” is not the code of a unit. It has 2 to 12 capital letters or digits.")
        raise UserError(text, place=place, text=unit)
    key = key_of(public_key, place)
    first, last = _day(begins, place, "valid_from"), _day(ends, place, "valid_to")
    code = _municipality(municipality, place, was=place != REGISTERING and last is not None)
    entry = Entry(unit=unit, municipality=code, public_key=key, valid_from=first, valid_to=last)
    _require_order(entry, place)
    return entry


def key_of(text: str, place: str) -> str:
    """As the registry keeps it, from a public key file or its second line."""
    try:
        return minisign.read_public_key(text).line
    except minisign.MinisignError as error:
        raise UserError(N_("{place}: this is not a minisign public key."), place=place) from error


def _municipality(text: str, place: str, *, was: bool) -> str:
    """Three digits, as 091 also where Excel left 91; what `was` once may have been joined to another since."""
    code = text.zfill(3) if text.isascii() and text.isdigit() else ""
    if code in municipalities() or (was and len(code) == len("091") and code != "000"):
        return code
    raise UserError(
        N_("{place}: there is no municipality “{text}”. The numbers with their names are in {file}."),
        place=place,
        text=text,
        file=str(MUNICIPALITIES),
    )


def _day(text: str, place: str, column: str = "--to") -> date | None:
    finnish = _FINNISH_DAY.fullmatch(text)
    try:
        if finnish:
            return date(int(finnish[3]), int(finnish[2]), int(finnish[1]))
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        sentence = N_("{place}: “{text}” is not a day ({column}). Write it like 2026-12-31 or 31.12.2026.")
        raise UserError(sentence, place=place, text=text, column=column) from error


def _require_order(entry: Entry, place: str) -> None:
    if entry.valid_from and entry.valid_to and entry.valid_to < entry.valid_from:
        text = N_("{place}: the key would end before it begins ({days}).")
        raise UserError(text, place=place, days=entry.days)


def _require_earlier(changed: Entry, held: Entry) -> None:
    """An ended key stays ended: what was refused because of it would count again."""
    if held.valid_to and changed.valid_to and changed.valid_to > held.valid_to:
        text = N_(
            "The key of {unit} already has the last day {day}. end-key only gives an earlier one; a later one is "
            "written into registry.csv."
        )
        raise UserError(text, unit=held.unit, day=held.valid_to.isoformat())


def _require_own(entry: Entry, other: Entry, place: str) -> None:
    """Who holds the key of two units could deliver for both."""
    if entry.public_key == other.public_key and entry.unit != other.unit:
        text = N_(
            "{place}: this is the key of the unit {other}. Every unit has a key of its own; check that the file is the "
            "one that {unit} sent."
        )
        raise UserError(text, place=place, other=other.unit, unit=entry.unit)


def _require_alone(entry: Entry, others: Iterable[Entry], place: str) -> None:
    """Two keys of a unit at the same time would leave open who signed."""
    if any(entry.overlaps(other) for other in others):
        text = N_("{place}: the unit {unit} already has a key for those days. Give the old one a last day first.")
        raise UserError(text, place=place, unit=entry.unit)
