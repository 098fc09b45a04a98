"""Reports on change over one's own caseload: with names for the worker, without for the unit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from valmentaja.definitions.instrument import Instrument
from valmentaja.domain.assessment import Assessment
from valmentaja.domain.caseload_change import CaseloadChange, OpenChange, caseload_change, without_names
from valmentaja.domain.client import ClientId
from valmentaja.exchange import report_csv
from valmentaja.store import assessments, listing, log
from valmentaja.usecases import instruments, leaving
from valmentaja.usecases.session import Session

if TYPE_CHECKING:
    from valmentaja.documents.report_pdf import ReportPaper


def offered(session: Session) -> tuple[Instrument, ...]:
    """The instruments somebody of the caseload has been measured with, the most used first."""
    used = [a.instrument for held in _measured(session).values() for a in held]
    known = instruments.known(session.store)
    return tuple(known[i] for i in sorted(set(used), key=lambda i: (-used.count(i), i)) if i in known)


def for_worker(session: Session, instrument: str) -> CaseloadChange:
    """With names; the look is logged."""
    with session.store.writing() as tx:
        log.note(tx, "look", "report")
    return _report(session, instrument)


def for_unit(session: Session, instrument: str) -> OpenChange:
    """Without names and without figures of fewer than five people."""
    return without_names(_report(session, instrument))


def write_csv(session: Session, instrument: str, *, named: bool, folder: Path | None = None) -> tuple[Path, ...]:
    """The domains, and for the worker the clients, as tables into the folder or the outbox; logged before."""
    report = _report(session, instrument)
    name = _name(session, instrument, named=named)
    if not named:
        return (_deliver(session, f"{name}.csv", report_csv.domains(without_names(report)), folder),)
    return (
        _deliver(session, f"{name}.csv", report_csv.domains(report), folder),
        _deliver(session, f"{name}_asiakkaat.csv", report_csv.clients(report), folder),
    )


def paper(session: Session, instrument: str, *, named: bool, language: str) -> ReportPaper:
    """What is printed; frozen, for the worker."""
    from valmentaja.documents.report_pdf import ReportPaper

    report = _report(session, instrument)
    return ReportPaper(
        report=report if named else without_names(report),
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


def _report(session: Session, instrument: str) -> CaseloadChange:
    known = instruments.known(session.store)
    chosen = instruments.get(session, instrument)
    held = {
        client: [(a, known[a.instrument]) for a in measured if a.instrument in known]
        for client, measured in _measured(session).items()
    }
    return caseload_change(chosen, session.today(), held, known)


def _measured(session: Session) -> dict[tuple[ClientId, str], list[Assessment]]:
    """Closed measurements, oldest first, of the clients who are here today."""
    today = session.today()
    rows = listing.client_rows(session.store, today)
    here = {
        row.id: (row.id, row.name)
        for row in rows
        if row.handed_over is None and row.intake_date <= today and (row.exit_date is None or today <= row.exit_date)
    }
    found: dict[tuple[ClientId, str], list[Assessment]] = {key: [] for key in here.values()}
    for held in assessments.closed(session.store):
        if held.client in here:
            found[here[held.client]].append(held)
    return found
