"""The file of one client as of a day."""

from __future__ import annotations

from datetime import date

from valmentaja.domain.as_of import FileOnDay, file_on
from valmentaja.domain.client import ClientId
from valmentaja.store import clients, plans, reviews
from valmentaja.usecases import caseload
from valmentaja.usecases.session import Session


def on_day(session: Session, client_id: ClientId, on: date) -> FileOnDay:
    store = session.store
    made = plans.of_client(store, client_id)
    return file_on(
        on,
        today=session.today(),
        client=caseload.client(session, client_id),
        plans=made,
        reviews=tuple(review for plan in made for review in reviews.of_plan(store, plan.id)),
        services=clients.services(store, client_id),
        statuses=clients.statuses(store, client_id),
        readings=clients.readings(store, client_id),
    )
