"""The printed form: every page has its code, nobody's name, and can be read aloud."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.documents.poppler import run, spoken
from valmentaja.base.errors import UserError
from valmentaja.definitions.instrument import Instrument
from valmentaja.definitions.instruments import instruments
from valmentaja.definitions.text import LocalText
from valmentaja.documents.form_pdf import FormPaper, render
from valmentaja.domain.page_code import page_code
from valmentaja.domain.paper_form import Form, pages
from valmentaja.usecases import assessing, caseload, logs, paper_form
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session

SUUNTA = instruments()["suunta-1.0"]


def a_form(language: str, form: Form = Form.LATER, instrument: Instrument = SUUNTA) -> FormPaper:
    made = pages(instrument, form)
    return FormPaper(
        instrument=instrument,
        pages=made,
        codes=tuple(page_code(instrument.id, form, page.number, "abc").text for page in made),
        short=form.is_short,
        language=language,
        created="2026-11-24T08:00:00Z",
        training=True,
    )


def a_person(family_name: str, *, language: str = "fi") -> NewClient:
    return NewClient(
        family_name=family_name, given_names="Ritva Kaarina", birth_date=date(1984, 4, 1), language=language
    )


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    finally:
        document.close()


FORMS = [(i, form) for i in instruments().values() for form in Form if pages(i, form)]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(("instrument", "form"), FORMS, ids=[f"{i.id}-{form}" for i, form in FORMS])
def test_every_sheet_has_its_own_code_and_all_its_sentences(language: str, form: Form, instrument: Instrument) -> None:
    paper = a_form(language, form, instrument)
    shown = texts(render(paper))
    assert len(shown) == len(paper.pages)
    for text, page, code in zip(shown, paper.pages, paper.codes, strict=True):
        assert code in text
        assert not any(other in text for other in paper.codes if other != code)
        words = set(text.split())
        for row in page.rows:
            if row.item is not None:
                assert set(row.item.text.in_(language).split()) <= words


def test_the_form_is_tagged_and_read_aloud_in_order(saved: Callable[[bytes], Path]) -> None:
    paper = a_form("fi")
    path = saved(render(paper))
    assert "Tagged:          yes" in run("pdfinfo", str(path))
    heard = " ".join(spoken(path))
    first = paper.pages[0].rows[0]
    assert first.item is not None
    numbers = " ".join(map(str, range(11)))
    assert f"{first.item.text.fi} {numbers} En halua vastata Ei koske minua" in heard
    assert heard.index("vapaaehtoista") < heard.index(first.item.text.fi)


def test_sentences_too_long_for_a_sheet_are_refused_and_never_cut() -> None:
    held = SUUNTA
    long = LocalText("sana " * 200, "ord " * 200, "word " * 200)
    first = held.domains[0]
    items = tuple(replace(item, text=long) for item in first.items)
    made = replace(held, domains=(replace(first, items=items), *held.domains[1:]))
    with pytest.raises(UserError, match="too long"):
        render(a_form("fi", instrument=made))


def test_a_form_leaves_logged_in_the_clients_language_without_a_name(session: Session) -> None:
    client = caseload.take_on(session, a_person("Öhman", language="sv")).made
    assessment = assessing.begin(session, client).made
    made = paper_form.sheets(session, assessment)
    pdf = paper_form.draw(made)
    path = paper_form.save(session, made, pdf)
    assert ("export", "assessment") in [(e.action, e.entity) for e in logs.entries(session, client_id=client)]
    text = " ".join(texts(path.read_bytes()))
    assert "Riktningskartan" in text
    assert "Öhman" not in text + path.name
    assert "Ritva" not in text + path.name


def test_no_two_assessments_share_a_code(session: Session) -> None:
    codes = set()
    for n in range(3):
        client = caseload.take_on(session, a_person(f"Nimi{n}")).made
        form = paper_form.printed(session, assessing.begin(session, client).made)
        codes |= {code.text for code in form.codes}
        total = (n + 1) * len(form.codes)
    assert len(codes) == total
