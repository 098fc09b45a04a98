"""What is typed into the forms of a case and no button has stored yet."""

from __future__ import annotations

from collections.abc import Mapping

from valmentaja.base.canonical import Json
from valmentaja.ui.case.clarifications import ClarificationsCard
from valmentaja.ui.case.contributions import ContributionsCard
from valmentaja.ui.case.ending import EndingCard
from valmentaja.ui.case.meetings import MeetingsCard
from valmentaja.ui.typing import Editor, type_into, typed_in
from valmentaja.usecases.cases import CaseOverview


class Begun:
    """Read when the page is left, shown when it opens again; the names are the same in every language."""

    def __init__(
        self,
        meetings: MeetingsCard,
        clarifications: ClarificationsCard,
        contributions: ContributionsCard,
        ending: EndingCard,
    ) -> None:
        self._meetings, self._clarifications, self._contributions = meetings, clarifications, contributions
        asked, said = clarifications, contributions
        self._editors: dict[str, Editor] = {
            "meeting purpose": meetings.purpose,
            "meeting day": meetings.day,
            "meeting time": meetings.time,
            "asked what": asked.what,
            "asked source": asked.source,
            "asked expected": asked.expected,
            "result": asked.result,
            "result by": asked.given_by,
            "result day": asked.came,
            "later": asked.later,
            "words": said.words,
            "author": said.author,
            "role": said.role,
            "said on": said.day,
            "reopening": ending.reason,
        }

    def told(self) -> dict[str, Json]:
        """Texts, with what was chosen beside them; empty when nothing is typed."""
        typed: dict[str, Json] = {name: text for name, text in typed_in(self._editors).items() if text}
        if not typed:
            return {}
        planned, chosen = self._meetings.correcting, self._clarifications.chosen
        return {
            **typed,
            "planned": "" if planned is None else planned.id,
            "clarification": "" if chosen is None else chosen.id,
            "kind": self._clarifications.kind.value(),
            "heading": self._contributions.heading.value(),
        }

    def show(self, fields: Mapping[str, Json], shown: CaseOverview) -> None:
        """First what was chosen, because choosing fills the form; then what was typed over it."""
        if "planned" not in fields:
            return
        planned = next((m.plan for m in shown.meetings if m.plan.id == fields["planned"]), None)
        chosen = next((c for c in shown.clarifications if c.id == fields["clarification"]), None)
        if planned is not None:
            self._meetings.take(planned)
        if chosen is not None and chosen.cancelled is None:
            self._clarifications.choose(chosen)
        self._clarifications.kind.set_value(str(fields["kind"]))
        self._clarifications.propose()
        self._contributions.heading.set_value(str(fields["heading"]))
        type_into(self._editors, fields)
