"""Erasing a client: every row and its traces, a receipt without a name, and a list that cleans older backups."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.canonical import Json, canonical
from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.definitions.indicators import definitions
from valmentaja.domain.client import ClientId
from valmentaja.domain.masking import People, mentions
from valmentaja.exchange import outbox
from valmentaja.indicators import revisions
from valmentaja.indicators.calendar import Month
from valmentaja.store import cases, ownership, papers, people, rights, settings
from valmentaja.store.database import Transaction
from valmentaja.store.rights import Erasure
from valmentaja.usecases import caseload, drafts, instruments, logs, retention
from valmentaja.usecases import settings as vault_settings
from valmentaja.usecases.session import Area, Changes, Session, changed
from valmentaja.vault import erasures, vault
from valmentaja.vault.erasures import Line, Lists

__all__ = ["Erasure"]

FORMAT = "valmentaja-erasure-receipt/1"
LONGEST_REASON = 300
"""Characters; a reason is a sentence, not a file."""
AGAIN = N_("Erased again after an older copy of the vault was opened.")
"""The reason in the receipt of a replayed erasure; a msgid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What the lists led to: `erased` clients, list files of other vaults, and files with lines nobody here wrote."""

    erased: int
    others: tuple[str, ...]
    forged: tuple[str, ...]


def erase(session: Session, client_id: ClientId, *, reason: str, confirmed: str) -> Changes:
    """Erase a client for good; `confirmed` is the client's number, typed once more.

    When this returns no page of the database or its log holds a trace; the change carries the record key in hex.
    """
    _check(session, client_id, reason, confirmed)
    key = _erase(session, client_id, reason.strip())
    _publish_everywhere(session)
    return changed(*Area, client=client_id, made=key.hex())


def receipts(session: Session) -> tuple[Erasure, ...]:
    """Newest first."""
    return rights.erasures(session.store)


def receipt_files(session: Session, record_key: str, language: str) -> tuple[Path, ...]:
    """Write the receipt as PDF and JSON to the outbox; the same receipt gives the same files again."""
    from valmentaja.documents.receipt_pdf import ReceiptPaper, render

    held = next((e for e in receipts(session) if e.record_key.hex() == record_key), None)
    if held is None:
        raise UserError(N_("There is no receipt of that erasure in this vault."))
    paper = ReceiptPaper(
        receipt=held.receipt, language=language, unit=session.unit.name, training=session.training, created=held.at
    )
    stem = f"poistotodistus_{held.client}_{record_key[:8]}"
    folder = vault_settings.vault_settings(session).outbox
    return (
        outbox.deliver(folder, f"{stem}_{language}.pdf", render(paper)),
        outbox.deliver(folder, f"{stem}.json", held.receipt.encode()),
    )


def left_outside(session: Session, client_id: ClientId) -> tuple[str, ...]:
    """Files in the outbox whose name carries the client's number: an erasure does not reach them."""
    folder = vault_settings.vault_settings(session).outbox
    parts = (p.name for p in folder.glob(f"*_{client_id}_*") if not p.name.startswith("poistotodistus_"))
    return tuple(sorted(parts)) if folder.is_dir() else ()


def publish(session: Session, folder: Path) -> None:
    """Bring the list of erased clients in `folder` up to date: the vault's own, or the one beside its backups."""
    own, key = vault.identity(session.folder), _list_key(session)
    name = erasures.NAME if folder == session.folder else erasures.name_beside_backups(own)
    known = erasures.read({session.folder, folder}, vault=own, key=key).lines
    lines = known | {_line(e) for e in receipts(session)}
    if lines:
        erasures.write(folder / name, lines, vault=own, key=key)


def replay(session: Session, folders: Iterable[Path]) -> int:
    """Erase again everybody named on valid lists in these folders who is in this vault; how many were."""
    return replay_lists(session, folders).erased


def replay_lists(session: Session, folders: Iterable[Path]) -> Replayed:
    """Like `replay`; says also which files were ignored. A person taken on anew has a new record key and stays."""
    found = _lists(session, folders)
    erased = 0
    for line in sorted(found.lines):
        client_id = rights.client_of(session.store, bytes.fromhex(line.record_key))
        if client_id is not None:
            _erase(session, client_id, AGAIN)
            erased += 1
    publish(session, session.folder)
    return Replayed(erased=erased, others=found.others, forged=found.forged)


