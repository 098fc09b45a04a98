"""The service catalogue: what may be recorded, its group, and which services count as activation."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from valmentaja.base.errors import N_, UserError
from valmentaja.base.paths import RESOURCES
from valmentaja.definitions.text import LocalText

DEFAULT_SET = "ar_seed_2013"
_PLAIN = ("code", "fi", "sv", "en", "group", "valid_from", "valid_to")


class ServiceGroup(StrEnum):
    """Groups decide states and the figures by service; a service without one appears in no such figure."""

    PALKKATUKI = "PALKKATUKI"
    STARTTIRAHA = "STARTTIRAHA"
    TYONHAKUVALMENNUS = "TYONHAKUVALMENNUS"
    URAVALMENNUS = "URAVALMENNUS"
    KOKEILU = "KOKEILU"
    TYOVOIMAKOULUTUS = "TYOVOIMAKOULUTUS"
    OMAEHTOINEN = "OMAEHTOINEN"
    KUNTOUTTAVA = "KUNTOUTTAVA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """`sets` names the activation sets the service belongs to; validity only limits what may be entered."""

    code: str
    name: LocalText
    group: ServiceGroup | None
    sets: frozenset[str]
    valid_from: date | None
    valid_to: date | None

    def is_valid(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@cache
def services() -> Mapping[str, Service]:
    """The shipped catalogue by code, in the order it is offered."""
    return load_services(RESOURCES / "services.csv")


@cache
def act_set(name: str = DEFAULT_SET) -> frozenset[str]:
    """ACT of indicators.md §2: the codes of the services that count as activation in the set of that name."""
    found = frozenset(s.code for s in services().values() if name in s.sets)
    if not found:
        raise UserError(N_("The service set “{name}” is not in the service catalogue."), name=name)
    return found


def load_services(path: Path) -> Mapping[str, Service]:
    """The catalogue in one CSV file; every column beside the fixed ones is an activation set."""
    with path.open(encoding="utf-8", newline="") as text:
        rows = csv.DictReader(text, strict=True)
        _require_columns(path, rows.fieldnames or ())
        found = [_service(path, rows.line_num, row) for row in rows]
    by_code = {s.code: s for s in found}
    if len(by_code) < len(found):
        raise UserError(N_("{file}: a service code occurs twice."), file=path.name)
    return MappingProxyType(by_code)


def _require_columns(path: Path, columns: object) -> None:
    missing = [c for c in _PLAIN if not isinstance(columns, list) or c not in columns]
    if missing:
        raise UserError(N_("{file}: the column “{column}” is missing."), file=path.name, column=missing[0])


def _service(path: Path, line: int, row: Mapping[str, str]) -> Service:
    try:
        return Service(
            code=_filled(row, "code"),
            name=LocalText(fi=_filled(row, "fi"), sv=_filled(row, "sv"), en=_filled(row, "en")),
            group=ServiceGroup(row["group"]) if row["group"] else None,
            sets=frozenset(column for column in row if column not in _PLAIN and _is_marked(row[column])),
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
        )
    except (ValueError, TypeError, AttributeError) as error:
        text = N_("{file}, line {line}: the row cannot be understood: {why}")
        raise UserError(text, file=path.name, line=line, why=str(error)) from error


def _filled(row: Mapping[str, str], column: str) -> str:
    if not row[column].strip():
        raise ValueError(column)
    return row[column]


def _is_marked(cell: str) -> bool:
    if cell not in ("0", "1"):
        raise ValueError(cell)
    return cell == "1"


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
