"""Who answers the questions in resources/central/: the same SQL text over the same Parquet, whatever the engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.paths import RESOURCES
from valmentaja.central.lake import Lake

QUESTIONS = RESOURCES / "central"
BATCH = 10_000
UNREADABLE = N_("The lake could not be read, or the new file not written ({reason}). Give check, or make room.")
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which rows a question is asked about: months from `first` to `last`, and places; no place named is all of them.

    An annual row belongs to the December of its year. `place` is the column by which places are told apart."""

    first: str
    last: str
    municipalities: tuple[str, ...] = ()
    unit: str = ""
    place: str = "municipality"

    @property
    def columns(self) -> str:
        """As SQL."""
        return f"*, {self.place} AS place"

    @property
    def condition(self) -> str:
        """As SQL; every part of it was checked to be digits or capitals."""
        parts = [f"REPLACE(period, '-A', '-12') BETWEEN '{self.first}' AND '{self.last}'"]
        if self.municipalities:
            parts.append(f"municipality IN ({', '.join(repr(code) for code in self.municipalities)})")
        if self.unit:
            parts.append(f"unit = '{self.unit}'")
        return " AND ".join(parts)


class Engine(Protocol):
    """Answers a question about the rows of a choice; closed when the `with` ends."""

    def ask(self, question: str, choice: Choice) -> Rows: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...


def question(name: str) -> str:
    """The SQL text; it reads from `t`."""
    return (QUESTIONS / f"{name}.sql").read_text("utf-8")


def within(files: Sequence[Path], choice: Choice) -> list[str]:
    """The month files a choice is about."""
    return [str(file) for file in files if choice.first <= file.stem <= choice.last]


class DuckDB:
    """In this process, over the Parquet files of a lake."""

    def __init__(self, lake: Lake) -> None:
        import duckdb

        self._files = lake.month_files()
        self._connection = duckdb.connect(config={"threads": 2, "memory_limit": "256MB"})
        self._connection.execute("SET enable_progress_bar = false")  # it would write among what the command says

    def ask(self, question: str, choice: Choice) -> Rows:
        source = self._source(choice)
        with readable():
            return self._connection.execute(f"WITH t AS ({source}) {_bare(question)}").fetchall() if source else []

    def copy(self, select: str, choice: Choice, target: Path, options: str) -> None:
        """What the query finds in `t`, written as one file; the same lake gives the same bytes."""
        self._connection.execute("SET threads = 1")  # or two threads would take turns in the order of row groups
        source, to = self._source(choice), quoted(target)
        with readable():
            self._connection.execute(f"COPY (WITH t AS ({source}) {select}) TO {to} ({options})")

    def each(self, select: str, choice: Choice) -> Iterator[tuple[Any, ...]]:
        """Row after row, never all at once."""
        with readable():
            found = self._connection.execute(f"WITH t AS ({self._source(choice)}) {select}")
            while rows := found.fetchmany(BATCH):
                yield from rows

    def _source(self, choice: Choice) -> str:
        """Oldest month first, each file as it is sorted; empty when no month was chosen."""
        files = within(self._files, choice)
        listed = ", ".join(quoted(file) for file in files)
        held = f"read_parquet([{listed}], hive_partitioning=false)"
        source = f"SELECT {choice.columns} FROM {held} WHERE {choice.condition}"
        return source if files else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()


@contextmanager
def readable() -> Iterator[None]:
    """What DuckDB could not read or write, as a sentence."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise StorageError(UNREADABLE, reason=str(error).splitlines()[0][:200]) from error


def quoted(path: object) -> str:
    """A path as a string of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def _bare(text: str) -> str:
    """Without the lines that say what it is for."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("--"))


ENGINES = ("duckdb", "spark")


def engine(name: str, lake: Lake) -> Engine:
    """The engine of that name."""
    if name == "spark":
        from valmentaja.central.spark import Spark

        return Spark(lake)
    return DuckDB(lake)


def periods(lake: Lake) -> Sequence[str]:
    """The months in the lake, oldest first; UserError when there are none."""
    found = [path.stem for path in lake.month_files()]
    if not found:
        raise UserError(N_("There is nothing in the lake {folder} yet. Give ingest first."), folder=str(lake.folder))
    return found
