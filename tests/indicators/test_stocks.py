"""States, groups and the month's stock figures, against plain examples."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from valmentaja.definitions.indicators import definitions
from valmentaja.domain.codes import ExitReason, LabourStatus
from valmentaja.indicators import states
from valmentaja.indicators.calendar import Month
from valmentaja.indicators.facts import Person, ServiceFact
from valmentaja.indicators.month import exact
from valmentaja.indicators.states import Group, State

KEY = bytes(16)
MONTH = Month(2024, 3)
LAST = date(2024, 3, 31)
DAY = date(2024, 3, 28)


def a_person(**facts: Any) -> Person:
    known: dict[str, Any] = {"record_key": KEY, "intake": date(2023, 1, 2)}
    return Person(**known | facts)


def figures(*people: Person) -> dict[tuple[str, str], int]:
    """The monthly rows of version 0; what came after has tests of its own."""
    rows = exact(people, MONTH, definitions("valmentaja-ind/0"))
    return {(row.key.indicator, row.key.dim1): row.count for row in rows if row.count}


def test_before_the_first_row_a_person_is_unemployed() -> None:
    person = a_person(statuses=((DAY, LabourStatus.AVOIN_TYO),))
    assert states.status(person, DAY - timedelta(1)) is LabourStatus.TYOTON
    assert states.status(person, DAY) is LabourStatus.AVOIN_TYO


def test_benefit_days_accrue_on_weekdays_from_the_day_after_the_reading() -> None:
    friday = date(2024, 3, 22)
    person = a_person(readings=((friday, 498),))
    assert states.benefit_days(person, friday) == 498
    assert states.benefit_days(person, date(2024, 3, 24)) == 498
    assert states.benefit_days(person, date(2024, 3, 26)) == 500
    assert states.benefit_days(person, friday - timedelta(1)) == 0


def test_public_holidays_count_as_benefit_days_but_services_and_work_do_not() -> None:
    person = a_person(
        readings=((date(2024, 3, 27), 100),),
        services=(ServiceFact(service="TYOKOKEILU", start=date(2024, 4, 3), end=date(2024, 4, 5)),),
        statuses=((date(2024, 4, 10), LabourStatus.AVOIN_TYO),),
    )
    assert states.benefit_days(person, date(2024, 4, 1)) == 103
    assert states.benefit_days(person, date(2024, 4, 30)) == 106


def test_a_change_of_status_counts_from_its_own_day() -> None:
    back = (date(2023, 1, 1), LabourStatus.AVOIN_TYO), (DAY, LabourStatus.TYOTON)
    away = (date(2023, 1, 1), LabourStatus.TYOTON), (DAY, LabourStatus.AVOIN_TYO)
    readings = ((DAY - timedelta(2), 10),)
    assert states.benefit_days(a_person(readings=readings, statuses=back), DAY) == 11
    assert states.benefit_days(a_person(readings=readings, statuses=away), DAY) == 11


def test_a_later_lower_reading_replaces() -> None:
    person = a_person(readings=((date(2024, 3, 27), 0), (date(2023, 1, 2), 700)))
    assert states.group(person, date(2024, 3, 26)) is Group.P
    assert states.group(person, DAY) is Group.OTHERS


def test_a_service_outside_the_activation_set_does_not_stop_the_days() -> None:
    pause = ServiceFact(service="TYOPAJA", start=date(2024, 1, 1))
    assert states.benefit_days(a_person(readings=((date(2024, 3, 25), 10),), services=(pause,)), DAY) == 13


def test_overlapping_services_are_taken_out_once() -> None:
    start, end = date(2024, 3, 25), date(2024, 3, 26)
    two = tuple(ServiceFact(service=code, start=start, end=end) for code in ("TYOKOKEILU", "KUNTOUTTAVA"))
    assert states.benefit_days(a_person(readings=((date(2024, 3, 24), 0),), services=two), DAY) == 2


@pytest.mark.parametrize(
    ("rows", "since"),
    [
        ((), date(2023, 1, 2)),
        (((date(2022, 5, 1), "TYOTON"),), date(2022, 5, 1)),
        (((date(2023, 5, 1), "TYOTON"),), date(2023, 1, 2)),
        (((date(2022, 5, 1), "TYOTON"), (date(2023, 6, 1), "LOMAUTETTU")), date(2022, 5, 1)),
        (
            ((date(2022, 5, 1), "AVOIN_TYO"), (date(2023, 6, 1), "LOMAUTETTU"), (date(2023, 7, 1), "TYOTON")),
            date(2023, 6, 1),
        ),
        (((date(2022, 5, 1), "TYOTON"), (date(2023, 6, 1), "KOULUTUS")), None),
        (((date(2025, 1, 1), "AVOIN_TYO"),), date(2023, 1, 2)),
    ],
)
def test_unemployment_runs_from_its_first_unbroken_row(rows: tuple[tuple[date, str], ...], since: date | None) -> None:
    person = a_person(statuses=tuple((on, LabourStatus(code)) for on, code in rows))
    assert states.unemployed_since(person, DAY) == since


def test_a_year_of_unemployment_counts_only_with_a_recorded_risk() -> None:
    assert states.group(a_person(intake=date(2023, 3, 28), exclusion_risk=True), DAY) is Group.S
    assert states.group(a_person(intake=date(2023, 3, 29), exclusion_risk=True), DAY) is Group.OTHERS
    assert states.group(a_person(intake=date(2023, 3, 28)), DAY) is Group.OTHERS


@pytest.mark.parametrize(
    ("codes", "status", "state"),
    [
        (("KUNTOUTTAVA", "PALKKATUKI"), "TYOTON", State.TUETTU_TYO),
        (("STARTTIRAHA",), "AVOIN_TYO", State.TUETTU_TYO),
        (("URAVALMENNUS", "KUNTOUTTAVA"), "TYOTON", State.KUNTOUTTAVA),
        (("KOULUTUSKOKEILU", "OMAEHTOINEN"), "TYOTON", State.TE_PALVELU),
        (("OMAEHTOINEN",), "AVOIN_TYO", State.KOULUTUS),
        (("TYOPAJA",), "KOULUTUS", State.KOULUTUS),
        (("TYOPAJA",), "OSA_AIKATYO", State.AVOIN_TYO),
        (("TYOPAJA",), "LOMAUTETTU", State.TYOTON),
        ((), "ULKOPUOLELLA", State.MUU),
    ],
)
def test_the_first_state_that_applies_decides(codes: tuple[str, ...], status: str, state: State) -> None:
    running = tuple(ServiceFact(service=code, start=date(2024, 1, 1), end=DAY) for code in codes)
    person = a_person(services=running, statuses=((date(2020, 1, 1), LabourStatus(status)),))
    assert states.state(person, DAY) is state


def test_end_dates_are_inclusive_last_days() -> None:
    one_day = ServiceFact(service="PALKKATUKI", start=DAY, end=DAY)
    person = a_person(exit=DAY, services=(one_day,))
    found = figures(person)
    assert found["CL01", ""] == found["ST01", "TUETTU_TYO"] == found["AR_A", "O"] == 1
    assert ("CL01", "") not in figures(a_person(exit=DAY - timedelta(1)))


def test_between_the_stock_day_and_the_months_end_only_flows_see_a_person() -> None:
    late = a_person(intake=LAST)
    assert figures(late) == {("IN01", ""): 1}
    left = a_person(exit=LAST)
    assert figures(left)["CL01", ""] == figures(left)["EX01", "MUU"] == 1
    assert figures(a_person(intake=date(2024, 4, 1))) == {}


@pytest.mark.parametrize(("on", "counts"), [(date(2024, 2, 29), 0), (MONTH.first, 1), (LAST, 1), (date(2024, 4, 1), 0)])
def test_intakes_and_exits_count_from_the_first_to_the_last_day(on: date, counts: int) -> None:
    assert figures(a_person(intake=on)).get(("IN01", ""), 0) == counts
    assert figures(a_person(exit=on, exit_reason=ExitReason.ELAKE)).get(("EX01", "ELAKE"), 0) == counts


def test_somebody_in_two_services_of_a_group_is_counted_once() -> None:
    two = tuple(ServiceFact(service=c, start=date(2024, 1, 1)) for c in ("TYOKOKEILU", "KOULUTUSKOKEILU"))
    found = figures(a_person(readings=((date(2024, 1, 1), 500),), services=two))
    assert found["SV01", "KOKEILU"] == found["AR_A", "P"] == 1


def test_a_person_taken_in_again_is_another_row() -> None:
    again = a_person(record_key=b"1" * 16, intake=date(2024, 3, 20))
    found = figures(a_person(exit=date(2024, 3, 10), exit_reason=ExitReason.TYO), again)
    assert found["EX01", "TYO"] == found["IN01", ""] == found["CL01", ""] == 1
