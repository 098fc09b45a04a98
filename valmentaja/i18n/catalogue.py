"""gettext catalogues: `words(language)` for documents, `tr` for the screen's language, which may change live."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import cache

from valmentaja.base.canonical import Json, canonical, fingerprint
from valmentaja.base.errors import N_, UserError, Value
from valmentaja.base.paths import TRANSLATIONS
from valmentaja.base.reasons import SYSTEM_REASONS

LANGUAGES = ("fi", "sv", "en")
BESIDE = ("sv", "en", "se", "ru", "et", "ar", "so")
"""What may stand beside Finnish on a paper; those not in LANGUAGES have a catalogue of the plan's texts only."""


class Words:
    """The texts of one language; call it with an English msgid."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = gettext.translation("valmentaja", str(TRANSLATIONS), [language], fallback=language == "en")

    def __call__(self, text: str, /, **values: Value) -> str:
        said = self._catalogue.gettext(text) if text else ""
        return self._filled(said, values)

    def plural(self, one: str, many: str, n: int, /, **values: Value) -> str:
        return self._catalogue.ngettext(one, many, n).format(n=n, **values)

    def error(self, error: UserError) -> str:
        """The error's sentence in this language; a value marked with N_ is not translated twice."""
        return self._filled(self._catalogue.gettext(error.text), error.values)

    def _filled(self, said: str, values: Mapping[str, Value]) -> str:
        """Of the values only the system's reasons are words of a language."""
        if not values:
            return said
        return said.format(
            **{k: self._catalogue.gettext(str(v)) if v in SYSTEM_REASONS else v for k, v in values.items()}
        )

    def fingerprint(self) -> str:
        """Of every text and its translation, whatever else the catalogue's file says."""
        from babel.messages.mofile import read_mo

        with (TRANSLATIONS / self.language / "LC_MESSAGES" / "valmentaja.mo").open("rb") as file:
            held: dict[str, Json] = {str(message.id): str(message.string) for message in read_mo(file) if message.id}
        return fingerprint(canonical(held))

    def must_say(self) -> None:
        """From now on a text that the catalogue lacks is refused, not said in English."""
        self._catalogue.add_fallback(_Refusal(self.language))


class _Refusal(gettext.NullTranslations):
    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def gettext(self, message: str) -> str:
        raise UserError(
            N_("“{text}” has no translation in the language “{language}”. Choose another language for the paper."),
            text=message,
            language=self.language,
        )


@cache
def words(language: str) -> Words:
    """The texts of `language`; FileNotFoundError when its catalogue has not been compiled."""
    return Words(language if language in LANGUAGES else "fi")


@cache
def beside(language: str) -> Words:
    """The texts that stand beside Finnish on a paper; UserError for one that is not translated."""
    found = Words(language)
    if language not in LANGUAGES:
        found.must_say()
    return found


class _Screen:
    """The one language the screen speaks now."""

    language = "fi"


def set_language(language: str) -> None:
    _Screen.language = language if language in LANGUAGES else "fi"


def screen_language() -> str:
    return _Screen.language


def tr(text: str, /, **values: Value) -> str:
    """`text` in the screen's language."""
    return words(_Screen.language)(text, **values)


def trn(one: str, many: str, n: int, /, **values: Value) -> str:
    """The plural form for `n` in the screen's language; `{n}` is filled."""
    return words(_Screen.language).plural(one, many, n, **values)
