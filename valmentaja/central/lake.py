"""The centre's folder: where the Parquet files, the list of files, the kept packages and the quarantine lie.

`year=YYYY/YYYY-MM.parquet` holds every accepted figure of a month (indicators.md §10.3), the annual ones in December's.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.errors import N_, UserError
from valmentaja.central.deliveries import Delivery
from valmentaja.i18n.command_line import Argument

REGISTRY, JOURNAL, DELIVERIES, SEEN = "registry.csv", "ingest.csv", "deliveries.csv", "seen.csv"
PACKAGES, QUARANTINE = "packages", "quarantine"
PART = ".part"
"""Ends the name of a file that is not whole yet."""
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
LAKE: Argument = (("lake",), {"metavar": "LAKE", "help": N_("the centre's folder, made by init")})
"""As a command's argument."""
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
    def deliveries(self) -> Path:
        return self.folder / DELIVERIES

    @property
    def seen(self) -> Path:
        """Which files of the pickup folder need not be read again."""
        return self.folder / SEEN

    def kept(self, delivery: Delivery) -> Path:
        """A sound package's figures and seal as they were signed (`exchange/kept.py`)."""
        return self.folder / PACKAGES / delivery.period / f"{delivery.sha256}.csv"

    def quarantined(self, delivery: Delivery) -> Path:
        """The copy of a refused file; its name and the reason are in the journal."""
        return self.folder / QUARANTINE / f"{delivery.sha256}.zip"

    def month_file(self, period: str) -> Path:
        return self.folder / f"year={period[:4]}" / f"{period}.parquet"

    def month_files(self) -> list[Path]:
        return sorted(self.folder.glob("year=*/*.parquet"))
