"""The main window: it navigates, says when something was saved, and knows nothing of what pages do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from valmentaja.base.canonical import Json
from valmentaja.base.errors import UserError
from valmentaja.i18n import tr
from valmentaja.ui import page_list, theme
from valmentaja.ui.actions import Action
from valmentaja.ui.hub import Hub
from valmentaja.ui.idle import Rest
from valmentaja.ui.lock_notice import LockNotice
from valmentaja.ui.page import Page, Place
from valmentaja.ui.palette import KeySheet, Palette
from valmentaja.ui.presenting.strip import ClientStrip
from valmentaja.ui.speech import Say
from valmentaja.ui.status import StatusBar
from valmentaja.ui.widgets.buttons import Button
from valmentaja.ui.widgets.dialogs import Toast
from valmentaja.usecases import brief
from valmentaja.usecases.session import Session

ENTRIES: tuple[tuple[str, str, Say], ...] = (
    ("today", "sun", lambda: tr("Today")),
    ("clients", "users", lambda: tr("Clients")),
    ("month", "chart-column", lambda: tr("Month")),
    ("settings", "settings", lambda: tr("Settings")),
)
BELONGED = ("new-client", "moving", "client", "case", "change", "runner", "plan", "signing", "brief", "summary")
BELONGS = {
    **dict.fromkeys((*BELONGED, "paper", "review", "difference", "outbox"), "clients"),
    "reports": "month",
    "own": "month",
}
"""Pages without an entry of their own, and the entry they belong to."""
SIDE, FOLDED = 200, 56
RECENT = 8
"""Clients opened in this session that the palette offers before anything is typed."""
ROOM_FOR_WORDS = 900
"""At a page narrower than this, counted at 100 % text, the sidebar folds to icons."""


class MainWindow(QWidget):
    """A sidebar, one page, and a status line.

    `locked` asks for the vault to be closed; `making` says when a page begins to be made, and when it is there."""

    locked, making = Signal(), Signal(bool)

    def __init__(self, session: Session, hub: Hub) -> None:
        super().__init__()
        self.session, self.hub = session, hub
        self.page: Page | None = None
        self.rest = Rest(session, hub, self)
        self.place = Place(page="today")
        self._before: list[Place] = []
        self.side, self._group = QFrame(), QButtonGroup(self)
        self.entries: dict[str, Button] = {}
        self.strip, self.notice, self.status = ClientStrip(), LockNotice(), StatusBar(session, hub)
        self._middle = QVBoxLayout()
        self._lay_out()
        self.toast = Toast(self)
        self.recent: list[str] = []
        self._dialog: QDialog | None = None
        self._bind_keys()
        self.go(self.place)

    def go(self, place: Place) -> None:
        """Leave the page and show another; what is being typed is stored first."""
        if self.page is not None:
            if not self._left(self.page):
                return
            self._before.append(self.here())
        self._show(place)

    def back(self) -> None:
        """A step back within the page, else to the page before."""
        if self.page is not None and self.page.step_back():
            return
        if self._before and (self.page is None or self._left(self.page)):
            self._show(self._before.pop())

    def leave(self) -> None:
        """Store what is being typed, before the vault closes."""
        self.close_dialog()
        if self.page is not None:
            self.page.leave()

    def here(self) -> Place:
        """The place that is shown, with what was chosen there: of what it is, and which part."""
        if self.page is None:
            return self.place
        return replace(
            self.place, key=self.page.chosen_key() or self.place.key, part=self.page.part() or self.place.part
        )

    def take_focus(self) -> None:
        """Somewhere to begin with the keyboard, where the page names no place of its own."""
        self.entries[BELONGS.get(self.place.page, self.place.page)].setFocus(Qt.FocusReason.OtherFocusReason)

    def resume(self, place: Place, draft: Mapping[str, Json]) -> None:
        """Go where the coach was, unless that is gone, and show what was begun there."""
        try:
            self.go(place)
        except UserError:
            return
        if draft and self.page is not None:
            self.page.take_up(draft)

    def _left(self, page: Page) -> bool:
        """False while something typed could not be stored: it stays on the screen with the reason."""
        return page.leave() and not page.has_unstored

    def _show(self, place: Place) -> None:
        self.making.emit(True)
        try:
            self._make(place)
        finally:
            self.making.emit(False)

    def _make(self, place: Place) -> None:
        new = page_list.make(self.session, self.hub, place)
        new.go.connect(self.go)
        new.back.connect(self.back)
        new.undo_offered.connect(self.toast.offer)
        old, self.page, self.place = self.page, new, place
        self._middle.insertWidget(0, new, 1)
        new.show()
        if old is not None:
            self.hub.changed.disconnect(old.heard)
            old.hide()
            old.deleteLater()
        self._mark(place.page)
        if place.page == "client":
            self.recent = [place.key, *(one for one in self.recent if one != place.key)][:RECENT]
        self.status.tell_saved()
        self.rest.later()  # opening a client's file is logged, which is a write
        first = new.first_focus()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self, page: str) -> None:
        self.entries[BELONGS.get(page, page)].setChecked(True)

    def _lay_out(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._sidebar())
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(0)
        self._middle.addWidget(self.strip)
        self._middle.addWidget(self.notice)
        self._middle.addWidget(self.status)
        across.addLayout(self._middle, 1)

    def _sidebar(self) -> QFrame:
        self.side.setProperty("surface", "side")
        down = QVBoxLayout(self.side)
        down.setContentsMargins(8, 16, 8, 8)
        down.setSpacing(4)
        for name, picture, words in ENTRIES:
            down.addWidget(self._entry(name, picture, words))
        down.addStretch(1)
        self.lock = Button(lambda: tr("Lock"), kind="nav", picture="lock", act=self.locked.emit)
        down.addWidget(self.lock)
        return self.side

    def _entry(self, name: str, picture: str, words: Say) -> Button:
        button = Button(words, kind="nav", picture=picture, name=words, act=lambda: self.go(Place(page=name)))
        button.setCheckable(True)
        self._group.addButton(button)
        self.entries[name] = button
        return button

    def _bind_keys(self) -> None:
        """The one list of what the window can do feeds the shortcuts, the palette and the list of keys."""
        self.known_actions = (
            *(
                Action(words=words, key=f"Ctrl+{n}", picture=picture, act=self.entries[name].click)
                for n, (name, picture, words) in enumerate(ENTRIES, start=1)
            ),
            *self._own_actions(),
        )
        for action in self.known_actions:
            if action.key:
                QShortcut(QKeySequence(action.key), self).activated.connect(action.act)

    def _own_actions(self) -> tuple[Action, ...]:
        return (
            Action(words=lambda: tr("New client"), key="Ctrl+N", picture="user-plus", act=self._to("new-client")),
            Action(words=lambda: tr("Find a client"), key="Ctrl+F", picture="search", act=self._to("clients")),
            Action(
                words=lambda: tr("Prepare for a meeting"), key="Ctrl+Shift+M", picture="list-checks", act=self.prepare
            ),
            Action(words=lambda: tr("Import and export"), picture="import", act=self._to("moving")),
            Action(words=lambda: tr("Sent papers"), picture="send", act=self._to("outbox")),
            Action(words=lambda: tr("Own figures"), picture="chart-column", act=self._to("own")),
            Action(words=lambda: tr("Reports"), picture="chart-column", act=self._to("reports")),
            Action(words=lambda: tr("Client view"), key="F8", picture="monitor", act=self.open_client_view),
            Action(words=lambda: tr("Lock"), key="Ctrl+L", picture="lock", act=self.locked.emit),
            Action(words=lambda: tr("Go back"), key="Esc", picture="arrow-left", act=self.back),
            Action(words=lambda: tr("Find anything"), key="Ctrl+K", picture="command", act=self.open_palette),
            Action(words=lambda: tr("Keys"), key="Ctrl+?", picture="circle-question-mark", act=self.open_keys),
        )

    def _to(self, page: str) -> Callable[[], object]:
        return lambda: self.go(Place(page=page, part="search" if page == "clients" else ""))

    def prepare(self) -> None:
        """The brief of the client whose file is open, else of the first meeting today."""
        about = "" if self.page is None or self.page.about is None else self.page.about
        client = brief.next_meeting(self.session, about)
        self.go(Place(page="today") if client is None else Place(page="brief", key=client))

    def open_client_view(self) -> None:
        """Of the plan or assessment that is shown, or the one under way or latest of the client that is shown."""
        if self.place.page in ("runner", "summary", "plan", "client"):
            self.hub.client_view.emit(self.here())

    def open_palette(self) -> None:
        """Actions and clients by a few letters, over the page."""
        self._over(Palette(self.session, self.known_actions, tuple(self.recent), self.go, self))

    def open_keys(self) -> None:
        self._over(KeySheet(self.known_actions, self))

    def _over(self, dialog: QDialog) -> None:
        self.close_dialog()
        self._dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.destroyed.connect(self._forget_dialog)
        dialog.open()

    def close_dialog(self) -> None:
        """Nothing of the vault stays on the screen in a dialog."""
        if self._dialog is not None:
            self._dialog.close()
            self._dialog = None

    def _forget_dialog(self) -> None:
        self._dialog = None

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fold()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fold()
        self.toast.place()
        super().resizeEvent(event)

    def _fold(self) -> None:
        """Icons only when the words would take the room the page needs."""
        folded = self.width() - theme.px(SIDE) < theme.px(ROOM_FOR_WORDS)
        self.side.setFixedWidth(16 + theme.px(FOLDED - 16) if folded else theme.px(SIDE))
        for button, words in zip(
            (*self.entries.values(), self.lock), [*(e[2] for e in ENTRIES), lambda: tr("Lock")], strict=True
        ):
            button.say("" if folded else words, name=words)
