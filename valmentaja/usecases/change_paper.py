"""One client's pictures on paper, written where the coach wants them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from valmentaja.domain.client import ClientId
from valmentaja.pictures.picture import Picture
from valmentaja.store.audit import Event
from valmentaja.usecases import caseload, comparing, leaving, path
from valmentaja.usecases.session import Session

if TYPE_CHECKING:
    from valmentaja.documents.change_pdf import ChangePaper


def paper(session: Session, client_id: ClientId, *, keys: Sequence[str] | None, language: str) -> ChangePaper:
    """The pictures that the screen shows, with the series chosen there; frozen, for the worker."""
    from valmentaja.documents.change_pdf import ChangePaper

    shown: tuple[Picture | None, ...] = (
        comparing.radar(session, client_id, keys=keys, language=language),
        comparing.trend(session, client_id, language=language),
        path.timeline(session, client_id, language=language),
    )
    return ChangePaper(
        pictures=tuple(p for p in shown if p is not None),
        language=language,
        client_name=caseload.client(session, client_id).name,
        case_no=client_id,
        unit=session.unit.name,
        coach=session.unit.coach,
        created=session.now(),
        training=session.training,
    )


def print_pdf(made: ChangePaper) -> bytes:
    """The tagged PDF; safe in the worker."""
    from valmentaja.documents.change_pdf import render

    return render(made)


def write_pdf(session: Session, client_id: ClientId, pdf: bytes, folder: Path | None = None) -> Path:
    """Put it into the folder or the outbox; logged before it happens."""
    target = leaving.place(session, folder)
    leaving.require_newest(session, target)
    moment = session.now().replace(":", "").replace("-", "")
    with session.store.writing() as tx:
        tx.note(Event("export", "change", client_id, client_id))
    return leaving.deliver(session, target, f"muutos_{client_id}_{moment}.pdf", pdf)
