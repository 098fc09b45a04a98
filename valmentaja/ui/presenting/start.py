"""Before the client view: which screen, and the PIN that leads back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from valmentaja.base.errors import UserError
from valmentaja.i18n import tr, words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.ui.widgets.buttons import primary, secondary
from valmentaja.ui.widgets.dialogs import Dialog
from valmentaja.ui.widgets.fields import Field
from valmentaja.ui.widgets.secret import pin_line
from valmentaja.ui.widgets.text import Label

Begin = Callable[[QScreen | None, str], object]
"""Gets the client's screen (None: this one) and the new PIN ("" when one is kept); UserError refuses."""


class BeginView(Dialog):
    """`others` are the screens beside the coach's own."""

    def __init__(self, others: Sequence[QScreen], begin: Begin, parent: QWidget, *, new_pin: bool) -> None:
        super().__init__(lambda: tr("Client view"), parent)
        self._begin, self._others = begin, tuple(others)
        self.choices = [QRadioButton(self._name(screen)) for screen in self._others]
        self.choices.append(QRadioButton(tr("This screen: I turn the computer to the client")))
        self.pin, self.again = pin_line(), pin_line()
        self.field, self.second = (
            Field(lambda: tr("New PIN, 4–8 digits"), self.pin, hint=lambda: tr("It leads out of the client view.")),
            Field(lambda: tr("The PIN again"), self.again),
        )
        self.problem = Label("", "fielderror")
        self._lay_out(new_pin=new_pin)

    def begin(self) -> None:
        """Check the PIN, then begin; a refusal is said here."""
        if self.pin.text() != self.again.text():
            self.second.show_error(tr("The two PINs differ. Write the same one twice."))
            return
        chosen = next(n for n, button in enumerate(self.choices) if button.isChecked())
        screen = self._others[chosen] if chosen < len(self._others) else None
        try:
            self._begin(screen, self.pin.text())
        except UserError as error:
            self.problem.say(words(screen_language()).error(error))
            self.problem.show()
            return
        self.accept()

    def _name(self, screen: QScreen) -> str:
        size = screen.size()
        return tr("Screen {name}, {width} × {height}", name=screen.name(), width=size.width(), height=size.height())

    def _lay_out(self, *, new_pin: bool) -> None:
        self.body.addWidget(Label(lambda: tr("The client sees the questions of this assessment and nothing else.")))
        group = QButtonGroup(self)
        for button in self.choices:
            group.addButton(button)
            self.body.addWidget(button)
        self.choices[0].setChecked(True)
        if not self._others:
            self.choices[0].hide()
            self.body.addWidget(Label(lambda: tr("It covers this screen. Turn the computer to the client.")))
        for part in (self.field, self.second, self.problem):
            self.body.addWidget(part)
        self.field.setVisible(new_pin)
        self.second.setVisible(new_pin)
        self.problem.hide()
        self.yes = primary(lambda: tr("Begin the client view"), "monitor", act=self.begin)
        self.add_button(secondary(lambda: tr("Cancel"), act=self.reject))
        self.add_button(self.yes)
        self.yes.setDefault(True)
        (self.pin if new_pin else self.yes).setFocus()
