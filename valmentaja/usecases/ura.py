"""The summary for the national system (URA): what to type there and where; the day it was typed is recorded.

As with a plan: `paper` reads on the UI thread, `make` draws in the worker, `keep` stores.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.plan_types import plan_type
from valmentaja.definitions.services import services
from valmentaja.definitions.ura import NAMES, SOURCE, code_names
from valmentaja.domain import ura as rules
from valmentaja.domain.client import ClientId
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.plan import Plan
from valmentaja.domain.table_words import CODES
from valmentaja.domain.ura import Entered, Entry, Kind, Line, News, Summary
from valmentaja.i18n import Words, words
from valmentaja.i18n.formats import day
from valmentaja.store import clients, meetings, plans
from valmentaja.store import ura as kept
from valmentaja.usecases import caseload, papers
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed

if TYPE_CHECKING:
    from valmentaja.documents.ura_pdf import UraPaper

DOCUMENT = "ura"
CODES_OF = N_(
    "Codes: Statistics Finland, {source}. Where the national system names a code otherwise, believe the system."
)
WHERE = {
    Kind.EMPLOYMENT: N_("Employment code"),
    Kind.SEGMENT: N_("Service segment"),
    Kind.PLAN: N_("Type of plan"),
    Kind.SERVICE: N_("Service"),
    Kind.JOB: N_("Duration of a job"),
    Kind.EXIT: N_("End of the work"),
    Kind.CONTACT: N_("Contact"),
}
DAYS = {
    Kind.EMPLOYMENT: (N_("from {day}"), ""),
    Kind.SEGMENT: (N_("from {day}"), ""),
    Kind.PLAN: (N_("agreed {day}"), N_("review {day}")),
    Kind.SERVICE: (N_("from {day}"), N_("until {day}")),
    Kind.JOB: (N_("from {day}"), N_("until {day}")),
    Kind.EXIT: (N_("last day {day}"), ""),
    Kind.CONTACT: ("", ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line of the summary in a language, in pieces that are typed one by one.

    `official` is the name as it stands in the national system, in Finnish; `name` the same in the language. `days` are
    (the day in words, the day as it is typed); `also` other codes that may be the right one, with their names.
    """

    where: str
    code: str
    name: str
    official: str
    days: tuple[tuple[str, str], ...]
    more: str
    also: tuple[tuple[str, str], ...]
    news: News
    before: str = ""


def summary(session: Session, client_id: ClientId) -> Summary:
    """Everything confirmed, against what was last entered."""
    facts = rules.Facts(
        client=caseload.client(session, client_id),
        statuses=clients.statuses(session.store, client_id),
        services=clients.services(session.store, client_id),
        meetings=meetings.of_client(session.store, client_id),
        plans=plans.of_client(session.store, client_id),
    )
    return rules.summarise(facts, kept.of_client(session.store, client_id), session.today())


def entered(session: Session, client_id: ClientId) -> tuple[Entered, ...]:
    """The days on which it was entered, newest first."""
    return kept.of_client(session.store, client_id)[::-1]


def record(session: Session, client_id: ClientId, seen: Summary, *, on: date | None = None) -> Changes:
    """The coach has typed what is `seen` into the national system, today or `on`."""
    require_here(session, client_id)
    when, now = on or session.today(), summary(session, client_id)
    if when > session.today():
        raise UserError(N_("The day is in the future. Record the day when everything has been typed."))
    if now.last is not None and when < now.last.on:
        raise UserError(N_("It was entered on {day} already. Choose that day or a later one."), day=day(now.last.on))
    if now.said != seen.said:
        raise UserError(N_("The client's facts have changed since this was shown. Look at it again first."))
    made = Entered(id=session.new_id(), client=client_id, on=when, said=now.said, at=session.now())
    with session.store.writing() as tx:
        kept.add(tx, made)
    return changed(Area.DOCUMENT, client=client_id, made=made.id)


def take_back(session: Session, client_id: ClientId, entry_id: str) -> Changes:
    """It was not typed after all: what was recorded then counts no more, and what was before does again."""
    require_here(session, client_id)
    held = next((e for e in kept.of_client(session.store, client_id) if e.id == entry_id), None)
    if held is None:
        raise UserError(N_("There is no such entry."))
    with session.store.writing() as tx:
        kept.void(tx, held, entry_id=session.new_id(), at=session.now())
    return changed(Area.DOCUMENT, client=client_id)


def told(line: Line, language: str) -> Told:
    w, entry = words(language), line.entry
    return Told(
        where=w(WHERE[entry.kind]),
        code=entry.code,
        name=_name(entry, w),
        official=_name(entry, words("fi")),
        days=_days(entry, w),
        more=_more(entry, w),
        also=tuple((code, w(NAMES[rules.LISTS[entry.kind]][code])) for code in entry.also),
        news=line.news,
        before="" if line.before is None else in_short(line.before, language),
    )


