"""A plan on paper: what was agreed, in the client's words first, ready to be signed by every party."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from valmentaja.base.canonical import canonical, fingerprint
from valmentaja.base.errors import N_
from valmentaja.definitions.plan_types import FieldKind, Party, PlanField, PlanType
from valmentaja.documents import blocks
from valmentaja.documents.frame import PageFrame
from valmentaja.documents.metadata import About, Attachment
from valmentaja.documents.story import Story
from valmentaja.documents.voice import Said, Voice
from valmentaja.domain.plan import Decision, Goal, Plan, Responsible, Signature, SignatureState, Step, content
from valmentaja.i18n import words

CLIENT_PARTY = "client"
SEAL_FIELD = "seal"
ATTACHED = "plan.json"
BULLETS = ("- ", "• ", "* ")
STEP_SHARES = (0.34, 0.22, 0.16, 0.14, 0.14)
WHO = {
    Responsible.CLIENT: N_("The client"),
    Responsible.COACH: N_("The coach"),
    Responsible.TOGETHER: N_("Together"),
    Responsible.OTHER: N_("Someone else"),
}


ANSWERS = {Decision.YES: N_("yes"), Decision.LATER: N_("later"), Decision.NO: N_("no")}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPaper:
    """Everything a printed plan shows. `created` is a UTC stamp; `findings` maps goal ids to readable texts.

    `anchor` is where the vault's log stood when it was sealed. `beside` is the language that stands beside the
    paper's own, or empty; `unchecked` when nobody has confirmed its translations.
    """

    plan: Plan
    plan_type: PlanType
    language: str
    client_name: str
    birth_year: int | None
    case_no: str
    unit_name: str
    coach_name: str
    created: str
    training: bool
    confidentiality: bool = True
    signatures: tuple[Signature, ...] = ()
    service_names: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)
    anchor: str = ""
    beside: str = ""
    unchecked: bool = False


def field_of(party: str) -> str:
    """The name of a party's signature field; a field name holds no dot."""
    return "signature_" + party.replace(".", "_")


def render(paper: PlanPaper) -> bytes:
    """The plan as PDF/UA-1 and PDF/A-3a with the plan attached as JSON; the same paper gives the same bytes.

    UserError names the first character that no bundled font can draw; nothing is returned then.
    """
    w = Voice(paper.language, paper.beside)
    attached = canonical(content(paper.plan))
    story = Story()
    _opening(story, paper, w)
    _sections(story, paper, w)
    _goals(story, paper, w)
    _signatures(story, paper, w)
    frame = PageFrame(
        marking=_marking(w).text if paper.confidentiality else "",
        banner=w("TRAINING – not a real document").text if paper.training else "",
        title=_title(paper, w).text,
        fingerprint=(paper.plan.fingerprint or fingerprint(attached))[:16],
        words=words(paper.language),
    )
    return story.pdf(_about(paper, w, attached), frame.draw)


def _title(paper: PlanPaper, w: Voice) -> Said:
    return w("{plan}, version {n}", plan=w.of(paper.plan_type.name), n=paper.plan.version)


def _marking(w: Voice) -> Said:
    return w("CONFIDENTIAL")


def _about(paper: PlanPaper, w: Voice, attached: bytes) -> About:
    plan = Attachment(
        name=ATTACHED,
        media_type="application/json",
        description=w("The plan as data: exactly what is printed here").text,
        content=attached,
    )
    return About(
        title=_title(paper, w).text,
        language=w.language,
        created=datetime.fromisoformat(paper.created),
        attachments=(plan,),
        anchor=paper.anchor,
    )


def _opening(story: Story, paper: PlanPaper, w: Voice) -> None:
    if paper.training:
        story.paragraph(w("TRAINING – not a real document"), blocks.BANNER)
    if paper.confidentiality:
        story.paragraph(_marking(w), blocks.MARKING)
        story.paragraph(w.of(paper.plan_type.confidential), blocks.BASIS)
    if paper.unchecked:
        story.paragraph(w("Translation not checked. The Finnish text applies."), blocks.BANNER)
    story.heading(1, _title(paper, w))
    story.facts([(label, value) for label, value in _facts(paper, w) if value])


def _facts(paper: PlanPaper, w: Voice) -> list[tuple[Said, str]]:
    plan = paper.plan
    return [
        (w("Client"), paper.client_name),
        (w("Year of birth"), "" if paper.birth_year is None else str(paper.birth_year)),
        (w("Case number"), paper.case_no),
        (w("Unit"), paper.unit_name),
        (w("Coach"), paper.coach_name),
        (w("Drawn up"), w.day(plan.drawn_up).text),
        (w("Review at the latest"), w.day(plan.review_due).text),
        (w("Legal basis of the plan"), paper.plan_type.source),
    ]


def _sections(story: Story, paper: PlanPaper, w: Voice) -> None:
    for section in paper.plan_type.sections_for(dict(paper.plan.fields)):
        filled = [f for f in section.fields if paper.plan.field(f.id).strip()]
        if not filled:
            continue
        story.heading(2, w.of(section.title))
        for each in filled:
            _field(story, each, paper, w)


