"""An erased client leaves a receipt without a name, an unbroken log, and a list that cleans older copies."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import WORDS
from people import CANARY, end, take_on, with_everything
from poppler import run

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import StorageError, UserError
from valmentaja.store import ownership, rights
from valmentaja.usecases import backing_up, caseload, erasing, logs, opening, retention
from valmentaja.usecases import settings as vault_settings
from valmentaja.usecases.session import Session
from valmentaja.vault import erasures, vault


def erase(session: Session, client: str, reason: str = "Säilytysaika täynnä") -> str:
    return erasing.erase(session, client, reason=reason, confirmed=client).made


def opened_copy(folder: Path, clock: FixedClock) -> Session:
    return opening.open_session(folder, opening.key_from_passphrase(folder, WORDS), clock=clock)


def test_every_row_goes_and_the_receipt_counts_them(session: Session) -> None:
    other, client = take_on(session, "Toinen"), with_everything(session)
    before = ownership.counts(session.store, client)
    assert {"answer", "plan_goal", "signature", "document", "follow_up", "meeting"} <= set(before)
    erase(session, client)
    assert ownership.counts(session.store, client) == {}
    receipt = erasing.receipts(session)[0]
    assert dict(erasing.rows_of(receipt)) == before
    assert CANARY not in receipt.receipt
    assert [row.id for row in caseload.client_rows(session)] == [other]


def test_the_log_stays_whole_and_its_heads_are_on_the_receipt(session: Session) -> None:
    client = with_everything(session)
    head = logs.anchor(session)
    erase(session, client)
    held = json.loads(erasing.receipts(session)[0].receipt)
    assert held["log_before"] == {"seq": head.seq, "hash": head.hash}
    assert held["log_after"]["seq"] > head.seq
    assert logs.first_break(session) is None
    assert {"erase", "receipt"} <= {row.action for row in logs.entries(session, client_id=client)}


@pytest.mark.parametrize("typed", ["", "U101-002", "poista"])
def test_nothing_is_erased_without_the_number_typed(session: Session, typed: str) -> None:
    client = take_on(session)
    with pytest.raises(UserError, match="Type the client's number"):
        erasing.erase(session, client, reason="x", confirmed=typed)
    assert caseload.client(session, client)


def test_a_held_file_is_not_erased_until_the_hold_is_lifted(session: Session) -> None:
    client = take_on(session)
    retention.hold(session, client, "Valitus on kesken")
    with pytest.raises(UserError, match="Valitus on kesken"):
        erase(session, client)
    retention.lift(session, client)
    erase(session, client)
    actions = [row.action for row in logs.entries(session, client_id=client)]
    assert {"hold", "lift hold", "erase"} <= set(actions)


@pytest.mark.parametrize("reason", ["Aapo pyysi", f"{CANARY}n pyynnöstä", "tunnus 150372-901R", "puh. 040 555 1234"])
def test_the_reason_names_nobody(session: Session, reason: str) -> None:
    client = take_on(session, hetu="150372-901R", phone="040 555 1234")
    with pytest.raises(UserError, match="without the client's name"):
        erase(session, client, reason)
    erase(session, client, "Asiakas pyysi")


def test_the_same_receipt_gives_the_same_files_again(session: Session) -> None:
    client = with_everything(session)
    key = erase(session, client)
    first = erasing.receipt_files(session, key, "fi")
    held = [path.read_bytes() for path in first]
    for path in first:
        path.unlink()
    assert [path.read_bytes() for path in erasing.receipt_files(session, key, "fi")] == held
    assert all(CANARY.encode() not in data for data in held)


def test_files_in_the_outbox_are_named_on_the_receipt(session: Session) -> None:
    client = take_on(session)
    outbox = vault_settings.vault_settings(session).outbox
    outbox.mkdir()
    (outbox / f"monialainen_{client}_v1_ab_fi.pdf").write_bytes(b"%PDF-")
    erase(session, client)
    assert json.loads(erasing.receipts(session)[0].receipt)["files_outside"] == [f"monialainen_{client}_v1_ab_fi.pdf"]


def test_the_number_of_an_erased_client_is_never_given_again(session: Session) -> None:
    take_on(session, "Eka")
    last = take_on(session, "Toka")
    erase(session, last)
    assert take_on(session, "Kolmas") == "U101-003"


def test_an_older_copy_is_cleaned_when_it_is_opened_with_the_list(
    session: Session, tmp_path: Path, clock: FixedClock
) -> None:
    client, stays = with_everything(session), take_on(session, "Pysyvä")
    session.store.checkpoint()
    older, backups = tmp_path / "older", tmp_path / "backups"
    shutil.copytree(session.folder, older)
    erase(session, client)
    backups.mkdir()
    erasing.publish(session, backups)
    restored = opened_copy(older, clock)
    try:
        assert caseload.client(restored, client)
        assert erasing.replay(restored, [backups]) == 1
        assert erasing.replay(restored, [backups]) == 0
        assert [row.id for row in caseload.client_rows(restored)] == [stays]
        assert logs.first_break(restored) is None
        assert erasing.receipts(restored)[0].reason == erasing.AGAIN
    finally:
        opening.close(restored)


def test_an_older_database_beside_the_list_is_cleaned_at_opening(
    session: Session, tmp_path: Path, clock: FixedClock
) -> None:
    client = take_on(session)
    session.store.checkpoint()
    older = tmp_path / "older"
    shutil.copytree(session.folder, older)
    erase(session, client)
    shutil.copy(session.folder / erasures.NAME, older / erasures.NAME)
    restored = opened_copy(older, clock)
    assert caseload.client_rows(restored) == ()
    opening.close(restored)


def test_forged_lines_and_lists_of_other_vaults_erase_nobody(session: Session, tmp_path: Path) -> None:
    client = take_on(session)
    key = rights.record_key(session.store, client).hex()
    own = opening.vault.identity(session.folder)
    line = erasures.Line(at=session.now(), client=client, record_key=key)
    made = {"own": own, "other": "0" * 32}
    for name, whose in made.items():
        erasures.write(tmp_path / f"erased-{name}.json", [line], vault=whose, key=erasures.list_key(bytes(32)))
    (tmp_path / "erased-broken.json").write_text('{"format": 1}', "utf-8")
    told = erasing.replay_lists(session, [tmp_path])
    assert (told.erased, told.others) == (0, ("erased-other.json",))
    assert sorted(told.forged) == ["erased-broken.json", "erased-own.json"]
    assert caseload.client(session, client)


def test_a_line_of_the_list_holds_for_nobody_else(session: Session, tmp_path: Path) -> None:
    """A line whose record key was exchanged is not authentic: the control of the HMAC."""
    gone, stays = take_on(session, "Poistuva"), take_on(session, "Pysyvä")
    erase(session, gone)
    path = session.folder / erasures.NAME
    held = json.loads(path.read_bytes())
    held["erased"][0]["record_key"] = rights.record_key(session.store, stays).hex()
    (tmp_path / "erased-x.json").write_text(json.dumps(held), "utf-8")
    assert erasing.replay_lists(session, [tmp_path]).forged == ("erased-x.json",)
    assert caseload.client(session, stays)


def test_somebody_taken_on_anew_is_not_erased_by_the_list(session: Session) -> None:
    erase(session, take_on(session))
    again = take_on(session)
    assert erasing.replay(session, [session.folder]) == 0
    assert caseload.client(session, again)


def test_an_erasure_cut_off_before_its_list_is_finished_at_the_next_opening(
    session: Session, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = take_on(session)

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(erasing, "publish", killed)
    with pytest.raises(KeyboardInterrupt):
        erase(session, client)
    monkeypatch.undo()
    assert not (session.folder / erasures.NAME).exists()
    copy = tmp_path / "after"
    shutil.copytree(session.folder, copy)
    reopened = opened_copy(copy, clock)
    assert (copy / erasures.NAME).exists()
    assert erasing.receipts(reopened)[0].client == client
    opening.close(reopened)


def test_a_failed_receipt_leaves_the_client(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    client = take_on(session)

    def full(*_args: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(rights, "keep_erasure", full)
    with pytest.raises(StorageError):
        erase(session, client)
    assert caseload.client(session, client)


def test_the_basis_is_the_rule_only_when_the_time_was_full(session: Session, clock: FixedClock) -> None:
    early, late = take_on(session, "Varhainen"), take_on(session, "Myöhäinen")
    end(session, late, session.today())
    erase(session, early)
    clock.moment += timedelta(days=1462)
    erase(session, late)
    rules = {e.client: json.loads(e.receipt)["rule"] for e in erasing.receipts(session)}
    assert rules == {early: "", late: "DEL-4Y"}
    assert date.fromisoformat(json.loads(erasing.receipts(session)[0].receipt)["kept_until"]) == date(2030, 11, 24)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ("Poistotodistus", "Asiakas pyysi", "Tapaamiset", "Vastaukset", "Mihin poisto ei ulotu")),
        ("sv", ("Raderingsintyg", "Asiakas pyysi", "Möten", "Svar", "Vad raderingen inte når")),
        ("en", ("Receipt of erasure", "Asiakas pyysi", "Meetings", "Answers", "What the erasure does not reach")),
    ],
)
def test_the_receipt_speaks_the_language_and_is_tagged(session: Session, language: str, words: tuple[str, ...]) -> None:
    client = with_everything(session)
    key = erase(session, client, "Asiakas pyysi")
    pdf, data = erasing.receipt_files(session, key, language)
    text = " ".join(run("pdftotext", "-layout", str(pdf), "-").split())
    assert [w for w in (*words, client, key) if w not in text] == []
    assert CANARY not in text
    assert "Tagged: yes" in " ".join(run("pdfinfo", str(pdf)).split())
    assert data.read_text("utf-8") == erasing.receipts(session)[0].receipt


def test_the_list_lies_beside_the_backups_at_once(session: Session, tmp_path: Path) -> None:
    """Or a client erased after the last backup would come back from it on another machine."""
    client = take_on(session)
    backing_up.set_folder(session, tmp_path)
    backing_up.back_up(session)
    listed = tmp_path / erasures.name_beside_backups(vault.identity(session.folder))
    assert not listed.exists()
    erase(session, client)
    assert client in listed.read_text("utf-8")
    listed.unlink()
    erasing.settle(session)
    assert client in listed.read_text("utf-8")


def test_backups_whose_disk_is_away_do_not_stop_an_erasure(session: Session, tmp_path: Path) -> None:
    client, away = take_on(session), tmp_path / "stick"
    away.mkdir()
    backing_up.set_folder(session, away)
    away.rmdir()
    erase(session, client)
    assert caseload.client_rows(session) == ()
    assert not away.exists()
