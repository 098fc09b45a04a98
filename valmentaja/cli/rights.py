"""Subcommands for a client's rights and for the end of the file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from valmentaja.base.errors import N_
from valmentaja.cli.command import Command, open_vault, say
from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.usecases import erasing, own_records, retention


def give_own_records(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        package = own_records.gather(session, chosen.client, screen_language())
        say(str(own_records.deliver(session, package, own_records.make(package), Path(chosen.out))))
        say(tr("Other people were hidden in {n} places. Read the package before you hand it over.", n=package.masks))


def list_due(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        for line in retention.dry_run(session):
            kept = line.retention
            state = tr("Held: {reason}", reason=kept.hold) if kept.hold else tr("To be erased")
            rows = " ".join(f"{table}={n}" for table, n in line.counts)
            say(f"{kept.client}\t{kept.name}\t{day(kept.full, screen_language())}\t{state}\t{rows}")
        say(tr("Dry run: nothing was erased."))


def erase(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        made = erasing.erase(session, chosen.client, reason=chosen.reason, confirmed=chosen.confirm)
        for path in erasing.receipt_files(session, made.made, screen_language()):
            say(str(path))


def replay(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        told = erasing.replay_lists(session, [Path(folder) for folder in chosen.folders])
        for name in told.others:
            say(tr("{file} belongs to another vault: ignored.", file=name))
        for name in told.forged:
            say(tr("{file} has lines that this vault did not write: they are ignored.", file=name))
        say(trn("{n} client erased again", "{n} clients erased again", told.erased))


_CLIENT = (("client",), {"metavar": "CLIENT", "help": N_("client number, for example U101-001")})

COMMANDS = (
    Command(
        name="own-records",
        help=N_("write everything on a client as PDF and data (subject access)"),
        run=give_own_records,
        arguments=(_CLIENT, (("--out",), {"metavar": "DIR", "required": True, "help": N_("folder for the package")})),
    ),
    Command(name="retention", help=N_("list whose retention time is full; nothing is erased"), run=list_due),
    Command(
        name="erase",
        help=N_("erase a client for good and write the receipt"),
        run=erase,
        arguments=(
            _CLIENT,
            (("--reason",), {"metavar": "TEXT", "required": True, "help": N_("why; stays on the receipt, no names")}),
            (("--confirm",), {"metavar": "CLIENT", "required": True, "help": N_("the client number once more")}),
        ),
    ),
    Command(
        name="replay-erasures",
        help=N_("erase again whom the lists in these folders name, after an older copy was put back"),
        run=replay,
        arguments=((("folders",), {"metavar": "DIR", "nargs": "+", "help": N_("folders with erased*.json")}),),
    ),
)
