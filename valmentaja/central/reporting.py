"""`report` tells what the lake holds, as a page for a browser and as a tagged PDF."""

from __future__ import annotations

import csv
import os
from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.paths import write_new
from valmentaja.base.reasons import system_reason
from valmentaja.central import checking, places, registry, sums
from valmentaja.central.engine import ENGINES, Engine, engine, periods, question
from valmentaja.central.html_page import page
from valmentaja.central.lake import LAKE, Lake
from valmentaja.central.merging import Status
from valmentaja.central.notes import ALTERED, NOT_ADDITIVE
from valmentaja.central.places import Level, Place
from valmentaja.central.report import YEARS_SHOWN, Figures, chapters
from valmentaja.definitions.indicators import definitions
from valmentaja.documents.figures_paper import FiguresChapter, FiguresPaper, FiguresPart
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.command_line import Argument, Command, say
from valmentaja.i18n.formats import day
from valmentaja.indicators.calendar import Month
from valmentaja.pictures.picture import PictureTable

MARKING = N_("Protected figures")
ABOUT = (
    ALTERED,
    NOT_ADDITIVE,
    N_("After ± stands how far the truth may be in 95 cases of 100. It is printed from five units upwards."),
    N_("Differences smaller than the margins mean nothing. The figures do not rank coaches or units."),
)
MOST_NAMED = 40
MOST_MONTHS = (YEARS_SHOWN + 1) * 12
"""So many whole years as a table shows, wherever the newest month stands in its year."""


