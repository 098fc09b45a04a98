"""The protection over many units with fresh secrets, and the same file wherever and whenever it is made again."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sample_caseload import sample_people

from valmentaja.definitions.indicators import definitions
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.cellkey import chances
from valmentaja.indicators.month import Row, exact, protect

UNITS = 60
MONTH = Month(2025, 12)
LARGEST_Z = 4
"""Standard deviations of the mean error; a fair method goes beyond once in 16 000 runs, and the seed is fixed."""


def fresh_units() -> Iterator[tuple[bytes, tuple[Row, ...]]]:
    """The same month of the sample caseload with another secret and other record keys each time."""
    chance = Random(20261128)
    rows = exact(sample_people(), MONTH, definitions())
    keys = sorted({key for row in rows for key in row.people})
    for _ in range(UNITS):
        other = {key: chance.randbytes(16) for key in keys}
        yield chance.randbytes(32), tuple(Row(key=r.key, people=frozenset(other[k] for k in r.people)) for r in rows)


def test_over_sixty_units_figures_are_unbiased_and_within_bounds() -> None:
    """The error is summed over distinct groups of people: the same people give the same figure in every row."""
    error, variance, seen = 0, 0.0, 0
    for secret, rows in fresh_units():
        people = {row.key: row.people for row in rows}
        for row in protect(rows, secret, str(MONTH), 1):
            assert row.published is not None
            assert row.published == 0 or row.published >= 3
            assert abs(row.published - row.exact) <= 8
            assert row.exact or row.published == 0
        published = {(row.key.freq == "A", people[row.key]): row for row in protect(rows, secret, str(MONTH), 1)}
        for row in published.values():
            spread = sum(float(c) * (figure - row.exact) ** 2 for figure, c in chances(row.exact).items())
            error, variance, seen = error + (row.published or 0) - row.exact, variance + spread, seen + 1
    z = error / variance**0.5
    sys.stdout.write(f"{UNITS} units, {seen} figures, mean error {error / seen:.4f}, z {z:.2f}\n")
    assert abs(z) < LARGEST_Z


def test_a_biased_method_would_be_seen() -> None:
    """Publishing 3 for every small figure, as rounding up does, is far beyond the bound."""
    error, variance = 0, 0.0
    for _secret, rows in fresh_units():
        small = {row.people for row in rows if 0 < row.count < 3}
        error += sum(3 - len(people) for people in small)
        variance += sum(float(c) * (f - len(p)) ** 2 for p in small for f, c in chances(len(p)).items())
    assert error / variance**0.5 > LARGEST_Z


MAKE = """
import sys
from dataclasses import replace
sys.path.insert(0, sys.argv[1])
from sample_caseload import sample_people
from valmentaja.crypto import minisign
from valmentaja.definitions.indicators import definitions
from valmentaja.exchange.package import PackageHead, build
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.month import exact, protect
month = Month(2025, 12)
rows = protect(exact(sample_people(), month, definitions()), bytes(32), str(month), 1)
head = PackageHead(unit="U101", municipality="405", month=month)
made = build(rows, head, created="2026-01-02T08:00:00Z", definitions=definitions(), private_key=bytes(range(32)))
sys.stdout.buffer.write(made.data)
"""


@pytest.mark.parametrize(("seed", "zone"), [("1", "UTC"), ("77", "Pacific/Kiritimati"), ("4242", "America/Adak")])
def test_the_same_bytes_under_any_hash_seed_and_time_zone(seed: str, zone: str) -> None:
    here = Path(__file__).resolve().parent
    digests = {
        hashlib.sha256(made(here, {"PYTHONHASHSEED": s, "TZ": z})).hexdigest()
        for s, z in (("0", "Europe/Helsinki"), (seed, zone))
    }
    assert len(digests) == 1


def made(here: Path, surroundings: dict[str, str]) -> bytes:
    environment = {**os.environ, **surroundings, "PYTHONPATH": str(here.parents[1])}
    return subprocess.run(
        [sys.executable, "-c", MAKE, str(here)], env=environment, capture_output=True, check=True
    ).stdout
