"""Taking other people out of a text: names in their Finnish case forms, identity codes, phone numbers.

What a rule can find is found: family names of other clients written with a capital, with or without a given name
beside them, their codes and numbers. A given name alone, or a person who is nobody's client, is not found: the coach
reads a package before handing it over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from valmentaja.domain.client import Client
from valmentaja.i18n.formats import fold

SUFFIX = 6
"""Letters a Finnish ending may add to a name."""
SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_HETU = re.compile(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b", re.IGNORECASE)
_PHONE = re.compile(r"\+?\d(?:[\d\s()-]{4,}\d)")
_CODE = re.compile(r"[A-Z0-9_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What may give people away: folded family and given names, identity codes, the last digits of phones."""

    family: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    hetus: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()

    @classmethod
    def of(cls, people: Iterable[Client]) -> People:
        held = list(people)
        return cls(
            family=frozenset(_stems(part for p in held for part in _parts(p.family_name))),
            given=frozenset(part for p in held for part in _parts(p.given_names)),
            hetus=frozenset(p.hetu.upper() for p in held if p.hetu),
            phones=frozenset(key for p in held if (key := _phone_key(p.phone))),
        )

    def without(self, own: People) -> People:
        """Other people, less what the client shares with them: a relative's family name is the client's own too."""
        return People(
            family=self.family - own.family,
            given=self.given,
            hetus=self.hetus - own.hetus,
            phones=self.phones - own.phones,
        )


def masked(text: str, people: People, instead: str, own: People | None = None) -> tuple[str, int]:
    """The text with `instead` for each person found, and how many times; codes of the program stay."""
    if _CODE.fullmatch(text) and not _HETU.fullmatch(text):
        return text, 0
    spans = _merged([*_numbers(text, people), *_names(text, people, own or People())], text)
    for start, end in reversed(spans):
        text = text[:start] + instead + text[end:]
    return text, len(spans)


def mentions(text: str, people: People) -> bool:
    """Whether a name, given names alone included, an identity code or a phone number of these people stands there."""
    return masked(text, people, "")[1] > 0 or any(_is_given(word, people) for word in _WORD.findall(text))


def _numbers(text: str, people: People) -> list[tuple[int, int]]:
    found = [m.span() for m in _HETU.finditer(text) if m[0].upper() in people.hetus]
    found += [m.span() for m in _PHONE.finditer(text) if _phone_key(m[0]) in people.phones]
    return found


def _names(text: str, people: People, own: People) -> list[tuple[int, int]]:
    """Words that are a family name, with the given names right before and after them."""
    words = list(_WORD.finditer(text))
    found = []
    for n, word in enumerate(words):
        if not _is_family(word[0], people, own):
            continue
        start, end = word.span()
        for before in reversed(words[:n]):
            if not _is_given(before[0], people) or text[before.end() : start].strip():
                break
            start = before.start()
        if n + 1 < len(words) and _is_given(words[n + 1][0], people) and not text[end : words[n + 1].start()].strip():
            end = words[n + 1].end()
        found.append((start, end))
    return found


def _is_family(word: str, people: People, own: People) -> bool:
    """One part of a double name is enough."""
    return any(_is_one_family(part, people, own) for part in word.split("-"))


def _is_one_family(word: str, people: People, own: People) -> bool:
    forms = _forms(word)
    if not word[:1].isupper() or any(form in own.family for form in forms[:1]):
        return False
    hit = next((form for form in forms if form in people.family), "")
    ours = next((form for form in forms if form in own.family), "")
    return len(hit) > len(ours)


def _is_given(word: str, people: People) -> bool:
    return word[:1].isupper() and any(form in people.given for form in _forms(word))


def _forms(word: str) -> list[str]:
    """The word itself and what is left when a case ending is taken off, longest first."""
    folded = fold(word)
    return [folded[: len(folded) - cut] for cut in range(min(SUFFIX, len(folded) - SHORTEST) + 1)] or [folded]


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\s-]+", fold(name)) if len(part) >= SHORTEST]


def _stems(names: Iterable[str]) -> Iterable[str]:
    """A name also as its endings change it: Korhonen, Korhosen; a long one without its last vowel: Koski, Kosken."""
    for name in names:
        yield name
        if name.endswith("nen"):
            yield f"{name[:-3]}s"
        if len(name) > 4 and name[-1] in "ie":
            yield name[:-1]


def _phone_key(text: str) -> str:
    """The last eight digits: 040 123 4567 and +358 40 1234567 are the same phone."""
    digits = "".join(c for c in text if c.isdigit())
    return digits[-8:] if len(digits) >= 6 else ""


def _merged(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Spans that touch or have only a space or hyphen between them are one person."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and (start <= merged[-1][1] or not text[merged[-1][1] : start].strip(" -")):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
