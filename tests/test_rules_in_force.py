"""A unit changes a rule with a reason: what reads rules reads the change, and the shipped row stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from valmentaja.base.errors import UserError
from valmentaja.definitions.rules import rules as shipped
from valmentaja.domain.codes import PlanKind
from valmentaja.domain.queue import QueueKind
from valmentaja.usecases import brief, logs, planning, rules, today
from valmentaja.usecases.session import Changes, Session


def change(session: Session, rule: str, **other: object) -> Changes:
    held = rules.get(session, rule).rule
    given: dict[str, object] = {
        "enabled": held.enabled,
        "least": "" if held.least is None else str(held.least),
        "most": "" if held.most is None else str(held.most),
        "valid_from": held.valid_from,
        "valid_to": held.valid_to,
        "source": held.source,
        "reason": "The act was changed.",
    }
    return rules.change(session, rule, **(given | other))  # type: ignore[arg-type]


def test_as_shipped_until_something_is_changed(session: Session) -> None:
    assert rules.rules_in_force(session) == shipped()
    assert all(each.is_shipped for each in rules.listed(session))


def test_the_triggers_of_the_time_before_2026_are_off_in_a_new_vault(session: Session) -> None:
    held = rules.rules_in_force(session)
    assert not any(held[r].enabled for r in ("AKS-U25-TMT", "AKS-25-TMT", "AKS-25-TMT-180"))


def test_a_change_holds_is_kept_and_logged_and_goes_back(session: Session) -> None:
    change(session, "KTT-MONTHS", least="2", most="12", source="1/2027", reason="A new act.")
    held = rules.get(session, "KTT-MONTHS")
    assert (held.rule.least, held.rule.most, held.rule.source) == (2, 12, "1/2027")
    assert held.rule.text.fi.endswith("Muutettu: 2–12 kuukautta.")
    assert "rule_change" in {e.entity for e in logs.entries(session)}

    rules.back(session, "KTT-MONTHS", "Written by mistake.")
    held = rules.get(session, "KTT-MONTHS")
    assert held.rule == shipped()["KTT-MONTHS"]
    assert [c.reason for c in held.history] == ["Written by mistake.", "A new act."]
    with pytest.raises(UserError, match="already as shipped"):
        rules.back(session, "KTT-MONTHS", "Again.")


def test_two_changes_in_one_second_keep_their_order(session: Session) -> None:
    change(session, "THK", most="4")
    change(session, "THK", most="5")
    assert rules.get(session, "THK").rule.most == 5


@pytest.mark.parametrize(
    ("rule", "other", "says"),
    [
        ("KTT-MONTHS", {"least": "25"}, "“At most” is smaller than “at least”."),
        ("KTT-MONTHS", {"least": "0"}, "whole number from 1 to 1000"),
        ("KTT-MONTHS", {"most": "1001"}, "whole number from 1 to 1000"),
        ("KTT-MONTHS", {"most": "three"}, "“three” is not a whole number."),
        ("KTT-MONTHS", {"most": ""}, "needs the same limits as before"),
        ("SIGNATURES", {"most": "3"}, "needs the same limits as before"),
        ("THK", {"valid_from": date(2026, 1, 2), "valid_to": date(2026, 1, 1)}, "before the first day"),
        ("THK", {"reason": " "}, "Write why the rule is changed."),
        ("THK", {"source": ""}, "Write the source"),
    ],
)
def test_a_change_that_cannot_hold_is_refused_and_nothing_is_kept(
    session: Session, rule: str, other: dict[str, object], says: str
) -> None:
    with pytest.raises(UserError, match=says):
        change(session, rule, **other)
    assert rules.get(session, rule).is_shipped


def test_an_unknown_rule_is_a_user_error(session: Session) -> None:
    with pytest.raises(UserError, match="no such rule"):
        rules.get(session, "X")


def test_today_and_the_brief_go_by_the_rule_in_force(training_session: Session) -> None:
    session = training_session
    (entry, *_) = [e for e in today.queue(session) if e.kind is QueueKind.ASSESSMENT]
    change(session, "ASSESSMENT-30", most="60")

    (again,) = [e for e in today.queue(session) if e.about == entry.about]
    assert again.when == (entry.when or date.max) + timedelta(days=30)
    assert today.rule_of(session, again).text.fi.endswith("Muutettu: 60 päivää.")
    days = [line for part in brief.of_client(session, entry.client).parts for line in part.lines]
    assert [dict(line.values)["day"] for line in days if line.rule == "ASSESSMENT-30"] == [again.when]


def test_a_rule_that_is_off_reminds_of_nothing(training_session: Session) -> None:
    session = training_session
    assert any(e.rule == "ASSESSMENT-30" for e in today.queue(session))
    change(session, "ASSESSMENT-30", enabled=False)
    assert not any(e.rule == "ASSESSMENT-30" for e in today.queue(session))


def test_a_plan_is_reviewed_by_the_rule_in_force(training_session: Session) -> None:
    session = training_session
    entry = today.queue(session)[0]
    change(session, "MTS-REV", most="2")
    made = planning.draft(session, entry.client, PlanKind.MONIALAINEN).made
    assert planning.plan(session, made).review_due == date(2027, 1, 24)


@pytest.mark.parametrize(("enabled", "longer"), [(True, 1), (False, 0), (True, -1)])
def test_files_are_never_kept_longer_than_the_law_says(session: Session, *, enabled: bool, longer: int) -> None:
    most = rules.get(session, "DEL-4Y").rule.most
    assert most is not None

    def change() -> Changes:
        return rules.change(
            session,
            "DEL-4Y",
            enabled=enabled,
            least="",
            most=str(most + longer),
            valid_from=None,
            valid_to=None,
            source="Oma päätös",
            reason="Kokeilu",
        )

    if longer < 0:
        change()
        assert rules.get(session, "DEL-4Y").rule.most == most - 1
        return
    with pytest.raises(UserError, match="not longer"):
        change()
