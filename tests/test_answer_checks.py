"""What cannot be read again is not stored: unknown questions, values off the scale, closed measurements."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from valmentaja.base.errors import UserError
from valmentaja.domain.codes import Rater
from valmentaja.domain.rating import Aspect
from valmentaja.usecases import assessing, caseload, correcting, rating, two_raters
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session

BAD: dict[str, Callable[[Session, str], object]] = {
    "answer to no question": lambda s, a: assessing.answer(s, a, "ZZ9", 5),
    "answer off the scale": lambda s, a: assessing.answer(s, a, "A1", 99),
    "answer below the scale": lambda s, a: assessing.answer(s, a, "A1", -1),
    "note to no question": lambda s, a: assessing.keep_note(s, a, "ZZ9", "huomio"),
    "correction of no question": lambda s, a: correcting.correct(s, a, "ZZ9", 5, reason="syy"),
    "correction off the scale": lambda s, a: correcting.correct(s, a, "A1", 99, reason="syy"),
    "correction without a reason": lambda s, a: correcting.correct(s, a, "A1", 5, reason="  "),
    "rating of no section": lambda s, a: rating.rate(s, a, "ZZ", Aspect.COACH, "5"),
    "rating off the scale": lambda s, a: rating.rate(s, a, "A", Aspect.WORRY, "4"),
}


@pytest.fixture
def assessment(session: Session) -> str:
    client = caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi")).made
    made = assessing.begin(session, client).made
    assessing.answer(session, made, "A1", 7)
    return made


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_refused_and_changes_nothing(session: Session, assessment: str, what: str) -> None:
    before = session.store.rows("SELECT (SELECT COUNT(*) FROM answer), (SELECT COUNT(*) FROM rating)")
    with pytest.raises(UserError):
        BAD[what](session, assessment)
    assert session.store.rows("SELECT (SELECT COUNT(*) FROM answer), (SELECT COUNT(*) FROM rating)") == before
    assert assessing.runner(session, assessment).values["A1"].value == 7


@pytest.mark.parametrize(
    "act",
    [
        lambda s, a: assessing.answer(s, a, "A1", 5),
        lambda s, a: assessing.keep_note(s, a, "A1", "huomio"),
        assessing.let_go,
    ],
)
def test_a_closed_measurement_is_only_corrected(
    session: Session, assessment: str, act: Callable[[Session, str], object]
) -> None:
    assessing.close(session, assessment)
    with pytest.raises(UserError, match="closed"):
        act(session, assessment)
    correcting.correct(session, assessment, "A1", 5, reason="Väärä rivi.")
    assert assessing.runner(session, assessment).values["A1"].value == 5


def test_the_coach_s_own_answers_are_compared_where_no_rating_was_given(session: Session, assessment: str) -> None:
    for item in ("A1", "A2", "A3"):
        assessing.answer(session, assessment, item, 9)
        assessing.answer(session, assessment, item, 3, rater=Rater.VALMENTAJA)
    assert two_raters.two_raters(session, assessment)[0].lacks_reason
    rating.rate(session, assessment, "A", Aspect.COACH, "8")
    assert not two_raters.two_raters(session, assessment)[0].differs
