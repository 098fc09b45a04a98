"""A municipality's instrument may be asked in further languages, by its file alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from room import Room

from valmentaja.base.errors import UserError
from valmentaja.definitions.instruments import load_instrument
from valmentaja.domain.assessment import Entered
from valmentaja.store import assessments
from valmentaja.store import meetings as kept
from valmentaja.ui.page import Place
from valmentaja.usecases import assessing, client_view, correcting, instruments, meetings

OWN = Path(__file__).parents[1] / "definitions" / "own-1.0.toml"


def with_language(folder: Path, code: str) -> Path:
    """The municipality's instrument with every text in one language more."""
    source = OWN.read_text("utf-8")
    told = re.sub(r'(en = "([^"]*)") \}', rf'\1, more = {{ {code} = "{code} \2" }} }}', source)
    told = re.sub(r'(?m)^(en = "([^"]*)")$', rf'\1\nmore = {{ {code} = "{code} \2" }}', told)
    made = folder / "own-1.0.toml"
    made.write_text(told, "utf-8")
    return made


def begin(room: Room, path: Path) -> str:
    instruments.add_own(room.session, path)
    assessing.answer(room.session, room.assessment, "A1", 4)
    assessing.close(room.session, room.assessment)
    made = assessing.begin(room.session, room.client, instrument="own-1.0").made
    room.main.go(Place(page="runner", key=made))
    return made


def test_a_language_in_which_the_whole_instrument_is_said_is_offered_to_the_client(room: Room, tmp_path: Path) -> None:
    begin(room, with_language(tmp_path, "so"))
    window = room.begin()
    assert window.view.languages == ("fi", "sv", "en", "so")
    window.languages["so"].click()
    window.go_to(0)
    assert window.question.statement.text().startswith("so ")
    assert window.languages["so"].text() == "Soomaali"


def test_a_language_in_which_something_is_missing_is_not_offered(room: Room, tmp_path: Path) -> None:
    path = with_language(tmp_path, "so")
    path.write_text(re.sub(r', more = \{ so = "so yes" \}', "", path.read_text("utf-8")), "utf-8")
    made = begin(room, path)
    assert client_view.view(room.session, made).languages == ("fi", "sv", "en")


def test_a_script_that_runs_from_the_right_turns_the_window_round(room: Room, tmp_path: Path) -> None:
    begin(room, with_language(tmp_path, "ar"))
    window = room.begin()
    window.speak("ar")
    assert window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    window.speak("sv")
    assert window.layoutDirection() == Qt.LayoutDirection.LeftToRight


@pytest.mark.parametrize("code", ["xx", "fi", "som"])
def test_what_is_no_further_language_is_refused_by_name(tmp_path: Path, code: str) -> None:
    with pytest.raises(UserError, match=f"own-1.0.toml.*more.{code}"):
        load_instrument(with_language(tmp_path, code))


def test_an_answer_of_an_earlier_meeting_that_the_client_changes_is_a_correction_with_its_reason(room: Room) -> None:
    assessing.answer(room.session, room.assessment, "A1", 4)
    room.clock.moment = room.clock.moment.replace(day=26)
    meetings.end(room.session, kept.running(room.session.store, room.client).id)
    meetings.start(room.session, room.client)
    window = room.begin()
    window.go_to(0)
    window.answer(8)
    first, second = reversed([g.answer for g in correcting.history(room.session, room.assessment, "A1")])
    assert (first.value, first.reason, first.entered) == (4, "", Entered.COACH)
    assert (second.value, second.entered) == (8, Entered.CLIENT)
    assert second.reason == "The client changed the answer in the client view."
    assert assessments.get(room.session.store, room.assessment).values()["A1"] == 8
