"""Obviously invented people for the training vault: the same ones every time, dated from a given day.

Names carry "Testi", identity codes come from the range 900–999 that is never given to anyone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

from valmentaja.definitions.instrument import Instrument
from valmentaja.domain.assessment import Answer, Assessment, NoValue, Value
from valmentaja.domain.client import BenefitReading, Client, Meeting, ServicePeriod, StatusChange
from valmentaja.domain.codes import (
    BenefitSource,
    EmployerSector,
    ExitReason,
    LabourStatus,
    MeetingMode,
    PlanKind,
    Rater,
)
from valmentaja.domain.hetu import compose_hetu
from valmentaja.domain.plan import Plan, Step

PEOPLE = 42
_Choice = TypeVar("_Choice")

_GIVEN = [
    "Kaisla",
    "Onni",
    "Aava",
    "Ilta",
    "Runo",
    "Sade",
    "Tuisku",
    "Usva",
    "Lumi",
    "Myrsky",
    "Virta",
    "Pilvi",
    "Halla",
    "Meri",
    "Tähti",
    "Kide",
    "Sointu",
    "Ruska",
    "Routa",
    "Pouta",
]
_FAMILY = [
    "Malliharju",
    "Näyteniemi",
    "Esimerkki",
    "Koeranta",
    "Mallikas",
    "Harjula",
    "Koeoja",
    "Harjoituslampi",
    "Kokeiluranta",
    "Näytelä",
    "Mallila",
    "Esimerkkilä",
    "Testiniemi",
    "Koivukoe",
    "Åkermalli",
    "Öljymalli",
    "Testilä",
    "Harjoitusmäki",
]
_SERVICES = (
    ("KUNTOUTTAVA", None),
    ("TYOKOKEILU", EmployerSector.YRITYS),
    ("TYONHAKUVALMENNUS", None),
    ("PALKKATUKI", EmployerSector.YRITYS),
    ("PALKKATUKI", EmployerSector.JARJESTO),
    ("RYHMAVALMENNUS", None),
    ("TYOPAJA", None),
    ("OMAEHTOINEN", None),
)
_AGREED = (
    "Heräät arkisin 7.30 ja kirjaat, miten meni.\nValmentaja varaa terveydenhoitajan ajan.",
    "Käyt tutustumassa työpajaan.\nSoitamme yhdessä Kelaan ensi kerralla.\nTuot todistukset mukanasi.",
    "Päivität ansioluettelon yhdessä kirjaston ohjaajan kanssa.",
)
"""What was agreed at the latest meeting."""
_MODES = (MeetingMode.KAYNTI, MeetingMode.KAYNTI, MeetingMode.KOTIKAYNTI, MeetingMode.PUHELIN, MeetingMode.VERKOSTO)


class Dice:
    """A stream of numbers from a seed, the same on every machine and Python."""

    def __init__(self, seed: str) -> None:
        self._seed, self._thrown = seed, 0

    def below(self, limit: int) -> int:
        self._thrown += 1
        drawn = hashlib.sha256(f"{self._seed} {self._thrown}".encode()).digest()
        return int.from_bytes(drawn[:8], "big") % limit

    def between(self, low: int, high: int) -> int:
        """Both ends included."""
        return low + self.below(high - low + 1)

    def one_of(self, choices: Sequence[_Choice]) -> _Choice:
        return choices[self.below(len(choices))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """One invented client with everything recorded."""

    client: Client
    statuses: tuple[StatusChange, ...]
    readings: tuple[BenefitReading, ...]
    services: tuple[ServicePeriod, ...]
    meetings: tuple[Meeting, ...]
    assessments: tuple[Assessment, ...]
    plans: tuple[Plan, ...]


def lives(instrument: Instrument, *, unit: str, municipality: str, today: date) -> tuple[Life, ...]:
    """`PEOPLE` invented clients whose history ends before `today`."""
    return tuple(_life(number, instrument, unit, municipality, today) for number in range(1, PEOPLE + 1))


def _life(number: int, instrument: Instrument, unit: str, municipality: str, today: date) -> Life:
    dice = Dice(f"valmentaja {number}")
    client = _client(dice, number, unit, municipality, today)
    last = min(client.exit_date or today, today - timedelta(days=1))
    services = _services(dice, client, last)
    return Life(
        client=client,
        statuses=_statuses(dice, client, last),
        readings=_readings(dice, client, last),
        services=services,
        meetings=_meetings(dice, client, last),
        assessments=_assessments(dice, client, instrument, last),
        plans=_plans(dice, client, services, last),
    )


def _client(dice: Dice, number: int, unit: str, municipality: str, today: date) -> Client:
    born = date(today.year - dice.between(20, 61), dice.between(1, 12), dice.between(1, 28))
    intake = today - timedelta(days=dice.between(40, 900))
    leaves = number % 9 == 0
    gone = intake + timedelta(days=(today - intake).days * 3 // 4) if leaves else None
    return Client(
        id=f"{unit}-{number:03d}",
        family_name=_FAMILY[(number * 5) % len(_FAMILY)],
        given_names=f"{_GIVEN[number % len(_GIVEN)]}-Testi",
        hetu=compose_hetu(born, 900 + number),
        birth_date=born,
        municipality=municipality,
        language=("fi", "fi", "fi", "sv", "fi", "ru", "fi")[number % 7],
        phone=f"000 000 {number:03d}",
        email=f"asiakas{number}@example.org",
        address=f"Testikatu {number}, 00000 Testilä",
        non_disclosure=number == 17,
        intake_date=intake,
        referred_by=("työvoimaviranomainen", "Kela", "itse", "etsivä nuorisotyö")[number % 4],
        exit_date=gone,
        exit_reason=dice.one_of(tuple(ExitReason)) if leaves else None,
        exclusion_risk=number % 3 == 0,
        exclusion_risk_reason="pitkä työttömyys" if number % 3 == 0 else "",
    )


def _statuses(dice: Dice, client: Client, last: date) -> tuple[StatusChange, ...]:
    rows = [StatusChange(client=client.id, date=client.intake_date, status=LabourStatus.TYOTON)]
    if dice.below(4) == 0:
        turn = _some_day(dice, client.intake_date + timedelta(days=20), last)
        status = dice.one_of((LabourStatus.AVOIN_TYO, LabourStatus.OSA_AIKATYO, LabourStatus.KOULUTUS))
        rows.append(StatusChange(client=client.id, date=turn, status=status))
    return tuple(rows)


def _readings(dice: Dice, client: Client, last: date) -> tuple[BenefitReading, ...]:
    if dice.below(8) == 0:
        return ()
    on = _some_day(dice, client.intake_date, last)
    source = dice.one_of((BenefitSource.KELA, BenefitSource.KASSA, BenefitSource.ASIAKAS))
    return (BenefitReading(client=client.id, date=on, days=dice.between(60, 1100), source=source),)


def _services(dice: Dice, client: Client, last: date) -> tuple[ServicePeriod, ...]:
    rows: dict[tuple[str, date], ServicePeriod] = {}
    for _ in range(dice.below(4)):
        start = _some_day(dice, client.intake_date + timedelta(days=14), last)
        end = start + timedelta(days=dice.between(30, 180))
        code, sector = dice.one_of(_SERVICES)
        rows[code, start] = ServicePeriod(
            client=client.id, service=code, start=start, end=None if end > last else end, sector=sector
        )
    return tuple(rows.values())


def _meetings(dice: Dice, client: Client, last: date) -> tuple[Meeting, ...]:
    rows, on = [], client.intake_date + timedelta(days=dice.between(0, 9))
    while on <= last:
        come = dice.below(12) != 0
        mode, minutes = dice.one_of(_MODES), dice.one_of((30, 45, 60, 90))
        rows.append(Meeting(client=client.id, date=on, mode=mode, minutes=minutes if come else 0, attended=come))
        on += timedelta(days=dice.between(12, 40))
    held = next((n for n in reversed(range(len(rows))) if rows[n].attended), None)
    if held is not None:
        rows[held] = replace(rows[held], agreed=_AGREED[len(rows) % len(_AGREED)])
    return tuple(rows)


def _assessments(dice: Dice, client: Client, instrument: Instrument, last: date) -> tuple[Assessment, ...]:
    """A first measurement within a month, the later ones about every half year, drifting a little upward."""
    rows: list[Assessment] = []
    on, lift = client.intake_date + timedelta(days=dice.between(7, 28)), 0
    level = {d.id: dice.between(2, 7) for d in instrument.domains}
    while on <= last and dice.below(6) != 0:
        name = f"{client.id}-{len(rows) + 1}"
        answers = tuple(
            Answer(item=i.id, rater=Rater.ASIAKAS, value=_value(dice, level[d.id] + lift), date=on)
            for d in instrument.domains_for(first_time=not rows)
            for i in d.items
        )
        rows.append(
            Assessment(id=name, client=client.id, instrument=instrument.id, opened=on, closed=on, answers=answers)
        )
        on, lift = on + timedelta(days=dice.between(150, 230)), lift + dice.below(3)
    return tuple(rows)


def _value(dice: Dice, level: int) -> Value:
    if dice.below(25) == 0:
        return dice.one_of((NoValue.EI_HALUA, NoValue.EI_KOSKE, NoValue.EI_KYSYTTY))
    return min(10, max(0, level + dice.between(-2, 2)))


def _plans(dice: Dice, client: Client, services: tuple[ServicePeriod, ...], last: date) -> tuple[Plan, ...]:
    """Signed plans reviewed about every three months; the steps are the services that came."""
    days = [client.intake_date + timedelta(days=dice.between(20, 50))]
    while days[-1] + timedelta(days=100) <= last:
        days.append(days[-1] + timedelta(days=dice.between(80, 100)))
    rows = [
        _plan(client, number, signed, reviewed, services)
        for number, (signed, reviewed) in enumerate(pairwise([*days, None]), start=1)
        if signed is not None and signed <= last
    ]
    return tuple(rows)


def _plan(
    client: Client, number: int, signed: date, reviewed: date | None, services: tuple[ServicePeriod, ...]
) -> Plan:
    name = f"{client.id}-P{number}"
    due = signed + timedelta(days=90)
    steps = tuple(
        Step(
            id=f"{name}-{place}",
            goal="",
            what="",
            service=s.service,
            planned_start=s.start - timedelta(days=5),
            realised_start=s.start,
        )
        for place, s in enumerate(services, start=1)
        if signed <= s.start <= due
    )
    return Plan(
        id=name,
        client=client.id,
        kind=(PlanKind.MONIALAINEN, PlanKind.VALMENNUS)[number % 2],
        drawn_up=signed,
        review_due=due,
        signed=signed,
        reviewed=reviewed,
        frozen_at=f"{signed.isoformat()}T00:00:00Z",
        steps=steps,
    )


def _some_day(dice: Dice, first: date, last: date) -> date:
    return first + timedelta(days=dice.below(max(1, (last - first).days)))
