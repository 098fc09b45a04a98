"""The subcommands about keys: a new passphrase, a new recovery code, a new data key, the organisation's key."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from valmentaja.base.errors import N_, UserError
from valmentaja.cli.command import Command, derived_key, first_line, passphrase, say, typed
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.usecases import keys, opening, recovery_sheet

NEW = (("--new-passphrase-file",), {"metavar": "FILE", "help": N_("file whose first line is the new passphrase")})
SHEET = (("--sheet",), {"metavar": "DIR", "help": N_("write the new recovery code as a PDF sheet into this folder")})


def change_passphrase(chosen: Namespace) -> None:
    folder = Path(chosen.vault)
    key, actor = derived_key(chosen)
    with opening.held(folder, key.copy(), actor=actor) as session:
        prepared = keys.prepare_passphrase(folder, key, _new_passphrase(chosen))
        keys.commit(session, prepared)
    say(tr("The passphrase was changed. Old backups open with the old passphrase."))
    _say_who(folder)


def new_code(chosen: Namespace) -> None:
    folder = Path(chosen.vault)
    key, actor = derived_key(chosen)
    with opening.held(folder, key.copy(), actor=actor) as session:
        prepared = keys.prepare_code(folder, key)
        keys.commit(session, prepared)
        _tell_code(folder, session.unit.code, prepared.recovery_code, chosen.sheet)


def rotate(chosen: Namespace) -> None:
    folder = Path(chosen.vault)
    asked = passphrase(chosen)
    new = None if chosen.keep_passphrase else _new_passphrase(chosen)
    plan = keys.prepare_rotation(folder, asked, new_passphrase=new, new_code=chosen.new_code)
    code = keys.rotate(plan)
    say(tr("The vault has new keys. Old backups open with the old passphrase."))
    _say_who(folder)
    if code:
        with opening.held(folder, opening.key_from_code(folder, code), actor="recovery") as session:
            unit = session.unit.code
        _tell_code(folder, unit, code, chosen.sheet)


def organisation_key(chosen: Namespace) -> None:
    made = keys.make_organisation_key(Path(chosen.folder), passphrase(chosen, repeat=True))
    say(tr("Private key, to be kept offline: {file}", file=str(made.file)))
    say(tr("Put this into policy.toml of every computer:"))
    say(f'[settings]\norganisation_key = "{made.public_key}"')


def _new_passphrase(chosen: Namespace) -> str:
    if chosen.new_passphrase_file is not None:
        return first_line(Path(chosen.new_passphrase_file))
    given = typed(tr("New passphrase: "))
    if typed(tr("The same again: ")) != given:
        raise UserError(N_("The two passphrases differ. Nothing was made."))
    return given


def _say_who(folder: Path) -> None:
    if keys.openers(folder).organisation:
        say(tr("Your employer can open this vault."))


def _tell_code(folder: Path, unit: str, code: str, sheet: str | None) -> None:
    say(tr("Recovery code, shown only now. Print it and keep it in a safe place:"))
    say(f"  {code}")
    say(tr("The old recovery code opens only old backups."))
    if sheet is not None:
        pdf = recovery_sheet.make(folder, unit, code, screen_language())
        say(str(recovery_sheet.save(folder, Path(sheet), pdf)))


COMMANDS = (
    Command(name="passphrase", help=N_("change the passphrase"), run=change_passphrase, arguments=(NEW,)),
    Command(name="recovery-code", help=N_("make a new recovery code"), run=new_code, arguments=(SHEET,)),
    Command(
        name="rotate",
        help=N_("make new keys and write the whole vault anew, for when the passphrase has leaked"),
        run=rotate,
        arguments=(
            NEW,
            SHEET,
            (("--keep-passphrase",), {"action": "store_true", "help": N_("do not ask for a new passphrase")}),
            (("--new-code",), {"action": "store_true", "help": N_("make a new recovery code, too")}),
        ),
    ),
    Command(
        name="organisation-key",
        help=N_("make the organisation's key pair"),
        run=organisation_key,
        locked=False,
        arguments=(
            (("folder",), {"metavar": "DIR", "help": N_("folder for the private key")}),
            (
                ("--passphrase-file",),
                {"metavar": "FILE", "help": N_("file whose first line is the passphrase")},
            ),
        ),
    ),
)
