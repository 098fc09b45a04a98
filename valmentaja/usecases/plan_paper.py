"""A client's newest plan as one PDF: the sealed document if there is one, else the plan as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.errors import N_, UserError
from valmentaja.domain.client import ClientId
from valmentaja.domain.plan import Plan
from valmentaja.store import papers as stored
from valmentaja.store import plans
from valmentaja.usecases import caseload, leaving, papers, planning, signing
from valmentaja.usecases.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """`document` is the stored one that this is, or "" for a plan that has not been sealed."""

    pdf: bytes
    plan: Plan
    document: str = ""

    @property
    def signed(self) -> bool:
        return bool(self.document)


def newest(session: Session, client_id: ClientId, language: str) -> Paper:
    """Sealed in that language before sealed in another before not sealed."""
    caseload.client(session, client_id)
    made = [p for p in planning.plans_of(session, client_id) if p.goals or not p.is_frozen]
    if not made:
        raise UserError(N_("Client {id} has no plan made in this program yet."), id=client_id)
    plan = next((p for p in made if p.is_frozen), made[0])
    sealed = [d for d in papers.documents(session, client_id) if (d.plan, d.kind) == (plan.id, "plan")]
    sealed.sort(key=lambda d: d.language != language)
    if sealed:
        return Paper(pdf=papers.pages(session, sealed[0].id), plan=plan, document=sealed[0].id)
    return Paper(pdf=signing.make(signing.preview(session, plan.id, language)), plan=plan)


def write(session: Session, paper: Paper, path: Path) -> Path:
    """Logged before it happens; never over a different file."""
    leaving.require_newest(session, path.parent)
    with session.store.writing() as tx:
        if paper.document:
            stored.note(tx, "export", papers.document(session, paper.document))
        else:
            plans.note(tx, "export", paper.plan)
    return leaving.deliver(session, path.parent, path.name, paper.pdf)
