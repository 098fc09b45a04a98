"""The presentation card for an employer: only what 380/2023 118.2 § lets out, and only with a consent in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valmentaja.base.errors import N_
from valmentaja.domain.client import ClientId

PURPOSE = "presentation"
FIELDS = {
    "education": N_("Education"),
    "career": N_("Work experience"),
    "skills": N_("Skills"),
    "languages": N_("Language skills"),
    "permits": N_("Cards and permits"),
    "wishes": N_("What kind of work"),
    "availability": N_("When I can begin"),
}
"""What may stand on a card beside name, phone and e-mail. Nothing of health: that needs its own consent."""
LONGEST_VALIDITY_MONTHS = 6
"""Our own limit: a card ends at the latest so long after the consent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A yes or a no of the client, kept either way; `expires` is its last day."""

    id: str
    client: ClientId
    given: bool
    on: date
    expires: date | None
    scope: str
    withdrawn: date | None = None
    at: str = ""
    purpose: str = PURPOSE

    def is_in_force(self, today: date) -> bool:
        """A card made now may go out."""
        ended = self.expires is not None and self.expires < today
        return self.given and self.withdrawn is None and not ended

    @property
    def is_refusal(self) -> bool:
        """A no that has not been taken back."""
        return not self.given and self.withdrawn is None


def latest(consents: tuple[Consent, ...]) -> Consent | None:
    """What the client said last."""
    return max(consents, key=lambda c: (c.on, c.at, c.id), default=None)
