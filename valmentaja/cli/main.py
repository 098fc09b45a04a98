"""`valmentaja` with a subcommand. Exit codes: 0 done, 1 user error, 2 usage, 3 storage, 130 stopped."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from valmentaja import __version__
from valmentaja.base.errors import N_
from valmentaja.cli import auditing, backups, commands, handing, instruments, keys, rights, safety, ura
from valmentaja.definitions.policy import policy
from valmentaja.i18n import command_line, tr
from valmentaja.usecases.preferences import preferences

COMMANDS = (
    *commands.COMMANDS,
    *keys.COMMANDS,
    *backups.COMMANDS,
    *safety.COMMANDS,
    *auditing.COMMANDS,
    *rights.COMMANDS,
    *handing.COMMANDS,
    *instruments.COMMANDS,
    *ura.COMMANDS,
)
GROUPS = {"instrument": N_("check, add and list instruments of the assessment")}
"""First words of commands that have two."""


def run(argv: Sequence[str]) -> int:
    """Carry out one command; in the window's language unless another is asked for."""
    # A broken policy stops every command, also those that would not ask it.
    return command_line.carry_out(argv, parser, preferences().language, before=policy)


def parser() -> argparse.ArgumentParser:
    shared = command_line.shared()
    top = argparse.ArgumentParser(
        prog="valmentaja", parents=[shared], description=tr("Caseload, assessment and plans without the window.")
    )
    top.add_argument("--version", action="version", version=__version__, help=tr("show the version"))
    locked = argparse.ArgumentParser(add_help=False, parents=[shared])
    locked.add_argument("vault", metavar="VAULT", help=tr("folder of the vault"))
    locked.add_argument("--passphrase-file", metavar="FILE", help=tr("file whose first line is the passphrase"))
    locked.add_argument(
        "--organisation-key-file",
        metavar="FILE",
        help=tr("open with the organisation's private key; the passphrase is then that of the key"),
    )
    locked.add_argument("--recovery-code-file", metavar="FILE", help=tr("open with the recovery code in this file"))
    adders = {"": top.add_subparsers(required=True, metavar="COMMAND")}
    for group, about in GROUPS.items():
        grouped = adders[""].add_parser(group, allow_abbrev=False, parents=[shared], help=tr(about))
        adders[group] = grouped.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        group, _, name = command.name.rpartition(" ")
        command_line.add(adders[group], name, command, locked if command.locked else shared)
    return top
