"""One thing in the middle of an empty window: what is shown before a vault is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from valmentaja.ui import theme


def middle(page: QWidget, widgets: Sequence[QWidget], *, width: int) -> None:
    """Lay `widgets` out one below the other in the middle of `page`, which scrolls when it is too low.

    Stretches beside them, not an alignment: with one, Qt asks texts for their height at the window's width.
    """
    column, inner = QWidget(), QWidget()
    column.setFixedWidth(min(theme.px(width), 1200))
    inner.setProperty("surface", "window")
    down = QVBoxLayout(column)
    down.setContentsMargins(0, 0, 0, 0)
    down.addStretch(1)
    for widget in widgets:
        down.addWidget(widget)
    down.addStretch(2)
    across = QHBoxLayout(inner)
    across.addStretch(1)
    across.addWidget(column)
    across.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inner)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(area)
