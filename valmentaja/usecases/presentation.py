"""The presentation card: the client's yes or no first, then the texts, then one page on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from valmentaja.base.errors import N_, UserError
from valmentaja.domain import presentation as rules
from valmentaja.domain.client import ClientId
from valmentaja.domain.presentation import FIELDS, LONGEST_VALIDITY_MONTHS, PURPOSE, Consent
from valmentaja.i18n import words
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.indicators.calendar import addm
from valmentaja.store import consents
from valmentaja.usecases import caseload, papers
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed

if TYPE_CHECKING:
    from valmentaja.documents.short_pdf import ShortPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """`consent` is what the client said last, None when nobody has asked."""

    consent: Consent | None
    in_force: bool
    fields: dict[str, str]


def card(session: Session, client_id: ClientId) -> Card:
    consent = rules.latest(consents.of_client(session.store, client_id, PURPOSE))
    in_force = consent is not None and consent.is_in_force(session.today())
    return Card(consent=consent, in_force=in_force, fields=consents.fields(session.store, client_id))


def ask(session: Session, client_id: ClientId, *, given: bool, expires: date | None, scope: str = "") -> Changes:
    """Keep the client's yes, until a last day, or no. UserError for a day that is over or too far away."""
    require_here(session, client_id)
    caseload.client(session, client_id)
    today, furthest = session.today(), addm(session.today(), LONGEST_VALIDITY_MONTHS)
    if given and (expires is None or not today <= expires <= furthest):
        text = N_("Agree the last day of the consent: from today to {day} at the latest.")
        raise UserError(text, day=day(furthest, screen_language()))
    made = Consent(
        id=session.new_id(),
        client=client_id,
        given=given,
        on=today,
        expires=expires if given else None,
        scope=scope.strip(),
        at=session.now(),
    )
    with session.store.writing() as tx:
        consents.add(tx, made)
    return changed(Area.DOCUMENT, client=client_id)


def withdraw(session: Session, client_id: ClientId) -> Changes:
    """The client takes the consent back; from now on no card is made or handed over."""
    consent = card(session, client_id).consent
    if consent is None or not consent.given or consent.withdrawn is not None:
        raise UserError(N_("There is no consent to take back."))
    require_here(session, client_id)
    with session.store.writing() as tx:
        consents.withdraw(tx, consent, on=session.today())
    return changed(Area.DOCUMENT, client=client_id)


def keep_field(session: Session, client_id: ClientId, field: str, value: str) -> Changes:
    """A text of the card; only the fields that the law lets out are known."""
    if field not in FIELDS:
        raise UserError(N_("This does not belong on a presentation card."))
    require_here(session, client_id)
    with session.store.writing() as tx:
        consents.keep_field(tx, client_id, field, value)
    return changed(Area.DOCUMENT, client=client_id)


def paper(session: Session, client_id: ClientId, language: str) -> ShortPaper:
    """What would be printed. UserError without a consent in force, or with nothing to say."""
    from valmentaja.documents.short_pdf import ShortPaper

    held, person = card(session, client_id), caseload.client(session, client_id)
    if held.consent is None or held.consent.expires is None or not held.in_force:
        raise UserError(N_("The client has not agreed to a card, or the consent has ended. Ask first."))
    told = {name: held.fields[name].strip() for name in FIELDS if held.fields.get(name, "").strip()}
    if not told:
        raise UserError(N_("The card is empty. Write at least one of its texts together."))
    w, until = words(language), day(held.consent.expires, language)
    reached = ("", "") if person.non_disclosure else (person.phone, person.email)
    return ShortPaper(
        title=w(N_("Presentation card, until {day}"), day=until),
        heading=person.name,
        language=language,
        facts=tuple(zip((w("Phone"), w("E-mail")), reached, strict=True)),
        sections=tuple((w(FIELDS[name]), (text,)) for name, text in told.items()),
        closing=w(N_("With the person's consent (380/2023, section 118). Valid until {day}."), day=until),
        created=session.now(),
        training=session.training,
    )


def make(ready: ShortPaper) -> bytes:
    """Slow, safe in the worker."""
    from valmentaja.documents.short_pdf import render

    return render(ready)


def keep(session: Session, client_id: ClientId, ready: ShortPaper, pdf: bytes) -> Changes:
    """Among the client's documents; it leaves the vault only while the consent is in force."""
    return papers.keep(session, client_id, ready, pdf, kind=PURPOSE, stem="esittelykortti")
