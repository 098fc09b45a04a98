"""Who can open the vault, and changing it: passphrase, recovery code, data key."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.clock import Clock, SystemClock
from valmentaja.base.errors import StorageError
from valmentaja.base.ids import Chance, SystemChance
from valmentaja.crypto import keys, recovery
from valmentaja.crypto.keys import DataKey, KdfCost
from valmentaja.definitions.policy import policy
from valmentaja.store import database, rotation
from valmentaja.store.audit import Event
from valmentaja.usecases import opening
from valmentaja.usecases.session import Area, Changes, Session, changed
from valmentaja.vault import change, organisation, vault
from valmentaja.vault import header as headers
from valmentaja.vault.change import Prepared, Wish
from valmentaja.vault.organisation import MadeKey

__all__ = ["MadeKey", "Openers", "Prepared", "Rotation", "mistyped_groups"]
GROUPS = recovery.GROUPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Openers:
    """Whose slots the key file holds; `organisation` is the start of its public key, "" for none."""

    recovery: bool
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """What a rotation needs once the slow keys are derived; the old key opens the old file, the new one the new."""

    folder: Path
    old: DataKey
    new: DataKey
    prepared: Prepared


def openers(folder: Path) -> Openers:
    slots = {slot.role: slot.public_key.hex()[:8] for slot in headers.read(folder).sealed}
    return Openers(recovery="recovery" in slots, organisation=slots.get("organisation", ""))


def shortest_passphrase() -> int:
    """Characters, as the organisation's policy or the program says."""
    return max(policy().passphrase_length or 0, vault.MIN_PASSPHRASE)


def employer_will_open() -> bool:
    """Whether a vault made now, or one that gets a new passphrase now, is sealed to the organisation, too."""
    return policy().organisation_key is not None


def mistyped_groups(groups: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers, from 1, of the groups of a recovery code that cannot be right."""
    return tuple(n for n, digits in enumerate(groups, start=1) if not recovery.group_is_sound(digits))


def prepare_passphrase(
    folder: Path, key: DataKey, passphrase: str, *, chance: Chance | None = None, cost: KdfCost | None = None
) -> Prepared:
    """The slow half of a new passphrase, safe in the worker; nothing is changed before `commit`. Wipes the key."""
    try:
        vault.require_long(passphrase, shortest_passphrase())
        wish = Wish(passphrase=passphrase, organisation=policy().organisation_key, cost=cost or KdfCost())
        return change.prepare(folder, key, wish, chance or SystemChance())
    finally:
        key.wipe()


def prepare_code(folder: Path, key: DataKey, *, chance: Chance | None = None) -> Prepared:
    """A new recovery code in place of the old one, which opens only old copies after `commit`. Wipes the key."""
    try:
        wish = Wish(new_code=True, organisation=policy().organisation_key)
        return change.prepare(folder, key, wish, chance or SystemChance())
    finally:
        key.wipe()


def commit(session: Session, prepared: Prepared) -> Changes:
    """Say in the log that the keys change, then make the prepared ones the vault's.

    Once they are, nothing that follows may fail the change: a new code has to be shown.
    """
    action = "new recovery code" if prepared.recovery_code else "new passphrase"
    with session.store.writing() as tx:
        tx.note(Event(action, "vault", ""))
    change.commit(session.folder, prepared)
    with suppress(StorageError), session.store.writing() as tx:  # the next opening tries again
        opening.renew_ratchet(session.store, tx, session.folder, session.chance)
    return changed(Area.SETTING)


def prepare_rotation(
    folder: Path,
    passphrase: str,
    *,
    new_passphrase: str | None = None,
    new_code: bool = False,
    chance: Chance | None = None,
    cost: KdfCost | None = None,
) -> Rotation:
    """The slow half, safe in the worker; `passphrase` must open the vault, `new_passphrase` None keeps it."""
    if new_passphrase is not None:
        vault.require_long(new_passphrase, shortest_passphrase())
    chance = chance or SystemChance()
    old = vault.open_with_passphrase(folder, passphrase)
    new = DataKey(bytearray(chance.token(keys.KEY_SIZE)))
    wish = Wish(passphrase=new_passphrase, new_code=new_code, organisation=policy().organisation_key, cost=cost)
    prepared = change.prepare_rotation(folder, new, passphrase, wish, chance)
    return Rotation(folder=folder, old=old, new=new, prepared=prepared)


def rotate(plan: Rotation, *, clock: Clock | None = None) -> str:
    """Copy the database under the new key, replace the header, remove the old file; the new code or "".

    The vault must be closed. Until the header is replaced the old file stays as it was.
    """
    clock = clock or SystemClock()
    try:
        return _rotated(plan, clock)
    finally:
        plan.old.wipe()
        plan.new.wipe()


def make_organisation_key(folder: Path, passphrase: str, *, cost: KdfCost | None = None) -> MadeKey:
    """For the organisation's administrator: a key pair whose public half goes into policy.toml."""
    vault.require_long(passphrase, vault.MIN_PASSPHRASE)
    return organisation.make(folder, passphrase, chance=SystemChance(), cost=cost or KdfCost())


def _rotated(plan: Rotation, clock: Clock) -> str:
    target = plan.folder / plan.prepared.header.database
    source = database.connect(vault.database(plan.folder), plan.old.child("database"), clock)
    try:
        rotation.copy(source, target, plan.new.child("database"))
        made = database.connect(target, plan.new.child("database"), clock)
        try:
            with made.writing() as tx:
                tx.note(Event("rotate", "vault", ""))
            made.checkpoint()
            change.commit(plan.folder, plan.prepared)
        finally:
            made.close()
    finally:
        source.close()
    change.sweep(plan.folder)
    return plan.prepared.recovery_code
