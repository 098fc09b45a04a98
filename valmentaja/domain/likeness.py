"""How far a typed word is from the beginning of another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA


def allowed(word: str) -> int:
    """How many slips are forgiven: none in two letters or in a number, one in up to five letters, two in more."""
    if len(word) < 3 or any(c.isdecimal() for c in word):
        return 0
    return 1 if len(word) < 6 else 2


def beginnings(words: Iterable[str], length: int) -> dict[str, list[str]]:
    """Each beginning of about `length` letters, with the words that have it."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[:length], []).append(word)
    return found


def near(typed: str, starts: Mapping[int, Mapping[str, list[str]]]) -> dict[str, int]:
    """Words that begin about as typed, with the number of letters missing, doubled, wrong or swapped.

    `starts` holds `beginnings` for every length from `lengths(typed)`.
    """
    best: dict[str, int] = {}
    for length in lengths(typed):
        begun = starts[length]
        for start, distance, _place in process.extract(
            typed, begun.keys(), scorer=OSA.distance, processor=None, score_cutoff=allowed(typed), limit=None
        ):
            for word in begun[start]:
                best[word] = min(best.get(word, int(distance)), int(distance))
    return best


def lengths(typed: str) -> range:
    """A letter too many or too few makes the beginning shorter or longer."""
    slips = allowed(typed)
    return range(max(1, len(typed) - slips), len(typed) + slips + 1)
