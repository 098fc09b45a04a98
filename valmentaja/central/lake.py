"""The centre's folder: where the Parquet files, the list of files, the kept packages and the quarantine lie.

`year=YYYY/YYYY-MM.parquet` holds every accepted figure of a month (indicators.md §10.3), the annual ones in December's.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.errors import N_, UserError

REGISTRY, JOURNAL, KNOWN = "registry.csv", "ingest.csv", "known.csv"
PACKAGES, QUARANTINE = "packages", "quarantine"
COLUMNS = {
    "unit": "VARCHAR",
    "municipality": "VARCHAR",
    "period": "VARCHAR",
    "revision": "INTEGER",
    "freq": "VARCHAR",
    "indicator": "VARCHAR",
    "dim1": "VARCHAR",
    "dim2": "VARCHAR",
    "value": "INTEGER",
    "flag": "VARCHAR",
    "definitions": "VARCHAR",
}
"""Column → SQL type; `value` is NULL exactly where `flag` is `s` or `n`, unused dimensions and no flag are empty."""
ORDER = ("period", "unit", "freq", "indicator", "dim1", "dim2")


@dataclass(frozen=True, slots=True)
class Lake:
    """The paths of one lake; `Lake.at` also checks that there is one."""

    folder: Path

    @classmethod
    def at(cls, folder: Path) -> Lake:
        """The lake in that folder."""
        lake = cls(folder)
        if not lake.registry.is_file():
            text = N_("There is no lake in {folder}. Make one: valmentaja-kokoaja init {folder}")
            raise UserError(text, folder=str(folder))
        return lake

    @property
    def registry(self) -> Path:
        return self.folder / REGISTRY

    @property
    def journal(self) -> Path:
        return self.folder / JOURNAL

    @property
    def known(self) -> Path:
        return self.folder / KNOWN

    @property
    def packages(self) -> Path:
        return self.folder / PACKAGES

    @property
    def quarantine(self) -> Path:
        return self.folder / QUARANTINE

    def month_file(self, period: str) -> Path:
        return self.folder / f"year={period[:4]}" / f"{period}.parquet"

    def month_files(self) -> list[Path]:
        return sorted(self.folder.glob("year=*/*.parquet"))
