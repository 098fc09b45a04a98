"""Which items are asked follows from the answers before them; nothing is lost when one is asked no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valmentaja.definitions.instruments import instruments, load_instrument
from valmentaja.domain.assessment import NoValue, Value, asked, counted, dropped, scores

OWN = load_instrument(Path(__file__).parents[1] / "definitions" / "own-1.0.toml")
SUUNTA = instruments()["suunta-1.0"]
ITEMS = [i.id for i in OWN.items]
some = st.dictionaries(st.sampled_from(ITEMS), st.one_of(st.integers(0, 10), st.sampled_from(NoValue)))


@pytest.mark.parametrize(
    ("values", "items"),
    [
        ({}, "P1 P2 P3 Q1 Q2 R1"),
        ({"P1": 7}, "P1 P2 P3 Q1 Q2 R1"),
        ({"P1": 8}, "P1 P3 Q1 R1"),
        ({"P1": NoValue.EI_HALUA}, "P1 P2 P3 Q1 Q2 R1"),
        ({"P2": 0}, "P1 P2 Q1 Q2 R1"),
        ({"P2": 1}, "P1 P2 P3 Q1 Q2 R1"),
        ({"P1": 10, "P2": 0}, "P1 P3 Q1 R1"),  # an item that is not asked decides nothing
        ({"Q1": NoValue.EI_KOSKE}, "P1 P2 P3 Q1 R1"),
        ({"Q1": NoValue.EI_KYSYTTY}, "P1 P2 P3 Q1 Q2 R1"),
    ],
)
def test_the_items_asked_follow_from_the_answers(values: dict[str, Value], items: str) -> None:
    assert " ".join(asked(OWN, values)) == items


def test_some_domains_wait_for_the_second_time_and_the_quick_form_is_shorter() -> None:
    assert "R1" not in asked(OWN, {}, first_time=True)
    assert asked(OWN, {}, quick=True) == ("P1",)
    assert len(asked(SUUNTA, {}, first_time=True)) == 45
    assert len(asked(SUUNTA, {})) == 49
    assert len(asked(SUUNTA, {}, quick=True, first_time=True)) == 11


def test_an_answer_whose_item_is_asked_no_more_is_named_until_it_is_confirmed() -> None:
    values: dict[str, Value] = {"P1": 9, "P2": 3, "Q2": NoValue.EI_HALUA}

    assert dropped(OWN, values) == ("P2", "Q2")
    assert dropped(OWN, {**values, "P2": NoValue.EI_KYSYTTY}) == ("Q2",)
    assert dropped(OWN, {**values, "P1": 2}) == ()


def test_what_is_asked_no_more_does_not_count_in_a_score() -> None:
    values: dict[str, Value] = {"P1": 9, "P2": 0, "P3": 7}

    assert counted(OWN, values) == {"P1": 9, "P3": 7}
    assert scores(OWN, values)["P"] == 8


@given(some, st.booleans(), st.booleans())
def test_an_item_is_never_both_asked_and_dropped_and_no_answer_is_lost(
    values: dict[str, Value], quick: bool, first_time: bool
) -> None:
    now = asked(OWN, values, quick=quick, first_time=first_time)
    gone = dropped(OWN, values, quick=quick, first_time=first_time)

    assert not set(now) & set(gone)
    assert set(gone) <= set(values)
    assert list(now) == [i for i in ITEMS if i in now]


@given(some, st.sampled_from(ITEMS), st.integers(0, 10))
def test_an_answer_changes_only_what_comes_after_it(values: dict[str, Value], item: str, value: int) -> None:
    place = ITEMS.index(item)
    before, after = asked(OWN, values), asked(OWN, {**values, item: value})

    assert [i for i in before if ITEMS.index(i) <= place] == [i for i in after if ITEMS.index(i) <= place]
