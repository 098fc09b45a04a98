"""A client's whole record as plain rows: what leaves one coach's vault and arrives in another's, whole.

Left out is what belongs to a vault and not to the client: row numbers, sort keys, who is responsible, the lock,
what this vault sent out.
A meeting has a number within the record, and an answer names its meeting by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from valmentaja.domain.client import ClientId
from valmentaja.domain.codes import (
    BenefitSource,
    EmployerSector,
    ExitReason,
    LabourStatus,
    MeetingMode,
    PlanKind,
    Rater,
)
from valmentaja.domain.plan import Decision, Responsible, SignatureState
from valmentaja.domain.rating import Aspect
from valmentaja.domain.review import Verdict

SHAPE = 6
"""The schema version whose rows these are; a package with a higher one is from a newer program."""

Cell = str | int | bytes | None
RecordRow = Mapping[str, Cell]


class Kind(StrEnum):
    """What a cell may hold; MOMENT is a UTC stamp or a day, CODE one of the column's `codes`."""

    TEXT = "text"
    WORD = "word"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    FLAG = "flag"
    BYTES = "bytes"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """WORD is text that may not be empty. A column is there `since` a shape; in older records it says `before`."""

    name: str
    kind: Kind
    optional: bool = False
    codes: frozenset[str] = frozenset()
    since: int = 2
    before: Cell = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`key` is what makes two rows of one client the same fact; empty means that there is one row at most.

    `of` names the table that a row hangs on when it is not the client itself. `added_only` rows never change:
    the whole row is its key. Records of a shape older than `since` have no such table.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    of: str = ""
    added_only: bool = False
    since: int = 2

    @property
    def link(self) -> str:
        """The column that names the row of `of`."""
        return "case_id" if self.of == "assessment_case" else f"{self.of}_id"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _columns(text: str, since: int = 2) -> tuple[Column, ...]:
    """`name:kind`, a `?` after the kind for what may be missing, `=before` for what older records say.

    A kind that is no Kind names a code list.
    """
    return tuple(_column(part, since) for part in text.split())


def _column(part: str, since: int) -> Column:
    name, _, rest = part.partition(":")
    kind, told, before = rest.partition("=")
    optional, kind = kind.endswith("?"), kind.removesuffix("?")
    codes = _CODES.get(kind, frozenset())
    return Column(
        name=name,
        kind=Kind.CODE if codes else Kind(kind),
        optional=optional,
        codes=codes,
        since=since,
        before=_before(kind, before) if told else None,
    )


def _before(kind: str, text: str) -> Cell:
    return int(text) if kind in (Kind.NUMBER, Kind.FLAG) else text


_CODES = {
    "status": frozenset(LabourStatus),
    "exit": frozenset(ExitReason),
    "benefit": frozenset(BenefitSource),
    "sector": frozenset(EmployerSector),
    "mode": frozenset(MeetingMode),
    "rater": frozenset(Rater),
    "plan-kind": frozenset(PlanKind),
    "responsible": frozenset(Responsible),
    "decision": frozenset(Decision),
    "verdict": frozenset(Verdict),
    "signature": frozenset(SignatureState),
    "form": frozenset({"full", "quick"}),
    "how-answered": frozenset({"alone", "helped", "interpreter"}),
    "entered": frozenset({"coach", "client", "paper", "import"}),
    "aspect": frozenset(Aspect),
    "case-kind": frozenset({"single", "multi"}),
    "teller": frozenset({"authority", "provider", "employer", "close", "other"}),
}

