"""Two versions are compared only where they ask the same; what they do not is listed, never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from valmentaja.definitions.instrument import Instrument
from valmentaja.definitions.instruments import instruments, parse_instrument
from valmentaja.domain.assessment import Answer, Assessment, Value
from valmentaja.domain.codes import Rater
from valmentaja.domain.versions import comparable, compare, counterparts, lineage

SOURCE = (Path(__file__).parents[1] / "definitions" / "own-1.0.toml").read_text(encoding="utf-8")
OLD = parse_instrument(SOURCE.encode(), file="own-1.0.toml")
DAY = date(2026, 11, 24)


def version(number: str, follows: str, *changes: tuple[str, str]) -> Instrument:
    """The next version: every item continues its namesake, then the changes are made."""
    text = SOURCE.replace('version = "1.0"', f'version = "{number}"\nreplaces = "{follows}"')
    for item in OLD.items:
        text = text.replace(f'id = "{item.id}"\n', f'id = "{item.id}"\nearlier = "{item.id}"\n')
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return parse_instrument(text.encode(), file=f"own-{number}.toml")


def measured(instrument: Instrument, values: dict[str, Value]) -> Assessment:
    rows = tuple(Answer(item=i, rater=Rater.ASIAKAS, value=v, date=DAY) for i, v in values.items())
    return Assessment(id=instrument.id, client="c", instrument=instrument.id, opened=DAY, closed=DAY, answers=rows)


REWORDED = version("1.1", "own-1.0", ('fi = "Haravoin."', 'fi = "Haravoin pihan."'))
RENAMED = version(
    "1.2",
    "own-1.1",
    ('id = "P2"\nearlier = "P2"', 'id = "P9"\nearlier = "P2"'),
    ('"P2", ', '"P9", '),
    ('when = "P2"', 'when = "P9"'),
)
OTHER = version("2.0", "own-1.0", ('earlier = "Q2"\n', ""))
KNOWN = {i.id: i for i in (OLD, REWORDED, RENAMED, OTHER)}


def test_a_line_of_versions_is_followed_to_its_first() -> None:
    assert [v.id for v in lineage(RENAMED, KNOWN)] == ["own-1.2", "own-1.1", "own-1.0"]
    assert counterparts(RENAMED, OLD, KNOWN)["P9"] == "P2"
    assert counterparts(RENAMED, OLD, KNOWN)["Q1"] == "Q1"


def test_versions_that_follow_each_other_in_a_ring_end() -> None:
    ring = replace(OLD, replaces="own-1.1")

    assert [v.id for v in lineage(REWORDED, {**KNOWN, "own-1.0": ring})] == ["own-1.1", "own-1.0"]


def test_a_version_is_wholly_comparable_with_itself() -> None:
    for one in instruments().values():
        assert comparable(one, one, instruments()) == {d.id: d.id for d in one.scored_domains}


def test_strangers_have_nothing_to_compare() -> None:
    suunta = instruments()["suunta-1.0"]

    assert counterparts(suunta, OLD, KNOWN) == {}
    assert comparable(OLD, REWORDED, KNOWN) == {}


def test_a_version_between_that_is_not_known_breaks_the_line() -> None:
    assert comparable(RENAMED, OLD, {"own-1.0": OLD, "own-1.2": RENAMED}) == {}


def test_a_new_wording_of_the_same_item_is_compared() -> None:
    found = compare(
        (RENAMED, measured(RENAMED, {"P1": 6, "P9": 6, "P3": 6, "Q1": 5, "Q2": 5})),
        (OLD, measured(OLD, {"P1": 2, "P2": 3, "P3": 3, "Q1": 9, "Q2": 9})),
        KNOWN,
    )

    assert [(c.domain, c.delta) for c in found.changes] == [("P", 6 - Fraction(8, 3)), ("Q", Fraction(-4))]
    assert found.total_change == 10 * (Fraction(6 + 5, 2) - (Fraction(8, 3) + 9) / 2)
    assert (found.apart, found.new, found.gone) == ((), (), ())


def test_a_domain_with_an_item_that_nothing_continues_is_listed_and_not_compared() -> None:
    found = compare(
        (OTHER, measured(OTHER, {"P1": 6, "P2": 6, "P3": 6, "Q1": 5, "Q2": 5})),
        (OLD, measured(OLD, {"P1": 2, "P2": 2, "P3": 2, "Q1": 9, "Q2": 9})),
        KNOWN,
    )

    assert [c.domain for c in found.changes] == ["P"]
    assert [d.id for d in found.apart] == ["Q"]
    assert [i.id for i in found.new] == ["Q2"]
    assert [i.id for i in found.gone] == ["Q2"]
    assert found.total_change is None


@pytest.mark.parametrize("earlier", ["Q1", "P1", "X7"])
def test_an_item_that_says_it_continues_a_wrong_one_is_not_compared(earlier: str) -> None:
    made = version("2.1", "own-1.0", ('earlier = "Q2"', f'earlier = "{earlier}"'))

    assert set(comparable(made, OLD, {**KNOWN, made.id: made})) == {"P"}
