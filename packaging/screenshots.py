"""Pictures of every page: `python packaging/screenshots.py [FOLDER]` writes docs/screenshots/, the same every time."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
SIZE = (1366, 768)
PAPER_SCALE = 96 / 72
SCREEN_WIDTH, MARGIN = 960, 24
LOOKS = (("fi-100", "light", 100), ("fi-200", "light", 200), ("fi-100-dark", "dark", 100))


class Seeded(Random):
    """Chance that comes out the same every time: for invented people only."""

    token = Random.randbytes


def main(arguments: list[str]) -> int:
    """Each page in Finnish at 100 % and 200 % text and in dark."""
    folder = Path(arguments[0]) if arguments else ROOT / "docs" / "screenshots"
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "1", "QT_FONT_DPI": "96"}
    sys.path.insert(0, str(ROOT))
    # Always the same place, because pages show it.
    home = Path(tempfile.gettempdir()) / "valmentaja"
    shutil.rmtree(home, ignore_errors=True)
    os.environ["VALMENTAJA_DATA"] = str(home)
    take(folder, home)
    shutil.rmtree(home)
    return 0


def take(folder: Path, home: Path) -> None:
    from valmentaja import app as program
    from valmentaja.base.clock import FixedClock
    from valmentaja.usecases import opening, training
    from valmentaja.usecases.preferences import Preferences

    clock, chance = FixedClock(NOW), Seeded(4)
    key = training.make_training_vault(home / "harjoitus", clock=clock, chance=chance)
    session = opening.open_session(home / "harjoitus", key, clock=clock, chance=chance)
    app = program.application()
    shown = program.Program(app)
    shown.window.setFixedSize(*SIZE)
    shown.window.show()
    folder.mkdir(parents=True, exist_ok=True)
    for name, theme, size in LOOKS:
        shown.apply(Preferences(language="fi", theme=theme, text_size=size))
        for page, show in (*gates(shown, home), *pages(shown, session)):
            show()
            settle(app)
            shown.window.grab().save(str(folder / f"{page}-{name}.png"))
            sys.stdout.write(f"{page}-{name}.png\n")
    shown.apply(Preferences(language="fi", theme="light", text_size=100))
    for name in beside(session, about(session), folder):
        sys.stdout.write(f"{name}\n")
    shown.session = session
    shown.close()


def beside(session: object, client: str, folder: Path) -> list[str]:
    """`picture-radar.png`, `-trend`, `-timeline`: left the widget with its table, right the PDF of the same data."""
    from valmentaja.usecases import change_paper, comparing
    from valmentaja.usecases.session import Session

    if not isinstance(session, Session):
        raise TypeError
    keys = [choice.key for choice in comparing.choices(session, client)]
    paper = change_paper.paper(session, client, keys=keys, language="fi")
    made = []
    for picture in paper.pictures:
        name = f"picture-{type(picture).__name__.lower()}.png"
        alone = change_paper.print_pdf(replace(paper, pictures=(picture,)))
        join(on_screen(picture), on_paper(alone), folder / name)
        made.append(name)
    return made


def on_screen(picture: object) -> object:
    """The widget as a page shows it."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from valmentaja.pictures.radar import Radar
    from valmentaja.pictures.timeline import Timeline
    from valmentaja.pictures.trend import Trend
    from valmentaja.ui.widgets.card import Card
    from valmentaja.ui.widgets.picture import PictureWithTable

    if not isinstance(picture, Radar | Trend | Timeline):
        raise TypeError
    sheet = Card(picture.title)
    shown = PictureWithTable(widest=SCREEN_WIDTH, side_by_side=False)
    sheet.add(shown)
    shown.show_picture(picture)
    sheet.setFixedWidth(SCREEN_WIDTH)
    sheet.show()
    for _ in range(3):
        QApplication.processEvents()
    image = sheet.grab().toImage()
    sheet.close()
    sheet.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return image


def on_paper(pdf: bytes) -> list[object]:
    """The first two pages, as many as there are."""
    import pypdfium2
    from PySide6.QtGui import QImage

    document = pypdfium2.PdfDocument(pdf)
    found: list[object] = []
    for number in range(min(2, len(document))):
        drawn = document[number].render(scale=PAPER_SCALE, rev_byteorder=True, prefer_bgrx=True)
        kind = QImage.Format.Format_RGBX8888
        found.append(QImage(bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride, kind).copy())
    return found


