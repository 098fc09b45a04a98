"""`ingest` brings the lake up to date, `check` says whether it is whole and what has not come in."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from pathlib import Path

from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.reasons import system_reason
from valmentaja.central.checking import Checked, check
from valmentaja.central.ingest import Ingested, ingest
from valmentaja.central.lake import LAKE, Lake
from valmentaja.central.merging import Status
from valmentaja.i18n import tr, trn
from valmentaja.i18n.command_line import Command, say

STATUS_WORDS = {
    Status.ACCEPTED: N_("accepted: {number}"),
    Status.SUPERSEDED: N_("replaced by a correction: {number}"),
    Status.REJECTED: N_("refused: {number}"),
    Status.CONFLICT: N_("in conflict: {number}"),
}
LOST = N_(
    "No whole copy is left of these refused packages: {files}. If they should count one day, lay them into the pickup "
    "folder and ingest again."
)


def collect(chosen: Namespace) -> None:
    """One run, and what became of the files."""
    pickup, folder = Path(chosen.pickup).resolve(), Path(chosen.lake).resolve()
    _require_apart(pickup, folder)
    try:
        given = Path(chosen.registry) if chosen.registry else None
        if given is not None:
            folder.mkdir(parents=True, exist_ok=True)
        lake = Lake(folder) if given else Lake.at(folder)
        done = ingest(pickup, lake, registry_file=given, count=chosen.workers)
    except OSError as error:
        text = N_("The lake {folder} could not be written ({reason}). Make room or mend the rights, then ingest again.")
        raise StorageError(text, folder=chosen.lake, reason=system_reason(error)) from error
    _tell(done, lake)


def _tell(done: Ingested, lake: Lake) -> None:
    """What was new, what stands now, and where the reasons are; UserError when nothing counts."""
    inspected = trn("{n} file inspected", "{n} files inspected", done.inspected)
    say(inspected if done.inspected or done.new else tr("Nothing new in the pickup folder."))
    say(tr("All files so far:") if done.statuses else tr("The lake is empty."))
    for status, words in STATUS_WORDS.items():
        if number := done.statuses.get(status, 0):
            say("  " + tr(words, number=number))
    say(tr("Months written: {months}", months=", ".join(done.months)) if done.months else tr("No month has changed."))
    if done.lost:
        say(tr(LOST, files=", ".join(done.lost)))
    verdict = _verdict(done)
    if (done.damaged or not verdict) and (done.statuses.get(Status.REJECTED) or done.statuses.get(Status.CONFLICT)):
        say(tr("The reasons are in {file}.", file=str(lake.journal)))
    if done.damaged:
        text = N_("Kept copies were damaged: {files}. Lay these packages into the pickup folder and ingest again.")
        raise UserError(text, files=", ".join(done.damaged))
    if verdict:
        raise UserError(verdict, file=str(lake.journal))


def _verdict(done: Ingested) -> str:
    """The sentence when nothing counts. A job that runs every night hears it as long as that is so."""
    if done.lying and not done.counting:
        return N_("Nothing that lies in the pickup folder counts. The reasons are in {file}.")
    if done.new and not done.let_in:
        return N_("None of the new files counts. The reasons are in {file}.")
    return ""


def _require_apart(pickup: Path, lake: Path) -> None:
    """What is refused would be collected again."""
    if pickup == lake or pickup in lake.parents or lake in pickup.parents:
        text = N_("The pickup folder {pickup} and the lake {lake} must not lie one in the other.")
        raise UserError(text, pickup=str(pickup), lake=str(lake))


def look_over(chosen: Namespace) -> None:
    """Damage is an error; what has not come in is only said."""
    try:
        found = check(Lake.at(Path(chosen.lake)))
    except OSError as error:
        text = N_("The lake {folder} cannot be read ({reason}).")
        raise StorageError(text, folder=chosen.lake, reason=system_reason(error)) from error
    for unit, months in found.missing.items():
        say(tr("{unit} has not delivered: {months}", unit=unit, months=", ".join(months)))
    for file in found.conflicts:
        say(tr("In conflict: {file}", file=file))
    if found.refused:
        say(tr("refused: {number}", number=found.refused))
    _require_whole(found, chosen.lake)
    if found.lost:
        raise UserError(LOST, files=", ".join(found.lost))
    say(trn("{n} month is what the packages say.", "{n} months are what the packages say.", found.months))


def _require_whole(found: Checked, folder: str) -> None:
    if found.damaged:
        text = N_(
            "These months are not what the packages say: {months}. Delete their Parquet files from {folder} and "
            "ingest again."
        )
        raise UserError(text, months=", ".join(found.damaged), folder=folder)


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(tr("give a number from 1 upwards"))
    return int(text)


COMMANDS = (
    Command(
        name="ingest",
        help=N_(
            "bring the lake up to date with the pickup folder; exit code 1 when nothing in it, or nothing new, counts"
        ),
        run=collect,
        arguments=(
            (("pickup",), {"metavar": "PICKUP", "help": N_("folder in which the units' packages lie")}),
            LAKE,
            (("--registry",), {"metavar": "FILE", "help": N_("registry of units; it becomes the lake's own")}),
            (("--workers",), {"metavar": "N", "type": _number, "default": 0, "help": N_("number of processes")}),
        ),
    ),
    Command(
        name="check",
        help=N_("is the lake whole, and what has not come in?"),
        run=look_over,
        arguments=(LAKE,),
    ),
)
