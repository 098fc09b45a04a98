"""Taking clients over from another coach's package: look first, then all or nothing, then a receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from valmentaja.base.canonical import canonical, fingerprint
from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.services import services
from valmentaja.domain import plan as plan_rules
from valmentaja.domain.client import ClientId
from valmentaja.domain.merge import Comparison, Difference, compare
from valmentaja.domain.record import Record, total
from valmentaja.exchange import handover_package, outbox
from valmentaja.exchange.handover_package import HandoverPackage, Opened
from valmentaja.exchange.handover_package import Receipt as Answer
from valmentaja.store import assessments, handovers, meetings, plans, records
from valmentaja.store import clients as kept
from valmentaja.store.database import Transaction
from valmentaja.usecases import cards, caseload, handing, instruments, merging
from valmentaja.usecases.handing import day_of
from valmentaja.usecases.session import Changes, Session

__all__ = ["Difference", "Opened", "day_of"]

NEW = ""
"""The decision that a client is nobody of this vault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One client of a package. `same` is the client here who is the same person for certain, `alike` may be.

    `number_taken` says that somebody else here has the client's number: the one who comes gets a new one.
    """

    record: Record
    last_meeting: date | None
    open_steps: tuple[str, ...]
    same: ClientId | None
    alike: tuple[ClientId, ...]
    number_taken: bool

    @property
    def id(self) -> ClientId:
        return self.record.id

    @property
    def must_decide(self) -> bool:
        """The coach must say whether this is a person of this vault."""
        return self.same is None and bool(self.alike)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a package would bring; nothing is written yet."""

    opened: Opened
    package: HandoverPackage
    sender: str
    clients: tuple[Coming, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`into` is a client here or NEW; `theirs` the places of the differences where the other value is taken."""

    into: ClientId = NEW
    theirs: frozenset[str] = field(default_factory=frozenset)


def preview(session: Session, opened: Opened) -> Preview:
    """UserError for a receipt, and for a package that was accepted before."""
    package = opened.content
    if not isinstance(package, HandoverPackage):
        raise UserError(N_("The file is a receipt, not a package."))
    _refuse_replay(session, package)
    return Preview(
        opened=opened,
        package=package,
        sender=cards.card(session, opened.sender).name,
        clients=tuple(_coming(session, record) for record in package.records),
    )


def comparison(session: Session, coming: Coming, into: ClientId) -> Comparison:
    """What a merge would add and where the two say different things."""
    return compare(records.read(session.store, into), coming.record)


def newer_is_theirs(session: Session, into: ClientId) -> bool:
    """True for a client who was handed over and comes home: nothing has been changed here since."""
    return handovers.care(session.store, into).handed_over is not None


def default_decision(session: Session, coming: Coming) -> Decision:
    """Somebody certain is merged, theirs taken when the own copy is locked; nobody else is merged unasked."""
    if coming.same is None:
        return Decision()
    if not newer_is_theirs(session, coming.same):
        return Decision(into=coming.same)
    found = comparison(session, coming, coming.same)
    return Decision(into=coming.same, theirs=frozenset(d.place for d in found.differences))


def accept(
    session: Session, seen: Preview, decisions: Mapping[ClientId, Decision], folder: Path | None = None
) -> tuple[Path, Changes]:
    """All clients of the package in one transaction; then the receipt to send back, and its path."""
    package, envelope = seen.package, seen.package.envelope
    for coming in seen.clients:
        if coming.must_decide and coming.id not in decisions:
            raise UserError(N_("Say first whether {name} is a client of yours already."), name=coming.record.name)
    with session.store.writing() as tx:
        _refuse_replay(session, package)
        instruments.take_over(tx, package.instruments, at=session.now())
        accepted = []
        for coming in seen.clients:
            decided = decisions.get(coming.id) or default_decision(session, coming)
            number = _bring_in(session, tx, coming, decided, envelope.package)
            handovers.take_over(tx, envelope.package, number, coach=seen.opened.sender, at=session.now())
            accepted.append((coming.id, number))
    path = write_receipt(session, seen, tuple(accepted), folder)
    return path, Changes(areas=handing.EVERYTHING, made=envelope.package)


def write_receipt(
    session: Session, seen: Preview, accepted: tuple[tuple[ClientId, ClientId], ...], folder: Path | None
) -> Path:
    """Sealed to the sender; it counts the rows that came."""
    keys = cards.keys_of(session, seen.opened.sender)
    if keys is None:
        raise UserError(N_("No trusted card has this number. Import the coach's card first."))
    number = seen.package.envelope.package
    answer = Answer(
        envelope=handing.envelope(session, number, seen.opened.sender, seen.package.records), accepted=accepted
    )
    sealed = handover_package.seal(answer, cards.own_keys(session), keys)
    rows = handovers.handovers(session.store, package=number)
    with session.store.writing() as tx:
        for row in rows:
            handovers.mark(tx, "receipt", row, answer.envelope.created)
    return outbox.deliver(folder or handing.default_folder(session), f"kuittaus_{number}.age", sealed)


def was_accepted(session: Session, opened: Opened) -> bool:
    """True for a package of this sender whose clients are here already: only its receipt can be written again."""
    rows = handovers.handovers(session.store, package=opened.content.envelope.package)
    return bool(rows) and all(row.direction == "in" and row.coach == opened.sender for row in rows)


def receipt_again(session: Session, opened: Opened, folder: Path | None = None) -> Path:
    """The receipt of a package that was accepted here, when its file was lost; UserError for any other package."""
    package = opened.content
    if not isinstance(package, HandoverPackage):
        raise UserError(N_("The file is a receipt, not a package."))
    if not was_accepted(session, opened):
        raise UserError(N_("This package has not been accepted here."))
    pairs = tuple((r.id, records.of_key(session.store, r.record_key) or r.id) for r in package.records)
    seen = Preview(opened=opened, package=package, sender="", clients=())
    return write_receipt(session, seen, pairs, folder)


def counts(seen: Preview) -> dict[str, int]:
    """Rows by table of the whole package."""
    return total(seen.package.records)


def _refuse_replay(session: Session, package: HandoverPackage) -> None:
    if handovers.handovers(session.store, package=package.envelope.package):
        raise UserError(N_("This package has been opened here before, or was made here. Nothing was taken over."))


def _coming(session: Session, record: Record) -> Coming:
    same = records.of_key(session.store, record.record_key)
    today = session.today().isoformat()
    held = [str(m["date"]) for m in record.tables["meeting"] if m["attended"] == 1 and str(m["date"]) <= today]
    return Coming(
        record=record,
        last_meeting=date.fromisoformat(max(held)) if held else None,
        open_steps=tuple(str(s["what"]) for s in record.tables["plan_step"] if s["done"] is None and s["what"]),
        same=same,
        alike=() if same is not None else records.alike(session.store, record),
        number_taken=same is None and kept.get(session.store, record.id) is not None,
    )


def _bring_in(session: Session, tx: Transaction, coming: Coming, decided: Decision, package: str) -> ClientId:
    """The number the client has here now."""
    if decided.into == NEW:
        record = _with_free_ids(session, tx, coming)
        _refuse_second_file(session, record)
        records.add(tx, record)
        number = record.id
    else:
        allowed = {coming.same, *coming.alike}
        if decided.into not in allowed:
            raise UserError(N_("Client {id} is not the same person."), id=decided.into)
        number = decided.into
        merging.merge(session, tx, coming.record, number, theirs=decided.theirs, package=package)
    handovers.keep_care(tx, number, owner=session.unit.coach, substitute="")
    _check_readable(tx, number)
    _check_frozen(tx, number)
    return number


def _refuse_second_file(session: Session, record: Record) -> None:
    """Two open files with one identity code are refused here as everywhere."""
    hetu = record.client["hetu"]
    same = [row for row in caseload.client_rows(session) if hetu and row.hetu == hetu and row.exit_date is None]
    if same and record.client["exit_date"] is None:
        raise UserError(
            N_("Client {id} has this personal identity code and is still in the caseload. Merge the two."),
            id=same[0].id,
        )


def _with_free_ids(session: Session, tx: Transaction, coming: Coming) -> Record:
    """The record with new ids where this vault has used them for somebody else."""
    record = merging.with_free_ids(tx, coming.record, session.new_id)
    if kept.get(tx, record.id) is not None:
        number = kept.numbers_used(tx, f"{session.unit.code}-") + 1
        record = record.with_client(id=f"{session.unit.code}-{number:03d}")
    if records.of_key(tx, record.record_key) is not None or records.was_erased(tx, record.record_key):
        # A restored backup would erase the person again under the old key.
        record = record.with_client(record_key=session.chance.token(16))
    return record


def _check_readable(tx: Transaction, client: ClientId) -> None:
    """What came in is read the way the pages will read it; what this program cannot read is not kept."""
    try:
        measured = assessments.of_client(tx, client)
        for plan in plans.of_client(tx, client):
            plans.signatures(tx, plan.id)
        meetings.of_client(tx, client)
        here = instruments.known(tx)
        known = all(held.instrument in here for held in measured)
        known = known and all(period.service in services() for period in kept.services(tx, client))
    except (ValueError, KeyError, TypeError) as error:
        raise _unreadable() from error
    if not known:
        raise _unreadable()


def _unreadable() -> UserError:
    return UserError(N_("The package holds values that this program does not know. Update it. Nothing was taken over."))


def _check_frozen(tx: Transaction, client: ClientId) -> None:
    """A frozen plan arrives with the fingerprint of what it says, or nothing arrives."""
    for plan in plans.of_client(tx, client):
        if plan.fingerprint is not None and fingerprint(canonical(plan_rules.content(plan))) != plan.fingerprint:
            raise UserError(
                N_("A frozen plan in the package is not what its fingerprint says. Nothing was taken over.")
            )
