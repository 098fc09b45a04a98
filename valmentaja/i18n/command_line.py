"""What the coach's and the office's command lines have in common: the language, the sentences, the exit codes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.i18n import LANGUAGES, set_language, tr, words
from valmentaja.i18n.catalogue import screen_language

DONE, REFUSED, USAGE, STORAGE, STOPPED = 0, 1, 2, 3, 130
_ARGPARSE = frozenset(
    (
        N_("usage: "),
        N_("positional arguments"),
        N_("options"),
        N_("show this help message and exit"),
        N_("%(prog)s: error: %(message)s\n"),
        N_("argument %(argument_name)s: %(message)s"),
        N_("the following arguments are required: %s"),
        N_("unrecognized arguments: %s"),
        N_("ignored explicit argument %r"),
        N_("expected one argument"),
        N_("expected at least one argument"),
        N_("invalid choice: %(value)r (choose from %(choices)s)"),
    )
)
"""What argparse itself says of these commands, letter by letter as in its source."""
Argument = tuple[tuple[str, ...], dict[str, Any]]
"""Names and options for argparse; `help` is a msgid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`run` raises UserError when it refuses; `help` is a msgid."""

    name: str
    help: str
    run: Callable[[argparse.Namespace], None]
    arguments: tuple[Argument, ...] = ()


def carry_out(
    argv: Sequence[str],
    parser: Callable[[], argparse.ArgumentParser],
    language: str,
    *,
    before: Callable[[], object] = lambda: None,
) -> int:
    """The exit code of the command chosen; one sentence on stderr when it is refused or stopped by Ctrl+C.

    `parser` is called after the language is known, because the help is in it; `language` is for when none is named.
    `before` may refuse every command.
    """
    set_language(_named(argv) or language)
    try:
        with _argparse_translated():
            chosen = parser().parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    set_language(getattr(chosen, "language", "") or screen_language())
    try:
        before()
        chosen.command(chosen)
    except KeyboardInterrupt:
        return _said("\n" + tr("Stopped. Nothing is half written; give the command again."), STOPPED)
    except EOFError:
        return _said(
            "\n" + tr("A passphrase was asked for and cannot be typed here. Give it from a file; --help says how."),
            REFUSED,
        )
    except UserError as error:
        code = STORAGE if isinstance(error, StorageError) else REFUSED
        return _said(words(screen_language()).error(error), code)
    return DONE


def shared() -> argparse.ArgumentParser:
    """The options that every command has, before its name or after it."""
    options = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    options.add_argument(
        "--language",
        choices=LANGUAGES,
        default=argparse.SUPPRESS,  # or what stands before the command would be overwritten
        help=tr("language of messages and documents"),
    )
    return options


def add(adder: Any, name: str, command: Command, options: argparse.ArgumentParser) -> None:
    """The command under that name, with its own arguments and the shared `options`."""
    about = tr(command.help)
    added = adder.add_parser(name, allow_abbrev=False, parents=[options], help=about, description=about)
    for names, given in command.arguments:
        added.add_argument(*names, **{**given, "help": tr(str(given["help"]))})
    added.set_defaults(command=command.run)


@contextmanager
def _argparse_translated() -> Iterator[None]:
    """argparse looks its words up by its own name `_`, in a catalogue that nobody ships; meanwhile in ours."""
    own = argparse.__dict__["_"]
    setattr(argparse, "_", lambda text: tr(text) if text in _ARGPARSE else own(text))  # noqa: B010
    try:
        yield
    finally:
        setattr(argparse, "_", own)  # noqa: B010


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _named(argv: Sequence[str]) -> str:
    """The language asked for on the line, the last one as argparse has it: needed before it is parsed."""
    named = ""
    for word, after in pairwise((*argv, "")):
        asked = after if word == "--language" else word.removeprefix("--language=")
        if asked in LANGUAGES and word.startswith("--language"):
            named = asked
    return named


def _said(sentence: str, code: int) -> int:
    sys.stderr.write(sentence + "\n")
    return code