def in_short(entry: Entry, language: str) -> str:
    """`02 unemployed, from 1.3.2026`"""
    w = words(language)
    parts = (f"{entry.code} {_name(entry, w)}".strip(), *(told for told, _typed in _days(entry, w)))
    return ", ".join((*parts, *filter(None, (_more(entry, w),))))


def gone(shown: Summary, language: str) -> tuple[str, ...]:
    """What was entered and holds no more, one sentence each."""
    w = words(language)
    return tuple(f"{w(WHERE[entry.kind])}: {in_short(entry, language)}" for entry in shown.gone)


def plan_text(plan: Plan) -> str:
    """What was agreed, as lines to type: each goal, and under it its steps with their days."""
    lines = []
    for goal in plan.goals:
        lines.append(goal.words.strip())
        lines += [
            f"– {s.what.strip()}{f', {day(s.by)}' if s.by else ''}" for s in plan.steps_of(goal.id) if s.is_agreed
        ]
    return "\n".join(lines)


def plan_name(plan: Plan, language: str) -> str:
    return words(language)(NAMES[rules.LISTS[Kind.PLAN]][rules.BY_PLAN[plan.kind]])


def source(language: str) -> str:
    """Whose codes they are."""
    return words(language)(CODES_OF, source=SOURCE)


def paper(session: Session, client_id: ClientId, language: str) -> UraPaper:
    """What would be printed."""
    from valmentaja.documents.ura_pdf import UraPaper, UraRow

    shown, person, w = summary(session, client_id), caseload.client(session, client_id), words(language)
    rows = [UraRow(**_cells(line, language)) for line in shown.lines]
    last = shown.last
    return UraPaper(
        title=w(N_("Summary for the national system (URA), {number}"), number=person.id),
        heading=w(N_("Summary for URA")),
        language=language,
        facts=(
            (w("Client"), f"{person.name} · {person.id}"),
            (w(N_("As at")), day(session.today(), language)),
            (w(N_("Last entered")), w(N_("never")) if last is None else day(last.on, language)),
        ),
        rows=tuple(rows),
        also=tuple(sorted({pair for line in shown.lines for pair in told(line, language).also})),
        gone=gone(shown, language),
        texts=tuple((plan_name(p, language), plan_text(p)) for p in shown.plans if p.goals),
        lacking=tuple(w(text) for text in shown.lacking),
        source=source(language),
        is_first=last is None,
        confidential=plan_type(PlanKind.VALMENNUS, session.today()).confidential.in_(language),
        created=session.now(),
        training=session.training,
    )


def make(ready: UraPaper) -> bytes:
    """Slow, safe in the worker."""
    from valmentaja.documents.ura_pdf import render

    return render(ready)


def keep(session: Session, client_id: ClientId, ready: UraPaper, pdf: bytes) -> Changes:
    """Among the client's documents."""
    return papers.keep(session, client_id, ready, pdf, kind=DOCUMENT, stem="ura")


def _cells(line: Line, language: str) -> dict[str, str]:
    said, w = told(line, language), words(language)
    days = [in_words for in_words, _typed in said.days]
    official = said.official if rules.LISTS.get(line.entry.kind) and said.official != said.name else ""
    or_else = w(N_("or {codes}"), codes=", ".join(code for code, _name in said.also)) if said.also else ""
    return {
        "where": said.where,
        "code": " ".join(filter(None, (said.code or "–", or_else))),
        "name": said.name,
        "official": official,
        "days": ", ".join(filter(None, (*days, said.more))),
        "news": news_words(said, w),
    }


def news_words(said: Told, w: Words) -> str:
    """How it stands against what was last entered."""
    if said.news is News.CHANGED:
        return w(N_("changed, was: {before}"), before=said.before)
    return w({News.FIRST: N_("not entered yet"), News.NEW: N_("new"), News.SAME: N_("as entered")}[said.news])


def _name(entry: Entry, w: Words) -> str:
    """The code's own name; of what has no code list, the service's name or the reason."""
    if entry.kind in rules.LISTS:
        held = rules.LISTS[entry.kind]
        known = NAMES[held].get(entry.code)
        return code_names(held).get(entry.code, "?") if known is None else w(known)
    if entry.kind is Kind.SERVICE:
        return _service(entry.service, w)
    return w(CODES[entry.words]) if entry.words in CODES else ""


def _service(code: str, w: Words) -> str:
    known = services().get(code)
    return code if known is None else known.name.in_(w.language)


def _days(entry: Entry, w: Words) -> tuple[tuple[str, str], ...]:
    """The days as they are typed there, whatever language the words around them are in."""
    found = zip(DAYS[entry.kind], (entry.since, entry.until), strict=True)
    return tuple((w(text, day=day(on)) if text else day(on), day(on)) for text, on in found if on is not None)


def _more(entry: Entry, w: Words) -> str:
    """Why the code is what it is, the provider, how they met."""
    if entry.kind is Kind.SERVICE:
        return entry.words
    if entry.kind is Kind.CONTACT:
        return w(CODES[entry.words]) if entry.words in CODES else ""
    return _service(entry.service, w) if entry.service else ""
