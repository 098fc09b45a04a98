"""The month on paper: a readable paper beside the package, made of the package itself."""

from __future__ import annotations

from collections.abc import Callable

from valmentaja.base.errors import UserError
from valmentaja.i18n import LANGUAGES, tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui import tasks
from valmentaja.ui.old_copy import send
from valmentaja.ui.page import Page
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.progress import Busy
from valmentaja.ui.widgets.rows import wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.widgets.viewer import Viewer
from valmentaja.usecases import month_paper
from valmentaja.usecases.month_paper import Drawn

Made = Callable[[Drawn], None]


class MonthSummary(Card):
    """`viewer` shows the pages; the page places it where there is room. Without a package nothing can be made."""

    def __init__(self, page: Page) -> None:
        super().__init__(lambda: tr("The month on paper"))
        self._page, self._period = page, ""
        self.language = Combo([("fi", "suomi"), ("sv", "svenska"), ("en", "English")])
        self.language.set_value(screen_language() if screen_language() in LANGUAGES else "fi")
        self.show_button = secondary(lambda: tr("Show"), "eye", act=lambda: self._make(self._show))
        self.save = secondary(lambda: tr("Write the summary"), "file-text", act=lambda: self._make(self._deliver))
        self.busy, self.viewer = Busy(), Viewer(lambda: tr("The month on paper, as it is printed"))
        self.state = Label("", "small")
        self.viewer.hide()
        about = Label(
            lambda: tr(
                "A paper for people to read: the package's protected figures only, with pictures and the changes "
                "from the month before. It is written beside the package."
            ),
            "muted",
        )
        self.add(about)
        self.add(Field(lambda: tr("Language of the paper"), self.language))
        self.add(wrapping(self.show_button, self.save, gap=12))
        self.add(self.state)
        self.add(self.busy)

    def show_month(self, period: str, *, written: bool) -> None:
        """Of the month that is chosen; a paper of another one goes away."""
        if period != self._period:
            self.viewer.hide()
        self._period = period
        for button in (self.show_button, self.save):
            button.setEnabled(written)
        self.state.setVisible(not written)
        self.state.say(lambda: tr("Write the package first: the paper is made of it."))

    def _make(self, then: Made) -> None:
        """Read here, draw in the worker; month and language are those of now, whatever is chosen meanwhile."""
        try:
            ready = month_paper.paper(self._page.session, self._period, self.language.value())
        except UserError as error:
            self._page.show_error(error)
            return
        self.busy.start(lambda: tr("Making the paper …"))
        tasks.run(self, lambda: month_paper.make(ready), lambda drawn: self._made(then, drawn), self._failed)

    def _made(self, then: Made, drawn: Drawn) -> None:
        self.busy.stop()
        then(drawn)

    def _show(self, drawn: Drawn) -> None:
        """Not under another month or on another step that was chosen meanwhile."""
        if drawn.period == self._period and not self.isHidden():
            self.viewer.show()
            self.viewer.show_pdf(drawn.pdf)
            self._page.show_widget(self.viewer)

    def _deliver(self, drawn: Drawn) -> None:
        def write() -> None:
            path = month_paper.deliver(self._page.session, drawn)
            self._page.show_notice(lambda: tr("Written: {file}", file=str(path)))

        send(self._page, write)

    def _failed(self, error: UserError) -> None:
        self.busy.stop()
        self._page.show_error(error)
