"""Where vaults lie on this computer, and which one was open last."""

from __future__ import annotations

from pathlib import Path

from valmentaja.base.paths import data_folder, write_new


def default_vault() -> Path:
    return data_folder() / "vault"


def training_vault() -> Path:
    return data_folder() / "harjoitus"


def default_outbox(folder: Path) -> Path:
    """Beside the vault, so that what leaves is found where the vault is."""
    return folder.parent / f"{folder.name}-lahtevat"


def default_backups(folder: Path) -> Path:
    """Beside the vault; a stick or a network disk is better and is chosen in the settings."""
    return folder.parent / f"{folder.name}-varmuuskopiot"


def rehearsal_place(vault: str) -> Path:
    """Where a backup of this vault is restored for a moment to see that it can be; emptied before and after."""
    return data_folder() / "palautusharjoitus" / vault


def recent_vault() -> Path | None:
    """The vault that was open last, if it is still there."""
    try:
        path = Path(_mark().read_text(encoding="utf-8").strip())
    except OSError:
        return None
    return path if path.is_dir() else None


def remember_vault(folder: Path) -> None:
    write_new(_mark(), str(folder.resolve()).encode())


def _mark() -> Path:
    return data_folder() / "recent-vault"


def anchor_folder() -> Path:
    """Where this computer keeps the anchors of all its vaults."""
    return data_folder()
