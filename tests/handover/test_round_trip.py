"""Three clients handed over on a stick: the same rows on the other side, both logs whole, the receipt at home."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CHEAP, WORDS
from two_vaults import everything, full_client, give, look, meet, taker, whole

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import UserError
from valmentaja.domain.client import ClientId
from valmentaja.domain.codes import MeetingMode
from valmentaja.domain.record import BY_NAME, TABLES
from valmentaja.domain.record import total as counted
from valmentaja.store import records
from valmentaja.usecases import (
    assessing,
    cards,
    caseload,
    finding,
    handing,
    logs,
    meetings,
    opening,
    overview,
    papers,
    planning,
    receiving,
    today,
)
from valmentaja.usecases.checking import check
from valmentaja.usecases.session import Session, Unit


def three(session: Session) -> tuple[ClientId, ...]:
    rows = [row.id for row in caseload.client_rows(session) if row.exit_date is None]
    return (full_client(session), *rows[:2])


def test_three_clients_arrive_with_all_their_rows_and_the_receipt_comes_home(
    one: Session, other: Session, tmp_path: Path
) -> None:
    clients = three(one)
    before = {client: whole(one, client) for client in clients}
    assert all(before[clients[0]].counts.values()), before[clients[0]].counts
    package = give(one, other, clients, tmp_path)
    assert package.name.startswith(f"luovutus_{one.unit.code}_")
    seen = look(other, package)
    assert [c.id for c in seen.clients] == list(clients)
    receipt, _changes = receiving.accept(other, seen, {}, tmp_path)
    for client in clients:
        assert whole(other, client) == before[client] == whole(one, client)
        assert handing.care(other, client).owner == "Olli Ottaja"
        assert handing.care(one, client).handed_over == one.today()
    assert {row.receipt for row in handing.all_handovers(one)} == {""}
    handing.keep_receipt(one, handing.open_file(one, receipt))
    assert {row.receipt for row in handing.all_handovers(one)} == {other.now()}
    for session in (one, other):
        assert logs.first_break(session) is None
        assert session.store.rows("PRAGMA foreign_key_check") == []
    assert {"hand over", "lock", "receipt"} <= {row.action for row in logs.entries(one)}
    assert {"take over", "receipt"} <= {row.action for row in logs.entries(other, client_id=clients[0])}
    assert one.store.schema() == other.store.schema()


def test_a_frozen_plan_arrives_frozen_and_its_paper_verifies(one: Session, other: Session, tmp_path: Path) -> None:
    client = full_client(one)
    receiving.accept(other, look(other, give(one, other, (client,), tmp_path)), {}, tmp_path)
    frozen = next(p for p in planning.plans_of(other, client) if p.fingerprint)
    with pytest.raises(UserError):
        planning.set_field(other, frozen.id, "x", "y")
    with pytest.raises(UserError, match="frozen plan"), other.store.writing() as tx:
        tx.change(records.Event("test", "plan", ""), "UPDATE plan SET review_due = NULL WHERE id = ?", frozen.id)
    (paper,) = papers.documents(other, client)
    here = {row["sha256"]: row["pdf"] for row in whole(one, client).tables["document"]}
    there = {row["sha256"]: row["pdf"] for row in whole(other, client).tables["document"]}
    assert there == here
    assert check(paper.file_name, there[paper.sha256], None).sound


def test_the_copy_that_stays_is_read_and_not_changed(one: Session, other: Session, tmp_path: Path) -> None:
    client = full_client(one)
    plan = next(p for p in planning.plans_of(one, client) if not p.fingerprint)
    assessment = assessing.assessments(one, client)[0].id
    held = caseload.client(one, client)
    give(one, other, (client,), tmp_path)
    before = whole(one, client)
    waiting = {entry.client for entry in today.queue(one)}
    assert client not in waiting
    tries = (
        lambda: caseload.edit(one, held),
        lambda: meetings.start(one, client),
        lambda: meetings.book(one, client, on=one.today(), at="9", mode=MeetingMode.KAYNTI),
        lambda: assessing.answer(one, assessment, assessing.runner(one, assessment).order[5], 3),
        lambda: planning.set_review(one, plan.id, one.today()),
        lambda: planning.add_goal(one, plan.id, words="Uusi"),
        lambda: planning.discard(one, plan.id),
        lambda: handing.keep_care(one, client, owner="x", substitute=""),
        lambda: handing.hand_over(one, (client,), cards.trusted(one)[0].fingerprint, tmp_path),
    )
    for attempt in tries:
        with pytest.raises(UserError, match="handed over"):
            attempt()
    assert whole(one, client) == before
    assert overview.overview(one, client).client == held


def test_the_lock_holds_in_the_database_too(one: Session, other: Session, tmp_path: Path) -> None:
    client = full_client(one)
    give(one, other, (client,), tmp_path)
    for table in TABLES:
        if table.name in ("client", "retention_hold"):
            continue
        where = f"{table.link} IN (SELECT id FROM {table.of} WHERE client_id = ?)" if table.of else "client_id = ?"
        column = {"document": "title", "correction": "reason"}.get(table.name, table.names[-1])
        for sql in (f"UPDATE {table.name} SET {column} = {column}", f"DELETE FROM {table.name}"):
            with pytest.raises(UserError, match=r"handed over|never change"), one.store.writing() as tx:
                tx.change(records.Event("test", table.name, ""), f"{sql} WHERE {where}", client)
    with one.store.writing() as tx:
        tx.change(records.Event("erase", "client", client, client), "DELETE FROM client WHERE id = ?", client)
    assert finding.people(one, client).rows == ()


def test_every_column_of_a_client_travels_or_is_known_to_stay(one: Session) -> None:
    """A later migration that adds a column must decide."""
    stays = {
        "client": {"sort_key", "folded", "loosened", "owner", "substitute", "handed_over"},
        "answer": {"seq"},
        "rating": {"seq"},
        "contribution": {"id"},
        "told_fact": {"id"},
        "correction": {"id"},
    }
    linked = set()
    for (table,) in one.store.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
        columns = {row[1] for row in one.store.rows(f"PRAGMA table_info({table})")}
        if table in BY_NAME:
            left = columns - set(BY_NAME[table].names) - stays.get(table, set()) - {"client_id"}
            assert left == set(), table
        elif "client_id" in columns:
            linked.add(table)
    assert linked == {"audit", "audit_pending", "erasure", "handover", "search_text", "sending"}


def test_a_handover_is_taken_back_until_its_receipt_comes(one: Session, other: Session, tmp_path: Path) -> None:
    client = full_client(one)
    path = give(one, other, (client,), tmp_path)
    package = handing.all_handovers(one)[0].package
    handing.take_back(one, package)
    assert handing.care(one, client).handed_over is None
    meetings.start(one, client)
    assert handing.all_handovers(one)[0].taken_back
    receipt, _changes = receiving.accept(other, look(other, path), {}, tmp_path)
    with pytest.raises(UserError, match="taken back"):
        handing.keep_receipt(one, handing.open_file(one, receipt))
    with pytest.raises(UserError, match="received or taken back"):
        handing.take_back(one, package)
    assert logs.first_break(one) is None


def test_after_the_receipt_nothing_is_taken_back(one: Session, other: Session, tmp_path: Path) -> None:
    client = full_client(one)
    receipt, _changes = receiving.accept(other, look(other, give(one, other, (client,), tmp_path)), {}, tmp_path)
    handing.keep_receipt(one, handing.open_file(one, receipt))
    with pytest.raises(UserError, match="received or taken back"):
        handing.take_back(one, handing.all_handovers(one)[0].package)
    with pytest.raises(UserError, match="here already"):
        handing.keep_receipt(one, handing.open_file(one, receipt))


def test_no_file_no_handover(one: Session, other: Session, tmp_path: Path) -> None:
    client = full_client(one)
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(UserError, match="could not be written"):
        give(one, other, (client,), tmp_path / "file" / "deep")
    assert handing.care(one, client).handed_over is None
    assert handing.all_handovers(one) == ()


def test_a_lost_receipt_is_written_again(one: Session, other: Session, tmp_path: Path) -> None:
    client = full_client(one)
    path = give(one, other, (client,), tmp_path)
    first, _changes = receiving.accept(other, look(other, path), {}, tmp_path)
    first.unlink()
    again = receiving.receipt_again(other, handing.open_file(other, path), tmp_path)
    handing.keep_receipt(one, handing.open_file(one, again))
    assert not handing.all_handovers(one)[0].waits


def test_the_vaults_coach_answers_unless_somebody_else_is_named(one: Session) -> None:
    first, second = (row.id for row in caseload.client_rows(one)[:2])
    handing.keep_care(one, first, owner="Tuula Toinen", substitute="Sanna Sijainen")
    assert handing.care(one, first).substitute == "Sanna Sijainen"
    owners = {row.id: row.owner for row in caseload.client_rows(one)}
    assert (owners[first], owners[second]) == ("Tuula Toinen", one.unit.coach)
    assert handing.care(one, second).owner == one.unit.coach


def test_what_is_only_looked_at_is_not_written(one: Session, other: Session, tmp_path: Path) -> None:
    path = give(one, other, (full_client(one),), tmp_path)
    cards.own_keys(other)
    before = everything(other.store)
    seen = look(other, path)
    assert receiving.counts(seen) == counted(seen.package.records)
    assert everything(other.store) == before


@pytest.mark.slow
def test_the_same_by_the_command_line(tmp_path: Path, clock: FixedClock) -> None:
    for name, unit in (("one", "U101"), ("other", "U202")):
        made = opening.create(
            tmp_path / name, WORDS, unit=Unit(code=unit, municipality="405", coach=name), clock=clock, cost=CHEAP
        )
        session = opening.open_session(tmp_path / name, made.key, clock=clock)
        if name == "one":
            client = full_client(session)
            before = whole(session, client)
        opening.close(session)
    (tmp_path / "words").write_text(WORDS, "utf-8")
    numbers = {}
    for name in ("one", "other"):
        said = command(tmp_path, "card", name, "--out", str(tmp_path / f"{name}.json"))
        numbers[name] = said.splitlines()[1].partition(": ")[2]
    command(tmp_path, "trust", "one", str(tmp_path / "other.json"), "--fingerprint", numbers["other"])
    command(tmp_path, "trust", "other", str(tmp_path / "one.json"), "--fingerprint", numbers["one"])
    said = command(tmp_path, "hand-over", "one", client, "--to", numbers["other"], "--out", str(tmp_path))
    package = said.splitlines()[0]
    said = command(tmp_path, "accept", "other", package, "--out", str(tmp_path))
    command(tmp_path, "receipt", "one", said.splitlines()[-1])
    assert "waiting" not in command(tmp_path, "handovers", "one")
    session = opening.unlock(tmp_path / "other", WORDS)
    assert whole(session, client) == before
    assert logs.first_break(session) is None
    opening.close(session)


def command(folder: Path, name: str, vault: str, *rest: str) -> str:
    words = ["--passphrase-file", str(folder / "words"), "--language", "en"]
    line = [sys.executable, "-m", "valmentaja", name, str(folder / vault), *rest, *words]
    done = subprocess.run(line, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_cards_are_trusted_by_the_number_only(one: Session, tmp_path: Path, clock: FixedClock) -> None:
    third = taker(tmp_path / "third", clock, unit="U303")
    path = cards.save_card(third, tmp_path)
    assert path.name == f"valmentaja-kortti_U303_{cards.own_card(third).fingerprint[:5]}.json"
    read = cards.read_card(path)
    number = cards.own_card(third).fingerprint
    assert [len(group) for group in number.split()] == [5] * 6
    for heard in ("", number[:-1], number[:-1] + str((int(number[-1]) + 1) % 10), cards.own_card(one).fingerprint):
        with pytest.raises(UserError, match="not the one of this card"):
            cards.trust(one, read, heard)
    assert cards.trusted(one) == ()
    cards.trust(one, read, number.replace(" ", ""))
    assert [card.name for card in cards.trusted(one)] == ["Olli Ottaja, U303"]
    path.write_bytes(path.read_bytes().replace(b"Olli", b"Ossi"))
    with pytest.raises(UserError, match="changed since"):
        cards.read_card(path)
    meet(one, third, tmp_path)
    opening.close(third)
