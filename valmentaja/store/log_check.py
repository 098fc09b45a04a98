"""Is the log whole? What it holds is read here in one go; judging it needs no database and may run in the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlcipher3 import dbapi2

from valmentaja.base.errors import N_, Value
from valmentaja.crypto import ratchet
from valmentaja.domain.anchor import Anchor, anchors_in
from valmentaja.store import audit, migrate
from valmentaja.store.database import Reader, Row, Store

Sentence = tuple[str, tuple[tuple[str, Value], ...]]
"""A msgid and the values that fill it."""


class BreakKind(StrEnum):
    """What is wrong at a place of the log."""

    GAP = "gap"
    CHANGED = "changed"
    MARK = "mark"
    START = "start"
    TAIL = "tail"
    PENDING = "pending"
    SCHEMA = "schema"
    ANCHOR = "anchor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The number of the entry where the log breaks, its UTC stamp ("" when unknown), and a sentence about it."""

    kind: BreakKind
    seq: int
    at: str
    text: str
    values: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFacts:
    """All that a check looks at; entries are raw columns, so that bytes that are no text do not hide."""

    entries: tuple[Row, ...]
    starts: Mapping[int, Mapping[str, bytes]]
    ratchet: bytes | None
    pending: int
    strange: tuple[str, ...]

    def sealed_to(self, role: str) -> dict[int, bytes]:
        """The first keys that the holder of this role's key may open, by the number they begin at."""
        return {seq: boxes[role] for seq, boxes in self.starts.items() if role in boxes}


@dataclass(frozen=True, slots=True, kw_only=True)
class LogCheck:
    """What was found. `breaks` in the order of the log; `foreign` and `accepted` are entries to ask about.

    `marked` entries had their check codes compared; `unchecked` says what could not be checked and why.
    """

    entries: int
    first_at: str
    last_at: str
    breaks: tuple[Break, ...]
    foreign: tuple[tuple[int, str], ...]
    accepted: tuple[tuple[int, str], ...]
    marked: int
    unchecked: tuple[Sentence, ...]

    @property
    def first_break(self) -> Break | None:
        return self.breaks[0] if self.breaks else None


_TEXTS = ("at", "action", "entity", "entity_id", "client_id")
_SELECT = (
    f"SELECT seq, {', '.join(f'CAST({name} AS BLOB)' for name in _TEXTS)}, rows, CAST(actor AS BLOB), hash, mac"
    " FROM audit ORDER BY seq"
)


def gather(store: Store) -> LogFacts:
    """Read everything a check needs."""
    starts: dict[int, dict[str, bytes]] = {}
    for seq, role, box in store.rows("SELECT seq, CAST(role AS BLOB), sealed FROM audit_start"):
        starts.setdefault(int(seq), {})[bytes(role).decode("latin-1")] = bytes(box)
    held = store.row("SELECT key FROM audit_ratchet")
    return LogFacts(
        entries=tuple(store.rows(_SELECT)),
        starts=starts,
        ratchet=None if held is None else bytes(held[0]),
        pending=store.number("SELECT COUNT(*) FROM audit_pending"),
        strange=strange(store),
    )


def first_break(store: Store) -> Break | None:
    """Where the log breaks, as far as that is seen without a key; None when it does not."""
    return judge(gather(store)).first_break


def strange(store: Reader) -> tuple[str, ...]:
    """Tables and triggers that are not the program's own: dropped, added, or with other words."""
    own = dbapi2.connect(":memory:", isolation_level=None)
    try:
        migrate.migrate(own)
        wanted = {(name, sql) for name, sql in own.execute(_OBJECTS)}
    finally:
        own.close()
    held = {(str(name), sql) for name, sql in store.rows(_OBJECTS)}
    return tuple(sorted({name for name, _sql in wanted ^ held}))


_OBJECTS = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"


