"""Asiakkaat: the caseload as a table, found by typing."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from valmentaja.base.canonical import Json
from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.found import NotesFound, place_of
from valmentaja.ui.hub import Hub
from valmentaja.ui.page import Page, Place
from valmentaja.ui.speech import Say, said
from valmentaja.ui.widgets.buttons import primary, secondary
from valmentaja.ui.widgets.empty import EmptyState
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.usecases import caseload, finding
from valmentaja.usecases.caseload import ClientRow
from valmentaja.usecases.finding import NoteFound
from valmentaja.usecases.session import Session

PLAN: dict[str, tuple[Say, str, str]] = {
    "none": (lambda: tr("no plan"), "circle", "muted"),
    "draft": (lambda: tr("draft"), "pencil", "muted"),
    "frozen": (lambda: tr("not signed"), "file-pen", "warn"),
    "signed": (lambda: tr("signed"), "file-check", "ok"),
    "late": (lambda: tr("review late"), "clock-alert", "late"),
}
ASSESSMENT: dict[str, Say] = {
    "none": lambda: "",
    "open": lambda: tr("not finished"),
    "closed": lambda: tr("done"),
}


COLUMNS: tuple[Column[ClientRow], ...] = (
    Column(
        title=lambda: tr("Name"),
        text=lambda r: f"{r.family_name} {r.given_names}",
        sort=lambda r: r.sort_key,
        strong=True,
        width=220,
        stretch=True,
    ),
    Column(title=lambda: tr("Number"), text=lambda r: r.id, width=110, priority=1),
    Column(
        title=lambda: tr("Next meeting"),
        text=lambda r: day(r.next_meeting, screen_language()),
        sort=lambda r: "9999" if r.next_meeting is None else r.next_meeting.isoformat(),
        width=130,
        priority=2,
    ),
    Column(
        title=lambda: tr("Last meeting"),
        text=lambda r: day(r.last_meeting, screen_language()),
        sort=lambda r: "" if r.last_meeting is None else r.last_meeting.isoformat(),
        width=130,
        priority=4,
    ),
    Column(
        title=lambda: tr("Plan"),
        text=lambda r: said(PLAN[r.plan][0]),
        sort=lambda r: list(PLAN).index(r.plan),
        picture=lambda r: PLAN[r.plan][1],
        token=lambda r: PLAN[r.plan][2],
        width=150,
        priority=1,
    ),
    Column(title=lambda: tr("Assessment"), text=lambda r: said(ASSESSMENT[r.assessment]), width=130, priority=3),
    Column(
        title=lambda: tr("Client until"),
        text=lambda r: day(r.exit_date, screen_language()),
        sort=lambda r: "9999" if r.exit_date is None else r.exit_date.isoformat(),
        width=120,
        priority=5,
    ),
    Column(title=lambda: tr("Responsible coach"), text=lambda r: r.owner, width=160, priority=6),
    Column(
        title=lambda: tr("Handed over"),
        text=lambda r: day(r.handed_over, screen_language()),
        sort=lambda r: "9999" if r.handed_over is None else r.handed_over.isoformat(),
        picture=lambda r: "" if r.handed_over is None else "lock",
        token=lambda r: "" if r.handed_over is None else "muted",
        width=130,
        priority=5,
    ),
)


def _counted(total: int, shown: int) -> str:
    counted = trn("{n} client", "{n} clients", total)
    return counted if shown == total else tr("{clients}, the first {n} shown", clients=counted, n=shown)


class ClientsPage(Page):
    """Sort by a column's header, open with Enter or a double click; typing finds people, and words in their notes."""

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        super().__init__(session, hub, scrolls=False)
        self.place = place
        self.search, self.table = QLineEdit(), Table(COLUMNS, lambda: tr("Clients"))
        self.search.setPlaceholderText(tr("Search by name, number or notes"))
        self.search.setAccessibleName(tr("Search by name, number or notes"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self.refresh())
        self.search.returnPressed.connect(self._open_first)
        self.table.opened.connect(self._open)
        self.nothing = EmptyState(self._nothing, self._advice, picture="users")
        self.notes = NotesFound(session)
        self.notes.opened.connect(self._open_note)
        self.notes.shown.connect(self.nothing.hide)
        for widget in (self.search, self.table, self.nothing, self.notes):
            self.body.addWidget(widget)
        self.add_action(secondary(lambda: tr("Import and export"), "import", act=lambda: self._to("moving")))
        self.add_action(primary(lambda: tr("New client"), "user-plus", act=lambda: self._to("new-client")))

    def reload(self) -> None:
        typed = self.search.text()
        if typed.strip():
            found = finding.people(self.session, typed)
            rows, total = found.rows, found.total
        else:
            rows = caseload.client_rows(self.session)
            total = len(rows)
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.notes.look_for(typed)
        self.nothing.setVisible(not rows and not self.notes.table.isVisibleTo(self))
        self.nothing.title.say(self._nothing)
        self.nothing.line.say(self._advice)
        self.say_title(lambda: tr("Clients"), lambda: _counted(total, len(rows)))

    def retranslate(self) -> None:
        self.search.setPlaceholderText(tr("Search by name, number or notes"))
        self.search.setAccessibleName(tr("Search by name, number or notes"))

    def draft(self) -> dict[str, Json]:
        """A search is no draft."""
        return {}

    def first_focus(self) -> QWidget:
        return self.search

    def _nothing(self) -> str:
        return tr("Nobody found") if self.search.text() else tr("Nobody here yet")

    def _advice(self) -> str:
        return tr("Try fewer letters.") if self.search.text() else tr("Take on a client, or import a caseload.")

    def _to(self, page: str) -> None:
        self.go.emit(Place(page=page))

    def _open(self, row: ClientRow) -> None:
        self.go.emit(Place(page="client", key=row.id))

    def _open_note(self, found: NoteFound) -> None:
        self.go.emit(place_of(found))

    def _open_first(self) -> None:
        row = self.table.current()
        if row is not None:
            self._open(row)
