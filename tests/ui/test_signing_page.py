"""The signing page by its widgets: parties, scans, cards, files that come back, and printing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from sitting import Sitting
from tokens import MODULE, PIN, WRONG, Reader, new_reader

from valmentaja.domain.plan import SignatureState
from valmentaja.domain.queue import QueueKind
from valmentaja.ui import printing
from valmentaja.ui.page import Place
from valmentaja.ui.pages.signing import SigningPage
from valmentaja.usecases import logs, papers, planning, signing_keys, today
from valmentaja.usecases.papers import DocumentRow
from valmentaja.usecases.session import Session

CARD_MADE = datetime(2026, 9, 1, tzinfo=UTC)


class Table(Sitting):
    """The program on the training vault with the signing page of an agreed plan open."""

    def __init__(self, session: Session, app: QApplication) -> None:
        super().__init__(app, session)
        self.plan = next(e for e in today.queue(session) if e.kind is QueueKind.SIGNATURE).about
        page = self.go(Place(page="signing", key=self.plan))
        assert isinstance(page, SigningPage)
        self.signing = page

    def documents(self) -> list[DocumentRow]:
        client = planning.plan(self.session, self.plan).client
        return [d for d in papers.documents(self.session, client) if d.plan == self.plan]

    def seal(self) -> bytes:
        self.signing.ways[SignatureState.TYPED].setChecked(True)
        self.signing.name.setText("Aava-Testi Mallila")
        self.signing.seal()
        self.rest()
        (sealed,) = self.documents()
        return papers.pages(self.session, sealed.id)


@pytest.fixture
def table(training_session: Session, qapp: QApplication) -> Iterator[Table]:
    shown = Table(training_session, qapp)
    yield shown
    shown.put_away()


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return new_reader(tmp_path_factory.mktemp("reader"))


@pytest.fixture
def cards(reader: Reader) -> Iterator[Reader]:
    reader.add("kortti", "Olli Esimerkki", CARD_MADE, always=True)
    yield reader
    reader.remove_all()


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def writers(table: Table) -> list[QPushButton]:
    """The buttons that open the form, one for each party that can still be written down."""
    return [b for b in table.signing.parties.rows.findChildren(QPushButton) if b.text() == "Write down"]


def test_a_party_signed_on_paper_and_the_scan_is_kept(table: Table, tmp_path: Path) -> None:
    Image.new("RGB", (60, 80), "white").save(tmp_path / "scan.png")
    form = table.signing.parties
    writers(table)[1].click()
    form.name.setText("Olli Esimerkki")
    form.capacity.setText("palvelupäällikkö")
    (tmp_path / "scan.txt").write_text("no scan", "utf-8")
    form.file.setText(str(tmp_path / "scan.txt"))
    form.save.click()
    assert "neither a PDF nor a picture" in table.signing.message.text
    assert table.documents() == []
    form.file.setText(str(tmp_path / "scan.png"))
    form.save.click()
    table.rest()
    assert [d.kind for d in table.documents()] == ["scan"]
    assert form.form.isHidden()
    assert "Olli Esimerkki · palvelupäällikkö" in words(form.rows)
    tab = table.go(Place(page="client", key=planning.plan(table.session, table.plan).client, part="documents"))
    next(b for b in tab.findChildren(QPushButton) if b.text() == "Show and check" and b.isVisible()).click()
    assert tab.message.text == "This is the scanned paper as it was attached."


def test_a_party_refuses_with_a_reason(table: Table) -> None:
    form = table.signing.parties
    writers(table)[-1].click()
    form.state.set_value(str(SignatureState.REFUSED))
    form.save.click()
    assert table.signing.message.text.startswith("Write the reason")
    form.reason.setText("odottaa esihenkilöä")
    form.save.click()
    table.rest()
    assert "odottaa esihenkilöä" in words(form.rows)


def test_a_client_who_has_signed_is_not_asked_again(table: Table) -> None:
    table.seal()
    assert table.signing.client.isHidden()
    assert "signed by typing the name" in words(table.signing.parties.rows)


def test_a_flipped_byte_and_a_changed_page_are_told_in_words(table: Table, tmp_path: Path) -> None:
    sealed = table.seal()
    back = tmp_path / "back.pdf"
    flipped = bytearray(sealed)
    flipped[len(sealed) // 3] ^= 1
    said = {}
    for name, content in {"flipped": bytes(flipped), "page": turned(sealed), "cut": sealed[:-700]}.items():
        back.write_bytes(content)
        table.signing.next.take_in(back)
        table.rest()
        said[name] = table.signing.message.text
    assert said["flipped"].startswith("The sealed plan was changed, so its seal no longer holds.")
    assert said["page"].startswith("Changes after signing could not be explained.")
    assert said["cut"].startswith("The end of this file is missing")
    assert len(table.documents()) == 1


def turned(pdf: bytes) -> bytes:
    """A later revision that changes the first page."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[NameObject("/UserUnit")] = NameObject("/X")
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.usefixtures("cards")
def test_a_wrong_pin_writes_nothing_and_the_right_one_seals(table: Table) -> None:
    signing_keys.set_card_module(table.session, str(MODULE))
    page = table.signing
    page.ways[SignatureState.PAPER].setChecked(True)
    page.key.kind.set_value("card")
    page.key.look.click()
    table.rest()
    for pin, made in ((WRONG, 0), (PIN, 1)):
        page.key.pin.setText(pin)
        page.seal()
        table.rest()
        assert page.key.pin.text() == ""
        assert len(table.documents()) == made
        if pin == WRONG:
            assert page.message.text.startswith("The PIN is not right. Nothing was signed.")
            assert planning.plan(table.session, table.plan).signed is None


def test_what_is_on_the_screen_is_printed_and_logged_first(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.seal()
    logged: list[int] = []
    real = printing.print_on

    def count_first(printer: QPrinter, content: bytes) -> None:
        logged.append(sum(e.action == "print" for e in logs.entries(table.session)))
        real(printer, content)

    monkeypatch.setattr(printing, "print_on", count_first)
    monkeypatch.setattr(printing, "QPrintDialog", lambda printer, _page: _Chosen(printer, tmp_path / "printed.pdf"))
    table.signing.print.click()
    assert logged == [1]
    assert table.signing.message.text.startswith("Sent to the printer.")
    printed = pypdfium2.PdfDocument((tmp_path / "printed.pdf").read_bytes())
    assert len(printed) == table.signing.viewer.page_count
    assert printed[0].get_width() == pytest.approx(595, abs=2)


class _Chosen:
    """A person who prints into a file."""

    def __init__(self, printer: QPrinter, path: Path) -> None:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))

    def exec(self) -> int:
        return 1
