"""Check 13: no decrypted page of the database or its log holds an erased client's word, without a VACUUM."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from conftest import CHEAP, WORDS
from pages import SALT, database_pages, hits, log_pages
from people import CANARY, with_everything

from valmentaja.base.clock import FixedClock
from valmentaja.crypto.keys import DataKey
from valmentaja.store import connection, ownership
from valmentaja.store.audit import Event
from valmentaja.store.database import Store
from valmentaja.usecases import caseload, erasing, opening, retention, told
from valmentaja.usecases.session import Session, Unit

NEIGHBOURS = ("Halla", "Routa", "Ruska", "Tuisku", "Usva", "Kaarna", "Sammal", "Kataja")


@dataclass(frozen=True)
class Held:
    """Decrypted pages now, and how many of them hold the word."""

    database: list[bytes]
    log: list[bytes]

    @property
    def found(self) -> int:
        return hits(self.database, CANARY) + hits(self.log, CANARY)


class Vault:
    """A vault whose database key the test knows."""

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        made = opening.create(
            folder, WORDS, unit=Unit(code="U101", municipality="405", coach=""), clock=clock, cost=CHEAP
        )
        self.key = bytes(DataKey(bytearray(made.key.reveal())).child("database"))
        self.session: Session = opening.open_session(folder, made.key, clock=clock)
        self.path = opening.vault.database(folder)

    def read(self) -> Held:
        salt = self.path.read_bytes()[:SALT]
        log = log_pages(self.path.with_name(self.path.name + "-wal"), self.key, salt)
        return Held(database=database_pages(self.path, self.key), log=log)

    def fill(self) -> str:
        """Neighbours before, between and after, so that pages are shared, split and joined."""
        for word in NEIGHBOURS[:4]:
            with_everything(self.session, f"{word}nen")
        client = with_everything(self.session)
        self._words_in_the_rest(client)
        for word in NEIGHBOURS[4:]:
            with_everything(self.session, f"{word}nen")
        return client

    def _words_in_the_rest(self, client: str) -> None:
        """Tables that other use-cases fill."""
        retention.hold(self.session, client, f"{CANARY} valitti")
        retention.lift(self.session, client)
        told.add(
            self.session, client, words=f"{CANARY} muutti", kind=told.SourceKind.CLOSE, source=CANARY, recorder="V"
        )
        fact = told.facts(self.session, client)[0]
        told.correct(self.session, fact.id, words="muutti", source=CANARY, reason=CANARY)
        person = caseload.client(self.session, client)
        caseload.edit(self.session, replace(person, phone=f"{CANARY} 2"))
        with self.session.store.writing() as tx:
            # The words for searching are kept by other use-cases; the tables are erased here.
            values = (client, "meeting", "999", CANARY.lower(), CANARY.lower())
            sql = "INSERT INTO search_text (client_id, entity, entity_id, folded, loosened) VALUES (?, ?, ?, ?, ?)"
            tx.change(Event("test", "search_text", ""), sql, *values)


@pytest.fixture
def vault(tmp_path: Path, clock: FixedClock) -> Iterator[Vault]:
    made = Vault(tmp_path / "vault", clock)
    yield made
    opening.close(made.session)


def say(when: str, held: Held) -> None:
    sys.stdout.write(
        f"{when:<34} {len(held.database):>5} pages, {len(held.log):>5} frames read, {held.found:>4} with the word\n"
    )


def erase(vault: Vault, client: str) -> None:
    erasing.erase(vault.session, client, reason="Säilytysaika täynnä", confirmed=client)


@pytest.mark.slow
def test_no_page_holds_an_erased_client(vault: Vault) -> None:
    client = vault.fill()
    vault.session.store.checkpoint()
    before = vault.read()
    say("before the erasure", before)
    assert before.found > 20
    tables = set(ownership.counts(vault.session.store, client))
    everything = {o.table for o in ownership.owned(vault.session.store)}
    assert everything - tables == {"retention_hold"}
    erase(vault, client)
    after = vault.read()
    say("after the erasure", after)
    assert after.found == 0
    assert len(after.database) >= len(before.database)  # no VACUUM: the free pages were read too
    assert hits(after.database, NEIGHBOURS[0]) > 0


@pytest.mark.slow
def test_neither_does_it_after_many_erasures_in_turn(vault: Vault) -> None:
    """Pages that were split, joined and used again."""
    for n in range(6):
        client = vault.fill()
        erase(vault, client)
        for row in caseload.client_rows(vault.session)[:3]:
            erase(vault, row.id)
        held = vault.read()
        say(f"round {n + 1}", held)
        assert held.found == 0


@pytest.mark.slow
def test_without_emptying_the_log_the_word_is_found(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """A control: the same reader, no checkpoint."""
    client = vault.fill()
    with monkeypatch.context() as patch:
        patch.setattr(Store, "checkpoint", lambda _store: None)
        erase(vault, client)
        held = vault.read()
    say("control: no checkpoint", held)
    assert hits(held.log, CANARY) > 0


@pytest.mark.slow
def test_without_secure_delete_the_word_is_found(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A control: the same reader, free pages left as they were."""
    loose = tuple(p.replace("secure_delete=ON", "secure_delete=OFF") for p in connection.AFTER_FIRST_READ)
    assert loose != connection.AFTER_FIRST_READ
    monkeypatch.setattr(connection, "AFTER_FIRST_READ", loose)
    vault = Vault(tmp_path / "loose", clock)
    client = vault.fill()
    erase(vault, client)
    held = vault.read()
    say("control: secure_delete=OFF", held)
    opening.close(vault.session)
    assert hits(held.database, CANARY) > 0
