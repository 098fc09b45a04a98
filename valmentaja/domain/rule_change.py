"""What a unit has changed in a rule, and the rule that is then in force; the shipped row itself never changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.rules import Rule, Unit
from valmentaja.definitions.text import LocalText
from valmentaja.domain.retention import RULE as RETENTION

LARGEST = 1000
"""No figure of a rule is larger; a day counted from it stays in the calendar."""

_UNITS = {
    Unit.HOURS: ("tuntia", "timmar", "hours"),
    Unit.DAYS: ("päivää", "dagar", "days"),
    Unit.WORKING_DAYS: ("työpäivää", "arbetsdagar", "working days"),
    Unit.MONTHS: ("kuukautta", "månader", "months"),
    Unit.YEARS: ("vuotta", "år", "years"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """`at` is a UTC stamp. Without a source the rule is again as the program ships it."""

    rule: str
    at: str = ""
    enabled: bool
    least: int | None
    most: int | None
    valid_from: date | None
    valid_to: date | None
    source: str
    reason: str

    @property
    def is_back(self) -> bool:
        return not self.source


def back(rule: Rule, reason: str) -> RuleChange:
    """As shipped again: the next version of the program may bring other figures, and they hold."""
    return replace(as_it_is(rule), source="", reason=reason)


def as_it_is(rule: Rule) -> RuleChange:
    return RuleChange(
        rule=rule.id,
        enabled=rule.enabled,
        least=rule.least,
        most=rule.most,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        source=rule.source,
        reason="",
    )


def in_force(shipped: Mapping[str, Rule], changes: Iterable[RuleChange]) -> dict[str, Rule]:
    """Every shipped rule with its newest change; `changes` oldest first, those of rules no longer shipped are left."""
    newest = {change.rule: change for change in changes}
    return {name: _changed(rule, newest.get(name)) for name, rule in shipped.items()}


def check(shipped: Rule, change: RuleChange) -> None:
    """`UserError` for the first thing that does not fit."""
    if not change.reason.strip():
        raise UserError(N_("Write why the rule is changed."))
    if change.is_back:
        return
    _check_kept_no_longer(shipped, change)
    for before, now in ((shipped.least, change.least), (shipped.most, change.most)):
        if (before is None) != (now is None):
            raise UserError(N_("This rule needs the same limits as before: give those it has, and no others."))
        if now is not None and not 0 < now <= LARGEST:
            raise UserError(N_("A limit must be a whole number from 1 to {most}."), most=LARGEST)
    if change.least is not None and change.most is not None and change.most < change.least:
        raise UserError(N_("“At most” is smaller than “at least”."))
    if change.valid_from is not None and change.valid_to is not None and change.valid_to < change.valid_from:
        raise UserError(N_("The last day of validity is before the first day."))


def _check_kept_no_longer(shipped: Rule, change: RuleChange) -> None:
    """The law's longest time to keep a file is no decision of a unit (380/2023 122 §)."""
    longer = shipped.most is not None and change.most is not None and change.most > shipped.most
    if shipped.id == RETENTION and (longer or not change.enabled):
        raise UserError(N_("The time that files are kept may be made shorter, not longer, and it stays in use."))


def _changed(rule: Rule, change: RuleChange | None) -> Rule:
    if change is None or change.is_back:
        return rule
    moved = replace(
        rule,
        enabled=change.enabled,
        least=change.least,
        most=change.most,
        valid_from=change.valid_from,
        valid_to=change.valid_to,
        source=change.source,
    )
    same = (rule.least, rule.most) == (moved.least, moved.most)
    return moved if same else replace(moved, text=_told(moved))


def _told(rule: Rule) -> LocalText:
    """The shipped text says the shipped figures: the figures in force stand after it."""
    fi, sv, en = _UNITS[rule.unit or Unit.DAYS]
    bounds = [str(n) for n in (rule.least, rule.most) if n is not None]
    figure = "–".join(bounds)
    least = rule.most is None
    return replace(
        rule.text,
        fi=f"{rule.text.fi} Muutettu: {'vähintään ' if least else ''}{figure} {fi}.",
        sv=f"{rule.text.sv} Ändrat: {'minst ' if least else ''}{figure} {sv}.",
        en=f"{rule.text.en} Changed: {'at least ' if least else ''}{figure} {en}.",
    )
