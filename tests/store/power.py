"""A disk as the kernel promises it: what a recorded program wrote, and what may be left of it after a power cut.

Written and not synced may be on the disk whole, in part, in any order, or not at all; a name made, moved or removed
counts only after its folder was synced.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

SECTOR = 512
CALLS = "openat,pwrite64,write,fsync,fdatasync,ftruncate,rename,unlink"
_CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_OPENED = re.compile(r"<([^<>]*)>")


@dataclass(frozen=True)
class Write:
    offset: int
    data: bytes


@dataclass(frozen=True)
class Cut:
    size: int


@dataclass
class Content:
    """A file without its name: what is safe, and what has been done to it since."""

    safe: bytes = b""
    since: list[Write | Cut] = field(default_factory=list)


@dataclass
class Disk:
    """`names` as the running program sees them, `safe_names` as a power cut would leave them at worst."""

    names: dict[str, Content]
    safe_names: dict[str, Content]
    moves: list[dict[str, Content]] = field(default_factory=list)
    """The names after each change of the folder that has not been synced."""

    @classmethod
    def of(cls, folder: Path) -> Disk:
        held = {path.name: Content(path.read_bytes()) for path in folder.iterdir()}
        return cls(dict(held), dict(held))

    def moved(self) -> None:
        self.moves.append(dict(self.names))

    def sync(self, name: str) -> None:
        content = self.names[name]
        content.safe, content.since = played(content.safe, content.since), []

    def sync_folder(self) -> None:
        self.safe_names, self.moves = dict(self.names), []

    def is_unsure(self) -> bool:
        return bool(self.moves) or any(content.since for content in self.names.values())

    def after_cut(self, chance: random.Random, manner: str) -> dict[str, bytes]:
        """What is found after the power cut; `manner` is none, all, some or torn."""
        names = {"none": self.safe_names, "all": self.names}.get(manner)
        if names is None:
            names = chance.choice([self.safe_names, *self.moves])
        return {name: played(content.safe, survivors(content.since, chance, manner)) for name, content in names.items()}


def survivors(since: list[Write | Cut], chance: random.Random, manner: str) -> list[Write | Cut]:
    if manner in ("none", "all"):
        return since if manner == "all" else []
    if manner == "torn" and since:
        return [*since[:-1], *torn(since[-1], chance)]
    return [act for act in since if chance.random() < 0.5]


def torn(act: Write | Cut, chance: random.Random) -> list[Write | Cut]:
    """Some sectors of one write."""
    if isinstance(act, Cut):
        return []
    bounds = [0, *range(SECTOR - act.offset % SECTOR, len(act.data), SECTOR), len(act.data)]
    parts: list[Write | Cut] = [Write(act.offset + a, act.data[a:b]) for a, b in pairwise(bounds) if a < b]
    return [part for part in parts if chance.random() < 0.5]


def played(safe: bytes, acts: list[Write | Cut]) -> bytes:
    held = bytearray(safe)
    for act in acts:
        if isinstance(act, Cut):
            held = held[: act.size] + bytes(max(0, act.size - len(held)))
        else:
            held += bytes(max(0, act.offset - len(held)))
            held[act.offset : act.offset + len(act.data)] = act.data
    return bytes(held)


def replay(trace: Path, folder: Path, before: Path) -> Iterator[tuple[Disk, list[str]]]:
    """The disk after each recorded call that changed it, and what the program had said by then.

    `before` holds the folder's files as they were when the recording began.
    """
    disk, told, offsets = Disk.of(before), [], dict[str, int]()
    for line in trace.read_text("ascii").splitlines():
        found = _CALL.match(line)
        if found is None or int(found[3]) < 0:
            continue
        call, arguments = found[1], found[2]
        if call == "write" and arguments.startswith("1<"):
            told += re.findall(r"<([^>]*)>", _texts(arguments)[0].decode())
        elif play(disk, call, arguments, folder, offsets):
            yield disk, told


def play(disk: Disk, call: str, arguments: str, folder: Path, offsets: dict[str, int]) -> bool:
    """Do to the disk what the call did; False when it did nothing to this folder."""
    if call in ("rename", "unlink", "openat"):
        paths = [Path(text.decode()) for text in _texts(arguments)]
        return paths[0].parent == folder and _names(disk, call, [p.name for p in paths], arguments, offsets)
    opened = _OPENED.search(arguments)
    path = Path(_plain(opened[1])) if opened else Path()
    if path == folder:
        disk.sync_folder()
        return True
    return path.parent == folder and _content(disk, call, path.name, arguments, offsets)


def _names(disk: Disk, call: str, names: list[str], arguments: str, offsets: dict[str, int]) -> bool:
    if call == "rename":
        disk.names[names[1]] = disk.names.pop(names[0])
    elif call == "unlink":
        del disk.names[names[0]]
    elif "O_CREAT" in arguments and names[0] not in disk.names:
        disk.names[names[0]], offsets[names[0]] = Content(), 0
    elif "O_TRUNC" in arguments:
        disk.names[names[0]].since.append(Cut(0))
        offsets[names[0]] = 0
        return True
    else:
        return False
    disk.moved()
    return True


def _content(disk: Disk, call: str, name: str, arguments: str, offsets: dict[str, int]) -> bool:
    if call in ("fsync", "fdatasync"):
        disk.sync(name)
    elif call == "ftruncate":
        disk.names[name].since.append(Cut(int(arguments.rsplit(",", 1)[1])))
    elif call == "pwrite64":
        disk.names[name].since.append(Write(int(arguments.rsplit(",", 1)[1]), _texts(arguments)[0]))
    elif call == "write":
        data = _texts(arguments)[0]
        disk.names[name].since.append(Write(offsets[name], data))
        offsets[name] += len(data)
    else:
        return False
    return True


def _texts(arguments: str) -> list[bytes]:
    return [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(arguments)]


def _plain(path: str) -> str:
    return bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path
