"""A month's Parquet file from the figures that count; the same packages give the same bytes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from valmentaja.base.paths import sync_folder
from valmentaja.central import keeping
from valmentaja.central.deliveries import Delivery
from valmentaja.central.engine import quoted, readable
from valmentaja.central.lake import COLUMNS, ORDER, PART, Lake

FORMAT = "valmentaja-lake/1"
MADE_FROM = "made_from"
"""Key in the Parquet file's own metadata: the fingerprint of what it was made from."""


class _DamagedError(Exception):
    """A kept copy is not what was accepted."""

    def __init__(self, delivery: Delivery) -> None:
        super().__init__(delivery.file)
        self.delivery = delivery


def made_from(counted: Sequence[Delivery]) -> str:
    """The fingerprint of the deliveries that count in a month; another DuckDB may write other bytes."""
    import duckdb

    said = [f"{d.unit} {d.municipality} {d.revision} {d.definitions} {d.figures}" for d in counted]
    return hashlib.sha256("\n".join([FORMAT, duckdb.__version__, *said]).encode()).hexdigest()


def states(paths: Sequence[Path]) -> dict[Path, str]:
    """What existing month files say they were made from; one that cannot be read says nothing."""
    with engine() as connection:
        return {path: _state(connection, path) for path in paths}


def _state(connection: Any, path: Path) -> str:
    import duckdb

    ask = "SELECT value FROM parquet_kv_metadata(?) WHERE key = ?"
    try:
        found = connection.execute(ask, [str(path), MADE_FROM.encode()]).fetchone()
    except duckdb.Error:
        return ""
    return "" if found is None else bytes(found[0]).decode("ascii", "replace")


def write(folder: Path, period: str, counted: Sequence[Delivery]) -> str:
    """The month's file, replaced as a whole; a package whose kept copy is damaged is named, and the file stays."""
    lake = Lake(folder)
    target = lake.month_file(period)
    target.parent.mkdir(exist_ok=True)
    part = target.with_name(f".{target.name}{PART}")
    try:
        make(lake, part, counted)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        os.replace(part, target)
    except _DamagedError as damaged:
        lake.kept(damaged.delivery).unlink(missing_ok=True)  # so that the package is read again when it is there
        return damaged.delivery.file
    finally:
        part.unlink(missing_ok=True)
    sync_folder(target.parent)
    return ""


def make(lake: Lake, target: Path, counted: Sequence[Delivery]) -> None:
    """The month's file at `target`; the kept copies are whole. StorageError when it cannot be written."""
    told = target.with_name(f".{target.name}.csv{PART}")
    try:
        told.write_bytes(b"".join(_rows(lake, delivery) for delivery in counted))
        with readable():
            _copy(told, target, made_from(counted))
    finally:
        told.unlink(missing_ok=True)


def is_whole(lake: Lake, delivery: Delivery) -> bool:
    """Whether the kept copy is what was accepted."""
    return hashlib.sha256(keeping.figures(lake, delivery)).hexdigest() == delivery.figures


def _rows(lake: Lake, delivery: Delivery) -> bytes:
    """A package's rows as the lake has them: municipality, revision and definitions before what was signed."""
    content = keeping.figures(lake, delivery)
    if hashlib.sha256(content).hexdigest() != delivery.figures:
        raise _DamagedError(delivery)
    start = f"{delivery.municipality},{delivery.revision},{delivery.definitions},".encode()
    return b"".join(start + line + b"\n" for line in content.split(b"\n")[1:-1])


def _copy(told: Path, target: Path, made: str) -> None:
    rows = f"read_csv({quoted(told)}, header=false, delim=',', quote='', escape='', auto_detect=false, columns={_TOLD})"
    chosen = ", ".join(_TURNED.get(name, name) for name in COLUMNS)
    options = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{MADE_FROM}: '{made}'}}"
    with engine() as connection:
        connection.execute(
            f"COPY (SELECT {chosen} FROM {rows} ORDER BY {', '.join(ORDER)}) TO {quoted(target)} ({options})"
        )


def engine() -> Any:
    """DuckDB with one thread: the order of row groups, and so every byte, is then always the same."""
    import duckdb

    return duckdb.connect(config={"threads": 1})


_TOLD = (
    "{'municipality': 'VARCHAR', 'revision': 'INTEGER', 'definitions': 'VARCHAR', 'unit': 'VARCHAR', "
    "'period': 'VARCHAR', 'freq': 'VARCHAR', 'indicator': 'VARCHAR', 'dim1': 'VARCHAR', 'dim2': 'VARCHAR', "
    "'value': 'VARCHAR', 'flag': 'VARCHAR'}"
)
_TURNED = {
    "dim1": "COALESCE(dim1, '') AS dim1",
    "dim2": "COALESCE(dim2, '') AS dim2",
    "value": "CAST(value AS INTEGER) AS value",
    "flag": "COALESCE(flag, '') AS flag",
}
"""An empty field is read as NULL; only a figure that was not published is one."""
