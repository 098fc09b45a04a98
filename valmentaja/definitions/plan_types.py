"""Plan types as data with dates of validity and source of law (domain.md §0–2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from valmentaja.base.errors import N_, UserError
from valmentaja.base.paths import RESOURCES
from valmentaja.base.reader import Node, read_toml
from valmentaja.definitions.loading import local_text, optional_day, optional_text, require_unique, toml_files
from valmentaja.definitions.text import LocalText


class FieldKind(StrEnum):
    TEXT = "text"
    DATE = "date"
    TICK = "tick"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanField:
    """`rule` names the rule that bounds a number; a `past` day has to have been when the plan is frozen."""

    id: str
    label: LocalText
    help: LocalText | None
    kind: FieldKind
    required: bool
    source: str
    rule: str = ""
    past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSection:
    """A heading with fields; `only_if` names a tick field that must be set for the section to apply."""

    id: str
    title: LocalText
    only_if: str
    fields: tuple[PlanField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Someone who signs; `required` parties are missing until they have."""

    id: str
    name: LocalText
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanType:
    kind: str
    name: LocalText
    source: str
    valid_from: date | None
    valid_to: date | None
    review_months: int
    confidential: LocalText
    parties: tuple[Party, ...]
    sections: tuple[PlanSection, ...]
    reference_only: bool = False
    """Drawn up elsewhere: it may be recorded, but is never written here."""

    def is_valid(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    def sections_for(self, values: Mapping[str, str]) -> tuple[PlanSection, ...]:
        """The sections that apply given the ticks in `values` ("1" = set)."""
        return tuple(s for s in self.sections if not s.only_if or values.get(s.only_if) == "1")


@cache
def every_plan_type() -> tuple[PlanType, ...]:
    """All templates shipped, whatever their dates."""
    folder = RESOURCES / "plan_types"
    found = tuple(load_plan_type(path) for path in toml_files(folder))
    _require_no_overlap(found)
    return found


def plan_types(on: date) -> Mapping[str, PlanType]:
    """The plan types that can be drawn up on that day, by kind."""
    return {t.kind: t for t in every_plan_type() if t.is_valid(on) and not t.reference_only}


def plan_type(kind: str, on: date) -> PlanType:
    """The template of `kind` valid on that day; for a day outside every version's dates, the nearest version."""
    versions = [t for t in every_plan_type() if t.kind == kind]
    if not versions:
        raise UserError(N_("The plan type “{kind}” is not known."), kind=kind)
    return min(versions, key=lambda t: _days_from(t, on))


def load_plan_type(path: Path) -> PlanType:
    """The plan type in one TOML file; a section `include = "x.toml"` stands for the sections of shared/x.toml."""
    node = read_toml(path)
    found = PlanType(
        kind=node.text("kind"),
        name=local_text(node, "name"),
        source=node.text("source"),
        valid_from=optional_day(node, "valid_from"),
        valid_to=optional_day(node, "valid_to"),
        review_months=node.integer("review_months"),
        confidential=local_text(node, "confidential"),
        parties=tuple(_party(p) for p in node.nodes("parties")),
        sections=_sections(node, path.parent / "shared"),
        reference_only=node.boolean("reference_only", False),
    )
    node.finish()
    _require_sound(node, found)
    return found


def _sections(node: Node, shared: Path) -> tuple[PlanSection, ...]:
    if not node.has("sections"):
        return ()
    found: list[PlanSection] = []
    for section in node.nodes("sections"):
        found += _included(shared / section.text("include")) if section.has("include") else [_section(section)]
    return tuple(found)


def _included(path: Path) -> list[PlanSection]:
    node = read_toml(path)
    found = [_section(s) for s in node.nodes("sections")]
    node.finish()
    return found


def _section(node: Node) -> PlanSection:
    return PlanSection(
        id=node.text("id"),
        title=local_text(node, "title"),
        only_if=node.text("only_if", ""),
        fields=tuple(_field(f) for f in node.nodes("fields")),
    )


def _field(node: Node) -> PlanField:
    return PlanField(
        id=node.text("id"),
        label=local_text(node, "label"),
        help=optional_text(node, "help"),
        kind=_field_kind(node),
        required=node.boolean("required", False),
        source=node.text("source", ""),
        rule=node.text("rule", ""),
        past=node.boolean("past", False),
    )


def _field_kind(node: Node) -> FieldKind:
    try:
        return FieldKind(node.text("kind", "text"))
    except ValueError as error:
        raise node.wrong("kind", N_("{file}: “{key}” must be text, date, tick or number.")) from error


def _party(node: Node) -> Party:
    return Party(id=node.text("id"), name=local_text(node, "name"), required=node.boolean("required"))


def _require_sound(node: Node, found: PlanType) -> None:
    """Unique ids; every `only_if` names a tick that stands before it; the review comes after at least a month."""
    require_unique(node, (p.id for p in found.parties))
    require_unique(node, (s.id for s in found.sections))
    require_unique(node, (f.id for s in found.sections for f in s.fields))
    if found.review_months < 1:
        raise node.wrong("review_months", N_("{file}: “{key}” must be 1 or more."))
    ticks: set[str] = {""}
    for section in found.sections:
        if section.only_if not in ticks:
            raise node.wrong(section.only_if, N_("{file}: “{key}” is not a tick that stands before its section."))
        ticks.update(f.id for f in section.fields if f.kind == FieldKind.TICK)


def _require_no_overlap(found: tuple[PlanType, ...]) -> None:
    """On any day a kind has at most one template."""
    for n, one in enumerate(found):
        for other in found[n + 1 :]:
            if one.kind == other.kind and _overlap(one, other):
                raise UserError(N_("Two templates of the plan type “{kind}” are valid on the same day."), kind=one.kind)


def _overlap(one: PlanType, other: PlanType) -> bool:
    starts_in_time = one.valid_to is None or other.valid_from is None or other.valid_from <= one.valid_to
    ends_late_enough = other.valid_to is None or one.valid_from is None or one.valid_from <= other.valid_to
    return starts_in_time and ends_late_enough


def _days_from(found: PlanType, on: date) -> int:
    """0 when valid on that day, else the distance to the nearer end of its validity."""
    if found.valid_from is not None and on < found.valid_from:
        return (found.valid_from - on).days
    if found.valid_to is not None and on > found.valid_to:
        return (on - found.valid_to).days
    return 0
