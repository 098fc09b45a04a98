"""The paper a party signed, scanned and kept beside the plan as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from valmentaja.base.canonical import fingerprint
from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.reasons import system_reason
from valmentaja.definitions.plan_types import Party
from valmentaja.domain.plan import Plan
from valmentaja.i18n import words
from valmentaja.store.papers import DocumentRow
from valmentaja.usecases.session import Session

KIND = "scan"
LARGEST = 20 * 1024 * 1024
"""Bytes; asked before the file is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A PDF or a picture that opens; `suffix` is its file ending."""

    content: bytes = field(repr=False)
    suffix: str


def read(path: Path) -> Scan:
    """UserError when the file is too large or not a scan. Not for the worker: pages are opened on one thread only."""
    from valmentaja.documents.scan import suffix

    try:
        if path.stat().st_size > LARGEST:
            raise UserError(N_("The file {file} is larger than 20 MB. Attach a smaller one."), file=path.name)
        content = path.read_bytes()
    except OSError as error:
        raise StorageError(
            N_("{file} cannot be read ({reason})."), file=str(path), reason=system_reason(error)
        ) from error
    return Scan(content=content, suffix=suffix(content, path.name))


def document(session: Session, held: Plan, party: Party, scan: Scan, language: str) -> DocumentRow:
    """Neither title nor file name carries the client's name (documents.md §4)."""
    made = session.new_id()
    return DocumentRow(
        id=made,
        client=held.client,
        plan=held.id,
        kind=KIND,
        language=language,
        title=words(language)("Signed paper: {party}, version {n}", party=party.name.in_(language), n=held.version),
        file_name=f"{held.kind.lower()}_{held.client}_v{held.version}_{party.id}_{made}{scan.suffix}",
        created=session.now(),
        sha256=fingerprint(scan.content),
        size=len(scan.content),
    )
