"""Rules carry dates and sources; municipality and language codes are the official ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from valmentaja.base.errors import UserError
from valmentaja.base.paths import RESOURCES
from valmentaja.base.reader import read_json
from valmentaja.definitions.languages import is_language, languages
from valmentaja.definitions.municipalities import municipalities
from valmentaja.definitions.rules import Unit, load_rules, rules
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.queue import review_rule

DAY = date(2026, 11, 24)


def test_the_triggers_of_the_time_before_2026_are_kept_and_disabled() -> None:
    for rule in ("AKS-U25-TMT", "AKS-25-TMT", "AKS-25-TMT-180"):
        assert not rules()[rule].enabled
        assert not rules()[rule].applies(date(2024, 1, 1))
        assert rules()[rule].valid_to == date(2025, 12, 31)


def test_rules_not_read_in_the_act_are_marked() -> None:
    assert not rules()["AKS-25-TT"].verified
    assert rules()["AKS-REV"].verified


@pytest.mark.parametrize(
    ("rule", "least", "most", "unit"),
    [
        ("AKS-REV", None, 3, Unit.MONTHS),
        ("MTS-DUE", None, 3, Unit.MONTHS),
        ("MTS-REV", None, 3, Unit.MONTHS),
        ("AH-DUE", None, 10, Unit.WORKING_DAYS),
        ("KTT-MONTHS", 3, 24, Unit.MONTHS),
        ("KTT-WEEK", 1, 4, Unit.DAYS),
        ("KTT-DAYS", None, 178, Unit.DAYS),
        ("DEL-4Y", None, 4, Unit.YEARS),
        ("ASSESSMENT-30", None, 30, Unit.DAYS),
    ],
)
def test_the_figures_in_force_are_those_of_the_law(rule: str, least: int | None, most: int, unit: Unit) -> None:
    found = rules()[rule]

    assert (found.least, found.most, found.unit) == (least, most, unit)
    assert found.applies(DAY)


def test_a_rule_applies_from_its_first_day() -> None:
    assert rules()["MTS-REV"].applies(date(2025, 1, 1))
    assert not rules()["MTS-REV"].applies(date(2024, 12, 31))


def test_every_review_rule_of_the_queue_is_shipped() -> None:
    assert all(review_rule(kind) in rules() for kind in PlanKind)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ("most = 3", "must stand beside"),
        ('least = 4\nmost = 3\nunit = "days"', "smaller than"),
        ('most = 3\nunit = "weeks"', "must be hours, days"),
        ("valid_from = 2026-01-02\nvalid_to = 2026-01-01", "before “valid_from”"),
        ("colour = 1", "not known here"),
    ],
)
def test_a_faulty_rule_is_refused(tmp_path: Path, changed: str, says: str) -> None:
    path = tmp_path / "rules.toml"
    texts = '[rules.text]\nfi = "a"\nsv = "b"\nen = "c"\n'
    head = '[[rules]]\nid = "X"\nsource = "s"\nverified = true\nenabled = true\n'
    path.write_text(f"{head}{changed}\n{texts}", encoding="utf-8")

    with pytest.raises(UserError, match=says):
        load_rules(path)


def test_there_are_308_municipalities_in_19_regions() -> None:
    found = municipalities()

    assert len(found) == 308
    assert len({m.region for m in found.values()}) == 19
    assert "588" not in found
    assert (found["405"].name_in("fi"), found["405"].name_in("sv")) == ("Lappeenranta", "Villmanstrand")


def test_languages_are_known_by_two_and_three_letters() -> None:
    assert all(is_language(code) for code in ("fi", "sv", "en", "se", "ru", "uk", "so", "smn", "fin", "swe"))
    assert not any(is_language(code) for code in ("", "FI", "xx", "en_GB", "suomi", "f1"))
    assert languages("sv")["se"] == "nordsamiska"


def test_the_code_lists_can_be_read() -> None:
    assert read_json(RESOURCES / "codes.json").has("ura_plan_type")
