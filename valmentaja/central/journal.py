"""`ingest.csv`: what became of every delivered file, and why, for people and for other programs.

Whoever gives the command in whatever language, the same files give the same bytes: `code` is a word for programs that
stays when a sentence is worded anew, `reason` is the sentence in the program's first language.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable

from valmentaja.central.deliveries import write_rows
from valmentaja.central.lake import Lake
from valmentaja.central.merging import Ruling
from valmentaja.i18n import LANGUAGES, Words, words

HEADER = ("file", "sha256", "unit", "period", "revision", "status", "code", "reason")
OTHER = "other"
CODES = {
    "This is not an ordinary file.": "not-a-file",
    "The file cannot be read ({reason}).": "unreadable",
    "The file is larger than a package can be (1 MB).": "too-large",
    "The file is not a zip archive or is damaged.": "not-a-zip",
    "The zip archive is not packed as a package is; the file has been changed.": "packing",
    "The archive must hold exactly {members}, in this order.": "members",
    "The archive's members must be stored, not compressed.": "members",
    "The name is not that of a month's package, for example vi_405_U101_2024-03_r1.zip.": "name",
    "The unit {unit} is not in the registry.": "unit-unknown",
    "The unit {unit} is not registered in the municipality {municipality}.": "municipality",
    "The file is signed with another key than {key}.": "key-unknown",
    "The key is no longer one of the unit {unit}.": "key-gone",
    "The unit's key was not valid on {day}, when the file was made.": "key-not-valid",
    "The signature does not match; the file has been changed.": "signature",
    "The signature is for another file than {stem}; the file has been renamed.": "renamed",
    "The contents are not what was signed: a checksum differs.": "checksum",
    "The package format is not known to this program. Update the program.": "format-unknown",
    "The package's indicator definitions are not known to this program. Update the program.": "definitions-unknown",
    "{member} cannot be understood.": "descriptor",
    "{member} does not fit the file name, the figures or the signature.": "descriptor",
    "{member} is not that of these definitions.": "codes",
    "The package was made before {month} was over.": "too-early",
    "{member} does not have the rows of this month.": "rows",
    "{member}, line {line}: the row is not as it must be.": "rows",
    "{member}, line {line}: this is not a protected figure.": "figures",
    "{member}: the flags contradict each other.": "flags",
    "Revision {revision} replaces it.": "replaced",
    "Two different files claim to be this revision. Neither counts; ask the unit which is right.": "conflict",
}
"""Msgid of a reason → its code, which never changes."""


def write(lake: Lake, rulings: Iterable[Ruling]) -> None:
    said = words(LANGUAGES[0])
    write_rows(lake.journal, HEADER, (_line(ruling, said) for ruling in rulings))


def listed(lake: Lake) -> set[tuple[str, str]]:
    """Name and SHA-256 of what the last ingest that came to its end had listed; nothing where the list is damaged."""
    try:
        with lake.journal.open(encoding="utf-8", newline="") as opened:
            return {(row["file"], row["sha256"]) for row in csv.DictReader(opened)}
    except (OSError, ValueError, KeyError, csv.Error):
        return set()


def _line(ruling: Ruling, said: Words) -> tuple[object, ...]:
    one, (text, values) = ruling.delivery, ruling.reason or ("", ())
    code = CODES.get(text, OTHER) if text else ""
    reason = said(text, **dict(values))
    return one.file, one.sha256, one.unit, one.period, one.revision or "", ruling.status.value, code, reason
