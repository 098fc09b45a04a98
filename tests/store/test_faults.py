"""Every way a vault can be broken has its own sentence, and no failed opening makes a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import CHEAP, WORDS

from valmentaja.base.canonical import canonical, fingerprint
from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import DamagedError, StorageError, UserError
from valmentaja.crypto.keys import DataKey
from valmentaja.store import database, migrate, settings
from valmentaja.usecases import caseload, health, opening
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session, Unit
from valmentaja.vault import header

ROOT = Path(__file__).resolve().parents[2]
PAGE = 4096
DATABASE = "caseload-0001.db"
UNIT = Unit(code="U101", municipality="405", coach="")
Break = Callable[[Path], object]


def test_a_flipped_bit_in_the_format_is_no_newer_program(vault: tuple[Path, bytes]) -> None:
    path = vault[0] / header.NAME
    path.write_bytes(path.read_bytes().replace(b"valmentaja-vault/1", b"valmentaja-vault/3"))
    opening.close(opened(vault))
    assert header.damaged_copies(vault[0]) == ()


@pytest.fixture
def vault(tmp_path: Path, clock: FixedClock) -> tuple[Path, bytes]:
    """A closed vault with one client, and its key."""
    made = opening.create(tmp_path / "vault", WORDS, unit=UNIT, clock=clock, cost=CHEAP)
    key = bytes(made.key.reveal())
    session = opening.open_session(tmp_path / "vault", made.key, clock=clock)
    caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi"))
    opening.close(session)
    return tmp_path / "vault", key


def opened(vault: tuple[Path, bytes]) -> Session:
    return opening.open_session(vault[0], DataKey(bytearray(vault[1])))


def change(folder: Path, act: Callable[[bytearray], object], name: str = DATABASE) -> None:
    held = bytearray((folder / name).read_bytes())
    act(held)
    (folder / name).write_bytes(bytes(held))


def flip(place: int) -> Callable[[bytearray], None]:
    def act(held: bytearray) -> None:
        held[place] ^= 1

    return act


def cut(size: int) -> Callable[[bytearray], None]:
    def act(held: bytearray) -> None:
        del held[size:]

    return act


def garble_headers(folder: Path) -> None:
    for name in (header.NAME, header.SPARE):
        (folder / name).write_bytes(b"{")


def remove_headers(folder: Path) -> None:
    for name in (header.NAME, header.SPARE):
        (folder / name).unlink()


BREAKS: dict[str, tuple[Break, str]] = {
    "truncated": (lambda folder: change(folder, cut(40 * PAGE)), "has been cut short"),
    "truncated in a page": (lambda folder: change(folder, cut(40 * PAGE + 77)), "has been cut short"),
    "empty": (lambda folder: change(folder, cut(0)), r"is empty \(0 bytes\)"),
    "missing database": (lambda folder: (folder / DATABASE).unlink(), "database is missing"),
    "missing header": (remove_headers, "key file vault.json is missing"),
    "both headers garbage": (garble_headers, "Both copies of the key file"),
    "first page": (lambda folder: change(folder, flip(100)), "at its beginning"),
    "not a database": (lambda folder: (folder / DATABASE).write_bytes(b"hello" * 3000), "at its beginning"),
    "missing folder": (shutil.rmtree, "is not there. Connect the disk"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_each_fault_says_what_is_wrong_and_makes_no_file(vault: tuple[Path, bytes], name: str) -> None:
    act, told = BREAKS[name]
    act(vault[0])
    before = sorted(vault[0].iterdir()) if vault[0].exists() else None
    with pytest.raises(StorageError, match=told):
        opened(vault)
    assert (sorted(vault[0].iterdir()) if vault[0].exists() else None) == before


def test_five_faults_have_five_different_sentences() -> None:
    five = ("truncated", "empty", "missing database", "missing header", "both headers garbage")
    assert len({BREAKS[name][1] for name in five}) == 5


def test_a_wrong_passphrase_says_so_and_touches_nothing(vault: tuple[Path, bytes]) -> None:
    before = {path.name: path.read_bytes() for path in vault[0].iterdir()}
    with pytest.raises(UserError, match="Wrong passphrase"):
        opening.unlock(vault[0], "aivan muut sanat tässä")
    assert {path.name: path.read_bytes() for path in vault[0].iterdir()} == before


def test_a_damaged_later_page_is_told_from_a_damaged_beginning(vault: tuple[Path, bytes]) -> None:
    session = opened(vault)
    (root,) = session.store.rows("SELECT rootpage FROM sqlite_master WHERE name = 'client'")[0]
    opening.close(session)
    change(vault[0], flip((root - 1) * PAGE + 200))
    session = opened(vault)
    with pytest.raises(DamagedError, match="Part of the database"):
        caseload.client_rows(session)
    opening.close(session)


def test_a_check_names_the_damaged_page(vault: tuple[Path, bytes]) -> None:
    session = opened(vault)
    assert health.check(session).problems == ()
    (root,) = session.store.rows("SELECT rootpage FROM sqlite_master WHERE name = 'told_fact'")[0]
    opening.close(session)
    change(vault[0], flip((root - 1) * PAGE + 200))
    session = opened(vault)
    found = health.check(session).problems
    opening.close(session)
    assert str(root) in dict(found[0].values)["first"]


def test_the_spare_header_opens_the_vault_and_both_are_there_again(vault: tuple[Path, bytes]) -> None:
    held = (vault[0] / header.NAME).read_bytes()
    for name, act in ((header.NAME, Path.unlink), (header.SPARE, lambda path: path.write_bytes(b"noise"))):
        act(vault[0] / name)
        opening.close(opened(vault))
        assert (vault[0] / name).read_bytes() == held


def test_a_second_window_is_refused_at_once_and_a_failed_opening_holds_no_lock(vault: tuple[Path, bytes]) -> None:
    first = opened(vault)
    with pytest.raises(StorageError, match="open in another window"):
        opened(vault)
    opening.close(first)
    opening.close(opened(vault))


def test_a_folder_that_vanishes_is_said_and_its_return_lets_work_go_on(vault: tuple[Path, bytes]) -> None:
    session = opened(vault)
    away = vault[0].with_name("away")
    vault[0].rename(away)
    with pytest.raises(StorageError, match="no longer there"):
        caseload.take_on(session, NewClient(family_name="Toinen", given_names="Testi"))
    away.rename(vault[0])
    caseload.take_on(session, NewClient(family_name="Toinen", given_names="Testi"))
    opening.close(session)
    session = opened(vault)
    assert len(caseload.client_rows(session)) == 2
    opening.close(session)


def test_a_migration_that_fails_midway_leaves_version_and_content(
    vault: tuple[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps, bad = migrate.steps(), tmp_path / "9999.sql"
    bad.write_text("CREATE TABLE half (a INTEGER) STRICT;\nDELETE FROM client;\nINSERT INTO nowhere VALUES (1);\n")
    with monkeypatch.context() as patched:
        patched.setattr(migrate, "steps", lambda: (*steps, (steps[-1][0] + 1, bad)))
        with pytest.raises(StorageError, match="nowhere"):
            opened(vault)
    session = opened(vault)
    assert session.store.number("PRAGMA user_version") == steps[-1][0]
    assert len(caseload.client_rows(session)) == 1
    assert health.check(session).problems == ()
    opening.close(session)


def test_a_newer_vault_is_refused_with_both_numbers(vault: tuple[Path, bytes]) -> None:
    session = opened(vault)
    session.store._connection.execute("PRAGMA user_version=77")
    opening.close(session)
    with pytest.raises(StorageError, match=rf"format 77; this program knows {migrate.newest()}"):
        opened(vault)


def test_a_newer_header_is_refused_with_both_versions(vault: tuple[Path, bytes]) -> None:
    body = {"format": "valmentaja-vault/7", "something": "else"}
    for name in (header.NAME, header.SPARE):
        (vault[0] / name).write_bytes(canonical({**body, "checksum": fingerprint(canonical(body))}))
    with pytest.raises(StorageError, match=r"valmentaja-vault/7; this program reads valmentaja-vault/1"):
        opened(vault)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("mounting a small file system needs rights that this user does not have")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_loses_nothing_and_work_goes_on_when_there_is_room(small_disk: Path) -> None:
    made = opening.create(small_disk / "vault", WORDS, unit=UNIT, cost=CHEAP)
    session = opening.open_session(small_disk / "vault", made.key)
    filler, saved = small_disk / "filler", 0
    fill(filler)
    told = ""
    while not told:
        try:
            keep(session, saved)
            saved += 1
        except StorageError as error:
            told = str(error)
    assert told == "The disk is full. Nothing was saved. Free some space and try again."
    assert kept(session) == saved
    health.rest(session)
    filler.unlink()
    keep(session, saved)
    assert kept(session) == saved + 1
    assert health.check(session).problems == ()
    opening.close(session)


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as out, suppress(OSError):
        while True:
            out.write(bytes(PAGE))


def keep(session: Session, n: int) -> None:
    with session.store.writing() as tx:
        settings.keep_setting(tx, f"saved {n}", "sanoja " * 900)


def kept(session: Session) -> int:
    return session.store.number("SELECT COUNT(*) FROM setting WHERE name LIKE 'saved %'")


@pytest.fixture
def read_only(small_disk: Path) -> Path:
    made = opening.create(small_disk / "vault", WORDS, unit=UNIT, cost=CHEAP)
    (small_disk / "key").write_bytes(made.key.reveal())
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    return small_disk


def test_a_vault_that_cannot_be_written_to_says_so(read_only: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written to"):
        opening.open_session(read_only / "vault", DataKey(bytearray((read_only / "key").read_bytes())))


def talk(vault: tuple[Path, bytes], manner: str) -> str:
    """What the library itself says on stderr during open, wrong key, damaged page, close."""
    child = [sys.executable, str(ROOT / "tests" / "store" / "talking.py"), str(vault[0]), vault[1].hex(), manner]
    done = subprocess.run(child, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr
    assert done.stdout == "opened, refused, damaged, closed\n"
    return done.stderr


def test_nothing_is_said_on_stderr(vault: tuple[Path, bytes]) -> None:
    assert talk(vault, "quiet") == ""


def test_without_the_setting_the_library_would_talk(vault: tuple[Path, bytes]) -> None:
    assert "ERROR" in talk(vault, "loud")


def test_a_raw_key_of_a_wrong_length_is_never_taken(vault: tuple[Path, bytes], clock: FixedClock) -> None:
    with pytest.raises(ValueError, match="raw key size"):
        database.connect(vault[0] / DATABASE, bytearray(31), clock)
