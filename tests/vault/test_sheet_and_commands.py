"""The recovery sheet on paper, and the subcommands of keys."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CHEAP, WORDS

from valmentaja.base.clock import FixedClock
from valmentaja.cli.main import run
from valmentaja.usecases import keys, opening, recovery_sheet
from valmentaja.usecases.session import Unit

CODE = re.compile(r"(?:\d{6}-){7}\d{6}")
Say = Callable[[str], tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A vault; `code` beside it holds its code."""
    made = opening.create(tmp_path / "vault", WORDS, unit=Unit(code="U101", municipality="405", coach=""), cost=CHEAP)
    (tmp_path / "code").write_text(made.recovery_code, "utf-8")
    for name, words in (("old", WORDS), ("new", "aivan toiset sanat"), ("office", "työnantajan salalause")):
        (tmp_path / name).write_text(words + "\n", "utf-8")
    return tmp_path / "vault"


@pytest.fixture
def say(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """A command with {vault} and {dir} filled in; new keys are made cheaply."""
    monkeypatch.setattr(keys, "KdfCost", lambda: CHEAP)

    def command(line: str) -> tuple[int, str, str]:
        code = run([*(word.format(vault=folder, dir=tmp_path) for word in line.split()), "--language", "en"])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


@pytest.mark.parametrize(
    ("language", "title"), [("fi", "palautuskoodi"), ("sv", "återställningskod"), ("en", "Recovery")]
)
def test_the_sheet_shows_the_code_in_numbered_groups(
    folder: Path, tmp_path: Path, clock: FixedClock, language: str, title: str
) -> None:
    code = (tmp_path / "code").read_text("utf-8")
    pdf = recovery_sheet.make(folder, "U101", code, language, clock=clock)
    assert recovery_sheet.make(folder, "U101", code, language, clock=clock) == pdf
    path = recovery_sheet.save(folder, tmp_path / "paper", pdf)
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    about = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    for n, group in enumerate(code.split("-"), start=1):
        assert re.search(rf"\S+ {n}:\s+{group[:3]} {group[3:]}", text)
    assert title in text
    assert "U101" in text
    assert "Tagged:          yes" in about
    assert "Pages:           1" in about
    assert path.stat().st_mode & 0o077 == 0


def test_a_passphrase_is_changed_with_the_code(say: Say, folder: Path) -> None:
    code, out, _err = say("passphrase {vault} --recovery-code-file {dir}/code --new-passphrase-file {dir}/new")
    assert code == 0
    assert "Old backups open with the old passphrase" in out
    opening.key_from_passphrase(folder, "aivan toiset sanat").wipe()
    assert say("clients {vault} --passphrase-file {dir}/old")[0] == 1


def test_rotation_from_the_command_line_tells_a_new_code(say: Say, folder: Path, tmp_path: Path) -> None:
    line = "rotate {vault} --passphrase-file {dir}/old --new-passphrase-file {dir}/new --new-code --sheet {dir}/paper"
    code, out, _err = say(line)
    assert code == 0
    found = CODE.search(out)
    assert found is not None
    opening.key_from_code(folder, found[0]).wipe()
    assert (folder / "caseload-0002.db").exists()
    assert len(list((tmp_path / "paper").glob("palautuskoodi-*.pdf"))) == 1


def test_a_new_code_from_the_command_line(say: Say) -> None:
    code, out, _err = say("recovery-code {vault} --passphrase-file {dir}/old")
    assert code == 0
    assert CODE.search(out)
    assert say("clients {vault} --recovery-code-file {dir}/code")[0] == 1


def test_the_organisation_opens_what_its_policy_covers(
    say: Say, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _err = say("organisation-key {dir}/office-key --passphrase-file {dir}/office")
    assert code == 0
    (tmp_path / "policy.toml").write_text(out[out.index("[settings]") :], "utf-8")
    monkeypatch.setenv("VALMENTAJA_POLICY", str(tmp_path / "policy.toml"))
    opens = (
        "clients {vault} --organisation-key-file {dir}/office-key/organisation-key.json --passphrase-file {dir}/office"
    )
    assert say(opens)[0] == 1
    changed = say("passphrase {vault} --passphrase-file {dir}/old --new-passphrase-file {dir}/new")
    assert "Your employer can open this vault." in changed[1]
    assert say(opens)[0] == 0
    assert keys.openers(folder).organisation
