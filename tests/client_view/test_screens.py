"""Two screens, in a process of its own: the client's is chosen, and when it goes away nothing stays on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def screen(name: str, x: int, width: int, height: int) -> dict[str, object]:
    size = {"width": width, "height": height, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    return {"name": name, "x": x, "y": 0, **size}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the process with two screens saw."""
    folder = tmp_path_factory.mktemp("screens")
    both = {"synchronousWindowSystemEvents": True, "windowFrameMargins": True}
    screens = [screen("coach", 0, 1366, 768), screen("client", 1366, 1920, 1080)]
    (folder / "two.json").write_text(json.dumps({**both, "screens": screens}))
    child = os.environ | {
        "QT_QPA_PLATFORM": f"offscreen:configfile={folder / 'two.json'}",
        "VALMENTAJA_DATA": str(folder / "home"),
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests"), str(HERE))),
    }
    done = subprocess.run(
        [sys.executable, str(HERE / "two_screens.py"), str(folder / "vault")], env=child, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_client_view_fills_the_screen_that_was_chosen(told: dict[str, object]) -> None:
    assert told["screen"] == "client"
    assert told["geometry"] == [1366, 0, 1920, 1080]
    assert told["coach visible"] is True


def test_the_coachs_window_says_where_the_client_view_is(told: dict[str, object]) -> None:
    assert told["strip"] == "The client view is on, on screen client."


def test_what_the_client_answers_is_in_the_coachs_window_at_once(told: dict[str, object]) -> None:
    assert told["coach saw"] == 7


def test_with_the_coach_working_beside_the_clients_window_has_no_text_of_others(told: dict[str, object]) -> None:
    assert told["walked"] > 20
    assert told["foreign"] == []
    assert told["foreign in the coach's window"] > 0


def test_when_the_screen_goes_away_the_client_view_is_blank_and_the_coach_is_told(told: dict[str, object]) -> None:
    assert told["after removal visible"] is False
    assert told["after removal texts"] == []
    assert told["strip after removal"].startswith("The client's screen went away.")
    assert told["another screen away"] is True


def test_it_is_shown_again_on_the_screen_that_is_left(told: dict[str, object]) -> None:
    assert told["again on"] == "coach"
    assert told["coach hidden"] is True


def test_from_the_coachs_window_too_it_ends_by_the_pin_only(told: dict[str, object]) -> None:
    assert told["after wrong pin"] is True
    assert told["after right pin"] is False


def test_closing_the_coachs_window_leaves_nothing_on_the_clients_screen(told: dict[str, object]) -> None:
    assert told["left after closing"] == []
