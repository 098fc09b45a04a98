"""Buttons: at most one primary a page, outlined for the rest, links for what is aside."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from valmentaja.ui.icons import icon, icon_size
from valmentaja.ui.speech import Say, said
from valmentaja.ui.theme import px, tokens
from valmentaja.ui.widgets.text import repolish

_TOKENS = {"primary": "on_highlight", "link": "highlight", "danger": "late"}


class Button(QPushButton):
    """A push button with words, a Lucide icon tinted by its kind, and a name for screen readers."""

    def __init__(
        self,
        words: Say,
        *,
        kind: str = "secondary",
        picture: str = "",
        name: Say | None = None,
        act: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._name, self._picture = words, name, picture
        self._drawn: tuple[str, str, int, int] | None = None
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self._retell()
        self._redraw()
        if act is not None:
            self.clicked.connect(lambda _checked=False: act())

    def say(self, words: Say, *, name: Say | None = None) -> None:
        self._words = words
        self._name = name if name is not None else self._name
        self._retell()

    def set_kind(self, kind: str) -> None:
        self.setProperty("kind", kind)
        repolish(self)
        self._redraw()

    def set_picture(self, picture: str) -> None:
        self._picture = picture
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retell()
        elif event.type() in (QEvent.Type.StyleChange, QEvent.Type.EnabledChange):
            self._redraw()
        super().changeEvent(event)

    def checkStateSet(self) -> None:
        super().checkStateSet()
        self._redraw()

    def nextCheckState(self) -> None:
        super().nextCheckState()
        self._redraw()

    def _retell(self) -> None:
        self.setText(said(self._words))
        name = said(self._name) if self._name is not None else said(self._words).replace("&", "")
        self.setAccessibleName(name)
        if not said(self._words):
            self.setToolTip(name)

    def _redraw(self) -> None:
        if not self._picture:
            return
        # Qt's own gap between icon and words does not grow with the text.
        size, room = icon_size(), px(4) if self.text() else 0
        wanted = (self._picture, getattr(tokens(), self._token()), size, room)
        if wanted == self._drawn:  # Qt tells of a new style several times while a page is put together
            return
        self._drawn = wanted
        self.setIconSize(QSize(size + room, size))
        self.setIcon(icon(self._picture, self._token(), room=room))

    def _token(self) -> str:
        if not self.isEnabled():
            return "muted"
        kind = str(self.property("kind"))
        if self.isChecked():
            return "highlight" if kind in ("nav", "row") else "on_highlight"
        return _TOKENS.get(kind, "muted" if kind == "nav" else "text")


def primary(words: Say, picture: str = "", *, act: Callable[[], object] | None = None) -> Button:
    """The filled button: what the page is for."""
    return Button(words, kind="primary", picture=picture, act=act)


def secondary(words: Say, picture: str = "", *, act: Callable[[], object] | None = None) -> Button:
    """An outlined button."""
    return Button(words, kind="secondary", picture=picture, act=act)


def link(words: Say, picture: str = "", *, act: Callable[[], object] | None = None) -> Button:
    """A button that looks like a link."""
    return Button(words, kind="link", picture=picture, act=act)


def icon_button(picture: str, name: Say, *, act: Callable[[], object] | None = None) -> Button:
    """A button with an icon only; `name` is its tooltip and what a screen reader says."""
    return Button("", kind="icon", picture=picture, name=name, act=act)
