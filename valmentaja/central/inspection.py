"""One delivered file looked at, in the order of indicators.md §10.1; the first thing wrong refuses the whole file."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from valmentaja.base.clock import HELSINKI
from valmentaja.base.errors import N_, UserError
from valmentaja.base.reasons import system_reason
from valmentaja.central.deliveries import Delivery, refused
from valmentaja.central.registry import Registry, Units
from valmentaja.exchange.kept import shortened
from valmentaja.exchange.package import PackageHead
from valmentaja.exchange.package_check import Contents, Sentence, verify

LARGEST_READ = 16 * 2**20
"""What is larger is not even copied into the quarantine."""
SAFE_START = "'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A verdict and what was read: `content` is what is kept of a sound package, `data` the whole file."""

    delivery: Delivery
    content: bytes = b""
    data: bytes = b""


def inspect(path: Path, name: str, units: Units) -> Inspection:
    """Read the file and say what it is; never an error, whatever it holds."""
    shown = shown_name(name)
    try:
        data = _bytes(path)
    except UserError as error:
        return Inspection(delivery=refused(shown, "", (error.text, tuple(error.values.items()))))
    sha256 = hashlib.sha256(data).hexdigest()
    keys = keys_of(shown, units)
    check = verify(data, shown, *keys)
    if check.problem is not None:
        return Inspection(delivery=refused(shown, sha256, check.problem, public_key=" ".join(keys)), data=data)
    if check.contents is None:
        raise ValueError("a verdict says what is wrong or what is there")
    if not keys:
        return Inspection(delivery=refused(shown, sha256, _unregistered(check.contents.head.unit)), data=data)
    return Inspection(delivery=_sound(shown, sha256, check.contents), content=shortened(check.contents), data=data)


def keys_of(name: str, units: Units) -> tuple[str, ...]:
    """Every key the unit named in the file name ever had."""
    try:
        unit = PackageHead.of_name(name).unit
    except (UserError, ValueError):
        return ()
    return tuple(sorted({entry.public_key for entry in units.get(unit, ())}))


def permission(delivery: Delivery, mine: Registry) -> Sentence | None:
    """Why this sound package may not come in by its unit's entries as they stand now; None when it may."""
    if not mine:
        return _unregistered(delivery.unit)
    mine = tuple(entry for entry in mine if entry.public_key == delivery.public_key)
    if not mine:
        return N_("The key is no longer one of the unit {unit}."), (("unit", delivery.unit),)
    here = [entry for entry in mine if entry.municipality == delivery.municipality]
    if not here:
        text = N_("The unit {unit} is not registered in the municipality {municipality}.")
        return text, (("unit", delivery.unit), ("municipality", delivery.municipality))
    day = made_on(delivery)
    if not any(entry.holds_on(day) for entry in here):
        return N_("The unit's key was not valid on {day}, when the file was made."), (("day", day.isoformat()),)
    return None


def made_on(delivery: Delivery) -> date:
    """The Finnish day a package was sealed on."""
    return datetime.fromisoformat(delivery.created).astimezone(HELSINKI).date()


def shown_name(name: str) -> str:
    """A name that can be written down: no control characters, nothing that a spreadsheet would split or calculate."""
    text = name.encode("utf-8", "backslashreplace").decode()
    is_plain = text.isprintable() and ";" not in text
    plain = text if is_plain else "".join(c if c.isprintable() and c != ";" else f"\\x{ord(c):02x}" for c in text)
    return SAFE_START + plain if plain.startswith(("=", "+", "-", "@")) else plain


def _bytes(path: Path) -> bytes:
    """The file's content; a link, a pipe or a device is never opened."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise UserError(N_("This is not an ordinary file."))
        if found.st_size > LARGEST_READ:
            raise UserError(N_("The file is larger than a package can be (1 MB)."))
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as opened:
            return opened.read(LARGEST_READ + 1)
    except OSError as error:
        raise UserError(N_("The file cannot be read ({reason})."), reason=system_reason(error)) from error


def _unregistered(unit: str) -> Sentence:
    return N_("The unit {unit} is not in the registry."), (("unit", unit),)


def _sound(name: str, sha256: str, contents: Contents) -> Delivery:
    return Delivery(
        file=name,
        sha256=sha256,
        unit=contents.head.unit,
        municipality=contents.head.municipality,
        period=str(contents.head.month),
        revision=contents.head.revision,
        created=contents.created,
        definitions=contents.definitions,
        public_key=contents.public_key,
        figures=hashlib.sha256(contents.content).hexdigest(),
    )
