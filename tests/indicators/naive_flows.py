"""The flow and quarterly formulas of indicators.md §4 once more: every day is walked, nothing is computed with sets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from naive import group, state, status

from valmentaja.definitions.services import act_set, services
from valmentaja.indicators.facts import Person

ONE = timedelta(1)
Cell = tuple[str, str, str]


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE


def inside(person: Person, day: date) -> bool:
    return person.intake <= day and (person.exit is None or day <= person.exit)


def later(day: date, months: int) -> date:
    """The same day number, one month at a time on a counter, then down to a day that exists."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def started(person: Person, day: date) -> list[tuple[str, str, str]]:
    """(code, group, sector) of services that begin that day, in the order of their codes."""
    found = [s for s in person.services if s.start == day]
    return sorted((s.service, str(services()[s.service].group or ""), str(s.sector or "MUU")) for s in found)


def begins(person: Person, day: date, wanted: tuple[str, ...]) -> bool:
    dated = any(on == day and held.value in wanted for on, held in person.statuses)
    return dated and status(person, day - ONE) not in wanted


def is_step(person: Person, day: date) -> bool:
    new = {code for code, _group, _sector in started(person, day)} & act_set()
    changed = begins(person, day, ("AVOIN_TYO", "OSA_AIKATYO")) or begins(person, day, ("KOULUTUS",))
    return inside(person, day) and (bool(new) or changed)


def first_step(person: Person, since: date, until: date) -> date | None:
    return next((day for day in days(since, until) if is_step(person, day)), None)


def destination(person: Person, day: date) -> str | None:
    groups = [g for _code, g, _sector in started(person, day)]
    if "PALKKATUKI" in groups or "STARTTIRAHA" in groups or begins(person, day, ("AVOIN_TYO", "OSA_AIKATYO")):
        return "TYO"
    if "OMAEHTOINEN" in groups or begins(person, day, ("KOULUTUS",)):
        return "KOULUTUS"
    te = {"TYONHAKUVALMENNUS", "URAVALMENNUS", "KOKEILU", "TYOVOIMAKOULUTUS"}
    return "TE" if te & set(groups) else None


def rehabilitated(person: Person, day: date) -> bool:
    for s in person.services:
        if s.service == "KUNTOUTTAVA" and s.start < day and (s.end is None or (day - s.end).days <= 30):
            return True
    return False


def monthly(person: Person, first: date, last: date, before: date, stock: date) -> set[Cell]:
    return {
        *kt01(person, first, last),
        *kt02(person, first, last),
        *ps01(person, first, last),
        *ss01(person, first, last),
        *counted(person, first, last),
        *reviews(person, first, last),
        *contact(person, first, last, stock),
        *moved("TM01", person, before, stock),
    }


def annual(person: Person, first: date, last: date) -> set[Cell]:
    return {*kt02(person, first, last), *ps01(person, first, last)}


def kt01(person: Person, first: date, last: date) -> Iterator[Cell]:
    for s in person.services:
        if s.service != "KUNTOUTTAVA":
            continue
        served = [d for d in days(first, last) if s.start <= d and (s.end is None or d <= s.end) and inside(person, d)]
        eve = s.start - ONE
        if served and group(person, max(person.intake, eve)) == "P":
            yield "KT01", "", ""


def kt02(person: Person, first: date, last: date) -> Iterator[Cell]:
    for day in days(first, last):
        if inside(person, day) and rehabilitated(person, day) and group(person, day - ONE) == "P":
            reached = destination(person, day)
            if reached is not None:
                yield "KT02", reached, ""
                return


def ps01(person: Person, first: date, last: date) -> Iterator[Cell]:
    for day in days(first, last):
        for _code, found, sector in started(person, day):
            if found == "PALKKATUKI" and inside(person, day) and group(person, day - ONE) == "P":
                yield "PS01", sector, ""
                return


def ss01(person: Person, first: date, last: date) -> Iterator[Cell]:
    for day in days(first, last):
        for _code, found, _sector in started(person, day):
            if found and inside(person, day):
                yield "SS01", found, ""


def counted(person: Person, first: date, last: date) -> Iterator[Cell]:
    for what, dates in (("AS", [a.completed for a in person.assessments]), ("PL", [p.signed for p in person.plans])):
        for place, day in enumerate(dates):
            if first <= day <= last:
                yield f"{what}01" if place == 0 else f"{what}02", "", ""


def reviews(person: Person, first: date, last: date) -> Iterator[Cell]:
    for day in days(first, last):
        due = [plan for plan in person.plans if plan.review_due == day]
        if due and inside(person, day):
            yield "PL03", "", ""
            if due[0].reviewed is not None and due[0].reviewed <= day:
                yield "PL04", "", ""
            return


