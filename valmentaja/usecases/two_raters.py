"""How client and coach see each domain, what they agreed, and where a reason is still asked for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from valmentaja.definitions.instrument import Domain
from valmentaja.domain import assessment as answers
from valmentaja.domain import rating as rules
from valmentaja.domain.rating import YES, Aspect
from valmentaja.usecases import assessing, rating
from valmentaja.usecases.assessing import Runner
from valmentaja.usecases.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoRaters:
    """One scored domain; `client` is the score of the client's answers, `wish` None when it was not asked.

    `answered` is the score of the coach's own answers, which speaks where `coach` was not given; `reason` belongs to
    the agreed value, `told` to the coach's.
    """

    domain: Domain
    client: Fraction | None
    importance: int | None
    wish: bool | None
    coach: int | None
    worry: int | None
    agreed: int | None
    reason: str
    answered: Fraction | None = None
    told: str = ""

    @property
    def differs(self) -> bool:
        return rules.differ(self.client, self.answered if self.coach is None else Fraction(self.coach))

    @property
    def lacks_reason(self) -> bool:
        return self.differs and not (self.reason.strip() or self.told.strip())

    def text(self, aspect: Aspect) -> str:
        """The value as it is kept; "" when nothing was said."""
        if aspect == Aspect.WISH:
            return "" if self.wish is None else YES if self.wish else rules.NO
        held = {
            Aspect.IMPORTANCE: self.importance,
            Aspect.COACH: self.coach,
            Aspect.WORRY: self.worry,
            Aspect.AGREED: self.agreed,
        }.get(aspect)
        return "" if held is None else str(held)


def two_raters(session: Session, assessment_id: str) -> tuple[TwoRaters, ...]:
    """The scored domains of this measurement, in the instrument's order."""
    return of_runner(session, assessing.runner(session, assessment_id))


def of_runner(session: Session, shown: Runner) -> tuple[TwoRaters, ...]:
    """The same for what has been read already."""
    said = rating.ratings(session, shown.assessment_id)
    scores = answers.scores(shown.instrument, {item: held.value for item, held in shown.values.items()})
    own = answers.scores(shown.instrument, {item: held.value for item, held in shown.coach_values.items()})
    return tuple(
        TwoRaters(
            domain=part.domain,
            client=scores.get(part.domain.id),
            importance=said.number(part.domain.id, Aspect.IMPORTANCE),
            wish=_wish(said, part.domain.id),
            coach=said.number(part.domain.id, Aspect.COACH),
            worry=said.number(part.domain.id, Aspect.WORRY),
            agreed=said.number(part.domain.id, Aspect.AGREED),
            reason=said.reason(part.domain.id, Aspect.AGREED),
            answered=own.get(part.domain.id),
            told=said.reason(part.domain.id, Aspect.COACH),
        )
        for part in shown.domains
        if part.domain.scored
    )


def _wish(said: rules.Ratings, domain: str) -> bool | None:
    held = said.held.get((domain, Aspect.WISH))
    return held.value == YES if held is not None and held.value else None
