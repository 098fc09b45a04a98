"""No two fields that are filled in on a page have the same name, else nobody hears which is meant."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget
from test_pages import PLACES, Window, window

__all__ = ["window"]
FILLED_IN = (QLineEdit, QPlainTextEdit, QComboBox)


def same_names(page: QWidget) -> list[str]:
    fields = [w for w in page.findChildren(QWidget) if isinstance(w, FILLED_IN) and w.isVisibleTo(page)]
    names = Counter(w.accessibleName() for w in fields if w.isEnabled())
    return [name for name, times in names.items() if times > 1]


@pytest.mark.parametrize("place", PLACES)
def test_fields_of_a_page_are_told_apart_by_name(window: Window, place: str) -> None:
    assert same_names(window.show(place)) == []