def settle(session: Session) -> None:
    """At opening: finish what an interruption cut off after an erasure, and clean an older copy of the database."""
    replay_lists(session, (session.folder,))
    _publish_everywhere(session)


def _publish_everywhere(session: Session) -> None:
    """In the vault, and beside its backups when their disk is there; otherwise at the next opening or backup."""
    publish(session, session.folder)
    beside = vault_settings.backup_folder(session.store, session.folder)
    if beside.is_dir():
        with suppress(StorageError):  # a stick that is full or read-only must not undo what is already erased
            publish(session, beside)


def _check(session: Session, client_id: ClientId, reason: str, confirmed: str) -> None:
    person = caseload.client(session, client_id)
    if confirmed.strip() != client_id:
        raise UserError(N_("Type the client's number {id} to erase the file. Nothing was erased."), id=client_id)
    held = retention.hold_reason(session, client_id)
    if held:
        raise UserError(N_("The file is kept: {reason}. Lift the hold first. Nothing was erased."), reason=held)
    if not reason.strip():
        raise UserError(N_("Write why the file is erased. The reason stays on the receipt."))
    if len(reason) > LONGEST_REASON:
        raise UserError(N_("Write the reason in at most {n} characters."), n=LONGEST_REASON)
    if mentions(reason, People.of([person])):
        raise UserError(N_("Write the reason without the client's name or identity code: the receipt stays."))


def _erase(session: Session, client_id: ClientId, reason: str) -> bytes:
    """Receipt and deletion in one transaction, then the write-ahead log is emptied."""
    key = rights.record_key(session.store, client_id)
    known = retention.of_client(session, client_id)
    facts: dict[str, Json] = {
        "format": FORMAT,
        "vault": vault.identity(session.folder),
        "client": client_id,
        "record_key": key.hex(),
        "at": session.now(),
        "reason": reason,
        "rule": retention.rule(session).id if known is not None and known.full < session.today() else "",
        "closed": None if known is None else known.closed.isoformat(),
        "kept_until": None if known is None else known.full.isoformat(),
        "rows": dict(ownership.counts(session.store, client_id)),
        "files_outside": list(left_outside(session, client_id)),
        "log_before": _head(session),
    }
    counted = _counted_in(session, key)
    with session.store.writing() as tx:
        drafts.forget(tx, "case", (c.id for c in cases.of_client(tx, client_id)))
        rights.erase(tx, client_id)
        papers.close_months(tx, counted, session.now())
        _keep(session, tx, key, facts)
    session.store.checkpoint()
    return key


def _counted_in(session: Session, key: bytes) -> tuple[str, ...]:
    """The periods that count the client: a correction of one would show who is gone (indicators.md §7)."""
    everyone = people.everyone(session.store, instruments.known(session.store))
    person = next(p for p in everyone if p.record_key == key)
    months = revisions.contributed(person, Month.of(session.today()), definitions())
    return tuple(str(month) for month in months)


def _keep(session: Session, tx: Transaction, key: bytes, facts: dict[str, Json]) -> None:
    """The receipt tells the head of the log right after the deletion; its own entry follows."""
    head = logs.anchor_in(tx, session.folder)
    facts["log_after"] = {"seq": head.seq, "hash": head.hash}
    rights.keep_erasure(
        tx,
        Erasure(
            record_key=key,
            client=str(facts["client"]),
            at=str(facts["at"]),
            reason=str(facts["reason"]),
            receipt=canonical(facts).decode(),
        ),
    )


def _head(session: Session) -> Json:
    head = logs.anchor(session)
    return {"seq": head.seq, "hash": head.hash}


def _line(erased: Erasure) -> Line:
    return Line(at=erased.at, client=erased.client, record_key=erased.record_key.hex())


def _lists(session: Session, folders: Iterable[Path]) -> Lists:
    return erasures.read(folders, vault=vault.identity(session.folder), key=_list_key(session))


def _list_key(session: Session) -> bytearray:
    return erasures.list_key(settings.secret(session.store, "unit secret"))


def rows_of(erased: Erasure) -> tuple[tuple[str, int], ...]:
    """(table, rows that went) of a receipt."""
    held = json.loads(erased.receipt)["rows"]
    return tuple((str(table), int(n)) for table, n in held.items())
