"""The strict reader names file, key and problem, and lets nothing pass silently."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from valmentaja.base.errors import UserError
from valmentaja.base.reader import Node, read_json, read_toml


def node(**values: object) -> Node:
    return Node("x.toml", values)


@pytest.mark.parametrize(
    ("ask", "values", "says"),
    [
        (lambda n: n.text("a"), {}, "x.toml: “a” is missing."),
        (lambda n: n.text("a"), {"a": 1}, "x.toml: “a” must be text."),
        (lambda n: n.text("a"), {"a": "  "}, "x.toml: “a” is empty."),
        (lambda n: n.integer("a"), {"a": True}, "x.toml: “a” must be a whole number."),
        (lambda n: n.integer("a"), {"a": 1.5}, "x.toml: “a” must be a whole number."),
        (lambda n: n.boolean("a"), {"a": 1}, "x.toml: “a” must be true or false."),
        (lambda n: n.day("a"), {"a": "2026-02-30"}, "x.toml: “a” must be a date such as 2026-11-24."),
        (lambda n: n.day("a"), {"a": "20260224"}, "x.toml: “a” must be a date such as 2026-11-24."),
        (lambda n: n.texts("a"), {"a": ["b", 1]}, "x.toml: “a” must be a list of texts."),
        (lambda n: n.integers("a"), {"a": [1, True]}, "x.toml: “a” must be a list of whole numbers."),
        (lambda n: n.node("a"), {"a": "b"}, "x.toml: “a” must be a table."),
        (lambda n: n.nodes("a"), {"a": {}}, "x.toml: “a” must be a list."),
        (lambda n: n.nodes("a"), {"a": []}, "x.toml: “a” has no rows."),
    ],
)
def test_a_wrong_value_is_named(ask: Callable[[Node], object], values: dict[str, object], says: str) -> None:
    with pytest.raises(UserError) as error:
        ask(Node("x.toml", values))

    assert str(error.value) == says


def test_a_key_nobody_asked_for_is_refused_at_any_depth() -> None:
    whole = node(a=[{"b": 1}, {"b": 2, "c": 3}])
    for row in whole.nodes("a"):
        row.integer("b")

    with pytest.raises(UserError, match=r"x.toml: “a\[2\].c” is not known here."):
        whole.finish()


def test_a_default_makes_a_key_optional_and_finish_is_content() -> None:
    whole = node(day=date(2026, 11, 24))

    assert (whole.text("a", ""), whole.integer("b", 3), whole.boolean("c", False)) == ("", 3, False)
    assert whole.day("day") == date(2026, 11, 24)
    whole.finish()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a = \xff", "not UTF-8"),
        (b"a = = 1", "cannot be understood"),
        (b"a = 1\na = 2", "cannot be understood"),
    ],
)
def test_a_broken_toml_file_is_named(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_bytes(content)

    with pytest.raises(UserError, match=says) as error:
        read_toml(path)
    assert error.value.values["file"] == "rules.toml"


@pytest.mark.parametrize(
    ("content", "says"), [("[1]", "one table"), ('{"a": 1, "a": 2}', "occurs twice"), ("[" * 100_000, "understood")]
)
def test_a_broken_json_file_is_named(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(UserError, match=says):
        read_json(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="gone.toml: the file cannot be read"):
        read_toml(tmp_path / "gone.toml")
