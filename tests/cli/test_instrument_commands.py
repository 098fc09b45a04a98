"""A municipality's instrument from the command line: checked, added, listed; a fault is one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CHEAP, WORDS
from versions import OWN, own

from valmentaja.cli.main import run
from valmentaja.usecases import opening
from valmentaja.usecases.session import Unit

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs a command on a new vault; gives exit code, what was said and what was refused."""
    unit = Unit(code="U101", municipality="405", coach="Veera Valmentaja")
    opening.create(tmp_path / "vault", WORDS, unit=unit, cost=CHEAP).key.wipe()
    (tmp_path / "words").write_text(WORDS + "\n", "utf-8")

    def command(*line: str | Path) -> tuple[int, str, str]:
        code = run([*(str(word) for word in line), "--language", "en"])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_a_whole_file_is_told_with_its_fingerprint(say: Say) -> None:
    code, out, _err = say("instrument", "check", OWN)

    assert code == 0
    assert "own-1.0.toml is a whole instrument: Own 1.0, 3 domains, 6 questions." in out
    assert len(out.split("Fingerprint: ")[1].strip()) == 64


def test_a_broken_file_is_refused_with_its_place(say: Say, tmp_path: Path) -> None:
    path = own(tmp_path, "1.0", ("at_least = 8", "at_least = 80"))
    code, _out, err = say("instrument", "check", path)

    assert (code, err) == (1, "own-1.0.toml: “skip[1].at_least” must be on the scale, 0–10.\n")


def test_an_added_instrument_is_listed(say: Say, tmp_path: Path) -> None:
    secret = ("--passphrase-file", tmp_path / "words")
    code, out, _err = say("instrument", "add", tmp_path / "vault", OWN, *secret)
    assert (code, out) == (0, "The vault keeps own-1.0. New assessments can use it.\n")

    code, out, _err = say("instrument", "list", tmp_path / "vault", *secret)
    rows = [line.split("\t") for line in out.splitlines()]
    assert [row[0] for row in rows] == ["suunta-1.0", "kunnonsyyni-1.0", "startti-1.0", "own-1.0"]
    assert rows[-1][1:4] == ["Own", "own", "6"]


def test_changed_words_under_the_same_version_are_refused(say: Say, tmp_path: Path) -> None:
    secret = ("--passphrase-file", tmp_path / "words")
    say("instrument", "add", tmp_path / "vault", OWN, *secret)
    code, _out, err = say(
        "instrument", "add", tmp_path / "vault", own(tmp_path, "1.0", ("Lakaisen.", "Lakaisin.")), *secret
    )

    assert code == 1
    assert "own-1.0 is here already and says something else" in err


def test_a_command_of_two_words_needs_both(say: Say) -> None:
    assert say("instrument")[0] == 2
    assert say("instrument", "sing")[0] == 2
