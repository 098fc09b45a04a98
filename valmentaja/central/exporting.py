"""`export`: the figures for other programs – SDMX, one Parquet file, or a spreadsheet."""

from __future__ import annotations

import filecmp
import os
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.paths import sync_folder
from valmentaja.base.reasons import system_reason
from valmentaja.central import sdmx, workbook
from valmentaja.central.engine import Choice, DuckDB
from valmentaja.central.lake import COLUMNS, LAKE, PART, Lake
from valmentaja.central.reporting import PLACE_AND_TIME, months_of, place_of
from valmentaja.definitions.indicators import definitions
from valmentaja.i18n import trn
from valmentaja.i18n.catalogue import screen_language, words
from valmentaja.i18n.command_line import Command, say
from valmentaja.indicators.calendar import Month

ABOUT = "Protected figures: altered by random numbers, 1 and 2 never published, parts do not add up to totals."


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """`write` fills a new file, which holds `most` figures; files that belong beside it come from `beside`."""

    ending: str
    write: Callable[[DuckDB, Choice, Path], None]
    most: int | None = None
    beside: Callable[[DuckDB, Choice], dict[str, bytes]] = lambda _engine, _choice: {}


def export(chosen: Namespace) -> None:
    """The chosen figures in one form; nothing that already lies there is overwritten."""
    form = _form(chosen)
    target = Path(chosen.out)
    if target.suffix.lower() != form.ending:
        raise UserError(N_("Give the file a name that ends in {ending}."), ending=form.ending)
    lake = Lake.at(Path(chosen.lake))
    months = months_of(lake, chosen.first, chosen.last)
    choice = place_of(chosen).choice(months[0], months[-1])
    try:
        number = _write(form, lake, choice, target)
    except OSError as error:
        text = N_("{file} could not be written ({reason}). Make room or mend the rights, then export again.")
        raise StorageError(text, file=str(target), reason=system_reason(error)) from error
    say(trn("{n} figure written: {file}", "{n} figures written: {file}", number, file=str(target)))


def _form(chosen: Namespace) -> Form:
    named = [form for name, form in FORMS.items() if getattr(chosen, name)]
    if len(named) != 1:
        raise UserError(N_("Choose one form: --sdmx, --parquet or --xlsx."))
    return named[0]


def _write(form: Form, lake: Lake, choice: Choice, target: Path) -> int:
    target.parent.mkdir(parents=True, exist_ok=True)
    with DuckDB(lake) as engine:
        number = _number(form, engine, choice)
        with _new(target) as part:
            form.write(engine, choice, part)
            _write_beside(form, engine, choice, target)
    return number


def _number(form: Form, engine: DuckDB, choice: Choice) -> int:
    """How many figures there are to write: some, and not more than the form holds."""
    ((number,),) = engine.ask("SELECT count(*) FROM t", choice)
    if not number:
        raise UserError(N_("The lake holds no figures of this place in these months."))
    if form.most and number > form.most:
        text = N_("A sheet cannot hold so many figures. Choose fewer months or one region, or export as Parquet.")
        raise UserError(text)
    return int(number)


def _write_beside(form: Form, engine: DuckDB, choice: Choice, target: Path) -> None:
    """Placed before the figures themselves: whoever finds those finds what they mean."""
    for suffix, content in form.beside(engine, choice).items():
        with _new(target.with_suffix(suffix)) as other:
            other.write_bytes(content)


@contextmanager
def _new(target: Path) -> Iterator[Path]:
    """A file to fill that gets its name only when it is whole, and never the name of a different one."""
    part = target.with_name(f".{target.name}{PART}")
    try:
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        _into_place(part, target)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(target.parent)


def _into_place(part: Path, target: Path) -> None:
    """By a link, which refuses a name that is taken; FAT knows none and is asked first instead."""
    try:
        os.link(part, target)
    except FileExistsError:
        _require_same(part, target)
    except OSError:
        if target.exists():
            _require_same(part, target)
        else:
            part.rename(target)


def _require_same(part: Path, target: Path) -> None:
    if not target.is_file() or not filecmp.cmp(part, target, shallow=False):
        text = N_("There already is a different file {file}. It was left as it is. Give another name.")
        raise UserError(text, file=str(target))


def _sdmx(engine: DuckDB, choice: Choice, target: Path) -> None:
    engine.copy(sdmx.select(), choice, target, "FORMAT csv, HEADER")


def _structure(engine: DuckDB, choice: Choice) -> dict[str, bytes]:
    """Dated by the figures themselves, so that the same figures give the same bytes."""
    areas = [area for (area,) in engine.each("SELECT DISTINCT municipality FROM t ORDER BY 1", choice)]
    last = Month.parse(choice.last).last
    return {".structure.xml": sdmx.structure(areas, f"{last}T00:00:00Z")}


def _parquet(engine: DuckDB, choice: Choice, target: Path) -> None:
    select = f"SELECT {', '.join(COLUMNS)} FROM t"
    engine.copy(select, choice, target, f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{about: '{ABOUT}'}}")


def _xlsx(engine: DuckDB, choice: Choice, target: Path) -> None:
    rows = engine.each(f"SELECT {workbook.COLUMNS} FROM t", choice)
    workbook.write(target, rows, definitions(), words(screen_language()))


FORMS = {
    "sdmx": Form(ending=".csv", write=_sdmx, beside=_structure),
    "parquet": Form(ending=".parquet", write=_parquet),
    "xlsx": Form(ending=".xlsx", write=_xlsx, most=workbook.MOST_FIGURES),
}
_HELP: Sequence[tuple[str, str]] = (
    ("--sdmx", N_("SDMX-CSV 2.0, and beside it an SDMX-ML 3.0 file with the codes in three languages")),
    ("--parquet", N_("one Parquet file with the lake's own columns")),
    ("--xlsx", N_("a spreadsheet with the figures, what they count and how to read them")),
)
COMMANDS = (
    Command(
        name="export",
        help=N_("give the figures to other programs"),
        run=export,
        arguments=(
            LAKE,
            *(((option,), {"action": "store_true", "help": told}) for option, told in _HELP),
            (("--out",), {"metavar": "FILE", "required": True, "help": N_("the file to write")}),
            *PLACE_AND_TIME,
        ),
    ),
)
