"""Säilytys: the unit's own time, who is due, who is held and why, and receipts of what was erased."""

from __future__ import annotations

from functools import partial

from valmentaja.base.errors import UserError
from valmentaja.domain.table_words import TABLES
from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.client.moments import moment
from valmentaja.ui.page import Page, Place
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Field, Line
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import erasing, retention
from valmentaja.usecases.erasing import Erasure
from valmentaja.usecases.retention import Due


class RetentionTab(Tab):
    """A dry run: nothing is erased from here, each file is opened and looked at first."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.days = Line()
        self.days.settled.connect(lambda text: self.do(lambda: retention.set_limit(self.session, text)))
        self.rule = Label("", "muted")
        self.due, self.none_due = Rows(), Label(lambda: tr("Nobody's time is full."), "muted")
        self.receipts, self.none_erased = Rows(), Label(lambda: tr("Nobody has been erased."), "muted")
        self._lay_out()

    def reload(self) -> None:
        limit, rule = retention.limit_days(self.session), retention.rule(self.session)
        self.days.show_text("" if limit is None else str(limit))
        self.rule.say(f"{rule.text.in_(screen_language())} {rule.source}")
        lines, gone = retention.dry_run(self.session), erasing.receipts(self.session)
        self.none_due.setVisible(not lines)
        self.none_erased.setVisible(not gone)
        self.due.show_rows([self._line(line) for line in lines])
        self.receipts.show_rows([self._receipt(erased) for erased in gone])

    def leave(self) -> bool:
        self.days.settle()
        return True

    def _line(self, line: Due) -> Row:
        kept = line.retention
        rows = ", ".join(f"{tr(TABLES.get(table, table))} {n}" for table, n in line.counts if table != "search_text")
        when = tr("Full on {day}", day=day(kept.full, screen_language()))
        state = tr("Held: {reason}", reason=kept.hold) if kept.hold else tr("To be erased")
        button = secondary(lambda: tr("Open"), act=partial(self._open, kept.client))
        button.setAccessibleDescription(kept.name)
        return Row(f"{kept.name} · {kept.client}", f"{when} · {state} · {rows}", aside=[button])

    def _open(self, client: str) -> None:
        self.page.go.emit(Place(page="client", key=client, part="rights"))

    def _receipt(self, erased: Erasure) -> Row:
        total = sum(n for _table, n in erasing.rows_of(erased))
        below = f"{moment(erased.at)} · {tr(erased.reason)} · {trn('{n} row', '{n} rows', total)}"
        button = secondary(
            lambda: tr("Receipt to the outbox"), "send", act=partial(self._write, erased.record_key.hex())
        )
        button.setAccessibleDescription(erased.client)
        return Row(erased.client, below, aside=[button])

    def _write(self, key: str) -> None:
        try:
            pdf, _data = erasing.receipt_files(self.session, key, screen_language())
        except UserError as error:
            self.page.show_error(error)
            return
        self.page.show_notice(lambda: tr("Written: {file}", file=str(pdf)))

    def _lay_out(self) -> None:
        time = Card(lambda: tr("How long files are kept"))
        time.add(self.rule)
        time.add(
            Field(
                lambda: tr("Own shorter time, days"),
                self.days,
                hint=lambda: tr("Counted from the last day of the work. Empty = the time of the law."),
            )
        )
        due = Card(lambda: tr("Retention time is full"))
        due.add(self.none_due)
        due.add(self.due)
        gone = Card(lambda: tr("Erased"))
        gone.add(self.none_erased)
        gone.add(self.receipts)
        for card in (time, due, gone):
            self.body.addWidget(card)
        self.body.addStretch(1)
