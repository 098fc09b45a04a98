"""Where a vault's log stood when something left the vault: one line that finds an older copy put back later."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_STAMP = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
_LINE = re.compile(rf"\b([0-9a-f]{{32}}) ([0-9]{{1,15}}) ([0-9a-f]{{64}}) ({_STAMP})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The head of a vault's log at one moment; `at` is the UTC stamp of that entry. It holds no name."""

    vault: str
    seq: int
    hash: str
    at: str = ""

    @property
    def line(self) -> str:
        """The same text in every file that leaves."""
        return f"{self.vault} {self.seq} {self.hash} {self.at}"


def anchors_in(text: str) -> tuple[Anchor, ...]:
    """Every anchor a text holds, in its order; what has no real moment is none."""
    found = _LINE.findall(text)
    return tuple(
        Anchor(vault=vault, seq=int(seq), hash=digest, at=at) for vault, seq, digest, at in found if _is_moment(at)
    )


def _is_moment(stamp: str) -> bool:
    try:
        datetime.fromisoformat(stamp)
    except ValueError:
        return False
    return True
