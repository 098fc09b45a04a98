"""One key an answer: 0–9, T for ten, X, E, N."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from valmentaja.domain.assessment import NoValue, Value
from valmentaja.i18n import tr

LETTERS: dict[str, Value] = {"T": 10, "X": NoValue.EI_HALUA, "E": NoValue.EI_KOSKE, "N": NoValue.EI_KYSYTTY}
PLAIN = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier


def typed(event: QKeyEvent) -> str:
    """The sign that was typed, in capitals; "" for a key with Ctrl or Alt, or one that writes nothing."""
    if event.modifiers() & ~PLAIN:
        return ""
    text = event.text().upper()
    return text if text.isalnum() and len(text) == 1 else ""


def value_of(event: QKeyEvent) -> Value | None:
    """The answer a key stands for."""
    sign = typed(event)
    return int(sign) if sign and sign in "0123456789" else LETTERS.get(sign)


def value_words(value: Value | None) -> str:
    """An answer as it is shown in a list."""
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    return {
        NoValue.EI_HALUA: tr("does not want to answer"),
        NoValue.EI_KOSKE: tr("does not concern"),
        NoValue.EI_KYSYTTY: tr("left empty"),
    }[value]
