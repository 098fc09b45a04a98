"""What is typed into the national system follows from what is confirmed, and what was typed is not offered again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from ura_facts import TODAY, codes, employment, entered, facts, met, plan, service, status

from valmentaja.definitions.ura import NAMES, CodeList, code_names
from valmentaja.domain import ura
from valmentaja.domain.codes import LabourStatus, MeetingMode, PlanKind
from valmentaja.domain.ura import BY_MODE, BY_PLAN, BY_STATUS, LISTS, Kind, News, summarise
from valmentaja.i18n import words

S = LabourStatus


@pytest.mark.parametrize("held", CodeList)
def test_each_name_reads_in_finnish_as_in_the_national_system(held: CodeList) -> None:
    official = code_names(held)
    assert {code: words("fi")(name) for code, name in NAMES[held].items()} == {c: official[c] for c in NAMES[held]}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_code_that_can_come_out_has_a_name(language: str) -> None:
    out = {
        Kind.EMPLOYMENT: {*BY_STATUS.values(), ura.PLACED, ura.IN_SERVICE, ura.SHORT_WEEK},
        Kind.PLAN: set(BY_PLAN.values()),
        Kind.SEGMENT: {ura.MULTI_AGENCY_SEGMENT},
        Kind.CONTACT: {c for modes in BY_MODE.values() for c in modes if c} | {ura.BOOKED, ura.NOT_BOOKED},
        Kind.JOB: {f"0{n}" for n in range(1, 7)},
    }
    assert out.keys() == LISTS.keys()
    for kind, each in out.items():
        assert each <= NAMES[LISTS[kind]].keys()
    told = [words(language)(name) for names in NAMES.values() for name in names.values()]
    assert len(set(told)) == len(told)


def test_the_employment_code_is_the_one_that_holds_today() -> None:
    since = date(2026, 3, 1)
    for held, code in BY_STATUS.items():
        assert employment(facts(statuses=(status(since, held),))) == [(code, since)]
    assert employment(facts()) == []
    assert employment(facts(statuses=(status(TODAY + timedelta(days=1), S.AVOIN_TYO),))) == []


def test_a_row_that_repeats_the_status_does_not_move_its_first_day() -> None:
    rows = (
        status(date(2026, 1, 1), S.KOULUTUS),
        status(date(2026, 5, 1), S.TYOTON),
        status(date(2026, 9, 1), S.TYOTON),
    )
    assert employment(facts(statuses=rows)) == [("02", date(2026, 5, 1))]


@pytest.mark.parametrize(
    ("held", "running", "code"),
    [
        (S.TYOTON, "TYOKOKEILU", "07"),
        (S.LOMAUTETTU, "KUNTOUTTAVA", "07"),
        (S.KOULUTUS, "OMAEHTOINEN", "08"),
        (S.TYOTON, "TYOPAJA", "02"),
        (S.TYOTON, "PALKKATUKI", "00"),
        (S.AVOIN_TYO, "PALKKATUKI", "00"),
        (S.AVOIN_TYO, "TYONHAKUVALMENNUS", "01"),
    ],
)
def test_a_service_comes_before_the_status_it_interrupts(held: LabourStatus, running: str, code: str) -> None:
    given = facts(
        statuses=(status(date(2026, 1, 1), held),),
        services=(service(running, date(2026, 6, 1)), service("TYOKOKEILU", date(2025, 1, 1), date(2025, 3, 1))),
    )
    assert [c for c, _since in employment(given)] == [code]


def test_plans_go_by_their_kind_and_a_multi_agency_one_says_the_segment_too() -> None:
    held = tuple(plan(kind) for kind in PlanKind)
    shown = summarise(facts(plans=held), (), TODAY)
    assert codes(shown, Kind.PLAN) == ["01", "03", "04", "07"]
    assert codes(shown, Kind.SEGMENT) == ["05"]
    assert ura.COACHING in shown.lacking
    # 21.30 UTC on the first of October is the second in Finland.
    assert {line.entry.since for line in shown.lines} == {date(2026, 10, 2)}
    signed = summarise(facts(plans=(plan(PlanKind.AKTIVOINTI, signed=date(2026, 10, 9)),)), (), TODAY)
    assert [(line.entry.since, line.entry.until) for line in signed.lines] == [(date(2026, 10, 9), date(2027, 1, 1))]


def test_nothing_that_is_not_confirmed_is_told() -> None:
    running = replace(met(TODAY), attended=True, started="2026-11-24T08:00:00Z")
    given = facts(
        statuses=(status(TODAY + timedelta(days=9), S.AVOIN_TYO),),
        services=(service("TYOKOKEILU", TODAY + timedelta(days=3)),),
        meetings=(met(TODAY, attended=False), running, met(TODAY + timedelta(days=2))),
        plans=(plan(PlanKind.AKTIVOINTI, frozen=None),),
        exit_date=TODAY + timedelta(days=5),
    )
    shown = summarise(given, (), TODAY)
    assert shown.said == ()
    assert shown.lacking == (ura.NO_STATUS, ura.DRAFT, ura.RUNNING, ura.NOT_HERE)


def test_a_contact_says_which_codes_it_may_be() -> None:
    held = (met(TODAY, time="9.00"), met(TODAY - timedelta(days=1)), met(TODAY, MeetingMode.PUHELIN))
    lines = summarise(facts(meetings=held), (), TODAY).lines
    told = {line.entry.code: line.entry.also for line in lines}
    assert told == {"35": ("21", "24", "27"), "36": ("21", "24", "27"), "01": ("31", "23", "26", "29")}


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (date(2026, 1, 10), "01"),
        (date(2026, 1, 11), "02"),
        (date(2026, 1, 31), "02"),
        (date(2026, 2, 1), "03"),
        (date(2026, 3, 31), "03"),
        (date(2026, 4, 1), "04"),
        (date(2026, 6, 30), "04"),
        (date(2026, 7, 1), "05"),
        (date(2026, 12, 31), "05"),
        (date(2027, 1, 1), "06"),
    ],
)
def test_a_job_lasts_from_its_first_day_to_its_last(end: date, code: str) -> None:
    shown = summarise(facts(services=(service("PALKKATUKI", date(2026, 1, 1), end),)), (), TODAY)
    assert [e.code for e in shown.said if e.kind is Kind.JOB] == [code]


def test_work_by_status_has_a_duration_once_it_is_over() -> None:
    rows = [status(date(2026, 1, 1), S.OSA_AIKATYO), status(date(2026, 2, 1), S.AVOIN_TYO)]
    assert [e for e in summarise(facts(statuses=tuple(rows)), (), TODAY).said if e.kind is Kind.JOB] == []
    rows.append(status(date(2026, 5, 1), S.TYOTON))
    (job,) = (e for e in summarise(facts(statuses=tuple(rows)), (), TODAY).said if e.kind is Kind.JOB)
    assert (job.code, job.since, job.until) == ("04", date(2026, 1, 1), date(2026, 4, 30))


def test_the_first_time_only_three_months_of_what_is_over_are_offered() -> None:
    held = tuple(met(day) for day in (TODAY, date(2026, 8, 24), date(2026, 8, 23), date(2024, 2, 1)))
    ended = (service("TYOPAJA", date(2026, 1, 1), date(2026, 8, 23)), service("TYOPAJA", date(2025, 1, 1)))
    shown = summarise(facts(meetings=held, services=ended), (), TODAY)
    assert len(codes(shown, Kind.CONTACT)) == 2
    assert len(codes(shown, Kind.SERVICE)) == 1
    assert shown.older == 3
    assert {line.news for line in shown.lines} == {News.FIRST}


def test_what_was_entered_is_the_same_new_changed_or_gone() -> None:
    before = facts(
        statuses=(status(date(2026, 1, 1), S.TYOTON),),
        services=(service("TYOPAJA", date(2026, 9, 1)), service("LAAKARI", date(2026, 9, 2))),
        meetings=(met(date(2026, 11, 1)),),
    )
    first = summarise(before, (), TODAY)
    was = entered(first, TODAY)
    again = summarise(before, (was,), TODAY)
    assert {line.news for line in again.lines} == {News.SAME}
    assert not again.waits
    assert codes(again, Kind.CONTACT) == []
    now = facts(
        statuses=(*before.statuses, status(date(2026, 11, 20), S.AVOIN_TYO)),
        services=(service("TYOPAJA", date(2026, 9, 1), date(2026, 11, 19)),),
        meetings=(*before.meetings, met(date(2026, 10, 15)), met(date(2026, 11, 1))),
    )
    shown = summarise(now, (was,), TODAY)
    news = {line.entry.key.partition(":")[0]: line for line in shown.lines}
    assert (news["employment"].news, news["service"].news) == (News.CHANGED, News.CHANGED)
    assert news["employment"].before is not None
    assert (news["employment"].before.code, news["employment"].entry.code) == ("02", "01")
    # A second meeting of the same day and one written down late are both new; the entered one is not offered.
    assert codes(shown, Kind.CONTACT) == ["36", "36"]
    assert [e.service for e in shown.gone] == ["LAAKARI"]
    assert shown.waits
    assert summarise(now, (was, entered(shown, TODAY + timedelta(days=1))), TODAY).gone == ()


def test_the_day_entered_last_counts_whatever_the_order() -> None:
    shown = summarise(facts(statuses=(status(date(2026, 1, 1), S.TYOTON),)), (), TODAY)
    one, two = entered(shown, date(2026, 5, 1)), entered(shown, date(2026, 6, 1))
    assert summarise(facts(), (two, one), TODAY).last == two
