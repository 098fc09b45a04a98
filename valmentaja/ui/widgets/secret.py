"""Secret text: a passphrase that can be shown, a new one with its strength, a recovery code in eight groups."""

from __future__ import annotations

import re
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from valmentaja.domain.pin import LENGTHS
from valmentaja.i18n import tr
from valmentaja.ui import theme
from valmentaja.ui.speech import Say, announce
from valmentaja.ui.widgets.buttons import icon_button, link
from valmentaja.ui.widgets.fields import Field
from valmentaja.ui.widgets.text import Label, repolish
from valmentaja.usecases import keys, passphrases
from valmentaja.usecases.passphrases import Strength

STRENGTHS: dict[Strength, tuple[Say, str]] = {
    Strength.WEAK: (lambda: tr("Weak: easy to guess. Use four words that do not belong together."), "late"),
    Strength.FAIR: (lambda: tr("Fair: one or two words more make it good."), "warn"),
    Strength.GOOD: (lambda: tr("Good: hard to guess by trying."), "ok"),
}


def hide(edit: QLineEdit, *, shown: bool = False) -> None:
    """Dots or plain text; either way it is marked as secret, so that no draft and no input method keeps it."""
    edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
    edit.setInputMethodHints(edit.inputMethodHints() | Qt.InputMethodHint.ImhSensitiveData)


def pin_line() -> QLineEdit:
    """Where a new PIN is typed."""
    edit = QLineEdit()
    hide(edit)
    edit.setMaxLength(LENGTHS[-1])
    edit.setMaximumWidth(theme.px(160))
    return edit


