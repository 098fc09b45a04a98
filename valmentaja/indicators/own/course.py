"""How the own figures went over months: a few lines a topic, counts of people or ratios of two such counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from valmentaja.base.errors import N_
from valmentaja.indicators.calendar import Month, addm
from valmentaja.indicators.facts import RecordKey
from valmentaja.indicators.own import care
from valmentaja.indicators.own.figures import Caseload, Figure, Topic, figures, look
from valmentaja.indicators.own.ladder import DOWN, LEFT_TO_WORK, UP
from valmentaja.indicators.states import State

OVER_30 = care.GAPS
STATES = tuple(State)
STILL_THERE = tuple(state for state in STATES if state is not State.TYOTON)
NOT_WORKING = tuple(state for state in STATES if state not in (State.AVOIN_TYO, State.KOULUTUS, State.TUETTU_TYO))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """The figures of an indicator; `first` and `second` name codes of its dimensions, empty means all."""

    indicator: str
    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()

    def takes(self, figure: Figure) -> bool:
        key = figure.key
        of_first = not self.first or key.dim1 in self.first
        return key.indicator == self.indicator and of_first and (not self.second or key.dim2 in self.second)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The people of `above`, each once; with `below` as a share of the people of both.

    `words` is a short msgid under the topic's name.
    """

    words: str
    above: tuple[Pick, ...]
    below: tuple[Pick, ...] = ()

    def value(self, held: Iterable[Figure]) -> Fraction | None:
        """None for a share of nobody."""
        known = tuple(held)
        above = _people(known, self.above)
        if not self.below:
            return Fraction(len(above))
        below = _people(known, self.below)
        return Fraction(len(above), len(below)) if below else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """A topic in one line: its first course in the month and a year before."""

    topic: Topic
    course: Course
    now: Fraction | None
    before: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A topic in a month: its figures, and its courses with a value for each of `months`, oldest first."""

    topic: Topic
    figures: tuple[Figure, ...]
    months: tuple[Month, ...]
    courses: tuple[tuple[Course, tuple[Fraction | None, ...]], ...]


def glance(caseload: Caseload, month: Month) -> tuple[Glance, ...]:
    """Every topic in a line."""
    now, before = look(caseload, month), look(caseload, Month.of(addm(month.first, -12)))
    return tuple(
        Glance(
            topic=topic,
            course=COURSES[topic][0],
            now=COURSES[topic][0].value(figures(now, topic)),
            before=COURSES[topic][0].value(figures(before, topic)),
        )
        for topic in Topic
    )


def detail(caseload: Caseload, topic: Topic, month: Month, months: int) -> Detail:
    """The topic in the month, and over so many months that end with it."""
    shown = tuple(Month.of(addm(month.first, -back)) for back in reversed(range(months)))
    held = [figures(look(caseload, each), topic) for each in shown]
    courses = tuple((course, tuple(course.value(each) for each in held)) for course in COURSES[topic])
    return Detail(topic=topic, figures=held[-1], months=shown, courses=courses)


def is_share(topic: Topic) -> bool:
    """Whether the topic's courses are ratios; they are all of one kind."""
    return bool(COURSES[topic][0].below)


def _people(held: tuple[Figure, ...], picks: tuple[Pick, ...]) -> frozenset[RecordKey]:
    return frozenset().union(*(f.people for f in held if any(pick.takes(f) for pick in picks)))


