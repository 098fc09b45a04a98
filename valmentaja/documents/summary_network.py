"""The network's version: everything that was measured, said and concluded, with who said it and how it was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from valmentaja.base.errors import N_
from valmentaja.documents import blocks
from valmentaja.documents.story import Story
from valmentaja.documents.summary_paper import (
    MODES,
    NOTHING,
    REASONS,
    RULE_OF_THUMB,
    SummaryPaper,
    apart,
    differing,
    whole,
)
from valmentaja.domain import summary as rules
from valmentaja.domain.assessment import Answer, Entered, NoValue
from valmentaja.domain.case import HEADINGS, Clarification, ClarificationState, Contribution, Part, parts_of
from valmentaja.domain.codes import Rater
from valmentaja.domain.summary import DomainView
from valmentaja.i18n import Words

SEEN_SHARES = (0.28, 0.1, 0.13, 0.13, 0.12, 0.12, 0.12)
CHANGE_SHARES = (0.4, 0.15, 0.15, 0.15, 0.15)
WITHOUT_SHARES = (0.4, 0.2, 0.2, 0.2)
ASKED_SHARES = (0.26, 0.18, 0.18, 0.38)
STATES = {
    ClarificationState.NEEDED: N_("needed"),
    ClarificationState.ORDERED: N_("ordered"),
    ClarificationState.AWAITED: N_("awaited"),
    ClarificationState.LATE: N_("late"),
    ClarificationState.RECEIVED: N_("received"),
    ClarificationState.CANCELLED: N_("cancelled"),
}


ENTERED = {
    Entered.COACH: N_("by the coach"),
    Entered.CLIENT: N_("by the client"),
    Entered.PAPER: N_("from paper"),
    Entered.IMPORT: N_("imported"),
}


def write(story: Story, paper: SummaryPaper, w: Words) -> None:
    """Everything under the opening, in reading order."""
    _strengths(story, paper, w)
    _needs(story, paper, w)
    _changes(story, paper, w)
    _case(story, paper, w)
    _clarifications(story, paper, w)
    _contributions(story, paper, w)
    _without(story, paper, w)
    _made(story, paper, w)
    # Last, because a picture takes most of a page.
    if paper.picture is not None:
        story.heading(2, w("Results as a picture"), room=320)
        story.picture(paper.picture)


def _strengths(story: Story, paper: SummaryPaper, w: Words) -> None:
    story.heading(2, w("Strengths"))
    _lines(story, paper.fields.get(Part.STRENGTHS, ""))
    strong = rules.strengths(paper.views)
    if strong:
        _table(story, paper, strong, w)
    else:
        story.paragraph(w("No domain is in the highest band."))


def _needs(story: Story, paper: SummaryPaper, w: Words) -> None:
    needed = rules.needs(paper.views)
    story.heading(2, w("Domains by need"))
    if needed:
        _table(story, paper, needed, w)
        story.paragraph(w("Need = (10 − client’s score) × importance / 10; worry is the coach’s, 0–3."), blocks.SMALL)
    missing = rules.unknown(paper.views)
    if missing:
        names = ", ".join(map(paper.name_of, missing))
        story.paragraph(w("Too few answers for a score: {domains}.", domains=names))
    _said(story, paper, w)


def _said(story: Story, paper: SummaryPaper, w: Words) -> None:
    differ = [v for v in paper.views if v.differs]
    if differ:
        story.heading(3, w("Where client and coach differ"))
        story.bullets(differing(paper, v, w) for v in differ)
    wished = [paper.name_of(v) for v in paper.views if v.wishes_change]
    if wished:
        story.paragraph(w("The client wants a change in: {domains}.", domains=", ".join(wished)))
    noted = [v for v in paper.views if v.note.strip()]
    if noted:
        story.heading(3, w("The coach’s notes"))
        story.bullets(w("{domain}: {note}", domain=paper.name_of(v), note=v.note.strip()) for v in noted)


def _table(story: Story, paper: SummaryPaper, shown: Iterable[DomainView], w: Words) -> None:
    head = (w("Domain"), w("Client"), w("Coach"), w("Agreed"), w("Importance"), w("Need"), w("Worry"))
    story.table(head, [_row(paper, v) for v in shown], SEEN_SHARES, whole_rows=True)


def _row(paper: SummaryPaper, view: DomainView) -> tuple[str, ...]:
    coach = NOTHING if view.coach is None else whole(view.coach, paper.language)
    numbers = (view.agreed, view.importance, view.need, view.worry)
    return (paper.name_of(view), paper.score(view.score), coach, *(paper.score(n) for n in numbers))


def _changes(story: Story, paper: SummaryPaper, w: Words) -> None:
    story.heading(2, w("Change"))
    if paper.first is None:
        story.paragraph(w("No earlier measurement can be compared with this one."))
        return
    story.paragraph(w("Compared with the first measurement, {day}.", day=paper.day(paper.first.closed)))
    both = [v for v in paper.views if v.delta is not None]
    head = (w("Domain"), w("First"), w("Now"), w("Change"), w("Counts (≥ 1)"))
    rows = [
        (
            paper.name_of(v),
            paper.score(v.first),
            paper.score(v.score),
            paper.change(v),
            w("yes") if v.counts else w("no"),
        )
        for v in both
    ]
    if rows:
        story.table(head, rows, CHANGE_SHARES, whole_rows=True)
    if paper.apart:
        story.paragraph(apart(paper, w))
    story.paragraph(w(RULE_OF_THUMB))


def _case(story: Story, paper: SummaryPaper, w: Words) -> None:
    """The question, what the law asks, the conclusions and what came of it."""
    if paper.case is None:
        return
    story.heading(2, w("The question"))
    _lines(story, paper.case.question or NOTHING)
    # Texts of the other kind of case have no ground in law here: they stay in the file.
    for part in parts_of(paper.case.kind):
        title, source = HEADINGS[part]
        if paper.fields.get(part, "").strip():
            story.heading(2, w("{title} ({source})", title=w(title), source=source))
            _lines(story, paper.fields[part])
    empty = [w(HEADINGS[p][0]) for p in parts_of(paper.case.kind) if not paper.fields.get(p, "").strip()]
    if empty:
        story.paragraph(w("Not written: {heading}", heading=", ".join(empty)))
    concluded = [v for v in paper.views if paper.conclusions.get(v.domain.id, "").strip()]
    told = [(paper.name_of(v), paper.conclusions[v.domain.id].strip()) for v in concluded]
    told += [(name, text.strip()) for name, text in paper.concluded_apart]
    if told or paper.case.outcome.strip():
        story.heading(2, w("Conclusions"))
        _lines(story, paper.case.outcome)
    if told:
        story.facts(told)


def _clarifications(story: Story, paper: SummaryPaper, w: Words) -> None:
    if not paper.clarifications:
        return
    story.heading(2, w("Clarifications"))
    head = (w("What"), w("Who gives it"), w("State"), w("What was told"))
    ordered = sorted(paper.clarifications, key=lambda c: c.is_settled)
    story.table(head, [_asked(paper, c, w) for c in ordered], ASKED_SHARES)


def _asked(paper: SummaryPaper, asked: Clarification, w: Words) -> tuple[str, ...]:
    state = asked.state(paper.made_on)
    on = {
        ClarificationState.ORDERED: asked.ordered,
        ClarificationState.AWAITED: asked.expected,
        ClarificationState.LATE: asked.expected,
        ClarificationState.RECEIVED: asked.received,
        ClarificationState.CANCELLED: asked.cancelled,
    }.get(state)
    told = w(STATES[state]) if on is None else f"{w(STATES[state])} {paper.day(on)}"
    return (paper.what(asked), asked.source or NOTHING, told, asked.result or NOTHING)


def _contributions(story: Story, paper: SummaryPaper, w: Words) -> None:
    if not paper.contributions:
        return
    story.heading(2, w("What others say"))
    for each in paper.contributions:
        story.heading(3, _who(paper, each, w))
        _lines(story, each.words)


def _who(paper: SummaryPaper, said: Contribution, w: Words) -> str:
    about = w(HEADINGS[Part(said.heading)][0]) if said.heading in HEADINGS else ""
    return ", ".join(filter(None, (said.author, said.role, paper.day(said.date), about)))


def _without(story: Story, paper: SummaryPaper, w: Words) -> None:
    """How many, never which: what somebody does not want to answer stays between client and coach."""
    found = [v for v in paper.views if v.without]
    if not found:
        return
    story.heading(2, w("Questions without an answer"))
    head = (w("Domain"), w("Did not want to answer"), w("Does not concern"), w("Not asked"))
    rows = [(paper.name_of(v), *(str(len(v.items(why))) for why in REASONS)) for v in found]
    total = (w("All together"), *(str(_sum(paper, why)) for why in REASONS))
    story.table(head, [*rows, total], WITHOUT_SHARES, whole_rows=True)


def _sum(paper: SummaryPaper, why: NoValue) -> int:
    return sum(len(v.items(why)) for v in paper.views)


def _made(story: Story, paper: SummaryPaper, w: Words) -> None:
    """Who rated, with what, how."""
    held, instrument = paper.assessment, paper.instrument
    story.heading(2, w("How this was made"))
    answers = {rater: [a for a in held.answers if a.rater == rater] for rater in Rater}
    days = sorted({a.date for a in answers[Rater.ASIAKAS]})
    rated = sum(v.coach is not None for v in paper.views)
    rows = [
        (
            w("Instrument"),
            w("{name}, version {version}", name=instrument.name.in_(paper.language), version=instrument.version),
        ),
        (w("Fingerprint of the instrument"), instrument.fingerprint[:16]),
        (w("Client"), w("{n} answers on {days}", n=len(answers[Rater.ASIAKAS]), days=", ".join(map(paper.day, days)))),
        (w("Coach"), w("{n} domains rated, by {coach}", n=rated, coach=paper.coach_name)),
        (w("Way of answering"), w(MODES[held.mode])),
        (w("Entered"), _entered(answers[Rater.ASIAKAS], w)),
        (w("Corrected afterwards"), _corrected(answers[Rater.ASIAKAS], w)),
        (w("Language of the answers"), held.language),
        (w("Total, 0–100"), _total(paper, w)),
    ]
    story.facts([(label, value) for label, value in rows if value], whole_rows=True)
    story.paragraph(instrument.notice.in_(paper.language))
    for on, name in paper.others:
        text = w("Not compared: {name}, {day}. Other questions were asked.", name=name, day=paper.day(on))
        story.paragraph(text)


def _entered(answers: Sequence[Answer], w: Words) -> str:
    """By whose hand the answers came into the file, and how many each."""
    counted = Counter(a.entered for a in answers)
    return ", ".join(w("{how}: {n}", how=w(words_), n=counted[how]) for how, words_ in ENTERED.items() if counted[how])


def _corrected(answers: Sequence[Answer], w: Words) -> str:
    """Answers that stand here because an earlier one was wrong; the earlier one is kept in the file."""
    found = sum(a.is_correction for a in answers)
    return w("{n}, each with its reason in the file", n=found) if found else ""


def _total(paper: SummaryPaper, w: Words) -> str:
    if paper.total is None:
        return ""
    if paper.total_change is None:
        return paper.score(paper.total)
    more = ("+" if paper.total_change > 0 else "") + paper.score(paper.total_change)
    return w("{total}, change {change}", total=paper.score(paper.total), change=more)


def _lines(story: Story, text: str) -> None:
    for line in filter(None, map(str.strip, text.splitlines())):
        story.paragraph(line)
