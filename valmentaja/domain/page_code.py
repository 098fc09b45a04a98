"""The code on every page of a printed form: which form, which page, whose, and a character that finds slips."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXY"
"""31 signs, a prime, without those that are taken for another; whoever writes O, I, L, Z or U means 0, 1, 1, 2 or V."""
TAKEN_FOR = str.maketrans("OILZU", "0112V")
SHORT = 7
"""31⁷: among 10,000 assessments the odds that two share a short code are about 1 in 500."""
VOWELS = "AEIOUYÅÄÖ"
LETTERS, DIGITS = 3, 4
SPELLING = str.maketrans("", "", "- .·–")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCode:
    """`instrument` is its short tag, `form` one sign, `page` from 1, `short` stands for the assessment."""

    instrument: str
    form: str
    page: int
    short: str

    @property
    def text(self) -> str:
        """As it is printed: `SNT10-F2-7K3Q9AB-X`."""
        body = (self.instrument, f"{self.form}{SYMBOLS[self.page]}", self.short)
        return "-".join((*body, self.check))

    @property
    def check(self) -> str:
        """The last character."""
        body = f"{self.instrument}{self.form}{SYMBOLS[self.page]}{self.short}"
        return SYMBOLS[-_weighed(body + SYMBOLS[0]) % len(SYMBOLS)]


def page_code(instrument: str, form: str, page: int, assessment: str) -> PageCode:
    """The code of one page of an assessment's form; `instrument` and `assessment` are their ids."""
    return PageCode(instrument=tag(instrument), form=form, page=page, short=short_code(assessment))


def read(typed: str) -> PageCode:
    """A typed code, with or without hyphens, in any case; ValueError when a character must be wrong."""
    text = folded(typed)
    if len(text) < SHORT + 4 or len(text) >= len(SYMBOLS) or set(text) - set(SYMBOLS) or _weighed(text):
        raise ValueError(typed)
    body = text[:-1]
    return PageCode(
        instrument=body[: -SHORT - 2],
        form=body[-SHORT - 2],
        page=SYMBOLS.index(body[-SHORT - 1]),
        short=body[-SHORT:],
    )


def folded(typed: str) -> str:
    """What was meant: capitals, no spaces or hyphens, no sign that is taken for another."""
    return typed.upper().translate(SPELLING).translate(TAKEN_FOR)


def tag(instrument: str) -> str:
    """`suunta-1.0` → `SNT10`: three consonants and the version."""
    name, _, version = instrument.rpartition("-")
    consonants = "".join(c for c in name.upper() if c.isascii() and c.isalpha() and c not in VOWELS)
    return folded(consonants[:LETTERS] + "".join(filter(str.isdigit, version))[:DIGITS])


def short_code(assessment: str) -> str:
    """Stands for an assessment's id on paper; nobody can get back to the id from it."""
    number = int.from_bytes(hashlib.sha256(assessment.encode()).digest())
    signs = []
    for _ in range(SHORT):
        number, rest = divmod(number, len(SYMBOLS))
        signs.append(SYMBOLS[rest])
    return "".join(signs)


def _weighed(text: str) -> int:
    """0 for a sound code. Weights differ and are never 0 modulo a prime: no wrong sign and no swap goes unseen."""
    return sum(n * SYMBOLS.index(sign) for n, sign in enumerate(reversed(text), start=1)) % len(SYMBOLS)
