"""Plan types are data: what the law asks of each is there, dated, and written in three languages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from valmentaja.base.errors import UserError
from valmentaja.base.paths import RESOURCES
from valmentaja.definitions.plan_types import (
    FieldKind,
    PlanField,
    PlanType,
    every_plan_type,
    load_plan_type,
    plan_type,
    plan_types,
)
from valmentaja.domain.codes import PlanKind

DAY = date(2026, 11, 24)
FOLDER = RESOURCES / "plan_types"


def fields(found: PlanType) -> Iterator[PlanField]:
    return (f for s in found.sections for f in s.fields)


def required(found: PlanType, **ticks: str) -> set[str]:
    return {f.id for s in found.sections_for(ticks) for f in s.fields if f.required}


def test_what_can_be_drawn_up_today_leaves_out_plans_made_elsewhere() -> None:
    assert set(plan_types(DAY)) == {"AKTIVOINTI", "MONIALAINEN", "TYOLLISTYMIS", "VALMENNUS"}


def test_every_kind_the_indicators_know_has_a_name_on_any_day() -> None:
    for kind in PlanKind:
        assert plan_type(kind, date(2022, 1, 1)).kind == kind


def test_an_unknown_kind_is_a_user_error() -> None:
    with pytest.raises(UserError, match="“MUU” is not known"):
        plan_type("MUU", DAY)


@pytest.mark.parametrize(
    ("kind", "signers"),
    [
        ("AKTIVOINTI", {"client", "tyovoimaviranomainen", "hyvinvointialue"}),
        ("MONIALAINEN", {"client", "tyovoimaviranomainen", "hyvinvointialue"}),
        ("TYOLLISTYMIS", {"client", "tyovoimaviranomainen"}),
        ("VALMENNUS", {"client", "valmentaja"}),
    ],
)
def test_the_required_signers_are_those_of_the_law(kind: str, signers: set[str]) -> None:
    assert {p.id for p in plan_types(DAY)[kind].parties if p.required} == signers


def test_kela_and_a_support_person_may_sign_the_multi_agency_plan() -> None:
    assert {p.id for p in plan_types(DAY)["MONIALAINEN"].parties if not p.required} == {"kela", "tukihenkilo"}


def test_every_required_field_names_the_law_that_asks_for_it() -> None:
    for found in every_plan_type():
        assert all(f.source for f in fields(found) if f.required), found.kind


def test_an_activation_plan_asks_what_section_8_asks() -> None:
    asked = {f.source.split(";")[0] for f in fields(plan_types(DAY)["AKTIVOINTI"]) if f.required}

    assert {f"189/2001 8.1 § {n} k" for n in (1, 2, 3, 5)} <= asked
    assert "189/2001 8.2 §" in asked


def test_the_work_activity_section_is_asked_only_when_it_is_ticked_and_is_the_same_in_both_plans() -> None:
    aktivointi, monialainen = plan_types(DAY)["AKTIVOINTI"], plan_types(DAY)["MONIALAINEN"]

    extra = required(monialainen, ktt_included="1") - required(monialainen)
    assert extra == required(aktivointi, ktt_included="1") - required(aktivointi)
    assert all(name.startswith("ktt_") for name in extra)


def test_the_work_activity_section_has_the_six_items_and_the_information_duty() -> None:
    section = next(s for s in plan_types(DAY)["MONIALAINEN"].sections if s.id == "ktt")

    for number in range(1, 7):
        assert any(f"9.1 § {number} k" in f.source and f.required for f in section.fields), number
    assert [f.kind for f in section.fields if f.source == "189/2001 9.2 §"] == [FieldKind.TICK, FieldKind.DATE]


def test_the_activation_plan_says_whom_it_is_for_since_2026() -> None:
    helps = [f.help for f in fields(plan_types(DAY)["AKTIVOINTI"]) if f.help]

    assert any("toimeentulotuki" in h.fi and "utkomststöd" in h.sv and "social assistance" in h.en for h in helps)


def test_plans_are_marked_confidential_in_every_language() -> None:
    for found in every_plan_type():
        assert "24.1 § 25" in found.confidential.fi
        assert "SEKRETESSBELAGD" in found.confidential.sv
        assert found.review_months == 3


def copied(tmp_path: Path, name: str, old: str, new: str) -> Path:
    shutil.copytree(FOLDER, tmp_path / "plan_types")
    path = tmp_path / "plan_types" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path / "plan_types"


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("aktivointi.toml", 'kind = "tick"', 'kind = "box"', "must be text, date, tick or number"),
        ("aktivointi.toml", "review_months = 3", "review_months = 0", "must be 1 or more"),
        ("aktivointi.toml", 'id = "earlier_plans"', 'id = "earlier_services"', "“earlier_services” occurs twice"),
        ("aktivointi.toml", "2025-01-01", "25", "“valid_from” must be a date"),
        ("aktivointi.toml", '"ktt.toml"', '"gone.toml"', "gone.toml: the file cannot be read"),
        ("shared/ktt.toml", 'only_if = "ktt_included"', 'only_if = "ktt_place"', "not a tick"),
        ("shared/ktt.toml", 'kind = "tick"', 'kind = "text"', "not a tick"),
        ("aktivointi.toml", 'include = "ktt.toml"', 'include = "ktt.toml"\nid = "x"', "not known here"),
    ],
)
def test_a_faulty_template_is_refused(tmp_path: Path, name: str, old: str, new: str, says: str) -> None:
    folder = copied(tmp_path, name, old, new)

    with pytest.raises(UserError, match=says):
        load_plan_type(folder / "aktivointi.toml")
