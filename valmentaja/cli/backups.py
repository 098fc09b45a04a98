"""Backing up, restoring and rehearsing without the window."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from valmentaja.base.errors import N_
from valmentaja.cli.command import Command, first_line, open_vault, say, typed
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import minute
from valmentaja.usecases import backing_up, opening, restoring
from valmentaja.usecases.restoring import Proof, Restored

_PROOF: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (("--passphrase-file",), {"metavar": "FILE", "help": N_("file whose first line is the passphrase")}),
    (("--code-file",), {"metavar": "FILE", "help": N_("file whose first line is the recovery code")}),
)


def back_up(chosen: Namespace) -> None:
    folder = None if chosen.to is None else Path(chosen.to)
    if chosen.code_file is None:
        with open_vault(chosen) as session:
            say(str(backing_up.back_up(session, folder=folder).path))
        return
    vault = Path(chosen.vault)
    session = opening.open_session(vault, opening.key_from_code(vault, first_line(Path(chosen.code_file))))
    try:
        say(str(backing_up.back_up(session, folder=folder).path))
    finally:
        opening.close(session)


def restore(chosen: Namespace) -> None:
    made = restoring.restore(Path(chosen.backup), Path(chosen.folder), _proof(chosen), replacing=chosen.replace)
    _tell(made)
    say(tr("Restored to {folder}.", folder=str(made.folder)))
    if made.aside is not None:
        say(tr("The vault that was there is now in {folder}.", folder=str(made.aside)))


def rehearse(chosen: Namespace) -> None:
    _tell(restoring.rehearse(Path(chosen.backup), _proof(chosen)))
    say(tr("The backup opens and is whole."))


def _tell(made: Restored) -> None:
    say(tr("Backup of {when}", when=minute(made.created, screen_language())))
    for table, count in made.counts.items():
        say(f"{table}\t{count}")


def _proof(chosen: Namespace) -> Proof:
    """From a file, or asked for; never from the command line, where other users could read it."""
    if chosen.code_file is not None:
        return Proof(text=first_line(Path(chosen.code_file)), is_code=True)
    if chosen.passphrase_file is not None:
        return Proof(text=first_line(Path(chosen.passphrase_file)))
    return Proof(text=typed(tr("Passphrase: ")))


COMMANDS = (
    Command(
        name="backup",
        help=N_("make a backup of a vault"),
        run=back_up,
        arguments=(
            (("--to",), {"metavar": "DIR", "help": N_("another folder than the one chosen in the settings")}),
            _PROOF[1],
        ),
    ),
    Command(
        name="restore",
        help=N_("make a vault from a backup, after checking the whole of it"),
        run=restore,
        locked=False,
        arguments=(
            (("backup",), {"metavar": "BACKUP", "help": N_("the backup file")}),
            (("folder",), {"metavar": "FOLDER", "help": N_("folder of the vault")}),
            *_PROOF,
            (("--replace",), {"action": "store_true", "help": N_("move the vault in the folder aside first")}),
        ),
    ),
    Command(
        name="rehearse",
        help=N_("show that a backup can be restored, and leave nothing behind"),
        run=rehearse,
        locked=False,
        arguments=((("backup",), {"metavar": "BACKUP", "help": N_("the backup file")}), *_PROOF),
    ),
)
