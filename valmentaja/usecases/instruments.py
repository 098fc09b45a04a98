"""The instruments of this vault: shipped, kept because an assessment uses them, or the municipality's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
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
    held = kept.all_kept(session.store)
    for row in held:
        if row.id == id_:
            return _read(row, held)
    found = files.instruments().get(id_)
    if found is None:
        raise UserError(N_("The instrument {id} is not here. Add its file in the settings, under Instruments."), id=id_)
    return found


def known(store: Reader) -> Mapping[str, Instrument]:
    """Shipped and kept ones by id; what the vault keeps goes before what is shipped.

    A kept one that cannot be read is left out: it is told by `get`, and does not stop the others.
    """
    held = kept.all_kept(store)
    found = dict(files.instruments())
    for row in held:
        found.pop(row.id, None)
        with suppress(UserError):
            found[row.id] = _read(row, held)
    order = dict.fromkeys((*files.instruments(), *found))
    return {id_: found[id_] for id_ in order if id_ in found}


def newest(session: Session, id_: str) -> str:
    """The version that has taken this one's place, or the id itself."""
    here = known(session.store)
    while (later := next((i.id for i in here.values() if i.replaces == id_), None)) is not None:
        id_ = later
    return id_


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
    _require_own_name(made, path)
    require_same(made, here.get(made.id), file=path.name)
    with session.store.writing() as tx:
        keep(tx, made, here, at=session.now())
    return changed(Area.SETTING, Area.ASSESSMENT, made=made.id)


def _require_own_name(made: Instrument, path: Path) -> None:
    """The program may bring later versions under its own names; a file of another's making would stand in their way."""
    name = _name(made.id)
    if name in map(_name, files.released()) and made.id not in files.instruments():
        raise UserError(
            N_("{file}: the name “{name}” belongs to an instrument of the program. Give yours another id."),
            file=path.name,
            name=name,
        )


def _name(id_: str) -> str:
    return id_.rpartition("-")[0]


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
    """(id, file) of the instruments used, of those whose texts they use and of the versions they follow."""
    here = known(session.store)
    ids: set[str] = set()
    waiting = [name for name in used if name in here]
    while waiting:
        held = here[waiting.pop()]
        ids.add(held.id)
        waiting += [id_ for id_ in (held.base, held.replaces) if id_ in here and id_ not in ids and id_ is not None]
    return tuple((id_, here[id_].source) for id_ in sorted(ids))


def take_over(tx: Transaction, files_of: tuple[tuple[str, bytes], ...], *, at: str) -> None:
    """Keep what a package brings; UserError when one cannot be read or says something else than here."""
    here, sources = known(tx), tuple(files_of)
    for id_, source in files_of:
        try:
            made = _parsed(id_, source, sources, as_released=True)
        except UserError as error:
            text = N_("The instrument {id} in the package cannot be read. Nothing was taken over. Update the program.")
            raise UserError(text, id=id_[:60]) from error
        if made.id != id_ or len(source) > files.LARGEST or here.get(id_, made).fingerprint != made.fingerprint:
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
    found = _parsed(row.id, row.source, sources, as_released=False)
    if found.id != row.id or found.fingerprint != row.fingerprint:
        raise UserError(N_("The instrument {id} in this vault is not what was kept. Tell your support."), id=row.id)
    return found


@lru_cache(maxsize=64)
def _parsed(id_: str, source: bytes, sources: tuple[tuple[str, bytes], ...], *, as_released: bool) -> Instrument:
    """Bases are looked for among the sources first, then among those shipped; they have no base themselves."""
    own = dict(sources)

    def find(base: str) -> Instrument | None:
        return _parsed(base, own[base], (), as_released=as_released) if base in own else files.shipped(base)

    return files.parse_instrument(source, file=f"{id_}.toml", find=find, as_released=as_released)
