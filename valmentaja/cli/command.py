"""What every subcommand is made of: its place in the parser, an open vault, a passphrase that nobody else can read."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from valmentaja.base.errors import N_, UserError
from valmentaja.i18n import command_line, tr, words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.command_line import say
from valmentaja.usecases import leaving, opening
from valmentaja.usecases.session import Session

__all__ = ["Command", "derived_key", "first_line", "open_vault", "passphrase", "say", "typed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(command_line.Command):
    """`locked` commands take a vault and its passphrase."""

    locked: bool = True


@contextmanager
def open_vault(chosen: Namespace) -> Iterator[Session]:
    key, actor = derived_key(chosen)
    with opening.held(Path(chosen.vault), key, actor=actor) as session:
        _warn(session)
        yield session


def derived_key(chosen: Namespace) -> tuple[opening.Key, str]:
    """The vault's key and who opens it: with the organisation's key, the recovery code, or the passphrase."""
    folder = Path(chosen.vault)
    if chosen.organisation_key_file is not None:
        file = Path(chosen.organisation_key_file)
        return opening.key_from_organisation(folder, file, passphrase(chosen)), "organisation"
    if chosen.recovery_code_file is not None:
        return opening.key_from_code(folder, first_line(Path(chosen.recovery_code_file))), "recovery"
    return opening.key_from_passphrase(folder, passphrase(chosen)), "coach"


def _warn(session: Session) -> None:
    """An older copy is told at once; nothing leaves it before `audit --accept-old-copy`."""
    found = leaving.old_copy(session)
    if found is not None:
        sys.stderr.write(words(screen_language()).error(leaving.OldCopyError(found)) + "\n")
        sys.stderr.write(tr("To go on with it: valmentaja audit VAULT --accept-old-copy") + "\n")


def passphrase(chosen: Namespace, *, repeat: bool = False) -> str:
    """From the file, or asked for; never from the command line, where other users could read it."""
    if chosen.passphrase_file is not None:
        return first_line(Path(chosen.passphrase_file))
    given = typed(tr("Passphrase: "))
    if repeat and typed(tr("The same again: ")) != given:
        raise UserError(N_("The two passphrases differ. Nothing was made."))
    return given


def typed(prompt: str) -> str:
    """Asked for without showing it; EOFError where there is nothing to type into, which getpass does not expect."""
    if sys.stdin is None:
        raise EOFError
    return getpass.getpass(prompt)


def first_line(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(N_("The passphrase file {file} cannot be read as UTF-8 text."), file=str(path)) from error
    if not lines or not lines[0]:
        raise UserError(N_("The passphrase file {file} is empty."), file=str(path))
    return lines[0]
