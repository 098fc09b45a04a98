"""Making a vault's keys and opening them again, by passphrase or by recovery code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.ids import Chance
from valmentaja.base.reasons import system_reason
from valmentaja.crypto import keys, recovery
from valmentaja.crypto.keys import BoxKey, DataKey, KdfCost
from valmentaja.vault import header as headers
from valmentaja.vault.header import Header, PassphraseSlot, SealedSlot

MIN_PASSPHRASE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKeys:
    """`recovery_code` exists only here: it is shown once and printed, never stored."""

    key: DataKey
    recovery_code: str


def exists(folder: Path) -> bool:
    return any((folder / name).exists() for name in (headers.NAME, headers.SPARE))


def create(
    folder: Path, passphrase: str, *, chance: Chance, cost: KdfCost, organisation: bytes | None = None
) -> NewKeys:
    """Write the header of a new vault into an empty or new `folder`; the database is made by the store."""
    _check_new(folder)
    key, secret = DataKey(bytearray(chance.token(keys.KEY_SIZE))), chance.token(16)
    bare = _bare_header(chance.token(16).hex(), cost, chance)
    sealed = [sealed_to(bare, key, "recovery", recovery.public_key(secret))]
    if organisation is not None:
        sealed.append(sealed_to(bare, key, "organisation", organisation))
    slot = wrapped(bare, passphrase, key)
    write(folder, headers.signed(replace(bare, passphrase=slot, sealed=tuple(sealed)), key))
    return NewKeys(key=key, recovery_code=recovery.code_for(secret))


def open_with_passphrase(folder: Path, passphrase: str) -> DataKey:
    """UserError for a wrong passphrase, StorageError for a folder that is no sound vault."""
    header = headers.read(folder)
    slot = header.passphrase
    if not slot.cost.is_sane():
        raise _altered(folder)
    under = keys.stretch(passphrase, slot.salt, slot.cost)
    try:
        key = keys.unwrap(slot.wrapped, under, nonce=slot.nonce, bound_to=header.slot_context("passphrase"))
    except keys.WrongKeyError as error:
        raise UserError(N_("Wrong passphrase. Nothing was changed. Check Caps Lock and try again.")) from error
    finally:
        keys.wipe(under)
    return _authentic(folder, header, key)


def open_with_private_key(folder: Path, private_key: BoxKey) -> DataKey:
    """By the organisation's key; UserError when the vault has no slot for it."""
    header = headers.read(folder)
    for slot in header.sealed:
        if slot.role == "organisation" and slot.public_key == keys.public_bytes(private_key):
            return _opened(folder, header, slot, private_key)
    raise UserError(N_("This organisation key does not open the vault in {folder}."), folder=str(folder))


def open_with_code(folder: Path, code: str) -> DataKey:
    """UserError names a mistyped group, or says that the code belongs to another vault."""
    private_key = keys.box_key(recovery.seed_of(recovery.secret_of(code)))
    header = headers.read(folder)
    for slot in header.sealed:
        if slot.role == "recovery" and slot.public_key == keys.public_bytes(private_key):
            return _opened(folder, header, slot, private_key)
    raise UserError(N_("This recovery code belongs to another vault. Check the date on the printed sheet."))


def sealed_for_checking(folder: Path, secret: bytearray) -> dict[str, bytes]:
    """A 32-byte secret sealed to each role that has a public key here: whoever holds it may check the log later."""
    header = headers.read(folder)
    return {
        slot.role: keys.seal_to(DataKey(secret), slot.public_key, bound_to=header.slot_context(f"log {slot.role}"))
        for slot in header.sealed
    }


def checkers(folder: Path) -> str:
    """Who may check the log, as one line that changes whenever one of them does."""
    header = headers.read(folder)
    return " ".join(sorted(f"{slot.role}:{slot.public_key.hex()}" for slot in header.sealed))


