"""`valmentaja-kokoaja` with a subcommand. Exit codes: 0 done, 1 user error, 2 usage, 3 storage, 130 stopped."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from valmentaja import __version__
from valmentaja.base.errors import StorageError, UserError
from valmentaja.central import collecting, exporting, registering, reporting
from valmentaja.central.command import Command
from valmentaja.i18n import LANGUAGES, set_language, tr, words
from valmentaja.i18n.catalogue import screen_language

COMMANDS: tuple[Command, ...] = (*registering.COMMANDS, *collecting.COMMANDS, *reporting.COMMANDS, *exporting.COMMANDS)
DONE, REFUSED, USAGE, STORAGE, STOPPED = 0, 1, 2, 3, 130


def run(argv: Sequence[str]) -> int:
    """Carry out one command; one sentence on stderr when it is refused."""
    set_language(_language(argv))
    try:
        chosen = parser().parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    try:
        chosen.command(chosen)
    except KeyboardInterrupt:
        sys.stderr.write("\n" + tr("Stopped. Nothing is half written; give the command again.") + "\n")
        return STOPPED
    except StorageError as error:
        return _said(error, STORAGE)
    except UserError as error:
        return _said(error, REFUSED)
    return DONE


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="valmentaja-kokoaja", description=tr("Collects the units' protected monthly figures and reports them.")
    )
    top.add_argument("--version", action="version", version=__version__)
    shared = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    shared.add_argument("--language", choices=LANGUAGES, help=tr("language of messages and documents"))
    added = top.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        one = added.add_parser(command.name, allow_abbrev=False, parents=[shared], help=tr(command.help))
        for names, options in command.arguments:
            one.add_argument(*names, **{**options, "help": tr(str(options["help"]))})
        one.set_defaults(command=command.run)
    return top


def _language(argv: Sequence[str]) -> str:
    """The language asked for on the line, else Finnish: needed before parsing, for the help."""
    for place, word in enumerate(argv[:-1]):
        if word == "--language" and argv[place + 1] in LANGUAGES:
            return argv[place + 1]
    return LANGUAGES[0]


def _said(error: UserError, code: int) -> int:
    sys.stderr.write(words(screen_language()).error(error) + "\n")
    return code
