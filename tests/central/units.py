"""Invented units that deliver: months made by the real exporter from invented people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from valmentaja.central import registry
from valmentaja.central.registry import Entry
from valmentaja.crypto import minisign
from valmentaja.definitions.indicators import definitions
from valmentaja.domain.codes import LabourStatus
from valmentaja.exchange.package import Package, PackageHead, build
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.facts import Person, ServiceFact
from valmentaja.indicators.month import exact, protect

CREATED = "2026-02-02T06:00:00Z"


@dataclass(frozen=True)
class Unit:
    """A unit by its code; its key and people follow from the code."""

    code: str
    municipality: str = "405"

    @property
    def private_key(self) -> bytes:
        return minisign.new_private_key(hashlib.sha256(f"key {self.code}".encode()).digest())

    @property
    def public_key(self) -> minisign.PublicKey:
        return minisign.public_key_of(self.private_key)

    @property
    def secret(self) -> bytes:
        return hashlib.sha256(f"secret {self.code}".encode()).digest()

    def entry(self, begins: date | None = None, ends: date | None = None) -> Entry:
        return Entry(
            unit=self.code,
            municipality=self.municipality,
            public_key=self.public_key.line,
            valid_from=begins,
            valid_to=ends,
        )

    def people(self, extra: int = 0) -> tuple[Person, ...]:
        drawn = Random(self.code)
        return tuple(person(drawn, self.code, number) for number in range(24 + drawn.randrange(12) + extra))

    def package(self, month: str, revision: int = 1, *, created: str = CREATED, extra: int = 0) -> Package:
        """The month sealed; `extra` people make the figures differ."""
        head = PackageHead(unit=self.code, municipality=self.municipality, month=Month.parse(month), revision=revision)
        rows = exact(self.people(extra), head.month, definitions())
        shown = protect(rows, self.secret, month, revision)
        return build(shown, head, created=created, definitions=definitions(), private_key=self.private_key)


def person(drawn: Random, code: str, number: int) -> Person:
    intake = date(2022, 1, 1) + timedelta(days=drawn.randrange(1400))
    leaves = intake + timedelta(days=drawn.randrange(60, 900))
    return Person(
        record_key=hashlib.sha256(f"{code} {number}".encode()).digest()[:16],
        intake=intake,
        exit=leaves if drawn.random() < 0.5 else None,
        statuses=((intake + timedelta(days=drawn.randrange(300)), drawn.choice(list(LabourStatus))),),
        readings=((intake, drawn.randrange(0, 1200)),),
        services=(ServiceFact(service="KUNTOUTTAVA", start=intake + timedelta(days=drawn.randrange(90))),),
    )


def lay(folder: Path, packages: Iterable[Package]) -> None:
    """Into a folder of each unit's own, as an outbox is synchronised."""
    for package in packages:
        place = folder / package.name.split("_")[2]
        place.mkdir(parents=True, exist_ok=True)
        (place / package.name).write_bytes(package.data)


def register(path: Path, units: Iterable[Unit]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    registry.write(path, [unit.entry() for unit in units])
