"""vault.json, damaged in ten thousand ways: only our own errors, no memory spent, no file made."""

from __future__ import annotations

import json
import random
import resource
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import CHEAP, WORDS

from valmentaja.base.canonical import canonical, fingerprint
from valmentaja.base.errors import StorageError, UserError
from valmentaja.base.ids import SystemChance
from valmentaja.crypto import keys
from valmentaja.usecases.keys import openers
from valmentaja.vault import change, vault
from valmentaja.vault import header as headers
from valmentaja.vault.change import Wish

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 10**400, 0.5, 1e308, "", "0" * 64, " " * 32, "²" * 32, "\ud800",
    "ä" * 96, [], [[]], {}, {"kind": "sealed"}, [{"kind": "passphrase"}], 2**30, 16, 1024 * 1024, 64 * 1024, "recovery",
    "caseload-²²²².db", "../../etc/passwd", "valmentaja-vault/2",
)  # fmt: skip


class Made:
    """A sound vault without its database, and its code."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        made = vault.create(folder, WORDS, chance=SystemChance(), cost=CHEAP)
        self.code, self.sound = made.recovery_code, (folder / headers.NAME).read_bytes()


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path / "vault")


def flipped(sound: bytes, chance: random.Random) -> bytes:
    raw = bytearray(sound)
    for _ in range(chance.randint(1, 4)):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return bytes(raw[: chance.choice([len(raw), len(raw), chance.randrange(len(raw))])])


def places(value: object) -> list[tuple[Any, Any]]:
    """Every container with every key in it."""
    pairs = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    return [(value, key) for key, _ in pairs] + [place for _, inner in pairs for place in places(inner)]


def reshaped(sound: bytes, chance: random.Random) -> bytes:
    """Other structure under a right checksum, so that the shape alone is in the way."""
    parsed = json.loads(sound)
    del parsed["checksum"]
    for _ in range(chance.randint(1, 2)):
        found = places(parsed)
        holder, key = chance.choice(found)
        act = chance.randrange(6)
        if act == 0:
            del holder[key]
        elif act == 1 and isinstance(holder, dict):
            holder[chance.choice(["extra", "role", "kind", "mac"])] = chance.choice(ODD)
        elif act == 2 and isinstance(holder[key], str):
            holder[key] = holder[key][: chance.randrange(len(holder[key]) + 1)] * chance.randint(1, 3)
        elif act == 3 and isinstance(holder[key], list):
            holder[key] = holder[key] * chance.choice([0, 2, 9, 40])
        else:
            holder[key] = chance.choice(ODD)
    spelled = json.dumps(parsed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    parsed["checksum"] = fingerprint(spelled.encode("utf-8", "surrogatepass"))
    return json.dumps(parsed).encode()


def nested(_sound: bytes, chance: random.Random) -> bytes:
    depth = chance.choice([50, 400, 900, 5_000, 30_000])
    return b'{"slots":' + b"[" * depth + b"]" * depth + b',"checksum":"x"}'


def huge(_sound: bytes, chance: random.Random) -> bytes:
    return b'{"sequence":' + b"9" * chance.choice([5, 5_000, 60_000, 70_000]) + b"}"


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (flipped, reshaped, reshaped, reshaped)


def try_all(made: Made, number: int, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What each damaged header leads to; whatever is not our own error comes through."""
    chance, seen = random.Random(2026), Counter[str]()
    stretched: list[keys.KdfCost] = []

    def cheap(_passphrase: str, _salt: bytes, cost: keys.KdfCost) -> bytearray:
        stretched.append(cost)
        return bytearray(32)

    monkeypatch.setattr(keys, "stretch", cheap)
    (made.folder / headers.SPARE).unlink()
    for n in range(number):
        way = nested if n % 100 == 0 else huge if n % 100 == 1 else chance.choice(WAYS)
        (made.folder / headers.NAME).write_bytes(way(made.sound, chance))
        for act in (vault.identity, vault.database, openers, vault.checkers, by_words, lambda f: by_code(f, made.code)):
            try:
                act(made.folder)
            except UserError as error:
                seen[type(error).__name__] += 1
            else:
                seen["read"] += 1
    assert all(cost.is_sane() for cost in stretched)
    return seen


def by_words(folder: Path) -> None:
    vault.open_with_passphrase(folder, WORDS)


