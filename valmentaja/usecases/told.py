"""What others than the client have told, always with who told it and who wrote it down (380/2023 114.4 §)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from valmentaja.base.errors import N_, UserError
from valmentaja.domain.client import ClientId
from valmentaja.domain.rights import SourceKind, ToldFact, corrections
from valmentaja.store import corrections as kept
from valmentaja.store import told
from valmentaja.usecases import caseload
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed

__all__ = ["SourceKind", "ToldFact"]


def facts(session: Session, client_id: ClientId) -> tuple[ToldFact, ...]:
    """Newest first."""
    return told.of_client(session.store, client_id)


def add(
    session: Session,
    client_id: ClientId,
    *,
    words: str,
    kind: SourceKind,
    source: str,
    recorder: str = "",
    on: date | None = None,
) -> Changes:
    """Write down what was told; `recorder` is the vault's coach unless another is named, `on` the day it was told."""
    caseload.client(session, client_id)
    require_here(session, client_id)
    fact = ToldFact(
        client=client_id,
        date=on or session.today(),
        words=words.strip(),
        kind=kind,
        source=source.strip(),
        recorder=recorder.strip() or session.unit.coach.strip(),
        at=session.now(),
    )
    _check(session, fact)
    with session.store.writing() as tx:
        made = told.add(tx, fact)
    return changed(Area.SERVICE, client=client_id, made=str(made))


def correct(session: Session, fact_id: int, *, words: str, source: str, reason: str = "") -> Changes:
    """A new fact takes the old one's place; what stood there is kept among the corrections."""
    held = _fact(session, fact_id)
    require_here(session, held.client)
    new = replace(held, words=words.strip(), source=source.strip(), at=session.now())
    _check(session, new)
    old = replace(held, at=new.at)
    made = corrections(old, new, entity="told_fact", entity_id=str(fact_id), reason=reason.strip(), at=new.at)
    if not made:
        return changed(client=held.client)
    with session.store.writing() as tx:
        told.remove(tx, held)
        added = told.add(tx, new)
        kept.add(tx, made)
    return changed(Area.SERVICE, client=held.client, made=str(added))


def remove(session: Session, fact_id: int) -> Changes:
    """What should not have been written down at all."""
    held = _fact(session, fact_id)
    with session.store.writing() as tx:
        told.remove(tx, held)
    return changed(Area.SERVICE, client=held.client)


def restore(session: Session, fact: ToldFact) -> Changes:
    """A fact just removed, as it was."""
    caseload.client(session, fact.client)
    with session.store.writing() as tx:
        made = told.add(tx, fact)
    return changed(Area.SERVICE, client=fact.client, made=str(made))


def _fact(session: Session, fact_id: int) -> ToldFact:
    found = told.get(session.store, fact_id)
    if found is None:
        raise UserError(N_("There is no such fact."))
    return found


def _check(session: Session, fact: ToldFact) -> None:
    if not fact.words:
        raise UserError(N_("Write what was told."))
    if not fact.source:
        raise UserError(N_("Write who told it: the law asks for the source (380/2023 114.4 §)."))
    if not fact.recorder:
        raise UserError(N_("Write who recorded it: the law asks for the recorder (380/2023 114.4 §)."))
    if fact.date > session.today():
        raise UserError(N_("The day it was told is in the future."))
