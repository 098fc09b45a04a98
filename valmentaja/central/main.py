"""`valmentaja-kokoaja` with a subcommand. Exit codes: 0 done, 1 user error, 2 usage, 3 storage, 130 stopped."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from valmentaja import __version__
from valmentaja.central import collecting, exporting, registering, reporting
from valmentaja.i18n import LANGUAGES, command_line, tr
from valmentaja.i18n.command_line import Command

COMMANDS: tuple[Command, ...] = (*registering.COMMANDS, *collecting.COMMANDS, *reporting.COMMANDS, *exporting.COMMANDS)


def run(argv: Sequence[str]) -> int:
    """Carry out one command; in Finnish unless another language is asked for."""
    return command_line.carry_out(argv, parser, LANGUAGES[0])


def parser() -> argparse.ArgumentParser:
    shared = command_line.shared()
    top = argparse.ArgumentParser(
        prog="valmentaja-kokoaja",
        parents=[shared],
        description=tr("Collects the units' protected monthly figures and reports them."),
    )
    top.add_argument("--version", action="version", version=__version__, help=tr("show the version"))
    added = top.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command_line.add(added, command.name, command, shared)
    return top
