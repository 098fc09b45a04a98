"""Restoring a backup, and rehearsing it: the same steps to a place that is emptied again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.clock import Clock, SystemClock
from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.paths import sync_folder
from valmentaja.base.reasons import system_reason
from valmentaja.crypto.keys import DataKey
from valmentaja.store import backups as rows
from valmentaja.store import database, log_check, pages
from valmentaja.store.audit import Event
from valmentaja.store.database import Store
from valmentaja.store.log_check import BreakKind
from valmentaja.usecases import erasing, opening, places
from valmentaja.usecases.session import Session
from valmentaja.vault import backup, unpacking, vault
from valmentaja.vault.backup import Steps
from valmentaja.vault.manifest import DamagedBackupError, Manifest

__all__ = ["Steps"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What opens the backup: its passphrase of that time, or the printed recovery code."""

    text: str
    is_code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a backup says it holds; `created` is a UTC stamp."""

    created: str
    clients: int
    vault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """`counts` were counted in the restored database; `aside` is where the vault that was there before is now."""

    folder: Path
    created: str
    counts: Mapping[str, int]
    aside: Path | None


def contents(path: Path) -> Contents:
    """What the backup lists; UserError when it is not a backup."""
    facts = unpacking.manifest_of(path).facts
    return Contents(created=facts.created, clients=facts.counts.get("client", 0), vault=facts.vault)


def is_damage(error: UserError) -> bool:
    """Whether it is the backup that is not sound, not the passphrase or the disk."""
    return isinstance(error, DamagedBackupError)


def restore(
    path: Path,
    folder: Path,
    proof: Proof,
    *,
    replacing: bool = False,
    steps: Steps | None = None,
    clock: Clock | None = None,
) -> Restored:
    """Make the vault in `folder` from a backup; slow, safe in the worker.

    Nothing is at `folder` before everything has been checked. With `replacing` the vault there is moved aside.
    """
    steps, clock, folder = steps or Steps(), clock or SystemClock(), folder.absolute()
    _require_place(folder, replacing=replacing)
    with _emptied(folder.with_name(f".{folder.name}.restoring")) as place:
        made = place / "vault"
        held, key = _unpacked(path, made, proof, steps)
        try:
            counts = _proven(made, key, held, path, clock)
            _open_first(made, key, clock, (path.parent, folder))
        finally:
            key.wipe()
        steps.done(2 * held.size, 2 * held.size)
        aside = _put(made, folder, clock)
    return Restored(folder=folder, created=held.facts.created, counts=counts, aside=aside)


def rehearse(path: Path, proof: Proof, *, steps: Steps | None = None, clock: Clock | None = None) -> Restored:
    """Restore, open, check and count a backup, and remove it again; slow, safe in the worker."""
    steps, clock = steps or Steps(), clock or SystemClock()
    where = places.rehearsal_place(unpacking.manifest_of(path).facts.vault)
    with _emptied(where) as place:
        held, key = _unpacked(path, place / "vault", proof, steps)
        try:
            counts = _proven(place / "vault", key, held, path, clock)
        finally:
            key.wipe()
        steps.done(2 * held.size, 2 * held.size)
    return Restored(folder=where, created=held.facts.created, counts=counts, aside=None)


def clear_rehearsals(session: Session) -> None:
    """What a rehearsal left that was interrupted; at the start, when none can be running for this vault."""
    shutil.rmtree(places.rehearsal_place(vault.identity(session.folder)), ignore_errors=True)


def _require_place(folder: Path, *, replacing: bool) -> None:
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    is_vault = vault.exists(folder) or any(folder.glob("caseload-*.db"))
    if not (replacing and is_vault):
        raise UserError(N_("{folder} is not empty. Choose a new folder for the vault."), folder=str(folder))
    if any(pages.is_locked(path) for path in folder.glob("caseload-*.db")):
        raise StorageError(N_("The vault is open in another window. Close it there first."))


@contextmanager
def _emptied(place: Path) -> Iterator[Path]:
    """A folder of our own, gone afterwards and before: an interrupted attempt leaves it behind."""
    try:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True, mode=0o700)
        yield place
    except OSError as error:
        raise StorageError(
            N_("The backup could not be restored to {folder} ({reason}). Nothing was left there."),
            folder=str(place.parent),
            reason=system_reason(error),
        ) from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _unpacked(path: Path, folder: Path, proof: Proof, steps: Steps) -> tuple[Manifest, DataKey]:
    listed = unpacking.manifest_of(path)
    folder.mkdir(mode=0o700)
    backup.require_room(folder, backup.ROOM * listed.size)
    held = unpacking.unpack(path, folder, lambda done: steps.done(done, 2 * listed.size))
    way = opening.key_from_code if proof.is_code else opening.key_from_passphrase
    return held, way(folder, proof.text)


def _proven(folder: Path, key: DataKey, held: Manifest, path: Path, clock: Clock) -> Mapping[str, int]:
    """Pages, schema, counts and log as the backup lists them; then this program's schema, and the log's chain."""
    try:
        store = database.connect_as_it_is(folder / held.database, key.child("database"), clock)
    except StorageError as error:
        raise _unsound(path) from error
    try:
        counts = _checked(store, held, path)
    except BaseException:
        store.drop()
        raise
    store.close()
    return counts


def _checked(store: Store, held: Manifest, path: Path) -> Mapping[str, int]:
    try:
        whole = rows.pages_are_whole(store) and store.version() == held.facts.schema
    except StorageError as error:
        raise _unsound(path) from error
    if not whole:
        raise _unsound(path)
    head = rows.log_head(store)
    # The backup itself is the copy to go back to, so none is made before a migration here.
    store.bring_up_to_date()
    counts = rows.counts(store)
    for table, known in held.facts.counts.items():
        if counts.get(table) != known:
            raise DamagedBackupError(
                N_("{file} should hold {known} rows of {table} and holds {found}. Use another backup."),
                file=path.name,
                table=table,
                known=known,
                found=counts.get(table, 0),
            )
    if head != held.facts.anchor or not _log_is_whole(store):
        raise _other_log(path)
    return counts


def _log_is_whole(store: Store) -> bool:
    """The check codes of an older version's log begin at its first opening by this one; until then only links hold."""
    broken = log_check.first_break(store)
    return broken is None or (broken.kind is BreakKind.TAIL and not store.has_ratchet)


