"""Breaking a text into lines that read back as the same words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

# Not \s: a no-break space holds its words together.
BLANKS = re.compile(r"[ \t\r\f\v]+")
Measure = Callable[[str], float]


def broken(text: str, measure: Measure, width: float) -> tuple[str, ...]:
    """The lines of `text`, each no wider than `width`.

    A line ends with a space unless a word goes on below it: a reader of the tags would hear two words as one
    (ISO 32000-1 14.8.2.5), and no validator notices.
    """
    return tuple(line for part in text.split("\n") for line in _filled(BLANKS.split(part.strip()), measure, width))


def _filled(words: list[str], measure: Measure, width: float) -> Iterator[str]:
    line, used, space = "", 0.0, measure(" ")
    for word in words:
        size = measure(word)
        if line and used + size > width:
            yield line
            line, used = "", 0.0
        *heads, rest = _cut(word, measure, width) if size > width else (word,)
        yield from heads
        line += f"{rest} "
        used += measure(rest) + space
    yield line


def _cut(word: str, measure: Measure, width: float) -> list[str]:
    """Pieces of a word that is wider than the line."""
    pieces, used = [""], 0.0
    for character in word:
        size = measure(character)
        if pieces[-1] and used + size > width:
            pieces.append("")
            used = 0.0
        pieces[-1] += character
        used += size
    return pieces
