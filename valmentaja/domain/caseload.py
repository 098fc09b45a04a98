"""The caseload as it travels in and out: rows, what is wrong with them, and what the vault knows already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from valmentaja.base.errors import N_, Value
from valmentaja.definitions.instrument import Instrument
from valmentaja.domain.assessment import Value as AnswerValue
from valmentaja.domain.client import (
    BenefitReading,
    Client,
    ClientId,
    FollowUp,
    Meeting,
    ServicePeriod,
    StatusChange,
)
from valmentaja.domain.codes import PlanKind, Rater
from valmentaja.i18n import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """A row of assessments.csv: one item of one closed assessment, by one rater."""

    client: ClientId
    assessment: str
    date: date
    instrument: str
    item: str
    rater: Rater
    value: AnswerValue


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A row of plans.csv; without `signed` the plan is a draft."""

    client: ClientId
    plan: str
    kind: PlanKind
    signed: date | None = None
    review_due: date | None = None
    reviewed: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """A row of plan_steps.csv; `service` may be empty."""

    client: ClientId
    step: str
    plan: str
    service: str = ""
    planned_start: date | None = None
    realised_start: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadRows:
    """The nine tables of indicators.md §2."""

    clients: tuple[Client, ...] = ()
    labour_status: tuple[StatusChange, ...] = ()
    benefit_days: tuple[BenefitReading, ...] = ()
    service_periods: tuple[ServicePeriod, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    assessments: tuple[AnswerRow, ...] = ()
    plans: tuple[PlanRow, ...] = ()
    plan_steps: tuple[StepRow, ...] = ()
    followups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the vault holds before an import: rows may refer to it and may not clash with it.

    `frozen_plans` and `frozen_steps` are those that were frozen in this vault and cannot be changed any more.
    Without `instruments` the shipped ones are known.
    """

    clients: Mapping[ClientId, Client] = field(default_factory=dict)
    plans: Mapping[str, ClientId] = field(default_factory=dict)
    steps: Mapping[str, ClientId] = field(default_factory=dict)
    assessments: Mapping[str, ClientId] = field(default_factory=dict)
    frozen_plans: Mapping[str, PlanRow] = field(default_factory=dict)
    frozen_steps: Mapping[str, StepRow] = field(default_factory=dict)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a row, or with line 0 a whole file, is rejected.

    `line` is the physical line the row starts on; `text` a msgid filled by `values`; `column` may be "".
    """

    file: str
    line: int = 0
    column: str = ""
    text: str
    values: tuple[tuple[str, Value], ...] = ()

    def reason(self, words: Words) -> str:
        return words(self.text, **dict(self.values))

    def sentence(self, words: Words) -> str:
        """`clients.csv, line 3, column exit_date: …` in the language of `words`."""
        reason = self.reason(words)
        if not self.line:
            return words(N_("{file}: {reason}"), file=self.file, reason=reason)
        if not self.column:
            return words(N_("{file}, line {line}: {reason}"), file=self.file, line=self.line, reason=reason)
        where = N_("{file}, line {line}, column {column}: {reason}")
        return words(where, file=self.file, line=self.line, column=self.column, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A dry run: the good rows, every problem, and the names of the files that were not there."""

    rows: CaseloadRows
    problems: tuple[Problem, ...] = ()
    absent: tuple[str, ...] = ()
