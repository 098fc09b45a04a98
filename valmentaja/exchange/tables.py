"""The nine caseload tables of indicators.md §2 as data; one description reads, checks and writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.languages import is_language
from valmentaja.definitions.services import services
from valmentaja.domain.assessment import parse_value
from valmentaja.domain.codes import (
    BenefitSource,
    EmployerSector,
    ExitReason,
    LabourStatus,
    MeetingMode,
    PlanKind,
    Rater,
)
from valmentaja.domain.hetu import parse_hetu

LONGEST_TEXT = 20_000
LONGEST_ID = 100
FIRST_YEAR, LAST_YEAR = 1900, 2100
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_MUNICIPALITY = re.compile(r"[0-9]{3}")

Check = Callable[[str], None]
"""Raises UserError when a cell that is not empty cannot be right."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    check: Check
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`key` is unique in the table (none: duplicates are kept); `not_before` pairs (later, earlier) columns."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    not_before: tuple[tuple[str, str], ...] = ()

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)


def a_text(cell: str) -> None:
    """Free text: anything a person can write, tabs and line breaks included."""
    if len(cell) > LONGEST_TEXT:
        raise UserError(N_("The text is longer than {most} characters."), most=LONGEST_TEXT)
    if any((c < " " and c not in "\t\n\r") or "\x7f" <= c <= "\x9f" for c in cell):
        raise UserError(N_("The text holds a control character that no person can write."))


def an_id(cell: str) -> None:
    if len(cell) > LONGEST_ID or not cell.isprintable() or cell != cell.strip():
        raise UserError(
            N_("An id has at most {most} characters, no line breaks and no spaces around it."), most=LONGEST_ID
        )


def a_day(cell: str) -> None:
    if not _DAY.fullmatch(cell):
        raise UserError(N_("“{cell}” is not a date in the form 2026-11-24."), cell=shown(cell))
    try:
        year = date.fromisoformat(cell).year
    except ValueError as error:
        raise UserError(N_("“{cell}” is a day that does not exist."), cell=cell) from error
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserError(N_("The year of “{cell}” is not {first}–{last}."), cell=cell, first=FIRST_YEAR, last=LAST_YEAR)


def a_number(cell: str) -> None:
    if not _NUMBER.fullmatch(cell):
        raise UserError(N_("“{cell}” is not a whole number from 0 up to 999999999."), cell=shown(cell))


def a_flag(cell: str) -> None:
    if cell not in {"0", "1"}:
        raise UserError(N_("“{cell}” is not 0 or 1."), cell=shown(cell))


def a_municipality(cell: str) -> None:
    """Three digits, as the format has it: old numbers and those for abroad stay importable."""
    if not _MUNICIPALITY.fullmatch(cell):
        raise UserError(N_("“{cell}” is not a municipality number of three digits."), cell=shown(cell))


def a_language(cell: str) -> None:
    if not is_language(cell):
        raise UserError(N_("“{cell}” is not a language code such as fi, sv or ru."), cell=shown(cell))


def a_hetu(cell: str) -> None:
    parse_hetu(cell)


def an_answer(cell: str) -> None:
    try:
        parse_value(cell)
    except ValueError as error:
        text = N_("“{cell}” is not 0–10, EI_HALUA, EI_KOSKE or EI_KYSYTTY.")
        raise UserError(text, cell=shown(cell)) from error


def a_service(cell: str) -> None:
    if cell not in services():
        raise UserError(N_("“{cell}” is not in the service catalogue."), cell=shown(cell))


def one_of(codes: type[StrEnum]) -> Check:
    """A check that the cell is one of the codes."""
    known = tuple(c.value for c in codes)
    return lambda cell: _require_one_of(cell, known, known)


def _require_one_of(cell: str, known: Container[str], listed: Iterable[str]) -> None:
    if cell not in known:
        raise UserError(N_("“{cell}” is not one of {known}."), cell=shown(cell), known=", ".join(listed))


def shown(cell: str) -> str:
    """A cell as a sentence can carry it: one line and not too long."""
    line = " ".join(cell.split())
    return line if len(line) <= 40 else f"{line[:40]}…"


def _must(name: str, check: Check) -> Column:
    return Column(name, check, required=True)


_CLIENT = _must("client_id", an_id)

CLIENTS = Table(
    name="clients",
    columns=(
        _CLIENT,
        Column("family_name", a_text),
        Column("given_names", a_text),
        Column("hetu", a_hetu),
        Column("birth_date", a_day),
        Column("municipality", a_municipality),
        Column("language", a_language),
        Column("phone", a_text),
        Column("email", a_text),
        Column("address", a_text),
        Column("non_disclosure", a_flag),
        _must("intake_date", a_day),
        Column("referred_by", a_text),
        Column("exit_date", a_day),
        Column("exit_reason", one_of(ExitReason)),
        Column("exclusion_risk", a_flag),
        Column("exclusion_risk_reason", a_text),
    ),
    key=("client_id",),
    not_before=(("exit_date", "intake_date"),),
)
LABOUR_STATUS = Table(
    name="labour_status",
    columns=(_CLIENT, _must("date", a_day), _must("status", one_of(LabourStatus))),
    key=("client_id", "date"),
)
BENEFIT_DAYS = Table(
    name="benefit_days",
    columns=(_CLIENT, _must("date", a_day), _must("days", a_number), _must("source", one_of(BenefitSource))),
    key=("client_id", "date"),
)
SERVICE_PERIODS = Table(
    name="service_periods",
    columns=(
        _CLIENT,
        _must("service_code", a_service),
        _must("start_date", a_day),
        Column("end_date", a_day),
        Column("employer_sector", one_of(EmployerSector)),
        Column("provider", a_text),
    ),
    key=("client_id", "service_code", "start_date"),
    not_before=(("end_date", "start_date"),),
)
MEETINGS = Table(
    name="meetings",
    columns=(
        _CLIENT,
        _must("date", a_day),
        _must("mode", one_of(MeetingMode)),
        _must("minutes", a_number),
        _must("attended", a_flag),
    ),
    key=(),
)
ASSESSMENTS = Table(
    name="assessments",
    columns=(
        _CLIENT,
        _must("assessment_id", an_id),
        _must("date", a_day),
        _must("instrument", a_text),
        _must("item_id", an_id),
        _must("rater", one_of(Rater)),
        _must("value", an_answer),
    ),
    key=("client_id", "assessment_id", "item_id", "rater"),
)
PLANS = Table(
    name="plans",
    columns=(
        _CLIENT,
        _must("plan_id", an_id),
        _must("plan_type", one_of(PlanKind)),
        Column("signed_date", a_day),
        Column("review_due_date", a_day),
        Column("reviewed_date", a_day),
    ),
    key=("plan_id",),
)
PLAN_STEPS = Table(
    name="plan_steps",
    columns=(
        _CLIENT,
        _must("step_id", an_id),
        _must("plan_id", an_id),
        Column("service_code", a_service),
        Column("planned_start", a_day),
        Column("realised_start", a_day),
    ),
    key=("step_id",),
)
FOLLOWUPS = Table(
    name="followups",
    columns=(_CLIENT, _must("date", a_day), _must("status", one_of(LabourStatus))),
    key=("client_id", "date"),
)

TABLES = (
    CLIENTS,
    LABOUR_STATUS,
    BENEFIT_DAYS,
    SERVICE_PERIODS,
    MEETINGS,
    ASSESSMENTS,
    PLANS,
    PLAN_STEPS,
    FOLLOWUPS,
)
