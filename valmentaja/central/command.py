"""What every subcommand of the centre is made of: its place in the parser, and what it says."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from valmentaja.base.errors import N_

Argument = tuple[tuple[str, ...], dict[str, Any]]
"""Names and options for argparse; `help` is a msgid."""

LAKE: Argument = (("lake",), {"metavar": "LAKE", "help": N_("the centre's folder, made by init")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`run` raises UserError when it refuses."""

    name: str
    help: str
    run: Callable[[Namespace], None]
    arguments: tuple[Argument, ...] = ()


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
