"""The codes of an assessment case in words."""

from __future__ import annotations

from valmentaja.domain.case import CaseKind, ClarificationState, Deadline, Ending, Part
from valmentaja.i18n import tr
from valmentaja.ui.speech import Say
from valmentaja.ui.theme import Tone
from valmentaja.ui.words import Choices

CASE_KINDS: Choices = (
    (CaseKind.SINGLE, lambda: tr("Service-needs assessment")),
    (CaseKind.MULTI, lambda: tr("Multi-agency assessment")),
)
ENDINGS: Choices = (
    (Ending.PLAN, lambda: tr("A plan is made")),
    (Ending.SERVICE, lambda: tr("On to a service")),
    (Ending.NO_NEED, lambda: tr("No service is needed")),
    (Ending.BROKEN_OFF, lambda: tr("Broken off")),
)
STATES: dict[ClarificationState, tuple[str, Tone, Say]] = {
    ClarificationState.NEEDED: ("circle-dot", Tone.NEUTRAL, lambda: tr("not ordered")),
    ClarificationState.ORDERED: ("hourglass", Tone.WARN, lambda: tr("ordered")),
    ClarificationState.AWAITED: ("hourglass", Tone.WARN, lambda: tr("awaited")),
    ClarificationState.LATE: ("clock-alert", Tone.LATE, lambda: tr("late")),
    ClarificationState.RECEIVED: ("check", Tone.OK, lambda: tr("result here")),
    ClarificationState.CANCELLED: ("circle-slash", Tone.NEUTRAL, lambda: tr("cancelled")),
}
DEADLINES: dict[Deadline, Say] = {
    Deadline.FIRST_MEETING: lambda: tr("First meeting"),
    Deadline.PLAN: lambda: tr("Multi-agency plan ready"),
    Deadline.END: lambda: tr("Assessment ready"),
}
PART_WORDS: dict[Part, Say] = {
    Part.STRENGTHS: lambda: tr("Strengths"),
    Part.SKILLS: lambda: tr("Skills and own goals"),
    Part.ABILITY: lambda: tr("Work and functional ability"),
    Part.JOB_SEARCH: lambda: tr("Job-search skills and other factors"),
    Part.RISK: lambda: tr("Risk that unemployment begins or goes on long"),
    Part.SOCIAL: lambda: tr("Social situation"),
    Part.HEALTH: lambda: tr("Health"),
}
