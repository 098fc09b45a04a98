"""Which question of which assessment was open, so that a program that ended badly can say so."""

from __future__ import annotations

import json
from dataclasses import dataclass

from valmentaja.base.canonical import Json, canonical
from valmentaja.domain.client import ClientId
from valmentaja.store import assessments as kept
from valmentaja.store import settings
from valmentaja.usecases import assessing, presence
from valmentaja.usecases.session import Area, Changes, Session, changed

_NAME = "open question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """An assessment that was not left properly; `saved` is the UTC stamp of its latest answer, "" for none."""

    assessment_id: str
    client_id: ClientId
    client_name: str
    item: str
    saved: str


def keep(session: Session, assessment_id: str, item: str) -> None:
    """This question is open now. An answer moves on by itself; only other moves are kept here."""
    latest = kept.latest_answer(session.store, assessment_id)
    place: Json = {"assessment": assessment_id, "item": item, "seq": 0 if latest is None else latest.seq}
    with session.store.writing() as tx:
        settings.keep_setting(tx, _NAME, canonical(place).decode())


def forget(session: Session) -> Changes:
    """The assessment was left properly, or the coach does not want to be reminded."""
    if settings.setting(session.store, _NAME):
        with session.store.writing() as tx:
            settings.keep_setting(tx, _NAME, "")
    return changed(Area.SETTING)


def unfinished(session: Session) -> Unfinished | None:
    """None as well when the assessment has been closed, erased or handed over since."""
    text = settings.setting(session.store, _NAME)
    place = json.loads(text) if text else {}
    held = kept.get(session.store, str(place.get("assessment", "")))
    if held is None or held.closed is not None or held.client in presence.away(session):
        return None
    shown = assessing.runner(session, held.id)
    latest = kept.latest_answer(session.store, held.id)
    item = str(place["item"])
    if latest is not None and latest.seq > int(place["seq"]):
        item = shown.after(latest.item)
    return Unfinished(
        assessment_id=held.id,
        client_id=held.client,
        client_name=shown.client_name,
        item=item if item in shown.order else shown.order[0],
        saved="" if latest is None else latest.at,
    )
