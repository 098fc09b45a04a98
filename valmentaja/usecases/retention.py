"""When a client's file is to be erased, who is due, and who is kept longer and why."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.policy import policy
from valmentaja.definitions.rules import Rule
from valmentaja.domain import retention as rule_book
from valmentaja.domain.client import ClientId
from valmentaja.domain.retention import Retention
from valmentaja.store import clients, ownership, rights, settings
from valmentaja.usecases import caseload
from valmentaja.usecases.rules import rules_in_force
from valmentaja.usecases.session import Area, Changes, Session, changed

__all__ = ["Retention"]

LONGEST_DAYS = 1461
"""The law's four years; a unit may keep a shorter time, never a longer one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A line of the dry run; `counts` are (table, rows that would go)."""

    retention: Retention
    due: bool
    counts: tuple[tuple[str, int], ...]


def rule(session: Session) -> Rule:
    """What the period stands on, with its source."""
    return rules_in_force(session)[rule_book.RULE]


def limit_days(session: Session) -> int | None:
    """The organisation's or the unit's own shorter period in days, None for the law's; a locked policy wins."""
    agreed = policy()
    chosen = settings.setting(session.store, "retention_days")
    if "retention_days" in agreed.locked or not chosen:
        return agreed.retention_days
    return int(chosen) if chosen.isdecimal() and 0 < int(chosen) <= LONGEST_DAYS else None


def set_limit(session: Session, text: str) -> Changes:
    """Days after the end of the work; empty for the law's own period."""
    typed = text.strip()
    if typed and not (typed.isascii() and typed.isdecimal() and 0 < int(typed) <= LONGEST_DAYS):
        raise UserError(N_("The retention time must be 1–{n} days, or empty for the time of the law."), n=LONGEST_DAYS)
    with session.store.writing() as tx:
        settings.keep_setting(tx, "retention_days", typed)
    return changed(Area.SETTING, Area.CLIENT)


def everyone(session: Session) -> tuple[Retention, ...]:
    """Every client whose work has ended, earliest period first."""
    held, shorter, law = rights.holds(session.store), limit_days(session), rule(session)
    found = [
        Retention(
            client=c.id,
            name=c.name,
            closed=c.exit_date,
            full=rule_book.last_day(c.exit_date, law, shorter),
            hold=held.get(c.id, ("", ""))[0],
        )
        for c in clients.every(session.store)
        if c.exit_date is not None
    ]
    return tuple(sorted(found, key=lambda r: (r.full, r.client)))


def of_client(session: Session, client_id: ClientId) -> Retention | None:
    """None while the work goes on."""
    return next((r for r in everyone(session) if r.client == client_id), None)


def dry_run(session: Session) -> tuple[Due, ...]:
    """Who is due now and who is held although the time is full, with what would go; nothing is erased."""
    today = session.today()
    return tuple(
        Due(
            retention=r,
            due=r.is_due(today),
            counts=tuple(ownership.counts(session.store, r.client).items()),
        )
        for r in everyone(session)
        if r.full < today
    )


def hold_reason(session: Session, client_id: ClientId) -> str:
    """Why the file is kept beyond its time; "" when it is not."""
    return rights.holds(session.store).get(client_id, ("", ""))[0]


def hold(session: Session, client_id: ClientId, reason: str) -> Changes:
    """Keep the file beyond its time, for example for a pending appeal; the reason is required."""
    caseload.client(session, client_id)
    if not reason.strip():
        raise UserError(N_("Write why the file must be kept, for example a pending appeal."))
    with session.store.writing() as tx:
        rights.hold(tx, client_id, reason=reason.strip(), since=session.now())
    return changed(Area.CLIENT, client=client_id)


def lift(session: Session, client_id: ClientId) -> Changes:
    """The reason is gone: the ordinary time holds again."""
    if not hold_reason(session, client_id):
        raise UserError(N_("This file is not kept beyond its time."))
    with session.store.writing() as tx:
        rights.lift(tx, client_id)
    return changed(Area.CLIENT, client=client_id)
