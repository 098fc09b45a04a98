"""What was concluded on each domain, with the instrument whose domain it is: letters alone do not tell them apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from valmentaja.definitions.instrument import Instrument
from valmentaja.domain.case import conclusion_of, line_of
from valmentaja.usecases import instruments
from valmentaja.usecases.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A conclusion on a domain that the instrument shown does not have; `known` are the instruments here."""

    key: str
    text: str
    known: Mapping[str, Instrument]

    def label(self, language: str) -> str:
        return label(self.known, self.key, language)


def of_instrument(instrument: Instrument, concluded: Mapping[str, str]) -> dict[str, str]:
    """By the id of its domain."""
    told = {d.id: concluded.get(conclusion_of(instrument.id, d.id), "") for d in instrument.scored_domains}
    return {domain: text for domain, text in told.items() if text}


def apart(session: Session, concluded: Mapping[str, str], shown: Instrument | None) -> tuple[Apart, ...]:
    """What stands beside no domain of the instrument that is shown: it is told after the others, never left out."""
    under = set() if shown is None else {conclusion_of(shown.id, d.id) for d in shown.scored_domains}
    known = instruments.known(session.store)
    return tuple(Apart(key=key, text=text, known=known) for key, text in concluded.items() if key not in under)


def label(known: Mapping[str, Instrument], key: str, language: str) -> str:
    """`Startti: Arki`, as the last version that has the domain calls it; the key where none is here."""
    line, _dot, domain = key.partition(".")
    found = [
        f"{i.name.in_(language)}: {d.name.in_(language)}"
        for i in known.values()
        if line_of(i.id) == line
        for d in i.domains
        if d.id == domain
    ]
    return found[-1] if found else f"{line}: {domain}"