def first_log_keys(folder: Path, code: str, sealed: Mapping[int, bytes]) -> dict[int, bytes]:
    """What the recovery code opens of the log's first keys, sealed to it at these numbers of the log.

    UserError for a code that is mistyped, or that opens nothing and is not this vault's.
    """
    private_key = keys.box_key(recovery.seed_of(recovery.secret_of(code)))
    opened = opened_log_keys(folder, "recovery", private_key, sealed)
    ours = any(slot.public_key == keys.public_bytes(private_key) for slot in headers.read(folder).sealed)
    if not opened and not ours:
        raise UserError(N_("This recovery code belongs to another vault. Check the date on the printed sheet."))
    return opened


def opened_log_keys(folder: Path, role: str, private_key: keys.BoxKey, sealed: Mapping[int, bytes]) -> dict[int, bytes]:
    """The log's first keys that this private key opens, by the number they begin at."""
    context = headers.read(folder).slot_context(f"log {role}")
    opened: dict[int, bytes] = {}
    for seq, box in sealed.items():
        try:
            opened[seq] = bytes(keys.open_sealed(box, private_key, bound_to=context).reveal())
        except keys.WrongKeyError:
            continue
    return opened


def identity(folder: Path) -> str:
    """The vault's random id, 32 hex digits; it stays through passphrase changes and rotations."""
    return headers.read(folder).vault


def copy_header(folder: Path, target: Path) -> None:
    """The same keys for a new database: passphrase, recovery code and the log's seals stay good."""
    headers.write(target, headers.read(folder))


def damaged_copies(folder: Path) -> tuple[str, ...]:
    """Names of the header's copies that are missing, damaged or older."""
    return headers.damaged_copies(folder)


def database(folder: Path) -> Path:
    """The live database that the header names."""
    return folder / headers.read(folder).database


def header_bytes(folder: Path) -> bytes:
    """The key file as it stands, for a backup."""
    return headers.spelled(headers.read(folder))


def require_long(passphrase: str, length: int) -> None:
    """UserError for a passphrase of fewer than `length` characters."""
    if len(passphrase) < length:
        raise UserError(N_("The passphrase must have at least {n} characters. Four words are good."), n=length)


def sealed_to(header: Header, key: DataKey, role: str, public_key: bytes) -> SealedSlot:
    """A slot that only the holder of the private key opens."""
    box = keys.seal_to(key, public_key, bound_to=header.slot_context(role))
    return SealedSlot(role=role, public_key=public_key, sealed=box)


def _check_new(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(N_("{folder} is not empty. Choose a new folder for the vault."), folder=str(folder))


def _bare_header(vault: str, cost: KdfCost, chance: Chance) -> Header:
    slot = PassphraseSlot(
        cost=cost, salt=chance.token(keys.SALT_SIZE), nonce=chance.token(keys.NONCE_SIZE), wrapped=b""
    )
    return Header(vault=vault, sequence=1, database="caseload-0001.db", passphrase=slot, sealed=())


def wrapped(header: Header, passphrase: str, key: DataKey) -> PassphraseSlot:
    """The key in the header's passphrase slot, under its salt, nonce and cost; slow (Argon2id)."""
    slot = header.passphrase
    under = keys.stretch(passphrase, slot.salt, slot.cost)
    sealed = keys.wrap(key, under, nonce=slot.nonce, bound_to=header.slot_context("passphrase"))
    keys.wipe(under)
    return replace(slot, wrapped=sealed)


def write(folder: Path, header: Header) -> None:
    """Both copies, each whole or not at all; StorageError says that nothing was written."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
        headers.write(folder, header)
    except OSError as error:
        raise StorageError(
            N_("The vault could not be written to {folder} ({reason}). Choose a folder you may write to."),
            folder=str(folder),
            reason=system_reason(error),
        ) from error


def _opened(folder: Path, header: Header, slot: SealedSlot, private_key: BoxKey) -> DataKey:
    try:
        key = keys.open_sealed(slot.sealed, private_key, bound_to=header.slot_context(slot.role))
    except keys.WrongKeyError as error:
        raise _altered(folder) from error
    return _authentic(folder, header, key)


def _altered(folder: Path) -> StorageError:
    return StorageError(N_("The key file in {folder} has been altered. Restore the newest backup."), folder=str(folder))


def _authentic(folder: Path, header: Header, key: DataKey) -> DataKey:
    if headers.is_authentic(header, key):
        return key
    key.wipe()
    raise _altered(folder)
