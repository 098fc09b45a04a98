"""Letting something leave the vault; on an older copy the coach is asked first, once."""

from __future__ import annotations

from collections.abc import Callable

from valmentaja.base.errors import UserError
from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.hub import perform
from valmentaja.ui.page import Page
from valmentaja.ui.widgets.dialogs import confirm
from valmentaja.usecases import leaving
from valmentaja.usecases.leaving import OldCopy, OldCopyError


def send(page: Page, act: Callable[[], None]) -> None:
    """Do `act`, which lets something leave; a refusal is shown on the page."""
    try:
        act()
    except OldCopyError as error:
        ask(page, error.found, lambda: send(page, act))
    except UserError as error:
        page.show_error(error)


def ask(page: Page, found: OldCopy, then: Callable[[], None]) -> None:
    """One confirmation; the answer is written to the log."""

    def go_on() -> None:
        if perform(page, page.hub, lambda: leaving.accept(page.session, found)) is not None:
            then()

    confirm(
        page,
        lambda: tr("This is an older copy"),
        lambda: sentence(found),
        lambda: tr("Go on with this copy"),
        go_on,
    )


def sentence(found: OldCopy) -> str:
    """How much is missing, since when, and what to do."""
    when = day(found.known_from, screen_language())
    missing = trn(
        "This is an older copy of the vault: {n} later change known from {day} is missing.",
        "This is an older copy of the vault: {n} later changes known from {day} are missing.",
        found.later,
        day=when,
    )
    return missing + " " + tr("If you have a newer copy, open that one. Going on is written to the log.")
