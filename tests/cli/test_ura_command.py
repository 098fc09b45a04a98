"""What to type into the national system, by command: shown, on paper, and recorded as typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CHEAP, WORDS

from tests.cli.test_commands import SAMPLE, Say, say
from valmentaja.usecases import logs, opening, ura
from valmentaja.usecases.session import Session, Unit

__all__ = ["say"]


@pytest.fixture
def filled(say: Say, tmp_path: Path) -> Say:
    unit = Unit(code="U101", municipality="405", coach="")
    opening.create(tmp_path / "vault", WORDS, unit=unit, cost=CHEAP).key.wipe()
    assert say(f"import {{vault}} {SAMPLE}")[0] == 0
    return say


def held(tmp_path: Path) -> Iterator[Session]:
    with opening.held(tmp_path / "vault", opening.key_from_passphrase(tmp_path / "vault", WORDS)) as session:
        yield session


def test_it_is_shown_printed_recorded_and_then_the_same(filled: Say, tmp_path: Path) -> None:
    code, out, _err = filled("ura {vault} U101-001")
    assert code == 0
    lines = [line.split("\t") for line in out.splitlines()]
    assert lines
    assert {len(line) for line in lines} == {6}
    assert {line[5] for line in lines} == {"not entered yet"}
    code, out, _err = filled("ura {vault} U101-001 --out {dir}/out --entered 2026-01-05")
    assert code == 0
    paper, said = out.splitlines()[-2:]
    assert Path(paper).read_bytes().startswith(b"%PDF-")
    assert said.startswith("Recorded.")
    assert {line.split("\t")[5] for line in filled("ura {vault} U101-001")[1].splitlines()} == {"as entered"}
    for session in held(tmp_path):
        assert [e.on.isoformat() for e in ura.entered(session, "U101-001")] == ["2026-01-05"]
        assert ("open", "client") in {(e.action, e.entity) for e in logs.entries(session, client_id="U101-001")}


def test_a_day_that_is_none_or_ahead_is_refused_and_nothing_is_recorded(filled: Say, tmp_path: Path) -> None:
    assert filled("ura {vault} U101-001 --entered 5.1.2026")[::2] == (
        1,
        "“5.1.2026” is not a day. Write it like 2026-11-24.\n",
    )
    code, _out, err = filled("ura {vault} U101-001 --entered 2199-01-01")
    assert code == 1
    assert "in the future" in err
    assert filled("ura {vault} U101-999")[0] == 1
    for session in held(tmp_path):
        assert ura.entered(session, "U101-001") == ()
