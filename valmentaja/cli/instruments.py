"""A municipality's own instrument: check its file, keep it in a vault, list what is there."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from valmentaja.base.errors import N_
from valmentaja.cli.command import Command, open_vault, say
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.usecases import instruments


def check(chosen: Namespace) -> None:
    held = instruments.check(Path(chosen.file))
    language = screen_language()
    say(
        tr(
            "{file} is a whole instrument: {name} {version}, {domains} domains, {items} questions.",
            file=Path(chosen.file).name,
            name=held.name.in_(language),
            version=held.version,
            domains=len(held.domains),
            items=len(held.items),
        )
    )
    say(tr("Fingerprint: {fingerprint}", fingerprint=held.fingerprint))


def add(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        say(
            tr(
                "The vault keeps {id}. New assessments can use it.",
                id=instruments.add_own(session, Path(chosen.file)).made,
            )
        )


def list_here(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        for row in instruments.listed(session):
            held = row.instrument
            say(f"{held.id}\t{held.name.in_(screen_language())}\t{row.origin}\t{len(held.items)}\t{held.fingerprint}")


FILE = (("file",), {"metavar": "FILE", "help": N_("the instrument's file, such as oma-kartoitus-1.0.toml")})
COMMANDS = (
    Command(
        name="instrument check",
        help=N_("say whether an instrument's file is whole, or what is wrong and where"),
        run=check,
        locked=False,
        arguments=(FILE,),
    ),
    Command(
        name="instrument add",
        help=N_("keep a municipality's own instrument in a vault"),
        run=add,
        arguments=(FILE,),
    ),
    Command(name="instrument list", help=N_("list the instruments that a vault knows"), run=list_here),
)
