"""Headers that follow another: a new passphrase, a new recovery code, a new data key in a new file (store.md §1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from valmentaja.base.errors import N_, StorageError
from valmentaja.base.ids import Chance
from valmentaja.base.paths import sync_folder
from valmentaja.crypto import keys, recovery
from valmentaja.crypto.keys import DataKey, KdfCost
from valmentaja.vault import header as headers
from valmentaja.vault import vault
from valmentaja.vault.header import Header, SealedSlot


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to change; None keeps what is there. `cost` is what new passphrases are stretched with."""

    passphrase: str | None = None
    new_code: bool = False
    organisation: bytes | None = None
    cost: KdfCost | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A header ready to replace the one it follows. `recovery_code` is "" unless a new one was made."""

    header: Header
    follows: bytes
    recovery_code: str = ""


def prepare(folder: Path, key: DataKey, wish: Wish, chance: Chance) -> Prepared:
    """The same data key under other slots; slow, touches nothing on the disk."""
    old = headers.read(folder)
    code, sealed = _sealed(old, key, wish, chance)
    new = replace(old, sequence=old.sequence + 1, sealed=sealed)
    if wish.passphrase is not None:
        new = _under(new, wish.passphrase, key, wish.cost, chance)
    return Prepared(header=headers.signed(new, key), follows=old.mac, recovery_code=code)


def prepare_rotation(folder: Path, key: DataKey, passphrase: str, wish: Wish, chance: Chance) -> Prepared:
    """Another data key, another database; who could open the vault before can open it after, without being asked."""
    old = headers.read(folder)
    code, sealed = _sealed(old, key, wish, chance)
    number = int(old.database[9:13]) % 9999 + 1
    new = replace(old, sequence=old.sequence + 1, sealed=sealed, database=f"caseload-{number:04d}.db")
    new = _under(new, wish.passphrase or passphrase, key, wish.cost, chance)
    return Prepared(header=headers.signed(new, key), follows=old.mac, recovery_code=code)


def commit(folder: Path, prepared: Prepared) -> None:
    """Replace the header: before this call the old one holds, after it the new one, whatever happens between."""
    if headers.read(folder).mac != prepared.follows:
        raise StorageError(N_("The keys of the vault were changed meanwhile. Nothing was changed now. Try again."))
    vault.write(folder, prepared.header)


def sweep(folder: Path) -> None:
    """Mend the two copies, then remove databases that neither names: what an interrupted rotation left.

    Call it only when the named database is open: nothing can open the others, their key is in no header.
    """
    headers.mend(folder)
    named = headers.read(folder).database
    for path in sorted(folder.glob("caseload-*")):
        name = path.name[: len(named)]
        if name != named and headers.DATABASE.fullmatch(name) and path.name[len(named) :] in _BESIDE:
            path.unlink(missing_ok=True)
    sync_folder(folder)


_BESIDE = ("", "-wal", "-shm", "-journal")


def _sealed(old: Header, key: DataKey, wish: Wish, chance: Chance) -> tuple[str, tuple[SealedSlot, ...]]:
    """Every sealed slot again, for the same or the wished public keys."""
    public = {slot.role: slot.public_key for slot in old.sealed}
    code = ""
    if wish.new_code:
        secret = chance.token(16)
        public["recovery"], code = recovery.public_key(secret), recovery.code_for(secret)
    if wish.organisation is not None:
        public["organisation"] = wish.organisation
    return code, tuple(vault.sealed_to(old, key, role, raw) for role, raw in public.items())


def _under(header: Header, passphrase: str, key: DataKey, cost: KdfCost | None, chance: Chance) -> Header:
    slot = replace(
        header.passphrase,
        cost=cost or header.passphrase.cost,
        salt=chance.token(keys.SALT_SIZE),
        nonce=chance.token(keys.NONCE_SIZE),
    )
    bare = replace(header, passphrase=slot)
    return replace(bare, passphrase=vault.wrapped(bare, passphrase, key))
