"""Words on widgets that follow a live change of language, and what a screen reader is told."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

Say = str | Callable[[], str]
"""A text as it stands, or one asked for again when the language changes: `lambda: tr("Clients")`."""


def said(words: Say) -> str:
    return words if isinstance(words, str) else words()


def announce(about: QObject, sentence: str) -> None:
    """Have a screen reader say `sentence` without moving the focus (WCAG 4.1.3)."""
    if not QAccessible.isActive():
        return
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(about, sentence))
