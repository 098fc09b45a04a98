"""Muutos: any measurements over each other, the trend of each domain, and the path."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog

from valmentaja.base.errors import UserError
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.pictures.picture import Picture
from valmentaja.ui import tasks
from valmentaja.ui.hub import Hub
from valmentaja.ui.old_copy import send
from valmentaja.ui.page import Page, Place
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card, empty
from valmentaja.ui.widgets.flow import Flow
from valmentaja.ui.widgets.picture import PictureWithTable
from valmentaja.ui.widgets.rows import wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import caseload, change_paper, comparing, leaving, path
from valmentaja.usecases.comparing import Choice
from valmentaja.usecases.session import Area, Session


class ChangePage(Page):
    """What is shown is chosen here and not stored; the first time it is the first against the latest."""

    areas = frozenset({Area.CLIENT, Area.ASSESSMENT, Area.MEETING, Area.SERVICE, Area.PLAN})

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        caseload.opened(session, place.key)
        super().__init__(session, hub, about=place.key)
        self.client = place.key
        self.chosen: tuple[str, ...] | None = None
        self._shown: tuple[str, ...] = ()
        self.boxes: dict[str, QCheckBox] = {}
        self.radar, self.trend = PictureWithTable(), PictureWithTable(widest=980, side_by_side=False)
        self.path = PictureWithTable(widest=980, side_by_side=False)
        self.radar_card, self.trend_card = Card(lambda: tr("Results by domain")), Card(lambda: tr("Trend by domain"))
        self.path_card = Card(lambda: tr("Path"))
        self.nothing = Label(lambda: tr("Nothing to show yet. The pictures come with the first answers."), "muted")
        self._choices = wrapping(gap=16)
        self._lay_out()

    def reload(self) -> None:
        language = screen_language()
        name = caseload.client(self.session, self.client).name
        self.say_title(lambda: tr("Change"), name)
        offered = comparing.choices(self.session, self.client)
        self._shown = shown = comparing.first_and_latest(offered) if self.chosen is None else self.chosen
        self._offer(offered, shown)
        _show(self.radar_card, self.radar, comparing.radar(self.session, self.client, keys=shown, language=language))
        self.radar_card.setVisible(bool(offered))
        _show(self.trend_card, self.trend, comparing.trend(self.session, self.client, language=language))
        _show(self.path_card, self.path, path.timeline(self.session, self.client, language=language))
        self.nothing.setVisible(all(card.isHidden() for card in (self.radar_card, self.trend_card, self.path_card)))

    def write_pdf(self, folder: Path | None = None) -> None:
        """Printed in the worker as it is shown, then written."""
        try:
            paper = change_paper.paper(self.session, self.client, keys=self._shown, language=screen_language())
        except UserError as error:
            self.show_error(error)
            return

        def keep(pdf: bytes) -> None:
            send(self, lambda: self._write(pdf, folder))

        tasks.run(self, lambda: change_paper.print_pdf(paper), keep, self.show_error)

    def _write(self, pdf: bytes, folder: Path | None) -> None:
        path = change_paper.write_pdf(self.session, self.client, pdf, folder)
        self.show_notice(lambda: tr("Written: {files}", files=str(path)))

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Where to"), str(leaving.place(self.session, None)))
        if folder:
            self.write_pdf(Path(folder))

    def _offer(self, offered: tuple[Choice, ...], shown: tuple[str, ...]) -> None:
        """A box for each series; built anew only when there are others, so that the focus stays."""
        language = screen_language()
        if list(self.boxes) != [c.key for c in offered]:
            self._build(offered)
        for choice in offered:
            box = self.boxes[choice.key]
            box.blockSignals(True)
            box.setChecked(choice.key in shown)
            box.setText(choice.name(language))
            box.blockSignals(False)

    def _build(self, offered: tuple[Choice, ...]) -> None:
        flow = self._choices.layout()
        if isinstance(flow, Flow):
            empty(flow)
        self.boxes = {choice.key: QCheckBox() for choice in offered}
        for box in self.boxes.values():
            box.toggled.connect(lambda _on: self._choose())
            if isinstance(flow, Flow):
                flow.addWidget(box)

    def _choose(self) -> None:
        self.chosen = tuple(key for key, box in self.boxes.items() if box.isChecked())
        self.reload()

    def _begin_again(self) -> None:
        self.chosen = None
        self.reload()

    def _lay_out(self) -> None:
        self.add_action(secondary(lambda: tr("Write as PDF"), "file-text", act=self._choose_folder))
        self.add_back(lambda: tr("Assessment"), Place(page="client", key=self.client, part="assessment"))
        self.radar_card.add(Label(lambda: tr("Choose what lies over each other in the picture."), "muted"))
        self.radar_card.add(self._choices)
        self.radar_card.add(secondary(lambda: tr("First and latest"), "refresh-cw", act=self._begin_again))
        self.radar_card.add(self.radar)
        self.trend_card.add(self.trend)
        self.path_card.add(self.path)
        for widget in (self.nothing, self.radar_card, self.trend_card, self.path_card):
            self.body.addWidget(widget)
        self.body.addStretch(1)


def _show(card: Card, place: PictureWithTable, picture: Picture | None) -> None:
    card.setVisible(picture is not None)
    place.setVisible(picture is not None)
    if picture is not None:
        place.show_picture(picture)
