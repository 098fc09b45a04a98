"""A form entered twice: planted slips are found, nothing else is touched, and a kill loses nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from conftest import CHEAP, WORDS

from tests.instruments.versions import ITEMS, own
from tests.paper.forms import KEYS, a_form, entered, firsts, key_for, rows
from valmentaja.base.errors import UserError
from valmentaja.crypto.keys import DataKey
from valmentaja.domain.assessment import LEFT_EMPTY, Entered, NoValue
from valmentaja.domain.codes import Rater
from valmentaja.domain.page_code import SYMBOLS
from valmentaja.domain.paper_check import CHECKED, PAPER_SAYS
from valmentaja.domain.rating import Aspect
from valmentaja.store import assessments
from valmentaja.usecases import (
    assessing,
    caseload,
    finding,
    instruments,
    logs,
    opening,
    paper_entry,
    paper_form,
    rating,
)
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session, Unit

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent


def test_what_is_entered_is_an_answer_from_paper_of_its_day(session: Session) -> None:
    assessment = a_form(session)
    entered(session, assessment)
    held = assessing.assessments(session, paper_entry.desk(session, assessment).client_id)[0]
    assert {a.entered for a in held.answers} == {Entered.PAPER}
    assert {a.date for a in held.answers} == {session.today()}
    assert len(held.answers) == 45
    assert rating.ratings(session, assessment).number("A", Aspect.IMPORTANCE) == 3


@pytest.mark.parametrize("days", [1, 400, -1])
def test_a_day_on_which_the_form_cannot_have_been_filled_in_is_refused(session: Session, days: int) -> None:
    assessment = a_form(session)
    with pytest.raises(UserError, match="filled in"):
        paper_entry.enter(session, assessment, "A1", 7, on=session.today() + timedelta(days=days))
    assert firsts(session, assessment) == {}


@pytest.mark.parametrize("slips", [0, 1, 3, 8])
def test_planted_slips_are_found_and_only_they(session: Session, slips: int) -> None:
    assessment = a_form(session)
    first = entered(session, assessment)
    chance = Random(slips)
    wrong = set(chance.sample(sorted(first), slips))
    for row, value in first.items():
        said = chance.choice([v for v in range(11) if v != value]) if row in wrong else value
        paper_entry.enter_again(session, assessment, row, said)
    desk = paper_entry.desk(session, assessment)
    assert {line.row.id for line in desk.differing} == wrong
    assert desk.tally.is_checked is not bool(slips)
    assert firsts(session, assessment) == first


def test_a_swap_of_two_neighbours_and_a_skipped_row_are_found(session: Session) -> None:
    assessment = a_form(session)
    first = entered(session, assessment)
    order = list(first)
    slipped = [*order[1:11], order[0], *order[11:]]
    for row, other in zip(order, slipped, strict=True):
        value = first[other] if isinstance(first[other], int) else 0
        paper_entry.enter_again(session, assessment, row, first[row] if row not in order[:11] else value)
    found = {line.row.id for line in paper_entry.desk(session, assessment).differing}
    assert found
    assert found <= set(order[:11])


def test_each_difference_is_settled_its_own_way_and_the_rest_stays(session: Session) -> None:
    assessment = a_form(session)
    first = entered(session, assessment)
    wrong = {"A1": 1, "B2": 2, "C3": 9, "importance:D": 0}
    for row, value in first.items():
        paper_entry.enter_again(session, assessment, row, wrong.get(row, value))
    before = histories(session, assessment)
    settled = {"A1": first["A1"], "B2": 2, "C3": 5, "importance:D": 0}
    for row, value in settled.items():
        paper_entry.settle(session, assessment, row, value)
    desk = paper_entry.desk(session, assessment)
    assert desk.differing == ()
    assert (desk.tally.differences, desk.tally.settled, desk.tally.is_checked) == (4, 4, True)
    assert firsts(session, assessment) == first | settled
    after = histories(session, assessment)
    assert {item for item in after if after[item] != before[item]} == {"A1", "B2", "C3"}
    assert all(after[item][: len(before[item])] == before[item] for item in after)
    assert rating.ratings(session, assessment).number("D", Aspect.IMPORTANCE) == 0
    held = assessing.assessments(session, desk.client_id)[0]
    assert {a.item for a in held.answers if a.reason == CHECKED} == {"A1", "B2", "C3"}
    with pytest.raises(UserError, match="settled already"):
        paper_entry.settle(session, assessment, "A1", 4)


def test_a_second_entry_touches_no_answer(session: Session) -> None:
    assessment = a_form(session)
    first = entered(session, assessment)
    before = histories(session, assessment)
    for row in first:
        paper_entry.enter_again(session, assessment, row, 0)
    assert histories(session, assessment) == before


def test_a_page_is_not_checked_before_it_was_entered(session: Session) -> None:
    assessment = a_form(session)
    with pytest.raises(UserError, match="Enter it once first"):
        paper_entry.enter_again(session, assessment, "A1", 7)


def test_an_answer_given_otherwise_since_is_no_difference(session: Session) -> None:
    assessment = a_form(session)
    first = entered(session, assessment)
    for row, value in first.items():
        paper_entry.enter_again(session, assessment, row, value)
    assessing.answer(session, assessment, "A1", 0)
    desk = paper_entry.desk(session, assessment)
    assert first["A1"] != 0
    assert desk.differing == ()
    assert desk.tally.is_checked


def test_what_was_entered_from_paper_is_found_by_no_word_of_ours(session: Session) -> None:
    entered(session, a_form(session))
    assert finding.count_notes(session, "paper") == 0


def test_an_importance_has_no_boxes_so_every_letter_means_empty(session: Session) -> None:
    assessment = a_form(session)
    for value in (NoValue.EI_HALUA, NoValue.EI_KOSKE, NoValue.EI_KYSYTTY):
        paper_entry.enter(session, assessment, "importance:A", value, on=session.today())
        assert firsts(session, assessment) == {"importance:A": NoValue.EI_KYSYTTY}
        paper_entry.enter_again(session, assessment, "importance:A", NoValue.EI_KOSKE)
        assert paper_entry.desk(session, assessment).differing == ()


def test_a_code_opens_its_own_page_and_no_other(session: Session) -> None:
    assessment = a_form(session)
    for sheet in paper_entry.desk(session, assessment).sheets:
        assert paper_entry.find_page(session, assessment, sheet.code.text.lower()).number == sheet.number


def test_a_page_of_somebody_else_is_refused_with_whose_it_is(session: Session) -> None:
    mine, other = a_form(session, "Oma"), a_form(session, "Toinen")
    code = paper_entry.desk(session, other).sheets[2].code.text
    with pytest.raises(UserError) as refused:
        paper_entry.find_page(session, mine, code)
    assert refused.value.values["n"] == 3
    assert "Toinen" in str(refused.value.values["name"])


def test_a_slip_in_a_code_is_refused_wherever_it_is(session: Session) -> None:
    assessment = a_form(session)
    code = paper_entry.desk(session, assessment).sheets[0].code.text
    for place, right in enumerate(code):
        if right != "-":
            wrong = next(s for s in SYMBOLS if s != right)
            with pytest.raises(UserError, match="at least one character is wrong"):
                paper_entry.find_page(session, assessment, code[:place] + wrong + code[place + 1 :])


def test_a_page_of_the_clients_own_earlier_form_is_refused(session: Session) -> None:
    earlier = a_form(session)
    desk = paper_entry.desk(session, earlier)
    assessing.answer(session, earlier, "A1", 5)
    assessing.close(session, earlier)
    later = assessing.begin(session, desk.client_id).made
    assert (len(rows(desk)), len(rows(paper_entry.desk(session, later)))) == (56, 60)
    with pytest.raises(UserError, match="another form"):
        paper_entry.find_page(session, later, desk.sheets[1].code.text)


def test_the_municipalitys_own_instrument_has_its_paper_too(session: Session, tmp_path: Path) -> None:
    instruments.add_own(session, own(tmp_path))
    new = NewClient(family_name="Omanen", given_names="Testi", birth_date=date(1990, 2, 3))
    client = caseload.take_on(session, new).made
    assessment = assessing.begin(session, client, instrument="own-1.0").made
    asked = {row.id for row in rows(paper_entry.desk(session, assessment)) if row.item is not None}
    assert asked == set(ITEMS) - {"R1"}
    first = entered(session, assessment)
    for row, value in first.items():
        paper_entry.enter_again(session, assessment, row, value)
    assert paper_entry.desk(session, assessment).tally.is_checked
    assert paper_form.draw(paper_form.sheets(session, assessment)).startswith(b"%PDF")


def test_a_closed_assessment_takes_nothing_from_paper(session: Session) -> None:
    assessment = a_form(session)
    entered(session, assessment)
    assessing.close(session, assessment)
    with pytest.raises(UserError, match="closed"):
        paper_entry.enter(session, assessment, "A1", 1, on=session.today())
    with pytest.raises(UserError, match="closed"):
        paper_entry.enter_again(session, assessment, "A1", 1)


def test_a_kill_of_the_window_in_the_second_entry_loses_no_row_and_it_goes_on(tmp_path: Path) -> None:
    made = opening.create(tmp_path / "vault", WORDS, unit=Unit(code="U101", municipality="405", coach=""), cost=CHEAP)
    key = tmp_path / "key"
    key.write_bytes(made.key.reveal())
    session = opening.open_session(tmp_path / "vault", made.key)
    assessment = a_form(session)
    first = entered(session, assessment)
    opening.close(session)
    said = killed(tmp_path / "vault", key, assessment, after=23)
    session = opening.open_session(tmp_path / "vault", DataKey(bytearray(key.read_bytes())))
    try:
        desk = paper_entry.desk(session, assessment)
        seconds = {line.row.id: line.second for sheet in desk.sheets for line in sheet.lines if line.second is not None}
        assert len(said) >= 23
        assert set(said) <= set(seconds)
        assert firsts(session, assessment) == first
        going_on = desk.next_sheet(second=True)
        assert going_on is not None
        open_rows = [line.row.id for line in going_on.lines if line.second is None]
        assert open_rows[0] == list(first)[len(seconds)]
        assert logs.first_break(session) is None
    finally:
        opening.close(session)


def killed(vault: Path, key: Path, assessment: str, after: int) -> list[str]:
    """Rows that a child acknowledged before it was killed."""
    command = [sys.executable, str(HERE / "again.py"), str(vault), str(key), assessment]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings) as child:
        lines = [child.stdout.readline() for _ in range(after)] if child.stdout else []
        child.kill()
        rest = child.stdout.read() if child.stdout else ""
    return [line.strip() for line in [*lines, *rest.splitlines(keepends=True)] if line.endswith("\n")]


def histories(session: Session, assessment: str) -> dict[str, tuple[str, ...]]:
    """Every value ever given, by item."""
    made = rows(paper_entry.desk(session, assessment))
    return {
        row.id: tuple(v for _at, v in assessments.history(session.store, assessment, row.id, Rater.ASIAKAS))
        for row in made
        if row.item is not None
    }


def test_every_key_of_the_pattern_is_an_answer() -> None:
    assert {key_for(n) for n in range(60)} <= set(KEYS)


def test_an_empty_row_takes_no_answer_away(session: Session) -> None:
    assessment = a_form(session)
    assessing.answer(session, assessment, "A1", 7, note="aamut")
    rating.rate(session, assessment, "A", Aspect.IMPORTANCE, "9")
    paper_entry.enter(session, assessment, "A1", NoValue.EI_KYSYTTY, on=session.today())
    held = assessing.assessments(session, paper_entry.desk(session, assessment).client_id)[0]
    assert held.values()["A1"] == 7
    paper_entry.enter_again(session, assessment, "A1", NoValue.EI_KYSYTTY)
    assert paper_entry.desk(session, assessment).differing == ()
    with pytest.raises(UserError, match="already"):
        paper_entry.enter(session, assessment, "importance:A", NoValue.EI_KYSYTTY, on=session.today())
    assert rating.ratings(session, assessment).number("A", Aspect.IMPORTANCE) == 9


def test_another_answer_gives_way_to_paper_only_when_it_is_said_and_keeps_its_reason(session: Session) -> None:
    assessment = a_form(session)
    assessing.answer(session, assessment, "A1", 7)
    with pytest.raises(UserError, match="already"):
        paper_entry.enter(session, assessment, "A1", 3, on=session.today())
    paper_entry.enter(session, assessment, "A1", 3, on=session.today(), instead=True)
    held = assessing.assessments(session, paper_entry.desk(session, assessment).client_id)[0]
    given = next(a for a in held.answers if a.item == "A1")
    assert (given.value, given.reason) == (3, PAPER_SAYS)
    assert [v for _at, v in assessments.history(session.store, assessment, "A1", Rater.ASIAKAS)] == ["7", "3"]


def test_what_paper_left_empty_is_no_correction(session: Session) -> None:
    assessment = a_form(session)
    assessing.answer(session, assessment, "A1", 7)
    paper_entry.enter(session, assessment, "A1", NoValue.EI_KYSYTTY, on=session.today())
    held = assessing.assessments(session, paper_entry.desk(session, assessment).client_id)[0]
    stays = next(a for a in held.answers if a.item == "A1")
    assert (stays.value, stays.reason, stays.is_correction) == (7, LEFT_EMPTY, False)
