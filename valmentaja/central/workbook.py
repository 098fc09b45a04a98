"""The figures as a spreadsheet: how to read it, the figures, what each counts. No formula, no macro, no link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from valmentaja.base.errors import N_
from valmentaja.central.notes import ALTERED, NOT_ADDITIVE
from valmentaja.definitions.indicators import Definitions, RowKey, every_version
from valmentaja.definitions.municipalities import municipalities
from valmentaja.i18n import Words

MOST_FIGURES = 1_048_575
"""A sheet's rows without its head."""
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}
"""And every cell is written as text or as a number by name, so that no text is taken for a formula."""
MADE = datetime(1980, 1, 1)  # noqa: DTZ001 - the file's own date must not depend on the day it is written
FIGURES: tuple[tuple[str, int], ...] = (
    (N_("Unit"), 10),
    (N_("Municipality"), 18),
    (N_("Period"), 10),
    (N_("Frequency"), 6),
    (N_("Indicator"), 10),
    (N_("First breakdown"), 18),
    (N_("Second breakdown"), 18),
    (N_("Counted"), 60),
    (N_("Number of people, protected"), 14),
    (N_("Flag"), 6),
    (N_("Revision"), 8),
)
"""Head and width of each column."""
COLUMNS = "unit, municipality, period, freq, indicator, dim1, dim2, value, flag, revision, definitions"
MEANINGS: tuple[tuple[str, int], ...] = (
    (N_("Indicator"), 10),
    (N_("Frequency"), 10),
    (N_("Name"), 40),
    (N_("What it counts"), 90),
    (N_("Who can be counted"), 60),
    (N_("Source"), 60),
)
READ_ME = (
    ALTERED,
    NOT_ADDITIVE,
    N_("An empty figure with the flag s was not published, because the unit is small. It is not a zero."),
    N_("An empty figure with the flag n is not collected by the unit. It is not a zero."),
    N_("A quarter's rows stand in its last month. A year's rows have the letter A for the month."),
    N_("Use a year's own rows for a year: adding up its months counts some people twice."),
)


def write(path: Path, rows: Iterable[Sequence[Any]], version: Definitions, words: Words) -> None:
    """The workbook at `path`; at most MOST_FIGURES rows of COLUMNS. OSError when it cannot be written."""
    from xlsxwriter.exceptions import XlsxWriterException

    try:
        _write(path, rows, version, words)
    except XlsxWriterException as error:
        raise OSError(None, str(error)) from error


def _write(path: Path, rows: Iterable[Sequence[Any]], version: Definitions, words: Words) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), SAFE) as book:
        book.set_properties({"title": words(N_("Employment coaching in figures")), "created": MADE})
        styles = {
            "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _read_me(book.add_worksheet(words(N_("Read me"))), styles, version, words)
        _figures(book.add_worksheet(words(N_("Figures"))), styles, rows, words)
        _meanings(book.add_worksheet(words(N_("Definitions"))), styles, version, words)


def _read_me(sheet: Any, styles: Any, version: Definitions, words: Words) -> None:
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, words(N_("Employment coaching in figures")), styles["head"])
    told = [*(words(line) for line in READ_ME), f"{version.id} · {version.method}"]
    for row, line in enumerate(told, start=2):
        sheet.write_string(row, 0, line, styles["text"])


def _head(sheet: Any, styles: Any, columns: Sequence[tuple[str, int]], words: Words) -> None:
    for place, (name, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, words(name), styles["head"])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()


def _figures(sheet: Any, styles: Any, rows: Iterable[Sequence[Any]], words: Words) -> None:
    _head(sheet, styles, FIGURES, words)
    names = {code: one.name_in(words.language) for code, one in municipalities().items()}
    titles: dict[tuple[str, RowKey], str] = {}
    number = 0
    for number, (unit, place, period, *key, value, flag, revision, version) in enumerate(rows, start=1):
        cell = version, RowKey(*key)
        if cell not in titles:
            titles[cell] = every_version()[version].title(cell[1]).in_(words.language)
        for column, text in enumerate((unit, names.get(place, place), period, *key, titles[cell])):
            sheet.write_string(number, column, text)
        if value is not None:
            sheet.write_number(number, 8, value)
        sheet.write_string(number, 9, flag)
        sheet.write_number(number, 10, revision)
    sheet.autofilter(0, 0, number, len(FIGURES) - 1)


def _meanings(sheet: Any, styles: Any, version: Definitions, words: Words) -> None:
    _head(sheet, styles, MEANINGS, words)
    for row, one in enumerate(version.indicators.values(), start=1):
        texts = (one.title, one.explanation, one.population)
        told = [text.in_(words.language) if text else "" for text in texts]
        for column, text in enumerate((one.id, " ".join(one.freqs), *told, one.source)):
            sheet.write_string(row, column, text, styles["text"])
