"""What has been typed and what of it is stored: text that the vault refused is kept and given again."""

from __future__ import annotations

from collections.abc import Callable


class Typed:
    """The memory of one field."""

    def __init__(self, text: str = "") -> None:
        self.stored, self.is_doubted = text, False
        self._giving = False

    def give(self, text: str, emit: Callable[[str], object]) -> None:
        """Emit `text` if it is not stored; unless `doubt` is called meanwhile it counts as stored afterwards."""
        if text == self.stored or self._giving:
            return
        before, self.stored = self.stored, text
        self._giving, self.is_doubted = True, False
        try:
            emit(text)
        finally:
            self._giving = False
        if self.is_doubted:
            self.stored = before

    def doubt(self) -> None:
        """What is being given just now could not be stored."""
        self.is_doubted = self.is_doubted or self._giving
