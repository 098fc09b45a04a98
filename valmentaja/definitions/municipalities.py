"""Finland's municipalities of 2026 with their regions (Statistics Finland; Posti)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from valmentaja.base.errors import N_, UserError
from valmentaja.base.paths import RESOURCES

MUNICIPALITIES = RESOURCES / "kunta_2026.csv"
"""Where a person may look a number up."""
_COLUMNS = ["kuntanumero", "nimi_fi", "nimi_sv", "maakunta", "maakunta_fi", "maakunta_sv"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """`code` has three digits, `region` two."""

    code: str
    fi: str
    sv: str
    region: str
    region_fi: str
    region_sv: str

    def name_in(self, language: str) -> str:
        """English texts use the Finnish name."""
        return self.sv if language == "sv" else self.fi


@cache
def municipalities() -> Mapping[str, Municipality]:
    """All 308, by code."""
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines, strict=True)
    if header != _COLUMNS or any(len(row) != len(_COLUMNS) for row in rows):
        raise UserError(
            N_("{file}: the columns are not as expected. Install the program again."), file=MUNICIPALITIES.name
        )
    return MappingProxyType({row[0]: _municipality(row) for row in rows})


def _municipality(row: list[str]) -> Municipality:
    code, fi, sv, region, region_fi, region_sv = row
    return Municipality(code=code, fi=fi, sv=sv, region=region, region_fi=region_fi, region_sv=region_sv)
