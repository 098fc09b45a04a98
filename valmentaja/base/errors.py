"""The two errors a person is told about; anything else is a bug of ours."""

from __future__ import annotations

Value = str | int


def N_(text: str) -> str:
    """Mark `text` for the catalogues without translating it here."""
    return text


class UserError(Exception):
    """A sentence that says what is wrong, where, and what to do.

    `text` is an English msgid with `{name}` placeholders; `values` fill them after translation.
    """

    def __init__(self, text: str, /, **values: Value) -> None:
        super().__init__(text.format(**values))
        self.text = text
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        """Out of a worker as it was: to make it anew would fill in the sentence, which may hold braces by now."""
        return _as_it_was, (type(self), *self.args), self.__dict__


class StorageError(UserError):
    """The vault or a file could not be read or written; nothing was saved."""


class DamagedError(StorageError):
    """A part of the database cannot be read; the rest may be saved into a new folder."""


def _as_it_was(kind: type[UserError], *said: object) -> UserError:
    return kind.__new__(kind, *said)