def _open_first(folder: Path, key: DataKey, clock: Clock, folders: tuple[Path, ...]) -> None:
    """Log the restoring and replay the erasures before the vault is anywhere it can be opened from."""
    session = opening.open_session(folder, key, clock=clock)
    try:
        with session.store.writing() as tx:
            tx.note(Event("restore", "vault", ""))
        _after_restore(session, folders)
    finally:
        opening.close(session)


def _after_restore(session: Session, folders: tuple[Path, ...]) -> None:
    """Erase again who was erased after this backup: by the list beside it, and by the vault that was there before."""
    erasing.replay(session, folders)


def _put(made: Path, folder: Path, clock: Clock) -> Path | None:
    """Give the restored vault its place in one rename; a vault that is there goes aside and is never removed."""
    sync_folder(made)
    aside = None
    if folder.exists() and any(folder.iterdir()):
        aside = _aside(folder, clock)
        folder.rename(aside)
    elif folder.exists():
        folder.rmdir()
    try:
        made.rename(folder)
    except OSError:
        if aside is not None:
            aside.rename(folder)
        raise
    sync_folder(folder.parent)
    return aside


def _aside(folder: Path, clock: Clock) -> Path:
    stem = f"{folder.name}-ennen-palautusta-{clock.now():%Y%m%d-%H%M%S}"
    names = (folder.with_name(f"{stem}{again}") for again in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(path for path in names if not path.exists())


def _unsound(path: Path) -> DamagedBackupError:
    return DamagedBackupError(N_("The database in {file} is damaged. Use another backup."), file=path.name)


def _other_log(path: Path) -> DamagedBackupError:
    return DamagedBackupError(
        N_("The log in {file} is not the one the backup was made with. Use another backup."), file=path.name
    )
