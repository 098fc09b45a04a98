"""The same words on paper by several makers, medians in one run: ours tagged and signed, reportlab's own untagged
flow, and, where they are installed (`pip install typst weasyprint`), Typst and WeasyPrint, both as PDF/UA-1."""

from __future__ import annotations

import html
import importlib.util
import io
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from tests.documents.papers import LONG, a_paper, a_plan
from valmentaja.base.paths import RESOURCES
from valmentaja.documents import blocks, fonts
from valmentaja.documents.plan_pdf import SEAL_FIELD, PlanPaper, render
from valmentaja.documents.signing import new_device_key, seal
from valmentaja.documents.story import Story

ROUNDS = 15
MADE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
PAPERS = {
    "plan of 3 goals": a_paper(language="fi"),
    "plan of 45 goals": a_paper(plan=a_plan(goals=45, steps=6, what=LONG[:150]), language="fi"),
}
SIZES = {1: (18, 24), 2: (13, 18), 3: (11, 15)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One block of the paper: H1–H3, P or LI with its text, or Table with its rows."""

    role: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def main() -> None:
    for name, paper in PAPERS.items():
        measure(name, paper)


def measure(name: str, paper: PlanPaper) -> None:
    parts, key = content(paper), new_device_key("Tuusula", MADE)
    ways: dict[str, Callable[[], bytes]] = {
        "plain": lambda: plain(parts),
        "tagged": lambda: render(paper),
        "signed": lambda: seal(render(paper), key, at=MADE, field=SEAL_FIELD),
        **{peer: lambda make=make: make(parts) for peer, make in PEERS.items() if importlib.util.find_spec(peer)},
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    size = {}
    rounds = ROUNDS if len(parts) < 200 else 5
    for _ in range(rounds + 1):
        for way, make in ways.items():
            begun = time.perf_counter()
            size[way] = len(make())
            times[way].append(time.perf_counter() - begun)
    # The first of each loads fonts and libraries.
    medians = {way: statistics.median(taken[1:]) * 1000 for way, taken in times.items()}
    sys.stdout.write(f"{name}, {len(parts)} blocks, {rounds} rounds\n")
    for way in ways:
        ratio = medians[way] / medians["plain"]
        sys.stdout.write(f"  {way:<11} median {medians[way]:7.1f} ms = {ratio:5.2f} × plain, {size[way]} bytes\n")


def content(paper: PlanPaper) -> list[Part]:
    """What the paper says, taken from the story that our own file is set from."""
    held: list[Part] = []
    original = Story.pdf

    def keep(story: Story, *_asked: object) -> bytes:
        held.extend(part for block in story.flow for part in _parts(block))
        return b""

    Story.pdf = keep  # type: ignore[assignment, method-assign]
    try:
        render(paper)
    finally:
        Story.pdf = original  # type: ignore[method-assign]
    return held


def _parts(block: object) -> list[Part]:
    if isinstance(block, blocks.Text):
        return [Part(role=block.element.role, text=block.text)]
    if isinstance(block, blocks.ListItem):
        return [Part(role="LI", text=block.body.text)]
    if isinstance(block, Table):
        cells = getattr(block, "_cellvalues")  # noqa: B009  (reportlab tells nobody else)
        return [Part(role="Table", rows=tuple(tuple(cell.text for cell in row) for row in cells))]
    return []


def plain(parts: list[Part]) -> bytes:
    """reportlab's own flow in the same font: no tags, no attachment, no form fields."""
    fonts.register()
    made = io.BytesIO()
    styles = {
        f"H{n}": ParagraphStyle(f"H{n}", fontName=fonts.BOLD, fontSize=size, leading=leading)
        for n, (size, leading) in SIZES.items()
    }
    body = ParagraphStyle("P", fontName=fonts.REGULAR, fontSize=10, leading=14)
    cell = ParagraphStyle("TD", fontName=fonts.REGULAR, fontSize=9, leading=12)
    story: list[object] = []
    for part in parts:
        if part.rows:
            story.append(Table([[Paragraph(html.escape(text), cell) for text in row] for row in part.rows]))
        else:
            story.append(Paragraph(html.escape(part.text), styles.get(part.role, body)))
    SimpleDocTemplate(made).build(story)
    return made.getvalue()


def by_typst(parts: list[Part]) -> bytes:
    import typst

    lines = ['#set document(title: "Suunnitelma")', '#set text(lang: "fi", font: "Noto Sans", size: 10pt)']
    # A changing word: what Typst remembers of the last round must not count.
    lines.append(f"#{json.dumps(str(time.perf_counter_ns()))}")
    for part in parts:
        said = json.dumps(part.text, ensure_ascii=False)
        if part.rows:
            cells = [f"[#{json.dumps(text, ensure_ascii=False)}]" for row in part.rows[1:] for text in row]
            head = ", ".join(f"[#{json.dumps(text, ensure_ascii=False)}]" for text in part.rows[0])
            lines.append(f"#table(columns: {len(part.rows[0])}, table.header({head}), {', '.join(cells)})")
        elif part.role[0] == "H":
            lines.append(f"#heading(level: {part.role[1]})[#{said}]")
        else:
            lines.append(f"#list([#{said}])" if part.role == "LI" else f"#par[#{said}]")
    source = "\n\n".join(lines).encode()
    return bytes(
        typst.compile(
            source, format="pdf", font_paths=[str(RESOURCES / "fonts")], ignore_system_fonts=True, pdf_standards="ua-1"
        )
    )


def by_weasyprint(parts: list[Part]) -> bytes:
    import weasyprint

    made = ["<!doctype html><html lang=fi><head><title>Suunnitelma</title><style>"]
    for weight, font in ((400, fonts.REGULAR), (700, fonts.BOLD)):
        where = (RESOURCES / "fonts" / f"{font}.ttf").as_uri()
        made.append(f"@font-face{{font-family:N;font-weight:{weight};src:url({where})}}")
    made.append("body{font:10pt N}</style></head><body>")
    for part in parts:
        if part.rows:
            made.append(f"<table>{''.join(_html_row(row, n == 0) for n, row in enumerate(part.rows))}</table>")
        else:
            tag = part.role.lower() if part.role[0] == "H" else "p"
            made.append(f"<{tag}>{html.escape(part.text)}</{tag}>")
    made.append("</body></html>")
    return bytes(weasyprint.HTML(string="".join(made)).write_pdf(pdf_variant="pdf/ua-1"))


def _html_row(row: tuple[str, ...], head: bool) -> str:
    tag = "th" if head else "td"
    return f"<tr>{''.join(f'<{tag}>{html.escape(text)}</{tag}>' for text in row)}</tr>"


PEERS: dict[str, Callable[[list[Part]], bytes]] = {"typst": by_typst, "weasyprint": by_weasyprint}


if __name__ == "__main__":
    main()
