"""When something was answered or rated, in the words both histories use."""

from __future__ import annotations

from datetime import date

from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day, minute


def on_day(on: date, meeting: int) -> str:
    """The day, and the meeting when there was one."""
    when = day(on, screen_language())
    return tr("{day}, meeting {n}", day=when, n=meeting) if meeting else when


def holding(holds: bool) -> str:
    return tr("holds now") if holds else tr("held before")


def saved(at: str) -> str:
    """ "" for what was imported without a moment."""
    return tr("saved {when}", when=minute(at, screen_language())) if at else ""