TABLES: tuple[Table, ...] = (
    Table(
        name="client",
        columns=_columns(
            "id:word record_key:bytes family_name:text given_names:text hetu:text birth_date:day? municipality:text "
            "language:text phone:text email:text address:text non_disclosure:flag intake_date:day referred_by:text "
            "exit_date:day? exit_reason:exit? exclusion_risk:flag exclusion_risk_reason:text"
        ),
    ),
    Table(name="labour_status", columns=_columns("date:day status:status"), key=("date",)),
    Table(name="benefit_reading", columns=_columns("date:day days:number source:benefit"), key=("date",)),
    Table(
        name="service_period",
        columns=_columns("service:word start_date:day end_date:day? sector:sector? provider:text"),
        key=("service", "start_date"),
    ),
    Table(name="follow_up", columns=_columns("date:day status:status"), key=("date",)),
    Table(
        name="meeting",
        columns=_columns(
            "id:number date:day mode:mode minutes:number attended:flag planned_time:text place:text notes:text "
            "agreed:text started:moment? ended:moment? booked:flag"
        ),
        key=("date", "mode", "started", "planned_time"),
    ),
    Table(
        name="assessment_case",
        columns=_columns("id:word kind:case-kind question:text opened:day closed:day? outcome:text"),
        key=("id",),
        since=4,
    ),
    Table(
        name="case_meeting",
        columns=_columns("id:word case_id:word position:number date:day? purpose:text meeting_id:number?"),
        key=("id",),
        of="assessment_case",
        since=4,
    ),
    Table(
        name="clarification",
        columns=_columns(
            "id:word case_id:word kind:word what:text source:text ordered:day? expected:day? received:day? "
            "result:text cancelled:day?"
        ),
        key=("id",),
        of="assessment_case",
        since=4,
    ),
    Table(
        name="contribution",
        columns=_columns("case_id:word date:day author:word role:text heading:text words:text at:moment"),
        of="assessment_case",
        added_only=True,
        since=4,
    ),
    Table(
        name="case_field",
        columns=_columns("case_id:word field:word value:text"),
        key=("case_id", "field"),
        of="assessment_case",
        since=4,
    ),
    Table(
        name="assessment",
        columns=_columns("id:word instrument:word form:form opened:day closed:day?")
        + _columns("case_id:word? mode:how-answered=helped language:text=", since=4),
        key=("id",),
    ),
    Table(
        name="answer",
        columns=_columns(
            "assessment_id:word item:word rater:rater value:word date:day meeting_id:number? note:text at:moment"
        )
        + _columns("reason:text= entered:entered=coach", since=4),
        of="assessment",
        added_only=True,
    ),
    Table(
        name="rating",
        columns=_columns(
            "assessment_id:word domain:word aspect:aspect value:text reason:text date:day meeting_id:number? at:moment"
        ),
        of="assessment",
        added_only=True,
        since=4,
    ),
    Table(
        name="paper_check",
        columns=_columns("assessment_id:word item:word value:word at:moment"),
        key=("assessment_id", "item"),
        of="assessment",
        since=4,
    ),
    Table(
        name="other_result",
        columns=_columns(
            "id:word date:day instrument:word domain:text score:text scale:text note:text recorder:text at:moment "
            "file_name:text file:bytes void_reason:text"
        ),
        key=("id",),
        since=4,
    ),
    Table(
        name="plan",
        columns=_columns(
            "id:word kind:plan-kind version:number follows:word? drawn_up:day? review_due:day? frozen_at:moment? "
            "fingerprint:word? signed:day? reviewed:day?"
        ),
        key=("id",),
    ),
    Table(
        name="plan_field", columns=_columns("plan_id:word field:word value:text"), key=("plan_id", "field"), of="plan"
    ),
    Table(
        name="plan_goal",
        columns=_columns(
            "id:word plan_id:word position:number words:text why:text evidence_assessment:word? evidence_domain:text? "
            "evidence_item:text?"
        )
        + _columns("reached_when:text= origin:word?", since=5),
        key=("id",),
        of="plan",
    ),
    Table(
        name="plan_step",
        columns=_columns(
            "id:word plan_id:word goal_id:word? position:number what:text service:text provider:text "
            "responsible:responsible? planned_start:day? by_date:day? realised_start:day? done:day?"
        )
        + _columns("parallel:flag=0 proposed_by:responsible? decision:decision? origin:word?", since=5),
        key=("id",),
        of="plan",
    ),
    Table(
        name="signature",
        columns=_columns(
            "plan_id:word party:word state:signature name:text capacity:text on_date:day? reason:text ink:text"
        ),
        key=("plan_id", "party"),
        of="plan",
    ),
    Table(
        name="plan_review",
        columns=_columns("id:word plan_id:word date:day words:text at:moment"),
        key=("id",),
        of="plan",
        since=5,
    ),
    Table(
        name="review_verdict",
        columns=_columns("review_id:word plan_id:word about:word verdict:verdict why:text new_date:day?"),
        key=("review_id", "about"),
        of="plan",
        since=5,
    ),
    Table(
        name="document",
        columns=_columns(
            "id:word plan_id:word? kind:word language:word title:text file_name:word created:moment sha256:word "
            "pdf:bytes"
        ),
        key=("id",),
    ),
    Table(
        name="told_fact",
        columns=_columns("date:day words:text source_kind:teller source:word recorder:word at:moment"),
        added_only=True,
    ),
    Table(
        name="correction",
        columns=_columns("entity:word entity_id:text field:word before:text after:text reason:text at:moment"),
        added_only=True,
    ),
    Table(
        name="consent",
        columns=_columns(
            "id:word purpose:word given:flag date:day expires:day? scope:text withdrawn:day? at:moment", since=5
        ),
        key=("id",),
        since=5,
    ),
    Table(name="card_field", columns=_columns("field:word value:text"), key=("field",), since=5),
    Table(
        name="ura_entry",
        columns=_columns("id:word entered:day said:word at:moment", since=6),
        key=("id",),
        since=6,
    ),
    Table(name="retention_hold", columns=_columns("reason:word since:moment")),
)
BY_NAME = MappingProxyType({table.name: table for table in TABLES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Rows of every table of TABLES, in the order they were made; exactly one row of `client`."""

    tables: Mapping[str, tuple[RecordRow, ...]]

    @property
    def client(self) -> RecordRow:
        return self.tables["client"][0]

    @property
    def id(self) -> ClientId:
        return str(self.client["id"])

    @property
    def name(self) -> str:
        return " ".join(str(self.client[part]) for part in ("given_names", "family_name")).strip()

    @property
    def record_key(self) -> bytes:
        held = self.client["record_key"]
        return held if isinstance(held, bytes) else b""

    @property
    def counts(self) -> dict[str, int]:
        """Rows by table; what both coaches compare."""
        return {table.name: len(self.tables[table.name]) for table in TABLES}

    def with_rows(self, **tables: tuple[RecordRow, ...]) -> Record:
        return replace(self, tables={**self.tables, **tables})

    def with_client(self, **cells: Cell) -> Record:
        return self.with_rows(client=({**self.client, **cells},))


def total(records: tuple[Record, ...]) -> dict[str, int]:
    """The counts of several records together."""
    return {table.name: sum(record.counts[table.name] for record in records) for table in TABLES}


REFERENCES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "case_meeting": (("case_id", "assessment_case"), ("meeting_id", "meeting")),
        "clarification": (("case_id", "assessment_case"),),
        "contribution": (("case_id", "assessment_case"),),
        "case_field": (("case_id", "assessment_case"),),
        "assessment": (("case_id", "assessment_case"),),
        "answer": (("assessment_id", "assessment"), ("meeting_id", "meeting")),
        "rating": (("assessment_id", "assessment"), ("meeting_id", "meeting")),
        "paper_check": (("assessment_id", "assessment"),),
        "plan": (("follows", "plan"),),
        "plan_field": (("plan_id", "plan"),),
        "plan_goal": (("plan_id", "plan"), ("evidence_assessment", "assessment")),
        "plan_step": (("plan_id", "plan"), ("goal_id", "plan_goal")),
        "signature": (("plan_id", "plan"),),
        "plan_review": (("plan_id", "plan"),),
        "review_verdict": (("plan_id", "plan"), ("review_id", "plan_review")),
        "document": (("plan_id", "plan"),),
    }
)
"""Which cell names a row of which other table of the same record."""


def renamed(record: Record, names: Mapping[str, Mapping[str, str]]) -> Record:
    """The same record with other ids: {table: {old: new}}, followed everywhere they are named."""
    tables = {}
    for table, rows in record.tables.items():
        cells = (*REFERENCES.get(table, ()), ("id", table))
        tables[table] = tuple(
            {**row, **{cell: names.get(to, {}).get(str(row[cell]), row[cell]) for cell, to in cells if cell in row}}
            for row in rows
        )
    return Record(tables=tables)
