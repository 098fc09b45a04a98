"""Entering a form that was filled in on paper, and entering it again to find slips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valmentaja.base.errors import N_, UserError
from valmentaja.definitions.instrument import Instrument
from valmentaja.domain import paper_check as rules
from valmentaja.domain.assessment import LEFT_EMPTY, Answer, Assessment, Entered, NoValue, Value
from valmentaja.domain.client import ClientId
from valmentaja.domain.codes import Rater
from valmentaja.domain.page_code import PageCode, page_code, read, short_code
from valmentaja.domain.paper_check import CHECKED, Line, Sheet
from valmentaja.domain.paper_form import IMPORTANCE, Form, FormPage, FormRow
from valmentaja.domain.rating import Aspect, Rating
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.store import assessments as kept
from valmentaja.store import clients, ratings
from valmentaja.store import paper_checks as stored
from valmentaja.usecases import paper_form
from valmentaja.usecases.presence import require_here
from valmentaja.usecases.session import Area, Changes, Session, changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An assessment's form with what was entered from paper; `filled_on` is the day told for it."""

    assessment: Assessment
    client_id: ClientId
    client_name: str
    instrument: Instrument
    form: Form
    sheets: tuple[Sheet, ...]
    filled_on: date | None

    @property
    def tally(self) -> rules.Tally:
        return rules.tally(self.sheets)

    @property
    def differing(self) -> tuple[Line, ...]:
        return tuple(line for sheet in self.sheets for line in sheet.lines if line.differs)

    def line(self, row: str) -> Line:
        """KeyError when the form has no such row."""
        for sheet in self.sheets:
            for line in sheet.lines:
                if line.row.id == row:
                    return line
        raise KeyError(row)

    def next_sheet(self, *, second: bool) -> Sheet | None:
        """The first page that is not entered whole."""
        return next((s for s in self.sheets if not s.is_done(second=second)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    form: Form
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose form a page belongs to."""

    assessment: str
    client: ClientId
    name: str
    page: int
    opened: date
    is_closed: bool


def desk(session: Session, assessment_id: str, form: Form | None = None) -> Desk:
    """The form that belongs to the assessment, or the `form` that was printed for it."""
    printed = paper_form.printed(session, assessment_id, form)
    held = printed.assessment
    firsts = stored.first_entries(session.store, held.id)
    person = clients.get(session.store, held.client)
    seconds = stored.second_entries(session.store, held.id)
    otherwise, answers = stored.changed(session.store, held.id), held.values()

    def line(row: FormRow) -> Line:
        first = firsts.get(row.id)
        return Line(
            row=row,
            first=None if first is None else first.value,
            second=seconds.get(row.id),
            settled=first is not None and first.settled,
            changed=row.id in otherwise,
            now=answers.get(row.id) if first is None else None,
            left_empty=first is not None and first.left_empty,
        )

    def sheet(page: FormPage, code: PageCode) -> Sheet:
        return Sheet(number=page.number, code=code, lines=tuple(line(row) for row in page.rows))

    return Desk(
        assessment=held,
        client_id=held.client,
        client_name="" if person is None else person.name,
        instrument=printed.instrument,
        form=printed.form,
        sheets=tuple(sheet(p, c) for p, c in zip(printed.pages, printed.codes, strict=True)),
        filled_on=max((f.date for row, f in firsts.items() if not row.startswith(IMPORTANCE)), default=None),
    )


def find_page(session: Session, assessment_id: str, typed: str) -> FoundPage:
    """The page whose code was typed; a page of anybody else is refused with whose it is."""
    try:
        code = read(typed)
    except ValueError:
        raise UserError(
            N_("“{code}” is not a page code: at least one character is wrong. Read it again at the top of the page."),
            code=typed.strip(),
        ) from None
    if code.short != short_code(assessment_id):
        raise _of_another(session, code)
    for form in Form:
        if form == code.form and code in _codes(session, assessment_id, form):
            return FoundPage(form=form, number=code.page)
    raise UserError(N_("This assessment has no form with the page {code}. Print the form again."), code=code.text)


def owner_of(session: Session, typed: str) -> Owner | None:
    """Whose page has this code; None for what is no code, or nobody's here."""
    try:
        return _owner(session, read(typed))
    except ValueError:
        return None


def enter(session: Session, assessment_id: str, row: str, value: Value, *, on: date, instead: bool = False) -> Changes:
    """Store one row as it stands on paper; when this returns it is on the disk.

    An empty row takes away nothing that was answered elsewhere. Another answer than that is taken only when the coach
    says so (`instead`), with its reason; UserError until then.
    """
    held = _open(session, assessment_id)
    require_possible(session, assessment_id, on)
    line = _line(session, held, row)
    if not rules.replaces(line, value):
        stays = line.now if line.now is not None and value is NoValue.EI_KYSYTTY else None
        reason = LEFT_EMPTY if stays is not None else ""
        _store(session, held, row, value if stays is None else stays, on=on, reason=reason)
    elif instead:
        _store(session, held, row, value, on=on, reason=rules.PAPER_SAYS)
    else:
        raise UserError(N_("Something else was answered here already. Press the same key again to take the paper."))
    return changed(Area.ASSESSMENT, client=held.client)


def enter_again(session: Session, assessment_id: str, row: str, value: Value) -> Changes:
    """Keep the second entry of a row beside the first, which is not touched."""
    held = _open(session, assessment_id)
    line = _line(session, held, row)
    if line.first is None:
        raise UserError(N_("This page has not been entered yet. Enter it once first."))
    meant = rules.meant(line.row, value)
    if line.left_empty and meant is NoValue.EI_KYSYTTY:
        meant = line.first
    with session.store.writing() as tx:
        stored.keep_second(tx, held, row, meant, at=session.now())
    return changed(Area.ASSESSMENT, client=held.client)


def settle(session: Session, assessment_id: str, row: str, value: Value) -> Changes:
    """Decide a difference: the value is kept as checked, also when it is the one that stood there."""
    held = _open(session, assessment_id)
    if not _line(session, held, row).differs:
        raise UserError(N_("These two entries do not differ, or this was settled already."))
    on = stored.first_entries(session.store, held.id)[row].date
    _store(session, held, row, value, on=on, reason=CHECKED)
    return changed(Area.ASSESSMENT, client=held.client)


def _store(session: Session, held: Assessment, row: str, value: Value, *, on: date, reason: str) -> None:
    found = _line(session, held, row).row
    kept_value = rules.meant(found, value)
    with session.store.writing() as tx:
        if found.item is None:
            number = str(kept_value) if isinstance(kept_value, int) else ""
            said = Rating(
                domain=found.domain.id,
                aspect=Aspect.IMPORTANCE,
                value=number,
                reason=reason,
                date=on,
                at=session.now(),
            )
            ratings.add(tx, held, said)
        else:
            kept.answer(tx, held, _answer(held, found.item.id, kept_value, on=on, reason=reason), at=session.now())


def _answer(held: Assessment, item: str, value: Value, *, on: date, reason: str) -> Answer:
    """A note that was written beside the answer stays with it."""
    before = next((a for a in held.answers if (a.item, a.rater) == (item, Rater.ASIAKAS)), None)
    return Answer(
        item=item,
        rater=Rater.ASIAKAS,
        value=value,
        date=on,
        note="" if before is None else before.note,
        reason=reason,
        entered=Entered.PAPER,
    )


def _line(session: Session, held: Assessment, row: str) -> Line:
    """The row on any form of this assessment."""
    for form in (None, *Form):
        try:
            return desk(session, held.id, form).line(row)
        except (KeyError, UserError):
            continue
    raise UserError(N_("The form has no row {row}."), row=row)


def _open(session: Session, assessment_id: str) -> Assessment:
    held = paper_form.printed(session, assessment_id).assessment
    if held.closed is not None:
        raise UserError(N_("This assessment is closed. Begin a new one to measure again."))
    require_here(session, held.client)
    return held


def require_possible(session: Session, assessment_id: str, on: date) -> None:
    """UserError for a day on which this form cannot have been filled in."""
    held = paper_form.printed(session, assessment_id).assessment
    if on > session.today():
        raise UserError(N_("The form cannot have been filled in after today. Choose an earlier day."))
    if on < held.opened:
        raise UserError(
            N_("The form was printed on {day} at the earliest, so it was not filled in before that."),
            day=day(held.opened, screen_language()),
        )


def _of_another(session: Session, code: PageCode) -> UserError:
    """Whose page this is, or that nobody here has such a form."""
    owner = _owner(session, code)
    if owner is None:
        return UserError(N_("No form of this vault has the page {code}. It may have been erased."), code=code.text)
    return UserError(
        N_("This is page {n} of another form: {name}, begun on {day}. Take a page of this form."),
        n=code.page,
        name=owner.name,
        day=day(owner.opened, screen_language()),
    )


def _owner(session: Session, code: PageCode) -> Owner | None:
    for known in stored.every_assessment(session.store):
        held = kept.get(session.store, known.id) if short_code(known.id) == code.short else None
        if held is not None and page_code(held.instrument, code.form, code.page, held.id) == code:
            person = clients.get(session.store, held.client)
            return Owner(
                assessment=held.id,
                client=held.client,
                name=held.client if person is None else person.name,
                page=code.page,
                opened=held.opened,
                is_closed=held.closed is not None,
            )
    return None


def _codes(session: Session, assessment_id: str, form: Form) -> tuple[PageCode, ...]:
    """Of a kind of form; none when the instrument does not have it."""
    try:
        return paper_form.printed(session, assessment_id, form).codes
    except UserError:
        return ()
