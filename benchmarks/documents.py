"""A plan as tagged PDF/UA, and the same words on untagged pages by reportlab's own flow; medians in one run."""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from tests.documents.papers import a_paper
from valmentaja.documents.plan_pdf import PlanPaper, render

ROUNDS = 15


def main() -> None:
    paper = a_paper()
    ways: dict[str, Callable[[PlanPaper], bytes]] = {"tagged": render, "plain": plain}
    times: dict[str, list[float]] = {name: [] for name in ways}
    size = {}
    for _ in range(ROUNDS):
        for name, make in ways.items():
            begun = time.perf_counter()
            size[name] = len(make(paper))
            times[name].append(time.perf_counter() - begun)
    medians = {name: statistics.median(taken[1:]) * 1000 for name, taken in times.items()}
    for name in ways:
        sys.stdout.write(f"{name:<7} median {medians[name]:.1f} ms, {size[name]} bytes\n")
    ratio, bytes_ = medians["tagged"] / medians["plain"], size["tagged"] / size["plain"]
    sys.stdout.write(f"tagged / plain: time {ratio:.2f}, size {bytes_:.2f}\n")


def plain(paper: PlanPaper) -> bytes:
    """Headings, paragraphs and one table a goal; standard fonts, no tags, no attachment, no form fields."""
    made, styles = io.BytesIO(), getSampleStyleSheet()
    story = [Paragraph(paper.plan_type.name.in_(paper.language), styles["Title"])]
    for section in paper.plan_type.sections:
        story.append(Paragraph(section.title.in_(paper.language), styles["Heading2"]))
        story += [Paragraph(paper.plan.field(field.id) or "–", styles["BodyText"]) for field in section.fields]
    for goal in paper.plan.goals:
        story.append(Paragraph(goal.words, styles["Heading3"]))
        rows = [
            [Paragraph(s.what, styles["BodyText"]), s.provider, str(s.by or "")] for s in paper.plan.steps_of(goal.id)
        ]
        if rows:
            story.append(Table(rows))
    SimpleDocTemplate(made).build(story)
    return made.getvalue()


if __name__ == "__main__":
    main()
