"""The line at the foot of the window: facts read from the vault, saved when, locks when, backed up when."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import short_day, time_of
from valmentaja.ui import theme
from valmentaja.ui.backing import backing
from valmentaja.ui.hub import Hub
from valmentaja.ui.widgets.chip import Chip
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import backing_up, settings
from valmentaja.usecases.session import Area, Changes, Session

SIDE, GAP = 28, 16


class StatusBar(QFrame):
    """Reads again after every change; an opened file is a change too, because it is logged."""

    def __init__(self, session: Session, hub: Hub) -> None:
        super().__init__()
        self.session, self.backing = session, backing(session, hub)
        self.saved, self.locks = Label("", "small", wrap=False), Label("", "small", wrap=False)
        self.backed = Label("", "small", wrap=False)
        self.hint = Label(lambda: tr("Ctrl+K finds, Ctrl+L locks"), "small", wrap=False)
        self.setProperty("surface", "status")
        self._lay_out()
        hub.changed.connect(self._heard)
        self.backing.looked.connect(self._tell_backed)
        self.backing.ended.connect(self._tell_backed)
        self._tell_backed()
        self.tell_saved()

    def tell_saved(self) -> None:
        at, minutes = self.session.saved_at(), settings.lock_minutes(self.session)
        self.locks.say(lambda: tr("Locks after {n} min idle", n=minutes))
        self.saved.say(lambda: tr("Saved {time}", time=time_of(at, screen_language())) if at else "")

    def _heard(self, changes: Changes) -> None:
        self.tell_saved()
        if changes.touches(Area.SETTING):
            self._tell_backed()

    def _tell_backed(self, _error: object = None) -> None:
        state, failed = backing_up.state(self.session), self.backing.failure is not None
        self.backed.say(lambda: "" if self.session.training else _backed(state, failed=failed))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text the least needed words go first."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Decided by what all of them would take, so that hiding one does not bring it back."""
        words = [self.saved, self.locks, self.backed, self.hint]
        others = list(self.findChildren(Chip, options=Qt.FindChildOption.FindDirectChildrenOnly))
        needed = sum(w.sizeHint().width() + GAP for w in (*words, *others)) + 2 * SIDE
        for word in (self.hint, self.locks):
            word.setVisible(needed <= self.width())
            needed -= 0 if needed <= self.width() else word.sizeHint().width() + GAP

    def _lay_out(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(SIDE, 4, SIDE, 4)
        across.setSpacing(GAP)
        across.addWidget(self.saved)
        across.addWidget(self.locks)
        across.addStretch(1)
        across.addWidget(self.backed)
        if self.session.training:
            across.addWidget(Chip("graduation-cap", lambda: tr("TRAINING: invented people"), theme.Tone.WARN))
        across.addWidget(self.hint)


def _backed(state: backing_up.State, *, failed: bool) -> str:
    """`backup 8.12. · rehearsal 8.12.`; quiet also when something is missing."""
    language = screen_language()
    if not state.folder_is_there:
        return tr("the folder for backups is not there")
    if failed:
        return tr("the last backup was not made, see Settings")
    if state.made is None:
        return tr("no backup yet")
    made = tr("backup {day}", day=short_day(state.made, language))
    if state.rehearsed is None:
        return f"{made} · {tr('not rehearsed')}"
    return f"{made} · {tr('rehearsal {day}', day=short_day(state.rehearsed, language))}"
