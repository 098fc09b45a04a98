"""The stock formulas of indicators.md §3 and §4 once more, day by day and as literally as the text has them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from valmentaja.definitions.services import act_set, services
from valmentaja.indicators.facts import Person

UNEMPLOYED = ("TYOTON", "LOMAUTETTU")
TE_GROUPS = {"TYONHAKUVALMENNUS", "URAVALMENNUS", "KOKEILU", "TYOVOIMAKOULUTUS"}


def status(person: Person, day: date) -> str:
    held = "TYOTON"
    for since, recorded in sorted(person.statuses):
        if since <= day:
            held = recorded.value
    return held


def running(person: Person, day: date) -> set[str]:
    return {s.service for s in person.services if s.start <= day and (s.end is None or day <= s.end)}


def unemployed(person: Person, day: date) -> bool:
    return status(person, day) in UNEMPLOYED and not running(person, day) & act_set()


def benefit(person: Person, day: date) -> int:
    past = [row for row in person.readings if row[0] <= day]
    if not past:
        return 0
    on, days = max(past)
    while on < day:
        on += timedelta(1)
        days += on.weekday() < 5 and unemployed(person, on)
    return days


def since_when(person: Person, day: date) -> date | None:
    if status(person, day) not in UNEMPLOYED:
        return None
    rows = sorted(row for row in person.statuses if row[0] <= day)
    if not rows:
        return person.intake
    first = len(rows) - 1
    while first > 0 and rows[first - 1][1].value in UNEMPLOYED:
        first -= 1
    return min(rows[0][0], person.intake) if first == 0 else rows[first][0]


def a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def group(person: Person, day: date) -> str:
    if benefit(person, day) >= 500:
        return "P"
    since = since_when(person, day)
    return "S" if since is not None and since <= a_year_before(day) and person.exclusion_risk else "O"


def state(person: Person, day: date) -> str:
    groups = {str(services()[code].group) for code in running(person, day)}
    held = status(person, day)
    if groups & {"PALKKATUKI", "STARTTIRAHA"}:
        return "TUETTU_TYO"
    if "KUNTOUTTAVA" in groups:
        return "KUNTOUTTAVA"
    if groups & TE_GROUPS:
        return "TE_PALVELU"
    if "OMAEHTOINEN" in groups or held == "KOULUTUS":
        return "KOULUTUS"
    if held in ("AVOIN_TYO", "OSA_AIKATYO"):
        return "AVOIN_TYO"
    return "TYOTON" if held in UNEMPLOYED else "MUU"


def figures(people: list[Person], first: date, last: date, stock_day: date) -> Counter[tuple[str, str, str]]:
    """Counts by (freq, indicator, dim1); zero cells are simply absent."""
    found: Counter[tuple[str, str, str]] = Counter()
    for person in people:
        if person.intake <= stock_day and (person.exit is None or stock_day <= person.exit):
            found.update(("M", *cell) for cell in stock_cells(person, stock_day))
        found.update(("M", *cell) for cell in flow_cells(person, first, last))
        if last.month == 12:
            found.update(("A", *cell) for cell in flow_cells(person, first.replace(month=1), last))
    return found


def flow_cells(person: Person, first: date, last: date) -> list[tuple[str, str]]:
    cells = [("IN01", "")] if first <= person.intake <= last else []
    if person.exit is not None and first <= person.exit <= last:
        cells.append(("EX01", person.exit_reason.value if person.exit_reason else "MUU"))
    return cells


def stock_cells(person: Person, day: date) -> list[tuple[str, str]]:
    mine, codes = group(person, day), running(person, day)
    cells = [("CL01", ""), ("TG01", mine), ("ST01", state(person, day))]
    if codes & act_set():
        cells.append(("AR_A", mine))
    if unemployed(person, day):
        cells.append(("AR_U", mine))
    if mine == "P":
        groups = {services()[code].group for code in codes}
        cells += [("SV01", str(found)) for found in groups if found is not None]
    return cells
