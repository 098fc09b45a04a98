"""Restoring: every way a backup may be wrong is refused with its sentence, and nothing is left behind."""

from __future__ import annotations

import json
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from backup_kit import Vault, add_meeting, make, names, relisted, rezipped
from conftest import WORDS

from valmentaja.base.canonical import canonical, fingerprint
from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import StorageError, UserError
from valmentaja.usecases import backing_up, opening, places, restoring
from valmentaja.usecases.backing_up import Steps
from valmentaja.usecases.restoring import Proof
from valmentaja.usecases.session import Session
from valmentaja.vault import unpacking
from valmentaja.vault.manifest import DamagedBackupError

Members = dict[str, bytes]
Change = Callable[[Members], object]
DB = "caseload-0001.db"


@pytest.fixture
def sound(vault: Vault, disk: Path) -> Path:
    session = vault.open()
    add_meeting(session, "Puhuttiin puutöistä.")
    made = backing_up.back_up(session, folder=disk)
    opening.close(session)
    return made.path


def listing(change: Callable[[dict[str, object]], object]) -> Change:
    return lambda members: relisted(members, change)


def flipped(name: str, place: int) -> Change:
    def change(members: Members) -> None:
        data = bytearray(members[name])
        data[place] ^= 1
        members[name] = bytes(data)

    return change


def agreeing(change: Change) -> Change:
    """The change, and a list of contents that agrees with it: a forger can write both."""

    def both(members: Members) -> None:
        change(members)

        def agree(listed: dict[str, object]) -> None:
            listed["members"] = {
                name: {"bytes": len(data), "sha256": fingerprint(data)}
                for name, data in members.items()
                if name != "manifest.json"
            }

        relisted(members, agree)

    return both


def renamed(old: str, new: str) -> Change:
    return lambda members: members.update({new: members.pop(old)})


def with_header(change: Callable[[dict[str, object]], object]) -> Change:
    """A key file that was changed, with a right checksum."""

    def both(members: Members) -> None:
        header = json.loads(members["vault.json"])
        header.pop("checksum")
        change(header)
        members["vault.json"] = canonical({**header, "checksum": fingerprint(canonical(header))})

    return agreeing(both)


