"""Create, unlock and lock a vault. The slow half (key derivation) may run in the worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.clock import Clock, SystemClock, stamp
from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.ids import Chance, SystemChance
from valmentaja.crypto import keys, minisign
from valmentaja.crypto.keys import DataKey, KdfCost
from valmentaja.definitions.municipalities import municipalities
from valmentaja.definitions.policy import policy
from valmentaja.store import database, migrate, settings
from valmentaja.store.audit import Event
from valmentaja.store.database import Store, Transaction
from valmentaja.usecases import backing_up, erasing, instruments
from valmentaja.usecases.backing_up import Backup
from valmentaja.usecases.session import Session, Unit
from valmentaja.vault import change, organisation, vault

Key = DataKey
"""What opens a database, on its way from the worker to `open_session`."""
UNIT_CODE_LENGTH = range(2, 13)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVault:
    """`recovery_code` is shown once and printed; nothing keeps it."""

    key: DataKey
    recovery_code: str


def has_vault(folder: Path) -> bool:
    return vault.exists(folder)


def create(
    folder: Path,
    passphrase: str,
    *,
    unit: Unit,
    training: bool = False,
    clock: Clock | None = None,
    chance: Chance | None = None,
    cost: KdfCost | None = None,
) -> NewVault:
    """Make the keys, the database and the unit's own keys; slow, safe in the worker."""
    check_unit_code(unit.code)
    check_municipality(unit.municipality)
    clock, chance = clock or SystemClock(), chance or SystemChance()
    agreed = policy()
    vault.require_long(passphrase, agreed.passphrase_length or vault.MIN_PASSPHRASE)
    made = vault.create(folder, passphrase, chance=chance, cost=cost or KdfCost(), organisation=agreed.organisation_key)
    store = database.create(vault.database(folder), made.key.child("database"), clock)
    try:
        with store.writing() as tx:
            renew_ratchet(store, tx, folder, chance)
            _furnish(tx, unit, training=training, clock=clock, chance=chance)
    finally:
        store.close()
    return NewVault(key=made.key, recovery_code=made.recovery_code)


def key_from_passphrase(folder: Path, passphrase: str) -> DataKey:
    """Slow by design (Argon2id); UserError for a wrong passphrase."""
    return vault.open_with_passphrase(folder, passphrase)


def key_from_code(folder: Path, code: str) -> DataKey:
    """Opens with the printed recovery code instead of the passphrase."""
    return vault.open_with_code(folder, code)


def key_from_organisation(folder: Path, file: Path, passphrase: str) -> DataKey:
    """Opens with the organisation's private key, whose file has its own passphrase; slow."""
    return vault.open_with_private_key(folder, organisation.private_key(file, passphrase))


def open_session(
    folder: Path, key: DataKey, *, clock: Clock | None = None, chance: Chance | None = None, actor: str = "coach"
) -> Session:
    """Open the database and log that it was; the caller keeps the session on one thread."""
    clock, chance = clock or SystemClock(), chance or SystemChance()
    made: list[Backup] = []
    first = backing_up.before_migration(folder, clock, made.append)
    try:
        path = vault.database(folder)
        store = database.connect(path, key.child("database"), clock, actor=actor, before_migration=first)
    finally:
        key.wipe()
    try:
        with suppress(OSError):  # the next opening tries again
            change.sweep(folder)
        _note_opening(store, folder, chance, made)
        session = _session(store, folder, clock, chance)
        erasing.settle(session)
        instruments.settle(session)
        return session
    except BaseException:
        # Left open it would hold the lock, and the next try would find the vault open elsewhere.
        store.close()
        raise


def brought_up_to_date(folder: Path, key: DataKey) -> DataKey:
    """Back up and migrate an older vault; slow, safe in the worker. Gives the key back for `open_session`."""
    store = database.connect_as_it_is(vault.database(folder), key.child("database"), SystemClock())
    try:
        is_old = store.version() < migrate.newest()
    finally:
        store.close()
    if is_old:
        copy = DataKey(bytearray(key.reveal()))
        try:
            close(open_session(folder, copy))
        finally:
            copy.wipe()
    return key


