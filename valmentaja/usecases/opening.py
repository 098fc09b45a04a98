"""Create, unlock and lock a vault. The slow half (key derivation) may run in the worker."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.clock import Clock, SystemClock, stamp
from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.ids import Chance, SystemChance
from valmentaja.crypto import keys, minisign
from valmentaja.crypto.keys import DataKey, KdfCost
from valmentaja.definitions.municipalities import municipalities
from valmentaja.store import database, settings
from valmentaja.store.audit import Event
from valmentaja.store.database import Store, Transaction
from valmentaja.usecases import erasing
from valmentaja.usecases.session import Session, Unit
from valmentaja.vault import vault

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
    _check_unit(unit)
    clock, chance = clock or SystemClock(), chance or SystemChance()
    made = vault.create(folder, passphrase, chance=chance, cost=cost or KdfCost())
    store = database.create(vault.database(folder), made.key.child("database"), clock)
    try:
        with store.writing() as tx:
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


def open_session(
    folder: Path, key: DataKey, *, clock: Clock | None = None, chance: Chance | None = None, actor: str = "coach"
) -> Session:
    """Open the database and log that it was; the caller keeps the session on one thread."""
    clock, chance = clock or SystemClock(), chance or SystemChance()
    store = database.connect(vault.database(folder), key.child("database"), clock, actor=actor)
    key.wipe()
    _note_opening(store, folder, chance)
    session = Session(
        store=store,
        folder=folder,
        clock=clock,
        chance=chance,
        unit=_unit(store),
        training=settings.setting(store, "training") == "1",
    )
    erasing.settle(session)
    return session


def unlock(folder: Path, passphrase: str) -> Session:
    """Both halves at once, for the command line."""
    return open_session(folder, key_from_passphrase(folder, passphrase))


def close(session: Session) -> None:
    """Lock: fold the write-ahead log and let go of the key with the connection."""
    session.store.close()


def _note_opening(store: Store, folder: Path, chance: Chance) -> None:
    """A vault of an older version gets its ratchet at the first opening by this one."""
    with store.writing() as tx:
        if not store.has_ratchet:
            first = bytearray(chance.token(keys.KEY_SIZE))
            tx.start_ratchet(bytes(first), vault.sealed_for_checking(folder, first))
            keys.wipe(first)
        tx.note(Event("unlock", "vault", ""))


def _check_unit(unit: Unit) -> None:
    plain = unit.code.isascii() and unit.code.isalnum() and unit.code == unit.code.upper()
    if not plain or len(unit.code) not in UNIT_CODE_LENGTH:
        raise UserError(N_("The unit code “{code}” must be 2–12 capital letters A–Z or digits."), code=unit.code)
    if unit.municipality not in municipalities():
        raise UserError(
            N_("“{code}” is not a municipality number. Use three digits, for example 405."), code=unit.municipality
        )


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
