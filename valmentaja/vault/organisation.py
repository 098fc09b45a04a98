"""The organisation's key pair: the public half goes into policy.toml, the private half under a passphrase."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.canonical import Json, canonical
from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.ids import Chance
from valmentaja.base.paths import write_new
from valmentaja.base.reader import Node, read_json
from valmentaja.base.reasons import system_reason
from valmentaja.crypto import keys
from valmentaja.crypto.keys import BoxKey, DataKey, KdfCost

FORMAT = "valmentaja-organisation-key/1"
PRIVATE = "organisation-key.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeKey:
    file: Path
    public_key: str


def make(folder: Path, passphrase: str, *, chance: Chance, cost: KdfCost) -> MadeKey:
    """Write the private half into `folder`, never over another; slow (Argon2id)."""
    target = folder / PRIVATE
    if target.exists():
        raise UserError(N_("{file} is already there. Choose another folder."), file=str(target))
    seed = DataKey(bytearray(chance.token(keys.KEY_SIZE)))
    public_key = keys.public_bytes(keys.box_key(seed.reveal())).hex()
    salt, nonce = chance.token(keys.SALT_SIZE), chance.token(keys.NONCE_SIZE)
    under = keys.stretch(passphrase, salt, cost)
    sealed = keys.wrap(seed, under, nonce=nonce, bound_to=_context(public_key))
    keys.wipe(under)
    seed.wipe()
    body: dict[str, Json] = {"format": FORMAT, "public_key": public_key, "salt": salt.hex(), "nonce": nonce.hex()}
    body |= {"wrapped": sealed.hex(), "memory": cost.memory, "passes": cost.passes, "lanes": cost.lanes}
    try:
        write_new(target, canonical(body))
    except OSError as error:
        raise StorageError(
            N_("{file} cannot be written ({reason})."), file=str(target), reason=system_reason(error)
        ) from error
    return MadeKey(file=target, public_key=public_key)


def private_key(path: Path, passphrase: str) -> BoxKey:
    """UserError for a wrong passphrase and for what is no such file; refused before memory is spent on it."""
    held = read_json(path)
    if held.text("format") != FORMAT:
        raise held.wrong("format", N_("{file}: “{key}” is not that of an organisation key."))
    public_key = held.text("public_key")
    cost = KdfCost(memory=held.integer("memory"), passes=held.integer("passes"), lanes=held.integer("lanes"))
    if not cost.is_sane():
        raise held.wrong("memory", N_("{file}: “{key}” is out of its range."))
    salt, nonce, wrapped = (_hex(held, name, size) for name, size in (("salt", 16), ("nonce", 12), ("wrapped", 48)))
    held.finish()
    under = keys.stretch(passphrase, salt, cost)
    try:
        seed = keys.unwrap(wrapped, under, nonce=nonce, bound_to=_context(public_key))
    except keys.WrongKeyError as error:
        raise UserError(N_("Wrong passphrase of the organisation key. Nothing was changed.")) from error
    finally:
        keys.wipe(under)
    made = keys.box_key(seed.reveal())
    seed.wipe()
    return made


def _context(public_key: str) -> bytes:
    return f"{FORMAT} {public_key}".encode("utf-8", "replace")


def _hex(held: Node, key: str, size: int) -> bytes:
    text = held.text(key)
    if len(text) != 2 * size or any(c not in "0123456789abcdef" for c in text):
        raise held.wrong(key, N_("{file}: “{key}” is damaged."))
    return bytes.fromhex(text)
