"""Stored documents: look at them, check them, hand them over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from valmentaja.base.canonical import fingerprint
from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.domain.client import ClientId
from valmentaja.domain.presentation import PURPOSE, latest
from valmentaja.store import consents, papers
from valmentaja.store.papers import DocumentRow
from valmentaja.usecases import leaving
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed

if TYPE_CHECKING:
    from valmentaja.documents.short_pdf import ShortPaper
    from valmentaja.documents.ura_pdf import UraPaper
    from valmentaja.documents.verify import DocumentCheck

__all__ = ["DocumentRow", "check", "check_file", "document", "documents", "keep", "pages", "printing", "to_leave"]


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
    return _sound(session, held)


def check(session: Session, document_id: str) -> DocumentCheck:
    """What a verifier may believe of the stored document."""
    return check_file(pages(session, document_id))


def check_file(pdf: bytes) -> DocumentCheck:
    """Verify any PDF; safe in the worker."""
    from valmentaja.documents.verify import verify

    return verify(pdf)


def kind_of_file(pdf: bytes) -> str:
    """The format of the data in an unsigned paper of this program; "" for anything else."""
    from valmentaja.documents.verify import attached_format

    return attached_format(pdf)


def keep(
    session: Session,
    client_id: ClientId,
    paper: ShortPaper | UraPaper,
    pdf: bytes,
    *,
    kind: str,
    stem: str,
    plan: str | None = None,
) -> Changes:
    """A short paper among the client's documents; neither title nor file name carries the client's name."""
    require_here(session, client_id)
    sha = fingerprint(pdf)
    row = DocumentRow(
        id=session.new_id(),
        client=client_id,
        plan=plan,
        kind=kind,
        language=paper.language,
        title=paper.title,
        file_name=f"{stem}_{client_id}_{sha[:8]}_{paper.language}.pdf",
        created=session.now(),
        sha256=sha,
    )
    with session.store.writing() as tx:
        papers.add(tx, row, pdf)
    return changed(Area.DOCUMENT, client=client_id, made=row.id)


def printing(session: Session, document_id: str) -> bytes:
    """The stored bytes for a printer; logged before they go, and an older copy is asked about first."""
    held = document(session, document_id)
    leaving.require_newest(session)
    pdf = to_leave(session, held)
    with session.store.writing() as tx:
        papers.note(tx, "print", held)
    return pdf


def to_leave(session: Session, held: DocumentRow) -> bytes:
    """The stored bytes, if they may go out: a presentation card only while the client's consent is in force."""
    if held.kind == PURPOSE:
        said = latest(consents.of_client(session.store, held.client, PURPOSE))
        if said is None or not said.is_in_force(session.today()):
            raise UserError(N_("The client's consent to this card has ended or was taken back. The card stays here."))
    return _sound(session, held)


def _sound(session: Session, held: DocumentRow) -> bytes:
    """StorageError if they are not what was stored."""
    pdf = papers.pages(session.store, held.id)
    if fingerprint(pdf) != held.sha256:
        raise StorageError(N_("The stored document is not what was signed. Restore the newest backup."))
    return pdf
