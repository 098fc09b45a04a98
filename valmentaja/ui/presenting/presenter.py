"""Opens, feeds, blanks and ends the client view; the only one who knows both windows."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from valmentaja.base.errors import UserError
from valmentaja.domain.assessment import Value
from valmentaja.domain.client_view import ClientView
from valmentaja.domain.pin import Verdict
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui import tasks
from valmentaja.ui.client_view.pin import PinPad
from valmentaja.ui.client_view.tongue import Tongue
from valmentaja.ui.client_view.window import ClientWindow
from valmentaja.ui.page import Place
from valmentaja.ui.presenting.start import BeginView
from valmentaja.ui.widgets.dialogs import Dialog
from valmentaja.ui.window import MainWindow
from valmentaja.usecases import client_view, opening
from valmentaja.usecases.session import Area, Changes, Session

SHOWN = ("runner", "summary", "plan")
"""Pages whose own assessment or plan is shown; of others the client's latest assessment."""


class Presenter(QObject):
    """`coach` is the program's window. On one screen it is hidden while the client view is on."""

    def __init__(self, coach: QWidget, app: QApplication) -> None:
        super().__init__(coach)
        self.coach = coach
        self.window: ClientWindow | None = None
        self.dialog: Dialog | None = None
        self._open: tuple[Session, MainWindow] | None = None
        self._assessment, self._alone = "", False
        self._screen: QScreen | None = None
        app.screenRemoved.connect(self.screen_removed)
        coach.installEventFilter(self)

    def shield(self, session: Session) -> None:
        """Before anything of the vault is shown: it may have been closed, or killed, in the client view."""
        if client_view.under_way(session):
            self.coach.hide()

    def opened(self, session: Session, main: MainWindow) -> None:
        """A vault is open; where the client view was on, it is on again, on one screen."""
        self._open = (session, main)
        hub = main.hub
        hub.client_view.connect(self.ask)
        hub.changed.connect(self._heard)
        hub.preferred.connect(self._redress)
        main.strip.end.connect(self.ask_pin)
        main.strip.again.connect(self.ask_screen)
        shown = client_view.under_way(session)
        if shown:
            self._show(shown, None)

    def gone(self) -> None:
        """The vault locks: the client view is blank before anything else happens, and stays on in the vault."""
        if self.window is not None:
            self.window.blank()
            self._let_go()
        self._open = None

    def front(self) -> QWidget:
        """The window that can be seen, for what has to be said over everything."""
        return self.window if self.window is not None and self._alone else self.coach

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The coach closes the program while the client view is on: nothing of it stays behind on the other screen."""
        if event.type() == QEvent.Type.Close and self.window is not None and not self._alone:
            self.window.free()
            self._let_go()
        return super().eventFilter(watched, event)

    def warn(self, on: bool) -> None:
        if self.window is not None:
            self.window.warn(on)

    def ask(self, place: Place) -> None:
        """Begin, from the runner or the client's page; a refusal is said on the page."""
        if self._open is None or self.window is not None:
            return
        session, main = self._open
        try:
            key = (
                place.key
                if place.page in ("runner", "summary", "plan")
                else client_view.open_assessment(session, place.key)
            )
        except UserError as error:
            if main.page is not None:
                main.page.show_error(error)
            return
        begin = partial(self._begin, key)
        new_pin = not client_view.has_pin(session)
        self._ask(BeginView(self._others(), begin, main, new_pin=new_pin))

    def ask_screen(self) -> None:
        """The client's screen went away: on which one now?"""
        if self.window is not None and self._open is not None:
            self._ask(BeginView(self._others(), self._again, self._open[1], new_pin=False))

    def ask_pin(self) -> None:
        """The same door in the coach's own window, so that the client does not see it typed."""
        if self._open is None or self.window is None:
            return
        asked = Dialog(lambda: tr("End the client view"), self._open[1])
        pad = PinPad(Tongue(screen_language()), self._try)
        pad.passed.connect(asked.accept)
        pad.passed.connect(self.leave)
        asked.body.addWidget(pad)
        self._ask(asked)
        pad.begin()

    def leave(self) -> None:
        """The PIN was right: back to the coach's window."""
        self.coach.show()
        self.coach.activateWindow()
        if self.window is not None:
            self.window.free()
            self._let_go()

    def leave_by_key(self, passphrase: str) -> None:
        """The PIN is forgotten: try the vault's passphrase in the worker."""
        if self._open is None or self.window is None:
            return
        folder = self._open[0].folder

        def opens() -> bool:
            opening.key_from_passphrase(folder, passphrase).wipe()
            return True

        tasks.run(self.window, opens, self._proved, lambda _error: self._proved(False))

    def screen_removed(self, screen: QScreen) -> None:
        """Blank at once; the coach's window says so, or on one screen it is shown again on what is left."""
        window = self.window
        if window is None or self._open is None or self._alone or screen is not self._screen:
            return
        window.blank()
        self._open[1].strip.tell_gone()

    def _begin(self, key: str, screen: QScreen | None, pin: str) -> None:
        if self._open is None:
            return
        session, main = self._open
        if pin or not client_view.has_pin(session):
            client_view.set_pin(session, pin)
        main.hub.changed.emit(client_view.begin(session, key))
        self._show(key, screen)

    def _again(self, screen: QScreen | None, _pin: str) -> None:
        if self.window is not None:
            self.window.free()
            self._let_go()
        self._show(self._assessment, screen)

    def _proved(self, proved: bool) -> None:
        if self._open is None or self.window is None:
            return
        if client_view.leave_without_pin(self._open[0], proved=proved).right:
            self.leave()
        else:
            self.window.door.key.refuse()

    def _show(self, key: str, screen: QScreen | None) -> None:
        """On the client's screen, or over everything on the coach's own."""
        if self._open is None:
            return
        session, main = self._open
        self._assessment, self._alone, self._screen = key, screen is None, screen
        self.window = ClientWindow(client_view.view(session, key), self._answer, self._try, over_all=self._alone)
        self.window.left.connect(self.leave)
        self.window.forgotten.connect(self.leave_by_key)
        own = self.coach.screen()
        self.window.show_on(own if screen is None else screen)
        if screen is None:
            self.coach.hide()
        else:
            main.strip.tell_on(screen.name())

    def _answer(self, item: str, value: Value) -> ClientView | None:
        """Stored before the client sees it marked."""
        if self._open is None:
            return None
        session, main = self._open
        try:
            made = client_view.answer(session, self._assessment, item, value)
        except UserError:
            return None
        main.hub.changed.emit(made)
        return client_view.view(session, self._assessment)

    def _try(self, pin: str) -> Verdict:
        if self._open is None:
            return Verdict(right=False)
        return client_view.leave(self._open[0], pin)

    def _heard(self, changes: Changes) -> None:
        """The coach may have answered beside the client."""
        if (
            self.window is not None
            and self._open is not None
            and (changes.touches(Area.ASSESSMENT) or changes.touches(Area.PLAN))
        ):
            try:
                self.window.show_view(client_view.view(self._open[0], self._assessment))
            except UserError:
                # The client was erased beside: there is nothing left to show but, on one screen, the way out.
                (self.window.ask_pin if self._alone else self.window.blank)()

    def _redress(self, _chosen: object) -> None:
        """The colours of the program changed."""
        if self.window is not None:
            self.window.resize_text(0)

    def _others(self) -> list[QScreen]:
        own = self.coach.screen()
        return [screen for screen in QGuiApplication.screens() if screen is not own]

    def _ask(self, dialog: Dialog) -> None:
        if self.dialog is not None:
            self.dialog.close()
        self.dialog = dialog
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _let_go(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            window.deleteLater()
        if self._open is not None:
            self._open[1].strip.hide()
