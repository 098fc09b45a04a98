"""The instruments of this vault: shipped, kept because an assessment uses them, or the municipality's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from valmentaja.base.errors import N_, UserError
from valmentaja.definitions import instruments as files
from valmentaja.definitions.instrument import Instrument
from valmentaja.store import instruments as kept
from valmentaja.store.database import Reader, Transaction
from valmentaja.store.instruments import Kept
from valmentaja.usecases.session import Area, Changes, Session, changed


class Origin(StrEnum):
    """Where an instrument came from; EARLIER is one that this program shipped once and ships no more."""

    SHIPPED = "shipped"
    OWN = "own"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """`offered` is False for a version that a newer one here replaces."""

    instrument: Instrument
    origin: Origin
    offered: bool


def get(session: Session, id_: str) -> Instrument:
    """The version with this id, as it was when the first assessment was begun with it."""
    found = known(session.store).get(id_)
    if found is None:
        raise UserError(N_("The instrument {id} is not here. Add its file in the settings, under Instruments."), id=id_)
    return found


def known(store: Reader) -> Mapping[str, Instrument]:
    """Shipped and kept ones by id; what the vault keeps goes before what is shipped."""
    held = kept.all_kept(store)
    return {**files.instruments(), **{row.id: _read(row, held) for row in held}}


def listed(session: Session) -> tuple[Listed, ...]:
    """Every instrument, those shipped first, each name with its newest version first."""
    here = known(session.store)
    replaced = {i.replaces for i in here.values()}
    rows = [Listed(instrument=i, origin=_origin(i), offered=i.id not in replaced) for i in here.values()]
    return tuple(sorted(rows, key=_place))


def offered(session: Session) -> tuple[Instrument, ...]:
    """Those that a new assessment can begin with."""
    return tuple(row.instrument for row in listed(session) if row.offered)


def check(path: Path) -> Instrument:
    """Read a file without keeping it; UserError names file, key and what is wrong."""
    return files.load_instrument(path)


def add_own(session: Session, path: Path) -> Changes:
    """Keep the municipality's own instrument in the vault; the same file twice changes nothing."""
    here = known(session.store)
    made = files.load_instrument(path, find=here.get)
    require_same(made, here.get(made.id), file=path.name)
    with session.store.writing() as tx:
        keep(tx, made, here, at=session.now())
    return changed(Area.SETTING, Area.ASSESSMENT, made=made.id)


def require_same(made: Instrument, held: Instrument | None, *, file: str) -> None:
    """A version that is here cannot come again with other words."""
    if held is not None and held.fingerprint != made.fingerprint:
        text = N_("{file}: {id} is here already and says something else. Give the new wording a new version.")
        raise UserError(text, file=file, id=made.id)


def keep(tx: Transaction, instrument: Instrument, here: Mapping[str, Instrument], *, at: str) -> None:
    """The instrument, and the one whose texts it uses."""
    if instrument.base is not None:
        kept.add(tx, here[instrument.base], at=at)
    kept.add(tx, instrument, at=at)


def keep_used(session: Session, tx: Transaction) -> None:
    """Keep what assessments use and the vault does not have yet, while the program still ships it."""
    missing = kept.used_but_not_kept(tx)
    here = known(tx) if missing else {}
    for id_ in missing:
        if id_ in here:
            keep(tx, here[id_], here, at=session.now())


def carried(session: Session, used: Iterable[str]) -> tuple[tuple[str, bytes], ...]:
    """(id, file) of the instruments used and of those whose texts they use: what a handover brings along."""
    here = known(session.store)
    ids = {id_ for name in used if name in here for id_ in (name, here[name].base) if id_ is not None}
    return tuple((id_, here[id_].source) for id_ in sorted(ids))


def take_over(tx: Transaction, files_of: tuple[tuple[str, bytes], ...], *, at: str) -> None:
    """Keep what a package brings; UserError when one cannot be read or says something else than here."""
    here, sources = known(tx), tuple(files_of)
    for id_, source in files_of:
        try:
            made = _parsed(id_, source, sources)
        except UserError as error:
            text = N_("The instrument {id} in the package cannot be read. Nothing was taken over. Update the program.")
            raise UserError(text, id=id_[:60]) from error
        if made.id != id_ or here.get(id_, made).fingerprint != made.fingerprint:
            text = N_(
                "The instrument {id} in the package says something else than here. Nothing was taken over. "
                "Ask the sender to give it a new version."
            )
            raise UserError(text, id=id_[:60])
        here = {id_: made, **here}
    for id_, _source in files_of:
        keep(tx, here[id_], here, at=at)


def settle(session: Session) -> None:
    """At opening: an older vault gets the instruments that its assessments use."""
    if kept.used_but_not_kept(session.store):
        with session.store.writing() as tx:
            keep_used(session, tx)


def _origin(instrument: Instrument) -> Origin:
    if instrument.id in files.instruments():
        return Origin.SHIPPED
    return Origin.EARLIER if instrument.id in files.released() else Origin.OWN


def _place(row: Listed) -> tuple[bool, str, tuple[int, ...]]:
    """Suuntakartoitus leads; versions of one name stand together, the newest first."""
    name, _, version = row.instrument.id.rpartition("-")
    newest_first = tuple(-int(part) for part in version.split("."))
    return (row.origin is not Origin.SHIPPED, "" if name == "suunta" else name, newest_first)


def _read(row: Kept, held: tuple[Kept, ...]) -> Instrument:
    sources = tuple((k.id, k.source) for k in held)
    found = _parsed(row.id, row.source, sources)
    if found.id != row.id or found.fingerprint != row.fingerprint:
        raise UserError(N_("The instrument {id} in this vault is not what was kept. Tell your support."), id=row.id)
    return found


@lru_cache(maxsize=64)
def _parsed(id_: str, source: bytes, sources: tuple[tuple[str, bytes], ...]) -> Instrument:
    """Bases are looked for in the vault first, then among those shipped; they have no base themselves."""
    own = dict(sources)

    def find(base: str) -> Instrument | None:
        return _parsed(base, own[base], ()) if base in own else files.shipped(base)

    return files.parse_instrument(source, file=f"{id_}.toml", find=find)