_BETTER, _WORSE = ("P1", "P2"), ("M1", "M2")
_RATE = (Pick(indicator="AR_A"), Pick(indicator="AR_U"))
COURSES: Mapping[Topic, tuple[Course, ...]] = MappingProxyType(
    {
        Topic.CASELOAD: (
            Course(words=N_("Clients"), above=(Pick(indicator="CL01"),)),
            Course(words=N_("Taken on"), above=(Pick(indicator="IN01"),)),
            Course(words=N_("Ended"), above=(Pick(indicator="EX01"),)),
        ),
        Topic.ACTIVATION: (
            Course(words=N_("Everybody"), above=_RATE[:1], below=_RATE),
            Course(
                words=N_("500 or more benefit days"),
                above=(Pick(indicator="AR_A", first=("P",)),),
                below=tuple(Pick(indicator=pick.indicator, first=("P",)) for pick in _RATE),
            ),
        ),
        Topic.LADDER: (
            Course(
                words=N_("Up in a year"),
                above=(Pick(indicator="MOVE_12", first=(UP, LEFT_TO_WORK)),),
            ),
            Course(words=N_("Down in a year"), above=(Pick(indicator="MOVE_12", first=(DOWN,)),)),
            Course(
                words=N_("Up in a month"),
                above=(Pick(indicator="MOVE_1", first=(UP, LEFT_TO_WORK)),),
            ),
            Course(words=N_("Down in a month"), above=(Pick(indicator="MOVE_1", first=(DOWN,)),)),
        ),
        Topic.TRANSITIONS: (
            Course(
                words=N_("To work or studies"),
                above=(Pick(indicator="TM01", first=NOT_WORKING, second=("AVOIN_TYO", "KOULUTUS", "TUETTU_TYO")),),
            ),
            Course(
                words=N_("To unemployment"),
                above=(Pick(indicator="TM01", first=STILL_THERE, second=("TYOTON",)),),
            ),
        ),
        Topic.CHANGE: (
            Course(
                words=N_("Better in some domain"),
                above=(Pick(indicator="FC01", second=_BETTER),),
            ),
            Course(
                words=N_("Worse in some domain"),
                above=(Pick(indicator="FC01", second=_WORSE),),
            ),
            Course(words=N_("Measured again"), above=(Pick(indicator="FC01"),)),
        ),
        Topic.PLANS: (
            Course(words=N_("All in time"), above=(Pick(indicator="PW01", first=("KAIKKI",)),)),
            Course(words=N_("Some in time"), above=(Pick(indicator="PW01", first=("OSA",)),)),
            Course(words=N_("None in time"), above=(Pick(indicator="PW01", first=("EI",)),)),
        ),
        Topic.CONTINUITY: (
            Course(words=N_("Over 30 days"), above=(Pick(indicator="CONTACT", first=OVER_30),)),
            Course(words=N_("Over 90 days"), above=(Pick(indicator="CONTACT", first=(care.OVER,)),)),
        ),
        Topic.CONTACTS: (
            Course(words=N_("Face to face"), above=(Pick(indicator="ME01", first=("KASVOKKAIN",)),)),
            Course(words=N_("Only from afar"), above=(Pick(indicator="ME01", first=("ETA",)),)),
            Course(words=N_("No contact"), above=(Pick(indicator="ME01", first=("EI",)),)),
        ),
        Topic.TIMELINESS: (
            Course(
                words=N_("Reviews in time"),
                above=(Pick(indicator="PL04"),),
                below=(Pick(indicator="PL03"),),
            ),
            Course(
                words=N_("First plan in 30 days"),
                above=(Pick(indicator="WT01", first=("SUUNNITELMA",), second=("0-14", "15-30")),),
                below=(Pick(indicator="WT01", first=("SUUNNITELMA",)),),
            ),
        ),
        Topic.GAPS: (
            Course(
                words=N_("No next step"),
                above=(Pick(indicator="NO_SERVICE", first=OVER_30, second=("",)),),
            ),
            Course(
                words=N_("A step ahead"),
                above=(Pick(indicator="NO_SERVICE", first=OVER_30, second=(care.WITH_STEP,)),),
            ),
        ),
        Topic.LATER: (
            Course(
                words=N_("Work or studies"),
                above=(Pick(indicator="OE01", second=("TYO", "KOULUTUS", "TUETTU")),),
            ),
            Course(words=N_("Another situation"), above=(Pick(indicator="OE01", second=("MUU",)),)),
            Course(words=N_("Not known"), above=(Pick(indicator="OE01", second=("EI_TIETOA",)),)),
        ),
    }
)
"""The first of a topic is the one told at a glance."""
