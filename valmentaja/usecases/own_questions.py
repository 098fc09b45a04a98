"""Questions and domains in words for own records: each as in the instrument version that it was asked with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from valmentaja.definitions.instrument import Instrument
from valmentaja.domain.case import CONCLUSION
from valmentaja.domain.paper_form import IMPORTANCE
from valmentaja.usecases import conclusions, instruments
from valmentaja.usecases.session import Session

Texts = dict[str, str]


def put_in_words(session: Session, tables: Mapping[str, Sequence[Texts]], language: str) -> None:
    """Change `item`, `domain` and concluded `field` of the rows; an id that is nowhere stays as it is."""
    here = instruments.known(session.store)
    used = {row["id"]: here.get(row["instrument"]) for row in tables.get("assessment", ())}
    for table in ("answer", "paper_check", "rating"):
        for row in tables.get(table, ()):
            _name_row(row, used.get(row["assessment_id"]), language)
    of_case = {row["case_id"]: used[row["id"]] for row in tables.get("assessment", ()) if row["case_id"]}
    for row in tables.get("case_field", ()):
        key = row["field"].removeprefix(CONCLUSION)
        if key != row["field"]:
            old = _domains(of_case.get(row["case_id"]), language).get(key, row["field"])
            row["field"] = conclusions.label(here, key, language) if "." in key else old


def _name_row(row: Texts, instrument: Instrument | None, language: str) -> None:
    if instrument is None:
        return
    domains = _domains(instrument, language)
    if "item" in row:
        items = {i.id: i.text.in_(language) for i in instrument.items}
        row["item"] = items.get(row["item"]) or domains.get(row["item"].removeprefix(IMPORTANCE), row["item"])
    if "domain" in row:
        row["domain"] = domains.get(row["domain"], row["domain"])


def _domains(instrument: Instrument | None, language: str) -> dict[str, str]:
    return {} if instrument is None else {d.id: d.name.in_(language) for d in instrument.domains}
