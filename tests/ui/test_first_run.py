"""A new vault in the window: whose it is must be said, and nothing is made before that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import WORDS
from PySide6.QtWidgets import QApplication
from sitting import rest

from valmentaja.app import application
from valmentaja.ui.pages.first_run import FirstRunPage


@pytest.fixture
def page(qapp: QApplication, tmp_path: Path) -> Iterator[FirstRunPage]:
    application()
    shown = FirstRunPage()
    shown.show()
    shown.folder.setText(str(tmp_path / "vault"))
    for edit in (shown.passphrase, shown.again):
        edit.setText(WORDS)
    yield shown
    shown.close()
    shown.deleteLater()
    rest(qapp)


def test_fields_left_empty_make_no_vault_and_say_which(page: FirstRunPage) -> None:
    page.make_vault()
    assert page.fields["unit"].error.startswith("The unit code is missing.")
    assert page.fields["municipality"].error.startswith("The municipality number is missing.")
    page.unit.setText("U101")
    page.municipality.setText("999")
    page.make_vault()
    assert page.fields["unit"].error == ""
    assert page.fields["municipality"].error.startswith("“999” is not a municipality number.")
    assert page.button.isEnabled()
    assert not Path(page.folder.text()).exists()
