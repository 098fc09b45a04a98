"""product.md §4.2–4.3 on every page, in Finnish and Swedish at 200 % text: names, room, targets, focus, contrast."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QWidget,
)
from test_pages import PLACES, Window, window

from valmentaja.domain.plan import SignatureState
from valmentaja.ui.page import Page
from valmentaja.ui.pages.signing import SigningPage
from valmentaja.ui.theme import PALETTES, Tokens
from valmentaja.usecases.preferences import Preferences

__all__ = ["window"]

TAKES_INPUT = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractItemView, QAbstractSpinBox)
SMALLEST_TARGET = 24
"""CSS pixels, WCAG 2.2 2.5.8."""


@pytest.fixture(params=["fi", "sv"])
def large(window: Window, request: pytest.FixtureRequest) -> Iterator[Window]:
    window.program.apply(Preferences(language=request.param, text_size=200))
    yield window
    window.program.apply(Preferences(language="en"))


@pytest.mark.parametrize("place", PLACES)
def test_each_page_is_usable_at_double_text(large: Window, place: str) -> None:
    page = large.show(place)
    faults = [*_nameless(page), *_cut(page.window()), *_small(page), *_traps(page), *_sideways(page)]
    assert faults == []


@pytest.mark.parametrize("kind", ["file", "card"])
def test_a_sealed_plan_with_every_field_of_a_key_is_usable_at_double_text(large: Window, kind: str) -> None:
    page = large.show("signing")
    assert isinstance(page, SigningPage)
    page.ways[SignatureState.TYPED].setChecked(True)
    page.name.setText("Aava-Testi Mallila")
    page.seal()
    large.rest()
    for choice in (page.key, page.next.key):
        choice.kind.set_value(kind)
    large.rest()
    assert page.beliefs.isVisibleTo(page)
    faults = [*_nameless(page), *_cut(page.window()), *_small(page), *_traps(page), *_sideways(page)]
    assert faults == []


def test_planted_faults_are_found(large: Window) -> None:
    page = large.show("today")
    nameless, narrow, text = QPushButton(page), QPushButton("Aloita tapaaminen", page), QPlainTextEdit(page)
    nameless.setIcon(large.app.windowIcon())
    narrow.setFixedWidth(20)
    for widget in (nameless, narrow, text):
        widget.show()
    assert any("no name" in fault for fault in _nameless(page))
    assert any("Aloita tapaaminen" in fault for fault in _cut(page))
    assert any(" 20×" in fault for fault in _small(page))
    assert any("holds Tab" in fault for fault in _traps(page))


def _shown(page: QWidget, kinds: type | tuple[type, ...]) -> Iterator[QWidget]:
    for widget in page.findChildren(QWidget):
        if isinstance(widget, kinds) and widget.isVisibleTo(page):
            yield widget


def _nameless(page: Page) -> Iterator[str]:
    """4.1.2: what takes the focus says what it is; a combo may be named by its label."""
    for widget in _shown(page, TAKES_INPUT):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.objectName() == "qt_spinbox_lineedit":
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        labelled = any(how & QAccessible.RelationFlag.Label for _other, how in told.relations())
        if not labelled and not told.text(QAccessible.Text.Name).strip():
            yield f"no name: {_what(widget)}"


def _cut(page: QWidget) -> Iterator[str]:
    """1.4.4: no button or single-line label is smaller than its words."""
    for button in _shown(page, QAbstractButton):
        wanted, given = button.minimumSizeHint(), button.size()
        if isinstance(button, QAbstractButton) and button.text() and wanted.width() > given.width() + 1:
            yield f"cut: {_what(button)} {given.width()} of {wanted.width()}"
        if wanted.height() > given.height() + 1:
            yield f"cut in height: {_what(button)} {given.height()} of {wanted.height()}"
    for label in _shown(page, QLabel):
        if isinstance(label, QLabel) and label.text() and not label.wordWrap():
            wanted_width = label.fontMetrics().horizontalAdvance(label.text())
            if wanted_width > label.contentsRect().width() + 1:
                yield f"cut: {_what(label)} {label.contentsRect().width()} of {wanted_width}"
        elif isinstance(label, QLabel) and label.text() and label.heightForWidth(label.width()) > label.height() + 1:
            yield f"cut lines: {_what(label)}"


def _small(page: Page) -> Iterator[str]:
    for widget in _shown(page, (QAbstractButton, QComboBox, QLineEdit)):
        if widget.objectName() == "qt_spinbox_lineedit" or isinstance(widget.parent(), QSpinBox):
            continue
        if widget.height() < SMALLEST_TARGET or widget.width() < SMALLEST_TARGET:
            yield f"small: {_what(widget)} {widget.width()}×{widget.height()}"


def _traps(page: Page) -> Iterator[str]:
    """2.1.2: Tab leaves every field."""
    for text in _shown(page, QPlainTextEdit):
        if isinstance(text, QPlainTextEdit) and not text.tabChangesFocus():
            yield f"holds Tab: {_what(text)}"
    for view in _shown(page, QAbstractItemView):
        if isinstance(view, QAbstractItemView) and view.tabKeyNavigation():
            yield f"holds Tab: {_what(view)}"


def _sideways(page: Page) -> Iterator[str]:
    for area in _shown(page, QScrollArea):
        if isinstance(area, QScrollArea) and area.horizontalScrollBar().maximum() > 0:
            yield f"scrolls sideways: {_what(area)}"


def _what(widget: QWidget) -> str:
    text = getattr(widget, "text", str)()
    return f"{type(widget).__name__} {widget.accessibleName() or text!r}"


@pytest.mark.parametrize("place", PLACES)
def test_tab_goes_round_the_page_and_comes_back(window: Window, place: str) -> None:
    """2.1.1: by Tab alone everything that takes the focus is reached, and no step is for nothing."""
    page = window.show(place)
    wanted = {
        widget
        for widget in _shown(page, TAKES_INPUT)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isEnabled()
        and widget.objectName() != "qt_spinbox_lineedit"
        and not _of_group(widget)
    }
    chain, here = set(), page.window()
    while (here := here.nextInFocusChain()) is not page.window():
        chain.add(here)
    assert wanted <= chain


def _of_group(widget: QWidget) -> bool:
    """Radio buttons are one stop; arrows go on from there."""
    return isinstance(widget, QAbstractButton) and widget.autoExclusive() and not widget.isChecked()


BACKGROUNDS = ("window", "base", "tint", "ok_tint", "warn_tint", "late_tint", "neutral_tint", "hover")
ON_OWN_TINT = (("highlight", "tint"), ("ok", "ok_tint"), ("warn", "warn_tint"), ("late", "late_tint"))
PAIRS = (
    *product(("text", "muted"), BACKGROUNDS),
    *product(("highlight", "ok", "warn", "late"), ("window", "base")),
    *ON_OWN_TINT,
    ("on_highlight", "highlight"),
)
OUTLINES = tuple(product(("border", "highlight"), ("window", "base")))


@pytest.mark.parametrize("name", PALETTES)
def test_words_stand_out_by_4_5_and_outlines_by_3(name: str) -> None:
    """1.4.3 and 1.4.11, computed from the palettes themselves."""
    tokens = PALETTES[name]
    weak = [(f, b, r) for f, b in PAIRS if (r := contrast(tokens, f, b)) < 4.5]
    weak += [(f, b, r) for f, b in OUTLINES if (r := contrast(tokens, f, b)) < 3]
    assert weak == []


def test_a_weak_pair_would_be_seen() -> None:
    assert contrast(PALETTES["light"], "hairline", "base") < 3


def contrast(tokens: Tokens, front: str, back: str) -> float:
    """(L1 + 0.05) / (L2 + 0.05), WCAG 2.2."""
    lighter, darker = sorted((luminance(getattr(tokens, name)) for name in (front, back)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
