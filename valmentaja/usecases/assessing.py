"""The service-needs assessment, answered over one or more meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.instrument import Domain, Instrument
from valmentaja.domain import assessment as rules
from valmentaja.domain import baseline, versions
from valmentaja.domain.assessment import UNMET, Answer, Assessment, Band, Entered, NoValue, Value
from valmentaja.domain.baseline import Measured
from valmentaja.domain.client import ClientId, Meeting
from valmentaja.domain.codes import Rater
from valmentaja.domain.correction import needs_reason
from valmentaja.store import assessments as kept
from valmentaja.store import cases, clients, meetings
from valmentaja.usecases import instruments
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed

DEFAULT_INSTRUMENT = "suunta-1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainProgress:
    domain: Domain
    items: tuple[str, ...]
    answered: int

    @property
    def total(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """Everything the runner shows; `resume_at` is the first item that is not in `met`.

    `values` has a row as well for an item that has only a note so far.
    `earlier` are the client's answers to the same questions in the measurement before, taken on `earlier_on`.
    `old` are items whose answer cannot be changed without a reason.
    `dropped` are answered items that a skip rule takes out now, until `let_go` confirms it.
    """

    assessment_id: str
    client_id: ClientId
    client_name: str
    instrument: Instrument
    meeting_number: int
    domains: tuple[DomainProgress, ...]
    values: Mapping[str, Answer]
    coach_values: Mapping[str, Answer]
    resume_at: str | None
    closed: bool
    earlier: Mapping[str, Answer] = field(default_factory=dict)
    earlier_on: date | None = None
    met: frozenset[str] = frozenset()
    old: frozenset[str] = frozenset()
    dropped: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(item for domain in self.domains for item in domain.items)

    def after(self, item: str) -> str:
        """The item that follows; the last one follows itself."""
        order = self.order
        return order[min(order.index(item) + 1, len(order) - 1)] if item in order else order[0]

    @property
    def answered(self) -> int:
        return sum(domain.answered for domain in self.domains)

    @property
    def total(self) -> int:
        return sum(domain.total for domain in self.domains)


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainResult:
    """One domain of a summary; `delta` is latest minus first where both have a score."""

    domain: Domain
    score: Fraction | None
    band: Band | None
    first: Fraction | None
    delta: Fraction | None
    counts: bool
    refused: int
    not_concerned: int
    not_asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Results with the strongest domain first; totals are 0–100 or None. `comparison` is None without a first one."""

    assessment: Assessment
    first: Assessment | None
    results: tuple[DomainResult, ...]
    total: Fraction | None
    total_change: Fraction | None
    comparison: versions.Comparison | None


def begin(session: Session, client_id: ClientId, *, instrument: str | None = None, quick: bool = False) -> Changes:
    """Open an assessment, or take up the one that is open: it stays on the version it began with.

    Without an instrument it is the newest version of the usual one. While a case is open the measurement belongs to it.
    """
    for known in assessments(session, client_id):
        if known.closed is None:
            return changed(Area.ASSESSMENT, client=client_id, made=known.id)
    if clients.get(session.store, client_id) is None:
        raise UserError(N_("There is no client {id} in this vault."), id=client_id)
    require_here(session, client_id)
    here = instruments.known(session.store)
    version = instruments.get(session, instrument or instruments.newest(session, DEFAULT_INSTRUMENT))
    if quick and not version.has_quick_form:
        raise UserError(N_("{name} has no short form."), name=version.name.fi)
    case = cases.open_of_client(session.store, client_id)
    made = Assessment(
        id=session.new_id(),
        client=client_id,
        instrument=version.id,
        opened=session.today(),
        closed=None,
        case=None if case is None else case.id,
    )
    with session.store.writing() as tx:
        instruments.keep(tx, version, here, at=session.now())
        kept.add(tx, made, quick=quick)
    return changed(Area.ASSESSMENT, client=client_id, made=made.id)


def opened(session: Session, assessment_id: str) -> None:
    """Log that the assessment is opened, before any of it is shown (906/2019 17 §)."""
    with session.store.writing() as tx:
        kept.note_look(tx, _get(session, assessment_id))


