"""Clients as the indicators may see them: dates and codes under a random key (indicators.md §6)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from valmentaja.definitions.instrument import Instrument
from valmentaja.domain import assessment as rules
from valmentaja.domain.assessment import Value, parse_value
from valmentaja.domain.client import ClientId, ServicePeriod
from valmentaja.domain.codes import ExitReason, LabourStatus, MeetingMode, Rater
from valmentaja.indicators.facts import AssessmentFact, Person, PlanFact, ServiceFact, StepFact
from valmentaja.store import clients
from valmentaja.store.clients import day
from valmentaja.store.database import Reader, Row
from valmentaja.store.meetings import HELD

T = TypeVar("T")

SCORED = "suunta-"
"""Change and feedback are counted in the domains of this instrument, whichever version; of others only the day."""

_PEOPLE = "SELECT id, record_key, intake_date, exit_date, exit_reason, exclusion_risk FROM client"
_MET = f"SELECT client_id, date, mode FROM meeting WHERE attended = 1 AND {HELD} ORDER BY date"
_ASSESSED = (
    "SELECT client_id, id, instrument, (SELECT MAX(date) FROM current_answer WHERE assessment_id = id) AS completed "
    "FROM assessment WHERE closed IS NOT NULL AND completed IS NOT NULL ORDER BY completed, id"
)
_ANSWERS = (
    "SELECT assessment_id, json_group_object(item, value) FROM current_answer "
    "WHERE rater = ? AND assessment_id IN (SELECT id FROM assessment WHERE closed IS NOT NULL) GROUP BY assessment_id"
)
"""One row an assessment: ten years of a caseload are a hundred thousand answers."""
_PLANS = "SELECT client_id, id, signed, review_due, reviewed FROM plan WHERE signed IS NOT NULL ORDER BY signed, id"
_STEPS = "SELECT plan_id, planned_start, realised_start FROM plan_step WHERE planned_start IS NOT NULL"
_FOLLOWED = "SELECT client_id, date, status FROM follow_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Everybody as the database has them; `people` reckons the scores of their answers, in the worker if need be.

    `assessed` are (client, assessment, instrument, day of completion) in the order of completion, `answers` JSON by
    assessment.
    """

    known: tuple[tuple[ClientId, Person], ...]
    assessed: tuple[tuple[ClientId, str, str, str], ...]
    answers: Mapping[str, str]

    def people(self, instruments: Mapping[str, Instrument]) -> tuple[Person, ...]:
        """`instruments` by id reckon the scores."""
        measured = _by_client(self._measured(instruments))
        return tuple(replace(person, assessments=tuple(measured[client])) for client, person in self.known)

    def _measured(self, instruments: Mapping[str, Instrument]) -> Iterator[tuple[ClientId, AssessmentFact]]:
        """An instrument that is not here gives no scores."""
        for client, assessment, instrument, completed in self.assessed:
            made = instruments.get(instrument) if instrument.startswith(SCORED) else None
            given: dict[str, str] = {} if made is None else json.loads(self.answers.get(assessment, "{}"))
            values = {item: parse_value(value) for item, value in given.items()}
            yield client, _measured(date.fromisoformat(completed), made, values)


def gather(store: Reader) -> Gathered:
    """The whole caseload, past clients included."""
    met, follow_ups = _by_client(_met(store)), _by_client(_followed(store))
    planned = _by_client(_planned(store))
    known = tuple(
        (
            client,
            replace(
                person,
                met=tuple(met[client]),
                plans=tuple(planned[client]),
                follow_ups=tuple(follow_ups[client]),
            ),
        )
        for client, person in _people(store, store.rows(_PEOPLE), None)
    )
    return Gathered(
        known=known,
        assessed=tuple((str(r[0]), str(r[1]), str(r[2]), str(r[3])) for r in store.rows(_ASSESSED)),
        answers={str(r[0]): str(r[1]) for r in store.rows(_ANSWERS, Rater.ASIAKAS)},
    )


def everyone(store: Reader, instruments: Mapping[str, Instrument]) -> tuple[Person, ...]:
    """The whole caseload, past clients included; `instruments` by id reckon the scores of the assessments."""
    return gather(store).people(instruments)


def record_keys(store: Reader) -> dict[ClientId, bytes]:
    """The random key that stands for each client among the facts."""
    return {str(r[0]): bytes(r[1]) for r in store.rows("SELECT id, record_key FROM client")}


def person(store: Reader, client: ClientId) -> Person:
    """What tells where the client stands on a day, without meetings, assessments and plans; KeyError for nobody."""
    rows = store.rows(f"{_PEOPLE} WHERE id = ?", client)
    if not rows:
        raise KeyError(client)
    return next(found for _client, found in _people(store, rows, client))


def _people(store: Reader, rows: list[Row], client: ClientId | None) -> Iterator[tuple[ClientId, Person]]:
    statuses = _by_client((s.client, (s.date, s.status)) for s in clients.statuses(store, client))
    readings = _by_client((r.client, (r.date, r.days)) for r in clients.readings(store, client))
    services = _by_client((p.client, _fact(p)) for p in clients.services(store, client))
    for row in rows:
        found = Person(
            record_key=bytes(row[1]),
            intake=date.fromisoformat(row[2]),
            exit=day(row[3]),
            exit_reason=None if row[4] is None else ExitReason(row[4]),
            exclusion_risk=bool(row[5]),
            statuses=tuple(statuses[row[0]]),
            readings=tuple(readings[row[0]]),
            services=tuple(services[row[0]]),
        )
        yield row[0], found


def _fact(period: ServicePeriod) -> ServiceFact:
    return ServiceFact(service=period.service, start=period.start, end=period.end, sector=period.sector)


def _met(store: Reader) -> Iterator[tuple[ClientId, tuple[date, MeetingMode]]]:
    return ((r[0], (date.fromisoformat(r[1]), MeetingMode(r[2]))) for r in store.rows(_MET))


def _followed(store: Reader) -> Iterator[tuple[ClientId, tuple[date, LabourStatus]]]:
    return ((r[0], (date.fromisoformat(r[1]), LabourStatus(r[2]))) for r in store.rows(_FOLLOWED))


def _measured(completed: date, instrument: Instrument | None, values: Mapping[str, Value]) -> AssessmentFact:
    if instrument is None:
        return AssessmentFact(completed=completed)
    asked = {item.id for domain in instrument.domains if not domain.scored for item in domain.items}
    return AssessmentFact(
        completed=completed,
        scores=rules.scores(instrument, values),
        feedback={item: value for item, value in values.items() if item in asked and isinstance(value, int)},
    )


def _planned(store: Reader) -> Iterator[tuple[ClientId, PlanFact]]:
    """Signed plans in the order of signing, with the steps that had a day to begin."""
    steps = _by_client(
        (r[0], StepFact(planned=date.fromisoformat(r[1]), realised=day(r[2]))) for r in store.rows(_STEPS)
    )
    for client, plan, signed, due, reviewed in store.rows(_PLANS):
        yield (
            client,
            PlanFact(
                signed=date.fromisoformat(signed), review_due=day(due), reviewed=day(reviewed), steps=tuple(steps[plan])
            ),
        )


def _by_client(pairs: Iterable[tuple[ClientId, T]]) -> defaultdict[ClientId, list[T]]:
    found: defaultdict[ClientId, list[T]] = defaultdict(list)
    for client, fact in pairs:
        found[client].append(fact)
    return found
