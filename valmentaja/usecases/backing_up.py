"""Making backups: on demand, by schedule, and before an older vault is brought up to date.

`begin` and `finish` run where the session lives; `write` may run in the worker while the coach goes on writing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from valmentaja import __version__
from valmentaja.base.clock import HELSINKI, Clock, stamp
from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.reasons import system_reason
from valmentaja.i18n import words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.store import backups as rows
from valmentaja.store import settings
from valmentaja.store.database import BeforeMigration, Store, Transaction
from valmentaja.usecases import erasing, places
from valmentaja.usecases import settings as vault_settings
from valmentaja.usecases.session import Area, Changes, Session, changed
from valmentaja.vault import backup, vault
from valmentaja.vault.backup import Backup, Source, Steps
from valmentaja.vault.manifest import Facts

__all__ = ["Backup", "Steps"]

SCHEDULES = ("never", "daily", "weekly")
_DAYS = {"daily": 1, "weekly": 7}
REHEARSAL_DAYS = 31
"""A rehearsal older than this is asked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Where backups go and how often they are made by themselves."""

    folder: Path
    schedule: str

    @property
    def is_there(self) -> bool:
        """False when a chosen folder is missing: the stick is not in."""
        return self.folder.is_dir()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A backup that has begun: the database is held still until `finish` or `abandon`."""

    kind: str
    folder: Path
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBackup:
    """A backup in the chosen folder; `at` is when it was made (UTC stamp), `size` bytes."""

    path: Path
    at: str
    size: int
    clients: int
    rehearsed: str | None
    sound: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Days in Finland; None = never. `wants_rehearsal` only when there is something to rehearse."""

    made: date | None
    rehearsed: date | None
    folder_is_there: bool
    wants_rehearsal: bool


def choice(session: Session) -> Choice:
    return _choice(session.store, session.folder)


def set_folder(session: Session, folder: Path) -> Changes:
    """A folder that is there, outside the vault: a stick, a network disk."""
    if folder.resolve().is_relative_to(session.folder.resolve()):
        raise UserError(N_("Backups must not be kept inside the vault. Choose another folder."))
    if not folder.is_dir() and folder != places.default_backups(session.folder):
        raise UserError(
            N_("The folder {folder} is not there. Plug in the disk or choose another folder."), folder=str(folder)
        )
    return _keep(session, "backup folder", str(folder))


def set_schedule(session: Session, schedule: str) -> Changes:
    if schedule not in SCHEDULES:
        raise ValueError(schedule)
    return _keep(session, "backup schedule", schedule)


def is_due(session: Session) -> bool:
    """Whether the schedule asks for a backup now; never in a vault of invented people."""
    days, newest = _DAYS.get(choice(session).schedule), state(session).made
    if days is None or session.training:
        return False
    return newest is None or (session.today() - newest).days >= days


def state(session: Session) -> State:
    made = rows.made(session.store)
    rehearsed = max((row.rehearsed for row in made if row.rehearsed and row.sound), default=None)
    last = None if rehearsed is None else _day(rehearsed)
    old = last is None or (session.today() - last).days > REHEARSAL_DAYS
    chosen = choice(session)
    return State(
        made=_day(made[0].at) if made else None,
        rehearsed=last,
        folder_is_there=chosen.is_there or chosen.folder == places.default_backups(session.folder),
        wants_rehearsal=bool(made) and old and not session.training,
    )


def kept(session: Session) -> tuple[KeptBackup, ...]:
    """What lies in the chosen folder and is of this vault, newest first."""
    known = {row.path: row for row in reversed(rows.made(session.store))}
    found = backup.backups(choice(session).folder, vault.identity(session.folder))
    return tuple(
        KeptBackup(
            path=held.path,
            at=held.manifest.facts.created,
            size=held.size,
            clients=held.manifest.facts.counts.get("client", 0),
            rehearsed=row.rehearsed if (row := known.get(str(held.path))) else None,
            sound=row.sound if row else None,
        )
        for held in found
    )


def begin(session: Session, *, kind: str = "asked", folder: Path | None = None) -> Job:
    """Hold the database still; `kind` is asked or scheduled, `folder` another one than the chosen."""
    target = folder or choice(session).folder
    if target == places.default_backups(session.folder):
        _make(target)
    return _job(session.store, session.folder, session.clock, kind, target)


def write(job: Job, steps: Steps) -> Backup:
    """Copy, check and name the backup; slow, safe in the worker. Afterwards `finish`, or `abandon` on an error."""
    return backup.write(job.folder, job.source, steps)


def finish(session: Session, job: Job, made: Backup) -> Changes:
    """Let the database go on and remember the backup; forgets those that had to go.

    The list of erased clients goes beside it, for whoever restores it.
    """
    session.store.let_go()
    with session.store.writing() as tx:
        record(tx, job.kind, made)
        for row in rows.made(tx):
            if Path(row.path).parent == made.path.parent and not Path(row.path).exists():
                rows.forget(tx, row.id)
    erasing.publish(session, job.folder)
    return changed(Area.SETTING)


def abandon(session: Session) -> None:
    """After a refused or cancelled backup: the database goes on as before."""
    session.store.let_go()


def back_up(session: Session, *, kind: str = "asked", folder: Path | None = None) -> Backup:
    """All three steps at once, for the command line."""
    job = begin(session, kind=kind, folder=folder)
    try:
        made = write(job, Steps())
    except BaseException:
        abandon(session)
        raise
    finish(session, job, made)
    return made


def before_migration(folder: Path, clock: Clock, made: Callable[[Backup], object]) -> BeforeMigration:
    """What `database.connect` calls with an older vault: a backup is made, or the vault stays as it is."""

    def back_up_first(store: Store) -> None:
        try:
            made(_first_that_works(store, folder, clock))
        except UserError as error:
            raise StorageError(
                N_(
                    "The vault is of an older version. Before it is brought up to date it is backed up, and that "
                    "failed: {why} The vault was left as it is."
                ),
                why=words(screen_language()).error(error),
            ) from error

    return back_up_first


def record(tx: Transaction, kind: str, made: Backup) -> int:
    """Remember a backup; the row's id."""
    at = made.manifest.facts.created
    return rows.add(tx, at=at, kind=kind, path=str(made.path), size=made.size, sha256=made.sha256)


