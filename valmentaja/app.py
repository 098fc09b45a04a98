"""The program with a window: what is shown before a vault is open, and what is shown after."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from valmentaja.base.errors import DamagedError, UserError
from valmentaja.i18n import set_language, tr, words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui import tasks, theme
from valmentaja.ui.hub import Hub
from valmentaja.ui.pages.first_run import FirstRunPage
from valmentaja.ui.pages.unlock import UnlockPage
from valmentaja.ui.widgets.buttons import primary
from valmentaja.ui.widgets.dialogs import Dialog
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.window import MainWindow
from valmentaja.usecases import opening, places, preferences
from valmentaja.usecases.preferences import Preferences
from valmentaja.usecases.session import Session

SIZE = (1366, 768)
COLLECT_MS = 2000


def run(*, training: bool) -> int:
    """Open the window and stay until it is closed; the exit code."""
    if not has_display():
        set_language(preferences.preferences().language)
        sys.stderr.write(tr("There is no display. Use a subcommand, for example: valmentaja demo DIR") + "\n")
        return 1
    app = application()
    program = Program(app)
    program.show_gate(training=training)
    program.window.show()
    code = app.exec()
    program.close()
    return code


def has_display() -> bool:
    """Asked before QApplication is made, because it aborts the process without one."""
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM"))


def application() -> QApplication:
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(["valmentaja"])
    app.setApplicationName("Valmentaja")
    app.setStyle("Fusion")
    return app


class Program(QObject):
    """One window: the gate while the vault is locked, the main window while it is open."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.app = app
        self.window = QStackedWidget()
        self.window.setWindowTitle("Valmentaja")
        self.window.resize(*SIZE)
        self.session: Session | None = None
        self.main: MainWindow | None = None
        self.hub = Hub(self)
        self._translator: QTranslator | None = None
        self.apply(preferences.preferences())
        self.hub.preferred.connect(self.apply)
        sys.excepthook = self._crashed
        self._collect()

    def apply(self, chosen: Preferences) -> None:
        """Language, theme and text size, at once and everywhere."""
        changed = chosen.language != screen_language()
        set_language(chosen.language)
        theme.apply(self.app, chosen.theme, chosen.text_size)
        if changed or self._translator is None:
            self._speak(chosen.language)

    def show_gate(self, *, training: bool = False) -> None:
        """Unlock what was open last; with nothing there, the first run."""
        recent = places.training_vault() if training else places.recent_vault()
        if recent is None:
            self.show_first_run()
        else:
            self.show_unlock(recent, training=training)

    def show_unlock(self, folder: Path, *, training: bool = False) -> None:
        page = UnlockPage(folder, training=training)
        page.opened.connect(self.open)
        page.elsewhere.connect(self.show_first_run)
        self._put(page)

    def show_first_run(self) -> None:
        page = FirstRunPage()
        page.opened.connect(self.open)
        page.training_wanted.connect(lambda: self.show_gate(training=True))
        page.vault_chosen.connect(self.show_unlock)
        page.language_chosen.connect(self._speak_from_now)
        self._put(page)

    def open(self, session: Session) -> None:
        """Show the vault's own window."""
        self.session = session
        if not session.training:
            places.remember_vault(session.folder)
        self.main = MainWindow(session, self.hub)
        self.main.locked.connect(self.lock)
        self._put(self.main)

    def lock(self) -> None:
        """Store what is being typed, close the vault, show nothing of it any more."""
        training = self.session is not None and self.session.training
        self.close()
        self.show_gate(training=training)

    def close(self) -> None:
        tasks.worker().wait()
        if self.main is not None:
            self.main.leave()
            self.main = None
        if self.session is not None:
            opening.close(self.session)
            self.session = None

    def _speak_from_now(self, language: str) -> None:
        chosen = replace(preferences.preferences(), language=language)
        preferences.keep_preferences(chosen)
        self.apply(chosen)

    def _put(self, widget: QWidget) -> None:
        """In place of what is shown now, which is destroyed."""
        old = self.window.currentWidget()
        self.window.addWidget(widget)
        self.window.setCurrentWidget(widget)
        if old is not None:
            self.window.removeWidget(old)
            old.deleteLater()

    def _speak(self, language: str) -> None:
        """Qt's own words too, from the catalogues in its wheel; English is built in."""
        if self._translator is not None:
            self.app.removeTranslator(self._translator)
        self._translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{language}", folder):
            self.app.installTranslator(self._translator)
        country = {"fi": "fi_FI", "sv": "sv_FI"}.get(language, "en_GB")
        QLocale.setDefault(QLocale(country))
        for widget in self.app.topLevelWidgets():
            self.app.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))

    def _collect(self) -> None:
        """A collection in the worker would destroy widgets off the screen's thread."""
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(gc.collect)
        timer.start(COLLECT_MS)

    def _refused(self, error: UserError) -> None:
        """The vault could not be read under an open page: no bug, but a disk or a file that is not well."""
        asked = Dialog(lambda: tr("The vault could not be read"), self.window)
        asked.body.addWidget(Label(words(screen_language()).error(error)))
        if self.session is not None:
            asked.add_button(primary(lambda: tr("Lock the vault"), act=asked.accept))
            asked.accepted.connect(lambda: self._lock_damaged(error))
        asked.open()

    def _lock_damaged(self, error: UserError) -> None:
        self.lock()
        page = self.window.currentWidget()
        if isinstance(error, DamagedError) and isinstance(page, UnlockPage):
            page.offer_salvage(error)

    def _crashed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Kind and code positions only, never values; what was answered is in the vault already."""
        if isinstance(error, UserError):
            self._refused(error)
            return
        where = "\n".join(f"{frame.name}, line {frame.lineno}" for frame in traceback.extract_tb(trace)[-6:])
        sys.stderr.write("".join(traceback.format_exception(kind, error, trace)))
        asked = Dialog(lambda: tr("Something went wrong in the program"), self.window)
        sentence = tr("What you had saved is safe. Close the program, open it again, and tell your support this:")
        asked.body.addWidget(Label(sentence))
        asked.body.addWidget(Label(f"{kind.__name__}\n{where}", "small"))
        asked.open()
