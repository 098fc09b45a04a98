"""Reports on change over one's own caseload: with names for the worker, without for the unit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from valmentaja.definitions.instrument import Instrument
from valmentaja.domain.assessment import Assessment
from valmentaja.domain.caseload_change import CaseloadChange, caseload_change
from valmentaja.domain.client import ClientId
from valmentaja.domain.open_change import OpenChange, without_names
from valmentaja.exchange import report_csv
from valmentaja.indicators.calendar import Month
from valmentaja.store import assessments, listing, log
from valmentaja.store.listing import ClientRow
from valmentaja.usecases import instruments, leaving
from valmentaja.usecases.session import Session

if TYPE_CHECKING:
    from valmentaja.documents.report_pdf import ReportPaper


MONTHS_BEFORE = 12
"""So many earlier months are looked at for what was told already."""
Held = dict[tuple[ClientId, str], list[Assessment]]
Everything = tuple[tuple[ClientRow, ...], tuple[Assessment, ...]]


def offered(session: Session) -> tuple[Instrument, ...]:
    """The instruments somebody of the caseload has been measured with, the most used first."""
    used = [a.instrument for held in _measured(_read(session), session.today()).values() for a in held]
    known = instruments.known(session.store)
    return tuple(known[i] for i in sorted(set(used), key=lambda i: (-used.count(i), i)) if i in known)


def for_worker(session: Session, instrument: str) -> CaseloadChange:
    """With names; the look is logged."""
    with session.store.writing() as tx:
        log.note(tx, "look", "report")
    return _today(session, instrument)


def for_unit(session: Session, instrument: str) -> OpenChange:
    """Without names and without figures of fewer than five people, as at the end of the last month that is over."""
    newest = Month.of(session.today()).previous
    months = [newest]
    while len(months) <= MONTHS_BEFORE:
        months.insert(0, months[0].previous)
    everything = _read(session)
    held = [_measured(everything, month.last) for month in months]
    # A month in which nobody was measured, came or left says nothing new.
    new = [place for place, now in enumerate(held) if place in (0, len(held) - 1) or now != held[place - 1]]
    return without_names([_report(session, instrument, months[place].last, held[place]) for place in new])


def write_csv(session: Session, instrument: str, *, named: bool, folder: Path | None = None) -> tuple[Path, ...]:
    """The domains, and for the worker the clients, as tables into the folder or the outbox; logged before."""
    name = _name(session, instrument, named=named)
    if not named:
        return (_deliver(session, f"{name}.csv", report_csv.domains(for_unit(session, instrument)), folder),)
    report = _today(session, instrument)
    return (
        _deliver(session, f"{name}.csv", report_csv.domains(report), folder),
        _deliver(session, f"{name}_asiakkaat.csv", report_csv.clients(report), folder),
    )


def paper(session: Session, instrument: str, *, named: bool, language: str) -> ReportPaper:
    """What is printed; frozen, for the worker."""
    from valmentaja.documents.report_pdf import ReportPaper

    return ReportPaper(
        report=_today(session, instrument) if named else for_unit(session, instrument),
        language=language,
        unit=session.unit.name,
        coach=session.unit.coach,
        created=session.now(),
        training=session.training,
    )


def print_pdf(made: ReportPaper) -> bytes:
    """The tagged PDF; safe in the worker."""
    from valmentaja.documents.report_pdf import render

    return render(made)


def write_pdf(session: Session, instrument: str, pdf: bytes, *, named: bool, folder: Path | None = None) -> Path:
    """Put the printed report into the folder or the outbox; logged before it happens."""
    return _deliver(session, f"{_name(session, instrument, named=named)}.pdf", pdf, folder)


def _deliver(session: Session, name: str, content: bytes, folder: Path | None) -> Path:
    target = leaving.place(session, folder)
    leaving.require_newest(session, target)
    with session.store.writing() as tx:
        log.note(tx, "export", "report", name)
    return leaving.deliver(session, target, name, content)


def _name(session: Session, instrument: str, *, named: bool) -> str:
    moment = session.now().replace(":", "").replace("-", "")
    whose = "valmentaja" if named else "yksikko"
    return f"muutos_{whose}_{session.unit.code}_{instrument}_{moment}"


def _today(session: Session, instrument: str) -> CaseloadChange:
    today = session.today()
    return _report(session, instrument, today, _measured(_read(session), today))


def _report(session: Session, instrument: str, on: date, measured: Held) -> CaseloadChange:
    known = instruments.known(session.store)
    chosen = instruments.get(session, instrument)
    held = {
        client: [(a, known[a.instrument]) for a in closed if a.instrument in known]
        for client, closed in measured.items()
    }
    return caseload_change(chosen, on, held, known)


def _read(session: Session) -> Everything:
    """All clients, and all closed measurements, oldest first."""
    return listing.client_rows(session.store, session.today()), assessments.closed(session.store)


def _measured(everything: Everything, on: date) -> Held:
    """The measurements closed by that day, of the clients who were here on it."""
    rows, closed = everything
    here = {row.id: (row.id, row.name) for row in rows if _is_here(row, on)}
    found: Held = {key: [] for key in here.values()}
    for held in closed:
        if held.client in here and (held.closed or held.opened) <= on:
            found[here[held.client]].append(held)
    return found


def _is_here(row: ClientRow, on: date) -> bool:
    gone = row.handed_over is not None and row.handed_over <= on
    return not gone and row.intake_date <= on and (row.exit_date is None or on <= row.exit_date)
