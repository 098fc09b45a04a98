"""The whole main job on invented people, without a window: each step with its time and what it made."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from valmentaja.base.errors import N_, UserError
from valmentaja.domain.client import ClientId
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Evidence, Responsible, Signature, SignatureState
from valmentaja.i18n import tr
from valmentaja.i18n.formats import decimal
from valmentaja.usecases import (
    assessing,
    caseload,
    checking,
    meetings,
    monthly,
    opening,
    planning,
    sending,
    signing,
    training,
)
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session

ANSWERS = (6, 4, 7, 3, 8, 5)
WISHES = (N_("I want my mornings in order."), N_("I want to work with my hands again."))
FIRST_STEPS = (N_("I book a time with the nurse"), N_("I visit the workshop"))
SIGNATURE = (((300, 1500), (900, 500), (1300, 1500), (1800, 700), (2400, 1300)), ((2700, 900), (4200, 1100)))
"""Two strokes in 1/100 mm, plainly nobody's name."""


@dataclass(slots=True)
class _Steps:
    """Says each step when it is done, with the seconds since the one before."""

    say: Callable[[str], None]
    language: str
    count: int = 0
    since: float = field(default_factory=time.perf_counter)

    def done(self, text: str) -> None:
        self.count += 1
        now = time.perf_counter()
        self.say(tr("{n}. {what} ({seconds} ms)", n=self.count, what=text, seconds=round((now - self.since) * 1000)))
        self.since = now

    def file(self, path: Path) -> None:
        self.say(f"   {path}")


def demo(folder: Path, language: str, say: Callable[[str], None]) -> None:
    """From an empty folder to a signed plan and a month's package; UserError when the folder is in use."""
    vault, outbox = folder / "vault", folder / "outbox"
    if vault.exists() or outbox.exists():
        raise UserError(N_("{folder} is in use. Give a new or empty folder."), folder=str(folder))
    steps = _Steps(say=say, language=language)
    training.make_training_vault(vault).wipe()
    steps.done(tr("Encrypted training vault with invented people"))
    steps.file(vault)
    client, assessment = _first_meeting(vault, steps)
    session = opening.unlock(vault, training.WORDS)
    try:
        _second_meeting(session, client, assessment, steps)
        plan = _plan(session, client, steps)
        pdf = _signed(session, plan, language, outbox, steps)
        package = _month(session, outbox, steps)
    finally:
        opening.close(session)
    for path in (pdf, package):
        _verify(path, outbox, steps)


def _first_meeting(vault: Path, steps: _Steps) -> tuple[ClientId, str]:
    """Ends half-way with the vault locked, as if the laptop had been closed."""
    session = opening.unlock(vault, training.WORDS)
    try:
        steps.done(tr("Vault opened with its passphrase"))
        client = caseload.take_on(session, NewClient(family_name="Esimerkkilä", given_names="Testi")).made
        meeting = int(meetings.start(session, client, place=tr("Library")).made)
        assessment = assessing.begin(session, client).made
        _answer(session, assessment, assessing.runner(session, assessment).total // 2)
        meetings.keep_notes(session, meeting, notes="", agreed=tr("We go on next week."))
        meetings.end(session, meeting, minutes=45)
        held = assessing.runner(session, assessment)
        steps.done(tr("Meeting 1: {answered} of {total} questions answered", answered=held.answered, total=held.total))
        return client, assessment
    finally:
        opening.close(session)


def _second_meeting(session: Session, client: ClientId, assessment: str, steps: _Steps) -> None:
    meeting = int(meetings.start(session, client, place=tr("Library")).made)
    resumed = assessing.runner(session, assessment)
    steps.done(tr("Meeting 2: goes on at question {item}", item=resumed.resume_at or ""))
    _answer(session, assessment, resumed.total - resumed.answered)
    assessing.close(session, assessment)
    meetings.end(session, meeting, minutes=50)
    strongest = assessing.summary(session, assessment).results[0]
    score = "" if strongest.score is None else decimal(strongest.score, steps.language)
    name = strongest.domain.name.in_(steps.language)
    steps.done(tr("Assessment closed; strongest: {domain} {score} / 10", domain=name, score=score))


def _answer(session: Session, assessment: str, how_many: int) -> None:
    """Every question where it stands, the way the coach meets them."""
    for n in range(how_many):
        item = assessing.runner(session, assessment).resume_at
        if item is not None:
            assessing.answer(session, assessment, item, ANSWERS[n % len(ANSWERS)])


def _plan(session: Session, client: ClientId, steps: _Steps) -> str:
    plan = planning.draft(session, client, PlanKind.VALMENNUS).made
    by = session.today() + timedelta(days=14)
    weakest = planning.findings(session, client, plan)
    for wish, step, finding in zip(WISHES, FIRST_STEPS, weakest, strict=False):
        evidence = Evidence(assessment=finding.assessment, domain=finding.domain.id, item=finding.weakest_item)
        goal = planning.add_goal(session, plan, words=tr(wish), evidence=evidence).made
        planning.add_step(session, plan, goal, what=tr(step), responsible=Responsible.CLIENT, by=by)
    planning.freeze(session, plan)
    short = (planning.plan(session, plan).fingerprint or "")[:8]
    steps.done(tr("Plan frozen, fingerprint {fingerprint}", fingerprint=short))
    return plan


def _signed(session: Session, plan: str, language: str, outbox: Path, steps: _Steps) -> Path:
    ink = Signature(plan=plan, party=signing.CLIENT, state=SignatureState.INK, on=session.today(), ink=SIGNATURE)
    sealed = signing.seal(signing.sign_job(session, plan, language, (ink,)))
    document = signing.keep(session, sealed).made
    path = sending.hand_over(session, document, outbox)
    steps.done(tr("Plan signed with ink and sealed"))
    steps.file(path)
    return path


def _month(session: Session, outbox: Path, steps: _Steps) -> Path:
    period = monthly.months(session)[0]
    path = monthly.write(session, period, outbox)
    monthly.write_public_key(session, outbox)
    steps.done(tr("Figures of {month} protected, sealed and packed", month=period))
    steps.file(path)
    return path


def _verify(path: Path, outbox: Path, steps: _Steps) -> None:
    key = next(outbox.glob("*.pub")).read_text(encoding="utf-8")
    verdict = checking.check(path.name, path.read_bytes(), key)
    for text, values in verdict.sentences:
        steps.say(f"   {tr(text, **dict(values))}")
    if not verdict.sound:
        raise UserError(N_("{file} is not sound. Do not rely on it."), file=path.name)
    steps.done(tr("Checked: {file}", file=path.name))
