"""Settings and secrets of one vault, by name."""

from __future__ import annotations

from valmentaja.store.audit import Event
from valmentaja.store.database import Reader, Transaction


def setting(store: Reader, name: str, default: str = "") -> str:
    return store.text("SELECT value FROM setting WHERE name = ?", name) or default


def keep_setting(tx: Transaction, name: str, value: str) -> None:
    tx.change(
        Event("set", "setting", name),
        "INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        value,
    )


def secret(store: Reader, name: str) -> bytes:
    """KeyError when the vault has no such secret."""
    found = store.row("SELECT value FROM secret WHERE name = ?", name)
    if found is None:
        raise KeyError(name)
    return bytes(found[0])


def keep_secret(tx: Transaction, name: str, value: bytes) -> None:
    """Secrets are made once with the vault; a second one of the same name is refused by the key."""
    tx.change(Event("make", "secret", name), "INSERT INTO secret VALUES (?, ?)", name, value)
