"""Finding people and notes. What a person types never reaches MATCH: only its letters and digits, quoted, do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from valmentaja.domain import likeness
from valmentaja.domain.client import ClientId
from valmentaja.i18n.formats import fold, loosen
from valmentaja.store import indexing
from valmentaja.store.audit import Event
from valmentaja.store.database import Reader, Transaction

FEW = 10
"""With fewer people found by what is typed, people with slips of the finger are looked for as well."""
MOST_WORDS, LONGEST = 12, 60
_OWN = frozenset("åäö")
_HETU = re.compile(r"\d{6}(?:[-+A-Z](?:\d{0,3}|\d{3}[0-9A-Z]))?")
_NUMBER = re.compile(r"\+?[\d\s().-]+")


def keep(tx: Transaction, client: ClientId, entity: str, row: str, *texts: str) -> None:
    """Make a note findable, in place of what it said before; call it in the transaction that writes the row."""
    if any(text.strip() for text in texts):
        tx.derive(indexing.KEEP, *indexing.note_values(client, entity, row, *texts))
    else:
        tx.derive("DELETE FROM search_text WHERE entity = ? AND entity_id = ?", entity, row)


def anew(tx: Transaction, client: ClientId) -> None:
    """Make one client's notes findable as they are now, after changes that did not pass by `keep`."""
    tx.derive("DELETE FROM search_text WHERE client_id = ?", client)
    for entity in indexing.SOURCES:
        catch_up(tx, entity)


