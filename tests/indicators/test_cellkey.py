"""The cell key: golden vectors, and what must hold for every cell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valmentaja.base.errors import StorageError
from valmentaja.base.paths import RESOURCES
from valmentaja.indicators import cellkey
from valmentaja.indicators.cellkey import publish, read_tables

GOLDEN = json.loads((Path(__file__).parent / "data" / "golden_cellkey.json").read_text(encoding="utf-8"))["vectors"]
SECRETS = st.binary(min_size=32, max_size=32)
PEOPLE = st.frozensets(st.binary(min_size=16, max_size=16), max_size=30)
REVISIONS = st.integers(1, 5)


@pytest.mark.parametrize("vector", GOLDEN, ids=range(len(GOLDEN)))
def test_the_golden_vectors_are_reproduced(vector: dict[str, Any]) -> None:
    keys = [bytes.fromhex(key) for key in vector["keys"]]
    figure = publish(keys, bytes.fromhex(vector["secret"]), period=vector["period"], revision=vector["revision"])
    assert (len(keys), figure) == (vector["count"], vector["published"])


def test_all_twenty_vectors_are_there() -> None:
    assert len(GOLDEN) == 20


@given(people=PEOPLE, secret=SECRETS, revision=REVISIONS)
def test_a_figure_is_near_never_one_or_two_and_zero_stays_zero(
    people: frozenset[bytes], secret: bytes, revision: int
) -> None:
    figure = publish(people, secret, period="2026-03", revision=revision)
    assert figure == 0 or figure >= 3
    assert abs(figure - len(people)) <= 8
    assert people or figure == 0


@given(people=PEOPLE, secret=SECRETS, revision=REVISIONS)
def test_the_order_of_people_does_not_matter(people: frozenset[bytes], secret: bytes, revision: int) -> None:
    ways = (sorted(people), sorted(people, reverse=True), [*people, *people])
    assert len({publish(way, secret, period="2026-A", revision=revision) for way in ways}) == 1


def test_period_revision_and_secret_each_change_some_figure() -> None:
    cells = [[bytes([n, k] * 8) for k in range(n)] for n in range(5, 40)]

    def figures(fill: int, period: str, revision: int) -> list[int]:
        return [publish(cell, bytes([fill] * 32), period=period, revision=revision) for cell in cells]

    base = figures(1, "2026-03", 1)
    assert base == figures(1, "2026-03", 1)
    assert base not in (figures(2, "2026-03", 1), figures(1, "2026-04", 1), figures(1, "2026-03", 2))


def test_both_tables_are_unbiased_with_variance_two_and_deviation_four() -> None:
    """Exact moments of the shipped tables; the weights are of 2³², so a small rounding remains."""
    for stage, table in enumerate(read_tables((RESOURCES / "ptable.json").read_bytes()), start=1):
        for count, line in enumerate(table):
            weights = [b - a for a, b in zip((0, *line.cumulative), line.cumulative, strict=False)]
            mean = sum(v * w for v, w in zip(line.values, weights, strict=True)) / 2**32
            assert mean == pytest.approx(count, abs=1e-6)
            assert all(abs(value - count) <= 4 for value in line.values)
            assert stage == 1 or not {1, 2} & set(line.values)


def test_a_changed_table_is_refused() -> None:
    content = (RESOURCES / "ptable.json").read_bytes()
    with pytest.raises(StorageError, match=r"ptable\.json is not the file shipped"):
        read_tables(content.replace(b"2053508901", b"2053508902"))


def test_keys_and_secret_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        publish([b"short"], bytes(32), period="2026-03", revision=1)
    with pytest.raises(ValueError, match="32 bytes"):
        publish([bytes(16)], b"", period="2026-03", revision=1)


def test_the_method_card_names_the_table_it_used() -> None:
    card = cellkey.method_card()
    assert card["ptable_sha256"] == "7db503bde3a5134cce90e50732b640456d3a0562660f66b761716efc2281e5ba"
    assert (card["id"], card["never_published"]) == ("valmentaja-ck2/1", [1, 2])
