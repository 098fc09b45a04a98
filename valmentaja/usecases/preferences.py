"""What the screen looks like before any vault is open: language, theme, text size."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from valmentaja.base.canonical import canonical
from valmentaja.base.paths import data_folder, write_new

LANGUAGES = ("fi", "sv", "en")
THEMES = ("auto", "light", "dark", "contrast")
TEXT_SIZES = (100, 125, 150, 175, 200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """`text_size` in per cent."""

    language: str = "fi"
    theme: str = "auto"
    text_size: int = 100


def preferences() -> Preferences:
    """What was chosen last; the defaults for anything missing or out of its list."""
    try:
        found = json.loads((data_folder() / "preferences.json").read_bytes())
    except (OSError, ValueError):
        found = {}
    kept = found if isinstance(found, dict) else {}
    choices: dict[str, tuple[object, ...]] = {"language": LANGUAGES, "theme": THEMES, "text_size": TEXT_SIZES}
    return Preferences(**{name: kept[name] for name, allowed in choices.items() if kept.get(name) in allowed})


def keep_preferences(chosen: Preferences) -> None:
    write_new(data_folder() / "preferences.json", canonical(asdict(chosen)))
