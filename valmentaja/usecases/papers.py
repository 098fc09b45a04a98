"""Stored documents: look at them, check them, hand them over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from valmentaja.base.canonical import fingerprint
from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.domain.client import ClientId
from valmentaja.store import papers
from valmentaja.store.papers import DocumentRow
from valmentaja.usecases import leaving
from valmentaja.usecases.session import Session

if TYPE_CHECKING:
    from valmentaja.documents.verify import DocumentCheck

__all__ = ["DocumentRow", "check", "check_file", "document", "documents", "pages", "printing", "sound"]


def documents(session: Session, client_id: ClientId) -> tuple[DocumentRow, ...]:
    """Newest first."""
    return papers.of_client(session.store, client_id)


def document(session: Session, document_id: str) -> DocumentRow:
    found = papers.get(session.store, document_id)
    if found is None:
        raise UserError(N_("There is no such document."))
    return found


def pages(session: Session, document_id: str) -> bytes:
    """The stored PDF, logged before it is shown; StorageError if it is not what was stored."""
    held = document(session, document_id)
    with session.store.writing() as tx:
        papers.note(tx, "show", held)
    return sound(session, held)


def check(session: Session, document_id: str) -> DocumentCheck:
    """What a verifier may believe of the stored document."""
    return check_file(pages(session, document_id))


def check_file(pdf: bytes) -> DocumentCheck:
    """Verify any PDF; safe in the worker."""
    from valmentaja.documents.verify import verify

    return verify(pdf)


def printing(session: Session, document_id: str) -> bytes:
    """The stored bytes for a printer; logged before they go, and an older copy is asked about first."""
    held = document(session, document_id)
    leaving.require_newest(session)
    pdf = sound(session, held)
    with session.store.writing() as tx:
        papers.note(tx, "print", held)
    return pdf


def sound(session: Session, held: DocumentRow) -> bytes:
    """The stored bytes; StorageError if they are not what was stored."""
    pdf = papers.pages(session.store, held.id)
    if fingerprint(pdf) != held.sha256:
        raise StorageError(N_("The stored document is not what was signed. Restore the newest backup."))
    return pdf
