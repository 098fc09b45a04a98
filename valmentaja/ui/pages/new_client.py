"""Taking on a client: three fields are enough, and nobody gets a second file by accident."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QLineEdit, QWidget

from valmentaja.base.canonical import Json
from valmentaja.base.errors import UserError
from valmentaja.domain.hetu import parse_hetu
from valmentaja.i18n import tr, words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui.hub import Hub, perform
from valmentaja.ui.page import Page, Place
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import primary, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, DateEdit, Field
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.usecases import caseload
from valmentaja.usecases.caseload import ClientRow, DuplicateError, NewClient
from valmentaja.usecases.session import Changes, Session


class NewClientPage(Page):
    """Names and a way to know the person; Enter saves."""

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        super().__init__(session, hub)
        self.place = place
        self.family_name, self.given_names, self.hetu = QLineEdit(), QLineEdit(), QLineEdit()
        self.phone, self.referred_by = QLineEdit(), QLineEdit()
        self.born = DateEdit(year=session.today().year)
        self.language = Combo([("fi", "suomi"), ("sv", "svenska"), ("en", "English")])
        self.fields = {
            "family_name": Field(lambda: tr("Family name"), self.family_name),
            "given_names": Field(lambda: tr("Given names"), self.given_names),
            "hetu": Field(lambda: tr("Personal identity code"), self.hetu, hint=lambda: tr("Can be added later")),
            "born": Field(lambda: tr("Date of birth"), self.born),
            "language": Field(lambda: tr("Language of papers"), self.language),
            "phone": Field(lambda: tr("Phone"), self.phone),
            "referred_by": Field(lambda: tr("Referred by"), self.referred_by),
        }
        for edit in (self.family_name, self.given_names, self.hetu, self.phone, self.referred_by, self.born):
            edit.returnPressed.connect(self.save)
        self.hetu.editingFinished.connect(self._check_hetu)
        self.alike = Card(lambda: tr("Is it one of these?"))
        self.found = Rows()
        self._lay_out()

    def first_focus(self) -> QWidget:
        return self.family_name

    def draft(self) -> dict[str, Json]:
        """The language counts only when something was written."""
        written = super().draft()
        return {**written, "language": self.language.value()} if written else {}

    def take_up(self, draft: Mapping[str, Json]) -> None:
        super().take_up(draft)
        self.language.set_value(str(draft.get("language", "")))

    def save(self) -> None:
        """Take the person on, unless somebody like this is here already."""
        if not self._check_hetu() or not self.born.is_valid:
            return
        try:
            duplicates = caseload.duplicates(self.session, self._new())
        except UserError as error:
            self.show_error(error)
            return
        if duplicates and self.alike.isHidden():
            self._compare(duplicates)
            return
        self._take_on(despite=bool(duplicates))

    def _take_on(self, *, despite: bool) -> None:
        made = perform(self, self.hub, lambda: self._made(despite=despite))
        if made is not None:
            self.go.emit(Place(page="client", key=made.made))

    def _made(self, *, despite: bool) -> Changes:
        try:
            return caseload.take_on(self.session, self._new(), despite_duplicates=despite)
        except DuplicateError as error:
            self._compare(error.rows)
            raise

    def _compare(self, rows: tuple[ClientRow, ...]) -> None:
        """Beside the new one, whoever looks the same."""
        self.found.show_rows([self._row(row) for row in rows])
        self.alike.show()
        self.show_notice(
            lambda: tr("Somebody like this is already in the caseload. Compare before you save."), Tone.WARN
        )

    def _row(self, row: ClientRow) -> Row:
        open_it = secondary(lambda: tr("Open"), act=lambda: self.go.emit(Place(page="client", key=row.id)))
        open_it.setAccessibleDescription(row.name)
        return Row(row.name, f"{row.id} · {row.hetu}", aside=[open_it])

    def _new(self) -> NewClient:
        return NewClient(
            family_name=self.family_name.text(),
            given_names=self.given_names.text(),
            hetu=self.hetu.text(),
            birth_date=self.born.value(),
            language=self.language.value(),
            phone=self.phone.text(),
            referred_by=self.referred_by.text(),
        )

    def _check_hetu(self) -> bool:
        """The sentence under the field, and the date of birth when the code tells it."""
        text = self.hetu.text().strip().upper()
        try:
            found = parse_hetu(text) if text else None
        except UserError as error:
            self.fields["hetu"].show_error(words(screen_language()).error(error))
            return False
        self.fields["hetu"].show_error("")
        if found is not None:
            self.born.set_value(found.birth_date)
        return True

    def _lay_out(self) -> None:
        self.say_title(lambda: tr("New client"))
        self.add_back(lambda: tr("Clients"), Place(page="clients"))
        card = Card()
        for field in self.fields.values():
            card.add(field)
        card.add(primary(lambda: tr("Take on"), "user-plus", act=self.save))
        self.another = secondary(lambda: tr("Another person: take on"), act=lambda: self._take_on(despite=True))
        self.alike.add(self.found)
        self.alike.add(self.another)
        self.alike.hide()
        self.body.addWidget(self.alike)
        self.body.addWidget(card)
        self.body.addStretch(1)
