"""The Finnish words that passphrases are suggested from (resources/words)."""

from __future__ import annotations

from functools import cache

from valmentaja.base.errors import N_, UserError
from valmentaja.base.paths import RESOURCES

FEWEST = 4096


@cache
def passphrase_words() -> tuple[str, ...]:
    """All different; UserError for a list that is too short to be safe."""
    try:
        words = tuple((RESOURCES / "words" / "fi.txt").read_text("utf-8").split())
    except (OSError, UnicodeDecodeError):
        words = ()
    if len(set(words)) != len(words) or len(words) < FEWEST:
        raise UserError(N_("The list of words for passphrases is damaged. Install the program again."))
    return words
