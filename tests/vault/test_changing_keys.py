"""Passphrase, recovery code, rotation, organisation: who opens what before and after, and what the log says."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CHEAP, WORDS

from valmentaja.base.errors import StorageError, UserError
from valmentaja.crypto.keys import KdfCost
from valmentaja.store import migrate, rotation
from valmentaja.store.database import Store
from valmentaja.usecases import caseload, keys, logs, opening
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session, Unit

NEW = "aivan toiset sanat"


class Vault:
    """A vault of one client, closed; `code` is its recovery code."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        made = opening.create(folder, WORDS, unit=Unit(code="U101", municipality="405", coach=""), cost=CHEAP)
        self.code = made.recovery_code
        with opening.held(folder, made.key) as session:
            caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi"))

    def key(self, words: str = WORDS) -> opening.Key:
        return opening.key_from_passphrase(self.folder, words)

    def opens(self, words: str) -> bool:
        try:
            self.key(words)
        except UserError:
            return False
        return True

    def rotate(self, **wish: object) -> str:
        return keys.rotate(keys.prepare_rotation(self.folder, WORDS, cost=CHEAP, **wish))  # type: ignore[arg-type]

    def commit(self, prepare: Callable[[], keys.Prepared]) -> keys.Prepared:
        with opening.held(self.folder, self.key()) as session:
            prepared = prepare()
            keys.commit(session, prepared)
        return prepared


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


def starts(session: Session) -> list[tuple[int, str]]:
    return [(r[0], r[1]) for r in session.store.rows("SELECT seq, role FROM audit_start ORDER BY seq, role")]


def actions(session: Session) -> list[str]:
    return [row.action for row in logs.entries(session)]


def test_a_new_passphrase_changes_the_header_only(vault: Vault) -> None:
    database = (vault.folder / "caseload-0001.db").stat().st_ino
    vault.commit(lambda: keys.prepare_passphrase(vault.folder, vault.key(), NEW, cost=CHEAP))
    assert vault.opens(NEW)
    assert not vault.opens(WORDS)
    assert (vault.folder / "caseload-0001.db").stat().st_ino == database
    with opening.held(vault.folder, opening.key_from_code(vault.folder, vault.code), actor="recovery") as session:
        assert "new passphrase" in actions(session)
        assert logs.entries(session)[0].actor == "recovery"
        assert logs.first_break(session) is None


def test_a_short_passphrase_is_refused_and_the_old_one_stays(vault: Vault) -> None:
    with pytest.raises(UserError, match="at least 10"):
        keys.prepare_passphrase(vault.folder, vault.key(), "lyhyt", cost=CHEAP)
    assert vault.opens(WORDS)


def test_a_new_code_takes_the_old_ones_place_and_starts_a_new_ratchet(vault: Vault) -> None:
    with opening.held(vault.folder, vault.key()) as session:
        before = starts(session)
    made = vault.commit(lambda: keys.prepare_code(vault.folder, vault.key()))
    with pytest.raises(UserError, match="another vault"):
        opening.key_from_code(vault.folder, vault.code)
    with opening.held(vault.folder, opening.key_from_code(vault.folder, made.recovery_code)) as session:
        assert len(starts(session)) == len(before) + 1
    with opening.held(vault.folder, vault.key()) as session:
        assert len(starts(session)) == len(before) + 1


def test_rotation_keeps_every_row_and_the_schema(vault: Vault) -> None:
    with opening.held(vault.folder, vault.key()) as session:
        schema, rows = session.store.schema(), caseload.client_rows(session)
        found = session.store.rows("SELECT rowid FROM name_index WHERE name_index MATCH 'esimerkki'")
    old = {path.name: path.read_bytes() for path in vault.folder.iterdir()}
    assert vault.rotate(new_passphrase=NEW) == ""
    assert sorted(path.name for path in vault.folder.iterdir()) == ["caseload-0002.db", "vault.json", "vault.json.bak"]
    assert not vault.opens(WORDS)
    with opening.held(vault.folder, opening.key_from_code(vault.folder, vault.code)) as session:
        assert session.store.schema() == schema
        assert caseload.client_rows(session) == rows
        assert found
        assert session.store.rows("SELECT rowid FROM name_index WHERE name_index MATCH 'esimerkki'") == found
        assert session.store.number("PRAGMA application_id") == 0x56414C4D
        assert session.store.number("PRAGMA user_version") == migrate.newest()
        assert logs.first_break(session) is None
        assert "rotate" in actions(session)
    copy = vault.folder.with_name("copy")
    copy.mkdir()
    for name, held in old.items():
        (copy / name).write_bytes(held)
    stolen = opening.key_from_passphrase(copy, WORDS)
    for name in ("vault.json", "vault.json.bak"):
        (copy / name).write_bytes(old[name])
    shutil.copy(vault.folder / "caseload-0002.db", copy / "caseload-0001.db")
    with pytest.raises(StorageError, match="damaged"):
        opening.open_session(copy, stolen)


def test_rotation_may_make_a_new_code(vault: Vault) -> None:
    code = vault.rotate(new_code=True)
    assert vault.opens(WORDS)
    opening.key_from_code(vault.folder, code).wipe()
    with pytest.raises(UserError, match="another vault"):
        opening.key_from_code(vault.folder, vault.code)


