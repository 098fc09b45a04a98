"""What a paper says of itself, in one language or in Finnish with the client's language beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valmentaja.base.errors import N_, UserError, Value
from valmentaja.definitions.text import LocalText
from valmentaja.i18n import Words, beside, words
from valmentaja.i18n.formats import day


@dataclass(frozen=True, slots=True)
class Said:
    """One text of a paper; `other` is the same in `language`, or empty when there is nothing to say beside it."""

    text: str
    other: str = ""
    language: str = ""


class Voice:
    """Calls like `Words`. What a person has written is never translated: give it as a `Said` of its own."""

    def __init__(self, language: str, other: str = "") -> None:
        self.language, self.other = language, other
        self._words = words(language)
        self._beside = _other(other) if other else None

    def __call__(self, text: str, /, **values: Value | Said) -> Said:
        own = {name: value.text if isinstance(value, Said) else value for name, value in values.items()}
        if self._beside is None:
            return Said(self._words(text, **own))
        others = {name: value.other if isinstance(value, Said) else value for name, value in values.items()}
        return Said(self._words(text, **own), self._beside(text, **others).strip(), self.other)

    def of(self, text: LocalText) -> Said:
        """A text of a template; its file may have the other language, else the catalogue does."""
        if self._beside is None:
            return Said(text.in_(self.language))
        other = text.by_language().get(self.other) or self._beside(text.en)
        return Said(text.in_(self.language), other, self.other)

    def day(self, value: date | None) -> Said:
        return Said(day(value, self.language), day(value, self.other or self.language), self.other)


def _other(language: str) -> Words:
    try:
        return beside(language)
    except FileNotFoundError as error:
        raise UserError(
            N_("The program has no texts in the language “{language}”. Choose another language for the paper."),
            language=language,
        ) from error
