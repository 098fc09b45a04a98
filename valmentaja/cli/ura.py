"""The subcommand for the national system: what to type there, on paper if wanted, and the day it was typed."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path

from valmentaja.base.errors import N_, UserError
from valmentaja.cli.command import Command, open_vault, say
from valmentaja.i18n import tr, words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.usecases import caseload, sending, ura
from valmentaja.usecases.session import Session


def summary(chosen: Namespace) -> None:
    """Tab-separated, one thing to type a line; what was typed is recorded only after it has been shown."""
    day = None if chosen.entered is None else _day(chosen.entered)
    with open_vault(chosen) as session:
        client = caseload.client(session, chosen.client).id
        caseload.opened(session, client)
        shown, language = ura.summary(session, client), screen_language()
        for line in shown.lines:
            told = ura.told(line, language)
            days = ", ".join(in_words for in_words, _typed in told.days)
            news = ura.news_words(told, words(language))
            say(f"{told.where}\t{told.code}\t{told.official}\t{days}\t{told.more}\t{news}")
        for sentence in ura.gone(shown, language):
            say(tr("Entered earlier, holds no more") + f"\t{sentence}")
        if chosen.out is not None:
            say(str(_write(session, client, Path(chosen.out))))
        if day is not None:
            ura.record(session, client, shown, on=day)
            say(tr("Recorded. What changes from now on is pointed out here."))


def _write(session: Session, client: str, folder: Path) -> Path:
    ready = ura.paper(session, client, screen_language())
    return sending.hand_over(session, ura.keep(session, client, ready, ura.make(ready)).made, folder)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(N_("“{text}” is not a day. Write it like 2026-11-24."), text=text[:40]) from error


COMMANDS = (
    Command(
        name="ura",
        help=N_("what of a client to type into the national system, in its codes"),
        run=summary,
        arguments=(
            (("client",), {"metavar": "CLIENT", "help": N_("client number, for example U101-001")}),
            (("--out",), {"metavar": "DIR", "help": N_("write it on one page into this folder")}),
            (("--entered",), {"metavar": "YYYY-MM-DD", "help": N_("record the day on which all of it was typed")}),
        ),
    ),
)
