"""What is called weak, and that suggested words are drawn evenly."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from valmentaja.base.ids import SystemChance
from valmentaja.definitions.passphrase_words import passphrase_words
from valmentaja.domain import passphrase
from valmentaja.domain.passphrase import Strength, strength


class Dice:
    """Chance from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def token(self, size: int) -> bytes:
        return self.random.randbytes(size)


class Fixed:
    """Chance that gives these numbers, one after another."""

    def __init__(self, *numbers: int) -> None:
        self.numbers = list(numbers)

    def token(self, size: int) -> bytes:
        return self.numbers.pop(0).to_bytes(size, "big")


@pytest.mark.parametrize(
    "weak",
    ["salasana123", "Kesä2026!!", "qwertyuiop", "aaaaaaaaaaaaaaaa", "1234567890", "kissakissakissa",
     "kissa koira talvi", "SALASANA salasana", "2026-11-24"],
)  # fmt: skip
def test_what_is_guessed_first_is_weak(weak: str) -> None:
    assert strength(weak) is Strength.WEAK


@pytest.mark.parametrize("good", ["k7#xP!q92mZv4", "hfjwkqpzmxnvbtyr", "neljä tavallista sanaa"])
def test_what_takes_long_to_guess_is_good(good: str) -> None:
    assert strength(good) is Strength.GOOD


def test_every_suggestion_is_good_and_long_enough() -> None:
    made = {passphrase.suggestion(SystemChance()) for _ in range(300)}
    assert len(made) == 300
    assert all(strength(words) is Strength.GOOD and len(words) >= 19 for words in made)


class Stuck:
    """Chance that always draws the same."""

    def token(self, size: int) -> bytes:
        return bytes(size)


def test_no_word_is_suggested_twice_even_if_it_is_drawn_again() -> None:
    assert len(set(passphrase.suggestion(Stuck()).split(" "))) == 4


def test_the_bits_of_a_suggestion_are_those_of_the_list() -> None:
    assert 2 ** passphrase.suggestion_bits() <= len(passphrase_words()) ** 4 < 2 ** (passphrase.suggestion_bits() + 1)


def test_the_words_are_many_short_and_of_letters() -> None:
    words = passphrase_words()
    assert len(words) >= 4096
    assert all(4 <= len(word) <= 9 and set(word) <= set("abcdefghijklmnopqrstuvwxyzäö") for word in words)


def test_every_number_is_equally_likely() -> None:
    dice = Dice(7)
    seen = Counter(passphrase.below(6, dice) for _ in range(60_000))
    assert all(abs(seen[n] - 10_000) < 500 for n in range(6))


def test_a_draw_past_the_last_whole_multiple_is_thrown_away() -> None:
    limit = 3 << 30
    assert passphrase.below(limit, Fixed(limit, 2**32 - 1, 5)) == 5
    assert passphrase.below(limit, Fixed(limit - 1)) == limit - 1
