"""JSON from another coach's vault: every key known, no key twice, every value of its kind."""

from __future__ import annotations

import json
from collections.abc import Mapping


class MalformedError(Exception):
    """Not written as this program writes; says where."""


def read_object(text: bytes) -> dict[str, object]:
    """The whole text as one object."""
    try:
        found = json.loads(text.decode("utf-8"), object_pairs_hook=_without_doubles, parse_float=_no_float)
    except (ValueError, RecursionError) as error:
        raise MalformedError("not JSON") from error
    return as_object(found, "")


def as_object(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise MalformedError(where)
    return value


def as_list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise MalformedError(where)
    return value


def as_text(value: object, where: str) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise MalformedError(where)
    return value


def as_number(value: object, where: str) -> int:
    """A whole number from 0 up, as SQLite can hold it."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        raise MalformedError(where)
    return value


def exactly(held: Mapping[str, object], names: tuple[str, ...], where: str) -> None:
    """These keys, all of them and no other."""
    if set(held) != set(names):
        raise MalformedError(where)


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise MalformedError("a key occurs twice")
    return found


def _no_float(text: str) -> object:
    raise MalformedError(text)
