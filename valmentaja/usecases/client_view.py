"""The client's own window: what it is given, its answers, and the PIN that leads out of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from valmentaja.base.canonical import Json, canonical
from valmentaja.base.errors import N_, UserError
from valmentaja.crypto import keys
from valmentaja.crypto.keys import KdfCost
from valmentaja.definitions.instrument import Instrument
from valmentaja.domain import pin as rules
from valmentaja.domain.assessment import Entered, Value
from valmentaja.domain.client import ClientId
from valmentaja.domain.client_view import ClientView, Question, Result, Texts
from valmentaja.domain.pin import Verdict
from valmentaja.i18n import words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.store import assessments as kept
from valmentaja.store import clients, plans, settings
from valmentaja.store.database import Transaction
from valmentaja.usecases import assessing, client_plan, correcting, planning
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed

_SHOWN, _PIN, _TRIES = "client view", "client view pin", "client view tries"
_COST = KdfCost(memory=64 * 1024, passes=2, lanes=4)
"""The PIN lies inside the encrypted vault; this only makes trying all of them slow for who has the vault open."""


def view(session: Session, key: str) -> ClientView:
    """The plan or the assessment of this id as the client may see it."""
    return _measured(session, key) if plans.get(session.store, key) is None else client_plan.view(session, key)


def _measured(session: Session, assessment_id: str) -> ClientView:
    """With the client's own answers."""
    held = assessing.runner(session, assessment_id)
    person = clients.get(session.store, held.client_id)
    spoken = "" if person is None else person.language
    given = {item: answer.value for item, answer in held.values.items() if answer.is_met}
    order, asked = held.order, held.instrument
    questions = tuple(
        Question(item=i.id, section=d.domain.name.by_language(), text=i.text.by_language(), value=given.get(i.id))
        for d in held.domains
        for i in d.domain.items
        if i.id in d.items
    )
    ends = (asked.stem.by_language(), asked.low.by_language(), asked.high.by_language())
    offered = _whole((*ends, *(text for q in questions for text in (q.section, q.text))))
    return ClientView(
        language=spoken if spoken in offered else offered[0],
        languages=offered,
        stem=ends[0],
        low=ends[1],
        high=ends[2],
        questions=questions,
        resume_at=0 if held.resume_at is None else order.index(held.resume_at),
        notice=asked.notice.by_language(),
        results=_results(session, assessment_id, asked) if held.closed else (),
    )


def open_assessment(session: Session, client_id: ClientId) -> str:
    """The assessment of this client that is under way, or the latest one, whose results are shown then."""
    known = assessing.assessments(session, client_id)
    under_way = [one for one in known if one.closed is None]
    if not known:
        raise UserError(N_("There is no assessment yet. Begin one, then open the client view."))
    return (under_way or known)[-1].id


def begin(session: Session, key: str) -> Changes:
    """From now on the client view of this plan or assessment is on, also after a restart, until the PIN ends it."""
    if not has_pin(session):
        raise UserError(N_("Choose a PIN first: it leads out of the client view."))
    held = plans.get(session.store, key)
    client = assessing.runner(session, key).client_id if held is None else held.client
    require_here(session, client)
    (assessing.opened if held is None else planning.opened)(session, key)
    with session.store.writing() as tx:
        _keep(tx, _SHOWN, {"assessment" if held is None else "plan": key})
    return changed(Area.SETTING, client=client)


def under_way(session: Session) -> str:
    """The assessment or plan that the client view is on for; "" when it is not on or what it showed is gone."""
    shown = _kept(session, _SHOWN)
    assessment, plan = str(shown.get("assessment", "")), str(shown.get("plan", ""))
    if assessment and kept.get(session.store, assessment) is not None:
        return assessment
    return plan if plan and plans.get(session.store, plan) is not None else ""


def answer(session: Session, assessment_id: str, item: str, value: Value) -> Changes:
    """Store what the client answered in the client view; only for the assessment it is on for."""
    if under_way(session) != assessment_id:
        raise UserError(N_("The client view is not on for this assessment."))
    held = assessing.runner(session, assessment_id)
    if not held.closed and item in held.old and held.values[item].value != value:
        w = words(screen_language())
        reason = w("The client changed the answer in the client view.")
        return correcting.correct(session, assessment_id, item, value, reason=reason, entered=Entered.CLIENT)
    return assessing.answer(session, assessment_id, item, value, entered=Entered.CLIENT)