def contact(person: Person, first: date, last: date, stock: date) -> Iterator[Cell]:
    if inside(person, stock):
        modes = [mode.value for on, mode in person.met if first <= on <= last]
        seen = [m for m in modes if m in ("KAYNTI", "KOTIKAYNTI", "VERKOSTO")]
        yield "ME01", "KASVOKKAIN" if seen else "ETA" if modes else "EI", ""


def moved(name: str, person: Person, before: date, stock: date) -> Iterator[Cell]:
    if inside(person, before):
        yield name, state(person, before), state(person, stock) if inside(person, stock) else "POISTUNUT"


def quarterly(person: Person, first: date, last: date, year_ago: date, stock: date) -> set[Cell]:
    return {
        *moved("TM12", person, year_ago, stock),
        *change(person, first, last),
        *feedback(person, first, last),
        *waits(person, first, last),
        *life_table(person, first, last),
        *realised(person, first, last),
        *afterwards(person, first, last),
    }


def change(person: Person, first: date, last: date) -> Iterator[Cell]:
    done = [a for a in person.assessments if a.completed <= last]
    if len(done) >= 2 and first <= done[-1].completed and (done[-1].completed - done[0].completed).days >= 28:
        for domain, now in done[-1].scores.items():
            if domain in done[0].scores:
                delta = now - done[0].scores[domain]
                bins = (("M2", delta <= -2), ("M1", -2 < delta <= -1), ("N", -1 < delta < 1), ("P1", 1 <= delta < 2))
                yield "FC01", domain, next((name for name, holds in bins if holds), "P2")


def feedback(person: Person, first: date, last: date) -> Iterator[Cell]:
    done = [a for a in person.assessments if first <= a.completed <= last]
    for item, value in (done[-1].feedback if done else {}).items():
        yield "FB01", item, next(b for b in ("0-2", "3-4", "5-6", "7-8", "9-10") if value <= int(b.split("-")[1]))


def waits(person: Person, first: date, last: date) -> Iterator[Cell]:
    events = [("ARVIOINTI", person.intake, a.completed) for a in person.assessments[:1]]
    events += [("SUUNNITELMA", person.intake, p.signed) for p in person.plans[:1]]
    for plan in person.plans[:1]:
        step = first_step(person, max(plan.signed, person.intake), last)
        events += [("ASKEL", plan.signed, step)] if step is not None else []
    for name, since, until in events:
        if first <= until <= last and until >= since:
            length = sum(1 for _ in days(since, until)) - 1
            bins = ("0-14", "15-30", "31-60", "61-90", "91-180")
            yield "WT01", name, next((b for b in bins if length <= int(b.split("-")[1])), "181+")


def life_table(person: Person, first: date, last: date) -> Iterator[Cell]:
    for a, b in ((0, 1), (1, 3), (3, 6), (6, 12), (12, 24), (24, 48)):
        begin, end = later(person.intake, a), later(person.intake, b)
        for day in days(person.intake, min(end - ONE, last)):
            happened = "TAPAHTUMA" if is_step(person, day) else "SENSUROITU" if day == person.exit else None
            happened = happened or ("EI" if day == end - ONE else None)
            if happened is not None:
                if day >= begin and first <= day <= last:
                    yield "SU01", f"{a}-{b}", happened
                break


def realised(person: Person, first: date, last: date) -> Iterator[Cell]:
    due = [s for plan in person.plans for s in plan.steps if first <= s.planned + timedelta(30) <= last]
    kept = [s.realised is not None and (s.realised - s.planned).days <= 30 for s in due if inside(person, s.planned)]
    if kept:
        yield "PW01", "EI" if not any(kept) else "OSA" if not all(kept) else "KAIKKI", ""


def afterwards(person: Person, first: date, last: date) -> Iterator[Cell]:
    for months in (3, 6, 12, 24, 36, 60):
        on = later(person.intake, months)
        if first <= on <= last:
            yield "OE01", str(months), known(person, on)


def known(person: Person, on: date) -> str:
    if inside(person, on):
        found = {"AVOIN_TYO": "TYO", "KOULUTUS": "KOULUTUS", "TUETTU_TYO": "TUETTU"}
        return found.get(state(person, on), "MUU")
    told = {day: held.value for day, held in person.follow_ups if person.exit is not None and day > person.exit}
    for away in range(32):
        for day in (on + timedelta(away), on - timedelta(away)):
            if day in told:
                return {"AVOIN_TYO": "TYO", "OSA_AIKATYO": "TYO", "KOULUTUS": "KOULUTUS"}.get(told[day], "MUU")
    return "EI_TIETOA"
