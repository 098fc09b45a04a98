"""The log as a table with its filters, page by page; of one client or of the whole vault."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import moment_of
from valmentaja.ui import theme
from valmentaja.ui.log_words import ACTIONS, ACTORS, ENTITIES
from valmentaja.ui.old_copy import send
from valmentaja.ui.page import Page
from valmentaja.ui.speech import said
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.fields import Combo, DateEdit, Field, Line
from valmentaja.ui.widgets.rows import wrapping
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import logs
from valmentaja.usecases.logs import Kind, LogRow


def _who(row: LogRow) -> str:
    """Entries of the program's first version do not know it."""
    return said(ACTORS.get(row.actor, row.actor)) if row.actor else ""


COLUMNS: tuple[Column[LogRow], ...] = (
    Column(title=lambda: tr("When"), text=lambda r: moment_of(r.at, screen_language()), width=170),
    Column(title=lambda: tr("What was done"), text=lambda r: said(ACTIONS.get(r.action, r.action)), width=200),
    Column(
        title=lambda: tr("To what"),
        text=lambda r: said(ENTITIES.get(r.entity, r.entity)),
        tip=lambda r: r.entity_id,
        width=180,
        stretch=True,
    ),
    Column(title=lambda: tr("Who"), text=_who, width=190, priority=1),
    Column(title=lambda: tr("Rows"), text=lambda r: str(r.rows or ""), number=True, width=70, priority=2),
)
CLIENT: Column[LogRow] = Column(
    title=lambda: tr("Client"), text=lambda r: f"{r.client} {r.name}".strip(), width=230, priority=1
)


class LogView(QWidget):
    """Newest first; with `client` "" of the whole vault, then the client's number can be typed too."""

    def __init__(self, page: Page, *, client: str = "") -> None:
        super().__init__()
        self.page, self.client = page, client
        self.kind = Combo(
            [
                (Kind.EVERYTHING, lambda: tr("Everything")),
                (Kind.OPENINGS, lambda: tr("Openings")),
                (Kind.CHANGES, lambda: tr("Changes")),
                (Kind.EXPORTS, lambda: tr("Exports")),
            ]
        )
        self.number = Line()
        year = page.session.today().year
        self.since, self.until = DateEdit(year=year), DateEdit(year=year)
        columns = COLUMNS if client else (*COLUMNS[:3], CLIENT, *COLUMNS[3:])
        self.table = Table(columns, lambda: tr("Log"), sortable=False)
        self.table.setMinimumHeight(theme.px(360))
        self.shown = Label("", "small")
        self.more = secondary(lambda: tr("Show older entries"), "chevron-down", act=self.show_more)
        self.out = secondary(lambda: tr("To the outbox as a table"), "upload", act=self.export)
        self.rows: tuple[LogRow, ...] = ()
        self._lay_out()

    def reload(self) -> None:
        """The newest entries that are asked for, as many as were shown."""
        limit = max(logs.PAGE, len(self.rows))
        self._show(logs.page(self.page.session, self._wanted(), limit=limit), limit)

    def show_more(self) -> None:
        older = logs.page(self.page.session, self._wanted(), below=self.rows[-1].seq)
        self._show((*self.rows, *older), len(self.rows) + logs.PAGE)

    def export(self) -> None:
        """What is asked for, all of it; ids only."""
        send(self.page, self._export)

    def _export(self) -> None:
        path = logs.export(self.page.session, self._wanted())
        self.reload()
        self.page.show_notice(lambda: tr("Written: {file}", file=str(path)))

    def _wanted(self) -> logs.Wanted:
        return logs.wanted(
            client=self.client,
            number=self.number.text(),
            kind=self.kind.value(),
            since=self.since.value(),
            until=self.until.value(),
        )

    def _show(self, rows: tuple[LogRow, ...], limit: int) -> None:
        self.rows = rows
        self.table.show_rows(rows)
        self.more.setVisible(len(rows) >= limit)
        self.shown.say(lambda: trn("{n} entry", "{n} entries", len(self.rows)))

    def _asked_anew(self) -> None:
        self.rows = ()
        self.reload()

    def _lay_out(self) -> None:
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        asked = [Field(lambda: tr("What"), self.kind)]
        if not self.client:
            asked.append(Field(lambda: tr("Client number"), self.number))
        asked += [Field(lambda: tr("First day"), self.since), Field(lambda: tr("Last day"), self.until)]
        down.addWidget(wrapping(*asked, gap=16))
        for widget in (self.table, self.shown, wrapping(self.more, self.out, gap=12)):
            down.addWidget(widget)
        self.kind.chosen.connect(lambda _kind: self._asked_anew())
        self.number.settled.connect(lambda _text: self._asked_anew())
        for edit in (self.since, self.until):
            edit.edited.connect(lambda _day: self._asked_anew())
