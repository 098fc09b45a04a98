"""What an ended key leaves behind: of a package that may count again one whole copy always stays."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from units import Unit, lay

from valmentaja.central import main, registry
from valmentaja.exchange import kept
from valmentaja.i18n.command_line import DONE, REFUSED, STORAGE

ONE = Unit("U101")
PACKAGE = ONE.package("2025-12", 2)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A package came in while its key was open; the pickup folder is empty by now."""
    reopened(tmp_path)
    lay(tmp_path / "pickup", [PACKAGE])
    assert ingest(tmp_path) == DONE
    shutil.rmtree(tmp_path / "pickup" / "U101")
    return tmp_path


def ingest(place: Path) -> int:
    return main.run(["ingest", str(place / "pickup"), str(place / "lake"), "--language", "en"])


def look(place: Path) -> int:
    return main.run(["check", str(place / "lake"), "--language", "en"])


def reopened(place: Path) -> None:
    (place / "lake").mkdir(exist_ok=True)
    registry.write(place / "lake" / "registry.csv", [ONE.entry()])


def ended(place: Path) -> None:
    registry.write(place / "lake" / "registry.csv", [ONE.entry(ends=date(2026, 1, 31))])


def quarantined(place: Path) -> list[bytes]:
    return [path.read_bytes() for path in (place / "lake" / "quarantine").glob("*")]


def kept_copies(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (place / "lake" / "packages").glob("*/*")}


@pytest.mark.parametrize("while_ended", [False, True])
def test_a_lost_kept_copy_is_made_again_from_the_quarantine(place: Path, while_ended: bool) -> None:
    before = kept_copies(place)
    ended(place)
    assert ingest(place) == DONE
    assert quarantined(place) == [PACKAGE.data]
    shutil.rmtree(place / "lake" / "packages")
    if while_ended:
        assert ingest(place) == DONE
        assert quarantined(place) == [PACKAGE.data]
        assert kept_copies(place) == before
    reopened(place)
    assert ingest(place) == DONE
    assert kept_copies(place) == before
    assert look(place) == DONE
    assert quarantined(place) == []


def test_a_copy_that_is_not_that_package_is_neither_used_nor_thrown_away(place: Path) -> None:
    ended(place)
    ingest(place)
    (copy,) = (place / "lake" / "quarantine").iterdir()
    copy.write_bytes(PACKAGE.data + b"\0")
    shutil.rmtree(place / "lake" / "packages")
    reopened(place)
    assert ingest(place) == REFUSED
    assert kept_copies(place) == {}
    assert quarantined(place) == [PACKAGE.data + b"\0"]


def test_a_copy_goes_only_after_the_other_is_on_the_disk(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut then would take both."""
    ended(place)
    ingest(place)
    reopened(place)
    with monkeypatch.context() as cut:
        cut.setattr("valmentaja.central.keeping.settle", disk_full)
        assert ingest(place) == STORAGE
    assert quarantined(place) == [PACKAGE.data]
    assert ingest(place) == DONE
    assert quarantined(place) == []


def disk_full(_: Path) -> None:
    raise OSError(errno.ENOSPC, "full")


def damaged(content: bytes) -> bytes:
    return content[:-5]


@pytest.mark.parametrize("spoilt", [damaged, kept.figures])
@pytest.mark.parametrize("lies_there", [False, True])
def test_a_refused_package_without_a_whole_copy_is_named_until_it_is_laid_again(
    place: Path, capsys: pytest.CaptureFixture[str], spoilt: Callable[[bytes], bytes], lies_there: bool
) -> None:
    """Damaged, or in the form of older lakes, from which a package cannot be made again."""
    if lies_there:
        lay(place / "pickup", [PACKAGE])
        ingest(place)
    (copy,) = (place / "lake" / "packages").glob("*/*")
    copy.write_bytes(spoilt(copy.read_bytes()))
    ended(place)
    capsys.readouterr()
    ingest(place)
    assert f"No whole copy is left of these refused packages: {PACKAGE.name}." in capsys.readouterr().out
    assert look(place) == REFUSED
    assert PACKAGE.name in capsys.readouterr().err
    if not lies_there:
        lay(place / "pickup", [PACKAGE])
    ingest(place)
    assert "No whole copy" not in capsys.readouterr().out
    assert quarantined(place) == [PACKAGE.data]
    assert look(place) == DONE