def judge(
    facts: LogFacts, *, first_keys: Mapping[int, bytes] | None = None, anchors: tuple[Anchor, ...] = ()
) -> LogCheck:
    """Walk the log from its first entry. `first_keys` are the opened ones; None = no code was given.

    `anchors` must be of this vault.
    """
    walk = _Walk(facts, first_keys)
    found = walk.all()
    last = len(facts.entries)
    found += _beside(facts, walk.text_of(facts.entries[-1], "at") if facts.entries else "", last)
    found += _anchored(facts, anchors)
    return LogCheck(
        entries=last,
        first_at=walk.text_of(facts.entries[0], "at") if facts.entries else "",
        last_at=walk.text_of(facts.entries[-1], "at") if facts.entries else "",
        breaks=tuple(found),
        foreign=_of_action(facts, audit.FOREIGN.action),
        accepted=_of_action(facts, audit.OLD_COPY),
        marked=walk.marked,
        unchecked=walk.unchecked(),
    )


class _Walk:
    """One pass over the entries up to the first that does not hold."""

    def __init__(self, facts: LogFacts, first_keys: Mapping[int, bytes] | None) -> None:
        self.facts, self.given = facts, first_keys
        self.key: bytes | None = None
        self.started, self.marked, self.unmarked = False, 0, 0
        self.unopened: list[int] = []

    def all(self) -> list[Break]:
        before, previous = bytes(32), None
        for place, row in enumerate(self.facts.entries, start=1):
            found = (
                self._number(row, place) or self._start(place, previous) or self._link(row, before) or self._mark(row)
            )
            if found is not None:
                return [found]
            before, previous = bytes(row[8]), row
        end = self._start(len(self.facts.entries) + 1, previous) or self._tail()
        return [] if end is None else [end]

    def unchecked(self) -> tuple[Sentence, ...]:
        """In the order in which it matters."""
        said: list[Sentence] = []
        if self.given is None:
            said.append(
                (N_("The check codes were not compared: that needs the recovery code, which is not in the vault."), ())
            )
        older = N_("The check codes from entry {seq} on need an older recovery code.")
        said.extend((older, (("seq", seq),)) for seq in self.unopened)
        if self.unmarked:
            said.append(
                (N_("{n} entries of an older version of the program have no check code."), (("n", self.unmarked),))
            )
        return tuple(said)

    def text_of(self, row: Row, name: str) -> str:
        return bytes(row[1 + _TEXTS.index(name)]).decode("utf-8", "replace")

    def _number(self, row: Row, expected: int) -> Break | None:
        if row[0] == expected:
            return None
        text = N_("Entry {seq} is missing: it was deleted with another tool.")
        return Break(
            kind=BreakKind.GAP, seq=expected, at=self.text_of(row, "at"), text=text, values=(("seq", expected),)
        )

    def _start(self, seq: int, previous: Row | None) -> Break | None:
        """A ratchet that begins here: the one before it must vouch for it, and the code must open it."""
        boxes = self.facts.starts.get(seq)
        if boxes is None:
            return None
        if self.started and not self._vouched(boxes, previous):
            text = N_("At entry {seq} the check codes begin anew, and nothing vouches for it.")
            return self._broken(BreakKind.START, seq, previous, text)
        self.started = True
        self.key = None if self.given is None else self.given.get(seq)
        if self.given is None or self.key is not None:
            return None
        if any(later > seq for later in self.facts.starts):
            self.unopened.append(seq)
            return None
        text = N_("The first key of the check codes at entry {seq} does not open with this recovery code.")
        return self._broken(BreakKind.START, seq, previous, text)

    def _vouched(self, boxes: Mapping[str, bytes], previous: Row | None) -> bool:
        if previous is None:
            return False
        return (self.text_of(previous, "action"), self.text_of(previous, "entity_id")) == (
            audit.LOG_KEY,
            audit.boxes(boxes),
        )

    def _link(self, row: Row, before: bytes) -> Break | None:
        try:
            texts = [bytes(text).decode() for text in row[1:6]]
            # Entries of schema version 1 had no actor and were chained without one.
            actor = [] if row[7] is None else [bytes(row[7]).decode()]
        except UnicodeDecodeError:
            actor, texts = [], []
        if texts and bytes(row[8]) == audit.chained(before, (row[0], *texts, row[6], *actor)):
            return None
        text = N_("Entry {seq} does not follow from the one before it: one of the two was changed with another tool.")
        return self._broken(BreakKind.CHANGED, row[0], row, text)

    def _mark(self, row: Row) -> Break | None:
        """The ratcheted MAC of one entry."""
        mac = None if row[9] is None else bytes(row[9])
        if not self.started:
            if mac is None and row[7] is None:
                self.unmarked += 1
                return None
            return self._broken(BreakKind.MARK, row[0], row, N_("The key of the check codes at entry {seq} is gone."))
        text = N_("The check code of entry {seq} is wrong: the log was written anew with another tool from here on.")
        if mac is None or len(mac) != ratchet.SIZE:
            return self._broken(BreakKind.MARK, row[0], row, text)
        if self.key is None:
            # The present key makes no tag of the past: whoever used it for one has never had the keys before it.
            forged = self.facts.ratchet is not None and ratchet.tag(self.facts.ratchet, bytes(row[8])) == mac
            return self._broken(BreakKind.MARK, row[0], row, text) if forged else None
        if ratchet.tag(self.key, bytes(row[8])) != mac:
            return self._broken(BreakKind.MARK, row[0], row, text)
        self.key = ratchet.forward(self.key)
        self.marked += 1
        return None

    def _tail(self) -> Break | None:
        """After the last entry: the key the vault holds is the one that follows."""
        last = self.facts.entries[-1] if self.facts.entries else None
        seq = len(self.facts.entries)
        held = self.facts.ratchet
        if not self.started or held is None or any(start > seq + 1 for start in self.facts.starts):
            return self._broken(BreakKind.TAIL, seq, last, N_("The key of the check codes is gone after entry {seq}."))
        if self.key is None or held == self.key:
            return None
        text = N_("Entries after number {seq} are missing, or were written anew: the key of the check codes is ahead.")
        return self._broken(BreakKind.TAIL, seq, last, text)

    def _broken(self, kind: BreakKind, seq: int, row: Row | None, text: str) -> Break:
        at = "" if row is None else self.text_of(row, "at")
        return Break(kind=kind, seq=seq, at=at, text=text, values=(("seq", seq),))


