"""The figures of a month: exact, published, why they differ; what the chosen one counts and who is behind it."""

from __future__ import annotations

from collections.abc import Callable

from valmentaja.definitions.indicators import RowKey
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.indicators.month import PublishedRow
from valmentaja.ui import theme
from valmentaja.ui.widgets.buttons import secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.table import Column, Table
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases.monthly import MonthPreview

Names = Callable[[RowKey], tuple[str, ...]]


class Figures(Card):
    """Nothing is suppressed silently: each row says why the two figures differ."""

    def __init__(self, names: Names) -> None:
        super().__init__(lambda: tr("Figures of the month"))
        self.preview: MonthPreview | None = None
        self._names = names
        self.choice = Combo()
        self.choice.chosen.connect(lambda _id: self._filter())
        self.table: Table[PublishedRow] = Table(self._columns(), lambda: tr("Figures of the month"))
        self.table.setMinimumHeight(theme.px(300))
        self.table.picked.connect(lambda _row: self._explain())
        self.heading, self.population = Label("", "strong"), Label("")
        self.explanation, self.example, self.people = Label(""), Label("", "muted"), Label("")
        self.who = secondary(lambda: tr("Who is behind this figure"), "users", act=self._show_people)
        self.add(Field(lambda: tr("Show"), self.choice))
        self.add(self.table)
        for label in (self.heading, self.population, self.explanation, self.example):
            self.add(label)
        self.add(self.who)
        self.add(self.people)
        self.add(
            Label(
                lambda: tr("A published figure differs from the exact one by at most 8. 1 and 2 never appear."), "muted"
            )
        )

    def show_preview(self, preview: MonthPreview) -> None:
        self.preview = preview
        known = [(i.id, f"{i.id}  {i.title.in_(screen_language())}") for i in preview.definitions.indicators.values()]
        self.choice.offer([("", lambda: tr("All figures")), *known])
        self._filter()

    def _filter(self) -> None:
        rows = () if self.preview is None else self.preview.rows
        wanted = self.choice.value()
        self.table.show_rows([row for row in rows if wanted in ("", row.key.indicator)])
        self._explain()

    def _explain(self) -> None:
        row, shown = self.table.current(), self.preview
        self.people.say("")
        if row is None or shown is None:
            return
        language, indicator = screen_language(), shown.definitions.indicators[row.key.indicator]
        self.heading.say(indicator.title.in_(language))
        self.population.say("" if indicator.population is None else indicator.population.in_(language))
        self.explanation.say(indicator.explanation.in_(language))
        words = "" if indicator.worked is None else indicator.worked.words.in_(language)
        self.example.say(tr("Example: {words}", words=words) if words else "")

    def _show_people(self) -> None:
        row = self.table.current()
        if row is not None:
            names = self._names(row.key)
            self.people.say(", ".join(names) if names else tr("Nobody is behind this figure now."))

    def _columns(self) -> tuple[Column[PublishedRow], ...]:
        return (
            Column(title=lambda: tr("Figure"), text=self._title, width=260, stretch=True),
            Column(
                title=lambda: tr("Exact"), text=lambda r: str(r.exact), sort=lambda r: r.exact, number=True, width=70
            ),
            Column(
                title=lambda: tr("Published"),
                text=lambda r: "–" if r.published is None else str(r.published),
                sort=lambda r: -1 if r.published is None else r.published,
                number=True,
                strong=True,
                width=100,
            ),
            Column(title=lambda: tr("Why"), text=self.why, width=320, priority=1),
        )

    def _title(self, row: PublishedRow) -> str:
        if self.preview is None:
            return row.key.indicator
        return f"{row.key.indicator}  {self.preview.definitions.title(row.key).in_(screen_language())}"

    def why(self, row: PublishedRow) -> str:
        """Of a row that reads otherwise than when it went out, that comes first."""
        changes = () if self.preview is None else self.preview.changes
        found = next((c for c in changes if c.key == row.key), None)
        if found is None:
            return tr(row.reason)
        if found.before == found.now:
            return tr("Changed: published or not.") + " " + tr(row.reason)
        return tr("Exact was {before}, is now {now}.", before=found.before, now=found.now) + " " + tr(row.reason)
