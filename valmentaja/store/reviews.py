"""Reviews of plans; a review is added once and never changed."""

from __future__ import annotations

from datetime import date

from valmentaja.domain.plan import Plan
from valmentaja.domain.review import Review, ReviewLine, Verdict
from valmentaja.store import search
from valmentaja.store.audit import Event
from valmentaja.store.clients import day, iso
from valmentaja.store.database import Reader, Row, Transaction


def add(tx: Transaction, plan: Plan, review: Review) -> None:
    """The review with what was said of each goal and step."""
    event = Event("review", "plan_review", review.id, plan.client)
    held = (review.id, plan.id, iso(review.on), review.words, review.at)
    tx.change(event, "INSERT INTO plan_review (id, plan_id, date, words, at) VALUES (?, ?, ?, ?, ?)", *held)
    for line in review.lines:
        _add_line(tx, plan, review, line)
    search.keep(tx, plan.client, "plan_review", review.id, review.words, "")


def of_plan(store: Reader, plan: str) -> tuple[Review, ...]:
    """Oldest first."""
    rows = store.rows("SELECT id, plan_id, date, words, at FROM plan_review WHERE plan_id = ? ORDER BY date, at", plan)
    return tuple(_review(store, row) for row in rows)


def _add_line(tx: Transaction, plan: Plan, review: Review, line: ReviewLine) -> None:
    tx.change(
        Event("review", "review_verdict", line.about, plan.client),
        "INSERT INTO review_verdict (review_id, plan_id, about, verdict, why, new_date) VALUES (?, ?, ?, ?, ?, ?)",
        *(review.id, plan.id, line.about, line.verdict, line.why, iso(line.new_date)),
    )


def _review(store: Reader, row: Row) -> Review:
    sql = "SELECT about, verdict, why, new_date FROM review_verdict WHERE review_id = ? ORDER BY about"
    lines = tuple(
        ReviewLine(about=r[0], verdict=Verdict(r[1]), why=r[2], new_date=day(r[3])) for r in store.rows(sql, row[0])
    )
    return Review(id=row[0], plan=row[1], on=date.fromisoformat(row[2]), words=row[3], lines=lines, at=row[4])
