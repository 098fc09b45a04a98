"""`check` says what is wrong in words, `salvage` saves the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import CHEAP

from valmentaja.base.clock import FixedClock
from valmentaja.cli.main import run
from valmentaja.usecases import training

PAGE = 4096


@pytest.fixture
def words(tmp_path: Path, clock: FixedClock) -> Path:
    """A training vault beside the file with its passphrase."""
    training.make_training_vault(tmp_path / "vault", clock=clock, cost=CHEAP).wipe()
    made = tmp_path / "words"
    made.write_text(training.WORDS + "\n", "utf-8")
    return made


def give(words: Path, *line: str) -> int:
    return run([*line, "--passphrase-file", str(words), "--language", "en"])


def damage(folder: Path, page: int) -> None:
    path = folder / "caseload-0001.db"
    held = bytearray(path.read_bytes())
    held[page * PAGE + 500] ^= 16
    path.write_bytes(bytes(held))


def test_a_sound_vault_is_called_sound(words: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert give(words, "check", str(words.parent / "vault")) == 0
    assert capsys.readouterr().out.startswith("The vault is sound: ")


def test_a_damaged_one_is_named_and_saved(words: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, new = words.parent / "vault", words.parent / "new"
    damage(folder, 150)
    assert give(words, "check", str(folder)) == 3
    told = capsys.readouterr()
    assert "1 pages of the database are damaged" in told.out
    assert "is not sound" in told.err
    assert give(words, "salvage", str(folder), str(new)) == 0
    told = capsys.readouterr()
    assert "It opens with the same passphrase" in told.out
    assert give(words, "clients", str(new)) == 0
    assert "42 clients" in capsys.readouterr().out
