"""Handing clients over to another coach by files only: cards, packages, receipts."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from valmentaja.base.errors import N_, UserError
from valmentaja.cli.command import Command, open_vault, say
from valmentaja.i18n import tr, trn
from valmentaja.usecases import cards, handing, receiving


def card(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        say(str(cards.save_card(session, Path(chosen.out))))
        say(tr("Number to read aloud: {number}", number=cards.own_card(session).fingerprint))


def trust(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        read = cards.read_card(Path(chosen.card))
        cards.trust(session, read, chosen.fingerprint)
        say(tr("Trusted: {name}", name=read.who))


def hand_over(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        path, _changes = handing.hand_over(session, chosen.client, chosen.to, Path(chosen.out))
        say(str(path))
        n = len(set(chosen.client))
        say(
            trn(
                "{n} client handed over. The copy here is locked.",
                "{n} clients handed over. The copies here are locked.",
                n,
            )
        )


def take_back(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        handing.take_back(session, chosen.package)
        say(tr("Taken back. Tell the other coach not to open the file."))


def accept(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        seen = receiving.preview(session, handing.open_file(session, Path(chosen.file)))
        say(tr("From: {name}", name=seen.sender))
        for table, rows in receiving.counts(seen).items():
            if rows:
                say(f"{table}\t{rows}")
        decisions = {}
        for coming in seen.clients:
            say(f"{coming.id}\t{coming.record.name}")
            if coming.must_decide:
                decisions[coming.id] = receiving.Decision(into=_same_person(chosen, coming))
        if chosen.dry_run:
            say(tr("Nothing was taken over: this was only a look."))
            return
        path, _changes = receiving.accept(session, seen, decisions, Path(chosen.out) if chosen.out else None)
        say(tr("Taken over. Send the receipt back:"))
        say(str(path))


def receipt(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        handing.keep_receipt(session, handing.open_file(session, Path(chosen.file)))
        say(tr("The receipt is stored: the other coach has the clients."))


def handovers(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        for row in handing.all_handovers(session):
            state = row.receipt or tr("waiting")
            say(f"{row.package}\t{row.direction}\t{row.client}\t{row.coach_name}\t{row.at}\t{state}")


def _same_person(chosen: Namespace, coming: receiving.Coming) -> str:
    """The coach's answer on the line; nobody is merged or doubled unasked."""
    if chosen.merge:
        return coming.alike[0]
    if chosen.new:
        return receiving.NEW
    raise UserError(
        N_("{name} may be client {id} of this vault. Say --merge if it is the same person, --new if it is not."),
        name=coming.record.name,
        id=coming.alike[0],
    )


COMMANDS = (
    Command(
        name="card",
        help=N_("write this coach's card and say its number"),
        run=card,
        arguments=((("--out",), {"metavar": "FILE", "required": True, "help": N_("file or folder for the card")}),),
    ),
    Command(
        name="trust",
        help=N_("trust another coach's card after comparing its number"),
        run=trust,
        arguments=(
            (("card",), {"metavar": "CARD", "help": N_("the card's file")}),
            (("--fingerprint",), {"metavar": "NUMBER", "required": True, "help": N_("the 30 digits as read aloud")}),
        ),
    ),
    Command(
        name="hand-over",
        help=N_("write a package of clients for a trusted coach and lock the copies here"),
        run=hand_over,
        arguments=(
            (("client",), {"metavar": "CLIENT", "nargs": "+", "help": N_("client numbers")}),
            (("--to",), {"metavar": "NUMBER", "required": True, "help": N_("the number of the receiver's card")}),
            (("--out",), {"metavar": "DIR", "required": True, "help": N_("folder for the package")}),
        ),
    ),
    Command(
        name="take-back",
        help=N_("unlock the clients of a package whose receipt has not come"),
        run=take_back,
        arguments=((("package",), {"metavar": "PACKAGE", "help": N_("the package's id, from its file name")}),),
    ),
    Command(
        name="accept",
        help=N_("take over the clients of a package and write its receipt"),
        run=accept,
        arguments=(
            (("file",), {"metavar": "FILE", "help": N_("the package")}),
            (("--out",), {"metavar": "DIR", "help": N_("folder for the receipt")}),
            (("--dry-run",), {"action": "store_true", "help": N_("only say what would happen")}),
            (("--merge",), {"action": "store_true", "help": N_("people who look the same are the same")}),
            (("--new",), {"action": "store_true", "help": N_("people who look the same are different")}),
        ),
    ),
    Command(
        name="receipt",
        help=N_("store the receipt of a handover"),
        run=receipt,
        arguments=((("file",), {"metavar": "FILE", "help": N_("the receipt")}),),
    ),
    Command(name="handovers", help=N_("list what was handed over and taken over"), run=handovers),
)
