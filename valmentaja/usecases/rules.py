"""The rules in force in this vault, and changing one with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.rules import Rule
from valmentaja.definitions.rules import rules as shipped
from valmentaja.domain import rule_change
from valmentaja.domain.rule_change import RuleChange
from valmentaja.store import rules as kept
from valmentaja.usecases.session import Area, Changes, Session, changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A rule in force with what was changed in it, newest first."""

    rule: Rule
    history: tuple[RuleChange, ...]

    @property
    def is_shipped(self) -> bool:
        return not self.history or self.history[0].is_back


def rules_in_force(session: Session) -> Mapping[str, Rule]:
    """Every rule, disabled and outdated ones included, as this unit has it."""
    return rule_change.in_force(shipped(), kept.changes(session.store))


def listed(session: Session) -> tuple[Listed, ...]:
    changes = kept.changes(session.store)
    found = rule_change.in_force(shipped(), changes)
    return tuple(
        Listed(rule=rule, history=tuple(c for c in reversed(changes) if c.rule == name)) for name, rule in found.items()
    )


def get(session: Session, rule: str) -> Listed:
    found = next((each for each in listed(session) if each.rule.id == rule), None)
    if found is None:
        raise UserError(N_("There is no such rule."))
    return found


def change(
    session: Session,
    rule: str,
    *,
    enabled: bool,
    least: str,
    most: str,
    valid_from: date | None,
    valid_to: date | None,
    source: str,
    reason: str,
) -> Changes:
    """Hold this rule so from now on; `least` and `most` as typed, empty for none."""
    if not source.strip():
        raise UserError(N_("Write the source: the act and section, or whose decision it is."))
    made = RuleChange(
        rule=rule,
        enabled=enabled,
        least=_figure(least),
        most=_figure(most),
        valid_from=valid_from,
        valid_to=valid_to,
        source=source.strip(),
        reason=reason.strip(),
    )
    return _keep(session, made)


def back(session: Session, rule: str, reason: str) -> Changes:
    """As the program ships it."""
    known = get(session, rule)
    if known.is_shipped:
        raise UserError(N_("The rule is already as shipped."))
    return _keep(session, rule_change.back(shipped()[rule], reason.strip()))


def _keep(session: Session, made: RuleChange) -> Changes:
    known = get(session, made.rule)
    rule_change.check(shipped()[made.rule], made)
    with session.store.writing() as tx:
        kept.add(tx, replace(made, at=_moment(session, known)))
    return changed(Area.SETTING, Area.CLIENT, Area.PLAN, Area.MEETING, Area.ASSESSMENT)


def _moment(session: Session, known: Listed) -> str:
    """Two changes of a rule in one second keep their order."""
    now = datetime.fromisoformat(session.now())
    if known.history:
        now = max(now, datetime.fromisoformat(known.history[0].at) + timedelta(seconds=1))
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _figure(typed: str) -> int | None:
    text = typed.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise UserError(N_("“{text}” is not a whole number."), text=text)
    return int(text)
