"""Whether a client is here: one who was handed over is read, not changed."""

from __future__ import annotations

from valmentaja.base.errors import N_, UserError
from valmentaja.domain.client import ClientId
from valmentaja.store import clients, handovers
from valmentaja.usecases.session import Session


def require_here(session: Session, client: ClientId) -> None:
    """UserError when the client went to another coach; the triggers of the database hold the same rule."""
    person = clients.get(session.store, client)
    if person is not None and handovers.care(session.store, client).handed_over is not None:
        raise UserError(
            N_("{name} was handed over to another coach: this copy is for reading. Nothing was changed."),
            name=person.name,
        )


def away(session: Session) -> frozenset[ClientId]:
    """Clients who were handed over."""
    return handovers.away(session.store)
