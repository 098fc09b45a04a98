"""What was typed but is not yet a record, kept inside the vault from one opening to the next."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from valmentaja.base.canonical import Json, canonical
from valmentaja.store import settings
from valmentaja.store.database import Reader, Transaction
from valmentaja.usecases.session import Session

_NAME = "draft"
_LAID_BY = "drafts"


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


def lay_by(session: Session, page: str, key: str, fields: Mapping[str, Json]) -> None:
    """What stands in the forms of a page that is left, in place of what stood there before; empty fields end it."""
    held = _laid_by(session.store)
    new = {name: one for name, one in held.items() if name != f"{page} {key}"}
    if fields:
        new[f"{page} {key}"] = dict(fields)
    if new != held:
        with session.store.writing() as tx:
            settings.keep_setting(tx, _LAID_BY, canonical(new).decode())


def laid_by(session: Session, page: str, key: str) -> Mapping[str, Json]:
    """What was laid by; it stays until the page is left again, so that a crash does not take it."""
    found = _laid_by(session.store).get(f"{page} {key}")
    return found if isinstance(found, dict) else {}


def forget(tx: Transaction, page: str, keys: Iterable[str]) -> None:
    """Their records are erased, so what was typed about them goes too."""
    held, gone = _laid_by(tx), {f"{page} {key}" for key in keys}
    new = {name: one for name, one in held.items() if name not in gone}
    if new != held:
        settings.keep_setting(tx, _LAID_BY, canonical(new).decode())


def _laid_by(store: Reader) -> dict[str, Json]:
    text = settings.setting(store, _LAID_BY)
    return dict(json.loads(text)) if text else {}
