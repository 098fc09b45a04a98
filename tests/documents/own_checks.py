"""What no judge of the standards notices: each function gives sentences of what is wrong, none when nothing is."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader

from tests.documents.poppler import run, spoken

FILE_NAME = re.compile(r"\.(png|jpe?g|gif|svg|bmp|tiff?|pdf)$", re.IGNORECASE)
YES_YES_YES = re.compile(r"\byes\s+yes\s+yes\b")


def heard(pdf: bytes, written: list[str]) -> list[str]:
    """A reader of the tags hears the words written, in order."""
    with _file(pdf) as path:
        told = spoken(path)
    if told == written:
        return []
    pairs = enumerate(zip(told, written, strict=False))
    place = next((n for n, (a, b) in pairs if a != b), min(len(told), len(written)))
    return [f"word {place}: {told[place : place + 4]} for {written[place : place + 4]}"]


def fonts(pdf: bytes) -> list[str]:
    """Every font is in the file, as a subset, with its characters' meaning."""
    with _file(pdf) as path:
        rows = run("pdffonts", str(path)).splitlines()[2:]
    return [row for row in rows if not YES_YES_YES.search(row)] if rows else ["no font at all"]


def alternatives(pdf: bytes) -> list[str]:
    """Every figure says in words what it shows."""
    figures = [str(e.get("/Alt", "")) for e in _elements(pdf) if e["/S"] == "/Figure"]
    return [f"Alt {alt!r}" for alt in figures if not alt.strip() or FILE_NAME.search(alt.strip())]


def headers(pdf: bytes) -> list[str]:
    """Every header cell says what it heads, and every table has one."""
    told = []
    for element in _elements(pdf):
        if element["/S"] == "/TH" and "/Scope" not in element.get("/A", {}):
            told.append("TH without Scope")
        if element["/S"] == "/Table" and not any(e["/S"] == "/TH" for e in _below(element)):
            told.append("Table without TH")
    return told


def language(pdf: bytes, wanted: str) -> list[str]:
    """The file says the language it is written in."""
    told = str(PdfFileReader(BytesIO(pdf)).root.get("/Lang", ""))
    return [] if told == wanted else [f"Lang {told!r} for {wanted!r}"]


def tongues(pdf: bytes, wanted: Mapping[str, int]) -> list[str]:
    """As many parts as were written in another language than the file's say which it is."""
    told = Counter(str(e["/Lang"]) for e in _elements(pdf) if "/Lang" in e)
    return [] if told == Counter(wanted) else [f"{dict(told)} for {dict(wanted)}"]


def attachment(pdf: bytes, data: bytes) -> list[str]:
    """Exactly one file is attached and it is the data."""
    names = PdfFileReader(BytesIO(pdf)).root["/Names"]["/EmbeddedFiles"]["/Names"]
    held = [names[n]["/EF"]["/F"].data for n in range(1, len(names), 2)]
    return [] if held == [data] else [f"{len(held)} attached, not the data"]


def unnamed(pdf: bytes, name: str) -> list[str]:
    """What the file says about itself does not hold the client's name."""
    with _file(pdf) as path:
        about = run("pdfinfo", str(path)) + run("pdfinfo", "-meta", str(path))
    return [f"{part} in the file's own description" for part in name.split() if part in about]


def _elements(pdf: bytes) -> list[Any]:
    return list(_below(PdfFileReader(BytesIO(pdf)).root["/StructTreeRoot"]))


def _below(element: Any) -> Iterator[Any]:
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, list) else [kids]:
        held = kid.get_object()
        if isinstance(held, dict) and "/S" in held:
            yield held
            yield from _below(held)


@contextmanager
def _file(pdf: bytes) -> Iterator[Path]:
    """`pdf` on disk for poppler, as long as it is looked at."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        yield path
