"""poppler's programs as an independent reader of our files."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

TITLE = re.compile(r'^\s*"(.*)"\s*$')


def run(program: str, *arguments: str) -> str:
    """What `program` prints; fails loudly when poppler is not installed."""
    if shutil.which(program) is None:
        raise RuntimeError(f"{program} is missing: install poppler-utils (the bootstrap does)")
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


def spoken(path: Path) -> list[str]:
    """The words a reader of the tags hears, in order, without the structure around them.

    What one element has on two pages is one text: a word may go on over the page, and must not be joined to another.
    """
    shown = run("pdfinfo", "-struct-text", str(path))
    said = [m.group(1) if (m := TITLE.match(line)) else "\n" for line in shown.splitlines()]
    return "".join(said).split()
