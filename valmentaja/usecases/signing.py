"""Who signs a frozen plan, and the sealed PDF that comes of it.

Three steps, because the middle one is slow: `sign_job` reads everything on the UI thread, `seal` makes the
file in the worker, `keep` stores signatures and document in one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from valmentaja.base.canonical import canonical, fingerprint
from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.plan_types import Party
from valmentaja.definitions.services import services
from valmentaja.domain import assessment as rules
from valmentaja.domain import plan as plan_rules
from valmentaja.domain.plan import HAS_SIGNED, Goal, Plan, Signature, SignatureState
from valmentaja.domain.queue import missing_parties
from valmentaja.i18n import words
from valmentaja.i18n.formats import decimal
from valmentaja.store import assessments, papers, plans
from valmentaja.store.papers import DocumentRow
from valmentaja.usecases import caseload, instruments, leaving, planning, scans, signing_keys, translating
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.scans import Scan
from valmentaja.usecases.session import Area, Changes, Session, changed

if TYPE_CHECKING:  # reportlab and pyHanko are loaded when the first paper is made, not at start
    from valmentaja.documents.keys import Signer
    from valmentaja.documents.plan_pdf import PlanPaper

CLIENT = "client"
"""The party id of the client in every plan type."""

SIGNED_HERE = frozenset({SignatureState.INK, SignatureState.TYPED, SignatureState.ELECTRONIC})
"""States that a sealed paper of this program holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyState:
    party: Party
    state: SignatureState
    signature: Signature | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealJob:
    """Everything the worker needs; no store."""

    paper: PlanPaper
    key: Signer
    at: datetime
    document: DocumentRow
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    job: SealJob
    pdf: bytes


def parties(session: Session, plan_id: str) -> tuple[PartyState, ...]:
    """Every party of the plan type with what is known of its signature."""
    held = planning.plan(session, plan_id)
    known = {s.party: s for s in plans.signatures(session.store, plan_id)}
    return tuple(
        PartyState(
            party=party,
            state=known[party.id].state if party.id in known else SignatureState.PENDING,
            signature=known.get(party.id),
        )
        for party in planning.plan_type_of(session, held).parties
    )


def waiting(session: Session, plan_id: str) -> tuple[Party, ...]:
    """The parties whose signature belongs to the plan, and of whom nothing is written down: neither it nor a no."""
    kind = planning.plan_type_of(session, planning.plan(session, plan_id))
    return missing_parties(kind.parties, plans.signatures(session.store, plan_id))


def get_ready() -> None:
    """Load what draws and signs a paper, half a second when it is first done; for the worker, as a page opens."""
    from valmentaja.documents import fonts, plan_pdf, verify

    fonts.register()
    verify.verify(plan_pdf.__name__.encode())


def preview(session: Session, plan_id: str, language: str, signatures: tuple[Signature, ...] = ()) -> PlanPaper:
    """What would be printed, logged before it is shown; `make` draws it."""
    planning.opened(session, plan_id)
    return _paper(session, planning.plan(session, plan_id), language, signatures, anchor="")


def _paper(session: Session, held: Plan, language: str, signatures: tuple[Signature, ...], *, anchor: str) -> PlanPaper:
    from valmentaja.documents.plan_pdf import PlanPaper

    person = caseload.client(session, held.client)
    language, _, other = language.partition("+")
    return PlanPaper(
        plan=held,
        plan_type=planning.plan_type_of(session, held),
        language=language,
        beside=other,
        unchecked=translating.is_unchecked(session, other),
        client_name=person.name,
        birth_year=None if person.birth_date is None else person.birth_date.year,
        case_no=person.id,
        unit_name=session.unit.name,
        coach_name=session.unit.coach,
        created=held.frozen_at or session.now(),
        training=session.training,
        signatures=signatures or plans.signatures(session.store, held.id),
        service_names={code: service.name.in_(language) for code, service in services().items()},
        findings={g.id: said for g in held.goals if (said := finding_words(session, g, language))},
        anchor=anchor,
    )


def printing(session: Session, plan_id: str) -> None:
    """A paper to be signed with a pen goes to a printer before anything is sealed; logged before it goes."""
    leaving.require_newest(session)
    with session.store.writing() as tx:
        plans.note(tx, "print", planning.plan(session, plan_id))


def make(paper: PlanPaper) -> bytes:
    """The unsigned PDF; slow, safe in the worker."""
    from valmentaja.documents.plan_pdf import render

    return render(paper)


def sign_job(
    session: Session, plan_id: str, language: str, signatures: tuple[Signature, ...], *, key: Signer | None = None
) -> SealJob:
    """Collect what the seal needs; UserError when the plan cannot be signed now. `key` is None for the vault's own."""
    held = planning.plan(session, plan_id)
    require_here(session, held.client)
    _check(session, held, language, signatures)
    with session.store.writing() as tx:
        plans.note(tx, "seal", held)
    return SealJob(
        paper=_paper(session, held, language, signatures, anchor=leaving.anchor(session).line),
        key=key or signing_keys.device_key(session),
        at=session.clock.now(),
        document=_document(session, held, language),
        signatures=signatures,
    )


def seal(job: SealJob) -> Sealed:
    """Draw and certify the PDF; slow, safe in the worker."""
    from valmentaja.documents.plan_pdf import SEAL_FIELD
    from valmentaja.documents.signing import seal as certify

    reason = words(job.paper.language)(N_("Sealed as agreed"))
    return Sealed(job=job, pdf=certify(make(job.paper), job.key, at=job.at, field=SEAL_FIELD, reason=reason))


