"""Content texts carry their languages with them, so a municipality's own file is one file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text in every language of the program, and in what further languages its file has it: `more`."""

    fi: str
    sv: str
    en: str
    more: tuple[tuple[str, str], ...] = ()

    def in_(self, language: str) -> str:
        """The text in `language`; in Finnish where it is not said in that."""
        return self.by_language().get(language, self.fi)

    def by_language(self) -> dict[str, str]:
        return {"fi": self.fi, "sv": self.sv, "en": self.en} | dict(self.more)
