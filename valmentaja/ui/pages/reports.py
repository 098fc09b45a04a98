"""Raportit: change over one's own caseload, with names for the worker, without for the unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from valmentaja.base.errors import UserError
from valmentaja.definitions.instrument import Instrument
from valmentaja.domain.assessment import Band
from valmentaja.domain.caseload_change import CaseloadChange, DomainChange, PersonChange
from valmentaja.domain.open_change import OpenChange, OpenDomain, left_out
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day, decimal
from valmentaja.ui import tasks
from valmentaja.ui.hub import Hub
from valmentaja.ui.old_copy import send
from valmentaja.ui.page import Page, Place
from valmentaja.ui.speech import Say
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import primary, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.rows import Pairs
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import leaving, reports
from valmentaja.usecases.session import Area, Session

Line = DomainChange | OpenDomain
LEFT_OUT = "*"
WORKER, UNIT = "worker", "unit"
MOST_ROWS = 12
"""Of a longer table the rest is scrolled to."""


class ReportsPage(Page):
    """What is left out of the version without names is said, never hidden."""

    areas = frozenset({Area.CLIENT, Area.ASSESSMENT})

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        super().__init__(session, hub)
        self.place = place
        offered = reports.offered(session)
        self.instrument = Combo([(i.id, _called(i)) for i in offered])
        self.version = Combo([(WORKER, lambda: tr("For myself, with names")), (UNIT, lambda: tr("For the unit"))])
        for combo in (self.instrument, self.version):
            combo.chosen.connect(lambda _value: self.refresh())
        self.stages = Pairs(width=220)
        self.change: Table[Line] = Table(_change_columns(), lambda: tr("Change by domain"), sortable=False, whole=True)
        self.spread: Table[Line] = Table(
            _spread_columns(), lambda: tr("How the latest results are spread"), sortable=False, whole=True
        )
        self.left = Card(lambda: tr("What is left out"))
        self.groups = [_Group(self, words, columns) for words, columns in GROUPS]
        self.nothing = Label(lambda: tr("Nobody has an assessment yet."), "muted")
        self._lay_out(bool(offered))

    @property
    def is_named(self) -> bool:
        return self.version.value() == WORKER

    def first_focus(self) -> Combo:
        return self.instrument

    def reload(self) -> None:
        if not self.instrument.value():
            return
        try:
            if self.is_named:
                self._show_named(reports.for_worker(self.session, self.instrument.value()))
            else:
                self._show_unnamed(reports.for_unit(self.session, self.instrument.value()))
        except UserError as error:
            self.show_error(error)

    def write_csv(self, folder: Path | None = None) -> None:
        send(self, lambda: self._written(self._csv(folder)))

    def write_pdf(self, folder: Path | None = None) -> None:
        """Printed in the worker, then written."""
        named, instrument = self.is_named, self.instrument.value()
        try:
            paper = reports.paper(self.session, instrument, named=named, language=screen_language())
        except UserError as error:
            self.show_error(error)
            return

        def keep(pdf: bytes) -> None:
            send(self, lambda: self._written((self._pdf(pdf, instrument, named=named, folder=folder),)))

        tasks.run(self, lambda: reports.print_pdf(paper), keep, self.show_error)

    def _csv(self, folder: Path | None) -> tuple[Path, ...]:
        return reports.write_csv(self.session, self.instrument.value(), named=self.is_named, folder=folder)

    def _pdf(self, pdf: bytes, instrument: str, *, named: bool, folder: Path | None) -> Path:
        return reports.write_pdf(self.session, instrument, pdf, named=named, folder=folder)

    def _written(self, paths: Sequence[Path]) -> None:
        files = ", ".join(str(p) for p in paths)
        self.show_notice(lambda: tr("Written: {files}", files=files), Tone.OK)

    def _choose(self, act: Callable[[Path], None]) -> None:
        before = str(leaving.place(self.session, None))
        folder = QFileDialog.getExistingDirectory(self, tr("Where to"), before)
        if folder:
            act(Path(folder))

    def _show_named(self, report: CaseloadChange) -> None:
        people = (report.people, report.without, report.once, report.twice)
        self._show_stages([str(len(each)) for each in people])
        _fill(self.change, report.domains)
        _fill(self.spread, report.domains)
        self.left.hide()
        for group, held in zip(self.groups, (report.once, report.without, report.twice), strict=True):
            group.show_people(held)

    def _show_unnamed(self, report: OpenChange) -> None:
        clients = LEFT_OUT if report.clients is None else str(report.clients)
        self._show_stages([clients, *_three(report.stages)])
        _fill(self.change, report.domains)
        _fill(self.spread, report.domains)
        self.left.clear()
        for sentence in left_out(report, screen_language()):
            self.left.add(Label(sentence))
        self.left.show()
        for group in self.groups:
            group.show_people(())

    def _show_stages(self, counts: Sequence[str]) -> None:
        self.stages.clear()
        for words, count in zip(STAGES, counts, strict=True):
            self.stages.add(words, count)

    def _lay_out(self, any_offered: bool) -> None:
        self.say_title(lambda: tr("Reports"), lambda: tr("Change over the caseload, from the clients' own answers."))
        self.add_back(lambda: tr("Month"), Place(page="month"))
        table = secondary(lambda: tr("Write as a table"), "table", act=lambda: self._choose(self.write_csv))
        paper = primary(lambda: tr("Write as PDF"), "file-text", act=lambda: self._choose(self.write_pdf))
        for button in (table, paper):
            button.setVisible(any_offered)
            self.add_action(button)
        chosen, row = Card(), Columns(least=600)
        row.add(Field(lambda: tr("Instrument"), self.instrument))
        row.add(Field(lambda: tr("For whom"), self.version))
        chosen.add(row)
        chosen.add(self.stages)
        rule = Label(
            lambda: tr("Better and worse mean a change of at least 1 point. This is a rule of thumb, not validated."),
            "small",
        )
        change, spread = Card(lambda: tr("Change by domain")), Card(lambda: tr("How the latest results are spread"))
        change.add(self.change)
        change.add(rule)
        spread.add(self.spread)
        for card in (chosen, self.left, change, spread, *(g.card for g in self.groups)):
            card.setVisible(any_offered)
            self.body.addWidget(card)
        self.nothing.setVisible(not any_offered)
        self.body.addWidget(self.nothing)
        self.body.addStretch(1)


class _Group:
    """Clients of one stage; Enter or double click opens their pictures."""

    def __init__(self, page: ReportsPage, words: Say, columns: tuple[Column[PersonChange], ...]) -> None:
        self.card = Card(words)
        self.table: Table[PersonChange] = Table(columns, words, whole=True)
        self.table.opened.connect(lambda person: page.go.emit(Place(page="change", key=person.client)))
        self.card.add(self.table)

    def show_people(self, people: Sequence[PersonChange]) -> None:
        self.card.setVisible(bool(people))
        self.table.show_rows(people)
        _heighten(self.table, len(people))


STAGES: tuple[Say, ...] = (
    lambda: tr("Clients"),
    lambda: tr("No assessment"),
    lambda: tr("One assessment"),
    lambda: tr("At least two assessments"),
)


def _called(instrument: Instrument) -> Say:
    return lambda: f"{instrument.name.in_(screen_language())} {instrument.version}"


def _fill(table: Table[Line], rows: Sequence[Line]) -> None:
    table.show_rows(rows)
    _heighten(table, len(rows))


def _heighten(table: Table[Line] | Table[PersonChange], rows: int) -> None:
    table.setMinimumHeight(table.verticalHeader().defaultSectionSize() * (min(rows, MOST_ROWS) + 1) + 8)


def _change_columns() -> tuple[Column[Line], ...]:
    return (
        _name_column(),
        Column(title=lambda: tr("People"), text=lambda d: _count(d.people), number=True, width=90),
        Column(title=lambda: tr("First"), text=lambda d: _mean(d, d.first), number=True, width=120),
        Column(title=lambda: tr("Latest"), text=lambda d: _mean(d, d.latest), number=True, width=90),
        Column(title=lambda: tr("Change"), text=lambda d: _mean(d, d.delta, signed=True), number=True, width=90),
        Column(title=lambda: tr("Better"), text=lambda d: _changes(d)[0], number=True, width=90),
        Column(title=lambda: tr("As before"), text=lambda d: _changes(d)[1], number=True, width=100),
        Column(title=lambda: tr("Worse"), text=lambda d: _changes(d)[2], number=True, width=100),
    )


def _spread_columns() -> tuple[Column[Line], ...]:
    return (
        _name_column(),
        Column(title=lambda: tr("needs support"), text=lambda d: _bands(d)[0], number=True, width=120),
        Column(title=lambda: tr("to follow"), text=lambda d: _bands(d)[1], number=True, width=120),
        Column(title=lambda: tr("strength"), text=lambda d: _bands(d)[2], number=True, width=120),
    )


def _client_column() -> Column[PersonChange]:
    return Column(title=lambda: tr("Client"), text=lambda p: p.name, strong=True, stretch=True, width=220)


def _latest_column() -> Column[PersonChange]:
    return Column(title=lambda: tr("Latest"), text=lambda p: day(p.latest, screen_language()), width=120)


def _of_pairs() -> tuple[Column[PersonChange], ...]:
    return (
        _client_column(),
        Column(title=lambda: tr("Number of assessments"), text=lambda p: str(p.measured), number=True, width=110),
        Column(title=lambda: tr("First"), text=lambda p: day(p.first, screen_language()), width=120),
        _latest_column(),
        Column(title=lambda: tr("Better"), text=lambda p: str(p.better), number=True, width=100),
        Column(title=lambda: tr("Worse"), text=lambda p: str(p.worse), number=True, width=100),
    )


def _name_column() -> Column[Line]:
    return Column(
        title=lambda: tr("Domain"),
        text=lambda d: d.domain.name.in_(screen_language()),
        strong=True,
        stretch=True,
        width=220,
    )


def _mean(line: Line, value: Fraction | None, *, signed: bool = False) -> str:
    if value is None:
        return "–" if isinstance(line, DomainChange) else LEFT_OUT
    return ("+" if signed and value > 0 else "") + decimal(value, screen_language())


def _changes(line: Line) -> tuple[str, ...]:
    if isinstance(line, DomainChange):
        return (str(line.better), str(line.same), str(line.worse))
    return _three(line.change)


def _bands(line: Line) -> tuple[str, ...]:
    if isinstance(line, DomainChange):
        return tuple(str(line.bands[b]) for b in (Band.SUPPORT, Band.WATCH, Band.STRENGTH))
    return _three(line.bands)


def _count(count: int | None) -> str:
    return LEFT_OUT if count is None else str(count)


def _three(counts: tuple[int, int, int] | None) -> tuple[str, ...]:
    return (LEFT_OUT,) * 3 if counts is None else tuple(map(str, counts))


GROUPS: tuple[tuple[Say, tuple[Column[PersonChange], ...]], ...] = (
    (lambda: tr("No second assessment"), (_client_column(), _latest_column())),
    (lambda: tr("No assessment"), (_client_column(),)),
    (lambda: tr("At least two assessments"), _of_pairs()),
)
"""Who they are, and the columns that say something of them."""