def _field(story: Story, asked: PlanField, paper: PlanPaper, w: Voice) -> None:
    story.heading(3, w.of(asked.label))
    value = paper.plan.field(asked.id).strip()
    if asked.kind is FieldKind.TICK:
        story.paragraph(w("Yes") if value == "1" else w("No"))
    elif asked.kind is FieldKind.DATE:
        story.paragraph(w.day(date.fromisoformat(value)).text)
    else:
        _prose(story, value)


def _prose(story: Story, text: str) -> None:
    """A typed text: lines become paragraphs, lines that begin with a dash become one list."""
    items: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith(BULLETS):
            items.append(line[2:].strip())
            continue
        _flush(story, items)
        story.paragraph(line)
    _flush(story, items)


def _flush(story: Story, items: list[str]) -> None:
    if items:
        story.bullets(list(items))
        items.clear()


def _goals(story: Story, paper: PlanPaper, w: Voice) -> None:
    if not paper.plan.goals:
        return
    story.heading(2, w("Goals and steps"))
    for number, goal in enumerate(paper.plan.goals, start=1):
        _goal(story, paper, w, number, goal)


def _goal(story: Story, paper: PlanPaper, w: Voice, number: int, goal: Goal) -> None:
    story.heading(3, w("Goal {n}", n=number))
    story.quote(w("“{words}”", words=goal.words.strip()).text)
    if goal.why.strip():
        story.paragraph(w("Why it matters: {why}", why=Said(goal.why.strip())))
    if goal.reached_when.strip():
        story.paragraph(w("How we see that it is reached: {sign}", sign=Said(goal.reached_when.strip())))
    finding = paper.findings.get(goal.id, "").strip()
    if finding:
        story.paragraph(w("What it is based on: {finding}", finding=Said(finding)))
    steps = paper.plan.steps_of(goal.id)
    if steps:
        head = (w("Step"), w("Service and provider"), w("Who does it"), w("Starts"), w("Ready by"))
        story.table(head, [_step(step, paper, w) for step in steps], STEP_SHARES)


def _step(step: Step, paper: PlanPaper, w: Voice) -> tuple[str | Said, ...]:
    service = paper.service_names.get(step.service, step.service)
    return (
        _what(step, w),
        ", ".join(filter(None, (service, step.provider))),
        "" if step.responsible is None else w(WHO[step.responsible]),
        w.day(step.planned_start).text,
        w.day(step.by).text,
    )


def _what(step: Step, w: Voice) -> Said:
    """The step in the words it was agreed in, and in sentences after it how it came about."""
    agreed, what = list(_agreed(step, w)), step.what.strip()
    if agreed and not what.endswith((".", "!", "?")):
        what += "."
    text = " ".join((what, *(said.text for said in agreed)))
    return Said(text, " ".join(said.other for said in agreed), w.other)


def _agreed(step: Step, w: Voice) -> Iterator[Said]:
    """As far as it was said."""
    if step.parallel:
        yield w("Beside the step before.")
    if step.proposed_by is not None:
        yield w("Proposed by: {who}.", who=w(WHO[step.proposed_by]))
    if step.decision is not None:
        yield w("The client says: {answer}.", answer=w(ANSWERS[step.decision]))


def _signatures(story: Story, paper: PlanPaper, w: Voice) -> None:
    given = {s.party: s for s in paper.signatures}
    story.heading(2, w("Signatures"))
    for party in paper.plan_type.parties:
        _party(story, paper, w, party, given.get(party.id))
    _seal(story, paper, w)


def _party(story: Story, paper: PlanPaper, w: Voice, party: Party, given: Signature | None) -> None:
    name = w.of(party.name)
    story.heading(3, name, room=120)
    who = _signer(paper, party, given)
    if who:
        story.paragraph(who)
    story.paragraph(_state(given, w))
    if given is not None and given.state is SignatureState.INK and any(given.ink):
        story.ink(given.ink, w("Handwritten signature: {party}, {day}", party=name, day=w.day(given.on)).text)
    elif party.id != CLIENT_PARTY:
        story.signature_field(field_of(party.id), w("Electronic signature: {party}", party=name).text)


def _signer(paper: PlanPaper, party: Party, given: Signature | None) -> str:
    name = given.name if given is not None else ""
    if not name and party.id == CLIENT_PARTY:
        name = paper.client_name
    return ", ".join(filter(None, (name, given.capacity if given is not None else "")))


def _state(given: Signature | None, w: Voice) -> Said:
    if given is None or given.state is SignatureState.PENDING:
        return w("Not signed yet.")
    when = w.day(given.on)
    if given.state is SignatureState.REFUSED:
        return w("Did not sign. Reason: {reason}", reason=given.reason or "–")
    if given.state is SignatureState.TYPED:
        return w("Signed by typing the name on {day}.", day=when)
    if given.state is SignatureState.ELECTRONIC:
        return w("Signed electronically on {day}, in the copy made then.", day=when)
    if given.state is SignatureState.PAPER:
        return w("Signed on a paper copy on {day}.", day=when) if when.text else w("Signed on a paper copy.")
    return w("Signed by hand on {day}.", day=when) if when.text else w("Signed by hand.")


def _seal(story: Story, paper: PlanPaper, w: Voice) -> None:
    story.heading(3, w("Electronic seal"), room=120)
    story.paragraph(w("The seal shows that this file has not been changed. Sealed by: {unit}", unit=paper.unit_name))
    story.signature_field(SEAL_FIELD, w("Electronic seal: {unit}", unit=paper.unit_name).text)
