"""Measurements beside each other: what can be chosen, and the pictures made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from valmentaja.base.errors import N_
from valmentaja.definitions.instrument import Domain, Instrument
from valmentaja.domain import assessment as rules
from valmentaja.domain import baseline, versions
from valmentaja.domain.assessment import Assessment
from valmentaja.domain.client import ClientId
from valmentaja.domain.codes import Rater
from valmentaja.domain.rating import Aspect, Ratings
from valmentaja.i18n import words
from valmentaja.i18n.formats import day
from valmentaja.pictures.picture import Series
from valmentaja.pictures.radar import Radar
from valmentaja.pictures.trend import Moment, Panel, Trend
from valmentaja.store import assessments as kept
from valmentaja.store import ratings
from valmentaja.usecases import instruments
from valmentaja.usecases.session import Session


class Voice(StrEnum):
    """Whose view a series shows: the client's answers, the coach's, or what both settled on."""

    CLIENT = "client"
    COACH = "coach"
    AGREED = "agreed"


VOICES = {Voice.CLIENT: N_("client"), Voice.COACH: N_("coach"), Voice.AGREED: N_("agreed together")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One series that a radar can show; `key` names it, `scores` has the domains it has a value for.

    `known` are the versions of instruments through which it is compared with others.
    """

    assessment: Assessment
    voice: Voice
    instrument: Instrument
    scores: Mapping[str, Fraction]
    known: Mapping[str, Instrument] = field(repr=False)

    @property
    def key(self) -> str:
        return f"{self.assessment.id}/{self.voice}"

    @property
    def on(self) -> date:
        return self.assessment.closed or self.assessment.opened

    def value(self, lead: Instrument, domain: Domain) -> Fraction | None:
        """The score in another version's domain; None when there is none or something else was asked."""
        own = versions.matched(lead, self.instrument, self.known).get(domain.id)
        return None if own is None else self.scores.get(own)

    def name(self, language: str) -> str:
        w = words(language)
        told = f"{day(self.on, language)} {w(VOICES[self.voice])}"
        return told if self.assessment.closed else w("{name} (under way)", name=told)


def choices(session: Session, client_id: ClientId) -> tuple[Choice, ...]:
    """Every measurement by everybody who rated in it, the latest first; what has no score at all is not there."""
    known = instruments.known(session.store)
    held = reversed(kept.of_client(session.store, client_id))
    found = [_choice(session, a, voice, known) for a in held if a.instrument in known for voice in Voice]
    return tuple(c for c in found if c.scores)


def first_and_latest(offered: Sequence[Choice]) -> tuple[str, ...]:
    """The keys that are shown unless others are chosen: the client's own latest, and the first that compares with it.

    A measurement under way leads only when there is no other.
    """
    own = [c for c in offered if c.voice is Voice.CLIENT]
    own = [c for c in own if c.assessment.closed] or own
    if not own:
        return tuple(c.key for c in offered[:1])
    first = baseline.baseline(
        (own[0].assessment, own[0].instrument), [(c.assessment, c.instrument) for c in reversed(own)], own[0].known
    )
    return tuple(c.key for c in own if c is own[0] or (first is not None and c.assessment is first[0]))


def radar(
    session: Session, client_id: ClientId, *, keys: Sequence[str] | None = None, language: str = "fi"
) -> Radar | None:
    """The chosen series over each other, first against latest by default; None when there is nothing to show.

    Everything is compared with the first of them. A key that has no scores any more is passed over.
    """
    offered = choices(session, client_id)
    wanted = first_and_latest(offered) if keys is None else keys
    chosen = [c for c in offered if c.key in wanted]
    return _radar(chosen, language) if chosen else None


