"""“Omat tietoni” holds everything of one client and nobody else, in three languages."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from people import CANARY, end, take_on, with_everything
from poppler import run

from valmentaja.base.paths import ROOT
from valmentaja.domain.log_words import ACTIONS, ENTITIES
from valmentaja.domain.masking import People, masked
from valmentaja.domain.table_words import COLUMNS, TABLES
from valmentaja.store import clients, ownership
from valmentaja.usecases import caseload, logs, meetings, own_records, retention, told
from valmentaja.usecases.session import Session
from valmentaja.usecases.told import SourceKind


def package(session: Session, client: str, language: str = "fi") -> dict[str, bytes]:
    made = own_records.make(own_records.gather(session, client, language))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def data(session: Session, client: str, language: str = "fi") -> dict[str, Any]:
    held: dict[str, Any] = json.loads(package(session, client, language)["omat-tiedot.json"])
    return held


def everything(session: Session) -> str:
    """A client with rows in every table that other use-cases fill too."""
    client = with_everything(session)
    told.add(session, client, words="Muuttaa pian", kind=SourceKind.CLOSE, source="Sisko Sirkku", recorder="Veera")
    caseload.edit(session, replace(caseload.client(session, client), phone="040 999"), reason="uusi numero")
    end(session, client, session.today())
    retention.hold(session, client, "Valitus kesken")
    return client


def tables_with_clients(session: Session) -> set[str]:
    rows = session.store.rows(
        "SELECT m.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c "
        "WHERE m.type = 'table' AND c.name = 'client_id'"
    )
    return {str(r[0]) for r in rows}


def test_no_table_with_a_client_is_forgotten(session: Session) -> None:
    given = set(data(session, everything(session))["tables"])
    elsewhere = {"audit", "audit_pending", "erasure", *ownership.DERIVED}
    assert tables_with_clients(session) - elsewhere <= given
    assert set(COLUMNS) == given == set(TABLES) - ownership.DERIVED


def test_a_table_added_tomorrow_is_in_the_package_and_in_the_erasure(session: Session) -> None:
    """The control of the test above: it would see a table that is not covered."""
    client = everything(session)
    with session.store.writing() as tx:
        tx.rows("CREATE TABLE tomorrow (client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE, w TEXT) STRICT")
        tx.rows("CREATE TABLE forgotten (client_id TEXT NOT NULL, w TEXT NOT NULL) STRICT")
        tx.rows("INSERT INTO tomorrow VALUES (?, 'sana') RETURNING w", client)
    assert data(session, client)["tables"]["tomorrow"] == [{"client_id": client, "w": "sana"}]
    assert ownership.counts(session.store, client)["tomorrow"] == 1
    assert "forgotten" in tables_with_clients(session) - set(data(session, client)["tables"])


def test_every_row_and_every_column_is_there(session: Session) -> None:
    client = everything(session)
    held = data(session, client)["tables"]
    counted = {t: len(rows) for t, rows in held.items() if rows}
    assert counted == {t: n for t, n in ownership.counts(session.store, client).items() if t not in ownership.DERIVED}
    for table, rows in held.items():
        columns = {str(r[0]) for r in session.store.rows("SELECT name FROM pragma_table_info(?)", table)}
        assert all(set(row) == columns for row in rows)
        assert set(COLUMNS[table]) <= columns


def test_the_data_has_the_documented_keys(session: Session) -> None:
    page = (ROOT / "docs" / "own-records.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    held = data(session, everything(session))
    assert set(held) == documented
    assert held["format"] == own_records.FORMAT
    assert set(held["log"][0]) == {"seq", "at", "action", "entity", "id", "rows", "actor"}
    assert set(held["retention"]) == {"closed", "kept_until", "hold", "rule", "source"}


def test_the_documents_themselves_are_beside(session: Session) -> None:
    client = everything(session)
    held = package(session, client)
    row = json.loads(held["omat-tiedot.json"])["tables"]["document"][0]
    assert held[row["pdf"]].startswith(b"%PDF-1.7 raw")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "fi",
            ("Omat tietoni", "Aiempi arvo", "[toinen henkilö]", "24.11.2030", "Kuka on käsitellyt", "Lääkärin arvio"),
        ),
        ("sv", ("Mina egna uppgifter", "Tidigare värde", "[en annan person]", "24.11.2030", "Styrkor")),
        (
            "en",
            (
                "My own records",
                "Earlier value",
                "[another person]",
                "24 Nov 2030",
                "Who has handled",
                "Doctor’s assessment",
            ),
        ),
    ],
)
def test_the_paper_speaks_the_language(session: Session, tmp_path: Path, language: str, words: tuple[str, ...]) -> None:
    client = everything(session)
    path = tmp_path / "own.pdf"
    path.write_bytes(package(session, client, language)["omat-tiedot.pdf"])
    text = " ".join(run("pdftotext", "-layout", str(path), "-").split())
    assert [w for w in words if w not in text] == []
    assert CANARY in text
    assert "Tagged: yes" in " ".join(run("pdfinfo", str(path)).split())


def test_the_log_says_it_before_it_happens_and_is_in_the_package(session: Session) -> None:
    client = everything(session)
    held = data(session, client)
    assert held["log"][0]["action"] == "own records"
    assert len(held["log"]) == len(logs.entries(session, client_id=client, limit=10_000))
    assert {e["action"] for e in held["log"]} <= set(ACTIONS)
    assert {e["entity"] for e in held["log"]} <= set(ENTITIES)


def test_other_people_are_taken_out_and_counted(session: Session) -> None:
    client = take_on(session, "Virtanen", "Aapo", phone="040 111 2222")
    take_on(session, "Korhonen", "Liisa", hetu="150372-901R", phone="+358 40 1234567")
    take_on(session, "Virtanen", "Veli")
    meeting = int(meetings.start(session, client).made)
    notes = (
        "Liisa Korhosen kanssa. Korhonen Liisa soitti 040 123 4567, tunnus 150372-901R. "
        "Aapo Virtanen ja Veli Virtanen. korhonen pienellä."
    )
    meetings.keep_notes(session, meeting, notes=notes, agreed="")
    fact = "Sisko Sirkku kertoi"
    told.add(session, client, words=fact, kind=SourceKind.CLOSE, source="Sisko Sirkku", recorder="Veera")
    held = data(session, client)
    text = json.dumps(held["tables"], ensure_ascii=False)
    for hidden in ("Korhonen", "Korhosen", "Liisa", "123 4567", "150372-901R", "Sirkku"):
        assert hidden not in text
    assert "Aapo Virtanen" in text
    assert held["masked"] == text.count("[toinen asiakas]") + text.count("[toinen henkilö]") == 6


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Koskelle soitettu", "X soitettu"),
        ("Koski-Laineen asia", "X asia"),
        ("koskee kaikkia", "koskee kaikkia"),
        ("Virtasen oma nimi", "Virtasen oma nimi"),
        ("KUNTOUTTAVA", "KUNTOUTTAVA"),
    ],
)
def test_names_are_found_in_their_forms(session: Session, text: str, left: str) -> None:
    own = take_on(session, "Virtanen", "Aapo")
    take_on(session, "Koski", "Kunto")
    take_on(session, "Virtanen", "Veli")
    people = clients.every(session.store)
    ours = People.of(c for c in people if c.id == own)
    others = People.of(c for c in people if c.id != own).without(ours)
    assert masked(text, others, "X", ours)[0] == left


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, 3, 17, 90, 400, 2500])
def test_a_text_of_any_length_is_printed_whole(session: Session, tmp_path: Path, size: int) -> None:
    """Rows that end a page, rows longer than a page, many rows."""
    client = everything(session)
    for n in range(40):
        told.add(session, client, words=f"sana{n} " * size + f"loppu{n}.", kind=SourceKind.OTHER, source="Naapuri")
    path = tmp_path / "own.pdf"
    path.write_bytes(package(session, client)["omat-tiedot.pdf"])
    text = run("pdftotext", str(path), "-")
    assert [n for n in range(40) if f"loppu{n}." not in text] == []
    assert text.count("sana39") == size
