"""policy.toml: what it may say, and that a wrong word stops the program by naming file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from valmentaja.base.errors import UserError
from valmentaja.cli.main import run
from valmentaja.definitions.policy import Policy, policy

KEY = "09" * 32
WHOLE = f"""locked = ["lock_minutes", "retention_days"]
[settings]
passphrase_length = 16
lock_minutes = 5
retention_days = 3650
organisation_key = "{KEY}"
backup_folder = "/srv/backup"
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "policy.toml"
    monkeypatch.setenv("VALMENTAJA_POLICY", str(path))
    return path


def test_without_a_file_nothing_is_decided() -> None:
    assert policy() == Policy()


def test_everything_that_is_decided_is_read(file: Path) -> None:
    file.write_text(WHOLE, "utf-8")
    assert policy() == Policy(
        passphrase_length=16,
        lock_minutes=5,
        retention_days=3650,
        organisation_key=bytes.fromhex(KEY),
        backup_folder=Path("/srv/backup"),
        locked=frozenset({"lock_minutes", "retention_days"}),
    )


WRONG = [
    ("lock_minutes = 5", "lock_minuts = 5", "settings.lock_minuts"),
    ("lock_minutes = 5", 'lock_minutes = "5"', "settings.lock_minutes"),
    ("lock_minutes = 5", "lock_minutes = 0", "settings.lock_minutes"),
    ("passphrase_length = 16", "passphrase_length = 4", "settings.passphrase_length"),
    ("passphrase_length = 16", "passphrase_length = true", "settings.passphrase_length"),
    (KEY, KEY[:-2], "settings.organisation_key"),
    (KEY, "0" * 64, "settings.organisation_key"),
    ("/srv/backup", "srv/backup", "settings.backup_folder"),
    ('"lock_minutes", ', '"lock_hours", ', "locked"),
    ("locked = [", 'locked = "all" # [', "locked"),
    ("locked = [", "looked = [", "looked"),
    ("[settings]", "[settings", ""),
]


@pytest.mark.parametrize(("right", "wrong", "key"), WRONG)
def test_a_wrong_policy_stops_with_file_and_key(file: Path, right: str, wrong: str, key: str) -> None:
    file.write_text(WHOLE.replace(right, wrong, 1), "utf-8")
    with pytest.raises(UserError) as caught:
        policy()
    assert caught.value.values["file"] == "policy.toml"
    assert caught.value.values.get("key", "") == key


def test_a_wrong_policy_stops_a_command_that_would_not_ask_it(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text("looked = []", "utf-8")
    assert run(["verify", "nothing.pdf", "--language", "en"]) == 1
    assert "looked" in capsys.readouterr().err