def by_code(folder: Path, code: str) -> None:
    vault.open_with_code(folder, code)


def memory() -> int:
    """KiB, the most this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.mark.slow
def test_ten_thousand_damaged_headers_give_only_our_own_errors(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    before = memory()
    seen = try_all(made, 10_000, monkeypatch)
    grown = memory() - before
    sys.stdout.write(f"\n10,000 headers, 6 uses each: {dict(seen)}; memory grew by {grown // 1024} MiB\n")
    assert grown < 100 * 1024
    assert [path.name for path in made.folder.iterdir()] == [headers.NAME]


def test_three_hundred_damaged_headers_give_only_our_own_errors(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = try_all(made, 300, monkeypatch)
    assert seen["StorageError"] > 1000
    assert [path.name for path in made.folder.iterdir()] == [headers.NAME]


@pytest.mark.parametrize("check", ["_number", "_bytes"])
def test_without_a_shape_check_another_error_comes_through(
    made: Made, monkeypatch: pytest.MonkeyPatch, check: str
) -> None:
    monkeypatch.setattr(headers, check, unchecked[check])
    with pytest.raises(Exception) as caught:
        try_all(made, 3000, monkeypatch)
    assert not isinstance(caught.value, UserError)


unchecked: dict[str, Callable[..., Any]] = {
    "_number": lambda value: value,
    "_bytes": lambda value, _size: bytes.fromhex(value) if isinstance(value, str) else value,
}


def test_a_memory_bomb_is_refused_before_anything_is_allocated(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = json.loads(made.sound)
    del bomb["checksum"]
    bomb["slots"][0]["memory"] = 2**31 - 1
    whole = canonical({**bomb, "checksum": fingerprint(canonical(bomb))})
    for name in (headers.NAME, headers.SPARE):
        (made.folder / name).write_bytes(whole)
    monkeypatch.setattr(keys, "stretch", lambda *_: pytest.fail("memory was spent"))
    with pytest.raises(StorageError, match="altered"):
        vault.open_with_passphrase(made.folder, WORDS)


def test_mixed_copies_give_the_newer_one_and_are_mended(made: Made) -> None:
    old = made.sound
    prepared = change.prepare(
        made.folder,
        vault.open_with_passphrase(made.folder, WORDS),
        Wish(passphrase="aivan uudet sanat"),
        SystemChance(),
    )
    change.commit(made.folder, prepared)
    new = (made.folder / headers.NAME).read_bytes()
    for first, spare in ((old, new), (new, old), (b"garbage", new), (new, b"{}"), (b"", new)):
        (made.folder / headers.NAME).write_bytes(first)
        (made.folder / headers.SPARE).write_bytes(spare)
        vault.open_with_passphrase(made.folder, "aivan uudet sanat")
        headers.mend(made.folder)
        assert {(made.folder / name).read_bytes() for name in (headers.NAME, headers.SPARE)} == {new}


def test_a_commit_that_follows_another_header_is_refused(made: Made) -> None:
    key = vault.open_with_passphrase(made.folder, WORDS)
    one, two = (change.prepare(made.folder, key, Wish(new_code=True), SystemChance()) for _ in range(2))
    change.commit(made.folder, one)
    with pytest.raises(StorageError, match="meanwhile"):
        change.commit(made.folder, two)


def test_a_weakened_slot_is_refused_by_the_mac(made: Made) -> None:
    weak = json.loads(made.sound)
    del weak["checksum"]
    weak["slots"].pop()
    whole = canonical({**weak, "checksum": fingerprint(canonical(weak))})
    for name in (headers.NAME, headers.SPARE):
        (made.folder / name).write_bytes(whole)
    with pytest.raises(StorageError, match="altered"):
        vault.open_with_passphrase(made.folder, WORDS)


def test_only_databases_that_no_header_names_are_swept(made: Made) -> None:
    for name in (
        "caseload-0001.db",
        "caseload-0001.db-wal",
        "caseload-0002.db",
        "caseload-0002.db-journal",
        "caseload.txt",
    ):
        (made.folder / name).write_bytes(b"x")
    change.sweep(made.folder)
    left = {path.name for path in made.folder.glob("caseload*")}
    assert left == {"caseload-0001.db", "caseload-0001.db-wal", "caseload.txt"}
    shutil.rmtree(made.folder)
