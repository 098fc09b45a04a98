"""What is said of a whole domain: scales, need, difference, and that nothing once said is lost."""

from __future__ import annotations

from fractions import Fraction

import pytest

from valmentaja.base.errors import UserError
from valmentaja.domain.rating import Aspect, differ, is_valid, need
from valmentaja.usecases import assessing, caseload, meetings, rating
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session


@pytest.fixture
def assessment(session: Session) -> str:
    client = caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi")).made
    meetings.start(session, client)
    return assessing.begin(session, client).made


@pytest.mark.parametrize(
    ("aspect", "good", "bad"),
    [
        (Aspect.IMPORTANCE, ("0", "10", ""), ("11", "-1", "5.5", "yes", " 5")),
        (Aspect.COACH, ("0", "10"), ("11", "x")),
        (Aspect.WORRY, ("0", "3"), ("4", "-1")),
        (Aspect.AGREED, ("7",), ("12",)),
        (Aspect.WISH, ("yes", "no", ""), ("1", "maybe")),
        (Aspect.NOTE, ("",), ("5",)),
    ],
)
def test_each_aspect_has_its_own_scale(aspect: Aspect, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    assert all(is_valid(aspect, value) for value in good)
    assert not any(is_valid(aspect, value) for value in bad)


@pytest.mark.parametrize(
    ("score", "importance", "expected"),
    [
        (Fraction(0), 10, Fraction(10)),
        (Fraction(10), 10, Fraction(0)),
        (Fraction(5, 2), 8, Fraction(6)),
        (Fraction(3), 0, 0),
    ],
)
def test_need_is_what_lacks_times_its_importance(score: Fraction, importance: int, expected: Fraction) -> None:
    assert need(score, importance) == expected


def test_client_and_coach_differ_from_two_points_on() -> None:
    assert differ(Fraction(4), 6)
    assert not differ(Fraction(9, 2), 6)
    assert not differ(None, 6)
    assert not differ(Fraction(4), None)


def test_a_changed_rating_leaves_the_earlier_one_readable(session: Session, assessment: str) -> None:
    rating.rate(session, assessment, "A", Aspect.AGREED, "4")
    rating.rate(session, assessment, "A", Aspect.AGREED, "6", reason="  Selkä parani. ")
    held = rating.ratings(session, assessment)
    assert (held.number("A", Aspect.AGREED), held.reason("A", Aspect.AGREED)) == (6, "Selkä parani.")
    said = rating.history(session, assessment, "A", Aspect.AGREED)
    assert [r.value for r in said] == ["4", "6"]
    assert all(r.meeting is not None and r.at for r in said)


def test_a_rating_off_the_scale_or_of_a_closed_assessment_is_refused(session: Session, assessment: str) -> None:
    with pytest.raises(UserError, match="11 is not on the scale"):
        rating.rate(session, assessment, "A", Aspect.COACH, "11")
    first = assessing.runner(session, assessment).resume_at
    assert first is not None
    assessing.answer(session, assessment, first, 4)
    assessing.close(session, assessment)
    with pytest.raises(UserError, match="closed"):
        rating.rate(session, assessment, "A", Aspect.COACH, "5")
    assert rating.ratings(session, assessment).held == {}
