"""Ctrl+K: actions and clients by a few letters. Ctrl+?: the keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from valmentaja.i18n import tr, trn
from valmentaja.ui import theme
from valmentaja.ui.actions import Action, fitting
from valmentaja.ui.page import Place
from valmentaja.ui.speech import announce, said
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.dialogs import Dialog
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import finding, paper_entry
from valmentaja.usecases.caseload import ClientRow
from valmentaja.usecases.session import Session

MOST_CLIENTS = 8
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A line of the palette; `aside` is a client's number or an action's key."""

    words: str
    aside: str
    picture: str
    act: Callable[[], object]


COLUMNS: tuple[Column[Choice], ...] = (
    Column(
        title=lambda: tr("What"),
        text=lambda c: c.words,
        picture=lambda c: c.picture,
        token=lambda _c: "text",
        width=260,
        stretch=True,
    ),
    Column(title=lambda: tr("Number or key"), text=lambda c: c.aside, token=lambda _c: "muted", width=130),
)
KEYS: tuple[Column[Action], ...] = (
    Column(title=lambda: tr("What"), text=lambda a: said(a.words), width=260, stretch=True),
    Column(title=lambda: tr("Key"), text=lambda a: a.shown_key, width=150),
)


class Palette(Dialog):
    """The focus stays in the line; arrows choose, Enter does, Esc closes. `recent` are ids of clients opened lately."""

    def __init__(
        self,
        session: Session,
        actions: tuple[Action, ...],
        recent: tuple[str, ...],
        go: Callable[[Place], object],
        parent: QWidget,
    ) -> None:
        super().__init__(lambda: tr("Find anything"), parent, width=560)
        self._session, self._recent, self._go = session, recent, go
        self._actions = tuple(a for a in actions if a.key != "Ctrl+K")
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("A client or what to do"))
        self.line.setAccessibleName(tr("A client or what to do"))
        self.list: Table[Choice] = Table(COLUMNS, lambda: tr("Found"), sortable=False)
        self.list.horizontalHeader().hide()
        self.list.setMinimumHeight((theme.control_height() + 6) * 8)
        self.list.opened.connect(self._do)
        self.list.clicked.connect(lambda _index: self._do(self.list.current()))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hint = Label(lambda: tr("↑ ↓ choose, Enter opens, Esc closes"), "small")
        for widget in (self.line, self.list, self.hint):
            self.body.addWidget(widget)
        self.line.textChanged.connect(self._look)
        self.line.returnPressed.connect(lambda: self._do(self.list.current()))
        self.line.installEventFilter(self)
        self._look("")
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down walk the list while the focus stays where one types."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVES:
            self.list.keyPressEvent(event)
            self._tell()
            return True
        return super().eventFilter(watched, event)

    def _look(self, typed: str) -> None:
        if finding.is_question(typed):
            found = finding.people(self._session, typed, most=MOST_CLIENTS)
            clients, actions = found.rows, fitting(self._actions, typed)
            # Nothing with a slip comes before something that is as typed.
            choices = [
                *self._form(typed),
                *map(self._client, clients[: found.sure]),
                *(_action(action) for slips, action in actions if not slips),
                *map(self._client, clients[found.sure :]),
                *(_action(action) for slips, action in actions if slips),
            ]
        else:
            recent = finding.rows_of(self._session, self._recent)
            choices = [*map(self._client, recent), *map(_action, self._actions)]
        self.list.show_rows(choices)
        if choices:
            self.list.selectRow(0)
        self._tell()

    def _tell(self) -> None:
        """A screen reader hears the chosen line, which never has the focus itself."""
        now, n = self.list.current(), self.list.rows.rowCount()
        found = trn("{n} found", "{n} found", n)
        announce(self.line, f"{now.words}, {now.aside}. {found}" if now is not None else tr("Nothing found"))

    def _client(self, row: ClientRow) -> Choice:
        place = Place(page="client", key=row.id)
        words = f"{row.family_name} {row.given_names}"
        return Choice(words=words, aside=row.id, picture="user", act=lambda: self._go(place))

    def _form(self, typed: str) -> list[Choice]:
        """A page of a paper form, which has a code and no name."""
        owner = paper_entry.owner_of(self._session, typed)
        if owner is None:
            return []
        place = Place(page="paper", key=owner.assessment)
        if owner.is_closed:
            place = Place(page="client", key=owner.client, part="assessment")
        words = tr("Paper form, page {n}: {name}", n=owner.page, name=owner.name)
        return [Choice(words=words, aside=owner.client, picture="file-text", act=lambda: self._go(place))]

    def _do(self, choice: Choice | None) -> None:
        if choice is not None:
            self.accept()
            choice.act()


def _action(action: Action) -> Choice:
    return Choice(words=said(action.words), aside=action.shown_key, picture=action.picture, act=action.act)


class KeySheet(Dialog):
    """Every key that works everywhere."""

    def __init__(self, actions: tuple[Action, ...], parent: QWidget) -> None:
        super().__init__(lambda: tr("Keys"), parent)
        keys: Table[Action] = Table(KEYS, lambda: tr("Keys"), sortable=False)
        listed = [action for action in actions if action.key]
        parts = Action(words=lambda: tr("Parts of a client's file"), key="Alt+1", picture="", act=self.accept)
        keys.show_rows([*listed, parts])
        keys.setMinimumHeight((theme.control_height() + 6) * 9)
        self.body.addWidget(keys)
        self.add_button(secondary(lambda: tr("Close"), act=self.accept))
