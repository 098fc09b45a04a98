"""Finished documents and sealed months: bytes that never change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from valmentaja.domain.client import ClientId
from valmentaja.store.audit import Event
from valmentaja.store.database import Reader, Row, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A stored document without its bytes; `size` in bytes, `created` a UTC stamp."""

    id: str
    client: ClientId
    plan: str | None
    kind: str
    language: str
    title: str
    file_name: str
    created: str
    sha256: str
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedMonth:
    """What was exported for a period (indicators.md §7); `exact` is canonical JSON of the exact counts."""

    period: str
    revision: int
    definitions: str
    method: str
    created: str
    file_name: str
    manifest_sha256: str
    package: bytes
    exact: str


_DOCUMENT = "id, client_id, plan_id, kind, language, title, file_name, created, sha256"
_SEAL = "period, revision, definitions, method, created, file_name, manifest_sha256, package, exact"


def add(tx: Transaction, document: DocumentRow, pdf: bytes) -> None:
    d = document
    tx.change(
        Event("store", "document", d.id, d.client),
        f"INSERT INTO document ({_DOCUMENT}, pdf) VALUES ({', '.join('?' * 10)})",
        *(d.id, d.client, d.plan, d.kind, d.language, d.title, d.file_name, d.created, d.sha256, pdf),
    )


def note(tx: Transaction, action: str, document: DocumentRow) -> None:
    """Log an export, a print or a look, before it happens."""
    tx.note(Event(action, "document", document.id, document.client))


def of_client(store: Reader, client: ClientId) -> tuple[DocumentRow, ...]:
    """Newest first."""
    rows = store.rows(
        f"SELECT {_DOCUMENT}, length(pdf) FROM document WHERE client_id = ? ORDER BY created DESC, id", client
    )
    return tuple(_document(r) for r in rows)


def get(store: Reader, document: str) -> DocumentRow | None:
    row = store.row(f"SELECT {_DOCUMENT}, length(pdf) FROM document WHERE id = ?", document)
    return None if row is None else _document(row)


def pages(store: Reader, document: str) -> bytes:
    """The stored bytes; KeyError when there is no such document."""
    row = store.row("SELECT pdf FROM document WHERE id = ?", document)
    if row is None:
        raise KeyError(document)
    return bytes(row[0])


def seal(tx: Transaction, sealed: SealedMonth) -> None:
    s = sealed
    tx.change(
        Event("seal", "month", f"{s.period} r{s.revision}"),
        f"INSERT INTO export_seal ({_SEAL}) VALUES ({', '.join('?' * 9)})",
        *(s.period, s.revision, s.definitions, s.method, s.created, s.file_name, s.manifest_sha256, s.package, s.exact),
    )


def note_month(tx: Transaction, action: str, period: str) -> None:
    """Log a look at the exact figures or an export, before it happens."""
    tx.note(Event(action, "month", period))


def sealed(store: Reader, period: str) -> SealedMonth | None:
    """The latest revision of a period."""
    row = store.row(f"SELECT {_SEAL} FROM export_seal WHERE period = ? ORDER BY revision DESC", period)
    return None if row is None else _sealed(row)


def package(store: Reader, period: str, *, by: str = "9999") -> tuple[str, bytes] | None:
    """File name and bytes of the latest revision sealed by a UTC stamp; the exact counts are not read."""
    row = store.row(
        "SELECT file_name, package FROM export_seal WHERE period = ? AND created <= ? ORDER BY revision DESC",
        *(period, by),
    )
    return None if row is None else (str(row[0]), bytes(row[1]))


def every_sealed(store: Reader) -> tuple[SealedMonth, ...]:
    """The latest revision of every period, oldest period first."""
    latest = "revision = (SELECT MAX(revision) FROM export_seal AS other WHERE other.period = export_seal.period)"
    return tuple(_sealed(row) for row in store.rows(f"SELECT {_SEAL} FROM export_seal WHERE {latest} ORDER BY period"))


def close_months(tx: Transaction, periods: Iterable[str], at: str) -> None:
    """These periods are corrected no more; one that is closed already stays as it is."""
    tx.change_many(
        Event("close", "closed_month", ""),
        "INSERT INTO closed_month VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(period, at) for period in periods],
    )


def closed_months(store: Reader) -> frozenset[str]:
    return frozenset(str(row[0]) for row in store.rows("SELECT period FROM closed_month"))


def _sealed(row: Row) -> SealedMonth:
    return SealedMonth(
        period=row[0],
        revision=row[1],
        definitions=row[2],
        method=row[3],
        created=row[4],
        file_name=row[5],
        manifest_sha256=row[6],
        package=bytes(row[7]),
        exact=row[8],
    )


def _document(row: Row) -> DocumentRow:
    return DocumentRow(
        id=row[0],
        client=row[1],
        plan=row[2],
        kind=row[3],
        language=row[4],
        title=row[5],
        file_name=row[6],
        created=row[7],
        sha256=row[8],
        size=row[9],
    )
