"""The one way of a write: act, say what changed, let open pages read again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from valmentaja.base.errors import UserError
from valmentaja.usecases.session import Changes


class Hub(QObject):
    """Carries `Changes` from whoever wrote to every open page, and to the program what only it can do.

    That is: chosen `Preferences`, a prepared `Rotation`, for which the vault must be closed, and the `Place` from which
    the client view is wanted.
    """

    changed = Signal(object)
    preferred = Signal(object)
    rotation = Signal(object)
    client_view = Signal(object)


class Speaks(Protocol):
    """A page that can show a sentence to the person."""

    def show_error(self, error: UserError) -> None: ...

    def clear_message(self) -> None: ...


def perform(page: Speaks, hub: Hub, action: Callable[[], Changes]) -> Changes | None:
    """Do `action` and tell the hub; a refusal is shown on the page and gives None."""
    try:
        made = action()
    except UserError as error:
        page.show_error(error)
        return None
    page.clear_message()
    hub.changed.emit(made)
    return made
