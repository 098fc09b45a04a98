"""Helping a person to choose a passphrase."""

from __future__ import annotations

from valmentaja.base.ids import Chance, SystemChance
from valmentaja.domain import passphrase
from valmentaja.domain.passphrase import Strength

__all__ = ["Strength", "strength", "suggestion", "suggestion_bits"]


def strength(words: str) -> Strength:
    return passphrase.strength(words)


def suggestion(chance: Chance | None = None) -> str:
    """Four Finnish words drawn by chance."""
    return passphrase.suggestion(chance or SystemChance())


def suggestion_bits() -> int:
    """What a suggestion is worth to somebody who knows how it was made."""
    return passphrase.suggestion_bits()
