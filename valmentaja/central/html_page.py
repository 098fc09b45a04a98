"""The report as one file that any browser shows: no script, nothing fetched, a table under every picture."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from valmentaja.base.paths import RESOURCES
from valmentaja.central.svg import svg
from valmentaja.documents.figures_paper import FiguresChapter, FiguresPaper, FiguresPart
from valmentaja.i18n import words
from valmentaja.pictures import inks
from valmentaja.pictures.picture import PictureTable

WIDTH = 640.0
DARK = {"text": "#e6e8ea", "muted": "#b4b9be", "late": "#ff9c96", "grid": "#3a3f44", "border": "#8b9197"}
DARK |= {"tint": "#22303f", "base": "#16181a", **{f"series{n}": ink for n, ink in enumerate(inks.DARK)}}
"""The same inks by night."""
STYLE = RESOURCES / "central" / "report.css"


def page(paper: FiguresPaper) -> str:
    """The whole page."""
    inside = "\n".join(_body(paper))
    style = f"<style>{_colours()}{STYLE.read_text('utf-8')}</style>"
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    head = f"<head>{meta}<title>{escape(paper.title)}</title>{style}</head>"
    return f'<!doctype html>\n<html lang="{paper.language}">\n{head}\n<body>\n{inside}\n</body>\n</html>\n'


def _colours() -> str:
    light, dark = _variables(inks.PAPER), _variables(DARK)
    used = "".join(f".f-{name}{{fill:var(--{name})}}.s-{name}{{stroke:var(--{name})}}" for name in inks.PAPER)
    # Paper is white, whatever the screen is.
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}{used}"


def _variables(named: dict[str, str]) -> str:
    return "".join(f"--{name}:{ink};" for name, ink in named.items())


def _body(paper: FiguresPaper) -> Iterator[str]:
    w = words(paper.language)
    yield f'<header><p class="marking">{escape(paper.marking)}</p><h1>{escape(paper.title)}</h1>'
    rows = "".join(f'<tr><th scope="row">{escape(a)}</th><td>{escape(b)}</td></tr>' for a, b in paper.facts)
    yield f'<table class="facts">{rows}</table>'
    yield from (f"<p>{escape(line)}</p>" for line in paper.about)
    yield f'</header><nav aria-label="{escape(w("Contents"))}"><ul>'
    for n, chapter in enumerate(paper.chapters):
        yield f'<li><a href="#c{n}">{escape(chapter.title)}</a></li>'
    yield "</ul></nav><main>"
    for n, chapter in enumerate(paper.chapters):
        yield from _chapter(chapter, n)
    yield "</main>"


def _chapter(chapter: FiguresChapter, place: int) -> Iterator[str]:
    yield f'<section aria-labelledby="c{place}"><h2 id="c{place}">{escape(chapter.title)}</h2>'
    for part in chapter.parts:
        yield from _part(part)
    yield "</section>"


def _part(part: FiguresPart) -> Iterator[str]:
    yield f"<h3>{escape(part.title)}</h3>"
    yield from (f'<p class="says">{escape(line)}</p>' for line in part.says)
    if part.picture:
        yield svg(part.picture.scene(WIDTH), part.picture.says())
    if part.table:
        yield _table(part.table, part.title)


def _table(table: PictureTable, title: str) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    rows = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in table.rows
    )
    # A wide table scrolls by itself, also by keyboard.
    named = f'role="region" tabindex="0" aria-label="{escape(title)}"'
    return f'<div class="wide" {named}><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
