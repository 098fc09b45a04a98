"""The recovery sheet: the code in eight numbered groups, what it opens, and what to do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from valmentaja.documents import fonts
from valmentaja.documents.blocks import Style
from valmentaja.documents.frame import PageFrame
from valmentaja.documents.metadata import About
from valmentaja.documents.story import Story
from valmentaja.i18n import Words, words
from valmentaja.i18n.formats import day

GROUP = Style(font=fonts.BOLD, size=18, leading=26, after=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheet:
    """`vault` is the vault's id, `code` eight groups with hyphens, `created` a UTC stamp."""

    vault: str
    unit: str
    code: str
    made: date
    created: str
    language: str


def render(sheet: RecoverySheet) -> bytes:
    """One page, tagged; the same sheet gives the same bytes. The code is nowhere in what the file says of itself."""
    w = words(sheet.language)
    title = w("Recovery code of the vault")
    story = Story()
    story.heading(1, title)
    story.facts(
        [
            (w("Unit"), sheet.unit),
            (w("Vault"), sheet.vault[:8]),
            (w("Made on"), day(sheet.made, sheet.language)),
        ]
    )
    story.heading(2, w("The code"))
    for n, group in enumerate(sheet.code.split("-"), start=1):
        story.paragraph(w("Group {n}:  {digits}", n=n, digits=f"{group[:3]} {group[3:]}"), GROUP)
    story.heading(2, w("What to do"))
    story.bullets(_advice(w))
    frame = PageFrame(marking="", banner="", title=title, fingerprint="", words=w)
    about = About(title=title, language=sheet.language, created=datetime.fromisoformat(sheet.created))
    return story.pdf(about, frame.draw)


def _advice(w: Words) -> tuple[str, ...]:
    return (
        w("Keep this sheet where only you or your employer can reach it: in a locked cabinet, not with the computer."),
        w("Whoever has this code and the vault can read everything in it."),
        w("If the passphrase is lost: open the program, choose “Use the recovery code” and write the eight groups."),
        w("After that choose a new passphrase. The same code still works."),
        w("If you saved this sheet as a file, print it and then delete the file."),
        w("If the sheet is lost or somebody has seen it: Settings, Keys, make a new recovery code."),
    )
