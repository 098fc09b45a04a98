"""`init` makes an empty lake, `register-unit` lets a unit deliver."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.central import registry
from valmentaja.central.lake import LAKE, Lake
from valmentaja.central.one_at_a_time import alone
from valmentaja.crypto import minisign
from valmentaja.i18n import tr
from valmentaja.i18n.command_line import Command, say


def init(chosen: Namespace) -> None:
    """An empty lake with an empty registry; a folder that already is one stays as it is."""
    lake = Lake(Path(chosen.lake))
    if lake.registry.exists():
        raise UserError(N_("There is already a lake in {folder}. It was left as it is."), folder=chosen.lake)
    try:
        registry.write(lake.registry, ())
    except OSError as error:
        text = N_("The lake could not be made in {folder}. Check that you may write there.")
        raise StorageError(text, folder=chosen.lake) from error
    say(tr("An empty lake is ready in {folder}. Next: valmentaja-kokoaja register-unit").format(folder=chosen.lake))


def register_unit(chosen: Namespace) -> None:
    """One line more in the registry; the key's fingerprint is said, to be compared by telephone."""
    lake = Lake.at(Path(chosen.lake))
    key = _key_text(Path(chosen.key))
    entry = registry.entry_of(
        chosen.unit, chosen.municipality, key, chosen.begins, chosen.ends, place=registry.REGISTERING
    )
    with alone(lake):
        registry.write(lake.registry, registry.added(registry.read(lake.registry), entry))
    fingerprint = minisign.read_public_key(entry.public_key).fingerprint
    text = tr("The unit {unit} is registered with the key {key}. Compare the key with the unit by telephone.")
    say(text.format(unit=entry.unit, key=fingerprint))


def _key_text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(N_("{file} is not a minisign public key file."), file=str(path)) from error


COMMANDS = (
    Command(name="init", help=N_("make an empty lake"), run=init, arguments=(LAKE,)),
    Command(
        name="register-unit",
        help=N_("let a unit deliver: its key goes into the registry"),
        run=register_unit,
        arguments=(
            LAKE,
            (("unit",), {"metavar": "UNIT", "help": N_("the unit's code")}),
            (("municipality",), {"metavar": "MUNICIPALITY", "help": N_("the municipality's number, three digits")}),
            (("key",), {"metavar": "FILE", "help": N_("the unit's minisign public key file")}),
            (("--from",), {"dest": "begins", "default": "", "metavar": "DATE", "help": N_("first day of the key")}),
            (("--to",), {"dest": "ends", "default": "", "metavar": "DATE", "help": N_("last day of the key")}),
        ),
    ),
)