def has_pin(session: Session) -> bool:
    return bool(_kept(session, _PIN))


def set_pin(session: Session, pin: str) -> Changes:
    """Choose the PIN; only a salted, slow hash of it is kept."""
    if not rules.is_pin(pin):
        raise UserError(N_("The PIN must be {least} to {most} digits."), least=rules.LENGTHS[0], most=rules.LENGTHS[-1])
    salt = session.chance.token(keys.SALT_SIZE)
    with session.store.writing() as tx:
        _keep(tx, _PIN, {"salt": salt.hex(), "hash": _hash(pin, salt)})
        _keep(tx, _TRIES, {})
    return changed(Area.SETTING)


def leave(session: Session, pin: str) -> Verdict:
    """End the client view when the PIN is right; a wrong one makes the next wait longer, and is never forgotten."""
    wait = waiting(session)
    if wait:
        _count_from_now(session)
        return Verdict(right=False, wait=wait)
    held = _kept(session, _PIN)
    right = not held or keys.same(_hash(pin, bytes.fromhex(str(held["salt"]))).encode(), str(held["hash"]).encode())
    with session.store.writing() as tx:
        if right:
            _keep(tx, _SHOWN, {})
            _keep(tx, _TRIES, {})
        else:
            _count_wrong(session, tx)
    return Verdict(right=right, wait=waiting(session))


def leave_without_pin(session: Session, *, proved: bool) -> Verdict:
    """The PIN is forgotten: whoever knows the vault's own passphrase ends the client view, and the PIN goes.

    A wrong passphrase counts as a wrong PIN.
    """
    wait = waiting(session)
    if wait or not proved:
        if wait:
            _count_from_now(session)
        else:
            with session.store.writing() as tx:
                _count_wrong(session, tx)
        return Verdict(right=False, wait=waiting(session))
    with session.store.writing() as tx:
        for name in (_SHOWN, _TRIES, _PIN):
            _keep(tx, name, {})
    return Verdict(right=True)


def waiting(session: Session) -> int:
    """Seconds until a PIN is looked at again; a clock that was set back waits no longer than the whole wait."""
    passed = _passed(session)
    if passed is None:
        return 0
    whole = rules.wait_after(_wrong(session))
    return min(max(whole - passed, 0), whole)


def _passed(session: Session) -> int | None:
    """Seconds since the last wrong PIN, negative when the clock was set back since; None without one."""
    tries = _kept(session, _TRIES)
    if "at" not in tries:
        return None
    return int((datetime.fromisoformat(session.now()) - datetime.fromisoformat(str(tries["at"]))).total_seconds())


def _count_from_now(session: Session) -> None:
    """A clock that was ahead for a while must not keep the door shut until that time comes."""
    passed = _passed(session)
    if passed is not None and passed < 0:
        with session.store.writing() as tx:
            _keep(tx, _TRIES, {"wrong": _wrong(session), "at": session.now()})


def _results(session: Session, assessment_id: str, instrument: Instrument) -> tuple[Result, ...]:
    parts = {part.id: part.name.by_language() for part in instrument.bands}
    return tuple(
        Result(
            name=one.domain.name.by_language(),
            score=one.score,
            earlier=one.first,
            part={} if one.band is None else parts.get(one.band.name, {}),
        )
        for one in assessing.summary(session, assessment_id).results
    )


def _count_wrong(session: Session, tx: Transaction) -> None:
    _keep(tx, _TRIES, {"wrong": _wrong(session) + 1, "at": session.now()})


def _wrong(session: Session) -> int:
    wrong = _kept(session, _TRIES).get("wrong", 0)
    return wrong if isinstance(wrong, int) else 0


def _hash(pin: str, salt: bytes) -> str:
    return keys.stretch(pin, salt, _COST).hex()


def _kept(session: Session, name: str) -> dict[str, Json]:
    found = json.loads(settings.setting(session.store, name) or "{}")
    return found if isinstance(found, dict) else {}


def _keep(tx: Transaction, name: str, value: dict[str, Json]) -> None:
    settings.keep_setting(tx, name, canonical(value).decode() if value else "")


def _whole(texts: Sequence[Texts]) -> tuple[str, ...]:
    """The languages in which every text is said, in the order of the first text's."""
    return tuple(language for language in texts[0] if all(text.get(language) for text in texts))
