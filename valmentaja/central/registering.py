"""`init` makes an empty lake, `register-unit` lets a unit deliver, `end-key` until a day."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.base.reasons import system_reason
from valmentaja.central import registry
from valmentaja.central.lake import LAKE, Lake
from valmentaja.central.one_at_a_time import alone
from valmentaja.central.registry import Entry
from valmentaja.crypto import minisign
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.command_line import Command, say
from valmentaja.i18n.formats import day


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
    with _changing(lake):
        before = registry.read(lake.registry)
        registry.write(lake.registry, registry.added(before, entry))
    if entry in before:
        text = tr("The unit {unit} was already registered with the key {key}. Nothing has changed.")
    else:
        text = tr("The unit {unit} is registered with the key {key}. Compare the key with the unit by telephone.")
    say(text.format(unit=entry.unit, key=_fingerprint(entry)))


def end_key(chosen: Namespace) -> None:
    """The key's last day; what is made after it is refused."""
    lake = Lake.at(Path(chosen.lake))
    key = registry.key_of(_key_text(Path(chosen.key)), chosen.key) if chosen.key else ""
    with _changing(lake):
        entries, entry = registry.ended(registry.read(lake.registry), chosen.unit, key, chosen.ends)
        registry.write(lake.registry, entries)
    text = tr("The last day of the key {key} of {unit} is {day}. The next ingest refuses what was made after it.")
    say(text.format(key=_fingerprint(entry), unit=entry.unit, day=day(entry.valid_to, screen_language())))


def _fingerprint(entry: Entry) -> str:
    return minisign.read_public_key(entry.public_key).fingerprint


@contextmanager
def _changing(lake: Lake) -> Iterator[None]:
    """Alone in the lake; StorageError where the registry cannot be written."""
    try:
        with alone(lake):
            yield
    except OSError as error:
        text = N_("{file} could not be written ({reason}).")
        raise StorageError(text, file=str(lake.registry), reason=system_reason(error)) from error


def _key_text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
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
            (("municipality",), {"metavar": "MUNICIPALITY", "help": N_("the municipality's number, for example 091")}),
            (("key",), {"metavar": "FILE", "help": N_("the unit's minisign public key file")}),
            (("--from",), {"dest": "begins", "default": "", "metavar": "DATE", "help": N_("first day of the key")}),
            (("--to",), {"dest": "ends", "default": "", "metavar": "DATE", "help": N_("last day of the key")}),
        ),
    ),
    Command(
        name="end-key",
        help=N_("give a unit's key its last day"),
        run=end_key,
        arguments=(
            LAKE,
            (("unit",), {"metavar": "UNIT", "help": N_("the unit's code")}),
            (("key",), {"metavar": "FILE", "nargs": "?", "help": N_("which key, if the unit has several")}),
            (("--to",), {"dest": "ends", "required": True, "metavar": "DATE", "help": N_("last day of the key")}),
        ),
    ),
)