def join(left: object, right: list[object], path: Path) -> None:
    from PySide6.QtGui import QColor, QImage, QPainter

    images = [image for image in (left, *right) if isinstance(image, QImage)]
    width = sum(i.width() for i in images) + MARGIN * (len(images) + 1)
    height = max(i.height() for i in images) + 2 * MARGIN
    sheet = QImage(width, height, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#75797e"))
    with QPainter(sheet) as painter:
        x = MARGIN
        for image in images:
            painter.drawImage(x, MARGIN, image)
            x += image.width() + MARGIN
    sheet.save(str(path))


def about(session: object) -> str:
    """Somebody who has been measured twice."""
    from valmentaja.domain.queue import QueueKind
    from valmentaja.usecases import today
    from valmentaja.usecases.session import Session

    if not isinstance(session, Session):
        raise TypeError
    return next(entry.client for entry in today.queue(session) if entry.kind is QueueKind.SIGNATURE)


def gates(shown: object, home: Path) -> list[tuple[str, Callable[[], object]]]:
    from valmentaja.app import Program

    if not isinstance(shown, Program):
        raise TypeError
    return [
        ("first-run", shown.show_first_run),
        ("restore", lambda: shown.show_restore(home / "uusi")),
        ("unlock", lambda: shown.show_unlock(home / "harjoitus")),
    ]


def pages(shown: object, session: object) -> list[tuple[str, Callable[[], object]]]:
    """Every page of the main window, about somebody who has something on it."""
    from valmentaja.app import Program
    from valmentaja.domain.codes import PlanKind
    from valmentaja.domain.queue import QueueKind
    from valmentaja.ui.page import Place
    from valmentaja.usecases import planning, summary, today
    from valmentaja.usecases.session import Session

    if not isinstance(shown, Program) or not isinstance(session, Session):
        raise TypeError
    waiting = {entry.kind: entry for entry in reversed(today.queue(session))}
    begun, agreed = waiting[QueueKind.ASSESSMENT], waiting[QueueKind.SIGNATURE]
    draft = planning.draft(session, agreed.client, PlanKind.MONIALAINEN).made
    if not planning.plan(session, draft).goals:
        planning.add_goal(session, draft, words="Haluan töihin, joissa saan olla ulkona.")
    tabs = ("overview", "assessment", "plan", "services", "ura", "documents", "log")
    places = [
        *((name, Place(page=name)) for name in ("today", "clients", "new-client", "moving", "outbox")),
        *((f"client-{tab}", Place(page="client", key=agreed.client, part=tab)) for tab in tabs),
        ("client-follow-up", Place(page="client", key=waiting[QueueKind.FOLLOW_UP].client, part="follow-up")),
        ("change", Place(page="change", key=agreed.client)),
        ("case", Place(page="case", key=waiting[QueueKind.CLARIFICATION].about)),
        ("brief", Place(page="brief", key=agreed.client)),
        ("summary", Place(page="summary", key=summary.latest(session, agreed.client) or "")),
        ("runner", Place(page="runner", key=begun.about)),
        ("paper", Place(page="paper", key=begun.about)),
        ("plan", Place(page="plan", key=draft)),
        ("plan-frozen", Place(page="plan", key=agreed.about)),
        ("plan-review", Place(page="review", key=agreed.about)),
        ("signing", Place(page="signing", key=agreed.about)),
        ("month", Place(page="month")),
        ("month-preview", Place(page="month", part="preview")),
        ("month-write", Place(page="month", part="write")),
        ("reports", Place(page="reports")),
        ("own-figures", Place(page="own", part="LADDER")),
        ("settings", Place(page="settings")),
        ("settings-rules", Place(page="settings", part="rules")),
        ("settings-backups", Place(page="settings", part="backups")),
    ]

    def go(place: Place) -> None:
        if shown.main is None or shown.window.currentWidget() is not shown.main:
            shown.open(session)
        if shown.main is not None:
            shown.main.go(place)

    return [(name, partial(go, place)) for name, place in places]


def settle(app: object) -> None:
    """Let the worker finish and the layout come to rest, as `setup.md` §3 advises."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from valmentaja.ui import tasks

    if not isinstance(app, QApplication):
        raise TypeError
    for _ in range(6):
        tasks.worker().wait()
        app.processEvents()
        # Outside of exec() nobody else deletes what was put off.
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
