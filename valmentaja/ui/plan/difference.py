"""The difference of two versions of a plan in whole sentences, one for each goal and step."""

from __future__ import annotations

import re
from datetime import date

from valmentaja.base.errors import N_
from valmentaja.definitions.plan_types import PlanType
from valmentaja.definitions.services import services
from valmentaja.domain.plan import Decision, Evidence, Goal, Responsible
from valmentaja.domain.plan_difference import Change, Fate, PartDifference
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.speech import Say, said
from valmentaja.ui.words import RESPONSIBLE

NAMES: dict[str, Say] = {
    "words": lambda: tr("In the client's own words"),
    "why": lambda: tr("Why it matters"),
    "reached_when": lambda: tr("Reached when"),
    "what": lambda: tr("Step"),
    "goal": lambda: tr("Goal"),
    "service": lambda: tr("Service"),
    "provider": lambda: tr("Provider"),
    "responsible": lambda: tr("Who"),
    "planned_start": lambda: tr("Begins"),
    "by": lambda: tr("Day"),
    "parallel": lambda: tr("Beside the step before it"),
    "proposed_by": lambda: tr("Proposed by"),
    "decision": lambda: tr("What the client decided"),
    "review_due": lambda: tr("Day of the next review"),
}
DECISIONS: dict[Decision, Say] = {
    Decision.YES: lambda: tr("yes"),
    Decision.LATER: lambda: tr("later"),
    Decision.NO: lambda: tr("no"),
}
DOUBLED = re.compile(r"([.!?…][”“»\"’])\.$")
PICTURES = {
    Fate.NEW: ("plus", "highlight"),
    Fate.KEPT: ("dot", "muted"),
    Fate.CHANGED: ("pencil", "warn"),
    Fate.DONE: ("check", "ok"),
    Fate.REACHED: ("flag", "ok"),
    Fate.LEFT_OUT: ("circle-slash", "muted"),
}


def sentence(part: PartDifference) -> str:
    """All that is to say of one goal or step; what stayed the same is said of goals only, as a heading of its steps."""
    what = part.part.words if isinstance(part.part, Goal) else part.part.what
    told = [_fate(part, what), *(changed(change) for change in part.changes)]
    if part.why:
        told.append(tr("Why: {why}.", why=part.why.rstrip(".")))
    elif part.fate is Fate.LEFT_OUT:
        told.append(tr("No reason was written down."))
    return " ".join(_ended_once(one) for one in told)


def _ended_once(told: str) -> str:
    """A quotation that ends with its own full stop ends the sentence, too."""
    return DOUBLED.sub(r"\1", told)


def changed(change: Change, name: str = "") -> str:
    """One field before and after; `name` when it is a heading of the plan type."""
    if change.name == "evidence":
        return (
            tr("It is now based on another answer.") if change.after else tr("It is not based on an answer any more.")
        )
    return _ended_once(_before_and_now(change, name))


def _before_and_now(change: Change, name: str) -> str:
    field = name or said(NAMES[change.name])
    before, after = _value(change.name, change.before), _value(change.name, change.after)
    if not before:
        return tr("{field}: now {after}, before nothing was said.", field=field, after=after)
    if not after:
        return tr("{field}: before {before}, now nothing is said.", field=field, before=before)
    return tr("{field}: before {before}, now {after}.", field=field, before=before, after=after)


def heading(change: Change, plan_type: PlanType) -> str:
    """A field of the plan type under its own heading."""
    labels = {f.id: f.label.in_(screen_language()) for section in plan_type.sections for f in section.fields}
    return changed(change, labels.get(change.name, change.name))


def _fate(part: PartDifference, what: str) -> str:
    if isinstance(part.part, Goal):
        return tr(_GOALS[part.fate], what=what)
    if part.fate is Fate.DONE:
        return tr("Step done {day}: “{what}”.", what=what, day=day(part.done, screen_language()))
    by = day(part.part.by, screen_language())
    if part.fate is Fate.NEW and by:
        return tr("New step: “{what}”, by {day}.", what=what, day=by)
    return tr(_STEPS[part.fate], what=what)


_GOALS = {
    Fate.NEW: N_("New goal: “{what}”."),
    Fate.KEPT: N_("Goal as before: “{what}”."),
    Fate.CHANGED: N_("Changed goal: “{what}”."),
    Fate.REACHED: N_("Goal reached: “{what}”."),
    Fate.LEFT_OUT: N_("Goal left out: “{what}”."),
}
_STEPS = {
    Fate.NEW: N_("New step: “{what}”."),
    Fate.KEPT: N_("Step as before: “{what}”."),
    Fate.CHANGED: N_("Changed step: “{what}”."),
    Fate.LEFT_OUT: N_("Step left out: “{what}”."),
}


def _value(name: str, value: str | date | bool | Evidence | None) -> str:
    """Texts in quotation marks, so that it is clear where they end."""
    if isinstance(value, date):
        return day(value, screen_language())
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, Evidence) or not value:
        return ""
    if name == "service" and value in services():
        return services()[value].name.in_(screen_language())
    if isinstance(value, Responsible):
        return said(dict(RESPONSIBLE)[value])
    if isinstance(value, Decision):
        return said(DECISIONS[value])
    return tr("“{words}”", words=value)