def _beside(facts: LogFacts, at: str, last: int) -> list[Break]:
    """What stands beside the entries: rows that nobody chained, and the database's own rules."""
    found = []
    if facts.pending:
        text = N_("{n} rows were changed with another tool and are not in the log yet.")
        found.append(Break(kind=BreakKind.PENDING, seq=last, at=at, text=text, values=(("n", facts.pending),)))
    if facts.strange:
        text = N_("The rules that feed the log were changed with another tool: {names}.")
        names = ", ".join(facts.strange)
        found.append(Break(kind=BreakKind.SCHEMA, seq=last, at=at, text=text, values=(("names", names),)))
    return found


def _anchored(facts: LogFacts, anchors: tuple[Anchor, ...]) -> list[Break]:
    """The earliest anchor that the log lacks and that nobody has accepted the absence of."""
    hashes = {row[0]: bytes(row[8]).hex() for row in facts.entries}
    known = [a for row in facts.entries if bytes(row[2]) == audit.OLD_COPY.encode() for a in _named(row)]
    missing = [a for a in anchors if hashes.get(a.seq) != a.hash and not is_accepted(a, known)]
    if not missing:
        return []
    first = min(missing, key=lambda a: a.seq)
    text = N_("A file that has left the vault knows an entry {seq} that is not in this log: this is an older copy.")
    return [Break(kind=BreakKind.ANCHOR, seq=first.seq, at=first.at, text=text, values=(("seq", first.seq),))]


def _named(row: Row) -> tuple[Anchor, ...]:
    return anchors_in(bytes(row[4]).decode("latin-1"))


def is_accepted(missing: Anchor, known: list[Anchor] | tuple[Anchor, ...]) -> bool:
    """An anchor of the line that was given up: not later than the one whose absence was accepted."""
    return any(missing.seq <= a.seq and missing.at <= a.at for a in known)


def _of_action(facts: LogFacts, action: str) -> tuple[tuple[int, str], ...]:
    wanted = action.encode()
    return tuple((row[0], bytes(row[1]).decode("utf-8", "replace")) for row in facts.entries if bytes(row[2]) == wanted)
