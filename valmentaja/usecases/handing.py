"""Giving clients to another coach by file: hand over, take back, and the receipt that comes home."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from valmentaja.base.clock import HELSINKI
from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.reasons import system_reason
from valmentaja.domain.client import ClientId
from valmentaja.domain.record import SHAPE, Record, total
from valmentaja.exchange import handover_package, outbox
from valmentaja.exchange.handover_package import Envelope, HandoverPackage, Opened, Receipt
from valmentaja.store import handovers, records
from valmentaja.store.handovers import TAKEN_BACK, Care, HandoverRow
from valmentaja.usecases import cards, instruments, logs, settings
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed

__all__ = ["Care", "Changes", "HandoverRow", "Receipt", "require_here"]

EVERYTHING = frozenset(Area)


def hand_over(
    session: Session, clients: Iterable[ClientId], to: str, folder: Path | None = None
) -> tuple[Path, Changes]:
    """Write one package for the trusted card `to`, lock the copies that stay; logged before the file is written."""
    chosen = tuple(dict.fromkeys(clients))
    if not chosen:
        raise UserError(N_("Choose at least one client."))
    receiver, own = cards.card(session, to), cards.own_keys(session)
    keys = cards.keys_of(session, receiver.fingerprint)
    if keys is None:
        raise UserError(N_("No trusted card has this number. Import the coach's card first."))
    for client in chosen:
        require_here(session, client)
    whole = tuple(_record(session, client) for client in chosen)
    package = HandoverPackage(
        envelope=envelope(session, session.new_id(), receiver.fingerprint, whole),
        records=whole,
        instruments=instruments.carried(session, _used(whole)),
    )
    sealed = handover_package.seal(package, own, keys)
    name, number = f"luovutus_{session.unit.code}_{package.envelope.package}.age", package.envelope.package
    with session.store.writing() as tx:
        for client in chosen:
            handovers.send(tx, number, client, coach=receiver.fingerprint, at=session.now(), on=session.today())
    try:
        path = outbox.deliver(folder or default_folder(session), name, sealed)
    except StorageError:
        _undo(session, number, chosen)
        raise
    return path, Changes(areas=EVERYTHING, made=number)


def take_back(session: Session, package: str) -> Changes:
    """Unlock the copies of a package whose receipt has not come."""
    waiting = [row for row in sent(session, package) if row.waits]
    if not waiting:
        raise UserError(N_("The package has been received or taken back already. Ask the other coach to hand it over."))
    with session.store.writing() as tx:
        for row in waiting:
            handovers.unlock(tx, row.client, "take back")
            handovers.mark(tx, "take back", row, f"{TAKEN_BACK}{session.now()}")
    return Changes(areas=EVERYTHING)


def open_file(session: Session, path: Path) -> Opened:
    """A package or a receipt, checked; nothing is written. UserError says which check it failed."""
    try:
        if path.stat().st_size > handover_package.LARGEST:
            raise UserError(N_("The file is too large for a handover. Ask for it again."))
        data = path.read_bytes()
    except OSError as error:
        raise StorageError(
            N_("{file} cannot be read ({reason})."), file=str(path), reason=system_reason(error)
        ) from error
    return handover_package.unseal(data, cards.own_keys(session), lambda card: cards.keys_of(session, card))


def keep_receipt(session: Session, opened: Opened) -> Changes:
    """The other coach has the clients: from now on the handover cannot be taken back."""
    receipt = opened.content
    if not isinstance(receipt, Receipt):
        raise UserError(N_("The file is not a receipt."))
    rows = _waiting_for(session, receipt, opened.sender)
    here = total(tuple(records.read(session.store, row.client) for row in rows))
    if here != receipt.envelope.counts or {row.client for row in rows} != {before for before, _ in receipt.accepted}:
        raise UserError(N_("The receipt counts other rows than were handed over. Call the coach before you go on."))
    with session.store.writing() as tx:
        for row in rows:
            handovers.mark(tx, "receipt", row, receipt.envelope.created)
    return Changes(areas=EVERYTHING)


def default_folder(session: Session) -> Path:
    """The outbox, where packages, receipts and cards are written."""
    return settings.vault_settings(session).outbox


def day_of(stamp: str) -> date:
    """The day in Finland of a UTC stamp."""
    return datetime.fromisoformat(stamp).astimezone(HELSINKI).date()


def all_handovers(session: Session) -> tuple[HandoverRow, ...]:
    """Newest first, both ways."""
    return handovers.handovers(session.store)


def sent(session: Session, package: str) -> tuple[HandoverRow, ...]:
    return tuple(row for row in handovers.handovers(session.store, package=package) if row.direction == "out")


def care(session: Session, client: ClientId) -> Care:
    """Who answers for the client; the vault's coach unless somebody else is named."""
    held = handovers.care(session.store, client)
    return (
        held if held.owner else Care(owner=session.unit.coach, substitute=held.substitute, handed_over=held.handed_over)
    )


def keep_care(session: Session, client: ClientId, *, owner: str, substitute: str) -> Changes:
    require_here(session, client)
    with session.store.writing() as tx:
        handovers.keep_care(tx, client, owner=owner.strip(), substitute=substitute.strip())
    return changed(Area.CLIENT, client=client)


def envelope(session: Session, package: str, to: str, whole: tuple[Record, ...]) -> Envelope:
    anchor = logs.anchor(session)
    return Envelope(
        package=package,
        created=session.now(),
        to=to,
        schema=SHAPE,
        anchor=f"{anchor.vault}:{anchor.seq}:{anchor.hash}",
        counts=total(whole),
    )


def _used(whole: tuple[Record, ...]) -> frozenset[str]:
    return frozenset(str(row["instrument"]) for record in whole for row in record.tables["assessment"])


def _record(session: Session, client: ClientId) -> Record:
    try:
        return records.read(session.store, client)
    except KeyError as error:
        raise UserError(N_("There is no client {id} in this vault."), id=client) from error


def _waiting_for(session: Session, receipt: Receipt, sender: str) -> list[HandoverRow]:
    rows = sent(session, receipt.envelope.package)
    if not rows or any(row.coach != sender for row in rows):
        raise UserError(N_("The receipt belongs to no handover of this vault."))
    if any(row.taken_back for row in rows):
        raise UserError(
            N_("This handover was taken back, but the other coach received it. Agree who goes on with the clients.")
        )
    waiting = [row for row in rows if row.waits]
    if not waiting:
        raise UserError(N_("This receipt is here already."))
    return waiting


def _undo(session: Session, package: str, clients: tuple[ClientId, ...]) -> None:
    """No file, no handover."""
    with session.store.writing() as tx:
        for client in clients:
            handovers.unlock(tx, client, "take back")
        handovers.forget(tx, package)
