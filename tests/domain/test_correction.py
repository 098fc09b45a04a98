"""When a changed answer is a correction that needs its reason."""

from __future__ import annotations

from datetime import date

import pytest

from valmentaja.domain.assessment import Answer, NoValue, Value
from valmentaja.domain.codes import Rater
from valmentaja.domain.correction import needs_reason

TODAY, BEFORE = date(2026, 11, 24), date(2026, 11, 17)


def given(value: Value, *, on: date, meeting: int | None) -> Answer:
    return Answer(item="A1", rater=Rater.ASIAKAS, value=value, date=on, meeting=meeting)


@pytest.mark.parametrize(
    ("held", "meeting", "expected"),
    [
        (None, 2, False),
        (given(7, on=TODAY, meeting=2), 2, False),
        (given(7, on=BEFORE, meeting=2), 2, False),
        (given(7, on=TODAY, meeting=1), 2, True),
        (given(7, on=BEFORE, meeting=1), None, True),
        (given(7, on=TODAY, meeting=1), None, False),
        (given(7, on=TODAY, meeting=None), 2, False),
        (given(7, on=BEFORE, meeting=None), 2, True),
        (given(NoValue.EI_HALUA, on=BEFORE, meeting=1), 2, True),
        (given(NoValue.EI_KYSYTTY, on=BEFORE, meeting=1), 2, False),
    ],
)
def test_an_answer_of_another_meeting_or_day_needs_a_reason(
    held: Answer | None, meeting: int | None, expected: bool
) -> None:
    assert needs_reason(held, closed=False, meeting=meeting, today=TODAY) is expected


def test_in_a_closed_measurement_everything_needs_a_reason() -> None:
    assert needs_reason(None, closed=True, meeting=2, today=TODAY)
    assert needs_reason(given(7, on=TODAY, meeting=2), closed=True, meeting=2, today=TODAY)
