"""The reviews of a plan, to read: what was said, and what became of each goal and step."""

from __future__ import annotations

from valmentaja.domain.plan import Plan
from valmentaja.domain.review import Review, ReviewLine, Verdict
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.speech import said
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.words import VERDICTS


def card(plan: Plan, review: Review) -> Card:
    """Goals and steps in the order of the plan; those that go on as before are told in one sentence."""
    on = day(review.on, screen_language())
    made, rows = Card(lambda: tr("Reviewed {day}", day=on)), Rows()
    if review.words:
        made.add(Label(lambda: tr("“{words}”", words=review.words), "strong"))
    names = {g.id: g.words for g in plan.goals} | {s.id: s.what for s in plan.steps}
    order = list(names)
    told = sorted((x for x in review.lines if x.about in names), key=lambda x: order.index(x.about))
    changed = [line for line in told if line.verdict is not Verdict.KEPT]
    rows.show_rows([Row(names[line.about], _told(line)) for line in changed])
    made.add(rows)
    if not changed:
        made.add(Label(lambda: tr("Everything goes on as before."), "muted"))
    elif len(changed) < len(told):
        made.add(Label(lambda: tr("The rest goes on as before."), "muted"))
    return made


def _told(line: ReviewLine) -> str:
    parts = (said(VERDICTS[line.verdict]), day(line.new_date, screen_language()), line.why)
    return " · ".join(part for part in parts if part)
