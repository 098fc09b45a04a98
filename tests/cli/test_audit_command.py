"""`valmentaja audit`: exit codes, what is said, and an older copy on stderr."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import CHEAP, NOW, WORDS

from valmentaja.base.clock import FixedClock
from valmentaja.cli.main import run
from valmentaja.crypto.keys import DataKey
from valmentaja.store import connection
from valmentaja.usecases import caseload, moving, opening
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Unit
from valmentaja.vault import vault

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(tmp_path: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str]) -> Say:
    """With a vault that has a client, and its code in a file."""
    unit = Unit(code="U101", municipality="405", coach="")
    made = opening.create(tmp_path / "vault", WORDS, unit=unit, clock=clock, cost=CHEAP)
    session = opening.open_session(tmp_path / "vault", made.key, clock=clock)
    caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi"))
    opening.close(session)
    (tmp_path / "words").write_text(WORDS + "\n", "utf-8")
    (tmp_path / "code").write_text(made.recovery_code + "\n", "utf-8")

    def command(*arguments: str) -> tuple[int, str, str]:
        first, *rest = arguments
        secret = ["--passphrase-file", str(tmp_path / "words"), "--language", "en"]
        code = run([first, str(tmp_path / "vault"), *rest, *secret])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


def key(folder: Path) -> DataKey:
    return opening.key_from_passphrase(folder, WORDS)


def test_a_whole_log_is_told_with_what_was_not_checked(say: Say, tmp_path: Path) -> None:
    code, out, err = say("audit")
    assert (code, err) == (0, "")
    assert "24 Nov 2026 10:00:00 –" in out
    assert "needs the recovery code" in out
    assert out.endswith("The log is whole as far as it was checked.\n")
    code, out, err = say("audit", "--code-file", str(tmp_path / "code"))
    assert (code, err) == (0, "")
    assert "check codes are right" in out
    assert out.endswith("The log is whole.\n")


def test_a_dropped_trigger_is_one_and_named(say: Say, tmp_path: Path) -> None:
    other = connection.connect(vault.database(tmp_path / "vault"), key(tmp_path / "vault").child("database"))
    other.execute("DROP TRIGGER log_client_changed")
    other.close()
    code, out, err = say("audit")
    assert code == 1
    assert "log_client_changed" in out
    assert err == "The log is not whole. Keep the vault as it is and tell your support.\n"


def test_an_older_copy_is_said_refused_and_gone_on_with(say: Say, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "vault", tmp_path / "kept")
    session = opening.open_session(
        tmp_path / "vault", key(tmp_path / "vault"), clock=FixedClock(NOW + timedelta(hours=1))
    )
    moving.take_out(session, tmp_path / "out")
    opening.close(session)
    shutil.rmtree(tmp_path / "vault")
    shutil.copytree(tmp_path / "kept", tmp_path / "vault")
    code, _out, err = say("clients")
    assert code == 0
    assert err.startswith("This is an older copy of the vault. Later changes known from 24 Nov 2026 are missing: 2.")
    code, _out, err = say("export", str(tmp_path / "new"))
    assert code == 1
    assert not (tmp_path / "new").exists()
    assert say("audit")[0] == 1
    code, out, _err = say("audit", "--accept-old-copy", "--anchors", str(tmp_path / "out"))
    assert code == 0
    assert "an older copy was gone on with" in out
    code, _out, err = say("export", str(tmp_path / "new"))
    assert (code, err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--code-file", "nothing"), "cannot be read"),
        (("--anchors", "nothing"), "is not there"),
        (("--accept-old-copy",), "This is not an older copy"),
    ],
)
def test_what_cannot_be_done_is_told(say: Say, arguments: tuple[str, ...], told: str) -> None:
    code, _out, err = say("audit", *arguments)
    assert code == 1
    assert told in err
