"""The summary on paper: for whom, in which language; stored among the documents and written to the outbox."""

from __future__ import annotations

from collections.abc import Callable

from valmentaja.base.errors import UserError
from valmentaja.domain.summary import Audience
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import LANGUAGES, screen_language
from valmentaja.ui import tasks
from valmentaja.ui.hub import perform
from valmentaja.ui.old_copy import send
from valmentaja.ui.page import Page
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.progress import Busy
from valmentaja.ui.widgets.rows import wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.widgets.viewer import Viewer
from valmentaja.usecases import sending, summary
from valmentaja.usecases.summary import Printed

Made = Callable[[Printed], None]


class PrintCard(Card):
    """`viewer` shows the pages; the page places it where there is room."""

    def __init__(self, page: Page, assessment: str, language: str) -> None:
        super().__init__(lambda: tr("On paper"))
        self._page, self._assessment = page, assessment
        self.audience = Combo(
            [
                (Audience.CLIENT, lambda: tr("For the client, in plain language")),
                (Audience.NETWORK, lambda: tr("For the network, in full")),
            ]
        )
        self.language = Combo([("fi", "suomi"), ("sv", "svenska"), ("en", "English")])
        self.language.set_value(language if language in LANGUAGES else screen_language())
        self.busy, self.viewer = Busy(), Viewer(lambda: tr("The summary as it is printed"))
        self.viewer.hide()
        self.show_button = secondary(lambda: tr("Show"), "eye", act=lambda: self._make(self._show))
        self.save = secondary(lambda: tr("Save the PDF"), "printer", act=lambda: self._make(self._keep))
        self.add(Field(lambda: tr("For whom"), self.audience))
        self.add(Field(lambda: tr("Language of the paper"), self.language))
        self.add(wrapping(self.show_button, self.save))
        self.add(Label(lambda: tr("It is kept among the client’s documents and written to the outbox."), "small"))
        self.add(self.busy)

    def _make(self, then: Made) -> None:
        """Read here, draw in the worker."""
        audience = Audience(self.audience.value())
        try:
            ready = summary.paper(self._page.session, self._assessment, self.language.value(), audience)
        except UserError as error:
            self._page.show_error(error)
            return
        self.busy.start(lambda: tr("Making the paper …"))
        tasks.run(self, lambda: summary.make(ready), lambda made: self._made(then, made), self._failed)

    def _made(self, then: Made, made: Printed) -> None:
        self.busy.stop()
        then(made)

    def _show(self, made: Printed) -> None:
        self.viewer.show()
        self.viewer.show_pdf(made.pdf)
        self._page.show_widget(self.viewer)

    def _keep(self, made: Printed) -> None:
        kept = perform(self._page, self._page.hub, lambda: summary.keep(self._page.session, made))
        if kept is not None:
            send(self._page, lambda: self._export(kept.made))

    def _export(self, document: str) -> None:
        path = sending.hand_over(self._page.session, document)
        self._page.show_notice(lambda: tr("Written: {file}", file=str(path)))

    def _failed(self, error: UserError) -> None:
        self.busy.stop()
        self._page.show_error(error)
