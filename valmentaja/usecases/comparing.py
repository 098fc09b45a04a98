"""Measurements beside each other: what can be chosen, and the pictures made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from valmentaja.base.errors import N_
from valmentaja.definitions.instrument import Instrument
from valmentaja.domain import assessment as rules
from valmentaja.domain.assessment import Assessment
from valmentaja.domain.client import ClientId
from valmentaja.domain.codes import Rater
from valmentaja.i18n import words
from valmentaja.i18n.formats import day
from valmentaja.pictures.picture import Series
from valmentaja.pictures.radar import Radar
from valmentaja.store import assessments as kept
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
    """One series that a radar can show; `key` names it, `scores` has the domains it has a value for."""

    assessment: Assessment
    voice: Voice
    instrument: Instrument
    scores: Mapping[str, Fraction]

    @property
    def key(self) -> str:
        return f"{self.assessment.id}/{self.voice}"

    @property
    def on(self) -> date:
        return self.assessment.closed or self.assessment.opened

    def name(self, language: str) -> str:
        return f"{day(self.on, language)} {words(language)(VOICES[self.voice])}"


def choices(session: Session, client_id: ClientId) -> tuple[Choice, ...]:
    """Every measurement by everybody who rated in it, the latest first; what has no score at all is not there."""
    held = sorted(kept.of_client(session.store, client_id), key=lambda a: (a.closed or a.opened, a.opened))
    found = [_choice(session, a, voice) for a in reversed(held) for voice in Voice]
    return tuple(c for c in found if c.scores)


def first_and_latest(offered: Sequence[Choice]) -> tuple[str, ...]:
    """The keys that are shown unless others are chosen: the client's own latest and first."""
    own = [c.key for c in offered if c.voice is Voice.CLIENT]
    return tuple(dict.fromkeys((own[0], own[-1]))) if own else tuple(c.key for c in offered[:1])


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


def _choice(session: Session, held: Assessment, voice: Voice) -> Choice:
    instrument = instruments.get(session, held.instrument)
    return Choice(assessment=held, voice=voice, instrument=instrument, scores=_scores(instrument, held, voice))


def _scores(instrument: Instrument, held: Assessment, voice: Voice) -> Mapping[str, Fraction]:
    if voice is Voice.CLIENT:
        return rules.scores(instrument, held.values())
    if voice is Voice.COACH:
        return rules.scores(instrument, held.values(Rater.VALMENTAJA))
    return {}


def _values(lead: Instrument, choice: Choice) -> tuple[Fraction | None, ...]:
    return tuple(
        choice.scores.get(d.id) if rules.comparable(d, choice.instrument) else None for d in lead.scored_domains
    )


def _apart(lead: Instrument, choice: Choice, name: str, language: str) -> list[str]:
    """What a series has that the picture cannot show: other questions were asked."""
    other = [d for d in choice.instrument.scored_domains if d.id in choice.scores and not rules.comparable(d, lead)]
    if not other:
        return []
    text = words(language)("Cannot be compared, other questions were asked: {series}: {domains}.")
    return [text.format(series=name, domains=", ".join(d.name.in_(language) for d in other))]


def _names(chosen: Sequence[Choice], language: str) -> list[str]:
    """Two of the same day and voice are told apart by a number."""
    names: list[str] = []
    for choice in chosen:
        name, number = choice.name(language), 1
        while (told := name if number == 1 else f"{name} ({number})") in names:
            number += 1
        names.append(told)
    return names