def catch_up(tx: Transaction, entity: str) -> None:
    """Make findable what was written in bulk."""
    for values in list(indexing.not_indexed(tx.rows, entity)):
        tx.derive(indexing.KEEP, *values)


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of what was typed; everything that is not a letter or a digit parts them."""
    folded = fold(text[: MOST_WORDS * LONGEST])
    parted = "".join(c if c.isalnum() else " " for c in folded)
    return tuple(word[:LONGEST] for word in parted.split())[:MOST_WORDS]


def query(words: Iterable[str]) -> str:
    """An FTS5 query: each word begins some word. One with å, ä or ö means just that letter, *a* means any of them."""
    return " AND ".join(f'({_form(word)} : "{_in_form(word)}"*)' for word in words)


def _form(word: str) -> str:
    return "folded" if _OWN.intersection(word) else "loosened"


def _in_form(word: str) -> str:
    return word if _OWN.intersection(word) else loosen(word)


@dataclass(frozen=True, slots=True)
class Known:
    """A person as search knows him: ids and folded names, each also with å ä ö opened."""

    id: ClientId
    sort_key: str
    family: tuple[str, str]
    rest: tuple[tuple[str, str], ...]
    words: tuple[frozenset[str], frozenset[str]]


class KnownNames:
    """The names of the caseload, read again after any change of a client; goes with its session."""

    def __init__(self) -> None:
        self._seq = -1
        self.people: dict[ClientId, Known] = {}
        self._by_word: tuple[dict[str, list[ClientId]], dict[str, list[ClientId]]] = ({}, {})
        self._starts: dict[tuple[int, int], dict[str, list[str]]] = {}

    def read(self, store: Reader) -> None:
        """Read if the log tells of a changed client since the last time."""
        last = store.number("SELECT MAX(seq) FROM audit")
        if last == self._seq:
            return
        if self._seq < 0 or store.row(
            "SELECT 1 FROM audit WHERE seq > ? AND entity = 'client' AND rows > 0 LIMIT 1", self._seq
        ):
            self._read_all(store)
        self._seq = last

    def near(self, word: str) -> dict[ClientId, int]:
        """People one of whose words begins about like `word`, with the distance."""
        form = 0 if _OWN.intersection(word) else 1
        typed = _in_form(word)
        starts = {length: self._beginnings(form, length) for length in likeness.lengths(typed)}
        best: dict[ClientId, int] = {}
        for found, distance in likeness.near(typed, starts).items():
            for person in self._by_word[form][found]:
                best[person] = min(best.get(person, distance), distance)
        return best

    def _beginnings(self, form: int, length: int) -> dict[str, list[str]]:
        if (form, length) not in self._starts:
            self._starts[form, length] = likeness.beginnings(self._by_word[form], length)
        return self._starts[form, length]

    def _read_all(self, store: Reader) -> None:
        self.people, self._by_word, self._starts = {}, ({}, {}), {}
        for row in store.rows("SELECT id, sort_key, family_name, given_names FROM client"):
            person = _known(row[0], row[1], row[2], row[3])
            self.people[person.id] = person
            for form in (0, 1):
                for word in person.words[form]:
                    self._by_word[form].setdefault(word, []).append(person.id)


def _known(number: ClientId, sort_key: str, family_name: str, given_names: str) -> Known:
    family, given, own = (words_of(text) for text in (family_name, given_names, number))
    rest = [family[n:] for n in range(1, len(family))] + [given[n:] for n in range(len(given))] + [own]
    everything = (*family, *given, *own)
    return Known(
        id=number,
        sort_key=sort_key,
        family=_joined(family),
        rest=tuple(_joined(words) for words in rest),
        words=(frozenset(everything), frozenset(loosen(word) for word in everything)),
    )


def _joined(words: tuple[str, ...]) -> tuple[str, str]:
    text = " ".join(words)
    return (text, loosen(text))


def people(store: Reader, names: KnownNames, text: str) -> tuple[tuple[ClientId, ...], int]:
    """Everybody who is meant by `text`, the likeliest first; an empty text means nobody in particular.

    Family names that begin so, then given names and numbers, then the rest; those with slips come last. The number
    says how many come before the slips.
    """
    words = words_of(text)
    names.read(store)
    found = _by_words(store, text, words) if words else set()
    found |= _by_hetu(store, text)
    ranked = sorted(found, key=lambda one: (_rank(names.people[one], words), names.people[one].sort_key, one))
    if len(found) < FEW and words:
        ranked += [one for one in _near(names, words) if one not in found]
    return tuple(ranked), len(found)


def _by_words(store: Reader, text: str, words: tuple[str, ...]) -> set[ClientId]:
    asked = query(words)
    digits = indexing.phone_digits(text)
    if _NUMBER.fullmatch(text.strip()) and len(digits) >= 3:
        asked = f'({asked}) OR (loosened : "{digits}"*)'
    rows = store.rows(
        "SELECT id FROM client WHERE rowid IN (SELECT rowid FROM name_index WHERE name_index MATCH ?)", asked
    )
    return {str(row[0]) for row in rows}


def _by_hetu(store: Reader, text: str) -> set[ClientId]:
    """By the beginning of the identity code, its six digits of birth at least; it is in no index of words."""
    typed = text.strip().upper()
    if not _HETU.fullmatch(typed) or not typed.isascii():
        return set()
    rows = store.rows("SELECT id FROM client WHERE hetu >= ? AND hetu < ?", typed, f"{typed}~")
    return {str(row[0]) for row in rows}


def _rank(person: Known, words: tuple[str, ...]) -> int:
    typed = " ".join(words)
    form = 0 if _OWN.intersection(typed) else 1
    typed = typed if form == 0 else loosen(typed)
    if person.family[form].startswith(typed):
        return 0
    return 1 if any(part[form].startswith(typed) for part in person.rest) else 2


def _near(names: KnownNames, words: tuple[str, ...]) -> list[ClientId]:
    """People all of whose typed words are near one of theirs, by the sum of the distances."""
    if not any(likeness.allowed(word) for word in words):
        return []
    far: dict[ClientId, int] = {}
    for n, word in enumerate(words):
        distances = names.near(word)
        far = {one: far.get(one, 0) + d for one, d in distances.items() if n == 0 or one in far}
    return sorted(far, key=lambda one: (far[one], names.people[one].sort_key, one))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteHit:
    """A note with a word that was looked for; `date` is ISO or "", `place` the row it belongs to."""

    client: ClientId
    entity: str
    place: str
    date: str
    text: str


def count_notes(store: Reader, text: str, *, most: int) -> int:
    """How many notes have all the words, counted up to `most`; none for fewer than two letters."""
    words = words_of(text)
    if len("".join(words)) < 2:
        return 0
    return store.number(
        "SELECT COUNT(*) FROM (SELECT 1 FROM note_index WHERE note_index MATCH ? LIMIT ?)", query(words), most
    )


def notes(store: Reader, text: str, *, most: int) -> tuple[NoteHit, ...]:
    """The latest written `most` notes that have all the words, newest day first."""
    words = words_of(text)
    if len("".join(words)) < 2:
        return ()
    rows = store.rows(
        "SELECT entity, entity_id FROM search_text WHERE id IN "
        "(SELECT rowid FROM note_index WHERE note_index MATCH ? ORDER BY rowid DESC LIMIT ?) ORDER BY id DESC",
        query(words),
        most,
    )
    hits = [hit for entity, row in rows if (hit := _hit(store, entity, row)) is not None]
    return tuple(sorted(hits, key=lambda hit: hit.date, reverse=True))


def note_shown(tx: Transaction, client: ClientId) -> None:
    """Log that a piece of a client's notes is shown among what was found; not what was looked for."""
    tx.note(Event("find", "search_text", "", client))


def _hit(store: Reader, entity: str, row: str) -> NoteHit | None:
    found = store.row(f"{indexing.SOURCES[entity]} AND {indexing.KEYS[entity]} = ?", row)
    if found is None:
        return None
    text = "\n".join(part for part in (found[3], found[4]) if part)
    return NoteHit(client=found[1], entity=entity, place=str(found[5]), date=str(found[2])[:10], text=text)
