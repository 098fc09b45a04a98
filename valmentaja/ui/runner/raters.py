"""At the end of a section: what it means to the client, how the coach sees it, what the two agreed."""

from __future__ import annotations

from functools import partial

from valmentaja.domain.rating import HIGHEST, NO, YES, Aspect
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import decimal
from valmentaja.ui import theme
from valmentaja.ui.hub import perform
from valmentaja.ui.page import Page
from valmentaja.ui.runner.moments import holding, on_day, saved
from valmentaja.ui.speech import Say
from valmentaja.ui.widgets.buttons import link
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Field, Line
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.rate import Choice, Rate
from valmentaja.ui.widgets.rows import Point, Row, Rows
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import correcting, rating
from valmentaja.usecases.correcting import Said
from valmentaja.usecases.session import Changes
from valmentaja.usecases.two_raters import TwoRaters

ROWS: tuple[tuple[Aspect, Say], ...] = (
    (Aspect.IMPORTANCE, lambda: tr("Client: importance")),
    (Aspect.WISH, lambda: tr("Client wants a change")),
    (Aspect.COACH, lambda: tr("Coach's own rating")),
    (Aspect.WORRY, lambda: tr("Coach's worry")),
    (Aspect.AGREED, lambda: tr("Agreed value")),
)


def _choices(aspect: Aspect) -> tuple[Choice, ...]:
    if aspect == Aspect.WISH:
        return ((NO, lambda: tr("No (0)")), (YES, lambda: tr("Yes (1)")))
    return tuple((str(n), str(n)) for n in range(HIGHEST[aspect] + 1))


class RatersPanel(Card):
    """Stores each choice at once and goes on to the next row; nothing here has to be filled in."""

    def __init__(self, page: Page, assessment: str) -> None:
        super().__init__(self._named)
        self._page, self._assessment = page, assessment
        self._shown: TwoRaters | None = None
        self.mean = Label("", "muted", wrap=False)
        self.set_aside(self.mean)
        self.body.setSpacing(4)
        self.rows = {aspect: self._row(aspect, words) for aspect, words in ROWS}
        self.reason = Line()
        self.reason.settled.connect(self._keep_reason)
        why = Field(lambda: tr("Why they differ"), self.reason)
        self.asked = Point(
            "info", "warn", lambda: tr("Client and coach differ by 2 or more. Write in a few words why.")
        )
        self.asked.hide()
        self.add(self.asked)
        self.add(why)

        def keys() -> str:
            return tr("Keys: V comes here, 0–9, T = 10, Backspace takes back. Worry: 0 = none, 3 = great.")

        self.add(Label(keys, "small"))
        self.who = link(lambda: tr("Who and when"), "history", act=self._switch)
        self.history = Rows()
        self.history.hide()
        self.add(self.who)
        self.add(self.history)

    def show_part(self, shown: TwoRaters | None) -> None:
        """Another section or new values; None where there is nothing to rate."""
        self._shown = shown
        self.title.say(self._named)
        if shown is None:
            return
        score = shown.client
        mean = "–" if score is None else decimal(score, screen_language())
        self.mean.say(lambda: tr("Client's answers: {mean}", mean=mean))
        for aspect, row in self.rows.items():
            row.show_value(shown.text(aspect))
        self.reason.show_text(shown.reason)
        self.asked.setVisible(shown.lacks_reason)
        if not self.history.isHidden():
            self._tell(shown)

    def begin(self) -> None:
        self.rows[Aspect.IMPORTANCE].setFocus()

    def settle(self) -> bool:
        """False while the reason could not be stored: it would end up under another section."""
        self.reason.settle()
        return not self.reason.is_unstored

    def _named(self) -> str:
        shown = getattr(self, "_shown", None)
        return tr("Whole section: {name}", name=shown.domain.name.in_(screen_language())) if shown else ""

    def _row(self, aspect: Aspect, words: Say) -> Rate:
        rate = Rate(words, _choices(aspect))
        rate.chosen.connect(partial(self._choose, aspect))
        rate.stepped.connect(partial(self._keep, aspect))
        line, name = Columns(least=560, gap=8), Label(words)
        name.setMinimumWidth(theme.px(170))
        line.add(name, 0)
        line.add(rate, 1)
        self.add(line)
        return rate

    def _choose(self, aspect: Aspect, value: str) -> None:
        """A value that was taken back is not gone on from."""
        if self._keep(aspect, value) and value:
            order = [*self.rows.values(), self.reason]
            order[order.index(self.rows[aspect]) + 1].setFocus()

    def _keep(self, aspect: Aspect, value: str) -> bool:
        shown = self._shown
        if shown is None:
            return False
        if value == shown.text(aspect):
            self.rows[aspect].show_value(value)
            return True
        reason = self.reason.text() if aspect == Aspect.AGREED else ""

        def kept() -> Changes:
            return rating.rate(self._page.session, self._assessment, shown.domain.id, aspect, value, reason=reason)

        done = perform(self._page, self._page.hub, kept) is not None
        if not done:
            self.rows[aspect].show_value(shown.text(aspect))
        return done

    def _keep_reason(self, text: str) -> None:
        shown = self._shown
        if shown is not None:
            value = shown.text(Aspect.AGREED)
            kept = partial(rating.rate, self._page.session, self._assessment, shown.domain.id, Aspect.AGREED, value)
            perform(self._page, self._page.hub, lambda: kept(reason=text))

    def _switch(self) -> None:
        self.history.setVisible(self.history.isHidden())
        if self._shown is not None:
            self._tell(self._shown)

    def _tell(self, shown: TwoRaters) -> None:
        """What was changed stays to be found, with its day."""
        given = correcting.said_of(self._page.session, self._assessment, shown.domain.id)
        self.history.show_rows([_row(one) for one in given])


def _row(one: Said) -> Row:
    rating_, names = one.rating, dict(ROWS)
    name = names.get(rating_.aspect, lambda: tr("Note"))
    value = dict(_choices(rating_.aspect)).get(rating_.value, "–") if rating_.aspect in names else "–"
    below = ", ".join((on_day(rating_.date, one.meeting_number), holding(one.holds), saved(rating_.at)))
    if rating_.reason:
        below += "\n" + rating_.reason
    return Row(name, below, lead=value)
