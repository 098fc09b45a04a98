"""The outbox: whole files only, and never over another one."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from valmentaja.base.errors import StorageError
from valmentaja.exchange import outbox


def test_a_file_is_delivered_once_and_again_without_harm(tmp_path: Path) -> None:
    folder = tmp_path / "lähtevät" / "2024"
    target = outbox.deliver(folder, "a.zip", b"bytes")
    assert (target, target.read_bytes()) == (folder / "a.zip", b"bytes")
    written = target.stat().st_mtime_ns
    assert outbox.deliver(folder, "a.zip", b"bytes") == target
    assert target.stat().st_mtime_ns == written


def test_a_different_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"older")
    with pytest.raises(StorageError, match=r"A different a\.zip is already in .*nothing was written"):
        outbox.deliver(tmp_path, "a.zip", b"newer")
    assert (tmp_path / "a.zip").read_bytes() == b"older"
    assert os.listdir(tmp_path) == ["a.zip"]


def test_an_unwritable_outbox_is_named_and_left_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match=r"could not be written to .*file .*choose another outbox"):
        outbox.deliver(tmp_path / "file", "a.zip", b"bytes")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left on device"):
        outbox.deliver(tmp_path / "out", "a.zip", b"bytes")
    assert os.listdir(tmp_path / "out") == []


@pytest.mark.parametrize("name", ["../a.zip", "b/a.zip", "", "..", "/a.zip"])
def test_a_path_is_not_a_file_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a path"):
        outbox.deliver(tmp_path, name, b"bytes")
