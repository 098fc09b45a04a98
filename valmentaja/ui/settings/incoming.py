"""What a package would bring: whose file, how much of it, and what the coach must decide before it comes in."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.log_words import ENTITIES
from valmentaja.ui.speech import said
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.buttons import primary, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, Field
from valmentaja.ui.widgets.rows import Pairs, wrapping
from valmentaja.ui.widgets.text import Label, hairline
from valmentaja.usecases import caseload, receiving
from valmentaja.usecases.handing import Changes
from valmentaja.usecases.receiving import Coming, Decision, Difference, Preview

UNDECIDED = "?"
OURS, THEIRS = "ours", "theirs"


class Incoming(Card):
    """Hidden until `show_package`; the choices are combos, so keyboard and screen reader reach each."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(lambda: tr("What the package brings"))
        self.tab = tab
        self.seen: Preview | None = None
        self.who: dict[str, Combo] = {}
        self.cells: dict[str, dict[str, Combo]] = {}
        self.hide()

    def show_package(self, seen: Preview) -> None:
        """Everything of it, nothing written yet; the focus goes to what must be decided."""
        self.forget()
        self.seen = seen
        self.title.show()
        self.add(Label(tr("From {name}, {day}", name=seen.sender, day=_day(seen.package.envelope.created)), "strong"))
        counts = receiving.counts(seen)
        said_counts = ", ".join(f"{said(ENTITIES.get(t, t))} {n}" for t, n in counts.items() if n)
        self.add(Label(tr("Rows: {counts}", counts=said_counts), "muted"))
        for coming in seen.clients:
            self.add(hairline())
            self._show_client(coming)
        accept = primary(lambda: tr("Take over"), "import", act=self.accept)
        self.add(wrapping(accept, secondary(lambda: tr("Leave it"), act=self.forget), gap=12))
        self.show()
        first: QWidget = next(iter(self.who.values()), accept)
        first.setFocus()

    def forget(self) -> None:
        self.seen = None
        self.who, self.cells = {}, {}
        self.clear()
        self.hide()

    def decisions(self) -> dict[str, Decision]:
        """What was chosen; a client about whom nothing was said is left out."""
        found = {}
        for client, choices in self.cells.items():
            into = self._into(client)
            if into != UNDECIDED:
                theirs = frozenset(place for place, combo in choices.items() if combo.value() == THEIRS)
                found[client] = Decision(into=into, theirs=theirs)
        return found

    def accept(self) -> None:
        seen, written = self.seen, list[Path]()
        if seen is None:
            return
        decided = self.decisions()

        def act() -> Changes:
            path, changes = receiving.accept(self.tab.session, seen, decided)
            written.append(path)
            return changes

        if self.tab.do(act) is not None:
            self.forget()
            self.tab.page.show_notice(
                lambda: tr("Taken over. Send this receipt back to the coach: {file}", file=str(written[0]))
            )

    def _show_client(self, coming: Coming) -> None:
        language, record = screen_language(), coming.record
        self.add(Label(f"{record.name}  ·  {record.id}", "strong"))
        facts = Pairs()
        facts.add(lambda: tr("Last meeting"), day(coming.last_meeting, language) or "–")
        facts.add(lambda: tr("Open steps"), "; ".join(coming.open_steps) or "–")
        facts.add(lambda: tr("Documents"), str(record.counts["document"]))
        self.add(facts)
        self.cells[coming.id] = {}
        if coming.number_taken:
            self.add(
                Label(
                    lambda: tr("Somebody else here has this number. The client gets a new one, unless merged."), "warn"
                )
            )
        if coming.must_decide:
            self._ask_who(coming)
        elif coming.same is not None:
            same = coming.same
            self.add(Label(lambda: tr("This is client {id} of this vault. The two are merged.", id=same)))
            self._ask_cells(coming, same)

    def _ask_who(self, coming: Coming) -> None:
        combo = Combo([(UNDECIDED, lambda: tr("Choose"))])
        people = [(c, partial(_who, self.tab, c)) for c in coming.alike]
        nobody = (receiving.NEW, lambda: tr("Nobody: another person"))
        combo.offer([(UNDECIDED, lambda: tr("Choose")), *people, nobody])
        self.who[coming.id] = combo
        self.add(Field(lambda: tr("Which client here is the same person?"), combo))
        place = Card()
        place.hide()
        self.add(place)
        combo.chosen.connect(lambda into: self._chosen(coming, into, place))

    def _chosen(self, coming: Coming, into: str, place: Card) -> None:
        place.clear()
        self.cells[coming.id] = {}
        merged = into not in (UNDECIDED, receiving.NEW)
        if merged:
            self._ask_cells(coming, into, place)
        place.setVisible(merged)

    def _ask_cells(self, coming: Coming, into: str, place: Card | None = None) -> None:
        """Both values side by side; the one that is not chosen is kept as a correction."""
        card = self if place is None else place
        found = receiving.comparison(self.tab.session, coming, into).differences
        usual = THEIRS if receiving.newer_is_theirs(self.tab.session, into) else OURS
        if found:
            card.add(Label(lambda: tr("Choose where the two differ. The other value is kept among the corrections.")))
        else:
            card.add(Label(lambda: tr("Nothing differs: what is missing here is added."), "muted"))
        for difference in found:
            combo = Combo(
                [
                    (OURS, tr("Here: {value}", value=_said(difference.ours))),
                    (THEIRS, tr("Coming: {value}", value=_said(difference.theirs))),
                ]
            )
            combo.set_value(usual)
            self.cells[coming.id][difference.place] = combo
            card.add(Field(_place(difference), combo))

    def _into(self, client: str) -> str:
        seen = self.seen
        coming = None if seen is None else next((c for c in seen.clients if c.id == client), None)
        if coming is not None and coming.same is not None:
            return coming.same
        return self.who[client].value() if client in self.who else receiving.NEW


def _who(tab: Tab, client: str) -> str:
    held = caseload.client(tab.session, client)
    return f"{held.name}  ·  {held.id}  ·  {day(held.birth_date, screen_language())}"


def _day(stamp: str) -> str:
    return day(receiving.day_of(stamp), screen_language())


def _said(value: object) -> str:
    text = "–" if value is None else str(value)
    if len(text) == 10 and text[4:5] == "-" and text.replace("-", "").isdecimal():
        return day(date.fromisoformat(text), screen_language())
    return text if len(text) <= 60 else f"{text[:59]}…"


def _place(difference: Difference) -> str:
    """What it is about: the kind of row, its day or id, the field."""
    key = " ".join(str(value) for _name, value in difference.key if len(str(value)) <= 20)
    what = said(ENTITIES.get(difference.table, difference.table))
    return " · ".join(part for part in (what, key, said(FIELDS.get(difference.column, difference.column))) if part)


FIELDS = {
    "family_name": lambda: tr("Family name"),
    "given_names": lambda: tr("Given names"),
    "hetu": lambda: tr("Personal identity code"),
    "birth_date": lambda: tr("Date of birth"),
    "municipality": lambda: tr("Municipality"),
    "language": lambda: tr("Language"),
    "phone": lambda: tr("Phone"),
    "email": lambda: tr("E-mail"),
    "address": lambda: tr("Address"),
    "intake_date": lambda: tr("Client since"),
    "exit_date": lambda: tr("Client until"),
    "status": lambda: tr("Situation"),
    "days": lambda: tr("Benefit days"),
    "notes": lambda: tr("Notes"),
    "agreed": lambda: tr("What we agreed"),
    "*": lambda: tr("draft here, frozen plan coming"),
}
