"""A month goes out in at most five actions, one figure is explained, and a late entry becomes revision 2."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from handed import Handed
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from valmentaja.domain.codes import ExitReason
from valmentaja.i18n import formats
from valmentaja.indicators.calendar import Month
from valmentaja.ui.month.ratios import of_people, percent
from valmentaja.ui.page import Place
from valmentaja.ui.pages.month import MonthPage
from valmentaja.usecases import caseload, logs, monthly, settings
from valmentaja.usecases.session import Session

TARGET = 5
"""product.md §5.1: actions to the month's package."""


class Desk(Handed):
    @property
    def month(self) -> MonthPage:
        assert isinstance(self.page, MonthPage)
        return self.page


@pytest.fixture
def desk(training_session: Session, qapp: QApplication) -> Iterator[Desk]:
    shown = Desk(training_session, qapp)
    yield shown
    shown.put_away()


def write_month(desk: Desk) -> int:
    """The actions from anywhere to a written package."""
    desk.hand.actions = 0
    desk.hand.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    desk.rest()
    for words in ("Show the preview", "Go on to writing", "Write the package"):
        desk.click(words)
    return desk.hand.actions


def test_a_month_goes_out_is_explained_and_corrected(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    session = desk.session
    actions = write_month(desk)
    with capsys.disabled():
        sys.stdout.write(f"\nmonth export: {actions} actions (target {TARGET})\n")
    assert actions <= TARGET
    period = monthly.months(session)[0]
    assert "_r1.zip" in desk.texts()
    assert monthly.sealed_at(session, period)
    explain_one(desk)
    someone = next(c for c in caseload.client_rows(session) if c.exit_date is None and c.handed_over is None)
    last = date.fromisoformat(f"{period}-01") + timedelta(days=2)
    caseload.end_work(session, someone.id, on=max(last, someone.intake_date), reason=ExitReason.MUUTTO)
    correct(desk, period)
    again = monthly.write(session, period)
    assert again.name.endswith("_r2.zip")


def test_a_month_that_is_written_says_so_and_the_button_says_what_is_next(desk: Desk) -> None:
    write_month(desk)
    page = desk.month
    assert page.state.text().startswith("Written ")
    assert page.next.text() == "Choose another month"
    desk.click("Choose another month")
    assert page.part() == "period"
    assert not page.again.isVisibleTo(page)


def test_each_step_has_its_own_words_and_escape_goes_one_step_back(desk: Desk) -> None:
    desk.go(Place(page="month"))
    page, below = desk.month, set()
    page.period.set_value(monthly.months(desk.session)[1])
    page.period.chosen.emit(page.period.value())
    for words in ("Show the preview", "Go on to writing"):
        below.add(page.subtitle.text())
        desk.click(words)
    below.add(page.subtitle.text())
    assert len(below) == 3
    assert "column" not in page.subtitle.text()
    for step in ("preview", "period"):
        desk.press(Qt.Key.Key_Escape)
        assert desk.page is page
        assert (page.part(), page.period.value()) == (step, monthly.months(desk.session)[1])
    desk.press(Qt.Key.Key_Escape)
    assert not isinstance(desk.page, MonthPage)


def test_people_read_the_months_name_and_files_its_number(desk: Desk) -> None:
    desk.go(Place(page="month"))
    page, period = desk.month, monthly.months(desk.session)[0]
    name = formats.month(Month.parse(period).first, "en")
    assert page.period.currentText() == name
    desk.click("Show the preview")
    assert page.title.text() == name
    assert f"_{period}_r1.zip" in desk.texts()
    assert period not in desk.texts().replace(f"_{period}_r1.zip", "")


def explain_one(desk: Desk) -> None:
    desk.go(Place(page="month", part="preview"))
    page = desk.month
    show_ratios(page)
    page.figures.choice.set_value("CL01")
    page.figures.choice.chosen.emit("CL01")
    row = page.figures.table.current()
    assert row is not None
    assert page.figures.table.rows.rowCount() == 1
    indicator = page.preview.definitions.indicators["CL01"] if page.preview else None
    assert indicator is not None
    assert indicator.worked is not None
    assert indicator.explanation.en in desk.texts()
    assert indicator.worked.words.en in desk.texts()
    desk.click("Who is behind this figure")
    assert page.figures.people.text().count(",") == row.exact - 1
    logged = logs.entries(desk.session, limit=5)
    assert any(e.action == "look" and e.entity_id.endswith("M CL01") for e in logged)
    desk.click("What could somebody guess?")
    assert "%" in page.leaves.guess.text()


def show_ratios(page: MonthPage) -> None:
    """The activation rate stands once from the exact and once from the published figures."""
    assert page.preview is not None
    held = {(r.key.indicator, r.key.dim1): r for r in page.preview.rows if r.key.freq == "M"}
    active, out = ([held[name, group] for group in "PSO"] for name in ("AR_A", "AR_U"))
    row = page.ratios.table.rows.record(0)
    assert of_people(row.exact) == f"{sum(r.exact for r in active)} / {sum(r.exact for r in (*active, *out))}"
    published = [sum(r.published or 0 for r in rows) for rows in (active, out)]
    assert of_people(row.published) == f"{published[0]} / {sum(published)}"
    assert percent(row.exact).endswith(" %")


def correct(desk: Desk, period: str) -> None:
    desk.go(Place(page="today"))
    desk.go(Place(page="month"))
    assert formats.month(Month.parse(period).first, "en") in desk.texts()
    desk.click("Show the correction")
    page = desk.month
    assert page.preview is not None
    assert page.preview.revision == 2
    exits = next(r for r in page.preview.rows if (r.key.freq, r.key.indicator, r.key.dim1) == ("M", "EX01", "MUUTTO"))
    assert "Exact was 0, is now 1." in page.figures.why(exits)
    desk.click("Go on to writing")
    desk.click("Write the correction")
    assert "_r2.zip" in desk.texts()
    on_paper(desk, period)


def on_paper(desk: Desk, period: str) -> None:
    """The same step writes the correction in words, beside its package."""
    desk.click("Write the summary")
    assert f"_{period}_r2_en.pdf" in desk.texts()
    (made,) = settings.vault_settings(desk.session).outbox.glob(f"*_{period}_r2_en.pdf")
    said = " ".join(page.get_textpage().get_text_range() for page in PdfDocument(made.read_bytes()))
    assert f"replaces vi_422_H001_{period}_r1.zip" in " ".join(said.split())
    desk.click("Show")
    assert desk.month.summary.viewer.isVisibleTo(desk.month)


def ask_and_choose_otherwise(desk: Desk, button: str) -> tuple[str, str]:
    """Ask for the Finnish paper of a month; before it is drawn the hand is at Swedish and another sealed month."""
    earlier, period = monthly.months(desk.session)[1::-1]
    for each in (earlier, period):
        monthly.write(desk.session, each)
    desk.go(Place(page="month", key=period, part="write"))
    page = desk.month
    page.summary.language.set_value("fi")
    next(b for b in page.summary.findChildren(QPushButton) if b.text() == button).click()
    page.summary.language.set_value("sv")
    page.period.set_value(earlier)
    page.refresh()
    desk.rest()
    return earlier, period


def test_a_paper_bears_the_month_and_language_it_was_asked_for(desk: Desk) -> None:
    _earlier, period = ask_and_choose_otherwise(desk, "Write the summary")
    (made,) = settings.vault_settings(desk.session).outbox.glob("*.pdf")
    assert made.name == f"vi_422_H001_{period}_r1_fi.pdf"
    said = " ".join(page.get_textpage().get_text_range() for page in PdfDocument(made.read_bytes()))
    assert f"Kuukausi lukuina: {formats.month(Month.parse(period).first, 'fi')}" in " ".join(said.split())
    printed = [e.entity_id for e in logs.entries(desk.session, limit=5) if (e.action, e.entity) == ("print", "month")]
    assert printed == [period]


def test_a_paper_that_comes_late_is_not_shown_under_another_month(desk: Desk) -> None:
    ask_and_choose_otherwise(desk, "Show")
    assert not desk.month.summary.viewer.isVisibleTo(desk.month)
    desk.click("Show")
    assert desk.month.summary.viewer.isVisibleTo(desk.month)


def test_without_a_package_there_is_nothing_to_sum_up(desk: Desk) -> None:
    desk.go(Place(page="month", part="write"))
    page = desk.month
    assert "Write the package first" in desk.texts()
    assert not page.summary.save.isEnabled()
    desk.click("Write the package")
    assert page.summary.save.isEnabled()
    assert "Write the package first" not in desk.texts()
    desk.click("Show")
    desk.click("Back")
    assert not page.summary.isVisibleTo(page)
    assert not page.summary.viewer.isVisibleTo(page)


def test_writing_again_says_it_is_the_same_file(desk: Desk) -> None:
    write_month(desk)
    assert "the same file as before" not in desk.texts()
    desk.click("Write the same file again")
    assert "the same file as before" in desk.texts()


def test_what_is_odd_leads_to_the_client_and_back_to_the_same_month(desk: Desk) -> None:
    desk.go(Place(page="month"))
    month = monthly.months(desk.session)[1]
    desk.month.period.set_value(month)
    desk.month.period.chosen.emit(month)
    desk.click("Show the preview")
    record = desk.month.odd.table.rows.record(0)
    desk.month.odd.table.setFocus()
    desk.hand.press(Qt.Key.Key_Return)
    desk.rest()
    main = desk.program.main
    assert main is not None
    assert (main.place.page, main.place.key, main.place.part) == ("client", record.client, "services")
    desk.press(Qt.Key.Key_Escape)
    assert (desk.month.period.value(), desk.month.part()) == (month, "preview")
