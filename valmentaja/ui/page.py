"""What every page is: a header, a message in its place, a body that scrolls, and one way to read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from valmentaja.base.canonical import Json
from valmentaja.base.errors import StorageError, UserError
from valmentaja.i18n import words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui.hub import Hub
from valmentaja.ui.speech import Say
from valmentaja.ui.theme import Tone
from valmentaja.ui.typing import type_again, typed
from valmentaja.ui.widgets.buttons import link
from valmentaja.ui.widgets.fields import Line, Notes
from valmentaja.ui.widgets.flow import Flow
from valmentaja.ui.widgets.message import Message
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases.session import Area, Changes, Session

SIDE, ABOVE, PINNED = 28, 14, 8
"""Around a page; `PINNED` of the upper edge stays where it is when the page scrolls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to go: a page's name, the id it is about, and a part of it (a tab, a field)."""

    page: str
    key: str = ""
    part: str = ""


class Page(QWidget):
    """Subclasses build their body once, fill it in `reload()`, and name in `areas` what makes them read again.

    `go` asks the window for another place, `back` for the one before, `undo_offered` for a toast with Undo.
    """

    go = Signal(object)
    back = Signal()
    undo_offered = Signal(str, object)
    areas: ClassVar[frozenset[Area]] = frozenset(Area)

    def __init__(self, session: Session, hub: Hub, *, about: str | None = None, scrolls: bool = True) -> None:
        super().__init__()
        self.session, self.hub, self.about = session, hub, about
        self._stale = True
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.subtitle = Label("", "title"), Label("", "muted")
        self.subtitle.setVisible(False)
        self.message = Message()
        self._actions_row = Flow(gap=12)
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
        self._frame(scrolls)
        hub.changed.connect(self.heard)

    def reload(self) -> None:
        """Read from the use-cases and show; called when first shown, after a change, after a language switch."""

    def retranslate(self) -> None:
        """Set texts that are not given as `Say`; most pages need nothing here."""

    def leave(self) -> bool:
        """Called before the page is left; store what is being typed. False keeps the page."""
        return True

    def chosen_key(self) -> str:
        """What was chosen on the page to look at; "" where the place itself says it."""
        return ""

    def part(self) -> str:
        """The part that is shown now, for a `Place` that leads back here; "" when there are no parts."""
        return ""

    def step_back(self) -> bool:
        """One step back within the page; False when it stands on its first, and the window goes back instead."""
        return False

    def draft(self) -> dict[str, Json]:
        """What was written or drawn here and no record holds; kept when the vault locks."""
        return typed(self)

    def take_up(self, draft: Mapping[str, Json]) -> None:
        """Show a draft again after unlocking."""
        type_again(self, draft)

    def first_focus(self) -> QWidget | None:
        """The widget that has the focus when the page opens; None leaves it to Qt."""
        return None

    def say_title(self, title: Say, subtitle: Say = "") -> None:
        self.title.say(title)
        self.subtitle.say(subtitle)
        self.subtitle.setVisible(bool(subtitle))

    def add_action(self, button: QWidget) -> None:
        """Put a button at the right end of the header; the primary one last."""
        self._actions_row.addWidget(button)

    def add_back(self, words_: Say, place: Place) -> None:
        """A link above the title to where this page belongs."""
        self._crumbs.addWidget(link(words_, "chevron-left", act=lambda: self.go.emit(place)))
        self._crumbs.addStretch(1)

    def show_error(self, error: UserError) -> None:
        """The error's sentence in the message bar, announced; what could not be stored is tried again later."""
        if isinstance(error, StorageError):
            for field in self._typed():
                field.typed.doubt()
        self.message.say(lambda: words(screen_language()).error(error), Tone.LATE)

    @property
    def has_unstored(self) -> bool:
        """Whether something typed on this page is not in the vault."""
        return any(field.is_unstored for field in self._typed())

    def show_notice(self, sentence: Say, tone: Tone = Tone.OK) -> None:
        self.message.say(sentence, tone)

    def clear_message(self) -> None:
        self.message.clear()

    def show_widget(self, widget: QWidget) -> None:
        """Scroll so that the widget can be seen."""
        area = self.findChild(QScrollArea)
        if area is not None:
            area.ensureWidgetVisible(widget)

    def refresh(self) -> None:
        """Read again now, whatever was heard."""
        self._stale = False
        self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale:
            self.refresh()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._stale = True
            if self.isVisible():
                self.refresh()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._settle_header()
        super().resizeEvent(event)

    def heard(self, changes: Changes) -> None:
        """Read again after a change that concerns this page, at once or when it is shown."""
        if not changes.touches(*self.areas, client=self.about):
            return
        self._stale = True
        if self.isVisible():
            self._give_again()
            self.refresh()

    def _give_again(self) -> None:
        """Reading again may build fields anew: what the vault refused before is stored first, now that it can be."""
        for field in self._typed():
            if isValid(field) and field.typed.is_doubted:
                field.settle()

    def _typed(self) -> list[Notes | Line]:
        return [*self.findChildren(Notes), *self.findChildren(Line)]

    def _frame(self, scrolls: bool) -> None:
        content = QWidget() if scrolls else self
        content.setProperty("surface", "window")
        down = QVBoxLayout(content)
        down.setContentsMargins(SIDE, ABOVE if scrolls else PINNED + ABOVE, SIDE, PINNED + ABOVE)
        down.setSpacing(12)
        self._crumbs = QHBoxLayout()
        down.addLayout(self._crumbs)
        down.addWidget(self._header())
        if scrolls:
            self._scroll(content)
        else:
            down.addWidget(self.message)
        down.addLayout(self.body, 1)

    def _scroll(self, content: QWidget) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        outer, pinned = QVBoxLayout(self), QVBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        # Above what scrolls: whoever works at the bottom of a long page reads it too.
        pinned.setContentsMargins(SIDE, PINNED, SIDE, 0)
        pinned.addWidget(self.message)
        outer.addLayout(pinned)
        outer.addWidget(area)

    def _header(self) -> QWidget:
        box = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, box)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(12)
        words_ = QVBoxLayout()
        words_.setSpacing(2)
        words_.addWidget(self.title)
        words_.addWidget(self.subtitle)
        self._actions = QWidget()
        self._actions.setLayout(self._actions_row)
        self._actions.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._across.addLayout(words_, 1)
        self._across.addWidget(self._actions, 0, Qt.AlignmentFlag.AlignVCenter)
        return box

    def _settle_header(self) -> None:
        """Buttons go under the title when the two do not fit side by side."""
        needed = self._actions_row.sizeHint().width() + self.title.fontMetrics().averageCharWidth() * 24
        side = needed <= self.width() - 56
        direction = QBoxLayout.Direction.LeftToRight if side else QBoxLayout.Direction.TopToBottom
        if self._across.direction() != direction:
            self._across.setDirection(direction)
