"""Scores worked out by hand for every shipped instrument, and no float on any way to a score."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import valmentaja
from valmentaja.definitions.instruments import instruments
from valmentaja.domain.assessment import (
    Answer,
    Assessment,
    NoValue,
    Value,
    band,
    counted,
    domain_score,
    scores,
    total,
)
from valmentaja.domain.codes import Rater
from valmentaja.domain.versions import compare

DAY = date(2026, 11, 24)
X, E, N = NoValue.EI_HALUA, NoValue.EI_KOSKE, NoValue.EI_KYSYTTY

SUUNTA: dict[str, tuple[Value, ...]] = {
    "A": (8, 6, 7),
    "B": (5, 6, 7, X),
    "C": (10, 9, 8, E, N),
    "D": (4, 4, 4, 3),
    "E": (2, 3, 4, X, X),
    "F": (7, 7, X, X),
    "G": (0, 1, 0, 1),
    "H": (10, 10, 10, 10, 9),
    "I": (6, 7, 7, 7, 7),
    "J": (10, E, E),
    "K": (3, 4, 5),
    "L": (10, 10, 10, 10),
}
"""F has half and J a third of its numbers: both miss the 60 %."""

BY_HAND = [
    ("suunta-1.0", "A", "7", "STRENGTH"),
    ("suunta-1.0", "B", "6", "WATCH"),
    ("suunta-1.0", "C", "9", "STRENGTH"),
    ("suunta-1.0", "D", "15/4", "SUPPORT"),
    ("suunta-1.0", "E", "3", "SUPPORT"),
    ("suunta-1.0", "F", "", ""),
    ("suunta-1.0", "G", "1/2", "SUPPORT"),
    ("suunta-1.0", "H", "49/5", "STRENGTH"),
    ("suunta-1.0", "I", "34/5", "WATCH"),
    ("suunta-1.0", "J", "", ""),
    ("suunta-1.0", "K", "4", "WATCH"),
    ("suunta-1.0", "L", "", ""),
    ("startti-1.0", "A", "6", "WATCH"),
    ("startti-1.0", "F", "7", "STRENGTH"),
    ("startti-1.0", "J", "10", "STRENGTH"),
    ("startti-1.0", "K", "5", "WATCH"),
    ("kunnonsyyni-1.0", "A", "7", "STRENGTH"),
    ("kunnonsyyni-1.0", "C", "9", "STRENGTH"),
    ("kunnonsyyni-1.0", "D", "15/4", "SUPPORT"),
    ("kunnonsyyni-1.0", "E", "3", "SUPPORT"),
]
TOTALS = [
    # 7 + 6 + 9 + 15/4 + 3 + 1/2 + 49/5 + 34/5 + 4 = 997/20, nine domains
    ("suunta-1.0", Fraction(997, 18)),
    # A2 6, B2 6, C1 10, D1 4, E1 2, F1 7, G1 0, H1 10, I4 7, J1 10, K3 5 = 67, eleven domains
    ("startti-1.0", Fraction(670, 11)),
    ("kunnonsyyni-1.0", None),
]


def given_to(answers: dict[str, tuple[Value, ...]]) -> dict[str, Value]:
    return {f"{letter}{n}": v for letter, row in answers.items() for n, v in enumerate(row, start=1)}


@pytest.mark.parametrize(("instrument", "domain", "score", "named"), BY_HAND)
def test_scores_and_bands_are_those_worked_out_by_hand(instrument: str, domain: str, score: str, named: str) -> None:
    held = instruments()[instrument]
    found = scores(held, given_to(SUUNTA)).get(domain)

    assert found == (Fraction(score) if score else None)
    assert named == ("" if found is None else band(held, found).name)


@pytest.mark.parametrize(("instrument", "expected"), TOTALS)
def test_totals_are_those_worked_out_by_hand(instrument: str, expected: Fraction | None) -> None:
    assert total(instruments()[instrument], given_to(SUUNTA)) == expected


def test_one_domain_fewer_than_needed_gives_no_total() -> None:
    held = instruments()["suunta-1.0"]
    answers = given_to({**SUUNTA, "A": (X, X, 7)})
    assert len(scores(held, answers)) == 8
    assert total(held, answers) is not None

    answers = given_to({**SUUNTA, "A": (X, X, 7), "K": (N, N, 5)})
    assert len(scores(held, answers)) == 7
    assert total(held, answers) is None


def test_care_does_not_count_where_there_is_no_illness_to_care_for() -> None:
    """Kunnonsyyni skips C5 when C3 does not concern; an answer given before stays out of the score."""
    held = instruments()["kunnonsyyni-1.0"]
    answers: dict[str, Value] = {"C1": 6, "C2": 6, "C3": E, "C4": 6, "C5": 0}

    assert "C5" not in counted(held, answers)
    assert scores(held, answers)["C"] == 6
    assert scores(held, {**answers, "C3": 6})["C"] == Fraction(24, 5)


every = st.sampled_from(list(instruments().values()))
values = st.dictionaries(
    st.sampled_from([i.id for i in instruments()["suunta-1.0"].items]),
    st.one_of(*[st.integers(0, 10)] * 4, st.sampled_from(NoValue)),
    min_size=20,
)


def measured(instrument: str, client: dict[str, Value], coach: dict[str, Value]) -> Assessment:
    rows = [Answer(item=i, rater=Rater.VALMENTAJA, value=v, date=DAY) for i, v in coach.items()]
    rows += [Answer(item=i, rater=Rater.ASIAKAS, value=v, date=DAY) for i, v in client.items()]
    return Assessment(id="a", client="c", instrument=instrument, opened=DAY, closed=DAY, answers=tuple(rows))


@given(every.map(lambda i: i.id), values, values)
def test_what_the_coach_says_changes_no_score_of_the_client(
    name: str, client: dict[str, Value], coach: dict[str, Value]
) -> None:
    held = instruments()[name]
    with_coach, alone = measured(name, client, coach), measured(name, client, {})

    assert scores(held, with_coach.values()) == scores(held, alone.values())
    assert total(held, with_coach.values()) == total(held, alone.values())


@given(every.map(lambda i: i.id), values, values)
def test_every_score_total_and_change_is_an_exact_fraction_within_bounds(
    name: str, before: dict[str, Value], after: dict[str, Value]
) -> None:
    held = instruments()[name]
    whole = total(held, after)
    first, latest = measured(name, before, {}), measured(name, after, {})
    compared = compare((held, latest), (held, first), instruments())
    numbers = [*scores(held, after).values(), *(s for d in held.domains if (s := domain_score(d, after)) is not None)]
    deltas = [c.delta for c in compared.changes]
    then, now = scores(held, first.values()), scores(held, latest.values())

    assert all(type(n) is Fraction and 0 <= n <= 10 for n in numbers)
    assert all(type(d) is Fraction and -10 <= d <= 10 for d in deltas)
    assert whole is None or (type(whole) is Fraction and 0 <= whole <= 100)
    assert {c.domain: c.delta for c in compared.changes} == {d: now[d] - then[d] for d in then if d in now}
    assert compared.total_change is None or type(compared.total_change) is Fraction


@given(every.map(lambda i: i.id), values, st.sampled_from([i.id for i in instruments()["suunta-1.0"].items]))
def test_a_better_answer_never_makes_a_score_worse(name: str, answers: dict[str, Value], item: str) -> None:
    held = instruments()[name]
    value = answers.get(item)
    if not isinstance(value, int) or value == 10:
        return
    before, after = scores(held, answers), scores(held, {**answers, item: value + 1})

    assert before.keys() == after.keys()
    assert all(after[d] >= before[d] for d in before)


PATHS = (
    "domain/assessment.py",
    "domain/versions.py",
    "domain/rating.py",
    "usecases/assessing.py",
    "usecases/rating.py",
)
FLOATING = {"float", "round", "math", "statistics", "mean", "fmean", "sqrt"}


def inexact(source: str) -> Iterator[str]:
    """Every float literal and every name that makes floats, with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield f"{node.lineno}: {node.value}"
        named = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        if named in FLOATING:
            yield f"{getattr(node, 'lineno', 0)}: {named}"
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from (f"{node.lineno}: {alias.name}" for alias in node.names if alias.name in FLOATING)


@pytest.mark.parametrize("path", PATHS)
def test_no_float_stands_on_the_way_to_a_score(path: str) -> None:
    source = (Path(valmentaja.__file__).parent / path).read_text(encoding="utf-8")

    assert list(inexact(source)) == []


@pytest.mark.parametrize("planted", ["x = 0.5", "x = float(y)", "x = round(y, 1)", "import math", "x = math.sqrt(y)"])
def test_a_planted_float_is_found(planted: str) -> None:
    assert list(inexact(planted))
