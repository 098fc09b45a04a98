"""A broken instrument file is refused with a sentence that names the file, the place and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from valmentaja.base.errors import UserError
from valmentaja.definitions.instruments import (
    LARGEST,
    MOST_DOMAINS,
    MOST_ITEMS,
    load_instrument,
    parse_instrument,
)
from valmentaja.domain.page_code import page_code
from valmentaja.domain.paper_form import Form, pages

WHOLE = Path(__file__).with_name("own-1.0.toml")

BROKEN: dict[str, tuple[str, str, str]] = {
    "no version": ('version = "1.0"\n', "", "“version” is missing."),
    "a version that is no number": (
        'version = "1.0"',
        'version = "uusi"',
        "“version” must be two numbers with a point, such as 1.0.",
    ),
    "an id with capitals": (
        'id = "own"',
        'id = "Own"',
        "“id” must be small letters a–z, digits and hyphens, such as oma-kartoitus.",
    ),
    "an id that is not the file's": ('id = "own"', 'id = "other"', "the file must be called other-1.0.toml."),
    "a language that is missing": ('sv = "Gård", ', "", "“domains[1].name.sv” is missing."),
    "an empty text": ('fi = "Haravoin."', 'fi = " "', "“domains[1].items[2].fi” is empty."),
    "a text that is a number": ('fi = "Haravoin."', "fi = 3", "“domains[1].items[2].fi” must be text."),
    "another scale": ("[0, 10]", "[1, 5]", "“scale” must be [0, 10]; this program scores no other scale."),
    "another direction": ("higher_is", "lower_is", "“direction” must be higher_is_better."),
    "a key nobody knows": ("scored = true", "scored = true\ncolour = 1", "“domains[1].colour” is not known here."),
    "an item twice": ('id = "R1"', 'id = "Q1"', "the id “Q1” occurs twice."),
    "a domain twice": ('id = "Q"', 'id = "P"', "the id “P” occurs twice."),
    "an item id with a space": (
        'id = "Q1"',
        'id = "Q 1"',
        "“domains[2].items[1].id” must be letters and digits, at most 20, such as A1.",
    ),
    "a yes that is text": ("scored = true", 'scored = "yes"', "“domains[1].scored” must be true or false."),
    "more than all items needed": (
        "items_needed = 60",
        "items_needed = 160",
        "“scoring.items_needed” must be 1–100, per cent of a domain's items.",
    ),
    "a share with decimals": (
        "items_needed = 60",
        "items_needed = 60.5",
        "“scoring.items_needed” must be a whole number.",
    ),
    "more domains needed than there are": (
        "domains_needed = 2",
        "domains_needed = 3",
        "“scoring.domains_needed” must be from 1 to the number of scored domains.",
    ),
    "a band beyond the scale": (
        "below = 5",
        "below = 11",
        "“bands”: each “below” must be 1–10 and more than the one before it.",
    ),
    "a band that leaves the end open": (
        'id = "STRENGTH"',
        'id = "STRENGTH"\nbelow = 9',
        "“bands”: every band but the last needs “below”, the last takes the rest.",
    ),
    "a band with another name": (
        'id = "STRENGTH"',
        'id = "GREAT"',
        "“bands” must be SUPPORT, WATCH, STRENGTH in this order, each once.",
    ),
    "a rule about an item that is not there": (
        'when = "P1"',
        'when = "X9"',
        "“skip[1].when” names an item that the instrument does not have.",
    ),
    "a rule that skips what is not there": (
        '["P2", "Q2"]',
        '["P2", "X9"]',
        "“skip[1].items” names an item that the instrument does not have.",
    ),
    "a rule that looks ahead": (
        'items = ["P3"]',
        'items = ["P1"]',
        "“skip[2].items” may only name items after “when”: a rule looks back, not ahead.",
    ),
    "a rule off the scale": ("at_least = 8", "at_least = 80", "“skip[1].at_least” must be on the scale, 0–10."),
    "a rule of two tests": (
        "at_least = 8",
        "at_least = 8\nis = 9",
        "beside “skip[1].when” give one of is, at_most, at_least and no_number.",
    ),
    "a rule in other words": (
        "at_least = 8",
        "more_than = 7",
        "beside “skip[1].when” give one of is, at_most, at_least and no_number.",
    ),
    "a reason that does not exist": (
        '"EI_KOSKE"',
        '"EI_TIEDÄ"',
        "“skip[3].no_number” must be EI_HALUA, EI_KOSKE or EI_KYSYTTY.",
    ),
    "a base that is not here": (
        "scale = ",
        'base = "gone-1.0"\nscale = ',
        "“base” names an instrument that is not here. Add that one first.",
    ),
    "a base that has a base": (
        "scale = ",
        'base = "startti-1.0"\nscale = ',
        "“base” names an instrument that itself has a base. Name that base.",
    ),
    "a domain of no base": (
        'id = "Q"\n',
        'use = "A"\n',
        "“domains[2].use” names a domain that the base does not have.",
    ),
    "an earlier item of no version": (
        'id = "Q2"',
        'id = "Q2"\nearlier = "Q1"',
        "“domains[2].items[2].earlier” needs “replaces” at the top: the version that has that item.",
    ),
    "a version that replaces itself": (
        'id = "own"',
        'id = "own"\nreplaces = "own-1.0"',
        "“replaces” must name an earlier version of the same instrument.",
    ),
    "a version that replaces another's": (
        'id = "own"',
        'id = "own"\nreplaces = "suunta-1.0"',
        "“replaces” must name an earlier version of the same instrument.",
    ),
    "a base of three hundred letters": (
        "scale = ",
        f'base = "{"x" * 300}-1.0"\nscale = ',
        "“base” names an instrument that is not here. Add that one first.",
    ),
    "a date where there is none": (
        'version = "1.0"',
        'version = "1.0"\nvalid = 2026-01-01',
        "use texts, whole numbers and true or false only.",
    ),
}


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as error:
        load_instrument(path)
    return error.value.text.format(**error.value.values)


def test_the_whole_file_is_taken() -> None:
    assert load_instrument(WHOLE).id == "own-1.0"


@pytest.mark.parametrize("way", BROKEN)
def test_a_broken_file_is_refused_with_the_place(tmp_path: Path, way: str) -> None:
    old, new, says = BROKEN[way]
    text = WHOLE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / WHOLE.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    assert refusal(path) == f"own-1.0.toml: {says}"


def test_a_file_that_is_no_toml_is_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / WHOLE.name
    path.write_text('id = "own"\nversion = \n', encoding="utf-8")

    assert refusal(path).startswith("own-1.0.toml: the file cannot be understood: ")
    assert "line 2" in refusal(path)


def test_a_file_in_another_character_set_is_refused(tmp_path: Path) -> None:
    path = tmp_path / WHOLE.name
    path.write_bytes(WHOLE.read_text(encoding="utf-8").encode("latin-1"))

    assert refusal(path) == "own-1.0.toml: the text is not UTF-8. Save the file as UTF-8."


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone-1.0.toml") == "gone-1.0.toml: the file cannot be read. Check that it is there."


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / WHOLE.name
    path.write_bytes(b"")

    assert refusal(path) == "own-1.0.toml: “id” is missing."


def test_more_items_than_the_paper_form_can_number_are_refused(tmp_path: Path) -> None:
    more = "".join(f'[[domains.items]]\nid = "Z{n}"\nfi = "a"\nsv = "b"\nen = "c"\n' for n in range(145))
    path = tmp_path / WHOLE.name
    path.write_text(WHOLE.read_text(encoding="utf-8") + more, encoding="utf-8")

    assert refusal(path) == "own-1.0.toml: an instrument has at most 150 items and 40 domains."


@pytest.mark.parametrize("size", range(1, 15))
def test_the_largest_instrument_allowed_fits_the_codes_of_its_paper_form(tmp_path: Path, size: int) -> None:
    """Domains of every size, as many as are allowed: every page has its code."""
    head = WHOLE.read_text(encoding="utf-8").split("[[skip]]")[0].replace("domains_needed = 2", "domains_needed = 1")
    item = '[[domains.items]]\nid = "{id}"\nfi = "a"\nsv = "b"\nen = "c"\n'
    made = ""
    for n in range(min(MOST_DOMAINS, MOST_ITEMS // size)):
        made += f'[[domains]]\nid = "D{n}"\nname = {{ fi = "a", sv = "b", en = "c" }}\nscored = true\n'
        made += "".join(item.format(id=f"D{n}x{m}") for m in range(size))
    path = tmp_path / WHOLE.name
    path.write_text(head + made, encoding="utf-8")
    held = load_instrument(path)

    for page in pages(held, Form.FULL):
        assert str(page_code(held.id, Form.FULL, page.number, "abcdefgh"))


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / WHOLE.name
    path.write_bytes(b"#" * (LARGEST + 1))

    assert refusal(path) == "own-1.0.toml: the file is too large for an instrument (1 MB)."


def test_scored_domains_without_bands_are_refused_although_there_is_a_base() -> None:
    """A base that scores nothing has no bands to give."""
    bare = (
        WHOLE.read_text(encoding="utf-8").replace("domains_needed = 2\n", "").replace("scored = true", "scored = false")
    )
    bare = bare[: bare.index("[[bands]]")] + bare[bare.index("[[skip]]") :]
    base = parse_instrument(bare.encode(), file="bare-1.0.toml")
    assert base.bands == ()
    derived = (
        WHOLE.read_text(encoding="utf-8").replace("scale = ", 'base = "own-1.0"\nscale = ').replace('"own"', '"two"')
    )
    derived = derived[: derived.index("[[bands]]")] + derived[derived.index("[[skip]]") :]

    with pytest.raises(UserError, match="“bands” is missing"):
        parse_instrument(derived.encode(), file="two-1.0.toml", find={"own-1.0": base}.get)
