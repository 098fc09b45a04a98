"""Every kind of paper the program prints, in its languages, from an invented caseload."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest

from tests.documents.months import PUBLIC, a_package
from tests.documents.papers import ARABIC, LONG, LONGEST, a_paper, a_paper_of, a_plan, a_template
from valmentaja.central.report import Figures, chapters
from valmentaja.central.sums import Sum, Sums
from valmentaja.definitions.indicators import definitions
from valmentaja.definitions.instruments import instruments
from valmentaja.documents import (
    blocks,
    change_pdf,
    drawing,
    figures_pdf,
    form_pdf,
    form_rows,
    month_pdf,
    own_records_pdf,
    plan_pdf,
    receipt_pdf,
    recovery_pdf,
    report_pdf,
    short_pdf,
    summary_pdf,
    ura_pdf,
)
from valmentaja.documents.figures_paper import FiguresPaper
from valmentaja.documents.receipt_pdf import ReceiptPaper
from valmentaja.documents.recovery_pdf import RecoverySheet
from valmentaja.documents.short_pdf import ShortPaper
from valmentaja.documents.structure import Element
from valmentaja.domain.page_code import page_code
from valmentaja.domain.paper_form import Form, pages
from valmentaja.domain.presentation import FIELDS
from valmentaja.domain.queue import QueueKind
from valmentaja.domain.summary import Audience
from valmentaja.exchange.package_check import verify
from valmentaja.i18n import BESIDE, words
from valmentaja.pictures.scene import Scene, Writing
from valmentaja.usecases import change_paper, erasing, month_paper, own_records, reports, summary, today, ura
from valmentaja.usecases.session import Session

LANGUAGES = ("fi", "sv", "en")
CREATED = "2026-11-24T08:00:00Z"
Printer = Callable[[], bytes]
"""Prints one paper; the same call gives the same bytes."""


def everything(session: Session) -> dict[str, Printer]:
    """Name → printer, for every kind of paper. The client of the receipt is erased last: its rows are gone after it."""
    client = next(e.client for e in today.queue(session) if e.kind is QueueKind.SIGNATURE)
    made = dict(_plans())
    made.update(_forms())
    made["recovery"] = _recovery()
    made.update(_short())
    made.update(_months())
    made.update(_figures())
    for language in LANGUAGES:
        made.update(_of_client(session, client, language))
    key = erasing.erase(session, client, reason="Säilytysaika täynnä", confirmed=client).made
    made.update(_receipts(session, key))
    return made


def _plans() -> Iterator[tuple[str, Printer]]:
    for language in LANGUAGES:
        paper = a_paper(language=language)
        yield f"plan-{language}", lambda paper=paper: plan_pdf.render(paper)
    bare = a_paper(signatures=(), training=False)
    yield "plan-unsigned", lambda: plan_pdf.render(bare)
    thick = a_paper(plan=a_plan(goals=45, steps=6, what=LONG[:150]))
    yield "plan-thick", lambda: plan_pdf.render(thick)
    line = a_paper(plan=replace(a_plan(goals=0), fields=(("education", "Ei."),)), signatures=(), training=False)
    yield "plan-line", lambda: plan_pdf.render(line)
    longest = a_paper_of(a_template(), LONGEST)
    yield "plan-longest", lambda: plan_pdf.render(longest)
    for other in BESIDE:
        both = a_paper_of(a_template(), ARABIC if other == "ar" else LONG, beside=other)
        yield f"plan-{other}-fi", lambda both=both: plan_pdf.render(both)


def _forms() -> Iterator[tuple[str, Printer]]:
    for instrument in instruments().values():
        for form in Form:
            sheets = pages(instrument, form)
            if not sheets:
                continue
            paper = form_pdf.FormPaper(
                instrument=instrument,
                pages=sheets,
                codes=tuple(page_code(instrument.id, form, sheet.number, "abc").text for sheet in sheets),
                short=form.is_short,
                language="fi",
                created=CREATED,
                training=True,
            )
            yield f"form-{instrument.id}-{form.value}", lambda paper=paper: form_pdf.render(paper)


def _recovery() -> Printer:
    code = "-".join(f"{n}{n}{n}{n}{n}{n}" for n in range(1, 9))
    sheet = RecoverySheet(
        vault="ab12" * 8, unit="Tuusula", code=code, made=date(2026, 11, 24), created=CREATED, language="fi"
    )
    return lambda: recovery_pdf.render(sheet)


def _short() -> Iterator[tuple[str, Printer]]:
    for language in LANGUAGES:
        card = ShortPaper(
            title=f"Esittelykortti {language}",
            heading="Aino Esimerkki",
            language=language,
            facts=(("Puhelin", "040 000 0000"), ("Sähköposti", "aino@example.org")),
            sections=tuple((label, ("ensimmäinen rivi\ntoinen rivi",)) for label in FIELDS.values()),
            closing="Voimassa 1.5.2027 asti.",
            created=CREATED,
            training=True,
        )
        yield f"presentation-{language}", lambda card=card: short_pdf.render(card)
        notice = ShortPaper(
            title=f"Ilmoitus {language}",
            heading=f"Ilmoitus {language}",
            language=language,
            basis="189/2001 16 §",
            confidential="Salassa pidettävä",
            facts=(("Nimi", "Aino Esimerkki"), ("Paikka", "Puupaja")),
            sections=(("Tavoite 1", ("Aamut: jatkuu.", "Herään: tehty.")),),
            created=CREATED,
            training=True,
        )
        yield f"notice-{language}", lambda notice=notice: short_pdf.render(notice)


def _months() -> Iterator[tuple[str, Printer]]:
    """A correction with the month before, a December with its quarter and year, a small unit."""
    ways = {
        "corrected": (a_package(revision=2), a_package("2026-09")),
        "december": (a_package("2026-12", off=frozenset({"ME01"})), None),
        "small": (a_package(small=True, figure=lambda _key: 8), None),
    }
    for language in LANGUAGES:
        for name, (now, before) in ways.items():
            paper = month_paper.of_package(now, before, PUBLIC, language, training=name == "small")
            yield f"month-{name}-{language}", lambda paper=paper: month_pdf.render(paper)


def _figures() -> Iterator[tuple[str, Printer]]:
    """The collecting office's report of seven units that delivered a December and a November."""
    sums: Sums = {}
    for month in ("2026-11", "2026-12"):
        name, data = a_package(month)
        contents = verify(data, name).contents
        if contents is None:
            raise LookupError("the invented package is not sound")
        for key, value in contents.figures:
            period = "2026-A" if key.freq == "A" else month
            sums[period, key] = Sum(total=7 * (value or 0), larger=7, units=7)
    for language in LANGUAGES:
        figures = Figures(sums=sums, months=("2026-11", "2026-12"), definitions=definitions(), language=language)
        paper = FiguresPaper(
            title="Työvalmennus lukuina: Koko maa",
            marking=words(language)("Protected figures"),
            language=language,
            facts=(("Paikka", "Koko maa"),),
            about=("Osien summa ei ole kokonaismäärä.",),
            chapters=chapters(figures),
            created=CREATED,
        )
        yield f"figures-{language}", lambda paper=paper: figures_pdf.render(paper)


