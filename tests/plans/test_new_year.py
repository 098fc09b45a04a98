"""A new year's plan type is a file: it takes over on its day, and older plans keep their own template."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import UserError
from valmentaja.base.paths import RESOURCES
from valmentaja.definitions import plan_types
from valmentaja.domain.codes import PlanKind
from valmentaja.usecases import caseload, planning
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session

NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The coaching plan ends with 2026, and another file of its kind begins with 2027."""
    made = tmp_path / "resources" / "plan_types"
    shutil.copytree(RESOURCES / "plan_types", made)
    old = (made / "valmennus.toml").read_text("utf-8")
    head = 'kind = "VALMENNUS"\n'
    (made / "valmennus.toml").write_text(old.replace(head, f"{head}valid_to = 2026-12-31\n"), "utf-8")
    new = old.replace(head, f"{head}valid_from = 2027-01-01\n").replace('"Valmennussuunnitelma"', '"Uusi suunnitelma"')
    (made / "valmennus-2027.toml").write_text(new.replace('source = "–"', 'source = "1/2027"'), "utf-8")
    monkeypatch.setattr(plan_types, "RESOURCES", tmp_path / "resources")
    plan_types.every_plan_type.cache_clear()
    yield made
    plan_types.every_plan_type.cache_clear()


def client(session: Session) -> str:
    return caseload.take_on(session, NewClient(family_name="Esimerkki", given_names="Testi")).made


@pytest.mark.usefixtures("folder")
def test_it_takes_over_on_its_day_and_an_old_plan_keeps_its_own(session: Session, clock: FixedClock) -> None:
    person = client(session)
    old = planning.draft(session, person, PlanKind.VALMENNUS).made
    goal = planning.add_goal(session, old, words="Aamut kuntoon").made
    planning.add_step(session, old, goal, what="Herään", responsible=planning.Responsible.CLIENT, by=NEW_YEAR)
    planning.freeze(session, old)
    assert plan_types.plan_types(date(2026, 12, 31))["VALMENNUS"].source == "–"
    assert plan_types.plan_types(NEW_YEAR)["VALMENNUS"].source == "1/2027"

    clock.moment = datetime(2027, 1, 4, 8, tzinfo=UTC)
    made = planning.revise(session, old).made
    assert planning.plan_type_of(session, planning.plan(session, made)).name.fi == "Uusi suunnitelma"
    held = planning.plan(session, old)
    assert planning.plan_type_of(session, held).name.fi == "Valmennussuunnitelma"
    assert held.fingerprint == planning.fingerprint(planning.canonical(planning.plan_rules.content(held)))


def test_a_type_whose_days_are_over_is_not_drawn_up(session: Session, folder: Path, clock: FixedClock) -> None:
    (folder / "valmennus-2027.toml").unlink()
    plan_types.every_plan_type.cache_clear()
    clock.moment = datetime(2027, 1, 4, 8, tzinfo=UTC)
    with pytest.raises(UserError, match="not valid today"):
        planning.draft(session, client(session), PlanKind.VALMENNUS)


def test_two_files_for_one_day_are_refused(folder: Path) -> None:
    shutil.copy(folder / "valmennus.toml", folder / "valmennus-again.toml")
    plan_types.every_plan_type.cache_clear()
    with pytest.raises(UserError, match="Two templates of the plan type “VALMENNUS” are valid on the same day"):
        plan_types.every_plan_type()
