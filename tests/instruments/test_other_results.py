"""Results of meters taken elsewhere are kept as they were given, with their file; a wrong one stays with its reason."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from two_vaults import everything, give, look, meet, taker, whole

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import StorageError, UserError
from valmentaja.store.audit import Event
from valmentaja.usecases import caseload, finding, logs, opening, other_results, own_records, receiving
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.other_results import NewResult
from valmentaja.usecases.session import Session

KYKY = NewResult(
    instrument=" Kykyviisari ", domain="Mieli", score="6,5", scale="0–10", note="Terveysasemalla", on=date(2026, 10, 1)
)


@pytest.fixture
def client(session: Session) -> str:
    return caseload.take_on(session, NewClient(family_name="Kokeilija", given_names="Testi")).made


@pytest.fixture
def other(tmp_path: Path, clock: FixedClock, session: Session) -> Iterator[Session]:
    """Another coach; the two trust each other."""
    taking = taker(tmp_path / "other", clock)
    meet(session, taking, tmp_path)
    yield taking
    opening.close(taking)


def attached(folder: Path, data: bytes = b"%PDF-1.7 keksitty") -> NewResult:
    path = folder / "tulos.pdf"
    path.write_bytes(data)
    return NewResult(instrument="3X10D", score="62", file=path)


def test_a_result_is_kept_as_it_was_given(session: Session, client: str) -> None:
    other_results.record(session, client, KYKY)
    other_results.record(session, client, NewResult(instrument="3X10D", score="yli puolet"))
    latest, first = other_results.of_client(session, client)

    assert (first.instrument, first.domain, first.score, first.scale) == ("Kykyviisari", "Mieli", "6,5", "0–10")
    assert (first.date, first.recorder) == (date(2026, 10, 1), "Veera Valmentaja")
    assert (latest.score, latest.domain, latest.date, latest.size) == ("yli puolet", "", session.today(), 0)


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (NewResult(instrument=" ", score="1"), "Write which meter it was"),
        (NewResult(instrument="Kykyviisari", score=" "), "Write the result as it was given"),
        (NewResult(instrument="Kykyviisari", score="1", on=date(2026, 11, 25)), "is in the future"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(session: Session, client: str, new: NewResult, says: str) -> None:
    with pytest.raises(UserError, match=says):
        other_results.record(session, client, new)
    assert other_results.of_client(session, client) == ()


def test_an_attached_file_comes_back_byte_for_byte_and_its_leaving_is_logged(
    session: Session, client: str, tmp_path: Path
) -> None:
    made = other_results.record(session, client, attached(tmp_path)).made
    path = other_results.save_file(session, made, tmp_path / "out")

    assert path.read_bytes() == b"%PDF-1.7 keksitty"
    assert path.name.endswith("_tulos.pdf")
    assert [(e.action, e.entity) for e in logs.entries(session, client_id=client, limit=1)] == [
        ("export", "other_result")
    ]
    path.write_bytes(b"something else")
    with pytest.raises(StorageError, match="nothing was written"):
        other_results.save_file(session, made, tmp_path / "out")
    assert path.read_bytes() == b"something else"


def test_a_file_that_cannot_be_attached_is_said(
    session: Session, client: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StorageError, match="gone.pdf cannot be read"):
        other_results.record(session, client, NewResult(instrument="X", score="1", file=tmp_path / "gone.pdf"))
    with pytest.raises(UserError, match="tulos.pdf is empty"):
        other_results.record(session, client, attached(tmp_path, b""))
    monkeypatch.setattr(other_results, "LARGEST", 3)
    with pytest.raises(UserError, match="larger than 20 MB"):
        other_results.record(session, client, attached(tmp_path))
    assert other_results.of_client(session, client) == ()


def test_a_wrong_result_stays_with_its_reason(session: Session, client: str) -> None:
    made = other_results.record(session, client, KYKY).made
    with pytest.raises(UserError, match="Write why"):
        other_results.void(session, made, " ")
    other_results.void(session, made, "Toisen asiakkaan tulos.")

    (held,) = other_results.of_client(session, client)
    assert (held.is_void, held.void_reason, held.score) == (True, "Toisen asiakkaan tulos.", "6,5")
    with pytest.raises(UserError, match="already"):
        other_results.void(session, made, "Taas")


def test_the_vault_lets_nobody_change_a_recorded_result(session: Session, client: str) -> None:
    made = other_results.record(session, client, KYKY).made
    with pytest.raises(Exception, match="never changed"), session.store.writing() as tx:
        tx.change(Event("test", "other_result", made, client), "UPDATE other_result SET score = '9' WHERE id = ?", made)
    assert other_results.of_client(session, client)[0].score == "6,5"


def test_a_result_is_found_by_its_note(session: Session, client: str) -> None:
    other_results.record(session, client, KYKY)
    assert "other_result" in {found.entity for found in finding.notes(session, "terveysasemalla")}


def test_own_records_bring_the_result_and_its_file(session: Session, client: str, tmp_path: Path) -> None:
    other_results.record(session, client, attached(tmp_path))
    package = own_records.gather(session, client, "fi")
    with zipfile.ZipFile(BytesIO(own_records.make(package))) as held:
        data = json.loads(held.read("omat-tiedot.json"))
        (row,) = data["tables"]["other_result"]
        assert row["instrument"] == "3X10D"
        assert held.read(row["file"]) == b"%PDF-1.7 keksitty"


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\boot.ini", "", "...", "/", "a:b|c?.pdf"])
def test_a_file_name_from_elsewhere_cannot_leave_its_folder(name: str) -> None:
    safe = other_results.safe_name("abcdefgh1234", name)

    assert Path(safe).name == safe
    assert not set('/\\<>:"|?*') & set(safe)
    assert safe.startswith("abcdefgh_")
    assert len(safe) > len("abcdefgh_")


def test_a_handover_brings_results_and_files_and_locks_those_that_stay(
    session: Session, client: str, other: Session, tmp_path: Path
) -> None:
    made = other_results.record(session, client, attached(tmp_path)).made
    other_results.record(session, client, KYKY)
    package = give(session, other, (client,), tmp_path)
    receiving.accept(other, look(other, package), {}, tmp_path)

    assert whole(other, client) == whole(session, client)
    assert other_results.save_file(other, made, tmp_path / "out").read_bytes() == b"%PDF-1.7 keksitty"
    before = everything(session.store)
    with pytest.raises(UserError):
        other_results.record(session, client, KYKY)
    with pytest.raises(UserError):
        other_results.void(session, made, "Väärin")
    assert everything(session.store) == before


def test_results_are_in_the_order_of_their_days(session: Session, client: str) -> None:
    for back in (3, 1, 2):
        on = session.today() - timedelta(days=back)
        other_results.record(session, client, NewResult(instrument="Kykyviisari", score=str(back), on=on))
    assert [r.score for r in other_results.of_client(session, client)] == ["1", "2", "3"]