def keep(session: Session, sealed: Sealed) -> Changes:
    """Store the signatures and the document together; the plan counts as signed once the client has."""
    held = planning.plan(session, sealed.job.paper.plan.id)
    document = replace(sealed.job.document, sha256=fingerprint(sealed.pdf))
    with session.store.writing() as tx:
        for signature in sealed.job.signatures:
            plans.sign(tx, held, signature)
        papers.add(tx, document, sealed.pdf)
        if held.signed is None and _client_has_signed(sealed.job.signatures):
            plans.mark_signed(tx, held, on=session.today())
    return changed(Area.PLAN, Area.DOCUMENT, client=held.client, made=document.id)


def record(session: Session, signature: Signature, scan: Scan | None = None, language: str = "fi") -> Changes:
    """What happened to a party's signature elsewhere: on paper, refused, or still awaited; `scan` is the paper."""
    held = planning.plan(session, signature.plan)
    require_here(session, held.client)
    party = _party(session, held, signature.party)
    _check_record(session, held, signature)
    with session.store.writing() as tx:
        plans.sign(tx, held, signature)
        if scan is not None:
            papers.add(tx, scans.document(session, held, party, scan, language), scan.content)
        if signature.party == CLIENT and held.signed is None and _client_has_signed((signature,)):
            plans.mark_signed(tx, held, on=signature.on or session.today())
    return changed(Area.PLAN, Area.DOCUMENT, client=held.client)


def _party(session: Session, held: Plan, wanted: str) -> Party:
    found = next((p for p in planning.plan_type_of(session, held).parties if p.id == wanted), None)
    if found is None:
        raise UserError(N_("This plan has no such party."))
    return found


def _check_record(session: Session, held: Plan, signature: Signature) -> None:
    if not held.is_frozen:
        raise UserError(N_("Freeze the plan first; only a frozen plan is signed."))
    known = {s.party: s.state for s in plans.signatures(session.store, held.id)}
    if known.get(signature.party) in SIGNED_HERE:
        raise UserError(N_("This party has already signed in this program. Make a new version to change it."))
    if signature.state is SignatureState.REFUSED and not signature.reason.strip():
        raise UserError(N_("Write the reason in the person's own words, or “does not want to say”."))
    if signature.state is SignatureState.PAPER and signature.on is None:
        raise UserError(N_("Write the day on which the paper was signed."))
    if signature.on is not None and signature.on > session.today():
        raise UserError(N_("The day of signing is in the future."))
    if signature.state is SignatureState.PAPER and signature.party != CLIENT and not signature.name.strip():
        raise UserError(N_("Write the name of the person who signed the paper."))


def finding_words(session: Session, goal: Goal, language: str) -> str:
    """The finding a goal came from, readable: domain, score, the client's statement and its answer."""
    if goal.evidence is None:
        return ""
    measured = assessments.get(session.store, goal.evidence.assessment)
    if measured is None:
        return ""
    instrument = instruments.get(session, measured.instrument)
    domain = next(d for d in instrument.domains if d.id == goal.evidence.domain)
    score = rules.scores(instrument, measured.values()).get(domain.id)
    w = words(language)
    said = domain.name.in_(language)
    if score is not None:
        said = w("{domain}: {score} / 10", domain=said, score=decimal(score, language))
    item = next((i for i in domain.items if i.id == goal.evidence.item), None)
    value = measured.values().get(goal.evidence.item)
    if item is None or not isinstance(value, int):
        return said
    return w("{finding} (“{statement}” {value})", finding=said, statement=item.text.in_(language), value=value)


def _check(session: Session, held: Plan, language: str, signatures: tuple[Signature, ...]) -> None:
    if not held.is_frozen:
        raise UserError(N_("Freeze the plan first; only a frozen plan is signed."))
    if fingerprint(canonical(plan_rules.content(held))) != held.fingerprint:
        raise UserError(N_("The plan is not what was frozen. Do not sign it; tell your support."))
    known = {p.id for p in planning.plan_type_of(session, held).parties}
    if any(s.party not in known or s.plan != held.id for s in signatures):
        raise UserError(N_("This plan has no such party."))
    if CLIENT not in {s.party for s in signatures} | {s.party for s in plans.signatures(session.store, held.id)}:
        raise UserError(N_("Say how the client signs: with a pen, on paper, or not now."))
    _check_given(signatures)
    sealed = {(d.plan, d.kind, d.language) for d in papers.of_client(session.store, held.client)}
    if (held.id, "plan", language) in sealed:
        raise UserError(N_("This version has already been sealed in this language. Make a new version to change it."))


def _check_given(signatures: tuple[Signature, ...]) -> None:
    if any(s.state is SignatureState.INK and not s.ink for s in signatures):
        raise UserError(N_("The signature is empty. Sign in the box, or choose another way."))
    if any(s.state is SignatureState.TYPED and not s.name.strip() for s in signatures):
        raise UserError(N_("The name is empty. Let the person type it, or choose another way."))
    if any(s.state is SignatureState.REFUSED and not s.reason.strip() for s in signatures):
        raise UserError(N_("Write the reason in the person's own words, or “does not want to say”."))


def _document(session: Session, held: Plan, language: str) -> DocumentRow:
    """Neither title nor file name carries the client's name (documents.md §4)."""
    name = planning.plan_type_of(session, held).name.in_(language)
    short = (held.fingerprint or "")[:8]
    return DocumentRow(
        id=session.new_id(),
        client=held.client,
        plan=held.id,
        kind="plan",
        language=language,
        title=words(language)("{plan}, version {n}", plan=name, n=held.version),
        file_name=f"{held.kind.lower()}_{held.client}_v{held.version}_{short}_{language}.pdf",
        created=session.now(),
        sha256="",
    )


def _client_has_signed(signatures: tuple[Signature, ...]) -> bool:
    return any(s.party == CLIENT and s.state in HAS_SIGNED for s in signatures)
