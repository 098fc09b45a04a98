"""“Print the form”: read here, drawn in the worker, written to the outbox."""

from __future__ import annotations

from functools import partial

from valmentaja.base.errors import UserError
from valmentaja.i18n import tr
from valmentaja.ui import tasks
from valmentaja.ui.old_copy import send
from valmentaja.ui.page import Page
from valmentaja.usecases import paper_form
from valmentaja.usecases.paper_form import Sheets


def print_form(page: Page, assessment: str) -> None:
    """In the client's language; the page says where the file is."""
    try:
        made = paper_form.sheets(page.session, assessment)
    except UserError as error:
        page.show_error(error)
        return
    tasks.run(page, partial(paper_form.draw, made), partial(_deliver, page, made), page.show_error)


def _deliver(page: Page, made: Sheets, pdf: bytes) -> None:
    send(page, lambda: _save(page, made, pdf))


def _save(page: Page, made: Sheets, pdf: bytes) -> None:
    path = paper_form.save(page.session, made, pdf)
    page.show_notice(lambda: tr("Written: {file}", file=str(path)))
