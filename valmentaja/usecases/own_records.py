"""“Omat tietoni”: everything on one client as PDF, JSON and the documents themselves (GDPR art. 15).

Three steps as in signing: `gather` reads on the UI thread, `make` draws in the worker, `deliver` writes the outbox.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from valmentaja.base.canonical import Json, canonical
from valmentaja.base.errors import N_
from valmentaja.definitions.clarifications import clarification_kinds
from valmentaja.definitions.municipalities import municipalities
from valmentaja.definitions.plan_types import plan_types
from valmentaja.definitions.services import services
from valmentaja.domain.case import ENDING, ENDINGS, HEADINGS, Part
from valmentaja.domain.client import ClientId
from valmentaja.domain.log_words import ACTIONS, ENTITIES
from valmentaja.domain.masking import People, masked
from valmentaja.exchange import outbox
from valmentaja.exchange.bundle import bundle
from valmentaja.i18n import Words, words
from valmentaja.i18n.formats import day
from valmentaja.store import clients, ownership, papers, rights
from valmentaja.store.database import Cell
from valmentaja.store.log import LogRow
from valmentaja.usecases import caseload, logs, other_results, own_questions, retention, settings
from valmentaja.usecases.session import Session

if TYPE_CHECKING:
    from valmentaja.documents.own_records_pdf import OwnPaper

FORMAT = "valmentaja-own-records/1"
EVERY_ENTRY = 10_000_000
OTHER_CLIENT, OTHER_PERSON = N_("[another client]"), N_("[another person]")
OWN_NAMES = frozenset({"family_name", "given_names", "hetu", "phone", "email", "address", "id", "record_key"})
"""Columns of the client's own row where nobody else is looked for."""

