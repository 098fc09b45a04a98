"""Rules of the law and of practice, with dates and source: what a reminder on Tänään stands on (domain.md §1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from valmentaja.base.errors import N_
from valmentaja.base.paths import RESOURCES
from valmentaja.base.reader import Node, read_toml
from valmentaja.definitions.loading import local_text, optional_day, require_unique
from valmentaja.definitions.text import LocalText


class Unit(StrEnum):
    """What a rule's figures count."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`least` and `most` bound a figure in `unit`; both None for a rule without a figure.

    `verified` is False when the act itself has not been read: the screen then says to check Finlex.
    """

    id: str
    text: LocalText
    source: str
    verified: bool
    enabled: bool
    least: int | None
    most: int | None
    unit: Unit | None
    valid_from: date | None
    valid_to: date | None

    def applies(self, on: date) -> bool:
        in_time = (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)
        return self.enabled and in_time


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule shipped, disabled and outdated ones included, by id."""
    return load_rules(RESOURCES / "rules" / "rules.toml")


def load_rules(path: Path) -> Mapping[str, Rule]:
    """The rules of one TOML file; UserError names file and key of the first thing wrong."""
    node = read_toml(path)
    found = [_rule(r) for r in node.nodes("rules")]
    node.finish()
    require_unique(node, (r.id for r in found))
    return MappingProxyType({r.id: r for r in found})


def _rule(node: Node) -> Rule:
    rule = Rule(
        id=node.text("id"),
        text=local_text(node, "text"),
        source=node.text("source"),
        verified=node.boolean("verified"),
        enabled=node.boolean("enabled"),
        least=node.integer("least") if node.has("least") else None,
        most=node.integer("most") if node.has("most") else None,
        unit=_unit(node) if node.has("unit") else None,
        valid_from=optional_day(node, "valid_from"),
        valid_to=optional_day(node, "valid_to"),
    )
    _require_sound(node, rule)
    return rule


def _unit(node: Node) -> Unit:
    try:
        return Unit(node.text("unit"))
    except ValueError as error:
        raise node.wrong("unit", N_("{file}: “{key}” must be hours, days, working_days, months or years.")) from error


def _require_sound(node: Node, rule: Rule) -> None:
    if (rule.unit is None) != (rule.least is None and rule.most is None):
        raise node.wrong("unit", N_("{file}: “{key}” must stand beside “least” or “most”, and only there."))
    if rule.least is not None and rule.most is not None and rule.most < rule.least:
        raise node.wrong("most", N_("{file}: “{key}” is smaller than “least”."))
    if rule.valid_from is not None and rule.valid_to is not None and rule.valid_to < rule.valid_from:
        raise node.wrong("valid_to", N_("{file}: “{key}” is before “valid_from”."))
