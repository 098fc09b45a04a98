"""Who answers the questions in resources/central/: the same SQL text over the same Parquet, whatever the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from valmentaja.base.errors import N_, UserError
from valmentaja.base.paths import RESOURCES
from valmentaja.central.lake import Lake

QUESTIONS = RESOURCES / "central"
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which rows a question is asked about: months from `first` to `last`, and places; no place named is all of them.

    An annual row belongs to the December of its year."""

    first: str
    last: str
    municipalities: tuple[str, ...] = ()
    unit: str = ""

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


class DuckDB:
    """In this process, over the Parquet files of a lake."""

    def __init__(self, lake: Lake) -> None:
        import duckdb

        self._files = [str(path) for path in lake.month_files()]
        self._connection = duckdb.connect(config={"threads": 2, "memory_limit": "256MB"})

    def ask(self, question: str, choice: Choice) -> Rows:
        files = [file for file in self._files if choice.first <= Path(file).stem <= choice.last]
        if not files:
            return []
        listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
        source = f"SELECT * FROM read_parquet([{listed}], hive_partitioning=false) WHERE {choice.condition}"
        return self._connection.execute(f"WITH t AS ({source}) {_bare(question)}").fetchall()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()


def _bare(text: str) -> str:
    """Without the lines that say what it is for."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("--"))


ENGINES = {"duckdb": DuckDB}


def engine(name: str, lake: Lake) -> Engine:
    """The engine of that name."""
    return ENGINES[name](lake)


def periods(lake: Lake) -> Sequence[str]:
    """The months in the lake, oldest first; UserError when there are none."""
    found = [path.stem for path in lake.month_files()]
    if not found:
        raise UserError(N_("There is nothing in the lake {folder} yet. Give ingest first."), folder=str(lake.folder))
    return found
