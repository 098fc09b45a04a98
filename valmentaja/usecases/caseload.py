"""The people in the caseload: list, search, take on, edit, end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.languages import is_language
from valmentaja.definitions.municipalities import municipalities
from valmentaja.definitions.services import services
from valmentaja.domain.client import BenefitReading, Client, ClientId, ServicePeriod, StatusChange
from valmentaja.domain.codes import ExitReason
from valmentaja.domain.hetu import parse_hetu
from valmentaja.domain.rights import corrections
from valmentaja.i18n.formats import loosen
from valmentaja.store import clients, listing
from valmentaja.store import corrections as kept
from valmentaja.store.listing import ClientRow
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed

__all__ = ["ClientRow"]


class DuplicateError(UserError):
    """Somebody like this is in the caseload already; `rows` are the people to compare with."""

    def __init__(self, rows: tuple[ClientRow, ...]) -> None:
        super().__init__(N_("Somebody like this is already in the caseload. Compare before you save."))
        self.rows = rows


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClient:
    """What is asked of a new person; name and the way to know the person are enough."""

    family_name: str
    given_names: str
    hetu: str = ""
    birth_date: date | None = None
    municipality: str = ""
    language: str = "fi"
    phone: str = ""
    email: str = ""
    address: str = ""
    non_disclosure: bool = False
    referred_by: str = ""


def client_rows(session: Session) -> tuple[ClientRow, ...]:
    """The whole caseload in alphabetical order."""
    return listing.client_rows(session.store, session.today())


def client(session: Session, client_id: ClientId) -> Client:
    found = clients.get(session.store, client_id)
    if found is None:
        raise UserError(N_("There is no client {id} in this vault."), id=client_id)
    return found


def opened(session: Session, client_id: ClientId) -> None:
    """Log that the client's file is opened, before any of it is shown (906/2019 17 §)."""
    with session.store.writing() as tx:
        clients.note_opening(tx, client_id)


def duplicates(session: Session, new: NewClient) -> tuple[ClientRow, ...]:
    """Open clients with the same henkilötunnus, or a name that sounds the same and no other birth date."""
    wanted = _person_key(new.family_name, new.given_names)
    return tuple(
        row
        for row in client_rows(session)
        if (new.hetu and row.hetu == _upper(new.hetu))
        or (
            wanted == _person_key(row.family_name, row.given_names)
            and (new.birth_date is None or row.birth_date in (None, new.birth_date))
        )
    )


def take_on(session: Session, new: NewClient, *, despite_duplicates: bool = False) -> Changes:
    """A new person from today on; DuplicateError before a second file is made of one person."""
    person = _checked(session, new)
    alike = duplicates(session, replace(new, hetu=person.hetu, birth_date=person.birth_date))
    if alike and not despite_duplicates:
        raise DuplicateError(alike)
    _refuse_same_hetu(person, alike)
    with session.store.writing() as tx:
        clients.add(tx, person, record_key=session.chance.token(16), owner=session.unit.coach)
    return changed(Area.CLIENT, client=person.id, made=person.id)


def edit(session: Session, person: Client, *, reason: str = "") -> Changes:
    """Save a client's own facts; what stood there before is kept as a correction, with the reason if one is given."""
    held = client(session, person.id)
    require_here(session, person.id)
    if not person.family_name or not person.given_names:
        raise UserError(N_("Write the family name and the given names."))
    checked = _plausible(session, person)
    _refuse_same_hetu(checked, tuple(row for row in client_rows(session) if row.id != person.id))
    made = corrections(held, checked, entity="client", entity_id=person.id, reason=reason, at=session.now())
    with session.store.writing() as tx:
        clients.edit(tx, checked)
        kept.add(tx, made)
    return changed(Area.CLIENT, client=person.id)


def end_work(session: Session, client_id: ClientId, *, on: date, reason: ExitReason) -> Changes:
    """The last day in the caseload. A start of work counts for KT02 only if this day is not before it."""
    person = client(session, client_id)
    require_here(session, client_id)
    if on < person.intake_date:
        raise UserError(N_("The last day is before the first day ({day})."), day=person.intake_date.isoformat())
    ended = replace(person, exit_date=on, exit_reason=reason)
    made = corrections(person, ended, entity="client", entity_id=client_id, at=session.now())
    with session.store.writing() as tx:
        clients.edit(tx, ended)
        kept.add(tx, made)
    return changed(Area.CLIENT, client=client_id)