Rows = dict[str, list[dict[str, Cell]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Everything the worker needs; no store. `masks` is how many places other people were taken out of."""

    name: str
    paper: OwnPaper
    data: bytes
    documents: Mapping[str, bytes]
    masks: int


def gather(session: Session, client_id: ClientId, language: str) -> Package:
    """Everything of one client in a language; logged before anything is read."""
    from valmentaja.documents.own_records_pdf import OwnPaper

    caseload.client(session, client_id)
    with session.store.writing() as tx:
        rights.note_package(tx, client_id)
    w = words(language)
    held, masks = _masked(session, client_id, ownership.rows(session.store, client_id), w)
    documents = _documents(session, held)
    entries = logs.entries(session, client_id=client_id, limit=EVERY_ENTRY)
    data = canonical(_data(session, client_id, held, entries, masks, language))
    tables = {table: [_texts(row) for row in rows] for table, rows in held.items()}
    own_questions.put_in_words(session, tables, language)
    paper = OwnPaper(
        tables=tables,
        log=[_entry(e, session, w) for e in entries],
        kept=_kept(session, client_id, w),
        names=_names(session, language),
        language=language,
        unit=session.unit.name,
        coach=session.unit.coach,
        case_no=client_id,
        created=session.now(),
        training=session.training,
        masks=masks,
        fingerprint_of=data,
    )
    moment = session.now().replace(":", "").replace("-", "")
    name = f"omat-tiedot_{client_id}_{moment}_{language}.zip"
    return Package(name=name, paper=paper, data=data, documents=documents, masks=masks)


def make(package: Package) -> bytes:
    """The zip; slow, safe in the worker."""
    from valmentaja.documents.own_records_pdf import render

    files = {"omat-tiedot.pdf": render(package.paper), "omat-tiedot.json": package.data, **package.documents}
    return bundle(files)


def deliver(session: Session, package: Package, held: bytes, folder: Path | None = None) -> Path:
    """To the outbox or another folder; not encrypted, for it is handed to the client."""
    return outbox.deliver(folder or settings.vault_settings(session).outbox, package.name, held)


def _masked(session: Session, client_id: ClientId, held: Rows, w: Words) -> tuple[Rows, int]:
    """Other clients and close persons are taken out of every text; how often."""
    everyone = clients.every(session.store)
    own = People.of(c for c in everyone if c.id == client_id)
    others = People.of(c for c in everyone if c.id != client_id).without(own)
    close = _close(held)
    total = 0
    for table, rows in held.items():
        for row in rows:
            for column, value in row.items():
                if isinstance(value, str) and not (table == "client" and column in OWN_NAMES):
                    text, first = _without_close(value, close, w)
                    text, second = masked(text, others, w(OTHER_CLIENT), own)
                    row[column], total = text, total + first + second
    return held, total


def _close(held: Rows) -> tuple[str, ...]:
    """What names somebody close to the client: sources of told facts, earlier ones included; longest first."""
    told = [str(r["source"]) for r in held["told_fact"] if r["source_kind"] == "close"]
    told += [
        str(r[side])
        for r in held["correction"]
        if (r["entity"], r["field"]) == ("told_fact", "source")
        for side in ("before", "after")
    ]
    return tuple(sorted({text for text in told if len(text) > 2}, key=len, reverse=True))


def _without_close(value: str, close: Sequence[str], w: Words) -> tuple[str, int]:
    found = 0
    for name in close:
        found += value.count(name)
        value = value.replace(name, w(OTHER_PERSON))
    return value, found


def _documents(session: Session, held: Rows) -> dict[str, bytes]:
    """Stored PDFs and attached files by their place in the package, which stands in the data in place of the bytes."""
    files = {}
    for row in held["document"]:
        place = "asiakirjat/" + str(row["file_name"])
        files[place] = papers.pages(session.store, str(row["id"]))
        row["pdf"] = place
    for row in held["other_result"]:
        file, row["file"] = row["file"], ""
        if isinstance(file, bytes) and file:
            place = "liitteet/" + other_results.safe_name(str(row["id"]), str(row["file_name"]))
            files[place], row["file"] = file, place
    return files


def _data(
    session: Session, client_id: ClientId, held: Rows, entries: Sequence[LogRow], masks: int, language: str
) -> Json:
    """docs/own-records.md; every key is always there."""
    known = retention.of_client(session, client_id)
    return {
        "format": FORMAT,
        "client": client_id,
        "unit": session.unit.code,
        "coach": session.unit.coach,
        "made": session.now(),
        "language": language,
        "masked": masks,
        "retention": {
            "closed": None if known is None else known.closed.isoformat(),
            "kept_until": None if known is None else known.full.isoformat(),
            "hold": next((str(r["reason"]) for r in held["retention_hold"]), ""),
            "rule": retention.rule(session).id,
            "source": retention.rule(session).source,
        },
        "tables": {table: [_jsonable(row) for row in rows] for table, rows in held.items()},
        "log": [
            {
                "seq": e.seq,
                "at": e.at,
                "action": e.action,
                "entity": e.entity,
                "id": e.entity_id,
                "rows": e.rows,
                "actor": e.actor,
            }
            for e in entries
        ],
    }


def _jsonable(row: dict[str, Cell]) -> Json:
    return {column: value.hex() if isinstance(value, bytes) else value for column, value in row.items()}


def _texts(row: dict[str, Cell]) -> dict[str, str]:
    return {column: "" if value is None else str(value) for column, value in row.items()}


def _entry(row: LogRow, session: Session, w: Words) -> tuple[str, str, str, str, str]:
    who = session.unit.coach if row.actor in (None, "coach") and session.unit.coach else row.actor or ""
    return (
        row.at,
        w(ACTIONS.get(row.action, row.action)),
        w(ENTITIES.get(row.entity, row.entity)),
        str(row.rows),
        who,
    )


def _kept(session: Session, client_id: ClientId, w: Words) -> list[tuple[str, str]]:
    rule, known = retention.rule(session), retention.of_client(session, client_id)
    until = w("Not counted yet: the work goes on") if known is None else day(known.full, w.language)
    return [(w("Kept until at most"), until), (w("Basis"), f"{rule.text.in_(w.language)} {rule.source}")]


def _names(session: Session, language: str) -> dict[str, str]:
    """`column value` → its name, for what the resources name."""
    found = {f"service {code}": s.name.in_(language) for code, s in services().items()}
    found |= {f"municipality {code}": m.name_in(language) for code, m in municipalities().items()}
    for each in plan_types(session.today()).values():
        found[f"kind {each.kind}"] = each.name.in_(language)
        found |= {f"party {p.id}": p.name.in_(language) for p in each.parties}
        found |= {f"field {f.id}": f.label.in_(language) for s in each.sections for f in s.fields}
    return found | _names_of_cases(words(language))


def _names_of_cases(w: Words) -> dict[str, str]:
    """Kinds of clarification, headings and endings."""
    found = {f"kind {k.id}": k.name.in_(w.language) for k in clarification_kinds().values()}
    headings = {Part.STRENGTHS: N_("Strengths"), **{part: text for part, (text, _law) in HEADINGS.items()}}
    for part, text in headings.items():
        found |= {f"field {part}": w(text), f"heading {part}": w(text)}
    found[f"field {ENDING}"] = w(N_("How it ends"))
    found |= {f"value {code}": w(text) for code, text in ENDINGS.items()}
    return found