def runner(session: Session, assessment_id: str) -> Runner:
    held = _get(session, assessment_id)
    instrument = instruments.get(session, held.instrument)
    values = {a.item: a for a in held.answers if a.rater == Rater.ASIAKAS}
    before = _closed_before(session, held)
    form = _Form(quick=kept.is_quick(session.store, held.id), first_time=not before)
    asked = _asked(held, instrument, form)
    order = tuple(item for _, items in asked for item in items)
    met = {item: given.value for item, given in values.items() if given.is_met}
    person = clients.get(session.store, held.client)
    running = meetings.running(session.store, held.client)
    latest = before[-1] if before else None
    return Runner(
        assessment_id=held.id,
        client_id=held.client,
        client_name="" if person is None else person.name,
        instrument=instrument,
        meeting_number=0 if running is None else meetings.number_of(session.store, running),
        domains=tuple(DomainProgress(domain=d, items=i, answered=sum(x in met for x in i)) for d, i in asked),
        values=values,
        coach_values={a.item: a for a in held.answers if a.rater == Rater.VALMENTAJA},
        resume_at=rules.first_open_item(order, met),
        closed=held.closed is not None,
        earlier=_earlier(session, instrument, latest),
        earlier_on=None if latest is None else latest.closed,
        met=frozenset(met),
        old=frozenset(i for i in order if _is_old(session, held, values.get(i), running)),
        dropped=_dropped(held, instrument, form),
    )


def _is_old(session: Session, held: Assessment, given: Answer | None, running: Meeting | None) -> bool:
    meeting = None if running is None else running.id
    return needs_reason(given, closed=held.closed is not None, meeting=meeting, today=session.today())


def answer(
    session: Session,
    assessment_id: str,
    item: str,
    value: Value,
    *,
    rater: Rater = Rater.ASIAKAS,
    note: str | None = None,
    entered: Entered = Entered.COACH,
) -> Changes:
    """Store one answer; when this returns it is on the disk. A changed answer is a new row."""
    held = _open(session, assessment_id)
    require_known(session, held, item, value)
    before = next((a for a in held.answers if (a.item, a.rater) == (item, rater)), None)
    running = meetings.running(session.store, held.client)
    new = Answer(
        item=item,
        rater=rater,
        value=value,
        date=session.today() if running is None else running.date,
        meeting=None if running is None else running.id,
        note=note if note is not None else before.note if before else "",
        entered=entered,
    )
    if before is not None and note is not None and before.value == value:
        new = replace(before, note=note)  # a note does not make the answer a later one
    with session.store.writing() as tx:
        kept.answer(tx, held, new, at=session.now())
    return changed(Area.ASSESSMENT, client=held.client)


def keep_note(session: Session, assessment_id: str, item: str, note: str) -> Changes:
    """A note goes with the answer; before there is one it waits for it, and the question stays open."""
    held = _open(session, assessment_id)
    require_known(session, held, item, NoValue.EI_KYSYTTY)
    before = next((a for a in held.answers if (a.item, a.rater) == (item, Rater.ASIAKAS)), None)
    running = meetings.running(session.store, held.client)
    waiting = Answer(
        item=item,
        rater=Rater.ASIAKAS,
        value=NoValue.EI_KYSYTTY,
        date=session.today() if running is None else running.date,
        meeting=None if running is None else running.id,
        reason=UNMET,
    )
    with session.store.writing() as tx:
        kept.answer(tx, held, replace(before or waiting, note=note), at=session.now())
    return changed(Area.ASSESSMENT, client=held.client)


def require_known(session: Session, held: Assessment, item: str, value: Value) -> None:
    """UserError for what the instrument does not ask or its scale does not have: it could not be read again."""
    if item not in {i.id for i in instruments.get(session, held.instrument).items}:
        raise UserError(N_("The instrument has no question {item}. Nothing was changed."), item=item)
    if not rules.is_on_scale(value):
        raise UserError(N_("{value} is not on the scale. Choose one of the numbers shown."), value=value)


def let_go(session: Session, assessment_id: str) -> Changes:
    """Confirm that the answers a skip rule took out are out of use: their items count as not asked from now on."""
    held = _open(session, assessment_id)
    form = _Form(quick=kept.is_quick(session.store, held.id), first_time=is_first_time(session, held))
    gone = set(_dropped(held, instruments.get(session, held.instrument), form))
    today, now = session.today(), session.now()
    with session.store.writing() as tx:
        for one in held.answers:
            if one.item in gone and one.rater == Rater.ASIAKAS:
                unasked = replace(
                    one, value=NoValue.EI_KYSYTTY, date=today, meeting=None, reason=UNMET, entered=Entered.COACH
                )
                kept.answer(tx, held, unasked, at=now)
    return changed(Area.ASSESSMENT, client=held.client)


def close(session: Session, assessment_id: str) -> Changes:
    """End the measurement; what was not met counts as not asked."""
    held = _get(session, assessment_id)
    if not held.answers:
        raise UserError(N_("Nothing has been answered yet. The assessment stays open."))
    if held.closed is not None:
        return changed(client=held.client)
    require_here(session, held.client)
    with session.store.writing() as tx:
        kept.close(tx, held, on=session.today())
    return changed(Area.ASSESSMENT, client=held.client)


