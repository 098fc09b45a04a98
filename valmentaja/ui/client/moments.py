"""UTC stamps as a coach reads them."""

from __future__ import annotations

from datetime import datetime

from valmentaja.base.clock import HELSINKI
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day


def moment(stamp: str) -> str:
    """The day in Finland."""
    return day(datetime.fromisoformat(stamp).astimezone(HELSINKI).date(), screen_language())
