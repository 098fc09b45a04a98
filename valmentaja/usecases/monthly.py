"""The figures of a month: exact on the screen, protected and sealed into a package for the centre."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path

from valmentaja.base.canonical import canonical
from valmentaja.base.errors import N_, UserError
from valmentaja.crypto import minisign
from valmentaja.definitions.indicators import Definitions, RowKey, definitions
from valmentaja.exchange import outbox
from valmentaja.exchange.package import PackageHead, build
from valmentaja.indicators import cellkey, month, revisions
from valmentaja.indicators.calendar import Month, check_over
from valmentaja.indicators.facts import Person
from valmentaja.indicators.month import PublishedRow, Row
from valmentaja.indicators.revisions import RowChange
from valmentaja.store import clients, papers, people
from valmentaja.store import settings as kept
from valmentaja.store.papers import SealedMonth
from valmentaja.usecases import instruments, leaving, settings
from valmentaja.usecases.session import Session

CSV_COLUMNS = ("unit", "period", "freq", "indicator", "dim1", "dim2", "count")
MONTHS_OFFERED = 36
FIRST_REVISION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPreview:
    """Every row with its exact figure beside what goes out, and what the file is.

    `sealed_at` is the UTC stamp of an export already made, or ""; then the rows are the sealed ones, unless a
    correction is looked at. `changes` are the rows that read otherwise now than in the latest seal; `refusal` is why
    that may not be corrected, as a msgid, or "".
    """

    period: str
    revision: int
    rows: tuple[PublishedRow, ...]
    definitions: Definitions
    file_name: str
    size: int
    key_id: str
    sealed_at: str
    changes: tuple[RowChange, ...] = ()
    refusal: str = ""

    @property
    def can_be_corrected(self) -> bool:
        return bool(self.changes) and not self.refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A period that may go out again as `revision`, and what would read otherwise."""

    period: str
    revision: int
    changes: tuple[RowChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionSearch:
    """The latest seals that may still be corrected, and everything the figures are counted from now."""

    sealed: tuple[SealedMonth, ...]
    people: tuple[Person, ...]
    unit_secret: bytes = field(repr=False)
    off: frozenset[str]


def months(session: Session) -> tuple[str, ...]:
    """The months that are over, newest first, back to the first client's intake."""
    newest = Month.of(session.today()).previous
    oldest = min((Month.of(c.intake_date) for c in clients.every(session.store)), default=newest)
    found = [newest]
    while found[-1] > oldest and len(found) < MONTHS_OFFERED:
        found.append(found[-1].previous)
    return tuple(str(m) for m in found)


def preview(session: Session, period: str) -> MonthPreview:
    """Exact and published side by side, as written or as it would be; the look is logged."""
    exact = _looked_at(session, period)
    sealed = papers.sealed(session.store, period)
    if sealed is None:
        return _as_it_would_be(session, _seal(session, period, exact, FIRST_REVISION))
    changes, refusal = _correction(session, sealed, exact)
    return replace(
        _as_it_would_be(session, sealed), sealed_at=sealed.created, changes=changes, refusal=refusal if changes else ""
    )


def preview_correction(session: Session, period: str) -> MonthPreview:
    """The next revision as it would go out; UserError when there is nothing to correct or it may not be."""
    exact = _looked_at(session, period)
    sealed, changes = _to_correct(session, period, exact)
    return replace(_as_it_would_be(session, _seal(session, period, exact, sealed.revision + 1)), changes=changes)


def corrections(session: Session) -> tuple[Correction, ...]:
    """Every period that may be corrected now, oldest first: one late entry can change several."""
    return find_corrections(correction_search(session))


def correction_search(session: Session) -> CorrectionSearch:
    """What `find_corrections` needs, read at once; it takes a while and may run beside the screen."""
    held = tuple(s for s in papers.every_sealed(session.store) if not _refusal(session, s))
    return CorrectionSearch(
        sealed=held,
        people=people.everyone(session.store, instruments.known(session.store)) if held else (),
        unit_secret=kept.secret(session.store, "unit secret"),
        off=settings.indicators_off(session),
    )


def find_corrections(search: CorrectionSearch) -> tuple[Correction, ...]:
    """Pure: the same search gives the same answer."""
    found = []
    for s in search.sealed:
        now = month.protect(_figures(search.people, s.period), search.unit_secret, s.period, s.revision + 1, search.off)
        found.append(
            Correction(period=s.period, revision=s.revision + 1, changes=revisions.changes(sealed_rows(s), now))
        )
    return tuple(c for c in found if c.changes)


def sealed_at(session: Session, period: str) -> str:
    """When the latest revision of the month was written, as a UTC stamp; "" for never."""
    sealed = papers.sealed(session.store, period)
    return "" if sealed is None else sealed.created


def exact_csv(session: Session, period: str) -> str:
    """All exact figures of the month as CSV, zero cells included; they never leave this computer."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for row in _looked_at(session, period):
        writer.writerow((session.unit.code, month.row_period(row.key, period), *astuple(row.key), row.count))
    return text.getvalue()


def write(session: Session, period: str, folder: Path | None = None) -> Path:
    """Seal the month and write its package; a sealed month gives the same bytes again (indicators.md §7)."""
    target = leaving.place(session, folder)
    leaving.require_newest(session, target)
    sealed = papers.sealed(session.store, period)
    if sealed is None:
        first = _seal(session, period, _looked_at(session, period), FIRST_REVISION)
        return _seal_and_deliver(session, first, target)
    _note_export(session, period)
    return leaving.deliver(session, target, sealed.file_name, sealed.package)


def write_correction(session: Session, period: str, folder: Path | None = None) -> Path:
    """Seal the next revision of a month whose figures have changed, and write its package."""
    target = leaving.place(session, folder)
    leaving.require_newest(session, target)
    exact = _looked_at(session, period)
    sealed, _changes = _to_correct(session, period, exact)
    return _seal_and_deliver(session, _seal(session, period, exact, sealed.revision + 1), target)


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
    return _package_key(session).file


def key_id(session: Session) -> str:
    """What the centre compares by telephone; the public key file begins with it too."""
    return _package_key(session).fingerprint


def _package_key(session: Session) -> minisign.PublicKey:
    return minisign.public_key_of(kept.secret(session.store, "package key"))


def write_public_key(session: Session, folder: Path | None = None) -> Path:
    name = f"{session.unit.municipality}_{session.unit.code}.pub"
    return outbox.deliver(leaving.place(session, folder), name, public_key(session).encode())


def _looked_at(session: Session, period: str) -> tuple[Row, ...]:
    """The figures as the vault stands now, logged as a look; UserError for a month that is not over."""
    check_over(Month.parse(period), session.today())
    with session.store.writing() as tx:
        papers.note_month(tx, "look", period)
    return _figures(people.everyone(session.store, instruments.known(session.store)), period)


def _figures(known: tuple[Person, ...], period: str) -> tuple[Row, ...]:
    return month.exact(known, Month.parse(period), definitions())


def _to_correct(session: Session, period: str, exact: tuple[Row, ...]) -> tuple[SealedMonth, tuple[RowChange, ...]]:
    """The latest seal and what has changed since; UserError when no correction can be made."""
    sealed = papers.sealed(session.store, period)
    if sealed is None:
        raise UserError(N_("{month} has not been written yet. There is nothing to correct."), month=period)
    changes, refusal = _correction(session, sealed, exact)
    if refusal:
        raise UserError(refusal)
    if not changes:
        raise UserError(N_("No published figure of {month} has changed. There is nothing to correct."), month=period)
    return sealed, changes


def _correction(session: Session, sealed: SealedMonth, exact: tuple[Row, ...]) -> tuple[tuple[RowChange, ...], str]:
    """What has changed since the seal, and why that may not be corrected; other definitions are not compared."""
    if sealed.definitions != definitions().id:
        return (), _refusal(session, sealed)
    return _changes(session, sealed, exact), _refusal(session, sealed)


def _refusal(session: Session, sealed: SealedMonth) -> str:
    return revisions.refusal(
        Month.parse(sealed.period),
        sealed.revision,
        session.today(),
        same_definitions=(sealed.definitions, sealed.method) == (definitions().id, cellkey.METHOD),
        closed=sealed.period in papers.closed_months(session.store),
    )


def _changes(session: Session, sealed: SealedMonth, exact: tuple[Row, ...]) -> tuple[RowChange, ...]:
    return revisions.changes(sealed_rows(sealed), _protected(session, exact, sealed.period, sealed.revision + 1))


def _protected(session: Session, exact: tuple[Row, ...], period: str, revision: int) -> tuple[PublishedRow, ...]:
    secret = kept.secret(session.store, "unit secret")
    return month.protect(exact, secret, period, revision, settings.indicators_off(session))


def _seal(session: Session, period: str, exact: tuple[Row, ...], revision: int) -> SealedMonth:
    rows = _protected(session, exact, period, revision)
    package = build(
        rows,
        _head(session, period, revision),
        created=session.now(),
        definitions=definitions(),
        private_key=kept.secret(session.store, "package key"),
    )
    return SealedMonth(
        period=period,
        revision=revision,
        definitions=definitions().id,
        method=cellkey.METHOD,
        created=session.now(),
        file_name=package.name,
        manifest_sha256=package.manifest_sha256,
        package=package.data,
        exact=canonical([[*astuple(r.key), r.exact, r.published, r.flag, r.reason] for r in rows]).decode(),
    )


def sealed_rows(sealed: SealedMonth) -> tuple[PublishedRow, ...]:
    return tuple(
        PublishedRow(key=RowKey(*key), exact=exact, published=published, flag=flag, reason=reason)
        for *key, exact, published, flag, reason in json.loads(sealed.exact)
    )


def _as_it_would_be(session: Session, sealed: SealedMonth) -> MonthPreview:
    """A sealed month is shown by its own definitions, whichever are used now."""
    return MonthPreview(
        period=sealed.period,
        revision=sealed.revision,
        rows=sealed_rows(sealed),
        definitions=definitions(sealed.definitions),
        file_name=sealed.file_name,
        size=len(sealed.package),
        key_id=key_id(session),
        sealed_at="",
    )


def _head(session: Session, period: str, revision: int) -> PackageHead:
    unit = session.unit
    return PackageHead(unit=unit.code, municipality=unit.municipality, month=Month.parse(period), revision=revision)