class Secret(QWidget):
    """One line that is hidden until it is asked to be shown; paste is allowed. Enter is `entered`."""

    entered = Signal()

    def __init__(self, label: Say, *, hint: Say = "", about: Say = "") -> None:
        super().__init__()
        self.edit = QLineEdit()
        hide(self.edit)
        self.edit.returnPressed.connect(self.entered)
        self.edit.installEventFilter(self)
        self.field = Field(label, self.edit, hint=hint, about=about)
        self.eye = icon_button("eye", lambda: tr("Show the passphrase"), act=self.turn)
        self.caps = Label(lambda: tr("Caps Lock seems to be on."), "warn")
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(self.field, 1)
        across.addWidget(self._beside(self.eye), 0, Qt.AlignmentFlag.AlignTop)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(4)
        down.addLayout(across)
        down.addWidget(self.caps)
        self.caps.setVisible(False)
        self.setFocusProxy(self.edit)

    def _beside(self, button: QWidget) -> QWidget:
        """As low as the line: under an empty label of the same height as the field's."""
        box = QWidget()
        down = QVBoxLayout(box)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(4)
        down.addWidget(Label(" ", "strong"))
        down.addWidget(button)
        return box

    def text(self) -> str:
        return self.edit.text()

    def turn(self) -> None:
        """Show what is hidden, hide what is shown."""
        shown = self.edit.echoMode() == QLineEdit.EchoMode.Normal
        self.show_plain(not shown)

    def show_plain(self, on: bool) -> None:
        hide(self.edit, shown=on)
        self.eye.set_picture("eye-off" if on else "eye")
        self.eye.say("", name=lambda: tr("Hide the passphrase") if on else tr("Show the passphrase"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt does not tell the state of Caps Lock: it is seen from a letter that is capital without Shift."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.text().isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._tell_caps(event.text().isupper() != shift)
        return super().eventFilter(watched, event)

    def _tell_caps(self, on: bool) -> None:
        if on != self.caps.isVisibleTo(self):
            self.caps.setVisible(on)
            if on:
                announce(self.edit, self.caps.text())


class NewPassphrase(QWidget):
    """A new passphrase twice, its strength in words, and four words on request."""

    entered = Signal()

    def __init__(self, *, about: Say = "") -> None:
        super().__init__()
        self.first = Secret(
            lambda: tr("New passphrase"),
            about=about,
            hint=lambda: tr("At least {n} characters.", n=keys.shortest_passphrase()),
        )
        self.again = Secret(lambda: tr("The passphrase again"), about=about)
        self.again.entered.connect(self.entered)
        self.first.edit.textChanged.connect(self._weigh)
        self.meter = Label("", "small")
        self.offer = link(lambda: tr("Suggest four words"), "refresh-cw", act=self.suggest)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        for widget in (self.first, self.meter):
            down.addWidget(widget)
        down.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignLeft)
        down.addWidget(self.again)
        self.meter.setVisible(False)
        self.setFocusProxy(self.first)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """The two lines one after the other; what is pressed now and then comes after them."""
        order = (self.first.edit, self.again.edit, self.first.eye, self.offer, self.again.eye)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def suggest(self) -> None:
        """Shown plainly, to be written down or learnt, and to be typed once more."""
        self.first.edit.setText(passphrases.suggestion())
        self.first.show_plain(True)
        bits = passphrases.suggestion_bits()
        self.meter.set_role("ok")
        self.meter.say(
            lambda: tr("Drawn by chance: about 2 to the power of {bits} equally likely choices. Learn it.", bits=bits)
        )
        self.again.setFocus()

    def passphrase(self) -> str | None:
        """What was written twice; None when the two differ, which is said under the second."""
        same = self.first.text() == self.again.text()
        self.again.field.show_error("" if same else tr("The two passphrases differ. Write the same one twice."))
        if not same:
            self.again.setFocus()
        return self.first.text() if same else None

    def clear(self) -> None:
        for part in (self.first, self.again):
            part.edit.clear()
            part.show_plain(False)

    def _weigh(self, words: str) -> None:
        self.meter.setVisible(bool(words))
        sentence, role = STRENGTHS[passphrases.strength(words)]
        self.meter.set_role(role)
        self.meter.say(sentence)


class CodeEntry(QWidget):
    """Eight groups of six digits; a whole code may be pasted into any of them. A mistyped group is named at once."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.groups = [QLineEdit() for _ in range(keys.GROUPS)]
        self._wrong: set[int] = set()
        fields = [_group_field(n, edit) for n, edit in enumerate(self.groups, start=1)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for n, field in enumerate(fields):
            grid.addWidget(field, n // 2, n % 2, Qt.AlignmentFlag.AlignTop)
        for n, edit in enumerate(self.groups):
            hide(edit, shown=True)
            edit.textEdited.connect(lambda text, n=n: self._typed(n, text))
            edit.editingFinished.connect(lambda n=n: self._check(n))
            edit.returnPressed.connect(self.entered)
        self.problem = Label("", "fielderror")
        self.problem.setVisible(False)
        grid.addWidget(self.problem, keys.GROUPS // 2, 0, 1, 2)
        self.setFocusProxy(self.groups[0])

    def code(self) -> str:
        return "-".join(edit.text() for edit in self.groups)

    def is_sound(self) -> bool:
        """Every group can be right; those that cannot are named under themselves."""
        for n in range(len(self.groups)):
            self._check(n, also_empty=True)
        return not self.problem.text()

    def _typed(self, n: int, text: str) -> None:
        digits = re.sub(r"\D", "", text)
        if len(digits) > 6:
            for at in range(n, keys.GROUPS):
                part = digits[(at - n) * 6 : (at - n) * 6 + 6]
                if part:
                    self.groups[at].setText(part)
                    self._check(at)
            return
        if digits != text:
            self.groups[n].setText(digits)
        if len(digits) == 6 and self._check(n) and n + 1 < keys.GROUPS:
            self.groups[n + 1].setFocus()

    def _check(self, n: int, *, also_empty: bool = False) -> bool:
        text = self.groups[n].text()
        wrong = bool(text or also_empty) and bool(keys.mistyped_groups((text,)))
        if wrong != (n in self._wrong):
            (self._wrong.add if wrong else self._wrong.discard)(n)
            self._tell(n)
        return not wrong

    def _tell(self, n: int) -> None:
        """Under the groups, the first wrong one first; the group itself says so to a screen reader."""
        sentence = tr("Group {n} is mistyped. Compare it with the sheet.", n=n + 1) if n in self._wrong else ""
        edit = self.groups[n]
        edit.setProperty("tone", "late" if sentence else "")
        edit.setAccessibleDescription(sentence)
        repolish(edit)
        first = min(self._wrong, default=-1) + 1
        self.problem.say((lambda: tr("Group {n} is mistyped. Compare it with the sheet.", n=first)) if first else "")
        self.problem.setVisible(bool(first))
        if sentence:
            announce(edit, sentence)


def _group_field(n: int, edit: QLineEdit) -> Field:
    edit.setMinimumWidth(theme.px(120))
    return Field(lambda: tr("Group {n}", n=n), edit)
