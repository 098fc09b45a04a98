"""An index page keeps its first word after the rows are gone; after an erasure it keeps none of the client's."""

from __future__ import annotations

import pytest
from people import take_on

from valmentaja.store import forgetting, search
from valmentaja.store.audit import Event
from valmentaja.usecases import erasing, finding
from valmentaja.usecases.session import Session

GONE = [f"sana{n:05d}" for n in range(0, 6000, 2)]
STAYS = [f"sana{n:05d}" for n in range(1, 6000, 2)]


def write(session: Session, client: str, words: list[str]) -> None:
    with session.store.writing() as tx:
        tx.note(Event("test", "client", client, client))
        for n in range(0, len(words), 20):
            search.keep(tx, client, "meeting", f"{client}-{n}", " ".join(words[n : n + 20]))


def told(session: Session) -> set[str]:
    """Words of the erased that a page of the index begins with."""
    terms = session.store.rows("SELECT term FROM note_index_idx")
    return {bytes(row[0])[1:].decode("utf-8", "ignore") for row in terms} & set(GONE)


@pytest.fixture
def two(session: Session) -> tuple[str, str]:
    """Their words stand by turns in the index, so that no page of it goes with one of them."""
    gone, stays = take_on(session, "Halla"), take_on(session, "Routa")
    write(session, stays, STAYS)
    write(session, gone, GONE)
    with session.store.writing() as tx:
        tx.note(Event("test", "client", gone, gone))
        tx.derive("INSERT INTO note_index (note_index) VALUES ('optimize')")
    return gone, stays


def test_no_page_of_the_index_begins_with_a_word_of_the_erased(session: Session, two: tuple[str, str]) -> None:
    gone, _stays = two
    assert told(session)
    erasing.erase(session, gone, reason="Säilytysaika täynnä", confirmed=gone)

    assert told(session) == set()
    assert finding.count_notes(session, STAYS[7]) == 1
    assert finding.count_notes(session, GONE[7]) == 0


def test_without_forgetting_such_words_are_left(
    session: Session, two: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A control: this is what SQLite leaves by itself."""
    gone, _stays = two
    monkeypatch.setattr(forgetting, "forget", lambda _tx, _words: None)
    erasing.erase(session, gone, reason="Säilytysaika täynnä", confirmed=gone)

    assert told(session)