def assessments(session: Session, client_id: ClientId) -> tuple[Assessment, ...]:
    """Oldest first, open ones included."""
    return kept.of_client(session.store, client_id)


def latest(session: Session, client_id: ClientId) -> Assessment | None:
    """The closed measurement that is shown by itself, on every page: the last one with a score, else the last one."""
    found = baseline.latest(_measured(session, client_id, instruments.known(session.store)))
    return None if found is None else found[0]


def summary(session: Session, assessment_id: str) -> Summary:
    """This measurement beside the one it is compared with (`domain.baseline`)."""
    held = _get(session, assessment_id)
    here = instruments.known(session.store)
    instrument = instruments.get(session, held.instrument)
    first = baseline.baseline((held, instrument), _measured(session, held.client, here), here)
    found = None if first is None else versions.compare((instrument, held), (first[1], first[0]), here)
    results = tuple(_result(instrument, d, held, found) for d in instrument.scored_domains)
    return Summary(
        assessment=held,
        first=None if first is None else first[0],
        results=tuple(sorted(results, key=_strongest)),
        total=rules.total(instrument, held.values()),
        total_change=None if found is None else found.total_change,
        comparison=found,
    )


def is_first_time(session: Session, held: Assessment) -> bool:
    """Whether the client has closed no measurement before it with this instrument or a version of it."""
    return not _closed_before(session, held)


def _open(session: Session, assessment_id: str) -> Assessment:
    """One that may be written to."""
    held = _get(session, assessment_id)
    if held.closed is not None:
        raise UserError(N_("This assessment is closed. Begin a new one to measure again."))
    require_here(session, held.client)
    return held


def _get(session: Session, assessment_id: str) -> Assessment:
    found = kept.get(session.store, assessment_id)
    if found is None:
        raise UserError(N_("There is no such assessment."))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """Which items a measurement asks: the short form, and some domains only from the second time."""

    quick: bool
    first_time: bool


def _asked(held: Assessment, instrument: Instrument, form: _Form) -> list[tuple[Domain, tuple[str, ...]]]:
    """Domains and items of this measurement."""
    domains = instrument.domains_for(first_time=form.first_time)
    order = rules.asked(instrument, held.values(), quick=form.quick, first_time=form.first_time)
    asked = [(d, tuple(i.id for i in d.items if i.id in order)) for d in domains]
    return [(d, items) for d, items in asked if items]


def _dropped(held: Assessment, instrument: Instrument, form: _Form) -> tuple[str, ...]:
    return rules.dropped(instrument, held.values(), quick=form.quick, first_time=form.first_time)


def _measured(session: Session, client_id: ClientId, here: Mapping[str, Instrument]) -> list[Measured]:
    """In the order they were made; what cannot be read any more is not there."""
    held = kept.of_client(session.store, client_id)
    return [(a, here[a.instrument]) for a in held if a.instrument in here]


def _closed_before(session: Session, held: Assessment) -> list[Assessment]:
    """The client's closed measurements before it with this instrument or a version of it, oldest first."""
    here = instruments.known(session.store)
    if held.instrument not in here:
        return []
    own = here[held.instrument]
    made = baseline.before((held, own), _measured(session, held.client, here))
    return [a for a, its in made if versions.kin(own, its, here)]


def _earlier(session: Session, instrument: Instrument, latest: Assessment | None) -> dict[str, Answer]:
    """The client's answers of that measurement under this version's names of items, where it asks the same."""
    if latest is None:
        return {}
    here = instruments.known(session.store)
    given = {a.item: a for a in latest.answers if a.rater == Rater.ASIAKAS}
    same = versions.paired(instrument, here[latest.instrument], here)
    return {item: given[its] for item, its in same.items() if its in given}


def _result(
    instrument: Instrument, domain: Domain, held: Assessment, compared: versions.Comparison | None
) -> DomainResult:
    values = rules.counted(instrument, held.values())
    score = rules.domain_score(domain, values)
    before = None if compared is None else compared.first.get(domain.id)
    delta = None if score is None or before is None else score - before
    given = [values.get(i.id, NoValue.EI_KYSYTTY) for i in domain.items]
    return DomainResult(
        domain=domain,
        score=score,
        band=None if score is None else rules.band(instrument, score),
        first=before,
        delta=delta,
        counts=delta is not None and abs(delta) >= rules.CHANGE,
        refused=given.count(NoValue.EI_HALUA),
        not_concerned=given.count(NoValue.EI_KOSKE),
        not_asked=given.count(NoValue.EI_KYSYTTY),
    )


def _strongest(result: DomainResult) -> tuple[bool, Fraction]:
    return (result.score is None, -(result.score or Fraction(0)))