def _of_client(session: Session, client: str, language: str) -> Iterator[tuple[str, Printer]]:
    measured = summary.latest(session, client)
    if measured is None:
        raise LookupError("the training vault's client waiting for a signature has no finished assessment")
    for audience in Audience:
        told = summary.paper(session, measured, language, audience)
        yield f"summary-{audience.value}-{language}", lambda told=told: summary_pdf.render(told)
    change = change_paper.paper(session, client, keys=None, language=language)
    yield f"change-{language}", lambda: change_pdf.render(change)
    own = own_records.gather(session, client, language).paper
    yield f"own-records-{language}", lambda: own_records_pdf.render(own)
    entered = ura.paper(session, client, language)
    yield f"ura-{language}", lambda: ura_pdf.render(entered)
    instrument = reports.offered(session)[0].id
    for named in (True, False):
        report = reports.paper(session, instrument, named=named, language=language)
        yield f"report-{'worker' if named else 'unit'}-{language}", lambda report=report: report_pdf.render(report)


def _receipts(session: Session, key: str) -> Iterator[tuple[str, Printer]]:
    held = next(e for e in erasing.receipts(session) if e.record_key.hex() == key)
    for language in LANGUAGES:
        paper = ReceiptPaper(
            receipt=held.receipt, language=language, unit=session.unit.name, training=session.training, created=held.at
        )
        yield f"receipt-{language}", lambda paper=paper: receipt_pdf.render(paper)


@contextmanager
def source() -> Iterator[list[str]]:
    """The words of every block made inside, in the order they are written in: what a reader must hear."""
    heard: list[str] = []
    text, row, figure = blocks.Text.__init__, form_rows.ScaleRow.__init__, drawing.Figure.__init__

    def write(block: blocks.Text, said: str, style: blocks.Style, element: Element) -> None:
        text(block, said, style, element)
        heard.extend(said.replace("\u00ad", "").split())

    def write_figure(block: drawing.Figure, scene: Scene, element: Element) -> None:
        figure(block, scene, element)
        heard.extend(word for shape in scene.shapes if isinstance(shape, Writing) for word in shape.text.split())

    def write_row(block: form_rows.ScaleRow, *parts: object, **more: object) -> None:
        row(block, *parts, **more)  # type: ignore[arg-type]
        heard.extend(_row_words(block))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks.Text, "__init__", write)
        patch.setattr(form_rows.ScaleRow, "__init__", write_row)
        patch.setattr(drawing.Figure, "__init__", write_figure)
        yield heard


@contextmanager
def tongues() -> Iterator[Counter[str]]:
    """Language → how many blocks made inside are in it, where it is not the paper's own."""
    told: Counter[str] = Counter()
    text = blocks.Text.__init__

    def write(block: blocks.Text, said: str, style: blocks.Style, element: Element) -> None:
        text(block, said, style, element)
        told.update(filter(None, [element.says.language]) if said else ())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks.Text, "__init__", write)
        yield told


def _row_words(row: form_rows.ScaleRow) -> list[str]:
    numbers = [str(n) for n in form_rows.STEPS]
    return numbers + [word for line in row.beside for word in line.text.split()]
