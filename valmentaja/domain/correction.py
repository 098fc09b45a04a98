"""When a changed answer is a correction, which needs its reason; the earlier answer stays either way."""

from __future__ import annotations

from datetime import date

from valmentaja.domain.assessment import Answer, NoValue


def needs_reason(held: Answer | None, *, closed: bool, meeting: int | None, today: date) -> bool:
    """True in a closed measurement, and for an answer of an earlier meeting or day.

    `meeting` is the one that is running. What was not asked then may be asked now: that corrects nothing.
    """
    if closed:
        return True
    if held is None or held.value == NoValue.EI_KYSYTTY:
        return False
    if meeting is not None and held.meeting is not None:
        return held.meeting != meeting
    return held.date < today
