"""The style sheet, written from the tokens; widgets choose by the properties `role`, `kind`, `tone`, `flat`."""

from __future__ import annotations

from string import Template

from valmentaja.ui.theme import Tokens

_SHEET = Template("""
QWidget { color: $text; }
QMainWindow, QDialog, QWidget[surface="window"], QScrollArea, QScrollArea > QWidget > QWidget[surface="window"] { background: $window; }
QScrollArea { border: 0; background: transparent; }
QFrame[surface="side"] { background: $base; border: 0; border-right: 1px solid $hairline; }
QFrame[surface="status"] { background: $base; border: 0; border-top: 1px solid $hairline; }
QFrame[surface="card"] { background: $base; border: 1px solid $hairline; border-radius: 8px; }
QFrame[surface="dropline"] { background: $highlight; border: 0; border-radius: 1px; }
QFrame[surface="toast"] { background: $base; border: 1px solid $border; border-radius: 8px; }
QFrame[surface="keys"] { border: 2px solid transparent; border-radius: 8px; }
QFrame[surface="keys"]:focus { border: 2px solid $highlight; }
QFrame[surface="line"] { border: 0; border-radius: 4px; }
QFrame[surface="line"][current="true"] { background: $tint; }
QFrame[surface="hairline"] { background: $hairline; border: 0; min-height: 1px; max-height: 1px; }
QFrame[surface="message"] { border-radius: 6px; border: 1px solid $border; background: $tint; }
QFrame[surface="message"][tone="ok"] { background: $ok_tint; border-color: $ok; }
QFrame[surface="message"][tone="warn"] { background: $warn_tint; border-color: $warn; }
QFrame[surface="message"][tone="late"] { background: $late_tint; border-color: $late; }

QLabel[role="title"] { font-size: ${title}pt; font-weight: 700; }
QLabel[role="question"] { font-size: ${title}pt; font-weight: 700; }
QLabel[role="heading"] { font-size: ${heading}pt; font-weight: 700; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: ${small}pt; }
QLabel[role="ok"] { color: $ok; }
QLabel[role="warn"] { color: $warn; }
QLabel[role="late"] { color: $late; }
QLabel[role="fielderror"] { color: $late; font-size: ${small}pt; }
QLabel[role="code"] { font-size: ${heading}pt; font-weight: 700; letter-spacing: 1px; }
QLabel[role="count"] { color: $muted; }

QFrame[surface="chip"] { border: 0; border-radius: ${chip_radius}px; background: $neutral_tint; }
QFrame[surface="chip"] QLabel { color: $muted; font-weight: 600; font-size: ${small}pt; }
QFrame[surface="chip"][tone="info"] { background: $tint; }
QFrame[surface="chip"][tone="info"] QLabel { color: $highlight; }
QFrame[surface="chip"][tone="ok"] { background: $ok_tint; }
QFrame[surface="chip"][tone="ok"] QLabel { color: $ok; }
QFrame[surface="chip"][tone="warn"] { background: $warn_tint; }
QFrame[surface="chip"][tone="warn"] QLabel { color: $warn; }
QFrame[surface="chip"][tone="late"] { background: $late_tint; }
QFrame[surface="chip"][tone="late"] QLabel { color: $late; }
QFrame[surface="chip"][tone="plain"] { background: transparent; }

QPushButton { background: $base; border: 1px solid $border; border-radius: 6px; padding: 0 14px; min-height: ${inner}px; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border: 2px solid $highlight; padding: 0 13px; min-height: ${inner_focus}px; }
QPushButton:disabled { color: $muted; border-color: $hairline; }
QPushButton:checked { background: $highlight; color: $on_highlight; border-color: $highlight; font-weight: 700; }
QPushButton[kind="primary"] { background: $highlight; color: $on_highlight; border-color: $highlight; font-weight: 600; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $hairline; color: $muted; border-color: $hairline; }
QPushButton[kind="danger"] { color: $late; border-color: $late; }
QPushButton[kind="danger"]:disabled { color: $muted; border-color: $hairline; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $highlight; font-weight: 600; padding: 0 4px; text-align: left; min-height: ${link}px; }
QPushButton[kind="link"]:focus { border: 2px solid $highlight; padding: 0 3px; min-height: ${link_focus}px; }
QPushButton[kind="link"]:disabled { color: $muted; }
QPushButton[kind="icon"] { padding: 0 8px; }
QPushButton[kind="icon"]:focus { padding: 0 7px; }
QPushButton[kind="scale"] { min-width: ${scale_w}px; min-height: ${scale_h}px; padding: 0; font-size: ${heading}pt; }
QPushButton[kind="scale"]:checked:focus { border: 2px solid $text; }
QPushButton[kind="rate"] { min-width: ${rate_w}px; min-height: ${rate_h}px; padding: 0 6px; }
QPushButton[kind="rate"]:checked { font-weight: 400; }
QFrame[surface="rate"] { border: 2px solid transparent; border-radius: 8px; }
QFrame[surface="rate"]:focus { border-color: $highlight; }
QPushButton[kind="nav"] { background: transparent; border: 1px solid transparent; padding: 0 8px; text-align: left; min-height: ${nav}px; }
QPushButton[kind="nav"]:hover { background: $hover; }
QPushButton[kind="nav"]:checked { background: $tint; color: $highlight; font-weight: 700; }
QPushButton[kind="nav"]:focus { border: 2px solid $highlight; padding: 0 7px; min-height: ${nav_focus}px; }
QPushButton[kind="row"] { background: transparent; border: 1px solid transparent; text-align: left; padding: 0 6px; }
QPushButton[kind="row"]:checked { background: $tint; color: $highlight; font-weight: 700; }
QPushButton[kind="row"]:focus { border: 2px solid $highlight; padding: 0 5px; }

QLineEdit, QComboBox, QSpinBox, QDateEdit { background: $base; border: 1px solid $border; border-radius: 6px; padding: 0 12px; min-height: ${inner}px; selection-background-color: $highlight; selection-color: $on_highlight; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus { border: 2px solid $highlight; padding: 0 11px; min-height: ${inner_focus}px; }
QLineEdit[tone="late"], QComboBox[tone="late"], QPlainTextEdit[tone="late"] { border: 2px solid $late; padding: 0 11px; min-height: ${inner_focus}px; }
QLineEdit:disabled, QComboBox:disabled { color: $muted; border-color: $hairline; }
QLineEdit:read-only { background: $window; }
QPlainTextEdit, QTextBrowser { background: $base; border: 1px solid $border; border-radius: 6px; padding: 6px 10px; selection-background-color: $highlight; selection-color: $on_highlight; }
QPlainTextEdit:focus, QTextBrowser:focus { border: 2px solid $highlight; padding: 5px 9px; }
QComboBox::drop-down { border: 0; width: ${drop}px; }
QComboBox::down-arrow { image: url("$arrow"); width: ${icon}px; height: ${icon}px; }
QComboBox QAbstractItemView { background: $base; border: 1px solid $border; selection-background-color: $highlight; selection-color: $on_highlight; outline: 0; }
QComboBox QAbstractItemView::item { min-height: ${item}px; padding: 0 8px; }

QCheckBox, QRadioButton { spacing: 8px; min-height: ${check}px; border: 2px solid transparent; border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $highlight; }
QCheckBox::indicator, QRadioButton::indicator { width: ${mark}px; height: ${mark}px; border: 1px solid $border; background: $base; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: ${mark_radius}px; }
QCheckBox::indicator:checked { background: $highlight; border-color: $highlight; image: url("$tick"); }
QRadioButton::indicator:checked { background: $highlight; border-color: $highlight; image: url("$dot"); }

QTableView { background: $base; border: 0; gridline-color: transparent; selection-background-color: $tint; selection-color: $text; outline: 0; alternate-background-color: $base; }
QTableView::item { border: 0; border-bottom: 1px solid $hairline; padding: 0 8px; }
QTableView::item:selected { background: $tint; color: $text; }
QTableView::item:focus { border: 2px solid $highlight; padding: 0 6px; }
QHeaderView { background: $base; border: 0; }
QHeaderView::section { background: $base; color: $muted; border: 0; border-bottom: 1px solid $border; padding: 0 8px; min-height: ${inner}px; font-weight: 600; }
QHeaderView::down-arrow, QHeaderView::up-arrow { width: 0; height: 0; }
QTableCornerButton::section { background: $base; border: 0; }
QListView { background: $base; border: 0; outline: 0; }
QListView::item { min-height: ${inner}px; padding: 0 8px; border-radius: 6px; }
QListView::item:selected { background: $tint; color: $text; }
QListView::indicator { width: ${mark}px; height: ${mark}px; border: 1px solid $border; border-radius: 4px; background: $base; }
QListView::indicator:checked { background: $highlight; border-color: $highlight; image: url("$tick"); }
QListWidget { border: 1px solid $border; border-radius: 6px; padding: 1px; }
QListWidget:focus { border: 2px solid $highlight; padding: 0; }

QTabWidget::pane { border: 0; border-top: 1px solid $hairline; }
QTabBar { background: transparent; border: 0; }
QTabBar::scroller { width: 72px; }
QTabBar::tab { background: transparent; border: 0; border-bottom: 2px solid transparent; color: $muted; font-weight: 600; padding: 8px 4px; margin-right: 20px; }
QTabBar::tab:selected { color: $highlight; border-bottom: 2px solid $highlight; }
QTabBar::tab:focus { border: 2px solid $highlight; border-radius: 4px; padding: 6px 2px 8px 2px; }

QProgressBar { background: $hairline; border: 0; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: $highlight; border-radius: 3px; }
QMenuBar { background: $base; border-bottom: 1px solid $hairline; }
QMenuBar::item { padding: 4px 10px; background: transparent; }
QMenuBar::item:selected { background: $tint; color: $text; }
QMenu { background: $base; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $highlight; color: $on_highlight; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 8px; }
QToolTip { background: $base; color: $text; border: 1px solid $border; padding: 4px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: $border; border-radius: 4px; min-height: 32px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal { background: $border; border-radius: 4px; min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def stylesheet(tokens: Tokens, scale: float) -> str:
    """The whole sheet for one palette and one text scale."""
    from valmentaja.ui.icons import file_for

    return _SHEET.substitute(
        {name: getattr(tokens, name) for name in tokens.__slots__},
        arrow=file_for("chevron-down", tokens.muted),
        tick=file_for("check", tokens.on_highlight),
        dot=file_for("dot", tokens.on_highlight),
        **_lengths(scale),
    )


def _lengths(scale: float) -> dict[str, str]:
    line = round(18 * scale)
    lengths = {
        "inner": 14 + line,
        "inner_focus": 12 + line,
        "link": 6 + line,
        "link_focus": 4 + line,
        "nav": 16 + line,
        "nav_focus": 14 + line,
        "item": 8 + line,
        "check": 8 + line,
        "drop": 12 + line,
        "icon": line - 2,
        "mark": line,
        "mark_radius": line // 2,
        "chip_radius": 2 + round(8 * scale),
        "scale_w": 42 if scale <= 1 else round(34 * scale),
        "rate_w": round(24 * scale),
        "rate_h": 8 + line,
        "scale_h": 38 if scale <= 1 else 14 + line,
    }
    sizes = {"title": 18 * scale, "heading": 11 * scale, "small": 9 * scale}
    return {k: str(v) for k, v in lengths.items()} | {k: f"{v:g}" for k, v in sizes.items()}