def record_rehearsal(session: Session, path: Path, *, sound: bool) -> Changes:
    """Remember how the rehearsal of this backup went, also of one that this vault does not know."""
    with session.store.writing() as tx:
        known = next((row.id for row in rows.made(tx) if row.path == str(path)), None)
        if known is None:
            known = rows.add(tx, at=session.now(), kind="asked", path=str(path), size=path.stat().st_size, sha256="")
        rows.rehearse(tx, known, at=session.now(), sound=sound)
    return changed(Area.SETTING)


def _first_that_works(store: Store, folder: Path, clock: Clock) -> Backup:
    """In the chosen folder, or beside the vault when that one cannot be used."""
    chosen, beside = _choice(store, folder).folder, places.default_backups(folder)
    if chosen != beside:
        try:
            return _at_once(store, folder, clock, chosen)
        except UserError:
            # The stick is not in or full; beside the vault is said by the list of backups.
            pass
    _make(beside)
    return _at_once(store, folder, clock, beside)


def _at_once(store: Store, folder: Path, clock: Clock, target: Path) -> Backup:
    job = _job(store, folder, clock, "migration", target)
    try:
        return write(job, Steps())
    finally:
        store.let_go()


def _job(store: Store, folder: Path, clock: Clock, kind: str, target: Path) -> Job:
    copying = store.hold_still()
    try:
        source = Source(
            facts=Facts(
                vault=vault.identity(folder),
                created=stamp(clock),
                program=__version__,
                schema=store.version(),
                counts=rows.counts(store),
                anchor=rows.log_head(store),
            ),
            unit=settings.setting(store, "unit", "VAULT"),
            header=vault.header_bytes(folder),
            database=vault.database(folder).name,
            size=copying.size,
            chunks=copying.chunks,
        )
        backup.require_room(target, copying.size * backup.ROOM)
    except BaseException:
        store.let_go()
        raise
    return Job(kind=kind, folder=target, source=source)


def _choice(store: Store, folder: Path) -> Choice:
    return Choice(
        folder=vault_settings.backup_folder(store, folder),
        schedule=settings.setting(store, "backup schedule", "daily"),
    )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StorageError(
            N_("The folder {folder} could not be made ({reason}). Choose another folder for backups."),
            folder=str(folder),
            reason=system_reason(error),
        ) from error


def _keep(session: Session, name: str, value: str) -> Changes:
    with session.store.writing() as tx:
        settings.keep_setting(tx, name, value)
    return changed(Area.SETTING)


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(HELSINKI).date()
