"""The month's readable summary: made from the sealed package's own bytes, so it holds what went out and no more.

As with other papers: `paper` reads on the UI thread, `make` draws in the worker, `deliver` writes it to the outbox.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from valmentaja.base.canonical import fingerprint
from valmentaja.base.clock import HELSINKI
from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.municipalities import municipalities
from valmentaja.exchange import package_check
from valmentaja.exchange.package_check import Contents
from valmentaja.i18n import Words, formats, words
from valmentaja.i18n.formats import day
from valmentaja.indicators.calendar import Month
from valmentaja.store import papers
from valmentaja.usecases import leaving, monthly
from valmentaja.usecases import month_figures as shown
from valmentaja.usecases.session import Session

if TYPE_CHECKING:  # reportlab is loaded when the first paper is made, not at start
    from valmentaja.documents.month_pdf import MonthPaper

LANGUAGES = ("fi", "sv", "en")
PROTECTED = N_(
    "Each figure is a number of people, altered by a random number: it differs from the true one by at most 8, "
    "and 1 and 2 never appear."
)
READING = (
    N_("A published 3 may be any number from 1 to 6 or more. A published 0 is truly empty in about 80 of 100."),
    N_("The figures are protected one by one: parts do not add up to totals, and one person is in many figures."),
    N_("The true figures stay in the unit. Names and people stand in no figure."),
)
CHANGES = N_("A change from month to month is partly chance as well: both figures are altered, each by at most 8.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The paper of the month it was asked for, whatever is chosen on the screen by now."""

    period: str
    file_name: str
    pdf: bytes


def paper(session: Session, period: str, language: str) -> MonthPaper:
    """The latest package of the month in words; UserError when the month has not been written."""
    found = papers.package(session.store, period)
    if found is None:
        raise UserError(N_("{month} has not been written yet. Write the package first."), month=period)
    key, previous = monthly.public_key(session), str(Month.parse(period).previous)
    now = _read(found, key)
    # What the month before was when this one was sealed: made again, the paper is the same.
    earlier = papers.package(session.store, previous, by=now.created)
    return of_package(found, earlier, key, language, training=session.training)


def of_package(
    found: tuple[str, bytes], before: tuple[str, bytes] | None, key: str, language: str, *, training: bool
) -> MonthPaper:
    """From packages and nothing else, each its file name and its bytes; both are checked with the unit's key."""
    from valmentaja.documents.month_pdf import MonthPaper

    w, now = words(language), _read(found, key)
    earlier = _comparable(now, None if before is None else _read(before, key))
    held, month = shown.Published(now=now, before=earlier, words=w), now.head.month
    name = formats.month(month.first, language)
    return MonthPaper(
        title=w(N_("Protected figures of {unit}, {month}"), unit=now.head.unit, month=name),
        heading=w(N_("The month in figures: {month}"), month=name),
        language=language,
        marking=w(N_("PROTECTED FIGURES")),
        facts=tuple(_facts(found, held, w)),
        about=(w(PROTECTED), *(w(text) for text in READING)),
        short=shown.in_short(held),
        changes=w(CHANGES) if earlier is not None else "",
        pictures=shown.pictures(held),
        parts=shown.parts(held),
        closing=_made_by(held, w),
        seal=tuple(_seal(found, now, w)),
        created=now.created,
        training=training,
        period=str(month),
        file_name=f"{found[0].removesuffix('.zip')}_{language}.pdf",
    )


def make(ready: MonthPaper) -> Drawn:
    """Slow, safe in the worker. The same paper gives the same bytes."""
    from valmentaja.documents.month_pdf import render

    return Drawn(period=ready.period, file_name=ready.file_name, pdf=render(ready))


def deliver(session: Session, drawn: Drawn, folder: Path | None = None) -> Path:
    """Beside the package it was made of, under its name; logged before it happens."""
    target = leaving.place(session, folder)
    leaving.require_newest(session, target)
    with session.store.writing() as tx:
        papers.note_month(tx, "print", drawn.period)
    return leaving.deliver(session, target, drawn.file_name, drawn.pdf)


def write(session: Session, period: str, language: str, folder: Path | None = None) -> Path:
    """All three at once, for the command line."""
    if language not in LANGUAGES:
        raise UserError(N_("“{language}” is not a language of the summary. Choose fi, sv or en."), language=language)
    return deliver(session, make(paper(session, period, language)), folder)


def _read(found: tuple[str, bytes], key: str) -> Contents:
    name, data = found
    checked = package_check.verify(data, name, key)
    if checked.contents is None:
        text, values = checked.problem or (N_("The package cannot be read."), ())
        raise UserError(text, **dict(values))
    return checked.contents


def _comparable(now: Contents, before: Contents | None) -> Contents | None:
    """Figures by other definitions say something else."""
    return before if before is not None and before.definitions == now.definitions else None


def _facts(found: tuple[str, bytes], held: shown.Published, w: Words) -> list[tuple[str, str]]:
    head = held.now.head
    known = municipalities().get(head.municipality)
    place = head.municipality if known is None else f"{known.name_in(w.language)} ({head.municipality})"
    replaces = "" if head.supersedes is None else w(N_("replaces {file}"), file=f"{head.supersedes}.zip")
    compared = w(N_("nothing: the month before has not been written")) if held.before is None else _file(held.before)
    return [
        (w("Unit"), head.unit),
        (w("Municipality"), place),
        (w(N_("Counted on")), day(head.month.stock_day, w.language)),
        (w(N_("Package")), found[0]),
        (w(N_("Revision")), ", ".join(filter(None, (str(head.revision), replaces)))),
        (w(N_("Compared with")), compared),
    ]


def _seal(found: tuple[str, bytes], now: Contents, w: Words) -> list[tuple[str, str]]:
    return [
        (w(N_("Package")), found[0]),
        (w(N_("Sealed")), day(_day(now.created), w.language)),
        (w("SHA-256"), fingerprint(found[1])),
        (w(N_("Key of the unit")), now.key),
    ]


def _file(held: Contents) -> str:
    return held.head.name


def _day(stamp: str) -> date:
    return datetime.fromisoformat(stamp).astimezone(HELSINKI).date()


def _made_by(held: shown.Published, w: Words) -> str:
    return w(
        N_(
            "Definitions {definitions}, method {method}. The package is signed and this paper is not: "
            "if in doubt, the package decides."
        ),
        definitions=held.now.definitions,
        method=held.definitions.method,
    )
