"""The client view speaks the client's language, whatever the coach's window speaks."""

from __future__ import annotations

from collections.abc import Callable

from valmentaja.base.errors import Value
from valmentaja.domain.client_view import Texts, in_language
from valmentaja.i18n import words


class Tongue:
    """Gives texts that are asked for again when `language` has changed."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, text: str, /, **values: Value) -> Callable[[], str]:
        """An English msgid marked with N_."""
        return lambda: words(self.language)(text, **values)

    def content(self, texts: Texts) -> Callable[[], str]:
        """What an instrument asks."""
        return lambda: in_language(texts, self.language)
