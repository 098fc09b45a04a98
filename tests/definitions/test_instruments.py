"""The instrument shipped is the one designed, item by item, and a faulty file is refused by name."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from valmentaja.base.errors import UserError
from valmentaja.base.paths import RESOURCES
from valmentaja.definitions.instruments import instruments, load_instrument, parse_instrument, released
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
        assert band(instruments()["suunta-1.0"], score) is Band[named]


def test_every_shipped_version_is_listed_as_released_with_its_fingerprint() -> None:
    """A version that was given out never changes; who edits one sees this test and the loader refuse it."""
    assert {i.id: i.fingerprint for i in instruments().values()} == dict(released())


def test_line_ends_and_comments_do_not_change_a_fingerprint() -> None:
    source = SHIPPED.read_bytes()

    for changed in (source.replace(b"\n", b"\r\n"), b"# read in training\n" + source, b"\xef\xbb\xbf" + source):
        assert parse_instrument(changed, file=SHIPPED.name).fingerprint == instruments()["suunta-1.0"].fingerprint


def test_a_released_version_is_refused_when_one_word_is_changed(tmp_path: Path) -> None:
    path = tmp_path / SHIPPED.name
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace("Haluan töihin", "Menen töihin"), encoding="utf-8")

    with pytest.raises(UserError) as error:
        load_instrument(path)
    assert error.value.text.format(**error.value.values) == (
        "suunta-1.0.toml: suunta-1.0 has been released and may not change. Give the new wording a new version."
    )


@pytest.mark.parametrize(("id_", "items"), [("startti-1.0", 11), ("kunnonsyyni-1.0", 17)])
def test_the_short_instruments_use_the_texts_of_suuntakartoitus(id_: str, items: int) -> None:
    suunta, made = instruments()["suunta-1.0"], instruments()[id_]

    texts = {i.id: i.text for i in suunta.items}
    assert len(made.items) == items
    assert all(i.text == texts[i.id] for i in made.items)
    assert (made.stem, made.notice, made.bands) == (suunta.stem, suunta.notice, suunta.bands)
    assert made.base == suunta.id


def test_startti_asks_what_the_quick_form_asks() -> None:
    quick = [i.id for i in instruments()["suunta-1.0"].items if i.quick]

    assert [i.id for i in instruments()["startti-1.0"].items] == quick


def test_every_band_says_in_every_language_that_it_is_not_validated() -> None:
    for instrument in instruments().values():
        for each in instrument.bands:
            assert "ei validoitu" in each.notice.fi
            assert "inte validerad" in each.notice.sv
            assert "not validated" in each.notice.en


def test_a_domain_without_items_is_refused(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    head, tail = text.split("[[domains]]")[0], text.split("[[domains]]")[1].split("[[domains.items]]")[0]
    path = tmp_path / SHIPPED.name
    path.write_text(f"{head}[[domains]]{tail}", encoding="utf-8")

    with pytest.raises(UserError, match=r"“domains\[1\].items” is missing"):
        load_instrument(path)
