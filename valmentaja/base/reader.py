"""One strict way to read a file we did not write just now: it names the file, the key and what is wrong."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from valmentaja.base.errors import N_, UserError


class Node:
    """A table of named values; every key must be asked for, or `finish` refuses the file.

    A `default` makes a key optional. `at` is the path to this table inside the file, e.g. `domains[2]`.
    """

    def __init__(self, file: str, values: Mapping[str, object], at: str = "") -> None:
        self.file = file
        self.at = at
        self._values = values
        self._met: set[str] = set()
        self._children: list[Node] = []

    def text(self, key: str, default: str | None = None) -> str:
        """Text that is not blank, unless the default is taken."""
        value = self._take(key, default)
        if not isinstance(value, str):
            raise self.wrong(key, N_("{file}: “{key}” must be text."))
        if not value.strip() and value != default:
            raise self.wrong(key, N_("{file}: “{key}” is empty."))
        return value

    def integer(self, key: str, default: int | None = None) -> int:
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.wrong(key, N_("{file}: “{key}” must be a whole number."))
        return value

    def boolean(self, key: str, default: bool | None = None) -> bool:
        value = self._take(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, N_("{file}: “{key}” must be true or false."))
        return value

    def day(self, key: str) -> date:
        """A TOML date, or text in the form 2026-11-24."""
        value = self._take(key, None)
        if isinstance(value, str):
            value = _iso_day(value)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(key, N_("{file}: “{key}” must be a date such as 2026-11-24."))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        values = self._list(key)
        if not all(isinstance(v, str) and v.strip() for v in values):
            raise self.wrong(key, N_("{file}: “{key}” must be a list of texts."))
        return tuple(str(v) for v in values)

    def integers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        found = [v for v in self._list(key) if isinstance(v, int) and not isinstance(v, bool)]
        if len(found) != len(self._list(key)):
            raise self.wrong(key, N_("{file}: “{key}” must be a list of whole numbers."))
        return tuple(found)

    def node(self, key: str) -> Node:
        """The table under `key`."""
        return self._child(key, key, self._take(key, None))

    def nodes(self, key: str) -> tuple[Node, ...]:
        """The list of tables under `key`; it may not be empty."""
        values = self._list(key)
        if not values:
            raise self.wrong(key, N_("{file}: “{key}” has no rows."))
        return tuple(self._child(key, f"{key}[{n}]", v) for n, v in enumerate(values, start=1))

    def has(self, key: str) -> bool:
        return key in self._values

    def names(self) -> tuple[str, ...]:
        """What the file has here, for a table whose keys are themselves content."""
        return tuple(self._values)

    def finish(self) -> None:
        """Refuse keys that nobody asked for, here and in every table handed out."""
        unknown = sorted(set(self._values) - self._met)
        if unknown:
            raise self.wrong(unknown[0], N_("{file}: “{key}” is not known here."))
        for child in self._children:
            child.finish()

    def wrong(self, key: str, problem: str) -> UserError:
        """The error that names this file and key; `problem` is a msgid with {file} and {key}."""
        return UserError(problem, file=self.file, key=f"{self.at}.{key}".strip("."))

    def _take(self, key: str, default: object) -> object:
        self._met.add(key)
        value = self._values.get(key, default)
        if value is None:
            raise self.wrong(key, N_("{file}: “{key}” is missing."))
        return value

    def _list(self, key: str) -> list[object]:
        value = self._take(key, None)
        if not isinstance(value, list):
            raise self.wrong(key, N_("{file}: “{key}” must be a list."))
        return value

    def _child(self, key: str, at: str, value: object) -> Node:
        if not isinstance(value, dict):
            raise self.wrong(key, N_("{file}: “{key}” must be a table."))
        child = Node(self.file, value, f"{self.at}.{at}".strip("."))
        self._children.append(child)
        return child


def read_toml(path: Path) -> Node:
    """The whole TOML file as one table."""
    return toml_of(bytes_of(path), path.name)


def read_json(path: Path) -> Node:
    """The whole JSON file as one table."""
    return _parsed(bytes_of(path), path.name, _json)


def toml_of(source: bytes, file: str) -> Node:
    """The same from bytes that are not in a file now; `file` is the name that errors give."""
    return _parsed(source, file, tomllib.loads)


def bytes_of(path: Path) -> bytes:
    """What the file holds, or a sentence that names it."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(N_("{file}: the file cannot be read. Check that it is there."), file=path.name) from error


def _parsed(source: bytes, file: str, parse: Callable[[str], object]) -> Node:
    try:
        values = parse(source.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UserError(N_("{file}: the text is not UTF-8. Save the file as UTF-8."), file=file) from error
    except (ValueError, RecursionError) as error:
        raise UserError(N_("{file}: the file cannot be understood: {why}"), file=file, why=str(error)) from error
    if not isinstance(values, dict):
        raise UserError(N_("{file}: the file must hold one table of named values."), file=file)
    return Node(file, values)


def _iso_day(text: str) -> date | None:
    if len(text) != 10:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _json(text: str) -> object:
    return json.loads(text, object_pairs_hook=_without_doubles)


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """JSON would let the last of two equal keys win silently."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key occurs twice")
    return found
