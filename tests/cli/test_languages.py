"""Both command lines speak one language: also argparse's own words, and the system's reasons."""

from __future__ import annotations

import argparse
import errno
import inspect
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from valmentaja.base.errors import UserError
from valmentaja.base.paths import TRANSLATIONS
from valmentaja.base.reasons import SYSTEM_REASONS, system_reason
from valmentaja.central import main as central
from valmentaja.cli import main as coach
from valmentaja.i18n import command_line, words

Run = Callable[[Sequence[str]], int]
PROGRAMS = pytest.mark.parametrize("run", [coach.run, central.run])
OWN = sorted(command_line._ARGPARSE)


def said(capsys: pytest.CaptureFixture[str], run: Run, *argv: str) -> tuple[int, str]:
    code = run(argv)
    told = capsys.readouterr()
    return code, told.out + told.err


@PROGRAMS
@pytest.mark.parametrize("named", ["--language sv", "--language=sv"])
def test_what_is_wrong_with_the_command_is_said_in_the_language_asked_for(
    run: Run, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = said(capsys, run, "check", *named.split())
    assert code == command_line.USAGE
    assert told.startswith("användning: ")
    assert "check: fel: dessa saknas: " in told


@PROGRAMS
@pytest.mark.parametrize("argv", ["--language sv check", "--language=sv check", "--language fi check --language sv"])
def test_the_language_may_stand_before_the_command(run: Run, argv: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "check: fel: dessa saknas: " in said(capsys, run, *argv.split())[1]


def test_the_language_before_the_command_is_that_of_what_it_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, central.run, "--language", "sv", "init", str(tmp_path / "lake"))[1].startswith("Ett tomt")
    grouped = ("--language", "fi", "instrument", "--language", "sv", "check", str(tmp_path / "none"))
    assert "kan inte läsas" in said(capsys, coach.run, *grouped)[1]


@PROGRAMS
def test_where_nobody_can_type_one_sentence_says_so(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getpass", nobody)
    monkeypatch.setattr("valmentaja.central.registering.Lake", nobody)
    argv = ["init", str(tmp_path)] if run is central.run else ["create", str(tmp_path / "v"), *WHOSE]
    code, told = said(capsys, run, *argv, "--language", "en")
    assert code == command_line.REFUSED
    assert told == "\nA passphrase was asked for and cannot be typed here. Give it from a file; --help says how.\n"


@pytest.mark.parametrize(
    "line", ["clients {0}", "passphrase {0}", "restore {0}/b {0}/c", "create {0}/v --unit U1 --municipality 405"]
)
def test_a_closed_input_is_said_and_is_no_error_of_the_program(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", None)
    code, told = said(capsys, coach.run, *line.format(tmp_path).split(), "--language", "en")
    assert code == command_line.REFUSED
    assert "cannot be typed here" in told


WHOSE = ("--unit", "U101", "--municipality", "405")


def nobody(*_: object) -> str:
    raise EOFError


@pytest.mark.parametrize("wrong", ["--unit u101 --municipality 405", "--unit U101 --municipality 999"])
def test_whose_vault_it_is_is_checked_before_a_passphrase_is_asked_for(
    wrong: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getpass", nobody)
    code, told = said(capsys, coach.run, "create", str(tmp_path / "v"), *wrong.split(), "--language", "en")
    assert code == command_line.REFUSED
    assert "passphrase" not in told


@PROGRAMS
def test_the_help_has_no_english_in_finnish(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    for argv in (("--help",), ("check", "--help")):
        code, told = said(capsys, run, *argv, "--language", "fi")
        assert code == command_line.DONE
        assert told.startswith("käyttö: ")
        assert not [text for text in OWN if "%" not in text and text in told]
        assert "show program" not in told


def test_a_wrong_choice_and_a_missing_value_are_said_in_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert "ei kelpaa. Valitse jokin näistä: 'init'" in said(capsys, central.run, "foo", "--language", "fi")[1]
    assert "--workers: arvo puuttuu" in said(capsys, central.run, "ingest", "--language", "fi", "--workers")[1]


@pytest.mark.parametrize("text", OWN)
def test_our_texts_are_argparses_letter_by_letter(text: str) -> None:
    source = inspect.getsource(argparse)
    assert f"_({text!r})" in source or f'_("{text}")' in source, "argparse words it otherwise by now"


def test_argparse_has_its_own_words_back_afterwards(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, central.run, "foo", "--language", "fi")
    assert argparse.ArgumentParser(prog="p").format_usage().startswith("usage: ")


def test_a_reason_of_the_system_is_said_in_the_sentences_language(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file") as gone:
        (tmp_path / "none").read_bytes()
    error = UserError("{file} cannot be read ({reason}).", file="a", reason=system_reason(gone.value))
    assert words("fi").error(error) == "Tiedostoa a ei voi lukea (tiedostoa tai kansiota ei ole)."
    assert words("en").error(error) == "a cannot be read (No such file or directory)."
    assert words("fi")("{file} cannot be read ({reason}).", **error.values) == words("fi").error(error)


def test_reasons_are_worded_as_linux_does_and_others_stay_as_the_system_says_them() -> None:
    known = {os.strerror(number) for number in errno.errorcode}
    assert known >= SYSTEM_REASONS
    assert system_reason(OSError(errno.ELOOP, "Round and round")) == "Round and round"
    assert system_reason(PermissionError()) == "PermissionError"


def test_a_value_that_is_no_reason_of_the_system_is_never_translated() -> None:
    error = UserError("{file} cannot be read ({reason}).", file="options", reason="Client")
    assert words("fi").error(error) == "Tiedostoa options ei voi lukea (Client)."


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_catalogues_quote_as_their_languages_do(language: str) -> None:
    """Both marks are ”; the English “ is easily copied along."""
    with (TRANSLATIONS / language / "LC_MESSAGES" / "valmentaja.po").open("rb") as opened:
        said = [(text.id, str(text.string)) for text in read_po(opened)]
    assert not [msgid for msgid, text in said if "“" in text or "„" in text]


def test_finnish_has_one_word_for_an_option_and_one_for_the_units_code() -> None:
    with (TRANSLATIONS / "fi" / "LC_MESSAGES" / "valmentaja.po").open("rb") as opened:
        said = "\n".join(str(text.string) for text in read_po(opened)).casefold()
    assert "valitsimella --" in said
    assert "valinnalla --" not in said
    assert "yksikön koodi" in said
    assert "yksikön tunnus" not in said
