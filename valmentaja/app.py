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

from valmentaja.base.errors import N_, DamagedError, UserError
from valmentaja.definitions.policy import policy
from valmentaja.i18n import set_language, tr, words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui import backing, tasks, theme
from valmentaja.ui.clipboard import Clipboard
from valmentaja.ui.closing import Leaving, clear_screen, opened_draft, sweep
from valmentaja.ui.hub import Hub
from valmentaja.ui.lock import AutoLock
from valmentaja.ui.page import Place
from valmentaja.ui.page_list import Loading
from valmentaja.ui.pages.first_run import FirstRunPage
from valmentaja.ui.pages.restore import RestorePage
from valmentaja.ui.pages.rotating import RotatingPage
from valmentaja.ui.pages.unlock import UnlockPage
from valmentaja.ui.presenting.presenter import Presenter
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import primary
from valmentaja.ui.widgets.dialogs import Dialog
from valmentaja.ui.widgets.text import Label
from valmentaja.ui.window import MainWindow
from valmentaja.usecases import keys, opening, places, preferences, settings
from valmentaja.usecases.preferences import Preferences
from valmentaja.usecases.session import Area, Changes, Session

SIZE = (1366, 768)
COLLECT_MS = 2000
CLOCK_SET_BACK = N_("The computer's clock was set back. Check the date before you write anything down.")


def run(*, training: bool) -> int:
    """Open the window and stay until it is closed; the exit code."""
    if not has_display():
        set_language(preferences.preferences().language)
        sys.stderr.write(tr("There is no display. Use a subcommand, for example: valmentaja demo DIR") + "\n")
        return 1
    app = application()
    try:
        policy()
    except UserError as error:
        return _stopped(app, error)
    program = Program(app)
    program.show_gate(training=training)
    program.window.show()
    code = app.exec()
    program.close()
    return code


