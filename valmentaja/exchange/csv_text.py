"""CSV as RFC 4180 has it, from bytes to fields and back; every fault is named with its line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.errors import N_, Value
from valmentaja.domain.caseload import Problem

LARGEST_FILE = 64 * 2**20
MOST_BROKEN_ROWS = 200
"""After so many rows with broken quotes the rest of a file is not worth reading."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """The fields of one row and the physical line it starts on."""

    line: int
    fields: tuple[str, ...]


def read_text(path: Path) -> str | Problem:
    """The file's text without a byte-order mark, or why it cannot be read at all."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            return fault(path.name, N_("The file is larger than {most} MB."), most=LARGEST_FILE // 2**20)
        content = path.read_bytes()
    except OSError:
        return fault(path.name, N_("The file cannot be read. Check that it is a file and that you may open it."))
    return _decoded(path.name, content)


def _decoded(file: str, content: bytes) -> str | Problem:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = N_("Byte {byte} of this line is not UTF-8. Save the file as CSV UTF-8.")
        # the codec counts from behind a byte-order mark
        line, byte = _position(content, error.start + len(content) - len(error.object))
        return fault(file, text, line=line, byte=byte)
    if "\0" in text:
        line, byte = _position(content, content.index(0))
        return fault(file, N_("Byte {byte} of this line is a NUL. This is not a text file."), line=line, byte=byte)
    if not text.strip():
        return fault(file, N_("The file is empty. It needs at least a header row."))
    return text


def _position(content: bytes, offset: int) -> tuple[int, int]:
    """Line and byte within the line, both counted from 1."""
    return content.count(b"\n", 0, offset) + 1, offset - content.rfind(b"\n", 0, offset)


def split_rows(file: str, text: str) -> Iterator[TextRow | Problem]:
    """Row by row; a row with broken quotes is a Problem and reading goes on with the next line."""
    lines = _Lines(text)
    reader = csv.reader(lines, strict=True)
    broken = 0
    while not lines.at_end:
        start = lines.position
        try:
            yield TextRow(start + 1, tuple(next(reader)))
        except csv.Error as error:
            yield fault(file, _csv_words(error), line=start + 1)
            lines.position = start + 1
            broken += 1
            if broken == MOST_BROKEN_ROWS:
                yield fault(file, N_("Too many broken rows; the rest of the file was not read."), line=start + 2)
                return


class _Lines:
    """The physical lines of a text; `position` may be set back, so that a broken row costs one line only."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        if not self._lines[-1]:
            self._lines.pop()
        self.position = 0

    @property
    def at_end(self) -> bool:
        return self.position >= len(self._lines)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at_end:
            raise StopIteration
        self.position += 1
        return self._lines[self.position - 1] + "\n"


def _csv_words(error: csv.Error) -> str:
    if "field larger" in str(error):
        return N_("A field is too long; perhaps a quotation mark is not closed.")
    if "unexpected end" in str(error):
        return N_("A quotation mark is opened on this row and never closed.")
    return N_("The quotation marks or line breaks of this row are broken.")


def fault(file: str, text: str, /, *, line: int = 0, column: str = "", **values: Value) -> Problem:
    return Problem(file=file, line=line, column=column, text=text, values=tuple(values.items()))


def compose(rows: Iterable[tuple[str, ...]]) -> bytes:
    """UTF-8, LF, final newline; quotes only where they are needed."""
    return "".join(",".join(map(_quoted, row)) + "\n" for row in rows).encode()


def _quoted(field: str) -> str:
    if any(c in field for c in ',"\r\n'):
        return '"' + field.replace('"', '""') + '"'
    return field
