"""Instrument files for tests: the municipality's own one and its next versions."""

from __future__ import annotations

from pathlib import Path

OWN = Path(__file__).parents[1] / "definitions" / "own-1.0.toml"
ITEMS = ("P1", "P2", "P3", "Q1", "Q2", "R1")


def own(folder: Path, version: str = "1.0", *changes: tuple[str, str], follows: str = "") -> Path:
    """The own instrument with these changes; a version that follows another continues all its items."""
    text = OWN.read_text(encoding="utf-8")
    if follows:
        text = text.replace('id = "own"', f'id = "own"\nreplaces = "{follows}"')
        for item in ITEMS:
            text = text.replace(f'id = "{item}"\n', f'id = "{item}"\nearlier = "{item}"\n')
    for old, new in (('version = "1.0"', f'version = "{version}"'), *changes):
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / f"own-{version}.toml"
    path.write_text(text, encoding="utf-8")
    return path
