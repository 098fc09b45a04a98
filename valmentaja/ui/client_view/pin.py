"""The way out: a PIN by touch or keys, with a wait that grows after wrong ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from valmentaja.domain.pin import LENGTHS, Verdict
from valmentaja.ui.client_view import texts
from valmentaja.ui.client_view.tongue import Tongue
from valmentaja.ui.speech import announce
from valmentaja.ui.widgets.buttons import Button, primary, secondary
from valmentaja.ui.widgets.text import Label

TryPin = Callable[[str], Verdict]
SECOND_MS = 1000


class PinPad(QWidget):
    """`passed` when `try_pin` finds the PIN right; nothing else leads on."""

    passed = Signal()

    def __init__(self, tongue: Tongue, try_pin: TryPin) -> None:
        super().__init__()
        self._tongue, self._try = tongue, try_pin
        self._left = 0
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setMaxLength(LENGTHS[-1])
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
        self.edit.setValidator(QIntValidator(0, 10 ** LENGTHS[-1] - 1, self.edit))
        self.edit.returnPressed.connect(self.send)
        self.label = Label(tongue.say(texts.PIN), "strong")
        self.label.setBuddy(self.edit)
        self.problem = Label("", "late")
        self.keys = [self._key(str(n)) for n in range(10)]
        self.erase = secondary(tongue.say(texts.ERASE), act=self.edit.clear)
        self.button = primary(tongue.say(texts.OPEN), act=self.send)
        self._ticks = QTimer(self)
        self._ticks.setInterval(SECOND_MS)
        self._ticks.timeout.connect(self._tick)
        self.setFocusProxy(self.edit)
        self._lay_out()

    def begin(self) -> None:
        """Empty, ready to be typed into."""
        self.edit.clear()
        if not self._left:
            self._say_problem("")
        self.edit.setAccessibleName(self._tongue.say(texts.PIN)())
        self.edit.setFocus()

    def send(self) -> None:
        """Try what is typed, unless one still has to wait."""
        pin = self.edit.text()
        self.edit.clear()
        if self._left or not pin:
            return
        verdict = self._try(pin)
        if verdict.right:
            self._say_problem("")
            self.passed.emit()
            return
        self._left = verdict.wait
        self._show_wait()
        announce(self.edit, self.problem.text())
        if self._left:
            self._ticks.start()

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._left = 0
            self._ticks.stop()
        self._show_wait()

    def _show_wait(self) -> None:
        self.button.setEnabled(not self._left)
        sentence = texts.WAIT if self._left else texts.WRONG
        self.problem.say(self._tongue.say(sentence, n=self._left) if self._left else self._tongue.say(sentence))
        self.problem.setVisible(True)
        self.edit.setAccessibleDescription(self.problem.text())

    def _say_problem(self, sentence: str) -> None:
        self.problem.say(sentence)
        self.problem.setVisible(bool(sentence))
        self.edit.setAccessibleDescription(sentence)

    def _key(self, digit: str) -> Button:
        key = Button(digit, kind="scale", act=partial(self._typed, digit))
        key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return key

    def _typed(self, digit: str) -> None:
        self.edit.setText((self.edit.text() + digit)[: LENGTHS[-1]])

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        for n in range(1, 10):
            grid.addWidget(self.keys[n], (n - 1) // 3, (n - 1) % 3)
        grid.addWidget(self.keys[0], 3, 0)
        grid.addWidget(self.erase, 3, 1, 1, 2)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        down.addWidget(self.label)
        down.addWidget(self.edit)
        down.addWidget(self.problem)
        down.addLayout(grid)
        down.addWidget(self.button)
        self.problem.setVisible(False)


class KeyEntry(QWidget):
    """The vault's passphrase, for a coach who has forgotten the PIN. `entered` carries it; it is kept nowhere."""

    entered = Signal(str)

    def __init__(self, tongue: Tongue) -> None:
        super().__init__()
        self._tongue = tongue
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.edit.returnPressed.connect(self.send)
        self.label = Label(tongue.say(texts.PASSPHRASE), "strong")
        self.label.setBuddy(self.edit)
        self.problem = Label("", "late")
        self.button = secondary(tongue.say(texts.OPEN_BY_KEY), act=self.send)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        for widget in (self.label, self.edit, self.problem, self.button):
            down.addWidget(widget)
        self.problem.setVisible(False)

    def send(self) -> None:
        text = self.edit.text()
        self.edit.clear()
        if text and self.button.isEnabled():
            self.problem.setVisible(False)
            self.button.setEnabled(False)
            self.entered.emit(text)

    def refuse(self) -> None:
        """It was not the passphrase, or it is too early to try."""
        self.button.setEnabled(True)
        self.problem.say(self._tongue.say(texts.WRONG_KEY))
        self.problem.setVisible(True)
        self.edit.setAccessibleDescription(self.problem.text())
        announce(self.edit, self.problem.text())

    def clear(self) -> None:
        self.edit.clear()
        self.edit.setAccessibleName(self._tongue.say(texts.PASSPHRASE)())
        self.problem.setVisible(False)
        self.button.setEnabled(True)
