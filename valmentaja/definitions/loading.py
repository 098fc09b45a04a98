"""What every definition file has in common: texts in three languages, unique ids, one file per thing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from valmentaja.base.errors import N_, UserError
from valmentaja.base.reader import Node
from valmentaja.definitions.languages import languages
from valmentaja.definitions.text import LocalText

OWN = ("fi", "sv", "en")
"""The program's own languages, in which every text must be."""


def local_text(node: Node, key: str) -> LocalText:
    """The text under `key` in all three languages; a missing language is an error."""
    return languages_of(node.node(key))


def languages_of(node: Node) -> LocalText:
    """The texts fi, sv and en that stand in `node` itself, and those of further languages in its table `more`."""
    further = _further(node.node("more")) if node.has("more") else ()
    return LocalText(fi=node.text("fi"), sv=node.text("sv"), en=node.text("en"), more=further)


def _further(node: Node) -> tuple[tuple[str, str], ...]:
    """By ISO 639 code; a code that is no language is refused like any key that is not known."""
    return tuple((code, node.text(code)) for code in languages() if code not in OWN and node.has(code))


def optional_text(node: Node, key: str) -> LocalText | None:
    return local_text(node, key) if node.has(key) else None


def optional_day(node: Node, key: str) -> date | None:
    return node.day(key) if node.has(key) else None


def require_unique(node: Node, ids: Iterable[str]) -> None:
    """Refuse the file when an id occurs twice."""
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise UserError(N_("{file}: the id “{id}” occurs twice."), file=node.file, id=id_)
        seen.add(id_)


def toml_files(folder: Path) -> tuple[Path, ...]:
    """The definition files of a folder in the order of their names; none at all is an error."""
    found = tuple(sorted(folder.glob("*.toml")))
    if not found:
        raise UserError(N_("The folder {folder} holds no definitions. Install the program again."), folder=folder.name)
    return found
