"""The subcommands that look after a vault: check it, and save what can be read of a damaged one."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from valmentaja.base.errors import N_, StorageError
from valmentaja.cli.command import Command, open_vault, passphrase, say
from valmentaja.i18n import tr
from valmentaja.usecases import health, opening, salvaging


def check(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        found = health.check(session)
    for problem in found.problems:
        say(tr(problem.text, **dict(problem.values)))
    if found.problems:
        raise StorageError(
            N_(
                "The vault in {folder} is not sound ({n} problems). Restore the newest backup, or use salvage. "
                "Keep this folder until you have."
            ),
            folder=chosen.vault,
            n=len(found.problems),
        )
    say(
        tr(
            "The vault is sound: {pages} pages, {entries} entries in the log. Tables, search and log agree.",
            pages=found.pages,
            entries=found.entries,
        )
    )


def salvage(chosen: Namespace) -> None:
    folder = Path(chosen.vault)
    key = opening.key_from_passphrase(folder, passphrase(chosen))
    made = salvaging.rescue(folder, Path(chosen.folder), key)
    for table in made.tables:
        if table.rows or table.lost:
            say(tr("{table}: {rows} rows saved, {lost} lost", table=table.table, rows=table.rows, lost=table.lost))
    say(
        tr(
            "Saved {rows} rows to {folder}, lost {lost}. It opens with the same passphrase and recovery code.",
            rows=made.rows,
            folder=str(made.folder),
            lost=made.lost,
        )
    )


COMMANDS = (
    Command(name="check", help=N_("read every page of a vault and say what is wrong"), run=check),
    Command(
        name="salvage",
        help=N_("save what can be read of a damaged vault into a new folder"),
        run=salvage,
        arguments=((("folder",), {"metavar": "NEWFOLDER", "help": N_("empty or new folder for the saved vault")}),),
    ),
)