def _stopped(app: QApplication, error: UserError) -> int:
    """A broken policy: say which file and key, and open nothing."""
    chosen = preferences.preferences()
    set_language(chosen.language)
    theme.apply(app, chosen.theme, chosen.text_size)
    sentence = words(chosen.language).error(error)
    sys.stderr.write(sentence + "\n")
    asked = Dialog(lambda: tr("The organisation's policy cannot be read"))
    asked.body.addWidget(Label(sentence))
    asked.body.addWidget(Label(lambda: tr("The program does not open before it is mended. Tell your support.")))
    asked.exec()
    return 1


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
        self.auto_lock, self.clipboard = AutoLock(app), Clipboard(self)
        self.presenter = Presenter(self.window, app)
        self.loading = Loading(self)
        self._left: tuple[Path, Place] | None = None
        self._new_hub()
        self._watch()
        self._translator: QTranslator | None = None
        self.apply(preferences.preferences())
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

    def show_unlock(self, folder: Path, *, training: bool = False) -> UnlockPage:
        page = UnlockPage(folder, training=training)
        page.opened.connect(self.open)
        page.elsewhere.connect(self.show_first_run)
        page.restore_wanted.connect(self.show_restore)
        self._put(page)
        return page

    def show_restore(self, folder: Path | None = None) -> None:
        page = RestorePage(folder)
        page.restored.connect(self.show_unlock)
        page.back.connect(self.show_gate)
        self._put(page)

    def show_first_run(self) -> None:
        page = FirstRunPage()
        page.opened.connect(self.open)
        page.training_wanted.connect(lambda: self.show_gate(training=True))
        page.vault_chosen.connect(self.show_unlock)
        page.language_chosen.connect(self._speak_from_now)
        page.restore_wanted.connect(self.show_restore)
        self._put(page)

    def open(self, session: Session) -> None:
        """Show the vault's own window, at the place where it was left when that is known."""
        self.session = session
        if not session.training:
            places.remember_vault(session.folder)
        self._new_hub()
        self.main = MainWindow(session, self.hub)
        self.main.locked.connect(self.lock)
        self.main.making.connect(self.auto_lock.look_away)
        self.main.notice.stay.connect(self.auto_lock.acted)
        self.presenter.shield(session)
        self._put(self.main)
        self._resume(session, self.main)
        if self.app.focusWidget() is None:
            self.main.take_focus()
        self.presenter.opened(session, self.main)
        self.auto_lock.start(settings.lock_minutes(session))

    def lock(self, *, hurry: bool = False) -> None:
        """Off the screen first; then store what is being typed, let what runs finish, close the vault.

        `hurry` waits for what runs, because the computer is about to sleep.
        """
        leaving = self._leave()
        if leaving is None:
            return
        gate = self.show_unlock(leaving.session.folder, training=leaving.session.training)
        self.window.show()
        clear_screen(self.window)
        self.window.repaint()
        leaving.settle()
        if tasks.worker().is_busy and not hurry:
            tasks.worker().afterwards(self, lambda: self._let_go(leaving, gate))
            return
        tasks.worker().finish()
        self._let_go(leaving, gate)

    def rotate(self, plan: keys.Rotation) -> None:
        """Close the vault, give it new keys in the worker, open it again; a page says meanwhile that it runs."""
        training = self.session is not None and self.session.training
        self.close()
        page = RotatingPage(plan, training=training)
        page.opened.connect(self.open)
        page.refused.connect(lambda folder: self.show_unlock(folder, training=training))
        self._put(page)
        page.start()

    def close(self) -> None:
        """The program ends: store what is being typed, close the vault."""
        leaving = self._leave()
        if leaving is not None:
            leaving.settle()
        tasks.worker().finish()
        if leaving is not None:
            self._let_go(leaving, None)

    def _leave(self) -> Leaving | None:
        """From here on nothing of the vault is shown, but it is still open; None when none was."""
        self.auto_lock.stop()
        self.presenter.gone()
        main, session, self.main, self.session = self.main, self.session, None, None
        if main is None:
            return None
        backing.stop(self.hub)
        self.window.removeWidget(main)
        main.hide()
        if session is None:
            main.deleteLater()
            return None
        self._left = (session.folder, main.here())
        return Leaving(main, session)

    def _let_go(self, leaving: Leaving, gate: UnlockPage | None) -> None:
        """The key goes with the connection, the widgets with all they show."""
        self.clipboard.clear()
        try:
            leaving.keep_draft()
        except UserError as error:
            if gate is not None:
                gate.say(error)
        finally:
            opening.close(leaving.session)
            leaving.main.rest.timer.stop()
            leaving.main.deleteLater()
            self.hub.deleteLater()
            clear_screen(self.window)
            # Not here: the button that locked may be among them, and it is still being clicked.
            QTimer.singleShot(0, self, sweep)

    def _resume(self, session: Session, main: MainWindow) -> None:
        folder, place = self._left or (session.folder, None)
        draft = opened_draft(session)
        if draft is not None:
            main.resume(Place(page=draft.page, key=draft.key, part=draft.part), draft.fields)
        elif place is not None and folder == session.folder:
            main.resume(place, {})

    def _new_hub(self) -> None:
        """One for each opening, so that nothing of a closed vault is told anything."""
        self.hub = Hub(self)
        self.hub.preferred.connect(self.apply)
        self.hub.rotation.connect(self.rotate)
        self.hub.changed.connect(self._heard)

    def _heard(self, changes: Changes) -> None:
        if self.session is not None and changes.touches(Area.SETTING):
            self.auto_lock.limit(settings.lock_minutes(self.session))

    def _watch(self) -> None:
        self.auto_lock.due.connect(self.lock)
        self.auto_lock.slept.connect(lambda: self.lock(hurry=True))
        self.auto_lock.noticed.connect(self._warn)
        self.auto_lock.calm.connect(self._calm)
        self.auto_lock.clock_set_back.connect(self._tell_clock)

    def _tell_clock(self) -> None:
        if self.main is not None and self.main.page is not None:
            self.main.page.show_notice(lambda: tr(CLOCK_SET_BACK), Tone.WARN)

    def _warn(self, seconds: int) -> None:
        self.presenter.warn(True)
        if self.main is not None:
            self.main.notice.warn(seconds)

    def _calm(self) -> None:
        self.presenter.warn(False)
        if self.main is not None:
            self.main.notice.calm()

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
        asked = Dialog(lambda: tr("The vault could not be read"), self.presenter.front())
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
        asked = Dialog(lambda: tr("Something went wrong in the program"), self.presenter.front())
        sentence = tr("What you had saved is safe. Close the program, open it again, and tell your support this:")
        asked.body.addWidget(Label(sentence))
        asked.body.addWidget(Label(f"{kind.__name__}\n{where}", "small"))
        asked.open()
