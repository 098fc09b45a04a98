"""Säännöt: every rule with its source, what this unit has changed in it, and changing one with a reason."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from valmentaja.definitions.rules import Rule, Unit
from valmentaja.domain.rule_change import RuleChange
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.client.moments import moment
from valmentaja.ui.page import Page
from valmentaja.ui.speech import Say, said
from valmentaja.ui.tab import Tab
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import primary, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.fields import DateEdit, Field
from valmentaja.ui.widgets.rows import Row, Rows, wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import rules
from valmentaja.usecases.rules import Listed
from valmentaja.usecases.session import Changes

UNITS: dict[Unit, Say] = {
    Unit.HOURS: lambda: tr("hours"),
    Unit.DAYS: lambda: tr("days"),
    Unit.WORKING_DAYS: lambda: tr("working days"),
    Unit.MONTHS: lambda: tr("months"),
    Unit.YEARS: lambda: tr("years"),
}


class RulesTab(Tab):
    """One rule is changed at a time; what was shipped and every change stay."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        year = self.session.today().year
        self.chosen = ""
        self.text, self.history = Label("", "strong"), Rows()
        self.enabled = QCheckBox()
        self.least, self.most = QLineEdit(), QLineEdit()
        self.begins, self.ends = DateEdit(year=year), DateEdit(year=year)
        self.source, self.reason = QLineEdit(), QLineEdit()
        self.limits = (Field(lambda: tr("At least"), self.least), Field(lambda: tr("At most"), self.most))
        self.rows = Rows()
        self.editor = self._editor()
        self.editor.setVisible(False)
        self.body.addWidget(self.editor)
        self.body.addWidget(self._listed())
        self.body.addStretch(1)

    def reload(self) -> None:
        self.enabled.setText(tr("The rule is in use"))
        self.rows.show_rows([self._row(each) for each in rules.listed(self.session)])
        if self.chosen:
            self.history.show_rows([_past(c) for c in rules.get(self.session, self.chosen).history])

    def choose(self, rule: str) -> None:
        """Show this rule in the editor, as it is in force."""
        self.chosen = rule
        held = rules.get(self.session, rule).rule
        self.text.say(lambda: f"{held.text.in_(screen_language())} ({held.id})")
        self.enabled.setChecked(held.enabled)
        for field, edit, figure in zip(self.limits, (self.least, self.most), (held.least, held.most), strict=True):
            edit.setText("" if figure is None else str(figure))
            field.setVisible(figure is not None)
        self._name_limits(held)
        self.begins.set_value(held.valid_from)
        self.ends.set_value(held.valid_to)
        self.source.setText(held.source)
        self.reason.clear()
        self.history.show_rows([_past(c) for c in rules.get(self.session, rule).history])
        self.editor.setVisible(True)
        self.page.show_widget(self.text)
        self.enabled.setFocus()

    def save(self) -> None:
        if self.do(self._change) is not None:
            self._done(lambda: tr("The rule is changed. It holds from now on."))

    def put_back(self) -> None:
        if self.do(lambda: rules.back(self.session, self.chosen, self.reason.text())) is not None:
            self._done(lambda: tr("The rule is as shipped again."))

    def _change(self) -> Changes:
        return rules.change(
            self.session,
            self.chosen,
            enabled=self.enabled.isChecked(),
            least=self.least.text(),
            most=self.most.text(),
            valid_from=self.begins.read(),
            valid_to=self.ends.read(),
            source=self.source.text(),
            reason=self.reason.text(),
        )

    def _done(self, notice: Say) -> None:
        self.choose(self.chosen)
        self.page.show_notice(notice)

    def _name_limits(self, held: Rule) -> None:
        if held.unit is not None:
            unit = UNITS[held.unit]
            self.limits[0].rename(lambda: tr("At least, {unit}", unit=said(unit)))
            self.limits[1].rename(lambda: tr("At most, {unit}", unit=said(unit)))

    def _row(self, each: Listed) -> Row:
        rule = each.rule
        button = secondary(lambda: tr("Change this rule"), "pencil", act=partial(self.choose, rule.id))
        button.setAccessibleDescription(rule.text.in_(screen_language()))
        aside: list[QWidget] = []
        if not rule.verified:
            aside.append(Chip("circle-question-mark", lambda: tr("check in Finlex"), Tone.WARN))
        if not each.is_shipped:
            aside.append(Chip("pen-line", lambda: tr("changed here"), Tone.INFO))
        if not rule.enabled:
            aside.append(Chip("circle-slash", lambda: tr("not in use"), Tone.NEUTRAL))
        return Row(rule.text.in_(screen_language()), _facts(rule), aside=[wrapping(*aside), button])

    def _editor(self) -> Card:
        card = Card(lambda: tr("Change a rule"))
        card.add(self.text)
        card.add(self.enabled)
        for field in self.limits:
            card.add(field)
        card.add(Field(lambda: tr("Valid from"), self.begins, hint=lambda: tr("Empty = no first day.")))
        card.add(Field(lambda: tr("Valid to"), self.ends, hint=lambda: tr("Empty = until further notice.")))
        card.add(Field(lambda: tr("Source of the rule"), self.source))
        card.add(Field(lambda: tr("Why the rule is changed"), self.reason))
        card.add(
            wrapping(
                primary(lambda: tr("Change the rule"), "check", act=self.save),
                secondary(lambda: tr("Back to as shipped"), "history", act=self.put_back),
            )
        )
        card.add(self.history)
        return card

    def _listed(self) -> Card:
        card = Card(lambda: tr("Rules"))
        card.add(
            Label(
                lambda: tr("Reminders and checks stand on these. A change is kept with its reason and can be undone."),
                "muted",
            )
        )
        card.add(self.rows)
        return card


def _facts(rule: Rule) -> str:
    return " · ".join((rule.id, rule.source, *_validity(rule)))


def _validity(held: Rule | RuleChange) -> tuple[str, ...]:
    language = screen_language()
    first = () if held.valid_from is None else (tr("valid from {day}", day=day(held.valid_from, language)),)
    last = () if held.valid_to is None else (tr("valid to {day}", day=day(held.valid_to, language)),)
    return (*first, *last)


def _past(change: RuleChange) -> Row:
    """One change: when and why, and what held after it."""
    if change.is_back:
        return Row(change.reason, f"{moment(change.at)} · {tr('as shipped')}")
    figures = "–".join(str(n) for n in (change.least, change.most) if n is not None)
    state = tr("in use") if change.enabled else tr("not in use")
    told = (moment(change.at), state, figures, *_validity(change), change.source)
    return Row(change.reason, " · ".join(t for t in told if t))
