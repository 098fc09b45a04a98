"""The erasure receipt on paper: what went, why, and where the log stood; no name is on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from valmentaja.base.canonical import fingerprint
from valmentaja.base.clock import HELSINKI
from valmentaja.base.errors import N_
from valmentaja.definitions.rules import rules
from valmentaja.documents import blocks
from valmentaja.documents.frame import PageFrame
from valmentaja.documents.metadata import About, Attachment
from valmentaja.documents.story import Story
from valmentaja.domain.table_words import TABLES
from valmentaja.i18n import Words, words
from valmentaja.i18n.formats import day, time_of

TITLE = N_("Receipt of erasure")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPaper:
    """`receipt` is canonical JSON as it stands in the vault; `created` a UTC stamp."""

    receipt: str
    language: str
    unit: str
    training: bool
    created: str


def render(paper: ReceiptPaper) -> bytes:
    """PDF/UA-1 and PDF/A-3a with the receipt attached as JSON; the same paper gives the same bytes."""
    w, story = words(paper.language), Story()
    if paper.training:
        story.paragraph(w("TRAINING – not a real document"), blocks.BANNER)
    story.heading(1, w(TITLE))
    story.paragraph(w("All data of this client were erased from the program’s database. They cannot be brought back."))
    held = json.loads(paper.receipt)
    story.facts(_facts(held, paper, w), whole_rows=True)
    story.heading(2, w("What was erased"))
    rows = [(w(TABLES.get(table, table)), str(n)) for table, n in sorted(held["rows"].items())]
    story.table((w("Content"), w("Rows")), rows, (0.7, 0.3), whole_rows=True)
    _outside(story, held, w)
    frame = PageFrame(
        marking="",
        banner=w("TRAINING – not a real document") if paper.training else "",
        title=w(TITLE),
        fingerprint=fingerprint(paper.receipt.encode())[:16],
        words=w,
    )
    return story.pdf(_about(paper, w), frame.draw)


def _facts(held: dict[str, str], paper: ReceiptPaper, w: Words) -> list[tuple[str, str]]:
    at = datetime.fromisoformat(held["at"]).astimezone(HELSINKI)
    rule = rules().get(held["rule"])
    basis = w("Before the time was full") if rule is None else f"{rule.text.in_(w.language)} {rule.source}"
    return [
        (w("Case number"), held["client"]),
        (w("Record"), held["record_key"]),
        (w("Unit"), paper.unit),
        (w("Erased"), f"{day(at.date(), w.language)} {time_of(at, w.language)}"),
        (w("Reason"), w(held["reason"])),
        (w("Basis"), basis),
        (w("Last day of the work"), _day(held["closed"], w)),
        (w("Kept until at most"), _day(held["kept_until"], w)),
        (w("Log before"), _head(held["log_before"])),
        (w("Log after"), _head(held["log_after"])),
    ]


def _day(text: str | None, w: Words) -> str:
    return "–" if text is None else day(date.fromisoformat(text), w.language)


def _head(head: object) -> str:
    return f"{head['seq']} · {head['hash'][:32]}" if isinstance(head, dict) else ""


def _outside(story: Story, held: dict[str, list[str]], w: Words) -> None:
    story.heading(2, w("What the erasure does not reach"))
    story.paragraph(
        w(
            "Older backups still hold the data until they are replaced; when one is restored, this erasure is "
            "repeated. Files that were given out are not in the database."
        )
    )
    if held["files_outside"]:
        story.paragraph(w("In the outbox at the time of erasure:"))
        story.bullets(held["files_outside"])


def _about(paper: ReceiptPaper, w: Words) -> About:
    attached = Attachment(
        name="receipt.json",
        media_type="application/json",
        description=w("The receipt as data: exactly what is printed here"),
        content=paper.receipt.encode(),
    )
    return About(
        title=w(TITLE),
        language=w.language,
        created=datetime.fromisoformat(paper.created),
        attachments=(attached,),
    )
