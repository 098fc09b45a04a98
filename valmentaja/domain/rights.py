"""What is written beside a client's facts: what was corrected, and what others have told."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from valmentaja.domain.client import ClientId


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A value that was replaced; `before` is what stood there, `at` a UTC stamp. A typing error needs no `reason`."""

    client: ClientId
    entity: str
    entity_id: str
    field: str
    before: str
    after: str
    reason: str = ""
    at: str = ""


class SourceKind(StrEnum):
    """Who may tell something of a client (380/2023 114.4 §)."""

    AUTHORITY = "authority"
    PROVIDER = "provider"
    EMPLOYER = "employer"
    CLOSE = "close"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFact:
    """Something that somebody else than the client told; `source` says who, `recorder` who wrote it down.

    `id` 0 is a fact not stored yet; `at` a UTC stamp.
    """

    id: int = 0
    client: ClientId
    date: date
    words: str
    kind: SourceKind
    source: str
    recorder: str
    at: str = ""


def corrections(
    before: Any, after: Any, *, entity: str, entity_id: str, reason: str = "", at: str = ""
) -> tuple[Correction, ...]:
    """What differs between two records of one kind; a value written where nothing stood corrects nothing."""
    return tuple(
        Correction(
            client=str(getattr(after, "client", "")) or str(after.id),
            entity=entity,
            entity_id=entity_id,
            field=f.name,
            before=text_of(getattr(before, f.name)),
            after=text_of(getattr(after, f.name)),
            reason=reason,
            at=at,
        )
        for f in fields(after)
        if getattr(before, f.name) != getattr(after, f.name) and text_of(getattr(before, f.name))
    )


def text_of(value: object) -> str:
    """A field's value as stored in a correction: ISO dates, codes, 1 and 0, "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)