def add_status(session: Session, row: StatusChange) -> Changes:
    """Labour-market status from a day on."""
    client(session, row.client)
    require_here(session, row.client)
    held = (s for s in clients.statuses(session.store, row.client) if s.date == row.date)
    made = [
        c
        for old in held
        for c in corrections(old, row, entity="labour_status", entity_id=row.date.isoformat(), at=session.now())
    ]
    with session.store.writing() as tx:
        clients.add_status(tx, row)
        kept.add(tx, made)
    return changed(Area.SERVICE, client=row.client)


def add_reading(session: Session, row: BenefitReading) -> Changes:
    """A reading of the cumulative benefit days."""
    client(session, row.client)
    require_here(session, row.client)
    if row.days < 0 or row.date > session.today():
        raise UserError(
            N_("A reading of benefit days needs a whole number from 0 up and a day that is not in the future.")
        )
    held = (r for r in clients.readings(session.store, row.client) if r.date == row.date)
    made = [
        c
        for old in held
        for c in corrections(old, row, entity="benefit_reading", entity_id=row.date.isoformat(), at=session.now())
    ]
    with session.store.writing() as tx:
        clients.add_reading(tx, row)
        kept.add(tx, made)
    return changed(Area.SERVICE, client=row.client)


def keep_service(session: Session, row: ServicePeriod) -> Changes:
    """A service period, new or with a new end."""
    client(session, row.client)
    require_here(session, row.client)
    if row.service not in services():
        raise UserError(N_("“{code}” is not in the service catalogue."), code=row.service)
    if row.end is not None and row.end < row.start:
        raise UserError(N_("The service ends before it starts. Check the two days."))
    held = (p for p in clients.services(session.store, row.client) if (p.service, p.start) == (row.service, row.start))
    made = [
        c
        for old in held
        for c in corrections(old, row, entity="service_period", entity_id=row.service, at=session.now())
    ]
    with session.store.writing() as tx:
        clients.add_service(tx, row)
        kept.add(tx, made)
    return changed(Area.SERVICE, client=row.client)


def _checked(session: Session, new: NewClient) -> Client:
    if not new.family_name.strip() or not new.given_names.strip():
        raise UserError(N_("Write the family name and the given names."))
    number = clients.numbers_used(session.store, f"{session.unit.code}-") + 1
    return _plausible(
        session,
        Client(
            id=f"{session.unit.code}-{number:03d}",
            family_name=new.family_name.strip(),
            given_names=new.given_names.strip(),
            intake_date=session.today(),
            hetu=_upper(new.hetu),
            birth_date=new.birth_date,
            municipality=new.municipality,
            language=new.language,
            phone=new.phone.strip(),
            email=new.email.strip(),
            address=new.address.strip(),
            non_disclosure=new.non_disclosure,
            referred_by=new.referred_by.strip(),
        ),
    )


def _plausible(session: Session, person: Client) -> Client:
    """The client with the birth date that the henkilötunnus tells; UserError for what cannot be right."""
    if person.municipality and person.municipality not in municipalities():
        raise UserError(
            N_("“{code}” is not a municipality number. Use three digits, for example 405."), code=person.municipality
        )
    if person.language and not is_language(person.language):
        raise UserError(N_("“{code}” is not a language code. Use for example fi, sv or ru."), code=person.language)
    born = parse_hetu(person.hetu).birth_date if person.hetu else person.birth_date
    if person.birth_date not in (None, born):
        raise UserError(N_("The birth date and the personal identity code do not belong together. Check both."))
    if born is not None and born > session.today():
        raise UserError(N_("The birth date is in the future."))
    return replace(person, birth_date=born)


def _refuse_same_hetu(person: Client, alike: tuple[ClientRow, ...]) -> None:
    """A returning person may have the same code in an ended file, never in two open ones."""
    for row in alike:
        before = row.exit_date is not None and row.exit_date < person.intake_date
        after = person.exit_date is not None and person.exit_date < row.intake_date
        if person.hetu and row.hetu == person.hetu and not before and not after:
            raise UserError(N_("Client {id} has this personal identity code and is still in the caseload."), id=row.id)


def _person_key(family_name: str, given_names: str) -> tuple[str, str]:
    """Family name and first given name, accents and diaereses aside."""
    given = loosen(given_names).replace("-", " ").split()
    return (loosen(family_name).strip(), given[0] if given else "")


def _upper(hetu: str) -> str:
    return hetu.strip().upper()
