"""Everything a printed summary shows, and the words both versions share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from valmentaja.base.errors import N_
from valmentaja.definitions.instrument import Domain, Instrument
from valmentaja.definitions.text import LocalText
from valmentaja.domain.assessment import Assessment, Mode, NoValue
from valmentaja.domain.case import Case, Clarification, Contribution
from valmentaja.domain.summary import Audience, DomainView
from valmentaja.i18n import Words
from valmentaja.i18n.formats import day, decimal
from valmentaja.pictures.picture import Picture

NOTHING = "–"
MODES = {
    Mode.ALONE: N_("The client answered alone"),
    Mode.HELPED: N_("The client answered together with the coach"),
    Mode.INTERPRETER: N_("The client answered through an interpreter"),
}
REASONS = (NoValue.EI_HALUA, NoValue.EI_KOSKE, NoValue.EI_KYSYTTY)
"""Why an item has no number, in the order they are told; they never share a line."""
RULE_OF_THUMB = N_(
    "A change of at least 1 point counts as change. This is our own rule of thumb and has not been validated."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryPaper:
    """`views` in the instrument's order; `fields` are the texts of the case; `kinds` name its clarifications;
    `conclusions` are by domain, `concluded_apart` on domains of other instruments with their names.
    `apart` are the domains in which the first measurement asked something else.

    `created` is noon UTC of the day the paper is made, so the same data give the same bytes on that day.
    """

    audience: Audience
    language: str
    client_name: str
    birth_year: int | None
    case_no: str
    unit_name: str
    coach_name: str
    confidential: LocalText
    created: str
    training: bool
    instrument: Instrument
    assessment: Assessment
    first: Assessment | None
    views: tuple[DomainView, ...]
    total: Fraction | None = None
    total_change: Fraction | None = None
    apart: tuple[Domain, ...] = ()
    others: tuple[tuple[date, str], ...] = ()
    case: Case | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    conclusions: Mapping[str, str] = field(default_factory=dict)
    concluded_apart: tuple[tuple[str, str], ...] = ()
    clarifications: tuple[Clarification, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    contributions: tuple[Contribution, ...] = ()
    picture: Picture | None = None

    @property
    def made_on(self) -> date:
        """The day the paper is made, which states of clarifications are reckoned on: what it tells may be newer than
        the measurement."""
        return date.fromisoformat(self.created[:10])

    def name_of(self, view: DomainView) -> str:
        return view.domain.name.in_(self.language)

    def score(self, value: Fraction | int | None) -> str:
        """`6,7`, a whole number as it was given, or a dash."""
        if value is None:
            return NOTHING
        return str(value) if isinstance(value, int) else decimal(value, self.language)

    def change(self, view: DomainView) -> str:
        """`+1,8` or `−1,3`, or a dash."""
        if view.delta is None:
            return NOTHING
        return ("+" if view.delta > 0 else "") + decimal(view.delta, self.language)

    def what(self, asked: Clarification) -> str:
        """The clarification's kind and what exactly is asked."""
        return ": ".join(filter(None, (self.kinds.get(asked.kind, asked.kind), asked.what.strip())))

    def day(self, value: date | None) -> str:
        return day(value, self.language) or NOTHING


def apart(paper: SummaryPaper, w: Words) -> str:
    """What is not compared, in a sentence; "" when everything is."""
    names = ", ".join(domain.name.in_(paper.language) for domain in paper.apart)
    return w("Not compared, other questions were asked the first time: {domains}", domains=names) if names else ""


def counts(views: Sequence[DomainView], why: NoValue) -> int:
    return sum(len(v.items(why)) for v in views)


def differing(paper: SummaryPaper, view: DomainView, w: Words) -> str:
    """`Arki: client 3,3, coach 6, agreed together 5.` with the reason in the words it was given."""
    you = paper.audience is Audience.CLIENT
    parts = [
        w(N_("you {score}") if you else N_("client {score}"), score=paper.score(view.score)),
        w(N_("your coach {score}") if you else N_("coach {score}"), score=_coach(paper, view)),
    ]
    if view.agreed is not None:
        parts.append(w("agreed together {score}", score=view.agreed))
    said = w("{domain}: {scores}.", domain=paper.name_of(view), scores=", ".join(parts))
    return f"{said} {w('Reason: {reason}', reason=' '.join(view.reasons))}" if view.reasons else said


def _coach(paper: SummaryPaper, view: DomainView) -> str:
    return NOTHING if view.coach is None else whole(view.coach, paper.language)


def whole(value: Fraction, language: str) -> str:
    """A rating on the scale as it was given, a mean with one decimal."""
    return str(value.numerator) if value.denominator == 1 else decimal(value, language)
