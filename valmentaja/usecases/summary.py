"""The summary of one assessment: read for the page, printed for the client or the network, kept as a document.

As with a plan: `paper` reads on the UI thread, `make` draws in the worker, `keep` stores.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from valmentaja.base.canonical import fingerprint
from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.clarifications import clarification_name
from valmentaja.definitions.instrument import Domain, Instrument
from valmentaja.definitions.plan_types import plan_type
from valmentaja.domain import summary as rules
from valmentaja.domain import versions
from valmentaja.domain.assessment import Assessment
from valmentaja.domain.case import CaseKind
from valmentaja.domain.client import Client, ClientId
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.summary import Audience, DomainView
from valmentaja.i18n import words
from valmentaja.i18n.formats import day
from valmentaja.pictures.picture import Picture
from valmentaja.store import papers
from valmentaja.store.papers import DocumentRow
from valmentaja.usecases import assessing, caseload, cases, comparing, conclusions, instruments, planning, rating
from valmentaja.usecases.cases import CaseOverview
from valmentaja.usecases.comparing import Voice
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed

if TYPE_CHECKING:  # reportlab is loaded when the first paper is made, not at start
    from valmentaja.documents.summary_paper import SummaryPaper

TITLES = {Audience.CLIENT: N_("Summary of your assessment"), Audience.NETWORK: N_("Summary of the needs assessment")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the page shows; `left` is how many questions an open assessment still has.

    `apart` are domains in which the first measurement asked something else; `others` are closed measurements that
    asked something else in every domain.
    """

    client: Client
    assessment: Assessment
    first: Assessment | None
    instrument: Instrument
    views: tuple[DomainView, ...]
    total: Fraction | None
    total_change: Fraction | None
    answered: int
    asked: int
    apart: tuple[Domain, ...] = ()
    others: tuple[Assessment, ...] = ()

    @property
    def left(self) -> int:
        return 0 if self.assessment.closed is not None else self.asked - self.answered

    @property
    def is_open(self) -> bool:
        return self.assessment.closed is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A summary and its PDF."""

    paper: SummaryPaper
    pdf: bytes


def of_assessment(session: Session, assessment_id: str) -> Summary:
    """One measurement with what was said of its domains, beside the client's first one."""
    counted = assessing.summary(session, assessment_id)
    held, runner = counted.assessment, assessing.runner(session, assessment_id)
    instrument = instruments.get(session, held.instrument)
    found = counted.comparison
    before = {} if found is None else found.first
    seen = rules.views(instrument, held, before, rating.ratings(session, assessment_id), runner.order)
    return Summary(
        client=caseload.client(session, held.client),
        assessment=held,
        first=counted.first,
        instrument=instrument,
        views=seen,
        total=counted.total,
        total_change=counted.total_change,
        answered=runner.answered,
        asked=runner.total,
        apart=() if found is None else found.apart,
        others=others(session, held),
    )


def latest(session: Session, client_id: ClientId) -> str | None:
    """The measurement a summary is of by itself: the latest closed one with a score, else the one under way."""
    closed, held = assessing.latest(session, client_id), assessing.assessments(session, client_id)
    return next((a.id for a in reversed(held)), None) if closed is None else closed.id


def others(session: Session, held: Assessment) -> tuple[Assessment, ...]:
    """Closed measurements of the client of which nothing can be compared with this one: other questions were asked."""
    own, known = instruments.get(session, held.instrument), instruments.known(session.store)
    alike = {id_ for id_, its in known.items() if versions.matched(own, its, known)}
    made = assessing.assessments(session, held.client)
    return tuple(a for a in made if a.closed is not None and a.instrument not in alike)


def case_of(session: Session, held: Assessment) -> CaseOverview | None:
    """The case the measurement belongs to. Whatever else is open is about another time, so its texts stay out."""
    return None if held.case is None else cases.overview(session, held.case)


def begin_plan(session: Session, assessment_id: str) -> Changes:
    """The draft that is being written, else a new one: multi-agency for a multi-agency case, else a coaching plan."""
    held = assessing.summary(session, assessment_id).assessment
    made = next((p for p in planning.plans_of(session, held.client) if not p.is_frozen), None)
    if made is not None:
        return changed(client=held.client, made=made.id)
    found = case_of(session, held)
    multi = found is not None and found.case.kind is CaseKind.MULTI
    return planning.draft(session, held.client, PlanKind.MONIALAINEN if multi else PlanKind.VALMENNUS)


