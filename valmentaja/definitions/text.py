"""Content texts carry their languages with them, so a municipality's own file is one file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text in every language of the program."""

    fi: str
    sv: str
    en: str

    def in_(self, language: str) -> str:
        """The text in `language` (fi, sv or en; anything else gives Finnish)."""
        return {"sv": self.sv, "en": self.en}.get(language, self.fi)
