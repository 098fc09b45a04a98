"""Kinds of clarification beside an assessment: what may be ordered from others, and how long one usually waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from valmentaja.base.errors import N_
from valmentaja.base.paths import RESOURCES
from valmentaja.base.reader import Node, read_toml
from valmentaja.definitions.loading import local_text, optional_text, require_unique
from valmentaja.definitions.text import LocalText

OTHER = LocalText(fi="Selvitys", sv="Utredning", en="Clarification")
"""What a kind is called that this program does not know: one from a newer program, by a handover."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClarificationKind:
    """`days` is the wait that is proposed, `source` who usually gives the result."""

    id: str
    name: LocalText
    days: int
    source: LocalText | None


@cache
def clarification_kinds() -> Mapping[str, ClarificationKind]:
    """Every kind shipped, by id, in the order they are offered."""
    return load_clarification_kinds(RESOURCES / "clarifications.toml")


def clarification_name(kind: str) -> LocalText:
    found = clarification_kinds().get(kind)
    return OTHER if found is None else found.name


def load_clarification_kinds(path: Path) -> Mapping[str, ClarificationKind]:
    """The kinds of one TOML file; UserError names file and key of the first thing wrong."""
    node = read_toml(path)
    found = [_kind(k) for k in node.nodes("kinds")]
    node.finish()
    require_unique(node, (k.id for k in found))
    return MappingProxyType({k.id: k for k in found})


def _kind(node: Node) -> ClarificationKind:
    made = ClarificationKind(
        id=node.text("id"),
        name=local_text(node, "name"),
        days=node.integer("days"),
        source=optional_text(node, "source"),
    )
    if made.days < 1:
        raise node.wrong("days", N_("{file}: “{key}” must be at least 1."))
    return made
