"""“Omat tietoni”: everything a vault holds of one person, readable, in reading order (GDPR art. 15)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from valmentaja.base.canonical import fingerprint
from valmentaja.base.clock import HELSINKI
from valmentaja.base.errors import N_
from valmentaja.documents import blocks
from valmentaja.documents.frame import PageFrame
from valmentaja.documents.metadata import About
from valmentaja.documents.story import Story
from valmentaja.domain.table_words import CODES, COLUMNS, TABLES, TICKS
from valmentaja.i18n import Words, words
from valmentaja.i18n.formats import day, time_of

TITLE = N_("My own records")
SHARES = {
    "labour_status": (0.3, 0.7),
    "benefit_reading": (0.3, 0.3, 0.4),
    "follow_up": (0.3, 0.7),
    "answer": (0.25, 0.11, 0.1, 0.125, 0.135, 0.14, 0.14),
    "correction": (0.16, 0.14, 0.14, 0.2, 0.2, 0.16),
}
"""Tables set with a line for each row; the others are set row by row with a name before each value."""
LONG = 160
"""Characters; a longer text does not stand in a table."""
LOG_SHARES = (0.22, 0.24, 0.25, 0.08, 0.21)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPaper:
    """`tables` hold (column, value) rows already masked; `names` say codes that have names of their own.

    `log` has (UTC stamp, action, entity, rows, who) with action and entity already in words.
    """

    tables: Mapping[str, Sequence[Mapping[str, str]]]
    log: Sequence[tuple[str, str, str, str, str]]
    kept: Sequence[tuple[str, str]]
    names: Mapping[str, str] = field(default_factory=dict)
    language: str
    unit: str
    coach: str
    case_no: str
    created: str
    training: bool
    masks: int
    fingerprint_of: bytes


def render(paper: OwnPaper) -> bytes:
    """PDF/UA-1 and PDF/A-3a; the same paper gives the same bytes."""
    w, story = words(paper.language), Story()
    _opening(story, paper, w)
    for table in COLUMNS:
        if paper.tables.get(table):
            story.heading(2, w(TABLES[table]))
            _table(story, table, paper, w)
    _log(story, paper, w)
    frame = PageFrame(
        marking=w("CONFIDENTIAL"),
        banner=w("TRAINING – not a real document") if paper.training else "",
        title=w(TITLE),
        fingerprint=fingerprint(paper.fingerprint_of)[:16],
        words=w,
    )
    about = About(title=w(TITLE), language=w.language, created=datetime.fromisoformat(paper.created))
    return story.pdf(about, frame.draw)


def _opening(story: Story, paper: OwnPaper, w: Words) -> None:
    if paper.training:
        story.paragraph(w("TRAINING – not a real document"), blocks.BANNER)
    story.paragraph(w("CONFIDENTIAL"), blocks.MARKING)
    story.heading(1, w(TITLE))
    story.paragraph(
        w(
            "This is everything that the coach’s program holds of you. You have the right to see it and to have "
            "mistakes corrected (GDPR articles 15 and 16)."
        )
    )
    at = _value("", paper.created, paper, w)
    story.facts(
        [
            (w("Case number"), paper.case_no),
            (w("Unit"), paper.unit),
            (w("Coach"), paper.coach or "–"),
            (w("Made"), at),
            *paper.kept,
            (w("Other people hidden"), str(paper.masks)),
        ],
        whole_rows=True,
    )
    story.paragraph(w("The same facts as data, and the signed documents, are in the other files of this package."))


def _table(story: Story, table: str, paper: OwnPaper, w: Words) -> None:
    """Short rows as lines of a table; a row with a long text by itself."""
    columns, rows = COLUMNS[table], paper.tables[table]
    lines = []
    for number, row in enumerate(rows, start=1):
        values = {c: _value(c, row.get(c, ""), paper, w) for c in columns}
        if table in SHARES and not any(map(_is_long, values.values())):
            lines.append(list(values.values()))
        else:
            _row(story, table, values, f"{number}/{len(rows)}" if len(rows) > 1 else "", w)
    if lines:
        story.table([w(label) for label in columns.values()], lines, SHARES[table], whole_rows=True)


def _row(story: Story, table: str, values: Mapping[str, str], number: str, w: Words) -> None:
    """One row: its short values side by side with their names, its long ones as paragraphs."""
    if number:
        story.heading(3, f"{w(TABLES[table])} {number}")
    filled = {w(label): values[c] for c, label in COLUMNS[table].items() if values[c]}
    short = [(label, value) for label, value in filled.items() if not _is_long(value)]
    if short:
        story.facts(short, whole_rows=True)
    for label, value in filled.items():
        if _is_long(value):
            story.paragraph(label, blocks.LABEL)
            for line in filter(None, map(str.strip, value.splitlines())):
                story.paragraph(line)


def _is_long(value: str) -> bool:
    return len(value) > LONG or "\n" in value


def _log(story: Story, paper: OwnPaper, w: Words) -> None:
    story.heading(2, w("Who has handled your records, and when"))
    head = (w("When"), w("What was done"), w("To what"), w("Rows"), w("Who"))
    rows = [(_value("", at, paper, w), *rest) for at, *rest in paper.log]
    story.table(head, rows, LOG_SHARES, whole_rows=True)


def _value(column: str, value: str, paper: OwnPaper, w: Words) -> str:
    """A stored value as a person reads it."""
    if column in TICKS:
        return w("Yes") if value == "1" else w("No")
    if _STAMP.fullmatch(value):
        at = datetime.fromisoformat(value)
        return f"{day(at.astimezone(HELSINKI).date(), w.language)} {time_of(at, w.language)}"
    if _DAY.fullmatch(value):
        return day(date.fromisoformat(value), w.language)
    named = paper.names.get(f"{column} {value}")
    if named is not None:
        return named
    return w(CODES[value]) if value in CODES else value
