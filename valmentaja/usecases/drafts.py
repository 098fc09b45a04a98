"""What was typed but is not yet a record, kept inside the vault from one opening to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from valmentaja.base.canonical import Json, canonical
from valmentaja.store import settings
from valmentaja.usecases.session import Session

_NAME = "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`page`, `key` and `part` are where it was typed; `fields` is what the page said about itself."""

    page: str
    key: str
    part: str
    fields: Mapping[str, Json]


def keep(session: Session, draft: Draft) -> None:
    """In place of an older one; empty fields are no draft."""
    if not draft.fields:
        return
    kept: Json = {"page": draft.page, "key": draft.key, "part": draft.part, "fields": dict(draft.fields)}
    with session.store.writing() as tx:
        settings.keep_setting(tx, _NAME, canonical(kept).decode())


def take(session: Session) -> Draft | None:
    """The draft, which is given back once: from here on the page holds it."""
    text = settings.setting(session.store, _NAME)
    if not text:
        return None
    with session.store.writing() as tx:
        settings.keep_setting(tx, _NAME, "")
    kept = json.loads(text)
    return Draft(page=kept["page"], key=kept["key"], part=kept["part"], fields=kept["fields"])