def paper(session: Session, assessment_id: str, language: str, audience: Audience) -> SummaryPaper:
    """What would be printed in a language, logged before it is shown; UserError while the assessment is open."""
    from valmentaja.documents.summary_paper import SummaryPaper

    shown = of_assessment(session, assessment_id)
    held, person = shown.assessment, shown.client
    if held.closed is None:
        raise UserError(N_("The assessment is not finished: {n} questions are left. Finish it first."), n=shown.left)
    assessing.opened(session, assessment_id)
    found = case_of(session, held)
    ready = SummaryPaper(
        audience=audience,
        language=language,
        client_name=person.name,
        birth_year=None if person.birth_date is None else person.birth_date.year,
        case_no=person.id,
        unit_name=session.unit.name,
        coach_name=session.unit.coach,
        confidential=plan_type(PlanKind.VALMENNUS, held.closed).confidential,
        created=f"{session.today().isoformat()}T12:00:00Z",
        training=session.training,
        instrument=shown.instrument,
        assessment=held,
        first=shown.first,
        views=shown.views,
        total=shown.total,
        total_change=shown.total_change,
        apart=shown.apart,
        others=tuple(
            (a.closed or a.opened, instruments.get(session, a.instrument).name.in_(language)) for a in shown.others
        ),
        picture=_picture(session, shown, language, audience),
    )
    return ready if found is None else _with_case(session, ready, found)


def make(ready: SummaryPaper) -> Printed:
    """The PDF; slow, safe in the worker. The same paper gives the same bytes."""
    from valmentaja.documents.summary_pdf import render

    return Printed(paper=ready, pdf=render(ready))


def keep(session: Session, made: Printed) -> Changes:
    """Store it among the client's documents; what is there already byte for byte is not stored again."""
    client, row = made.paper.assessment.client, _document(session, made.paper, made.pdf)
    there = next((d for d in papers.of_client(session.store, client) if d.file_name == row.file_name), None)
    if there is not None:
        return changed(client=client, made=there.id)
    require_here(session, client)
    with session.store.writing() as tx:
        papers.add(tx, row, made.pdf)
    return changed(Area.DOCUMENT, client=client, made=row.id)


def _document(session: Session, ready: SummaryPaper, pdf: bytes) -> DocumentRow:
    """Neither title nor file name carries the client's name (documents.md §4)."""
    sha, on = fingerprint(pdf), ready.made_on.isoformat()
    return DocumentRow(
        id=session.new_id(),
        client=ready.assessment.client,
        plan=None,
        kind="summary",
        language=ready.language,
        title=f"{words(ready.language)(TITLES[ready.audience])} {day(ready.made_on, ready.language)}",
        file_name=f"yhteenveto_{ready.assessment.client}_{on}_{ready.audience}_{sha[:8]}_{ready.language}.pdf",
        created=session.now(),
        sha256=sha,
    )


def _with_case(session: Session, ready: SummaryPaper, found: CaseOverview) -> SummaryPaper:
    return replace(
        ready,
        case=found.case,
        fields=found.fields,
        conclusions=conclusions.of_instrument(ready.instrument, found.conclusions),
        concluded_apart=tuple(
            (one.label(ready.language), one.text)
            for one in conclusions.apart(session, found.conclusions, ready.instrument)
        ),
        clarifications=found.clarifications,
        kinds={c.kind: clarification_name(c.kind).in_(ready.language) for c in found.clarifications},
        contributions=found.contributions,
    )


def _picture(session: Session, shown: Summary, language: str, audience: Audience) -> Picture | None:
    """This measurement over the first; for the network the coach's view and what was agreed too."""
    now, first = shown.assessment.id, shown.first
    voices = (Voice.CLIENT,) if audience is Audience.CLIENT else tuple(Voice)
    keys = [f"{now}/{voice}" for voice in voices]
    if first is not None:
        keys.append(f"{first.id}/{Voice.CLIENT}")
    return comparing.radar(session, shown.client.id, keys=keys, language=language)