DAMAGES: dict[str, tuple[Change, str]] = {
    "no manifest": (lambda m: m.pop("manifest.json"), "manifest.json is missing"),
    "no key file": (lambda m: m.pop("vault.json"), "vault.json is missing"),
    "no database": (lambda m: m.pop(DB), f"{DB} is missing"),
    "empty manifest": (lambda m: m.update({"manifest.json": b""}), "cannot be understood"),
    "manifest that is no table": (lambda m: m.update({"manifest.json": b"[]"}), "cannot be understood"),
    "manifest nested deep": (lambda m: m.update({"manifest.json": b"[" * 60000}), "cannot be understood"),
    "huge manifest": (lambda m: m.update({"manifest.json": b" " * 70000}), "holds something"),
    "manifest of a newer program": (listing(lambda v: v.update(format="valmentaja-backup/2")), "newer version"),
    "manifest without counts": (listing(lambda v: v.pop("counts")), "cannot be understood"),
    "manifest with a strange key": (listing(lambda v: v.update(strange=1)), "cannot be understood"),
    "negative size": (listing(lambda v: v["members"][DB].update(bytes=-1)), "cannot be understood"),
    "size as text": (listing(lambda v: v["members"][DB].update(bytes="9")), "cannot be understood"),
    "sum of a wrong length": (listing(lambda v: v["members"][DB].update(sha256="ab")), "cannot be understood"),
    "no such day": (listing(lambda v: v.update(created="2026-02-30T00:00:00Z")), "cannot be understood"),
    "listed path upwards": (
        listing(lambda v: v["members"].update({"../../evil.db": v["members"].pop(DB)})),
        "cannot be understood",
    ),
    "two databases listed": (
        listing(lambda v: v["members"].update({"caseload-0002.db": v["members"][DB]})),
        "cannot be understood",
    ),
    "bit of the database": (flipped(DB, 5000), f"{DB} in .* has changed"),
    "last bit of the database": (flipped(DB, -1), f"{DB} in .* has changed"),
    "bit of the key file": (flipped("vault.json", 40), "vault.json in .* has changed"),
    "sum in the list": (listing(lambda v: v["members"][DB].update(sha256="0" * 64)), "has changed"),
    "database cut": (lambda m: m.update({DB: m[DB][:-4096]}), "bytes and should be"),
    "database longer": (lambda m: m.update({DB: m[DB] + b"x"}), "bytes and should be"),
    "size in the list": (listing(lambda v: v["members"][DB].update(bytes=1)), "bytes and should be"),
    "extra file": (lambda m: m.update({"lue.txt": b"x"}), r"do not have \(lue.txt\)"),
    "path upwards": (lambda m: m.update({"../../evil.txt": b"x"}), r"do not have \(../../evil.txt\)"),
    "absolute path": (lambda m: m.update({"/tmp/evil.txt": b"x"}), r"do not have \(/tmp/evil.txt\)"),
    "Windows path": (lambda m: m.update({"C:\\evil.txt": b"x"}), "do not have"),
    "spare key file": (lambda m: m.update({"vault.json.bak": m["vault.json"]}), "do not have"),
    "database renamed": (renamed(DB, "caseload-0002.db"), "do not have"),
    "key file renamed": (renamed("vault.json", "Vault.json"), "do not have"),
    "database renamed in both": (agreeing(renamed(DB, "caseload-0002.db")), "of another vault"),
    "another vault's id": (listing(lambda v: v.update(vault="0" * 32)), "of another vault"),
    "a key file that is none": (agreeing(lambda m: m.update({"vault.json": b"{}"})), "has changed"),
    "a huge key file": (agreeing(lambda m: m.update({"vault.json": b" " * 70000})), "do not have"),
    "key file of a newer program": (with_header(lambda h: h.update(format="valmentaja-vault/2")), "newer version"),
    "key file altered": (with_header(lambda h: h.update(sequence=9)), "altered"),
    "a weak key slot": (with_header(lambda h: h["slots"][0].update(memory=8)), "altered"),
    "a memory bomb": (with_header(lambda h: h["slots"][0].update(memory=2**30)), "altered"),
    "first page forged": (agreeing(flipped(DB, 100)), "database in .* is damaged"),
    "later page forged": (agreeing(flipped(DB, -100)), "database in .* is damaged"),
    "database cut at a page": (agreeing(lambda m: m.update({DB: m[DB][:-4096]})), "is damaged"),
    "empty database": (agreeing(lambda m: m.update({DB: b""})), "is damaged"),
    "fewer clients than listed": (listing(lambda v: v["counts"].update(client=3)), "should hold 3 rows of client"),
    "a table that is not there": (listing(lambda v: v["counts"].update(nothing=1)), "should hold 1 rows of nothing"),
    "another schema": (listing(lambda v: v.update(schema=99)), "is damaged"),
    "another head of the log": (listing(lambda v: v["anchor"].update(hash="0" * 64)), "log in .* is not the one"),
    "an older head of the log": (listing(lambda v: v["anchor"].update(seq=1)), "log in .* is not the one"),
}


def refused(path: Path, target: Path, match: str, proof: Proof | None = None) -> UserError:
    """Restoring is refused with this sentence; nothing is left beside the target."""
    before = sorted(target.parent.iterdir())
    with pytest.raises(UserError, match=match) as told:
        restoring.restore(path, target, proof or Proof(text=WORDS))
    assert sorted(target.parent.iterdir()) == before
    return told.value


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_backup_is_refused_and_nothing_is_left(sound: Path, tmp_path: Path, name: str) -> None:
    change, sentence = DAMAGES[name]
    damaged = rezipped(sound, tmp_path / "vaurioitunut.zip", change)
    assert isinstance(refused(damaged, tmp_path / "uusi", sentence), StorageError)
    assert not (tmp_path.parent / "evil.txt").exists()
    assert not (tmp_path / "evil.txt").exists()


def test_control_the_same_backup_without_damage_is_restored(sound: Path, tmp_path: Path) -> None:
    same = rezipped(sound, tmp_path / "sama.zip", lambda _members: None)
    assert restoring.restore(same, tmp_path / "uusi", Proof(text=WORDS)).counts["client"] == 2