def trend(session: Session, client_id: ClientId, *, language: str = "fi") -> Trend | None:
    """Every measurement in the order of time, domain by domain; None when there is no score.

    The domains are those of the latest measurement with a score.
    """
    offered = choices(session, client_id)
    if not offered:
        return None
    w, lead = words(language), offered[0].instrument
    measured = list({c.assessment.id: c for c in reversed(offered)}.values())
    moments = tuple(Moment(on=c.on, name=n) for c, n in zip(measured, _days(measured, language), strict=True))
    by_key = {c.key: c for c in offered}
    voices = [v for v in Voice if any(c.voice is v for c in offered)]
    rows = [(v, [by_key.get(f"{c.assessment.id}/{v}") for c in measured]) for v in voices]
    panels = tuple(
        Panel(
            name=domain.name.in_(language),
            series=tuple(Series(name=w(VOICES[v]), values=_course(lead, domain, row)) for v, row in rows),
        )
        for domain in lead.scored_domains
    )
    apart = tuple(note for c, m in zip(measured, moments, strict=True) for note in _apart(lead, c, m.name, language))
    return Trend(title=w("Trend by domain"), moments=moments, panels=panels, notes=apart, language=language)


def _course(lead: Instrument, domain: Domain, row: Sequence[Choice | None]) -> tuple[Fraction | None, ...]:
    return tuple(None if choice is None else choice.value(lead, domain) for choice in row)


def _days(measured: Sequence[Choice], language: str) -> list[str]:
    return _apart_by_number([day(c.on, language) for c in measured])


def _radar(chosen: Sequence[Choice], language: str) -> Radar:
    w, lead = words(language), chosen[0].instrument
    names = _names(chosen, language)
    made = Radar(
        title=w("Results by domain"),
        axes=tuple(d.name.in_(language) for d in lead.scored_domains),
        series=tuple(Series(name=n, values=_values(lead, c)) for n, c in zip(names, chosen, strict=True)),
        language=language,
    )
    apart = tuple(note for n, c in zip(names, chosen, strict=True) for note in _apart(lead, c, n, language))
    return Radar(
        title=made.title,
        axes=made.axes,
        series=made.series,
        notes=(*made.missing(), *apart),
        language=language,
    )


def _choice(session: Session, held: Assessment, voice: Voice, known: Mapping[str, Instrument]) -> Choice:
    instrument = known[held.instrument]
    scores = _scores(session, held, voice, instrument)
    return Choice(assessment=held, voice=voice, instrument=instrument, scores=scores, known=known)


def _scores(session: Session, held: Assessment, voice: Voice, instrument: Instrument) -> Mapping[str, Fraction]:
    """The client's come from answers; the coach rates a whole domain, or answers the items; the rest is agreed."""
    if voice is Voice.CLIENT:
        return rules.scores(instrument, held.values())
    rated = Ratings.of(ratings.of_assessment(session.store, held.id))
    if voice is Voice.AGREED:
        return _rated(instrument, rated, Aspect.AGREED)
    answered = rules.scores(instrument, held.values(Rater.VALMENTAJA))
    return {**answered, **_rated(instrument, rated, Aspect.COACH)}


def _rated(instrument: Instrument, rated: Ratings, aspect: Aspect) -> Mapping[str, Fraction]:
    found = ((d.id, rated.number(d.id, aspect)) for d in instrument.scored_domains)
    return {domain: Fraction(number) for domain, number in found if number is not None}


def _values(lead: Instrument, choice: Choice) -> tuple[Fraction | None, ...]:
    return tuple(choice.value(lead, domain) for domain in lead.scored_domains)


def _apart(lead: Instrument, choice: Choice, name: str, language: str) -> list[str]:
    """What a series has that the picture cannot show: other questions were asked."""
    same = versions.matched(lead, choice.instrument, choice.known).values()
    other = [d for d in choice.instrument.scored_domains if d.id in choice.scores and d.id not in same]
    if not other:
        return []
    text = words(language)("Cannot be compared, other questions were asked: {series}: {domains}.")
    return [text.format(series=name, domains=", ".join(d.name.in_(language) for d in other))]


def _names(chosen: Sequence[Choice], language: str) -> list[str]:
    return _apart_by_number([c.name(language) for c in chosen])


def _apart_by_number(names: Sequence[str]) -> list[str]:
    """The same name a second time gets a number: two measurements of one day."""
    told: list[str] = []
    for name in names:
        number = sum(t == name or t.startswith(f"{name} (") for t in told) + 1
        told.append(name if number == 1 else f"{name} ({number})")
    return told
