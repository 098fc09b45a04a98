"""Finding a person by what is half remembered, and a note by its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from valmentaja.domain.client import ClientId
from valmentaja.i18n.formats import fold, loosen
from valmentaja.store import listing, search
from valmentaja.store.listing import ClientRow
from valmentaja.usecases.session import Session

MOST_PEOPLE, MOST_NOTES = 100, 50
BEFORE, AFTER = 30, 90
"""Letters of a note shown around the word that was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The likeliest people first; `sure` are the rows that are as typed, `total` counts those left out too."""

    rows: tuple[ClientRow, ...]
    sure: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFound:
    """One note: whose, of what kind, from which day (ISO or ""), and the words around the one looked for.

    `place` is the id of what it belongs to: a meeting, an assessment, a plan, a case.
    """

    client: ClientId
    name: str
    entity: str
    place: str
    date: str
    snippet: str


def people(session: Session, text: str, *, most: int = MOST_PEOPLE) -> People:
    """People whose name, number, phone or identity code begins so, then those with slips (store.md §1.11)."""
    found, sure = search.people(session.store, session.names, text)
    return People(rows=rows_of(session, found[:most]), sure=min(sure, most), total=len(found))


def rows_of(session: Session, ids: Sequence[ClientId]) -> tuple[ClientRow, ...]:
    """These people as the list shows them, in the order given."""
    return listing.rows_of(session.store, ids, session.today())


def is_question(text: str) -> bool:
    """Whether there is anything to look for: a letter or a digit."""
    return bool(search.words_of(text))


def count_notes(session: Session, text: str) -> int:
    """How many notes have the words; MOST_NOTES + 1 means more. A number only, so it is not logged."""
    return search.count_notes(session.store, text, most=MOST_NOTES + 1)


def notes(session: Session, text: str) -> tuple[NoteFound, ...]:
    """The notes themselves. That they are shown is logged for each client before they are (906/2019 17 §)."""
    hits = search.notes(session.store, text, most=MOST_NOTES)
    owners = dict.fromkeys(hit.client for hit in hits)
    if not owners:
        return ()
    with session.store.writing() as tx:
        for owner in owners:
            search.note_shown(tx, owner)
    names = {row.id: row.name for row in rows_of(session, list(owners))}
    latest: dict[tuple[str, str, str], NoteFound] = {}
    for hit in hits:
        words = snippet(hit.text, text)
        found = NoteFound(
            client=hit.client,
            name=names[hit.client],
            entity=hit.entity,
            place=hit.place,
            date=hit.date,
            snippet=words,
        )
        # A new version of a plan says most of what the one before said: the latest is enough.
        latest.setdefault((hit.client, hit.entity, words), found)
    return tuple(latest.values())


def snippet(text: str, asked: str) -> str:
    """The note's own letters around the first word that was looked for, on one line."""
    line = " ".join(text.split())
    at = min((place for word in search.words_of(asked) if (place := _place(line, word)) >= 0), default=0)
    start = max(0, at - BEFORE)
    if start:
        start = line.find(" ", start, at) + 1 or start
    end = len(line) if len(line) <= at + AFTER else line.rfind(" ", at + 1, at + AFTER)
    end = end if end > at else at + AFTER
    return f"{'… ' if start else ''}{line[start:end]}{' …' if end < len(line) else ''}"


def _place(line: str, word: str) -> int:
    """Where a word of the line begins with `word`, -1 for nowhere; positions are those of the unfolded line."""
    begins = True
    for place, letter in enumerate(line):
        if begins and letter.isalnum():
            rest = line[place : place + 2 * len(word)]
            if fold(rest).startswith(word) or loosen(rest).startswith(word):
                return place
        begins = not letter.isalnum()
    return -1
