"""Luovutus: my card, the coaches I trust, clients given and taken by file."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from valmentaja.base.errors import N_, UserError
from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui import theme
from valmentaja.ui.page import Page
from valmentaja.ui.settings.file_line import FileLine
from valmentaja.ui.settings.incoming import Incoming
from valmentaja.ui.tab import Tab
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import link, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.dialogs import confirm
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.ui.widgets.text import Label, selectable
from valmentaja.usecases import cards, caseload, handing, receiving
from valmentaja.usecases.handing import HandoverRow, Receipt

ID = Qt.ItemDataRole.UserRole


class HandoverTab(Tab):
    """A file is opened and looked at first; nothing of it is written before the coach accepts."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.number = selectable("", "title")
        self.cards, self.handovers = Rows(), Rows()
        self.card_file, self.package_file = FileLine(self._read_card), FileLine(self.open_file)
        self.heard, self.read = QLineEdit(), Card()
        self.card: cards.Card | None = None
        self.clients, self.receiver = QListWidget(), Combo()
        self._wanted = str(getattr(getattr(page, "place", None), "key", ""))
        self.incoming = Incoming(self)
        self.nobody = Label(lambda: tr("No card yet. Open a card that another coach has given you."), "muted")
        self.none = Label(lambda: tr("Nothing has been handed over yet."), "muted")
        for card in (self._mine(), self._trusted(), self._giving(), self._taking(), self.incoming, self._listed()):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def reload(self) -> None:
        self.number.say(cards.own_card(self.session).fingerprint)
        trusted = cards.trusted(self.session)
        self.cards.show_rows([self._card_row(card) for card in trusted])
        self.nobody.setVisible(not trusted)
        self.receiver.offer([(card.fingerprint, card.name) for card in trusted])
        self.give.setEnabled(bool(trusted))
        self._show_clients()
        rows = handing.all_handovers(self.session)
        self.handovers.show_rows(
            [self._handover_row(tuple(part)) for _package, part in groupby(rows, key=lambda row: row.package)]
        )
        self.none.setVisible(not rows)

    def save_card(self) -> None:
        """Into the outbox; a card holds nothing secret."""
        folder = handing.default_folder(self.session)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            path = cards.save_card(self.session, folder)
        except UserError as error:
            self.page.show_error(error)
            return
        self.page.show_notice(lambda: tr("Saved: {file}", file=str(path)))

    def trust(self) -> None:
        card = self.card
        if card is None:
            return
        heard = self.heard.text()
        if self.do(lambda: cards.trust(self.session, card, heard)) is not None:
            self.card = None
            self.read.hide()
            self.heard.clear()
            self.card_file.clear()
            self.page.show_notice(lambda: tr("Trusted: {name}", name=card.who))

    def chosen(self) -> tuple[str, ...]:
        """The ticked clients."""
        items = (self.clients.item(n) for n in range(self.clients.count()))
        return tuple(str(item.data(ID)) for item in items if item.checkState() == Qt.CheckState.Checked)

    def hand_over(self) -> None:
        """Ask once, because the copies are locked."""
        n, to = len(self.chosen()), self.receiver.currentText()
        if not n:
            self.clients.setFocus()
            self.page.show_error(UserError(N_("Choose at least one client.")))
            return
        confirm(
            self,
            lambda: tr("Hand over to {name}?", name=to),
            lambda: trn(
                "{n} client is written into a file that only this coach can open. Your copy is then for reading.",
                "{n} clients are written into a file that only this coach can open. Your copies are then for reading.",
                n,
            ),
            lambda: tr("Hand over"),
            self.give_now,
        )

    def give_now(self) -> None:
        written: list[Path] = []
        chosen, to = self.chosen(), self.receiver.value()

        def act() -> handing.Changes:
            path, changes = handing.hand_over(self.session, chosen, to)
            written.append(path)
            return changes

        if self.do(act) is not None:
            self.page.show_notice(lambda: tr("Give this file to the coach: {file}", file=str(written[0])))

    def open_file(self) -> None:
        """A package is shown, a receipt is stored."""
        self.page.clear_message()
        self.incoming.forget()
        try:
            opened = handing.open_file(self.session, self.package_file.path())
            if not isinstance(opened.content, Receipt):
                self._show(opened)
                return
        except UserError as error:
            self.page.show_error(error)
            return
        if self.do(lambda: handing.keep_receipt(self.session, opened)) is not None:
            self.package_file.clear()
            self.page.show_notice(lambda: tr("The receipt is stored: the other coach has the clients."))

    def _show(self, opened: receiving.Opened) -> None:
        """A package that was taken over before only gets its receipt again."""
        if not receiving.was_accepted(self.session, opened):
            self.incoming.show_package(receiving.preview(self.session, opened))
            return
        again = str(receiving.receipt_again(self.session, opened))
        self.page.show_notice(lambda: tr("Taken over before. The receipt is here again: {file}", file=again))

    def _read_card(self) -> None:
        self.page.clear_message()
        try:
            self.card = cards.read_card(self.card_file.path())
        except UserError as error:
            self.read.hide()
            self.page.show_error(error)
            return
        self.read.title.say(self.card.who)
        self.read.title.show()
        self.read.show()
        self.heard.setFocus()

    def _show_clients(self) -> None:
        kept = set(self.chosen()) | ({self._wanted} if self._wanted else set())
        self._wanted = ""
        self.clients.clear()
        for row in caseload.client_rows(self.session):
            if row.handed_over is None:
                item = QListWidgetItem(f"{row.family_name} {row.given_names}  ·  {row.id}")
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setData(ID, row.id)
                item.setCheckState(Qt.CheckState.Checked if row.id in kept else Qt.CheckState.Unchecked)
                self.clients.addItem(item)
                if row.id in kept:
                    self.clients.setCurrentItem(item)

    def _card_row(self, card: cards.CoachCard) -> QWidget:
        remove = link(
            lambda: tr("Remove"), "trash-2", act=lambda: self.do(lambda: cards.distrust(self.session, card.fingerprint))
        )
        remove.say(lambda: tr("Remove"), name=lambda: tr("Remove the card of {name}", name=card.name))
        return Row(card.name, card.fingerprint, aside=(remove,))

    def _handover_row(self, rows: tuple[HandoverRow, ...]) -> QWidget:
        first, language = rows[0], screen_language()
        names = ", ".join(row.client_name or row.client for row in rows)
        to = first.direction == "out"
        who = first.coach_name or first.coach
        title = tr("To {name}", name=who) if to else tr("From {name}", name=who)
        aside: list[QWidget] = [_state(first)]
        if first.waits:
            back = link(
                lambda: tr("Take back"),
                "undo-2",
                act=lambda: self.do(lambda: handing.take_back(self.session, first.package)),
            )
            back.say(lambda: tr("Take back"), name=lambda: tr("Take back: {names}", names=names))
            aside.append(back)
        return Row(title, f"{day(handing.day_of(first.at), language)} · {names}", aside=tuple(aside))

    def _mine(self) -> Card:
        card = Card(lambda: tr("My card"))
        card.add(
            Label(
                lambda: tr("Give the card to the other coach as a file, and read this number aloud on the phone."),
                "muted",
            )
        )
        card.add(self.number)
        card.add(secondary(lambda: tr("Save the card"), "save", act=self.save_card))
        return card

    def _trusted(self) -> Card:
        card = Card(lambda: tr("Coaches I trust"))
        self.heard.returnPressed.connect(self.trust)
        self.read.add(
            Field(
                lambda: tr("The number that the coach reads to you"),
                self.heard,
                hint=lambda: tr("30 digits. Ask for it by phone or face to face, not by e-mail."),
            )
        )
        self.read.add(secondary(lambda: tr("Trust this card"), "shield-check", act=self.trust))
        self.read.hide()
        card.add(self.nobody)
        card.add(self.cards)
        card.add(Field(lambda: tr("The other coach's card"), self.card_file.line))
        card.add(self.card_file.buttons(lambda: tr("Open the card")))
        card.add(self.read)
        return card

    def _giving(self) -> Card:
        card = Card(lambda: tr("Hand over clients"))
        self.clients.setMinimumHeight(theme.px(180))
        self.clients.setMaximumHeight(theme.px(240))
        card.add(Field(lambda: tr("Clients"), self.clients, hint=lambda: tr("Tick with the space bar.")))
        card.add(Field(lambda: tr("Who takes over"), self.receiver))
        self.give = secondary(lambda: tr("Hand over"), "send", act=self.hand_over)
        card.add(self.give)
        return card

    def _taking(self) -> Card:
        card = Card(lambda: tr("A file from another coach"))
        card.add(Label(lambda: tr("A package is shown first. A receipt is stored at once."), "muted"))
        card.add(Field(lambda: tr("Package or receipt"), self.package_file.line))
        card.add(self.package_file.buttons(lambda: tr("Open the file")))
        return card

    def _listed(self) -> Card:
        card = Card(lambda: tr("Handovers"))
        card.add(self.none)
        card.add(self.handovers)
        return card


def _state(row: HandoverRow) -> Chip:
    language = screen_language()
    if row.waits:
        return Chip("hourglass", lambda: tr("no receipt yet"), Tone.WARN)
    if row.taken_back:
        return Chip("undo-2", lambda: tr("taken back"), Tone.NEUTRAL)
    if row.direction == "in":
        return Chip("circle-check", lambda: tr("taken over {day}", day=day(handing.day_of(row.at), language)), Tone.OK)
    received = handing.day_of(row.receipt)
    return Chip("circle-check", lambda: tr("received {day}", day=day(received, language)), Tone.OK)
