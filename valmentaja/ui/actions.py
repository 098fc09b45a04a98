"""What can be done from anywhere: one list for the shortcuts, the palette and the list of keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from valmentaja.domain import likeness
from valmentaja.i18n.formats import loosen
from valmentaja.ui.speech import Say, said


@dataclass(frozen=True, kw_only=True)
class Action:
    """`key` is a shortcut as Qt spells it, or "" for none."""

    words: Say
    picture: str
    act: Callable[[], object]
    key: str = ""

    @property
    def shown_key(self) -> str:
        """The shortcut as this computer writes it."""
        return QKeySequence(self.key).toString(QKeySequence.SequenceFormat.NativeText)


def fitting(actions: Iterable[Action], typed: str) -> list[tuple[int, Action]]:
    """Actions all of whose typed words begin one of theirs, nearest first, each with its slips of the finger."""
    words = loosen(typed).split()
    far = [(_distance(loosen(said(action.words)).split(), words), action) for action in actions]
    return sorted([(slips, action) for slips, action in far if slips is not None], key=lambda pair: pair[0])


def _distance(words: list[str], typed: list[str]) -> int | None:
    total = 0
    for one in typed:
        starts = {length: likeness.beginnings(words, length) for length in likeness.lengths(one)}
        found = likeness.near(one, starts)
        if not found:
            return None
        total += min(found.values())
    return total
