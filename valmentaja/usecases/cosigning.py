"""Further signatures in a sealed plan, made here or in another party's own tool; each is a new stored document.

Three steps as in signing: `next_job` and `take_in` read on the UI thread, `sign` and `read` work in the worker,
`keep` stores document and signature in one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from valmentaja.base.canonical import fingerprint
from valmentaja.base.errors import N_, UserError
from valmentaja.domain.plan import Plan, Signature, SignatureState
from valmentaja.i18n import words
from valmentaja.store import papers, plans
from valmentaja.store.papers import DocumentRow
from valmentaja.usecases import papers as documents
from valmentaja.usecases import planning, signing
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed

if TYPE_CHECKING:
    from valmentaja.documents.keys import Signer
    from valmentaja.documents.verify import SignatureCheck

KIND = "plan"
SOMEBODY_ELSE = "somebody-else"
"""In place of a party: the signature is filed as what it is and is nobody's of the plan."""
BEHIND = N_("The plan has been signed or added to in the meantime. Nothing was stored. Add it once more.")
BEHIND_SIGNED = N_(
    "The plan has been signed or added to since this copy was made. Nothing was stored. Ask for the signature on the "
    "newest copy."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextJob:
    """Everything the worker needs to add one party's signature; no store."""

    plan: str
    base: DocumentRow
    pdf: bytes
    party: str
    key: Signer
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A file from outside beside every stored document of the plan, by id."""

    plan: str
    pdf: bytes
    stored: tuple[tuple[DocumentRow, bytes], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """A file that goes on from `base`; `new` is what the parties' new signatures say of themselves, if there are any.

    Without one there is only proof in it: a time stamp, or what issuers said of certificates.
    """

    plan: str
    base: DocumentRow
    pdf: bytes
    new: tuple[SignatureCheck, ...]


def newest(session: Session, plan_id: str) -> DocumentRow | None:
    """The document with the latest signature; one that follows another is always the longer."""
    return _last(_sealed(session, planning.plan(session, plan_id)))


def next_job(session: Session, plan_id: str, party: str, key: Signer) -> NextJob:
    """`party` signs the newest document with `key`."""
    held = planning.plan(session, plan_id)
    require_here(session, held.client)
    base = newest(session, plan_id)
    if base is None:
        raise UserError(N_("Seal the plan first; others sign the sealed plan."))
    if party == SOMEBODY_ELSE:
        raise UserError(
            N_("Only parties sign here. Others sign in their own program; then take the signed file in here.")
        )
    _require_free(session, held, party)
    if party == signing.CLIENT:
        raise UserError(
            N_("The client's own key signs in the client's own program. Then take the signed file in here.")
        )
    with session.store.writing() as tx:
        plans.note(tx, "seal", held)
    pdf = documents.pages(session, base.id)
    return NextJob(plan=held.id, base=base, pdf=pdf, party=party, key=key, at=session.clock.now())


def sign(job: NextJob) -> Further:
    """Sign and check that every signature holds; slow, safe in the worker."""
    from valmentaja.documents.plan_pdf import field_of
    from valmentaja.documents.returned import additions
    from valmentaja.documents.signing import approve

    reason = words(job.base.language)(N_("Signed as agreed"))
    pdf = approve(job.pdf, job.key, at=job.at, field=field_of(job.party), reason=reason)
    found = additions(pdf, {job.base.id: job.pdf})
    return Further(plan=job.plan, base=job.base, pdf=pdf, new=found.new)


def take_in(session: Session, plan_id: str, pdf: bytes) -> Arrived:
    """A file that came back; `read` says what it is."""
    held = planning.plan(session, plan_id)
    require_here(session, held.client)
    stored = tuple((d, documents.pages(session, d.id)) for d in _sealed(session, held))
    if not stored:
        raise UserError(N_("Seal the plan first; others sign the sealed plan."))
    return Arrived(plan=plan_id, pdf=pdf, stored=stored)


def read(arrived: Arrived) -> Further:
    """Recognise the file and check its signatures; UserError when it is refused. Slow, safe in the worker."""
    from valmentaja.documents.returned import additions

    found = additions(arrived.pdf, {d.id: pdf for d, pdf in arrived.stored})
    base = next(d for d, _pdf in arrived.stored if d.id == found.base)
    return Further(plan=arrived.plan, base=base, pdf=arrived.pdf, new=found.new)


def party_of(session: Session, further: Further) -> str:
    """Whose empty field the new signature is in; empty for an extra signature, which a person must tell."""
    from valmentaja.documents.plan_pdf import field_of

    fields = {s.field for s in further.new}
    known = (p.party.id for p in signing.parties(session, further.plan))
    return next((party for party in known if field_of(party) in fields), "")


def keep(session: Session, further: Further, party: str) -> Changes:
    """File the document after the one it follows and record that `party` has signed, if anybody of the plan has."""
    held = planning.plan(session, further.plan)
    require_here(session, held.client)
    is_signed = bool(further.new) and party != SOMEBODY_ELSE
    if is_signed:
        _require_free(session, held, party)
    elif is_behind(session, further):  # it would hide what parties have signed since
        raise UserError(BEHIND_SIGNED if further.new else BEHIND)
    document = _following(session, held, further)
    with session.store.writing() as tx:
        papers.add(tx, document, further.pdf)
        if is_signed:
            signature = _electronic(session, further, party)
            plans.sign(tx, held, signature)
            if held.signed is None and party == signing.CLIENT:
                plans.mark_signed(tx, held, on=signature.on or session.today())
    return changed(Area.PLAN, Area.DOCUMENT, client=held.client, made=document.id)


def is_behind(session: Session, further: Further) -> bool:
    """Whether the file goes on from an earlier document and so lacks a signature made since."""
    held = _sealed(session, planning.plan(session, further.plan))
    last = _last(tuple(d for d in held if d.language == further.base.language))
    return last is not None and last.id != further.base.id


def _electronic(session: Session, further: Further, party: str) -> Signature:
    """The party's signature now; ink given earlier stays with it."""
    known = {s.party: s for s in plans.signatures(session.store, further.plan)}.get(party)
    last = further.new[-1]
    return Signature(
        plan=further.plan,
        party=party,
        state=SignatureState.ELECTRONIC,
        name=last.signer,
        capacity="" if known is None else known.capacity,
        on=session.today() if last.signed_at is None else last.signed_at.date(),
        ink=() if known is None else known.ink,
    )


def _last(held: tuple[DocumentRow, ...]) -> DocumentRow | None:
    return max(held, key=lambda d: (d.created, d.size), default=None)


def _sealed(session: Session, held: Plan) -> tuple[DocumentRow, ...]:
    found = papers.of_client(session.store, held.client)
    return tuple(d for d in found if d.plan == held.id and d.kind == KIND)


def _require_free(session: Session, held: Plan, party: str) -> None:
    states = {p.party.id: p.state for p in signing.parties(session, held.id)}
    if party not in states:
        raise UserError(N_("Choose who signs."))
    if states[party] is SignatureState.ELECTRONIC:
        raise UserError(N_("This party has already signed electronically."))


def _following(session: Session, held: Plan, further: Further) -> DocumentRow:
    """Named after the first one with the next free number."""
    taken = {d.file_name for d in _sealed(session, held)}
    stem = min((n for n in taken if n.endswith(f"_{further.base.language}.pdf")), key=len, default="plan.pdf")
    numbered = (stem.replace(".pdf", f"_{n}.pdf") for n in range(2, len(taken) + 3))
    return replace(
        further.base,
        id=session.new_id(),
        file_name=next(name for name in numbered if name not in taken),
        created=session.now(),
        sha256=fingerprint(further.pdf),
        size=len(further.pdf),
    )
