"""Finished papers to the outbox: encrypted to a recipient of the policy, or as they are for the client.

Written whole or not at all, never over another file, and on the list in the same act. A receipt is a small JSON
file that the recipient makes (docs/outbox.md).
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from valmentaja.base.canonical import Json, canonical, fingerprint
from valmentaja.base.errors import N_, UserError
from valmentaja.crypto import coach_keys
from valmentaja.definitions.policy import Recipient, policy
from valmentaja.domain.client import ClientId
from valmentaja.domain.sending import Sending
from valmentaja.exchange import outbox
from valmentaja.store import papers as kept
from valmentaja.store import sendings
from valmentaja.store.papers import DocumentRow
from valmentaja.usecases import leaving, papers
from valmentaja.usecases.session import Area, Changes, Session, changed

FORMAT = "valmentaja-receipt/1"
LARGEST_RECEIPT = 10_000
_NO_RECEIPT = N_("The file is not a receipt of a sent paper. Ask the recipient for it again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """`title` of the paper, `to` the recipient's name, "" for the client; `there`: the file is in the outbox still."""

    sending: Sending
    title: str
    to: str
    there: bool


def recipients() -> tuple[Recipient, ...]:
    """Those of policy.toml."""
    return policy().recipients


def hand_over(session: Session, document_id: str, folder: Path | None = None) -> Path:
    """The stored bytes as they are, for the client; the same file again is not written twice, nor listed."""
    held = papers.document(session, document_id)
    return _write(session, held, held.file_name, papers.to_leave(session, held), recipient="", folder=folder)


def send(session: Session, document_id: str, recipient_id: str, folder: Path | None = None) -> Path:
    """Sealed with age to the recipient's key."""
    found = next((r for r in recipients() if r.id == recipient_id), None)
    if found is None:
        text = N_("There is no recipient “{id}” with a key in policy.toml. Nothing was written. Ask your IT support.")
        raise UserError(text, id=recipient_id)
    held = papers.document(session, document_id)
    sealed = coach_keys.seal_to(papers.to_leave(session, held), (found.key,))
    name = _free_name(session, held, found)
    return _write(session, held, name, sealed, recipient=found.id, folder=folder)


def sent(session: Session, client_id: ClientId | None = None) -> tuple[Sent, ...]:
    """Newest first; of one client or of all."""
    rows = sendings.every(session.store) if client_id is None else sendings.of_client(session.store, client_id)
    names = {r.id: r.name for r in recipients()}
    folder = leaving.place(session, None)
    return tuple(
        Sent(
            sending=row,
            title=_title(session, row),
            to=names.get(row.recipient, row.recipient),
            there=(folder / row.file_name).exists(),
        )
        for row in rows
    )


def take_receipt(session: Session, path: Path) -> Changes:
    """Mark a sending as picked up. UserError when the receipt is not whole, not of a file sent here, or forged."""
    text = _read(path)
    told = _fields(text)
    row = sendings.by_file(session.store, told["file"])
    if row is None or row.sha256 != told["sha256"]:
        raise UserError(N_("The receipt is not of a file that was sent from this vault. Nothing was changed."))
    if row.picked_up is not None:
        raise UserError(N_("This receipt is here already."))
    _check_signature(told, next((r for r in recipients() if r.id == row.recipient), None))
    with session.store.writing() as tx:
        sendings.mark_picked_up(tx, row, at=told["received"], receipt=text)
    return changed(Area.DOCUMENT, client=row.client)


def write_receipt(path: Path, folder: Path, *, by: str, received: str) -> Path:
    """The receipt for a file that arrived, unsigned, as the recipient's side sends it back; no vault is needed."""
    told: dict[str, Json] = {
        "format": FORMAT,
        "file": path.name,
        "sha256": fingerprint(_bytes(path)),
        "received": received,
        "by": by,
    }
    return outbox.deliver(folder, f"{path.name}.receipt.json", canonical(told))


def _write(
    session: Session, held: DocumentRow, name: str, content: bytes, *, recipient: str, folder: Path | None
) -> Path:
    """Logged before the file is written; what could not be written is not on the list."""
    target = leaving.place(session, folder)
    leaving.require_newest(session, target)
    with session.store.writing() as tx:
        kept.note(tx, "export", held)
    row = Sending(
        id=session.new_id(),
        client=held.client,
        document=held.id,
        file_name=name,
        recipient=recipient,
        sha256=fingerprint(content),
        at=session.now(),
    )
    known = sendings.by_file(session.store, name) is not None
    with session.store.writing() as tx:
        if not known:
            sendings.add(tx, row)
        path = outbox.deliver(target, name, content)
    leaving.remember(session, target)
    return path


def _free_name(session: Session, held: DocumentRow, to: Recipient) -> str:
    """The paper's own name, which names nobody, with the recipient's id; a second sending has a number."""
    stem, taken = held.file_name.removesuffix(".pdf"), {s.file_name for s in sendings.every(session.store)}
    names = [f"{stem}_{to.id}.pdf.age", *(f"{stem}_{to.id}_{n}.pdf.age" for n in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def _title(session: Session, row: Sending) -> str:
    held = kept.get(session.store, row.document)
    return row.file_name if held is None else held.title


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(N_("{file}: the file cannot be read. Check that it is there."), file=path.name) from error


def _read(path: Path) -> str:
    raw = _bytes(path)
    if len(raw) > LARGEST_RECEIPT:
        raise UserError(_NO_RECEIPT)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UserError(_NO_RECEIPT) from error


def _fields(text: str) -> dict[str, str]:
    """The receipt's fields, all of them text."""
    try:
        told = json.loads(text)
    except ValueError as error:
        raise UserError(_NO_RECEIPT) from error
    needed = {"format", "file", "sha256", "received", "by"}
    if not isinstance(told, dict) or set(told) - {"signature"} != needed:
        raise UserError(_NO_RECEIPT)
    if told["format"] != FORMAT or not all(isinstance(value, str) for value in told.values()):
        raise UserError(_NO_RECEIPT)
    try:
        datetime.fromisoformat(told["received"])
    except ValueError as error:
        raise UserError(_NO_RECEIPT) from error
    return told


def _check_signature(told: dict[str, str], sender: Recipient | None) -> None:
    """Where the policy names a key for receipts, only its signature counts."""
    if sender is None or not sender.receipt_key:
        return
    unsigned: dict[str, Json] = {name: value for name, value in told.items() if name != "signature"}
    try:
        signature = base64.b64decode(told.get("signature", ""), validate=True)
        coach_keys.check_by(sender.receipt_key, signature, canonical(unsigned))
    except (coach_keys.ForgedError, ValueError) as error:
        text = N_("The receipt is not signed by {name}. Nothing was changed. Call the recipient.")
        raise UserError(text, name=sender.name) from error
