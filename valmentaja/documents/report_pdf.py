"""Reports on change on paper: per domain, the distribution, and for the worker the clients by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from valmentaja.base.canonical import fingerprint
from valmentaja.base.errors import N_
from valmentaja.documents import blocks
from valmentaja.documents.frame import PageFrame
from valmentaja.documents.metadata import About
from valmentaja.documents.story import Story
from valmentaja.domain.assessment import Band
from valmentaja.domain.caseload_change import CaseloadChange, DomainChange, PersonChange
from valmentaja.domain.open_change import OpenChange, OpenDomain, left_out
from valmentaja.i18n import Words, words
from valmentaja.i18n.formats import day, decimal

TITLE = N_("Change over the caseload")
LEFT_OUT = "*"
DOMAIN_SHARES = (0.255, 0.115, 0.155, 0.125, 0.11, 0.125, 0.115)
BAND_SHARES = (0.4, 0.2, 0.2, 0.2)
CLIENT_SHARES = (0.245, 0.18, 0.16, 0.16, 0.125, 0.13)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaper:
    """With `CaseloadChange` it is the worker's own and confidential, with `OpenChange` the unit's."""

    report: CaseloadChange | OpenChange
    language: str
    unit: str
    coach: str
    created: str
    training: bool


def render(paper: ReportPaper) -> bytes:
    """PDF/UA-1 and PDF/A-3a; the same paper gives the same bytes."""
    w, story, report = words(paper.language), Story(), paper.report
    _opening(story, paper, w)
    if report.domains:
        _domains(story, report, w)
        _bands(story, report, w)
    if isinstance(report, CaseloadChange):
        _people(story, report, w)
    else:
        _left_out(story, report, w)
    story.paragraph(
        w("Better and worse mean a change of at least 1 point. This is a rule of thumb, not validated."), blocks.BASIS
    )
    marking = w("CONFIDENTIAL") if isinstance(report, CaseloadChange) else ""
    frame = PageFrame(
        marking=marking,
        banner=w("TRAINING – not a real document") if paper.training else "",
        title=w(TITLE),
        fingerprint=fingerprint(repr(report).encode())[:16],
        words=w,
    )
    return story.pdf(
        About(title=w(TITLE), language=w.language, created=datetime.fromisoformat(paper.created)), frame.draw
    )


def _opening(story: Story, paper: ReportPaper, w: Words) -> None:
    if paper.training:
        story.paragraph(w("TRAINING – not a real document"), blocks.BANNER)
    if isinstance(paper.report, CaseloadChange):
        story.paragraph(w("CONFIDENTIAL"), blocks.MARKING)
    story.heading(1, w(TITLE))
    facts = [
        (w("Unit"), paper.unit),
        (w("Coach"), paper.coach or "–"),
        (w("Clients on"), _day(paper.report.on, w)),
        (w("Instrument"), f"{paper.report.instrument.name.in_(w.language)} {paper.report.instrument.version}"),
        *_stages(paper.report, w),
    ]
    if isinstance(paper.report, CaseloadChange):
        story.facts(facts, whole_rows=True)
    else:
        # A unit of one coach is a person too: the unit's version names nobody.
        story.facts([f for f in facts if f[0] != w("Coach")], whole_rows=True)


def _stages(report: CaseloadChange | OpenChange, w: Words) -> list[tuple[str, str]]:
    if isinstance(report, CaseloadChange):
        told = [str(len(p)) for p in (report.people, report.without, report.once, report.twice)]
    else:
        told = [_count(report.clients), *_three(report.stages)]
    labels = (w("Clients"), w("No assessment"), w("One assessment"), w("At least two assessments"))
    return list(zip(labels, told, strict=True))


def _domains(story: Story, report: CaseloadChange | OpenChange, w: Words) -> None:
    story.heading(2, w("Change by domain"))
    head = (w("Domain"), w("People"), w("First"), w("Latest"), w("Better"), w("As before"), w("Worse"))
    rows = [_domain(d, w) for d in report.domains]
    story.table(head, rows, DOMAIN_SHARES, whole_rows=True)


def _domain(held: DomainChange | OpenDomain, w: Words) -> Sequence[str]:
    if isinstance(held, DomainChange):
        counts = tuple(map(str, (held.better, held.same, held.worse)))
        means = tuple("–" if v is None else decimal(v, w.language) for v in (held.first, held.latest))
        return (held.domain.name.in_(w.language), str(held.people), *means, *counts)
    means = tuple(_mean(v, w) for v in (held.first, held.latest))
    return (held.domain.name.in_(w.language), _count(held.people), *means, *_three(held.change))


def _bands(story: Story, report: CaseloadChange | OpenChange, w: Words) -> None:
    story.heading(2, w("How the latest results are spread"))
    head = (w("Domain"), w("needs support"), w("to follow"), w("strength"))
    rows = [(d.domain.name.in_(w.language), *_spread(d)) for d in report.domains]
    story.table(head, rows, BAND_SHARES, whole_rows=True)


def _spread(held: DomainChange | OpenDomain) -> tuple[str, ...]:
    if isinstance(held, OpenDomain):
        return _three(held.bands)
    return tuple(str(held.bands[b]) for b in (Band.SUPPORT, Band.WATCH, Band.STRENGTH))


def _people(story: Story, report: CaseloadChange, w: Words) -> None:
    parts = (
        (w("At least two assessments"), report.twice),
        (w("No second assessment"), report.once),
        (w("No assessment"), report.without),
    )
    head = (w("Client"), w("Case number"), w("First"), w("Latest"), w("Better"), w("Worse"))
    for title, people in parts:
        if people:
            story.heading(2, title)
            story.table(head, [_person(p, w) for p in people], CLIENT_SHARES, whole_rows=True)


def _person(person: PersonChange, w: Words) -> Sequence[str]:
    counts = (str(person.better), str(person.worse)) if person.first else ("–", "–")
    return (person.name, person.client, _day(person.first, w), _day(person.latest, w), *counts)


def _left_out(story: Story, report: OpenChange, w: Words) -> None:
    story.heading(2, w("What is left out"))
    for sentence in left_out(report, w.language):
        story.paragraph(sentence)


def _day(on: date | None, w: Words) -> str:
    return "–" if on is None else day(on, w.language)


def _mean(value: Fraction | None, w: Words) -> str:
    return LEFT_OUT if value is None else decimal(value, w.language)


def _count(count: int | None) -> str:
    return LEFT_OUT if count is None else str(count)


def _three(counts: tuple[int, int, int] | None) -> tuple[str, ...]:
    return (LEFT_OUT,) * 3 if counts is None else tuple(map(str, counts))
