"""The shipped definitions: rows, titles, services."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from valmentaja.base.errors import UserError
from valmentaja.base.paths import RESOURCES
from valmentaja.definitions.indicators import Frequency, RowKey, definitions, load_definitions
from valmentaja.definitions.services import ServiceGroup, act_set, load_services, services
from valmentaja.indicators.measures import MEASURES

GIVEN = Path(__file__).resolve().parents[1] / "data" / "sample-expected.csv"


def test_the_rows_are_those_of_the_given_figures() -> None:
    ours = definitions()
    with GIVEN.open(encoding="utf-8", newline="") as text:
        given = {RowKey(r["freq"], r["indicator"], r["dim1"], r["dim2"]) for r in csv.DictReader(text)}
    wanted = sorted(given)
    assert list(ours.row_keys()) == wanted
    assert [sum(key.freq == freq for key in wanted) for freq in "MQA"] == [115, 200, 16]


def test_every_indicator_has_a_formula_and_every_formula_an_indicator() -> None:
    assert set(definitions().indicators) == set(MEASURES)


def test_every_row_has_its_own_title_in_three_languages() -> None:
    titles = [definitions().title(key) for key in definitions().row_keys()]
    for language in ("fi", "sv", "en"):
        assert len({title.in_(language) for title in titles}) == 331
    assert definitions().title(RowKey("A", "EX01", "ELAKE")).en == "Exits: pension · year"
    assert definitions().title(RowKey("M", "EX01", "ELAKE")).fi == "Päättyneet asiakkuudet: eläke"
    assert definitions().title(RowKey("M", "CL01")).sv == "Klienter på räkningsdagen"


def test_every_indicator_is_explained_with_its_source() -> None:
    for indicator in definitions().indicators.values():
        explained = indicator.explanation
        assert len({explained.fi, explained.sv, explained.en}) == 3
        assert all(text.endswith(".") for text in (explained.fi, explained.sv, explained.en))
        assert indicator.source
        assert indicator.freqs[0] in Frequency


def test_an_unknown_version_is_refused_with_what_to_do() -> None:
    with pytest.raises(UserError, match=r"valmentaja-ind/9.* Update the program"):
        definitions("valmentaja-ind/9")


def test_a_definition_file_with_an_unknown_code_list_names_file_and_key(tmp_path: Path) -> None:
    text = (RESOURCES / "indicators" / "ind-1.toml").read_text(encoding="utf-8")
    changed = tmp_path / "ind-9.toml"
    changed.write_text(text.replace('dimensions = ["state"]', 'dimensions = ["stat"]'), encoding="utf-8")
    with pytest.raises(UserError, match=r"ind-9\.toml: “indicators\[6\]\.dimensions”"):
        load_definitions(changed)


def test_the_catalogue_has_its_services_groups_and_sets() -> None:
    found = services()
    assert len(found) == 34
    assert {s.group for s in found.values()} == {None, *ServiceGroup}
    assert found["TYOKOKEILU"].group is found["KOULUTUSKOKEILU"].group is ServiceGroup.KOKEILU
    assert found["KUNTOUTTAVA"].name.in_("sv") == "Arbetsverksamhet i rehabiliteringssyfte"
    assert found["PALKKATUKI"].is_valid(date(2026, 1, 1))


def test_the_two_activation_sets_differ_where_the_sources_do() -> None:
    usual, other = act_set(), act_set("ar_tilastokoulu_2015")
    assert usual - other == {"STARTTIRAHA"}
    assert other - usual == {"TYOHONVALMENNUS", "VUOROTTELU"}
    assert all(s.group is not None for s in services().values() if s.code in usual)
    with pytest.raises(UserError, match="ar_2099"):
        act_set("ar_2099")


@pytest.mark.parametrize(
    ("find", "put", "why"),
    [
        ("TYOPAJA,Työpaja", "TYOPAJA,", "line 14"),
        ("KUNTOUTTAVA,1,1", "KUNTOUTAVA,1,1", "KUNTOUTAVA"),
        ("KUNTOUTTAVA,1,1", "KUNTOUTTAVA,x,1", "line 10"),
        ("TYOPAJA,", "TYOPANKKI,", "twice"),
        ("valid_from", "valid", "“valid_from” is missing"),
        ("code,fi,sv", "code,fi,sv,sv2", "line 2"),
    ],
)
def test_a_broken_catalogue_is_refused_by_name(tmp_path: Path, find: str, put: str, why: str) -> None:
    text = (RESOURCES / "services.csv").read_text(encoding="utf-8")
    broken = tmp_path / "services.csv"
    broken.write_text(text.replace(find, put, 1), encoding="utf-8")
    with pytest.raises(UserError, match=f"services.csv.*{why}"):
        load_services(broken)
