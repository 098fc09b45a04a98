"""The assessment as a form to print: read here, drawn in the worker, written to the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.instrument import Instrument
from valmentaja.domain import paper_form as layout
from valmentaja.domain.assessment import Assessment
from valmentaja.domain.page_code import PageCode, page_code, short_code
from valmentaja.domain.paper_form import Form, FormPage
from valmentaja.i18n.catalogue import LANGUAGES, screen_language
from valmentaja.store import assessments as kept
from valmentaja.store import clients
from valmentaja.usecases import assessing, instruments, leaving
from valmentaja.usecases.session import Session

if TYPE_CHECKING:
    from valmentaja.documents.form_pdf import FormPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One assessment's form: its pages, each with its code."""

    assessment: Assessment
    instrument: Instrument
    form: Form
    pages: tuple[FormPage, ...]
    codes: tuple[PageCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """What the worker draws, and what the file is called: never after a person."""

    assessment: Assessment
    paper: FormPaper
    name: str


def printed(session: Session, assessment_id: str, form: Form | None = None) -> Printed:
    """The form that belongs to this assessment, or the one of another kind that was printed for it."""
    held = _get(session, assessment_id)
    instrument = instruments.get(session, held.instrument)
    chosen = form or layout.form_of(
        quick=kept.is_quick(session.store, held.id), first_time=assessing.is_first_time(session, held)
    )
    pages = layout.pages(instrument, chosen)
    if not pages:
        raise UserError(N_("{name} has no form of this kind to print."), name=instrument.name.in_(screen_language()))
    codes = tuple(page_code(instrument.id, chosen, page.number, held.id) for page in pages)
    return Printed(assessment=held, instrument=instrument, form=chosen, pages=pages, codes=codes)


def sheets(session: Session, assessment_id: str, language: str = "") -> Sheets:
    """In a language given, else that of the assessment or the client where the program has it, else Finnish."""
    from valmentaja.documents.form_pdf import FormPaper

    form = printed(session, assessment_id)
    person = clients.get(session.store, form.assessment.client)
    own = "" if person is None else person.language
    chosen = next((each for each in (language, form.assessment.language, own) if each in LANGUAGES), LANGUAGES[0])
    paper = FormPaper(
        instrument=form.instrument,
        pages=form.pages,
        codes=tuple(code.text for code in form.codes),
        short=form.form.is_short,
        language=chosen,
        created=session.now(),
        training=session.training,
    )
    moment = session.now().replace(":", "").replace("-", "")
    name = f"lomake_{short_code(form.assessment.id)}_{moment}_{chosen}.pdf"
    return Sheets(assessment=form.assessment, paper=paper, name=name)


def draw(made: Sheets) -> bytes:
    """The PDF; safe in the worker."""
    from valmentaja.documents.form_pdf import render

    return render(made.paper)


def save(session: Session, made: Sheets, pdf: bytes, folder: Path | None = None) -> Path:
    """To the outbox or another folder; logged before it happens, never over another file."""
    target = leaving.place(session, folder)
    leaving.require_newest(session, target)
    with session.store.writing() as tx:
        kept.note(tx, "export", made.assessment)
    return leaving.deliver(session, target, made.name, pdf)


def _get(session: Session, assessment_id: str) -> Assessment:
    found = kept.get(session.store, assessment_id)
    if found is None:
        raise UserError(N_("There is no such assessment."))
    return found
