"""One sitting with two screens: `two_screens.py VAULT` says at its end what it saw, as JSON."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from room import MARKS, PIN, Room, spoken

from valmentaja.app import application
from valmentaja.base.clock import FixedClock
from valmentaja.i18n import set_language
from valmentaja.ui.client_view.pin import PinPad
from valmentaja.ui.page import Place
from valmentaja.usecases import assessing

app = application()
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def foreign(window: QWidget) -> list[str]:
    return [text for text in spoken(window) if any(mark in text for mark in MARKS)]


def main(vault: Path) -> dict[str, object]:
    set_language("en")
    room = Room(app, vault, FixedClock(NOW), others=10)
    told: dict[str, object] = {}
    window = room.begin(screen=0)
    told["screen"] = window.screen().name()
    told["geometry"] = list(window.geometry().getRect())
    told["coach visible"] = room.program.window.isVisible()
    told["strip"] = room.main.strip.label.text()
    window.go_to(0)
    window.answer(7)
    told["coach saw"] = assessing.runner(room.session, room.assessment).values[window.view.questions[0].item].value
    room.main.go(Place(page="clients"))
    room.rest()
    told["foreign in the coach's window"] = len(foreign(room.program.window))
    told["walked"], told["foreign"] = len(spoken(window)), foreign(window)
    take_screens_away(room, told)
    end(room, told)
    return told


def take_screens_away(room: Room, told: dict[str, object]) -> None:
    screens = {screen.name(): screen for screen in QGuiApplication.screens()}
    app.screenRemoved.emit(screens["coach"])
    told["another screen away"] = room.window.isVisible()
    app.screenRemoved.emit(screens["client"])
    told["after removal visible"] = room.window.isVisible()
    told["after removal texts"] = [t for t in spoken(room.window.pages.currentWidget()) if t]
    told["strip after removal"] = room.main.strip.label.text()
    room.main.strip.show_again.click()
    asked = room.program.presenter.dialog
    asked.choices[-1].setChecked(True)
    asked.begin()
    room.rest()
    told["again on"] = room.window.screen().name()
    told["coach hidden"] = not room.program.window.isVisible()
    room.type_pin(PIN)


def end(room: Room, told: dict[str, object]) -> None:
    room.main.go(Place(page="runner", key=room.assessment))
    for pin, name in (("9999", "after wrong pin"), (PIN, "after right pin")):
        if room.program.presenter.window is None:
            room.begin(screen=0)
        room.main.strip.button.click()
        pad = room.program.presenter.dialog.findChild(PinPad)
        pad.edit.setText(pin)
        pad.send()
        room.rest()
        told[name] = room.program.presenter.window is not None
    room.begin(screen=0)
    room.program.window.close()
    room.rest()
    told["left after closing"] = [type(w).__name__ for w in app.topLevelWidgets() if w.isVisible()]
    room.close()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]))) + "\n")
