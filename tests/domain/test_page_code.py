"""The code of a printed page: any slip in typing shows, and no two pages or people share one."""

from __future__ import annotations

from random import Random

import pytest

from valmentaja.definitions.instruments import instruments
from valmentaja.domain.page_code import SYMBOLS, PageCode, page_code, read, short_code
from valmentaja.domain.paper_form import Form, form_of, pages

CHANCE = Random(9)
CODES = [
    page_code(instrument, CHANCE.choice(list(Form)), CHANCE.randrange(1, 10), f"{CHANCE.getrandbits(128):032x}")
    for instrument in ("suunta-1.0", "startti-1.0", "kunnonsyyni-1.12", "x-1")
    for _ in range(30)
]


@pytest.mark.parametrize("spelling", [str, str.lower, lambda t: t.replace("-", ""), lambda t: t.replace("-", " ")])
def test_a_code_reads_back_however_it_is_written(spelling: object) -> None:
    assert callable(spelling)
    assert [read(spelling(code.text)) for code in CODES] == CODES


def test_any_single_wrong_character_is_found() -> None:
    for code in CODES:
        typed = code.text.replace("-", "")
        for place, right in enumerate(typed):
            for wrong in set(SYMBOLS) - {right}:
                with pytest.raises(ValueError, match="."):
                    read(typed[:place] + wrong + typed[place + 1 :])


def test_any_swap_of_neighbours_is_found() -> None:
    for code in CODES:
        typed = code.text.replace("-", "")
        for place in range(len(typed) - 1):
            one, other = typed[place : place + 2]
            if one != other:
                with pytest.raises(ValueError, match="."):
                    read(typed[:place] + other + one + typed[place + 2 :])


def test_signs_that_look_alike_are_one() -> None:
    code = PageCode(instrument="SNT10", form="F", page=1, short="0V1201V")
    typed = code.text
    for right, taken_for_it in ("0O", "1I", "1L", "2Z", "VU"):
        assert read(typed.replace(right, taken_for_it)) == code


@pytest.mark.parametrize("typed", ["", "A", "SNT10-F2", "Ä" * 14, "0" * 40, "SNT10-F2-7K3Q9AB-X-9999-9999"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        read(typed)


def test_short_codes_differ_and_do_not_say_the_id() -> None:
    ids = [f"{CHANCE.getrandbits(128):032x}" for _ in range(5000)]
    assert len({short_code(i) for i in ids}) == len(ids)
    assert not any(short_code(i).lower() in i for i in ids)


def test_pages_of_one_form_never_share_the_last_character() -> None:
    for instrument in instruments().values():
        for form in Form:
            checks = [page_code(instrument.id, form, p.number, "abc").check for p in pages(instrument, form)]
            assert len(set(checks)) == len(checks)


def test_a_form_asks_what_the_assessment_asks_and_keeps_a_domain_together() -> None:
    instrument = instruments()["suunta-1.0"]
    for quick in (False, True):
        for first_time in (False, True):
            made = pages(instrument, form_of(quick=quick, first_time=first_time))
            rows = [row for page in made for row in page.rows]
            asked = [
                item.id
                for domain in instrument.domains_for(first_time=first_time)
                for item in domain.items
                if item.quick or not quick
            ]
            assert [row.id for row in rows if row.item is not None] == asked
            assert len({(page.number, row.domain.id) for page in made for row in page.rows}) == len(
                {row.domain.id for row in rows}
            )


def test_an_instrument_without_a_short_form_has_no_pages_of_one() -> None:
    for instrument in instruments().values():
        assert bool(pages(instrument, Form.SHORT)) is any(item.quick for item in instrument.items)


def test_the_layout_that_was_printed_stays() -> None:
    """Whoever changes this sends every form on paper to the wrong rows."""
    made = {form: [len(page.rows) for page in pages(instruments()["suunta-1.0"], form)] for form in Form}
    assert made == {"F": [9, 11, 11, 11, 10, 4], "R": [9, 11, 11, 11, 10, 8], "S": [11], "T": [11]}


def test_satisfaction_is_asked_from_the_second_measurement_on() -> None:
    instrument = instruments()["suunta-1.0"]
    later = {d.id for d in instrument.domains if d.from_second}
    asked = {form: {row.domain.id for page in pages(instrument, form) for row in page.rows} for form in Form}
    assert later
    assert not asked[Form.FULL] & later
    assert asked[Form.LATER] >= later
