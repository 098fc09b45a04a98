"""Proof for later by files: a request for a time stamp goes to the outbox, what came back is added to the plan.

Three steps as in signing: `ask` and `take_in` read on the UI thread, `make` and `read` work in the worker, `write`
and `cosigning.keep` finish. The program itself asks nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.reasons import system_reason
from valmentaja.store import papers as rows
from valmentaja.store.papers import DocumentRow
from valmentaja.usecases import cosigning, leaving, papers
from valmentaja.usecases.cosigning import Arrived, Further
from valmentaja.usecases.scans import LARGEST
from valmentaja.usecases.session import Session

if TYPE_CHECKING:
    from valmentaja.documents.proof import Given

OLDER = N_(
    "{file} goes on from an older copy of the plan, which has been signed or added to since. Nothing was stored. "
    "Ask for a time stamp on the newest copy."
)
ENDINGS = ("tsr", "ocsp", "der", "crl", "cer", "crt", "pem", "pdf")
"""Of the files that can come back; they are recognised by what is in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The newest signed document of a plan, for the worker."""

    document: DocumentRow
    pdf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What came back, beside every stored document of the plan, by id; `newest` is the one to add to."""

    plan: str
    given: tuple[Given, ...]
    stored: tuple[tuple[DocumentRow, bytes], ...]
    newest: str


def ask(session: Session, plan_id: str) -> Asked:
    """UserError while nothing is sealed."""
    held = cosigning.newest(session, plan_id)
    if held is None:
        raise UserError(N_("Seal the plan first; a time stamp is for the sealed plan."))
    return Asked(document=held, pdf=papers.pages(session, held.id))


def make(asked: Asked) -> bytes:
    """The request: a digest of the document and nothing else of it. Slow, safe in the worker."""
    from valmentaja.documents.proof import request

    return request(asked.pdf)


def write(session: Session, asked: Asked, request: bytes, folder: Path | None = None) -> Path:
    """Into the outbox under the document's name; logged before it goes. The same request again is not written twice."""
    target = leaving.place(session, folder)
    leaving.require_newest(session, folder)
    with session.store.writing() as tx:
        rows.note(tx, "stamp request", asked.document)
    name = f"{asked.document.file_name.removesuffix('.pdf')}.tsq"
    return leaving.deliver(session, target, name, request)


def take_in(session: Session, plan_id: str, files: Sequence[Path]) -> Back:
    """Files that came back; `read` says what they are."""
    from valmentaja.documents.proof import Given

    given = tuple(Given(name=path.name, content=_content(path)) for path in files)
    arrived = cosigning.take_in(session, plan_id, b"")
    newest = ask(session, plan_id).document.id
    return Back(plan=plan_id, given=given, stored=arrived.stored, newest=newest)


def read(back: Back) -> Further:
    """The document with what came back in it, every signature checked; UserError for any file that is not right.

    A whole document to which another program has added proof is taken as it is, if nobody has signed it too.
    """
    from valmentaja.documents.proof import added

    if any(each.content.startswith(b"%PDF-") for each in back.given):
        return _whole(back)
    found = added(back.given, {d.id: pdf for d, pdf in back.stored}, back.newest)
    base = next(d for d, _pdf in back.stored if d.id == found.base)
    return Further(plan=back.plan, base=base, pdf=found.pdf, new=())


def _whole(back: Back) -> Further:
    if len(back.given) > 1:
        raise UserError(N_("Take in a PDF alone, without other files. Nothing was stored."))
    further = cosigning.read(Arrived(plan=back.plan, pdf=back.given[0].content, stored=back.stored))
    if further.new:
        raise UserError(N_("Somebody has signed this file. Take it in under “The next signature”. Nothing was stored."))
    base = next(pdf for document, pdf in back.stored if document.id == further.base.id)
    if any(pdf.startswith(base) and pdf != base for _document, pdf in back.stored):
        raise UserError(OLDER, file=back.given[0].name)
    return further


def _content(path: Path) -> bytes:
    """Its size is asked before it is read."""
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(N_("The file {file} is larger than 20 MB. Attach a smaller one."), file=path.name)
        return path.read_bytes()
    except OSError as error:
        raise StorageError(
            N_("{file} cannot be read ({reason})."), file=str(path), reason=system_reason(error)
        ) from error
