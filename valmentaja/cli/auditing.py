"""`valmentaja audit`: is the log whole, what could not be checked, and going on with an older copy."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from valmentaja.base.errors import N_, UserError
from valmentaja.cli.command import Command, open_vault, passphrase, say
from valmentaja.i18n import tr, trn
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import moment_of
from valmentaja.usecases import leaving, logs
from valmentaja.usecases.logs import LogCheck, OfficeKey
from valmentaja.usecases.session import Session


def audit(chosen: Namespace) -> None:
    codes = () if chosen.code_file is None else _codes(Path(chosen.code_file))
    places = () if chosen.anchors is None else (_there(Path(chosen.anchors)),)
    with open_vault(chosen) as session:
        if chosen.accept_old_copy:
            _accept(session)
        found = logs.check(logs.check_job(session, places), codes, _office(chosen))
    _tell(found)
    if found.breaks:
        raise UserError(N_("The log is not whole. Keep the vault as it is and tell your support."))
    say(tr("The log is whole as far as it was checked.") if found.unchecked else tr("The log is whole."))


def _office(chosen: Namespace) -> OfficeKey | None:
    if chosen.organisation_key_file is None:
        return None
    return OfficeKey(file=Path(chosen.organisation_key_file), passphrase=passphrase(chosen))


def _accept(session: Session) -> None:
    found = leaving.old_copy(session)
    if found is None:
        raise UserError(N_("This is not an older copy: nothing that has left the vault knows more than it does."))
    leaving.accept(session, found)


def _tell(found: LogCheck) -> None:
    language = screen_language()
    first, last = moment_of(found.first_at, language), moment_of(found.last_at, language)
    say(trn("{n} entry", "{n} entries", found.entries) + f", {first} – {last}")
    if found.marked:
        say(trn("{n} check code is right", "{n} check codes are right", found.marked))
    for seq, at in found.foreign:
        say(tr("{when}: rows were changed with another tool (entry {seq})", when=moment_of(at, language), seq=seq))
    for seq, at in found.accepted:
        say(tr("{when}: an older copy was gone on with (entry {seq})", when=moment_of(at, language), seq=seq))
    for text, values in found.unchecked:
        say(tr(text, **dict(values)))
    for broken in found.breaks:
        when = f"{moment_of(broken.at, language)}: " if broken.at else ""
        say(when + tr(broken.text, **dict(broken.values)))


def _codes(path: Path) -> tuple[str, ...]:
    """One recovery code a line; older ones too, when the code has been changed."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(N_("The code file {file} cannot be read as UTF-8 text."), file=str(path)) from error
    found = tuple(line.strip() for line in lines if line.strip())
    if not found:
        raise UserError(N_("The code file {file} is empty."), file=str(path))
    return found


def _there(path: Path) -> Path:
    if not path.exists():
        raise UserError(N_("{file} is not there."), file=str(path))
    return path


COMMANDS = (
    Command(
        name="audit",
        help=N_("check that the log is whole"),
        run=audit,
        arguments=(
            (
                ("--code-file",),
                {"metavar": "FILE", "help": N_("file with the recovery code: the check codes are compared too")},
            ),
            (
                ("--anchors",),
                {"metavar": "PATH", "help": N_("ankkurit.txt, a signed plan, an exported log, or a folder of them")},
            ),
            (("--accept-old-copy",), {"action": "store_true", "help": N_("go on with this older copy of the vault")}),
        ),
    ),
)
