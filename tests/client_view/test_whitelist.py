"""While fifty other clients are in the vault, no text of any of them is ever in the client's window."""

from __future__ import annotations

import pytest
from room import MARKS, PIN, Room, spoken

from valmentaja.base.errors import UserError
from valmentaja.domain.client_view import ClientView, in_language
from valmentaja.i18n import words
from valmentaja.ui.client_view import texts
from valmentaja.ui.page import Place
from valmentaja.ui.widgets.dialogs import Dialog
from valmentaja.usecases import client_view
from valmentaja.usecases.session import Area, changed


def foreign(found: list[str]) -> list[str]:
    return [text for text in found if any(mark in text for mark in MARKS)]


def test_walked_by_its_accessibility_tree_the_window_has_no_text_of_fifty_other_clients(crowd: Room) -> None:
    crowd.main.go(Place(page="clients"))
    crowd.rest()
    assert foreign(spoken(crowd.program.window)), "the walk finds the others where they are"
    crowd.main.go(Place(page="runner", key=crowd.assessment))
    window = crowd.begin()
    seen: set[str] = set()
    for language in window.view.languages:
        window.speak(language)
        window._turn_to(window.start)
        seen.update(spoken(window))
        for at in range(len(window.view.questions)):
            window.go_to(at)
            seen.update(spoken(window))
        window.answer(at % 11)
        seen.update(spoken(window))
        window.move_by(1)
        seen.update(spoken(window))
        window.ask_pin()
        seen.update(spoken(window))
    assert len(seen) > 3 * len(window.view.questions)
    assert foreign(sorted(seen)) == []
    assert not any(name in text for text in seen for name in ("Oma", "Aino", "U101", "Veera"))


def test_every_text_of_the_window_is_the_instruments_or_the_programs_own(crowd: Room) -> None:
    window = crowd.begin()
    allowed = known(window.view)
    for at in range(len(window.view.questions)):
        window.go_to(at)
        strange = [text for text in spoken(window) if text not in allowed and not is_figure(text)]
        assert strange == []


def known(view: ClientView) -> set[str]:
    """All that may stand there, in every language."""
    own = [text for name in dir(texts) if name.isupper() and isinstance(text := getattr(texts, name), str)]
    found = {"Valmentaja", "Suomi", "Svenska", "English", "A−", "A+"}
    for language in view.languages:
        say, total = words(language), len(view.questions)
        found |= {say(text) for text in own if "{" not in text}
        low, high = in_language(view.low, language), in_language(view.high, language)
        found |= {say(texts.ENDS, low=low, high=high), f"0, {low}", f"10, {high}"}
        found |= {in_language(view.stem, language), in_language(view.notice, language)}
        found |= {in_language(q.text, language) for q in view.questions}
        found |= {say(texts.ANSWERED, n=n, total=total) for n in range(total + 1)}
        found |= {
            f"{say(texts.WHERE, n=n + 1, total=total)} · {in_language(q.section, language)}"
            for n, q in enumerate(view.questions)
        }
    return found


def is_figure(text: str) -> bool:
    return all(part.strip("%").isdecimal() for part in text.split("/"))


def test_the_record_has_fields_for_texts_and_values_only(room: Room) -> None:
    view = client_view.view(room.session, room.assessment)
    written = repr(view)
    for own in ("Oma", "Aino", room.client, room.assessment):
        assert own not in written


def test_the_title_of_the_window_names_nobody(room: Room) -> None:
    assert room.begin().windowTitle() == "Valmentaja"


def test_a_fault_of_the_program_says_nothing_of_others_over_the_client_view(room: Room) -> None:
    window = room.begin()
    room.program._crashed(ValueError, ValueError(f"{MARKS[0]} {MARKS[2]}"), None)
    (told,) = window.findChildren(Dialog)
    assert told.isVisible()
    assert foreign(spoken(told)) == []
    told.reject()
    assert window.isVisible()
    assert not room.program.window.isVisible()


def test_when_the_assessment_is_gone_only_the_way_out_is_left(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    window = room.begin()
    window.go_to(0)

    def gone(*_asked: object) -> None:
        raise UserError("There is no such assessment.")

    monkeypatch.setattr(client_view, "view", gone)
    room.main.hub.changed.emit(changed(Area.ASSESSMENT))
    assert window.page is window.door
    room.type_pin(PIN)
    assert room.program.window.isVisible()
