"""The figures of a month: exact on the screen, protected and sealed into a package for the centre."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import astuple, dataclass
from pathlib import Path

from valmentaja.base.canonical import canonical
from valmentaja.crypto import minisign
from valmentaja.definitions.indicators import Definitions, RowKey, definitions
from valmentaja.exchange import outbox
from valmentaja.exchange.package import PackageHead, build
from valmentaja.indicators import cellkey, month
from valmentaja.indicators.calendar import Month, check_over
from valmentaja.indicators.month import PublishedRow, Row
from valmentaja.store import clients, papers, people
from valmentaja.store import settings as kept
from valmentaja.store.papers import SealedMonth
from valmentaja.usecases import instruments, leaving
from valmentaja.usecases.session import Session

CSV_COLUMNS = ("unit", "period", "freq", "indicator", "dim1", "dim2", "count")
MONTHS_OFFERED = 36
FIRST_REVISION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPreview:
    """Every row with its exact figure beside what goes out.

    `sealed_at` is the UTC stamp of an export already made, or ""; then the rows are the sealed ones, and
    `changed_since` of them have another exact figure now. `file_name` is the package's.
    """

    period: str
    rows: tuple[PublishedRow, ...]
    definitions: Definitions
    file_name: str
    sealed_at: str
    changed_since: int


def months(session: Session) -> tuple[str, ...]:
    """The months that are over, newest first, back to the first client's intake."""
    newest = Month.of(session.today()).previous
    oldest = min((Month.of(c.intake_date) for c in clients.every(session.store)), default=newest)
    found = [newest]
    while found[-1] > oldest and len(found) < MONTHS_OFFERED:
        found.append(found[-1].previous)
    return tuple(str(m) for m in found)


def preview(session: Session, period: str) -> MonthPreview:
    """Exact and published side by side; the look is logged."""
    exact = _exact(session, period)
    sealed = papers.sealed(session.store, period)
    rows = _protected(session, exact, period) if sealed is None else _sealed_rows(sealed)
    now = {row.key: row.count for row in exact}
    return MonthPreview(
        period=period,
        rows=rows,
        definitions=definitions(),
        file_name=_head(session, period).name,
        sealed_at="" if sealed is None else sealed.created,
        changed_since=sum(now[row.key] != row.exact for row in rows),
    )


def exact_csv(session: Session, period: str) -> str:
    """All exact figures of the month as CSV, zero cells included; they never leave this computer."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for row in _exact(session, period):
        writer.writerow((session.unit.code, month.row_period(row.key, period), *astuple(row.key), row.count))
    return text.getvalue()


def write(session: Session, period: str, folder: Path | None = None) -> Path:
    """Seal the month and write its package; a sealed month gives the same bytes again (indicators.md §7)."""
    target = leaving.place(session, folder)
    leaving.require_newest(session, target)
    sealed = papers.sealed(session.store, period)
    if sealed is None:
        return _seal_and_deliver(session, _seal(session, period), target)
    _note_export(session, period)
    return leaving.deliver(session, target, sealed.file_name, sealed.package)


def _seal_and_deliver(session: Session, sealed: SealedMonth, target: Path) -> Path:
    """Inside one transaction: a month whose file could not be written is not sealed."""
    _note_export(session, sealed.period)
    with session.store.writing() as tx:
        papers.seal(tx, sealed)
        path = outbox.deliver(target, sealed.file_name, sealed.package)
    leaving.remember(session, target)
    return path


def _note_export(session: Session, period: str) -> None:
    """By itself, so that it stays when the file cannot be written."""
    with session.store.writing() as tx:
        papers.note_month(tx, "export", period)


def public_key(session: Session) -> str:
    """The unit's minisign public key file, which the centre needs once."""
    return minisign.public_key_of(kept.secret(session.store, "package key")).file


def write_public_key(session: Session, folder: Path | None = None) -> Path:
    name = f"{session.unit.municipality}_{session.unit.code}.pub"
    return outbox.deliver(leaving.place(session, folder), name, public_key(session).encode())


def _exact(session: Session, period: str) -> tuple[Row, ...]:
    """The figures as the vault stands now; UserError for a month that is not over."""
    chosen = Month.parse(period)
    check_over(chosen, session.today())
    with session.store.writing() as tx:
        papers.note_month(tx, "look", period)
    return month.exact(people.everyone(session.store, instruments.known(session.store)), chosen, definitions())


def _protected(session: Session, exact: tuple[Row, ...], period: str) -> tuple[PublishedRow, ...]:
    return month.protect(exact, kept.secret(session.store, "unit secret"), period, FIRST_REVISION)


def _seal(session: Session, period: str) -> SealedMonth:
    exact = _exact(session, period)
    rows = _protected(session, exact, period)
    package = build(
        rows,
        _head(session, period),
        created=session.now(),
        definitions=definitions(),
        private_key=kept.secret(session.store, "package key"),
    )
    return SealedMonth(
        period=period,
        revision=FIRST_REVISION,
        definitions=definitions().id,
        method=cellkey.METHOD,
        created=session.now(),
        file_name=package.name,
        manifest_sha256=package.manifest_sha256,
        package=package.data,
        exact=canonical([[*astuple(r.key), r.exact, r.published, r.flag, r.reason] for r in rows]).decode(),
    )


def _sealed_rows(sealed: SealedMonth) -> tuple[PublishedRow, ...]:
    return tuple(
        PublishedRow(key=RowKey(*key), exact=exact, published=published, flag=flag, reason=reason)
        for *key, exact, published, flag, reason in json.loads(sealed.exact)
    )


def _head(session: Session, period: str) -> PackageHead:
    unit = session.unit
    return PackageHead(unit=unit.code, municipality=unit.municipality, month=Month.parse(period))
