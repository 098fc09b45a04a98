"""Colour tokens, text scale and the look they give: one place that style sheet and painters read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from valmentaja.pictures import inks
from valmentaja.ui.fonts import load_fonts


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """One palette; every value is `#rrggbb`. A tint is a background for the token of the same name.

    `series` are the colours of a picture's series, in their order; `grid` is under them and never as strong.
    """

    window: str
    base: str
    text: str
    muted: str
    highlight: str
    on_highlight: str
    border: str
    hairline: str
    grid: str
    ok: str
    warn: str
    late: str
    tint: str
    ok_tint: str
    warn_tint: str
    late_tint: str
    neutral_tint: str
    hover: str
    series: tuple[str, ...]


LIGHT = Tokens(
    window="#f4f5f6",
    base="#ffffff",
    text="#1a1c1e",
    muted="#55595e",
    highlight="#0b57a4",
    on_highlight="#ffffff",
    border="#75797e",
    hairline="#dfe2e5",
    grid="#dfe2e5",
    ok="#176b2c",
    warn="#8a4b00",
    late="#b3161b",
    tint="#e8f0f9",
    ok_tint="#e6f3e9",
    warn_tint="#fbf0e1",
    late_tint="#fbe9ea",
    neutral_tint="#f4f5f6",
    hover="#f0f3f6",
    series=inks.LIGHT,
)
DARK = Tokens(
    window="#1e2124",
    base="#16181a",
    text="#eceef0",
    muted="#b4b9be",
    highlight="#8ec5ff",
    on_highlight="#0b1a2a",
    border="#8b9096",
    hairline="#33383d",
    grid="#33383d",
    ok="#7fd494",
    warn="#f0b45c",
    late="#ff9a94",
    tint="#1f2c3a",
    ok_tint="#1c2b20",
    warn_tint="#2f2618",
    late_tint="#332021",
    neutral_tint="#1e2124",
    hover="#22262a",
    series=inks.DARK,
)
CONTRAST = Tokens(
    window="#000000",
    base="#000000",
    text="#ffffff",
    muted="#ffffff",
    highlight="#ffff00",
    on_highlight="#000000",
    border="#ffffff",
    hairline="#ffffff",
    grid="#5a5a5a",
    ok="#00ff66",
    warn="#ffff00",
    late="#ff8080",
    tint="#000000",
    ok_tint="#000000",
    warn_tint="#000000",
    late_tint="#000000",
    neutral_tint="#000000",
    hover="#1a1a00",
    series=inks.CONTRAST,
)
SERIES = "series"
PALETTES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}


class Tone(StrEnum):
    """What a coloured thing says; always beside an icon and a word."""

    PLAIN = "plain"
    NEUTRAL = "neutral"
    INFO = "info"
    OK = "ok"
    WARN = "warn"
    LATE = "late"


class _Look:
    """The one look the screen has now."""

    tokens = LIGHT
    scale = 1.0


def tokens() -> Tokens:
    """The colours in use now; read them when painting, never earlier."""
    return _Look.tokens


def colour(token: str) -> QColor:
    """The colour of a token by name, for painters: `colour("muted")`, `colour("series0")`."""
    if token.startswith(SERIES):
        return QColor(_Look.tokens.series[int(token.removeprefix(SERIES))])
    return QColor(getattr(_Look.tokens, token))


def scale() -> float:
    """1.0 at 100 % text, 2.0 at 200 %."""
    return _Look.scale


def px(length: float) -> int:
    """A length drawn for 100 % text, in pixels at the text size in use."""
    return round(length * _Look.scale)


def control_height() -> int:
    """34 px at 100 %; grows by the text, not by the padding."""
    return 16 + px(18)


def foreground(tone: Tone) -> str:
    """The token name for text and icons of a tone."""
    own = {Tone.INFO: "highlight", Tone.OK: "ok", Tone.WARN: "warn", Tone.LATE: "late"}
    return own.get(tone, "muted")


def chosen(theme: str) -> Tokens:
    """The palette of a theme's name; `auto` follows the platform."""
    if theme in PALETTES:
        return PALETTES[theme]
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def apply(app: QApplication, theme: str, text_size: int) -> None:
    """Give the whole program a theme (auto, light, dark, contrast) and a text size in per cent."""
    from valmentaja.ui.sheet import stylesheet

    _Look.tokens = chosen(theme)
    _Look.scale = text_size / 100
    font = QFont(load_fonts())
    font.setPointSizeF(10 * _Look.scale)
    app.setFont(font)
    app.setPalette(qt_palette(_Look.tokens))
    app.setStyleSheet(stylesheet(_Look.tokens, _Look.scale))


def qt_palette(t: Tokens) -> QPalette:
    """The same tokens as Qt's roles, for what the style sheet does not reach."""
    role = QPalette.ColorRole
    given = {
        role.Window: t.window,
        role.WindowText: t.text,
        role.Base: t.base,
        role.AlternateBase: t.window,
        role.Text: t.text,
        role.Button: t.base,
        role.ButtonText: t.text,
        role.Highlight: t.highlight,
        role.HighlightedText: t.on_highlight,
        role.PlaceholderText: t.muted,
        role.ToolTipBase: t.base,
        role.ToolTipText: t.text,
        role.Link: t.highlight,
        role.LinkVisited: t.highlight,
        role.Mid: t.border,
        role.Accent: t.highlight,
    }
    palette = QPalette()
    for which, value in given.items():
        palette.setColor(which, QColor(value))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.muted))
    return palette