@contextmanager
def held(folder: Path, key: DataKey, *, actor: str = "coach") -> Iterator[Session]:
    """An open session that is closed whatever happens; the key is wiped."""
    session = open_session(folder, key, actor=actor)
    try:
        yield session
    finally:
        close(session)


def unlock(folder: Path, passphrase: str) -> Session:
    """Both halves at once, for the command line."""
    return open_session(folder, key_from_passphrase(folder, passphrase))


def close(session: Session) -> None:
    """Lock: fold the write-ahead log and let go of the key with the connection."""
    session.store.close()


def _session(store: Store, folder: Path, clock: Clock, chance: Chance) -> Session:
    training = settings.setting(store, "training") == "1"
    return Session(store=store, folder=folder, clock=clock, chance=chance, unit=_unit(store), training=training)


def _note_opening(store: Store, folder: Path, chance: Chance, made: list[Backup]) -> None:
    """`made` is the backup of an older vault that was brought up to date."""
    with store.writing() as tx:
        renew_ratchet(store, tx, folder, chance)
        for backup in made:
            backing_up.record(tx, "migration", backup)
        tx.note(Event("unlock", "vault", ""))


def renew_ratchet(store: Store, tx: Transaction, folder: Path, chance: Chance) -> None:
    """Begin a new ratchet when others than before may check the log: an older vault, a new code, an organisation."""
    now = vault.checkers(folder)
    if store.has_ratchet and settings.setting(store, "log checkers") == now:
        return
    first = bytearray(chance.token(keys.KEY_SIZE))
    tx.start_ratchet(bytes(first), vault.sealed_for_checking(folder, first))
    keys.wipe(first)
    settings.keep_setting(tx, "log checkers", now)


def check_unit_code(code: str) -> None:
    if not code:
        raise UserError(N_("The unit code is missing. Figures are gathered under it; your employer knows it."))
    plain = code.isascii() and code.isalnum() and code == code.upper()
    if not plain or len(code) not in UNIT_CODE_LENGTH:
        raise UserError(N_("The unit code “{code}” must be 2–12 capital letters A–Z or digits."), code=code)


def check_municipality(number: str) -> None:
    if not number:
        raise UserError(N_("The municipality number is missing. Use three digits, for example 405."))
    if number not in municipalities():
        raise UserError(N_("“{code}” is not a municipality number. Use three digits, for example 405."), code=number)


def _furnish(tx: Transaction, unit: Unit, *, training: bool, clock: Clock, chance: Chance) -> None:
    """The unit's settings and the keys that live and travel with the vault (indicators.md §6, documents.md §3)."""
    from valmentaja.documents.signing import new_device_key

    for name, value in (("unit", unit.code), ("municipality", unit.municipality), ("coach", unit.coach)):
        settings.keep_setting(tx, name, value)
    settings.keep_setting(tx, "training", "1" if training else "0")
    settings.keep_setting(tx, "created", stamp(clock))
    settings.keep_secret(tx, "unit secret", chance.token(32))
    settings.keep_secret(tx, "package key", minisign.new_private_key(chance.token(32)))
    device = new_device_key(unit.code, clock.now())
    settings.keep_secret(tx, "device certificate", device.certificate)
    settings.keep_secret(tx, "device key", device.private_key)


def _unit(store: Store) -> Unit:
    values = {name: settings.setting(store, name) for name in ("unit", "municipality", "coach")}
    if not values["unit"]:
        raise StorageError(
            N_("The vault is not finished: its making was interrupted. Delete the folder and create it again.")
        )
    return Unit(code=values["unit"], municipality=values["municipality"], coach=values["coach"])