def test_a_packed_bomb_is_refused_before_it_is_unpacked(sound: Path, tmp_path: Path) -> None:
    bomb = tmp_path / "pommi.zip"
    with zipfile.ZipFile(sound) as package, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("vault.json", package.read("vault.json"), zipfile.ZIP_STORED)
        out.writestr(DB, bytes(200_000_000))
        listed = json.loads(package.read("manifest.json"))
        listed["members"][DB] = {"bytes": 200_000_000, "sha256": "0" * 64}
        out.writestr("manifest.json", json.dumps(listed), zipfile.ZIP_STORED)
    refused(bomb, tmp_path / "uusi", "do not have")


def test_a_name_that_occurs_twice_is_refused(sound: Path, tmp_path: Path) -> None:
    twice = tmp_path / "kahdesti.zip"
    shutil.copy(sound, twice)
    with zipfile.ZipFile(twice, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("vault.json", b"{}")
    refused(twice, tmp_path / "uusi", "do not have")


@pytest.mark.parametrize("size", [0, 1, 100, 5000, -1, -22, -200])
def test_a_backup_that_is_cut_is_refused(sound: Path, tmp_path: Path, size: int) -> None:
    cut = tmp_path / "katkaistu.zip"
    cut.write_bytes(sound.read_bytes()[:size])
    refused(cut, tmp_path / "uusi", "not a whole backup")


def test_something_hidden_before_the_backup_is_refused(sound: Path, tmp_path: Path) -> None:
    longer = tmp_path / "pidempi.zip"
    longer.write_bytes(bytes(500_000) + sound.read_bytes())
    refused(longer, tmp_path / "uusi", "do not have")


def test_a_size_lied_about_in_the_zip_itself_is_refused(sound: Path, tmp_path: Path) -> None:
    data = bytearray(sound.read_bytes())
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(DB.encode()))
    size = struct.unpack_from("<I", data, at + 24)[0]
    struct.pack_into("<I", data, at + 24, size + 4096)
    lying = tmp_path / "valehtelee.zip"
    lying.write_bytes(data)
    refused(lying, tmp_path / "uusi", "do not have")


def test_a_missing_backup_and_a_text_file_are_named(tmp_path: Path) -> None:
    (tmp_path / "kirje.zip").write_text("hei", "utf-8")
    refused(tmp_path / "puuttuu.zip", tmp_path / "uusi", "is not there")
    refused(tmp_path / "kirje.zip", tmp_path / "uusi", "not a whole backup")


def test_a_wrong_passphrase_and_another_vaults_code_leave_nothing(
    sound: Path, tmp_path: Path, clock: FixedClock
) -> None:
    other = make(tmp_path / "toinen", clock, clients=0)
    wrong = refused(sound, tmp_path / "uusi", "Wrong passphrase", Proof(text="väärä väärä väärä"))
    code = refused(sound, tmp_path / "uusi", "another vault", Proof(text=other.code, is_code=True))
    assert not restoring.is_damage(wrong)
    assert not restoring.is_damage(code)


def test_a_cancelled_restoring_leaves_nothing(sound: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    with pytest.raises(UserError, match="Cancelled"):
        restoring.restore(sound, tmp_path / "uusi", Proof(text=WORDS), steps=Steps(cancelled=lambda: True))
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_with_something_in_it_is_left_alone(sound: Path, vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "kuvat").mkdir()
    (tmp_path / "kuvat" / "kissa.jpg").write_bytes(b"x")
    refused(sound, tmp_path / "kuvat", "not empty")
    refused(sound, vault.folder, "not empty")
    with pytest.raises(UserError, match="not empty"):
        restoring.restore(sound, tmp_path / "kuvat", Proof(text=WORDS), replacing=True)


def test_an_empty_folder_is_taken(sound: Path, tmp_path: Path) -> None:
    (tmp_path / "uusi").mkdir()
    restoring.restore(sound, tmp_path / "uusi", Proof(text=WORDS))
    assert (tmp_path / "uusi").stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "uusi").iterdir())


