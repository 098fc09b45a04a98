"""Backups without the window: made, rehearsed, restored with the code alone, and refused in one sentence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import WORDS

from valmentaja.cli.main import run

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Give a command; its exit code, stdout and stderr. `{dir}` is the folder of everything."""
    (tmp_path / "words").write_text(WORDS + "\n", "utf-8")

    def command(line: str) -> tuple[int, str, str]:
        code = run([*(word.format(dir=tmp_path) for word in line.split()), "--language", "en"])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


@pytest.fixture
def backup(say: Say, tmp_path: Path) -> Path:
    """Of a fresh vault whose recovery code is in the file `code`."""
    code, out, _err = say("create {dir}/vault --unit U101 --municipality 405 --passphrase-file {dir}/words")
    assert code == 0
    (tmp_path / "code").write_text(out.splitlines()[-1].strip(), "utf-8")
    (tmp_path / "tikku").mkdir()
    code, out, _err = say("backup {dir}/vault --to {dir}/tikku --passphrase-file {dir}/words")
    assert code == 0
    return Path(out.strip())


def test_a_vault_comes_back_with_the_code_file_only(say: Say, backup: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "vault")
    code, out, err = say(f"restore {backup} {{dir}}/vault --code-file {{dir}}/code")
    assert (code, err) == (0, "")
    assert f"Restored to {tmp_path}/vault." in out
    assert "client\t0" in out
    assert say("clients {dir}/vault --passphrase-file {dir}/words")[0] == 0


def test_a_rehearsal_counts_and_leaves_nothing(say: Say, backup: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    for proof in ("--code-file {dir}/code", "--passphrase-file {dir}/words"):
        code, out, _err = say(f"rehearse {backup} {proof}")
        assert code == 0
        assert out.endswith("The backup opens and is whole.\n")
    assert not any(path.is_file() for path in (tmp_path / "home").rglob("*"))
    assert sorted(path for path in tmp_path.iterdir() if path.name != "home") == before


def test_a_backup_can_be_made_with_the_code_and_beside_the_vault(say: Say, backup: Path, tmp_path: Path) -> None:
    code, out, _err = say("backup {dir}/vault --code-file {dir}/code")
    assert code == 0
    assert Path(out.strip()).parent == tmp_path / "vault-varmuuskopiot"
    assert backup.exists()


def test_a_vault_in_the_way_is_replaced_only_when_asked(say: Say, backup: Path, tmp_path: Path) -> None:
    line = f"restore {backup} {{dir}}/vault --passphrase-file {{dir}}/words"
    code, _out, err = say(line)
    assert (code, err.count("\n")) == (1, 1)
    assert "not empty" in err
    code, out, _err = say(f"{line} --replace")
    assert code == 0
    (aside,) = tmp_path.glob("vault-ennen-palautusta-*")
    assert str(aside) in out


def test_a_damaged_backup_is_a_storage_error(say: Say, backup: Path, tmp_path: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-100])
    code, out, err = say(f"restore {backup} {{dir}}/uusi --code-file {{dir}}/code")
    assert (code, out) == (3, "")
    assert "is not a whole backup" in err
    assert not (tmp_path / "uusi").exists()
