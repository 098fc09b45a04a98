"""gettext catalogues: `words(language)` for documents, `tr` for the screen's language, which may change live."""

from __future__ import annotations

import gettext
from functools import cache

from valmentaja.base.errors import UserError, Value
from valmentaja.base.paths import TRANSLATIONS

LANGUAGES = ("fi", "sv", "en")


class Words:
    """The texts of one language; call it with an English msgid."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = gettext.translation("valmentaja", str(TRANSLATIONS), [language], fallback=language == "en")

    def __call__(self, text: str, /, **values: Value) -> str:
        said = self._catalogue.gettext(text) if text else ""
        return said.format(**values) if values else said

    def plural(self, one: str, many: str, n: int, /, **values: Value) -> str:
        return self._catalogue.ngettext(one, many, n).format(n=n, **values)

    def error(self, error: UserError) -> str:
        """The error's sentence in this language; a value marked with N_ is not translated twice."""
        said = self._catalogue.gettext(error.text)
        return said.format(**error.values) if error.values else said


@cache
def words(language: str) -> Words:
    """The texts of `language`; FileNotFoundError when its catalogue has not been compiled."""
    return Words(language if language in LANGUAGES else "fi")


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
