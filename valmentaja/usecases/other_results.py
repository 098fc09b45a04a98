"""Results of Kykyviisari, 3X10D and other meters taken elsewhere: recorded as they are, never scored here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.reasons import system_reason
from valmentaja.domain.client import ClientId
from valmentaja.domain.other_result import OtherResult
from valmentaja.store import other_results as kept
from valmentaja.usecases import caseload, leaving
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed

LARGEST = 20 * 1024 * 1024
"""Bytes of an attached file; asked before it is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResult:
    """What the coach writes down; `on` None is today, `recorder` "" the vault's coach."""

    instrument: str
    score: str
    domain: str = ""
    scale: str = ""
    note: str = ""
    on: date | None = None
    recorder: str = ""
    file: Path | None = None


def of_client(session: Session, client_id: ClientId) -> tuple[OtherResult, ...]:
    """Newest first, those marked as not valid too."""
    return kept.of_client(session.store, client_id)


def record(session: Session, client_id: ClientId, new: NewResult) -> Changes:
    caseload.client(session, client_id)
    require_here(session, client_id)
    _check(session, new)
    file = b"" if new.file is None else _read(new.file)
    result = OtherResult(
        id=session.new_id(),
        client=client_id,
        date=new.on or session.today(),
        instrument=new.instrument.strip(),
        domain=new.domain.strip(),
        score=new.score.strip(),
        scale=new.scale.strip(),
        note=new.note.strip(),
        recorder=new.recorder.strip() or session.unit.coach.strip(),
        at=session.now(),
        file_name="" if new.file is None else new.file.name,
    )
    with session.store.writing() as tx:
        kept.add(tx, result, file)
    return changed(Area.ASSESSMENT, client=client_id, made=result.id)


def void(session: Session, result_id: str, reason: str) -> Changes:
    """Mark a wrong result as not valid; it stays with the reason."""
    held = _get(session, result_id)
    require_here(session, held.client)
    if held.is_void:
        raise UserError(N_("The result is marked as not valid already."))
    if not reason.strip():
        raise UserError(N_("Write why the result is not valid."))
    with session.store.writing() as tx:
        kept.void(tx, held, reason.strip())
    return changed(Area.ASSESSMENT, client=held.client)


def save_file(session: Session, result_id: str, folder: Path | None = None) -> Path:
    """Write the attached file to the outbox; logged before it happens, never over another file."""
    held = _get(session, result_id)
    if not held.size:
        raise UserError(N_("The result has no file."))
    target = leaving.place(session, folder)
    leaving.require_newest(session, target)
    with session.store.writing() as tx:
        kept.note(tx, "export", held)
    return leaving.deliver(session, target, safe_name(held.id, held.file_name), kept.file(session.store, held.id))


def safe_name(result_id: str, file_name: str) -> str:
    """The file's own name without folders; a package of another vault may say anything."""
    own = "".join(c for c in file_name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable() and c not in '<>:"|?*')
    return f"{result_id[:8]}_{own.strip('. ') or 'liite'}"


def _get(session: Session, result_id: str) -> OtherResult:
    found = kept.get(session.store, result_id)
    if found is None:
        raise UserError(N_("There is no such result."))
    return found


def _check(session: Session, new: NewResult) -> None:
    if not new.instrument.strip():
        raise UserError(N_("Write which meter it was, for example Kykyviisari."))
    if not new.score.strip():
        raise UserError(N_("Write the result as it was given."))
    if new.on is not None and new.on > session.today():
        raise UserError(N_("The day of the result is in the future."))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(N_("The file {file} is larger than 20 MB. Attach a smaller one."), file=path.name)
        found = path.read_bytes()
    except OSError as error:
        raise StorageError(
            N_("{file} cannot be read ({reason})."), file=str(path), reason=system_reason(error)
        ) from error
    if not found:
        raise UserError(N_("The file {file} is empty."), file=path.name)
    return found
