"""`valmentaja` with a subcommand. Exit codes: 0 done, 1 user error, 2 usage, 3 storage."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from valmentaja import __version__
from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.cli import auditing, backups, commands, handing, instruments, keys, rights, safety, ura
from valmentaja.definitions.policy import policy
from valmentaja.i18n import LANGUAGES, set_language, tr, words
from valmentaja.i18n.catalogue import screen_language
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
DONE, REFUSED, USAGE, STORAGE = 0, 1, 2, 3


def run(argv: Sequence[str]) -> int:
    """Carry out one command; one sentence on stderr when it is refused."""
    set_language(_language(argv))
    try:
        chosen = parser().parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    set_language(chosen.language or screen_language())
    try:
        policy()  # a broken policy stops every command, also those that would not ask it
        chosen.command(chosen)
    except StorageError as error:
        return _said(error, STORAGE)
    except UserError as error:
        return _said(error, REFUSED)
    return DONE


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="valmentaja", description=tr("Caseload, assessment and plans without the window.")
    )
    top.add_argument("--version", action="version", version=__version__)
    shared = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    shared.add_argument("--language", choices=LANGUAGES, help=tr("language of messages and documents"))
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
        grouped = adders[""].add_parser(group, allow_abbrev=False, help=tr(about))
        adders[group] = grouped.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        group, _, name = command.name.rpartition(" ")
        added = adders[group].add_parser(
            name, allow_abbrev=False, parents=[locked if command.locked else shared], help=tr(command.help)
        )
        for names, options in command.arguments:
            added.add_argument(*names, **{**options, "help": tr(str(options["help"]))})
        added.set_defaults(command=command.run)
    return top


def _language(argv: Sequence[str]) -> str:
    """The language asked for on the line, else the one of the window: needed before parsing, for the help."""
    for place, word in enumerate(argv[:-1]):
        if word == "--language" and argv[place + 1] in LANGUAGES:
            return argv[place + 1]
    return preferences().language


def _said(error: UserError, code: int) -> int:
    sys.stderr.write(words(screen_language()).error(error) + "\n")
    return code
