"""The instrument shipped is the one designed, item by item, and a faulty file is refused by name."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from valmentaja.base.errors import UserError
from valmentaja.base.paths import RESOURCES
from valmentaja.definitions.instruments import instruments, load_instrument
from valmentaja.definitions.text import LocalText
from valmentaja.domain.assessment import Band, band

SHIPPED = RESOURCES / "instruments" / "suunta-1.0.toml"


@pytest.fixture(scope="module")
def design() -> Any:
    return json.loads((Path(__file__).parent / "instrument.json").read_text(encoding="utf-8"))


def test_the_shipped_instrument_equals_its_design_item_by_item(design: Any) -> None:
    shipped = instruments()["suunta-1.0"]

    made = [
        {
            "id": d.id,
            "scored": d.scored,
            "items": [
                {"id": i.id, "fi": i.text.fi, "sv": i.text.sv, "en": i.text.en, "quick": i.quick} for i in d.items
            ],
        }
        for d in shipped.domains
    ]
    assert made == [{k: d[k] for k in ("id", "scored", "items")} for d in design["domains"]]
    assert shipped.name == LocalText(**design["name"])
    assert shipped.stem == LocalText(**design["stem"])
    assert (shipped.low, shipped.high) == tuple(LocalText(**design["anchors"][a]) for a in ("0", "10"))


def test_domain_names_are_those_of_the_design_without_the_remark_on_time(design: Any) -> None:
    for domain, designed in zip(instruments()["suunta-1.0"].domains, design["domains"], strict=True):
        for language in ("fi", "sv", "en"):
            assert domain.name.in_(language) == designed["name"][language].split(" (")[0]


def test_only_the_service_domain_waits_for_the_second_measurement() -> None:
    shipped = instruments()["suunta-1.0"]

    assert [d.id for d in shipped.domains if d.from_second] == ["L"]
    assert "".join(d.id for d in shipped.domains_for(first_time=True)) == "ABCDEFGHIJK"
    assert [d.id for d in shipped.domains if not d.scored] == ["L"]


def test_the_quick_check_has_one_item_of_each_scored_domain() -> None:
    quick = [[i.id for i in d.items if i.quick] for d in instruments()["suunta-1.0"].scored_domains]

    assert all(len(items) == 1 for items in quick)


def test_the_notice_says_in_every_language_that_it_is_not_validated() -> None:
    notice = instruments()["suunta-1.0"].notice

    assert "validoitu" in notice.fi
    assert "validerad" in notice.sv
    assert "not been validated" in notice.en


def test_named_bands_are_those_of_the_scoring_rule() -> None:
    bands = instruments()["suunta-1.0"].bands

    assert [b.id for b in bands] == [b.name for b in Band]
    for score in map(Fraction, range(11)):
        named = next(b.id for b in bands if b.below is None or score < b.below)
        assert band(score) is Band[named]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "A2"', 'id = "A1"', "the id “A1” occurs twice"),
        ('id = "B"\n', 'id = "A"\n', "the id “A” occurs twice"),
        ('sv = "Arbetsförmåga", ', "", r"“domains\[1\].name.sv” is missing"),
        ('en = "I could do some kind of work already now."\n', "", r"“domains\[1\].items\[1\].en” is missing"),
        ('version = "1.0"', 'version = "1.1"', "must be called suunta-1.1.toml"),
        ("scale = [0, 10]", "scale = [1, 5]", "“scale” must be"),
        ("higher_is_better", "lower_is_better", "“direction” must be"),
        ("scored = true", "scored = true\ncolour = 1", r"“domains\[1\].colour” is not known"),
    ],
)
def test_a_faulty_file_is_refused_by_file_and_key(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = tmp_path / SHIPPED.name
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    with pytest.raises(UserError, match=says) as error:
        load_instrument(path)
    assert error.value.values["file"] == SHIPPED.name


def test_a_domain_without_items_is_refused(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    head, tail = text.split("[[domains]]")[0], text.split("[[domains]]")[1].split("[[domains.items]]")[0]
    path = tmp_path / SHIPPED.name
    path.write_text(f"{head}[[domains]]{tail}", encoding="utf-8")

    with pytest.raises(UserError, match=r"“domains\[1\].items” is missing"):
        load_instrument(path)
