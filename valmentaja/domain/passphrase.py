"""How hard a passphrase is to guess, estimated low, and passphrases of words drawn by chance."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from valmentaja.base.ids import Chance
from valmentaja.definitions.passphrase_words import passphrase_words

WORDS = 4
FAIR_TENTHS, GOOD_TENTHS = 350, 450
"""Tenths of a bit. At a try a second, 2^45 tries take a thousand computers some thousand years."""
_BAD = (
    "salasana salalause password passw0rd qwerty qwertyuiop asdfgh zxcvbn admin abc123 iloveyou letmein welcome "
    "tervetuloa kesä talvi syksy kevät valmentaja kuntakokeilu työpaja suomi helsinki hunter dragon monkey football "
    "jääkiekko perkele saatana äiti isä kissa koira rakas minä sinä lösenord sommar vinter sverige finland"
)
_COMMON = frozenset(_BAD.split())
_YEAR = re.compile(r"(?:19|20)\d\d")
_RUNS = ("abcdefghijklmnopqrstuvwxyzåäö", "01234567890", "qwertyuiopå", "asdfghjklöä", "zxcvbnm")


class Strength(StrEnum):
    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"


def strength(passphrase: str) -> Strength:
    """By the tenths of a bit that `guessing_tenths` finds."""
    tenths = guessing_tenths(passphrase)
    if tenths < FAIR_TENTHS:
        return Strength.WEAK
    return Strength.FAIR if tenths < GOOD_TENTHS else Strength.GOOD


def guessing_tenths(passphrase: str) -> int:
    """Tenths of a bit, a low estimate: what is a word, a year, a run or a repeat counts as one drawn from few.

    It knows one list of Finnish words and a few bad passwords, not sayings, songs or names: it cannot see that four
    words in a row come from a proverb. What it calls weak is weak; what it calls good may still be guessed by
    somebody who knows the person.
    """
    seen: set[str] = set()
    total = 0
    for part in re.findall(r"[^\W\d_]+|\d+|[\W_]+", passphrase.casefold()):
        total += 10 if part in seen else _part(part)
        seen.add(part)
    return total


def suggestion(chance: Chance, words: Sequence[str] | None = None) -> str:
    """Four different words with blanks between, every such four equally likely."""
    left, chosen = list(words or passphrase_words()), list[str]()
    for _ in range(WORDS):
        chosen.append(left.pop(below(len(left), chance)))
    return " ".join(chosen)


def suggestion_bits() -> int:
    """What a suggestion is worth to somebody who knows the list and the program: whole bits, rounded down."""
    return WORDS * math.floor(math.log2(len(passphrase_words())) * 100) // 100


def below(limit: int, chance: Chance) -> int:
    """0 … limit - 1, each equally likely: draws beyond the last whole multiple are thrown away."""
    if not 0 < limit <= 1 << 32:
        raise ValueError("limit")
    end = (1 << 32) // limit * limit
    while (drawn := int.from_bytes(chance.token(4), "big")) >= end:
        continue
    return drawn % limit


@cache
def _known() -> frozenset[str]:
    return frozenset(passphrase_words())


def _part(part: str) -> int:
    """Tenths of a bit of one stretch of letters, digits or signs."""
    limits = [len(part) * _each(part)]
    if part in _COMMON:
        limits.append(60)
    if part in _known():
        limits.append(_tenths(len(_known())))
    elif _sounds_like_a_word(part):
        limits.append(100 + 13 * len(part))
    repeated = re.fullmatch(r"(.+?)\1+", part)
    if repeated:
        limits.append(20 + _part(repeated[1]))
    if _YEAR.fullmatch(part):
        limits.append(70)
    if any(part in run or part in run[::-1] for run in _RUNS):
        limits.append(60 + 2 * len(part))
    return min(limits)


def _sounds_like_a_word(part: str) -> bool:
    vowels = sum(letter in "aeiouyåäö" for letter in part)
    return part.isalpha() and 3 * vowels >= len(part) and not re.search(r"[^aeiouyåäö]{4}", part)


def _each(part: str) -> int:
    """Tenths of a bit a character when nothing better is known; signs between words are mostly blanks."""
    if part.isdecimal():
        return 33
    return 40 if part.isalpha() else 10 if part == " " else 45


def _tenths(count: int) -> int:
    return math.floor(math.log2(count) * 10)
