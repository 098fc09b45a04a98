"""Own records, the dry run, an erasure and its replay without the window."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import WORDS

from valmentaja.cli.main import run

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
CLIENT = "U101-001"
Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    (tmp_path / "words").write_text(WORDS + "\n", "utf-8")

    def command(name: str, *more: str, vault: str = "vault") -> tuple[int, str, str]:
        secret = ("--passphrase-file", str(tmp_path / "words"), "--language", "fi")
        code = run([name, str(tmp_path / vault), *more, *secret])
        told = capsys.readouterr()
        return code, told.out, told.err

    assert command("create", "--unit", "U101", "--municipality", "405")[0] == 0
    assert command("import", str(SAMPLE))[0] == 0
    return command


@pytest.mark.slow
def test_from_own_records_to_a_replayed_erasure(say: Say, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, told, _ = say("own-records", CLIENT, "--out", str(out))
    assert (code, "Lue paketti" in told) == (0, True)
    with zipfile.ZipFile(next(out.glob("*.zip"))) as archive:
        assert json.loads(archive.read("omat-tiedot.json"))["client"] == CLIENT
    shutil.copytree(tmp_path / "vault", tmp_path / "older")
    assert "Vain luettelo" in say("retention")[1]
    assert say("erase", CLIENT, "--reason", "pyysi", "--confirm", "U101-002")[0] == 1
    code, told, _ = say("erase", CLIENT, "--reason", "pyysi", "--confirm", CLIENT)
    assert code == 0
    assert all(Path(line).exists() for line in told.splitlines())
    assert CLIENT not in say("clients")[1]
    assert CLIENT in say("clients", vault="older")[1]
    (tmp_path / "vault" / "erased-x.json").write_text("{}", "utf-8")
    code, told, _ = say("replay-erasures", str(tmp_path / "vault"), vault="older")
    assert code == 0
    assert "1 asiakas poistettu uudelleen" in told
    assert "erased-x.json on rivejä" in told
    assert CLIENT not in say("clients", vault="older")[1]


def test_an_unknown_client_is_said(say: Say) -> None:
    code, _, said = say("erase", "U101-999", "--reason", "x", "--confirm", "U101-999")
    assert (code, "U101-999" in said) == (1, True)
