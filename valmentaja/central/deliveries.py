"""Every file that was ever delivered and what its inspection found: `deliveries.csv`, one row a different file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from functools import cache
from pathlib import Path

from valmentaja import __version__
from valmentaja.base.errors import N_, UserError
from valmentaja.base.paths import write_new
from valmentaja.definitions.indicators import every_version
from valmentaja.exchange.package_check import Sentence


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Delivery:
    """A sound package has `figures`, the SHA-256 of its indicators.csv; a refused one has a `problem`, a msgid.

    `public_key` is the key the signature was checked with; of a refused file all keys that were tried, with spaces
    between, and `inspector` says what refused it: another may know more. A file too odd to be read has no `sha256` and
    is looked at again every time."""

    file: str
    sha256: str
    unit: str = ""
    municipality: str = ""
    period: str = ""
    revision: int = 0
    created: str = ""
    definitions: str = ""
    public_key: str = ""
    figures: str = ""
    problem: str = ""
    values: str = "{}"
    inspector: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """A file's name and content; the same again is the same delivery."""
        return self.file, self.sha256

    @property
    def sound(self) -> bool:
        return not self.problem

    @property
    def sentence(self) -> Sentence:
        """Why it was refused."""
        return self.problem, tuple(json.loads(self.values).items())


Deliveries = Mapping[tuple[str, str], Delivery]
"""By file name and SHA-256."""
HEADER = tuple(field.name for field in fields(Delivery))


def refused(file: str, sha256: str, problem: Sentence, public_key: str = "") -> Delivery:
    """A delivery that goes into quarantine."""
    text, values = problem
    told = json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
    return Delivery(file=file, sha256=sha256, problem=text, values=told, public_key=public_key, inspector=inspector())


@cache
def inspector() -> str:
    """This program and the definitions it knows."""
    return " ".join((__version__, *sorted(every_version())))


def read(path: Path) -> dict[tuple[str, str], Delivery]:
    """What is known; nothing when there is no such file yet."""
    if not path.exists():
        return {}
    try:
        lines = csv.reader(io.StringIO(path.read_text("utf-8"), newline=""), strict=True)
        if tuple(next(lines)) != HEADER:
            raise ValueError("another header")
        found = [_delivery(cells) for cells in lines]
    except (OSError, ValueError, TypeError, StopIteration, csv.Error) as error:
        text = N_(
            "{file} is damaged. Put it back from a backup. Without one, move it away and ingest again: "
            "then only what still lies in the pickup folder counts."
        )
        raise UserError(text, file=str(path)) from error
    return {one.key: one for one in found}


def _delivery(cells: list[str]) -> Delivery:
    named = dict(zip(HEADER, cells, strict=True))
    return Delivery(**{**named, "revision": int(named["revision"])})  # type: ignore[arg-type]


def write(path: Path, deliveries: Iterable[Delivery]) -> None:
    """All of them, sorted; the file is replaced as a whole."""
    write_rows(path, HEADER, (astuple(one) for one in sorted(deliveries)))


def write_rows(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """A CSV file with LF, replaced as a whole."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    write_new(path, text.getvalue().encode())
