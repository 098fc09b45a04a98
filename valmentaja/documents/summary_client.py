"""The client's version: plain words, strengths first, nothing of the coach's worry."""

from __future__ import annotations

from valmentaja.base.errors import N_
from valmentaja.documents.story import Story
from valmentaja.documents.summary_paper import REASONS, RULE_OF_THUMB, SummaryPaper, apart, counts, differing
from valmentaja.domain import summary as rules
from valmentaja.domain.assessment import NoValue
from valmentaja.domain.summary import DomainView
from valmentaja.i18n import Words

NEED_SHARES = (0.46, 0.27, 0.27)
CHANGE_SHARES = (0.46, 0.18, 0.18, 0.18)
WITHOUT = {
    NoValue.EI_HALUA: N_("You did not want to answer"),
    NoValue.EI_KOSKE: N_("These do not concern you"),
    NoValue.EI_KYSYTTY: N_("We did not ask these"),
}
LISTED = 8
"""Items not asked are counted by domain when there are more, so that the paper stays short."""


def write(story: Story, paper: SummaryPaper, w: Words) -> None:
    """Everything under the opening, in reading order."""
    _strengths(story, paper, w)
    _needs(story, paper, w)
    _changes(story, paper, w)
    _together(story, paper, w)
    _without(story, paper, w)
    _clarifications(story, paper, w)
    story.heading(2, w("Good to know"))
    story.paragraph(paper.instrument.notice.in_(paper.language))
    story.paragraph(w("This is not a diagnosis and it decides nothing by itself. You may ask for a correction."))
    # Last, because a picture takes most of a page.
    _picture(story, paper, w)


def _strengths(story: Story, paper: SummaryPaper, w: Words) -> None:
    story.heading(2, w("Your strengths"))
    written = paper.fields.get("strengths", "").strip()
    for line in filter(None, map(str.strip, written.splitlines())):
        story.paragraph(line)
    strong = rules.strengths(paper.views)
    if strong:
        story.paragraph(w("By your own answers these go well:"))
        story.bullets(w("{domain}: {score} of 10", domain=paper.name_of(v), score=paper.score(v.score)) for v in strong)
    elif not written:
        story.paragraph(w("No domain stands out as a strength in these answers yet. They tell of this moment only."))


def _needs(story: Story, paper: SummaryPaper, w: Words) -> None:
    needed = rules.needs(paper.views)
    story.heading(2, w("Where support can help"))
    if not needed:
        story.paragraph(w("No such domain came up in your answers."))
        return
    story.paragraph(w("What matters most to you and has low answers comes first. The scale is 0–10, and 10 is best."))
    head = (w("Domain"), w("Your answers, 0–10"), w("How important to you, 0–10"))
    rows = [(paper.name_of(v), paper.score(v.score), paper.score(v.importance)) for v in needed]
    story.table(head, rows, NEED_SHARES, whole_rows=True)
    wished = [paper.name_of(v) for v in paper.views if v.wishes_change]
    if wished:
        story.paragraph(w("You want a change in: {domains}.", domains=", ".join(wished)))


def _changes(story: Story, paper: SummaryPaper, w: Words) -> None:
    if paper.first is None:
        return
    story.heading(2, w("What has changed"))
    found = rules.changed(paper.views)
    since = w("Compared with your first answers, {day}.", day=paper.day(paper.first.closed or paper.first.opened))
    story.paragraph(since if found else f"{since} {w('Nothing has changed by 1 point or more.')}")
    if found:
        head = (w("Domain"), w("First"), w("Now"), w("Change"))
        rows = [(paper.name_of(v), paper.score(v.first), paper.score(v.score), paper.change(v)) for v in found]
        story.table(head, rows, CHANGE_SHARES, whole_rows=True)
    if paper.apart:
        story.paragraph(apart(paper, w))
    story.paragraph(w(RULE_OF_THUMB))


def _together(story: Story, paper: SummaryPaper, w: Words) -> None:
    """Where the coach sees it differently, both numbers and the reason; what was agreed."""
    found = [v for v in paper.views if v.differs or v.agreed is not None]
    if found:
        story.heading(2, w("How you and your coach see it"))
        story.bullets(differing(paper, v, w) for v in found)


def _without(story: Story, paper: SummaryPaper, w: Words) -> None:
    if not any(counts(paper.views, why) for why in REASONS):
        return
    story.heading(2, w("Questions without an answer"))
    for why in REASONS:
        if counts(paper.views, why):
            story.heading(3, w(WITHOUT[why]))
            story.bullets(_items(paper, why, w))


def _items(paper: SummaryPaper, why: NoValue, w: Words) -> list[str]:
    if counts(paper.views, why) <= LISTED:
        return [_quoted(paper, v, n, why, w) for v in paper.views for n in range(len(v.items(why)))]
    return [
        w("{domain}: questions {n}", domain=paper.name_of(v), n=len(v.items(why))) for v in paper.views if v.items(why)
    ]


def _quoted(paper: SummaryPaper, view: DomainView, place: int, why: NoValue, w: Words) -> str:
    text = view.items(why)[place].text.in_(paper.language)
    return w("{domain}: “{statement}”", domain=paper.name_of(view), statement=text)


def _clarifications(story: Story, paper: SummaryPaper, w: Words) -> None:
    waiting = [c for c in paper.clarifications if not c.is_settled]
    if not waiting:
        return
    story.heading(2, w("What is still being found out"))
    story.bullets(
        w(
            "{what} ({source}), expected {day}",
            what=paper.what(c),
            source=c.source or "–",
            day=paper.day(c.expected),
        )
        for c in waiting
    )


def _picture(story: Story, paper: SummaryPaper, w: Words) -> None:
    if paper.picture is not None:
        story.heading(2, w("Your answers as a picture"), room=320)
        story.picture(paper.picture)