def test_a_vault_that_is_replaced_goes_aside_whole(sound: Path, vault: Vault) -> None:
    session = vault.open()
    add_meeting(session, "tehty varmuuskopion jälkeen")
    opening.close(session)
    made = restoring.restore(sound, vault.folder, Proof(text=WORDS), replacing=True, clock=vault.clock)
    assert made.aside is not None
    now, before = vault.open(), Vault(made.aside, vault.code, vault.key, vault.clock).open()
    assert now.store.number("SELECT COUNT(*) FROM meeting") == 1
    assert before.store.number("SELECT COUNT(*) FROM meeting") == 2
    assert names(now) == names(before)
    opening.close(now)
    opening.close(before)


def test_a_vault_that_is_open_is_not_replaced(sound: Path, vault: Vault) -> None:
    session = vault.open()
    with pytest.raises(StorageError, match="open in another window"):
        restoring.restore(sound, vault.folder, Proof(text=WORDS), replacing=True)
    opening.close(session)


def test_a_rename_that_fails_puts_the_old_vault_back(
    sound: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Path.rename

    def fails(self: Path, target: Path) -> Path:
        if self.name == "vault" and self.parent.name.endswith(".restoring"):
            raise OSError(28, "No space left on device")
        return plain(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(StorageError, match="No space left"):
        restoring.restore(sound, vault.folder, Proof(text=WORDS), replacing=True)
    session = vault.open()
    assert len(names(session)) == 2
    opening.close(session)


def test_a_full_disk_while_restoring_leaves_nothing(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(unpacking.os, "fsync", full)
    refused(sound, tmp_path / "uusi", "No space left on device")


def test_too_little_room_for_restoring_is_said_with_both_numbers(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(10**9, 10**9, 250_000))
    refused(sound, tmp_path / "uusi", r"\d MB is needed, 0 MB is free")


def test_what_follows_a_restoring_happens_before_the_vault_is_in_its_place(
    sound: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[Path, ...]] = []

    def look(session: Session, folders: tuple[Path, ...]) -> None:
        assert session.folder != vault.folder
        assert session.store.number("SELECT COUNT(*) FROM client") == 2
        seen.append(folders)

    monkeypatch.setattr(restoring, "_after_restore", look)
    restoring.restore(sound, vault.folder, Proof(text=WORDS), replacing=True)
    assert seen == [(sound.parent, vault.folder)]


def test_when_what_follows_fails_nothing_is_restored(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_session: Session, _folders: tuple[Path, ...]) -> None:
        raise StorageError("The list cannot be read.")

    monkeypatch.setattr(restoring, "_after_restore", fails)
    refused(sound, tmp_path / "uusi", "The list cannot be read")


def test_a_rehearsal_proves_the_backup_with_the_code_and_leaves_nothing(vault: Vault, sound: Path) -> None:
    done = restoring.rehearse(sound, Proof(text=vault.code, is_code=True))
    assert (done.counts["client"], done.counts["meeting"]) == (2, 1)
    assert not done.folder.exists()
    session = vault.open()
    assert backing_up.state(session).wants_rehearsal
    backing_up.set_folder(session, sound.parent)
    backing_up.record_rehearsal(session, sound, sound=True)
    state = backing_up.state(session)
    assert (state.rehearsed, state.wants_rehearsal) == (session.today(), False)
    assert backing_up.kept(session)[0].sound is True
    opening.close(session)


def test_a_rehearsal_of_a_damaged_backup_says_so_and_leaves_nothing(vault: Vault, sound: Path, tmp_path: Path) -> None:
    damaged = rezipped(sound, tmp_path / "vaurioitunut.zip", flipped(DB, 9000))
    with pytest.raises(DamagedBackupError) as told:
        restoring.rehearse(damaged, Proof(text=WORDS))
    assert restoring.is_damage(told.value)
    session = vault.open()
    assert not places.rehearsal_place(backing_up.vault.identity(vault.folder)).exists()
    backing_up.record_rehearsal(session, damaged, sound=False)
    assert backing_up.state(session).rehearsed is None
    opening.close(session)


def test_an_interrupted_rehearsal_is_cleared_at_the_next_start(vault: Vault) -> None:
    left = places.rehearsal_place(backing_up.vault.identity(vault.folder)) / "vault"
    left.mkdir(parents=True)
    (left / DB).write_bytes(b"x")
    session = vault.open()
    restoring.clear_rehearsals(session)
    assert not left.exists()
    opening.close(session)
