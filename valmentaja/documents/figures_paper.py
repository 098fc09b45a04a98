"""What a report of figures says, apart from how it is drawn: a command that draws none does not load what draws."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.pictures.picture import Picture, PictureTable


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPart:
    """One subject: what it is, and its figures as a picture, a table or both."""

    title: str
    says: tuple[str, ...] = ()
    picture: Picture | None = None
    table: PictureTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresChapter:
    title: str
    parts: tuple[FiguresPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPaper:
    """All texts are in `language` already; `marking` stands on every page, `created` is a UTC stamp."""

    title: str
    marking: str
    language: str
    facts: tuple[tuple[str, str], ...]
    about: tuple[str, ...]
    chapters: tuple[FiguresChapter, ...]
    created: str
