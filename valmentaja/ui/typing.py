"""What is being typed anywhere in the program: stored at once, or read as a draft and put back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from valmentaja.base.canonical import Json
from valmentaja.ui.widgets.fields import DateEdit, Line, Notes

Editor = QLineEdit | QPlainTextEdit
_SECRET = Qt.InputMethodHint.ImhSensitiveData


def settle_all() -> None:
    """Every text that waits for a pause in typing is stored now, in whatever page or dialog it stands."""
    for widget in QApplication.allWidgets():
        if isinstance(widget, Notes | Line | DateEdit):
            widget.settle()


def typed(page: QWidget) -> dict[str, Json]:
    """What a person has written and no record holds, by the name of its field."""
    return typed_in(dict(_editors(page)))


def typed_in(editors: Mapping[str, Editor]) -> dict[str, Json]:
    """What a person has written into these, by the names given."""
    return {name: _text(editor) for name, editor in editors.items() if _is_modified(editor)}


def type_again(page: QWidget, fields: Mapping[str, Json]) -> None:
    """Put a draft back; what is already there stays as it is."""
    type_into(dict(_editors(page)), fields)


def type_into(editors: Mapping[str, Editor], fields: Mapping[str, Json]) -> None:
    """The same for editors named here."""
    for name, editor in editors.items():
        text = fields.get(name)
        if isinstance(text, str) and text != _text(editor):
            _write(editor, text)


def _editors(page: QWidget) -> Iterator[tuple[str, Editor]]:
    """Fields of the same name are told apart by their order."""
    met: Counter[str] = Counter()
    for widget in page.findChildren(QWidget):
        if isinstance(widget, QLineEdit | QPlainTextEdit) and _is_kept(widget) and widget.accessibleName():
            name = widget.accessibleName()
            met[name] += 1
            yield f"{name} {met[name]}", widget


def _is_kept(editor: Editor) -> bool:
    """A passphrase or a recovery code that is being typed is no draft."""
    return not editor.isReadOnly() and not editor.inputMethodHints() & _SECRET


def _text(editor: Editor) -> str:
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def _is_modified(editor: Editor) -> bool:
    return editor.isModified() if isinstance(editor, QLineEdit) else editor.document().isModified()


def _write(editor: Editor, text: str) -> None:
    """As if a person had typed it, so that it is stored like anything typed."""
    if isinstance(editor, QLineEdit):
        editor.setText(text)
        editor.setModified(True)
    else:
        editor.setPlainText(text)
        editor.document().setModified(True)