def report(chosen: Namespace) -> None:
    """Both files, named after the place and the months."""
    lake = Lake.at(Path(chosen.lake))
    place = place_of(chosen)
    months = months_of(lake, chosen.first, chosen.last)[-MOST_MONTHS:]
    with engine(chosen.engine, lake) as asked:
        paper = paper_of(asked, lake, place, months)
    stem = "_".join(("raportti", place.code or "FI", months[0], months[-1], screen_language()))
    folder = Path(chosen.out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_new(folder / f"{stem}.html", page(paper).encode())
        if not chosen.no_pdf:
            from valmentaja.documents import figures_pdf

            write_new(folder / f"{stem}.pdf", figures_pdf.render(paper))
    except OSError as error:
        text = N_("The report could not be written to {folder} ({reason}).")
        raise StorageError(text, folder=str(folder), reason=system_reason(error)) from error
    say(tr("Written: {file}", file=str(folder / stem) + (".html" if chosen.no_pdf else ".html, .pdf")))


def paper_of(asked: Engine, lake: Lake, place: Place, months: Sequence[str]) -> FiguresPaper:
    """The whole report in the screen's language; UserError when nothing was published of the place."""
    choice = place.choice(months[0], months[-1])
    found = sums.read(asked.ask(question("figures"), choice))
    if not found:
        raise UserError(N_("The lake holds no figures of this place in these months."))
    figures = Figures(sums=found, months=tuple(months), definitions=definitions(), language=screen_language())
    newest = place.choice(months[-places.MONTHS :][0], months[-1])
    beside = sums.read_places(asked.ask(question("places"), newest))
    parts = (places.side_by_side(place, beside, figures), _delivered(lake, figures, place))
    first = FiguresChapter(title=tr("Overview"), parts=tuple(part for part in parts if part))
    name = place.name(figures.language) or tr("The whole country")
    return FiguresPaper(
        title=f"{tr('Employment coaching in figures')}: {name}",
        marking=tr(MARKING),
        language=figures.language,
        facts=_facts(figures, name, places.units_of(sums.together(beside.values()))),
        about=tuple(tr(line) for line in ABOUT),
        chapters=(first, *chapters(figures)),
        created=_as_of(lake),
    )


def _facts(figures: Figures, name: str, units: int) -> tuple[tuple[str, str], ...]:
    first, last = (Month.parse(m) for m in (figures.months[0], figures.months[-1]))
    language = figures.language
    return (
        (tr("Place"), name),
        (tr("Time"), f"{day(first.first, language)}–{day(last.last, language)}"),
        (tr("Units in the newest twelve months"), str(units)),
        (tr("Definitions"), figures.definitions.id),
        (tr("Protection"), figures.definitions.method),
    )


def _as_of(lake: Lake) -> str:
    """When the lake last changed: the same lake gives the same report."""
    moment = max(path.stat().st_mtime for path in lake.month_files())
    return datetime.fromtimestamp(int(moment), UTC).isoformat().replace("+00:00", "Z")


def _delivered(lake: Lake, figures: Figures, place: Place) -> FiguresPart | None:
    """What has not come in, of the units in the registry; only where all of them are meant."""
    if place.level is not Level.COUNTRY or not lake.journal.is_file():
        return None
    statuses, held = _journal(lake)
    says = [tr("Files: {accepted} accepted, {refused} refused, {conflict} in conflict.", **_counts(statuses))]
    missing = checking.missing(held, registry.read(lake.registry))
    lacks = [(unit, [m for m in months if m in figures.months]) for unit, months in missing.items()]
    rows = [(unit, ", ".join(months[:12]) + (" …" if len(months) > 12 else "")) for unit, months in lacks if months]
    if not rows:
        says.append(tr("Every registered unit has delivered every month."))
        return FiguresPart(title=tr("What has come in"), says=tuple(says))
    if len(rows) > MOST_NAMED:
        says.append(tr("{n} units lack months; the first {most} are named.", n=len(rows), most=MOST_NAMED))
    table = PictureTable(head=(tr("Unit"), tr("Months that have not come in")), rows=tuple(rows[:MOST_NAMED]))
    return FiguresPart(title=tr("What has come in"), says=tuple(says), table=table)


def _journal(lake: Lake) -> tuple[Counter[str], dict[str, set[str]]]:
    """How many files of each status, and the months that count by unit."""
    if not lake.journal.is_file():
        return Counter(), {}
    return _read_journal(lake, lake.journal.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _read_journal(lake: Lake, _changed: int) -> tuple[Counter[str], dict[str, set[str]]]:
    statuses: Counter[str] = Counter()
    held: dict[str, set[str]] = {}
    with lake.journal.open(encoding="utf-8", newline="") as opened:
        rows = csv.reader(opened)
        head = next(rows)
        unit, period, status = (head.index(name) for name in ("unit", "period", "status"))
        for row in rows:
            statuses[row[status]] += 1
            if row[status] == Status.ACCEPTED:
                held.setdefault(row[unit], set()).add(row[period])
    return statuses, held


def _counts(statuses: Counter[str]) -> dict[str, int]:
    return {
        "accepted": statuses[Status.ACCEPTED],
        "refused": statuses[Status.REJECTED],
        "conflict": statuses[Status.CONFLICT],
    }


def place_of(chosen: Namespace) -> Place:
    """UserError when two are named: neither would be the one that was meant."""
    if sum(map(bool, (chosen.unit, chosen.municipality, chosen.region))) > 1:
        raise UserError(N_("Give one of --region, --municipality and --unit, not several."))
    if chosen.unit:
        if not chosen.unit.isalnum() or not chosen.unit.isascii():
            raise UserError(N_("“{text}” is not a unit's code."), text=chosen.unit[:40])
        return Place(level=Level.UNIT, code=chosen.unit.upper())
    if chosen.municipality:
        return places.municipality(chosen.municipality)
    return places.region(chosen.region) if chosen.region else Place()


def months_of(lake: Lake, first: str, last: str) -> list[str]:
    """The months in the lake from first to last."""
    for given in filter(None, (first, last)):
        Month.parse(given)
    there = periods(lake)
    _require_whole(lake, there)
    found = [m for m in there if (first or m) <= m <= (last or m)]
    if not found:
        raise UserError(N_("The lake holds no figures of this place in these months."))
    return found


def _require_whole(lake: Lake, there: Sequence[str]) -> None:
    """A report without a month that was accepted would be wrong without a word."""
    _, held = _journal(lake)
    lacks = sorted(set().union(*held.values()) - set(there))
    if lacks:
        text = N_("The lake lacks months that it accepted: {months}. Give ingest, then check.")
        raise UserError(text, months=", ".join(lacks))


PLACE_AND_TIME: tuple[Argument, ...] = (
    (("--region",), {"default": "", "help": N_("one region, by name or number")}),
    (("--municipality",), {"default": "", "help": N_("one municipality, by name or number")}),
    (("--unit",), {"default": "", "help": N_("one unit, by its code")}),
    (("--from",), {"dest": "first", "default": "", "metavar": "YYYY-MM", "help": N_("first month")}),
    (("--to",), {"dest": "last", "default": "", "metavar": "YYYY-MM", "help": N_("last month")}),
)
ENGINE: Argument = (
    ("--engine",),
    {"choices": ENGINES, "default": "duckdb", "help": N_("what answers the questions")},
)
COMMANDS = (
    Command(
        name="report",
        help=N_("tell what the figures say, as HTML and PDF"),
        run=report,
        arguments=(
            LAKE,
            (("--out",), {"metavar": "FOLDER", "default": os.curdir, "help": N_("folder for the report")}),
            *PLACE_AND_TIME,
            ENGINE,
            (("--no-pdf",), {"action": "store_true", "help": N_("only the page for a browser")}),
        ),
    ),
)
