"""The caseload's subcommands as data, and what each does."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from valmentaja.base.clock import SystemClock, stamp
from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.reasons import system_reason
from valmentaja.cli.command import Command, open_vault, passphrase, say
from valmentaja.cli.demo import demo
from valmentaja.domain.summary import Audience
from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day, moment_of
from valmentaja.usecases import caseload, checking, month_paper, monthly, moving, opening, plan_paper, sending, summary
from valmentaja.usecases.monthly import MonthPreview
from valmentaja.usecases.session import Unit


def create(chosen: Namespace) -> None:
    if not (chosen.unit and chosen.municipality):
        raise UserError(N_("Say with --unit and --municipality whose vault it is. Nothing was made."))
    folder = Path(chosen.vault)
    unit = Unit(code=chosen.unit, municipality=chosen.municipality, coach=chosen.coach)
    opening.check_unit_code(unit.code)
    opening.check_municipality(unit.municipality)
    made = opening.create(folder, passphrase(chosen, repeat=True), unit=unit)
    made.key.wipe()
    say(tr("Vault made in {folder}.", folder=str(folder)))
    say(tr("Recovery code, shown only now. Print it and keep it in a safe place:"))
    say(f"  {made.recovery_code}")


def bring_in(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        tried = moving.dry_run(session, Path(chosen.folder))
        for table, total, new in tried.counts:
            say(tr("{table}: {total} rows, {new} new or changed", table=table, total=total, new=new))
        for file in tried.absent:
            say(tr("{file} is not there: nothing of it is imported", file=file))
        for problem in tried.problems:
            say(moving.problem_sentence(problem, screen_language()))
        if tried.problems and not chosen.skip_bad:
            raise UserError(
                N_("{n} rows have a problem. Nothing was imported. Mend them, or use --skip-bad to leave them out."),
                n=len(tried.problems),
            )
        if chosen.dry_run:
            say(tr("Dry run: nothing was imported."))
            return
        moving.bring_in(session, tried, skip_bad=chosen.skip_bad)
        say(tr("Imported."))


def take_out(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        for path in moving.take_out(session, Path(chosen.folder)):
            say(str(path))


def clients(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        moving.list_out(session)
        rows = caseload.client_rows(session)
        language = screen_language()
        for row in rows:
            say(f"{row.id}\t{row.name}\t{day(row.intake_date, language)}\t{day(row.exit_date, language)}")
        say(trn("{n} client", "{n} clients", len(rows)))


def plan_pdf(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        paper = plan_paper.newest(session, chosen.client, screen_language())
        target = Path(chosen.out)
        plan_paper.write(session, paper, target)
        say(str(target))
        if not paper.signed:
            say(tr("This paper has not been signed."))


def summary_pdf(chosen: Namespace) -> None:
    with open_vault(chosen) as session:
        held = summary.latest(session, caseload.client(session, chosen.client).id)
        if held is None:
            raise UserError(N_("Client {id} has not been assessed in this program yet."), id=chosen.client)
        paper = summary.paper(session, held, screen_language(), Audience(chosen.audience))
        kept = summary.keep(session, summary.make(paper))
        say(str(sending.hand_over(session, kept.made, Path(chosen.out))))


def month(chosen: Namespace) -> None:
    if chosen.out is None and (chosen.correct or chosen.summary or chosen.key):
        raise UserError(N_("Say with --out which folder it is written to."))
    with open_vault(chosen) as session:
        if chosen.exact or chosen.out is None:
            sys.stdout.write(monthly.exact_csv(session, chosen.period))
        if chosen.out is not None:
            again = not chosen.correct and bool(monthly.sealed_at(session, chosen.period))
            write = monthly.write_correction if chosen.correct else monthly.write
            say(str(write(session, chosen.period, Path(chosen.out))))
            for language in chosen.summary or ():
                say(str(month_paper.write(session, chosen.period, language, Path(chosen.out))))
            if chosen.key:
                say(str(monthly.write_public_key(session, Path(chosen.out))))
                say(f"{tr('Key of the unit')}: {monthly.key_id(session)}")
            if again:
                _say_what_stands(monthly.preview(session, chosen.period))


def _say_what_stands(shown: MonthPreview) -> None:
    """Written again it is the same file; whether the figures read otherwise by now, and what can be done."""
    sealed = moment_of(shown.sealed_at, screen_language())
    say(tr("This is the month as it was sealed {moment}, the same file as before.", moment=sealed))
    if shown.changes:
        say(trn("{n} row reads otherwise now.", "{n} rows read otherwise now.", len(shown.changes)))
        way = tr("To send a correction, give the command again with --correct.")
        say(tr(shown.refusal) if shown.refusal else way)


def arrived(chosen: Namespace) -> None:
    """What the recipient of a sent paper sends back; no vault is needed."""
    received = stamp(SystemClock())
    say(str(sending.write_receipt(Path(chosen.file), Path(chosen.out), by=chosen.by, received=received)))


def verify(chosen: Namespace) -> None:
    path = Path(chosen.file)
    try:
        held = path.read_bytes()
    except OSError as error:
        raise StorageError(
            N_("{file} cannot be read ({reason})."), file=str(path), reason=system_reason(error)
        ) from error
    key = None if chosen.public_key is None else _second_line(Path(chosen.public_key))
    verdict = checking.check(path.name, held, key)
    for text, values in verdict.sentences:
        say(tr(text, **dict(values)))
    if not verdict.signable:
        raise UserError(N_("{file} was not checked: there is no signature to check."), file=path.name)
    if not verdict.sound:
        raise UserError(N_("{file} is not sound. Do not rely on it."), file=path.name)


def _second_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").splitlines()[1].strip()
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise UserError(N_("{file} is not a minisign public key file."), file=str(path)) from error


def run_demo(chosen: Namespace) -> None:
    demo(Path(chosen.folder), screen_language(), say)


COMMANDS = (
    Command(
        name="demo",
        help=N_("run the whole main job on invented people and say where the files are"),
        run=run_demo,
        locked=False,
        arguments=((("folder",), {"metavar": "DIR", "help": N_("empty or new folder")}),),
    ),
    Command(
        name="create",
        help=N_("make a new vault"),
        run=create,
        arguments=(
            (
                ("--unit",),
                {"metavar": "CODE", "default": "", "help": N_("unit code, 2–12 capital letters or digits")},
            ),
            (
                ("--municipality",),
                {"metavar": "NNN", "default": "", "help": N_("municipality number, three digits")},
            ),
            (("--coach",), {"metavar": "NAME", "default": "", "help": N_("the coach's name, printed on plans")}),
        ),
    ),
    Command(
        name="import",
        help=N_("import caseload tables (CSV) from a folder"),
        run=bring_in,
        arguments=(
            (("folder",), {"metavar": "DIR", "help": N_("folder with clients.csv and the other tables")}),
            (("--dry-run",), {"action": "store_true", "help": N_("only say what would happen")}),
            (("--skip-bad",), {"action": "store_true", "help": N_("leave out the rows that have a problem")}),
        ),
    ),
    Command(
        name="export",
        help=N_("export the caseload tables (CSV) to a folder"),
        run=take_out,
        arguments=((("folder",), {"metavar": "DIR", "help": N_("folder for the tables")}),),
    ),
    Command(name="clients", help=N_("list the caseload"), run=clients),
    Command(
        name="plan-pdf",
        help=N_("write a client's newest plan as PDF"),
        run=plan_pdf,
        arguments=(
            (("client",), {"metavar": "CLIENT", "help": N_("client number, for example U101-001")}),
            (("--out",), {"metavar": "FILE", "required": True, "help": N_("the PDF to write")}),
        ),
    ),
    Command(
        name="summary-pdf",
        help=N_("write the summary of a client's latest assessment as PDF"),
        run=summary_pdf,
        arguments=(
            (("client",), {"metavar": "CLIENT", "help": N_("client number, for example U101-001")}),
            (
                ("--for",),
                {
                    "dest": "audience",
                    "choices": [each.value for each in Audience],
                    "default": Audience.CLIENT.value,
                    "help": N_("for the client in plain words, or for the network in full"),
                },
            ),
            (("--out",), {"metavar": "DIR", "required": True, "help": N_("folder for the PDF")}),
        ),
    ),
    Command(
        name="month",
        help=N_("figures of a month: exact on screen, protected into a package"),
        run=month,
        arguments=(
            (("period",), {"metavar": "YYYY-MM", "help": N_("the month")}),
            (("--exact",), {"action": "store_true", "help": N_("print the exact figures as CSV")}),
            (("--out",), {"metavar": "DIR", "help": N_("seal the month and write its package here")}),
            (("--correct",), {"action": "store_true", "help": N_("write the correction as a new revision")}),
            (("--key",), {"action": "store_true", "help": N_("write the unit's public key too, once for the centre")}),
            (
                ("--summary",),
                {
                    "action": "append",
                    "choices": list(month_paper.LANGUAGES),
                    "help": N_("write a readable summary beside the package, in this language"),
                },
            ),
        ),
    ),
    Command(
        name="arrived",
        help=N_("write a receipt for a sent paper that has arrived"),
        run=arrived,
        locked=False,
        arguments=(
            (("file",), {"metavar": "FILE", "help": N_("the .age file that arrived")}),
            (("--by",), {"metavar": "NAME", "required": True, "help": N_("who received it")}),
            (("--out",), {"metavar": "DIR", "required": True, "help": N_("folder for the receipt")}),
        ),
    ),
    Command(
        name="verify",
        help=N_("check a signed plan or a month package"),
        run=verify,
        locked=False,
        arguments=(
            (("file",), {"metavar": "FILE", "help": N_("the PDF or zip file")}),
            (("--public-key",), {"metavar": "FILE", "help": N_("the unit's minisign public key file")}),
        ),
    ),
)
