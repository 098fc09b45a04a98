"""Who did what and when: read page by page, taken out, and checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from valmentaja.base.clock import HELSINKI
from valmentaja.domain.anchor import Anchor
from valmentaja.domain.client import ClientId
from valmentaja.exchange import anchors as anchor_files
from valmentaja.exchange import log_csv
from valmentaja.store import log, log_check
from valmentaja.store.database import Reader
from valmentaja.store.log import Kind, LogRow, Wanted
from valmentaja.store.log_check import Break, BreakKind, LogCheck, LogFacts, Sentence
from valmentaja.usecases import leaving
from valmentaja.usecases.leaving import anchor
from valmentaja.usecases.session import Session
from valmentaja.vault import organisation, vault

__all__ = [
    "Anchor",
    "Break",
    "BreakKind",
    "CheckJob",
    "Kind",
    "LogCheck",
    "LogRow",
    "OfficeKey",
    "Sentence",
    "Wanted",
    "anchor",
    "anchor_in",
    "check",
    "check_job",
    "clock_set_back",
    "entries",
    "export",
    "first_break",
    "page",
    "wanted",
]
PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckJob:
    """Everything a check needs, without the database: it may run in the worker."""

    folder: Path
    facts: LogFacts
    anchors: tuple[Anchor, ...]


def entries(session: Session, *, client_id: ClientId | None = None, limit: int = 500) -> tuple[LogRow, ...]:
    """Newest first; of one client or of the whole vault."""
    return log.entries(session.store, Wanted(client=client_id or ""), limit=limit)


def wanted(
    *, client: ClientId = "", number: str = "", kind: str = "", since: date | None = None, until: date | None = None
) -> Wanted:
    """What to look for; the days are Finnish ones, both included."""
    return Wanted(
        client=client,
        number=number.strip(),
        kind=Kind(kind or Kind.EVERYTHING),
        since="" if since is None else _begins(since),
        before="" if until is None else _begins(until + timedelta(days=1)),
    )


def anchor_in(store: Reader, folder: Path) -> Anchor:
    """Where the log stands inside a transaction, before it is committed."""
    return log.head(store, vault.identity(folder))


def page(session: Session, asked: Wanted, *, below: int | None = None, limit: int = PAGE) -> tuple[LogRow, ...]:
    """Newest first; the next page lies `below` the last number of this one."""
    return log.entries(session.store, asked, below=below, limit=limit)


def export(session: Session, asked: Wanted, folder: Path | None = None) -> Path:
    """The entries asked for as CSV with ids only; logged before it happens, so the export is in it."""
    target = leaving.place(session, folder)
    leaving.require_newest(session, target)
    with session.store.writing() as tx:
        log.note(tx, "export", "log")
    head = anchor(session)
    rows = log.entries(session.store, asked)
    moment = session.now().replace(":", "").replace("-", "")
    name = f"loki_{session.unit.code}_{moment}_{head.seq}.csv"
    return leaving.deliver(session, target, name, log_csv.log_csv(rows_of(rows), head))


def rows_of(rows: tuple[LogRow, ...]) -> list[tuple[str, ...]]:
    return [
        (str(r.seq), r.at, r.actor or "", r.action, r.entity, r.entity_id, r.client, str(r.rows), r.hash) for r in rows
    ]


def check_job(session: Session, places: tuple[Path, ...] = ()) -> CheckJob:
    """Read the log and every known anchor of this vault; the check itself is logged."""
    with session.store.writing() as tx:
        log.note(tx, "check", "log")
    more = tuple(a for place in places for a in anchor_files.gathered(place))
    here = vault.identity(session.folder)
    known = dict.fromkeys(a for a in (*leaving.known(session), *more) if a.vault == here)
    return CheckJob(folder=session.folder, facts=log_check.gather(session.store), anchors=tuple(known))


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeKey:
    """The file of the organisation's private key, and the passphrase of that file."""

    file: Path
    passphrase: str


def check(job: CheckJob, codes: tuple[str, ...] = (), office: OfficeKey | None = None) -> LogCheck:
    """Verify the log; with a recovery code or the organisation's key its check codes too. Safe in the worker."""
    if not codes and office is None:
        return log_check.judge(job.facts, anchors=job.anchors)
    first_keys: dict[int, bytes] = {}
    if office is not None:
        private_key = organisation.private_key(office.file, office.passphrase)
        sealed = job.facts.sealed_to("organisation")
        first_keys |= vault.opened_log_keys(job.folder, "organisation", private_key, sealed)
    for code in codes:
        first_keys |= vault.first_log_keys(job.folder, code, job.facts.sealed_to("recovery"))
    return log_check.judge(job.facts, first_keys=first_keys, anchors=job.anchors)


def first_break(session: Session) -> Break | None:
    """Where the log breaks, as far as that is seen without a recovery code; None when it does not."""
    return log_check.first_break(session.store)


def clock_set_back(session: Session) -> str:
    """The UTC stamp that the computer's clock has shown before and has not reached again, or ""."""
    was = log.clock_was(session.store)
    return was if was > session.now() else ""


def _begins(day: date) -> str:
    """The UTC stamp of the first moment of a Finnish day."""
    return datetime.combine(day, time(), HELSINKI).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
