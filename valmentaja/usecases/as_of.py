"""The file of one client as of a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from valmentaja.base.clock import HELSINKI
from valmentaja.domain.as_of import FileOnDay, file_on
from valmentaja.domain.client import ClientId
from valmentaja.store import clients, log, plans, reviews
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
        written=_written(session, client_id, on),
    )


def _written(session: Session, client_id: ClientId, on: date) -> dict[tuple[str, str], date]:
    """The days on which rows were last written after a day, as the log tells: it is known when, not what."""
    after = datetime.combine(on + timedelta(days=1), time(), HELSINKI).astimezone(UTC)
    wanted = log.Wanted(client=client_id, kind=log.Kind.CHANGES, since=after.strftime("%Y-%m-%dT%H:%M:%SZ"))
    found: dict[tuple[str, str], date] = {}
    for row in log.entries(session.store, wanted):
        if row.action in ("mark", "record"):
            when = datetime.fromisoformat(row.at).astimezone(HELSINKI).date()
            found.setdefault((row.entity, row.entity_id), when)
    return found
