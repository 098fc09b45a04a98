"""The PIN that leads out of the client view: its form, and how long one waits after wrong ones."""

from __future__ import annotations

from dataclasses import dataclass

LENGTHS = range(4, 9)
FREE_TRIES, FIRST_WAIT, LONGEST_WAIT = 3, 5, 300
"""From the third wrong PIN on each wait is twice the one before, in seconds; nothing is ever wiped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a try; `wait` is the seconds until the next one is looked at."""

    right: bool
    wait: int = 0


def is_pin(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) in LENGTHS


def wait_after(wrong: int) -> int:
    """Seconds of waiting after so many wrong PINs in a row."""
    if wrong < FREE_TRIES:
        return 0
    # Doubling further than this is longer than the longest wait anyway.
    return int(min(FIRST_WAIT * 2 ** min(wrong - FREE_TRIES, 10), LONGEST_WAIT))