def test_rotation_without_room_changes_nothing(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    size = (vault.folder / "caseload-0001.db").stat().st_size
    usage = shutil.disk_usage(vault.folder)._replace(free=3 * size - 1)
    monkeypatch.setattr(rotation.shutil, "disk_usage", lambda _folder: usage)
    with pytest.raises(StorageError, match="MB free"):
        vault.rotate()
    assert vault.opens(WORDS)
    assert not (vault.folder / "caseload-0002.db").exists()


def test_rotation_of_an_open_vault_is_refused(vault: Vault) -> None:
    plan = keys.prepare_rotation(vault.folder, WORDS, cost=CHEAP)
    with opening.held(vault.folder, vault.key()), pytest.raises(StorageError, match="another window"):
        keys.rotate(plan)


@pytest.fixture
def employer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A policy with an organisation key; the path of its private half."""
    made = keys.make_organisation_key(tmp_path / "office", "työnantajan salalause", cost=CHEAP)
    file = tmp_path / "policy.toml"
    file.write_text(f'[settings]\norganisation_key = "{made.public_key}"\npassphrase_length = 14\n', "utf-8")
    monkeypatch.setenv("VALMENTAJA_POLICY", str(file))
    return made.file


def test_the_organisation_opens_a_new_vault(employer: Path, tmp_path: Path) -> None:
    made = Vault(tmp_path / "new")
    assert keys.openers(made.folder).organisation
    key = opening.key_from_organisation(made.folder, employer, "työnantajan salalause")
    with opening.held(made.folder, key, actor="organisation") as session:
        assert logs.entries(session)[0].actor == "organisation"
        assert {role for _seq, role in starts(session)} == {"recovery", "organisation"}
        job = logs.check_job(session)
        office = logs.OfficeKey(file=employer, passphrase="työnantajan salalause")
        assert logs.check(job).marked == 0
        found = logs.check(job, office=office)
        assert (found.breaks, found.marked) == ((), found.entries)
    with pytest.raises(UserError, match="Wrong passphrase of the organisation"):
        opening.key_from_organisation(made.folder, employer, "jokin muu lause")


def test_an_existing_vault_gets_the_organisation_with_its_next_passphrase(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = keys.make_organisation_key(tmp_path / "office", "työnantajan salalause", cost=CHEAP)
    with pytest.raises(UserError, match="does not open"):
        opening.key_from_organisation(vault.folder, made.file, "työnantajan salalause")
    file = tmp_path / "policy.toml"
    file.write_text(f'[settings]\norganisation_key = "{made.public_key}"\n', "utf-8")
    monkeypatch.setenv("VALMENTAJA_POLICY", str(file))
    vault.commit(lambda: keys.prepare_passphrase(vault.folder, vault.key(), NEW, cost=CHEAP))
    key = opening.key_from_organisation(vault.folder, made.file, "työnantajan salalause")
    with opening.held(vault.folder, key, actor="organisation") as session:
        newest = max(seq for seq, _role in starts(session))
        assert {role for seq, role in starts(session) if seq == newest} == {"recovery", "organisation"}
    keys.rotate(keys.prepare_rotation(vault.folder, NEW, cost=CHEAP))
    opening.key_from_organisation(vault.folder, made.file, "työnantajan salalause").wipe()


def test_the_policy_says_how_long_a_passphrase_is(employer: Path, tmp_path: Path) -> None:
    assert employer.exists()
    with pytest.raises(UserError, match="at least 14"):
        opening.create(
            tmp_path / "x", "kolmetoistaaa", unit=Unit(code="U101", municipality="405", coach=""), cost=CHEAP
        )
    assert not (tmp_path / "x").exists()


def test_a_second_organisation_key_is_not_written_over_the_first(employer: Path) -> None:
    with pytest.raises(UserError, match="already there"):
        keys.make_organisation_key(employer.parent, "työnantajan salalause", cost=CHEAP)


@pytest.mark.parametrize("change", [('"memory":65536', '"memory":2147483647'), ('"salt":"', '"salt":"zz'), ("{", "")])
def test_a_damaged_organisation_key_is_named(employer: Path, vault: Vault, change: tuple[str, str]) -> None:
    employer.write_text(employer.read_text("utf-8").replace(*change, 1), "utf-8")
    with pytest.raises(UserError, match="organisation-key.json"):
        opening.key_from_organisation(vault.folder, employer, "työnantajan salalause")


def test_new_passphrases_get_the_full_cost(vault: Vault) -> None:
    prepared = keys.prepare_passphrase(vault.folder, vault.key(), NEW)
    assert prepared.header.passphrase.cost == KdfCost()


def test_a_new_code_is_shown_even_if_the_disk_fills_right_after_it(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its keys are in force by then; the old sheet opens nothing any more."""

    def full(*_args: object) -> None:
        raise StorageError("The disk is full.")

    prepared = keys.prepare_code(vault.folder, vault.key())
    with opening.held(vault.folder, vault.key()) as session:
        monkeypatch.setattr(opening, "renew_ratchet", full)
        keys.commit(session, prepared)
        monkeypatch.undo()
    opening.key_from_code(vault.folder, prepared.recovery_code).wipe()
    with opening.held(vault.folder, vault.key()) as session:
        assert logs.first_break(session) is None
        assert logs.check(logs.check_job(session)).breaks == ()


def test_when_the_log_cannot_be_written_the_keys_stay(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(store: Store) -> None:
        store._undo()
        raise StorageError("The disk is full.")

    prepared = keys.prepare_code(vault.folder, vault.key())
    with opening.held(vault.folder, vault.key()) as session:
        monkeypatch.setattr(Store, "_commit", full)
        with pytest.raises(StorageError, match="full"):
            keys.commit(session, prepared)
        monkeypatch.undo()
    opening.key_from_code(vault.folder, vault.code).wipe()
