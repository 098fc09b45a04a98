"""Taking everything of a vault off the screen at once, whatever is open."""

from __future__ import annotations

import gc
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget
from shiboken6 import Shiboken

from valmentaja.base.errors import UserError
from valmentaja.ui.typing import settle_all
from valmentaja.ui.window import MainWindow
from valmentaja.usecases import drafts
from valmentaja.usecases.drafts import Draft
from valmentaja.usecases.session import Session


@dataclass(frozen=True, slots=True)
class Leaving:
    """A vault on its way out: nothing of it is on the screen, and its connection is still open."""

    main: MainWindow
    session: Session

    def settle(self) -> None:
        """Store what is being typed; a page that would rather stay is not asked."""
        settle_all()
        self.main.leave()

    def keep_draft(self) -> None:
        """What no record holds; last of all, because what was running may have used it up."""
        page = self.main.page
        if page is not None:
            at = self.main.here()
            drafts.keep(self.session, Draft(page=at.page, key=at.key, part=at.part, fields=page.draft()))


def opened_draft(session: Session) -> Draft | None:
    """The draft of the last closing; one that cannot be taken out now stays where it is."""
    try:
        return drafts.take(session)
    except UserError:
        return None


def clear_screen(keep: QWidget) -> None:
    """Dialogs, menus, lists that hang open, file dialogs and further windows: hidden now, destroyed soon."""
    QToolTip.hideText()
    for widget in QApplication.topLevelWidgets():
        if widget is not keep and Shiboken.isValid(widget):
            _put_away(widget)
    for window in QApplication.topLevelWindows():
        if window is not keep.windowHandle() and window.isVisible():
            window.hide()


def sweep() -> None:
    """Destroy what was put off and collect what only cycles hold."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


def _put_away(widget: QWidget) -> None:
    mine = Shiboken.createdByPython(widget)
    if isinstance(widget, QDialog) and not mine:
        # A static QFileDialog lives on the C++ stack: whoever deletes its parent first would delete it too.
        widget.setParent(None)
    widget.hide()
    if isinstance(widget, QDialog):
        widget.reject()
    if mine and Shiboken.isValid(widget):
        widget.deleteLater()
