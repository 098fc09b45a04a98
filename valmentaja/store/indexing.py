"""What the search index holds and how it is made from the rows themselves; knows no transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlcipher3 import dbapi2

from valmentaja.i18n.formats import fold, loosen, sort_key

VERSION = 2
"""The schema version that brought the index; `fill` runs after the last step, when all sources are there."""

SOURCES = {
    "meeting": (
        "SELECT CAST(id AS TEXT) AS id, client_id, date, notes AS first, agreed AS second, id AS place "
        "FROM meeting WHERE 1"
    ),
    "answer": (
        "SELECT CAST(seq AS TEXT) AS id, client_id, answer.date, note AS first, '' AS second, assessment_id AS place "
        "FROM answer JOIN assessment ON assessment.id = assessment_id WHERE seq = (SELECT MAX(seq) FROM answer AS b "
        "WHERE b.assessment_id = answer.assessment_id AND b.item = answer.item AND b.rater = answer.rater)"
    ),
    "plan_goal": (
        "SELECT g.id, client_id, coalesce(drawn_up, frozen_at, '') AS date, words AS first, "
        "trim(why || ' ' || reached_when) AS second, plan_id AS place "
        "FROM plan_goal AS g JOIN plan ON plan.id = plan_id WHERE 1"
    ),
    "plan_step": (
        "SELECT s.id, client_id, coalesce(drawn_up, frozen_at, '') AS date, what AS first, provider AS second, "
        "plan_id AS place FROM plan_step AS s JOIN plan ON plan.id = plan_id WHERE 1"
    ),
    "told_fact": (
        "SELECT CAST(id AS TEXT) AS id, client_id, date, words AS first, '' AS second, id AS place "
        "FROM told_fact WHERE 1"
    ),
    "assessment_case": (
        "SELECT id, client_id, opened AS date, question AS first, outcome AS second, id AS place "
        "FROM assessment_case WHERE 1"
    ),
    "clarification": (
        "SELECT n.id, client_id, coalesce(received, ordered, opened) AS date, what AS first, result AS second, "
        "case_id AS place FROM clarification AS n JOIN assessment_case AS c ON c.id = case_id WHERE 1"
    ),
    "contribution": (
        "SELECT CAST(o.id AS TEXT) AS id, client_id, date, words AS first, author AS second, case_id AS place "
        "FROM contribution AS o JOIN assessment_case AS c ON c.id = case_id WHERE 1"
    ),
    "case_field": (
        "SELECT case_id || ' ' || field AS id, client_id, opened AS date, value AS first, '' AS second, "
        "case_id AS place FROM case_field JOIN assessment_case AS c ON c.id = case_id WHERE field <> 'ending'"
    ),
    "rating": (
        "SELECT CAST(seq AS TEXT) AS id, client_id, rating.date, reason AS first, '' AS second, "
        "assessment_id AS place FROM rating JOIN assessment ON assessment.id = assessment_id "
        "WHERE seq = (SELECT MAX(seq) FROM rating AS b WHERE b.assessment_id = rating.assessment_id "
        "AND b.domain = rating.domain AND b.aspect = rating.aspect)"
    ),
    "plan_review": (
        "SELECT r.id, client_id, date, words AS first, '' AS second, plan_id AS place "
        "FROM plan_review AS r JOIN plan ON plan.id = plan_id WHERE 1"
    ),
    "other_result": (
        "SELECT id, client_id, date, instrument AS first, note AS second, id AS place FROM other_result WHERE 1"
    ),
}
"""For each kind of note: id, client, day, its two texts, and what it belongs to."""

KEYS = {
    "meeting": "meeting.id",
    "answer": "answer.seq",
    "plan_goal": "g.id",
    "plan_step": "s.id",
    "told_fact": "told_fact.id",
    "assessment_case": "assessment_case.id",
    "clarification": "n.id",
    "contribution": "o.id",
    "case_field": "case_id || ' ' || field",
    "plan_review": "r.id",
    "rating": "rating.seq",
    "other_result": "other_result.id",
}
"""The column that a row's id in the index stands for."""

KEEP = (
    "INSERT INTO search_text (client_id, entity, entity_id, folded, loosened) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (entity, entity_id) DO UPDATE SET folded = excluded.folded, loosened = excluded.loosened"
)
Statement = tuple[str, str, str, str, str]


def name_words(family_name: str, given_names: str, number: str, phone: str) -> str:
    """What a person is found by; the identity code is not among it."""
    return f"{family_name} {given_names} {number} {phone_digits(phone)}".strip()


def phone_digits(phone: str) -> str:
    """`+358 40 123 4567` and `040 1234567` are the same number."""
    digits = "".join(c for c in phone if c.isdecimal())
    return f"0{digits[3:]}" if phone.strip().startswith("+358") else digits


def note_values(client: str, entity: str, row: str, *texts: str) -> Statement:
    """The values of `KEEP` for one note."""
    text = "\n".join(texts)
    return (client, entity, row, fold(text), loosen(text))


def not_indexed(read: Callable[[str, str], list[Any]], entity: str) -> Iterator[Statement]:
    """The values of `KEEP` for every note of a kind that has words and is not in the index."""
    found = read(
        f"SELECT id, client_id, first, second FROM ({SOURCES[entity]}) AS source WHERE first || second <> '' "
        "AND NOT EXISTS (SELECT 1 FROM search_text WHERE entity = ? AND entity_id = source.id)",
        entity,
    )
    for row, client, first, second in found:
        yield note_values(client, entity, row, first, second)


def fill(connection: dbapi2.Connection) -> None:
    """Index what an older version wrote. Nothing of it is news to the log, so nothing waits for it afterwards."""
    people = connection.execute("SELECT id, family_name, given_names, phone FROM client").fetchall()
    for number, family_name, given_names, phone in people:
        words = name_words(family_name, given_names, number, phone)
        connection.execute(
            "UPDATE client SET folded = ?, loosened = ?, sort_key = ? WHERE id = ?",
            (fold(words), loosen(words), sort_key(f"{family_name} {given_names}"), number),
        )
    connection.execute("DELETE FROM audit_pending")
    for entity in SOURCES:
        found = not_indexed(lambda sql, *values: list(connection.execute(sql, values).fetchall()), entity)
        connection.executemany(KEEP, list(found))
