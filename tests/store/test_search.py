"""Search finds whom one means, whatever is typed, and keeps nothing of who is gone."""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sqlcipher3 import dbapi2

from valmentaja.domain.client import Client
from valmentaja.domain.codes import PlanKind
from valmentaja.store import clients, indexing, search
from valmentaja.store.audit import Event
from valmentaja.usecases import assessing, caseload, finding, logs, meetings, opening, planning
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.session import Session

HERE = Path(__file__).parent
with (HERE / "search_cases.csv").open(encoding="utf-8", newline="") as _file:
    CASES = list(csv.DictReader(_file))
OPERATORS = (
    '"',
    "*",
    "-",
    "^",
    "(",
    ")",
    "{",
    "}",
    ":",
    "+",
    ",",
    "'",
    ";",
    "\\",
    "%",
    "_",
    " AND ",
    " OR ",
    " NOT ",
    "NEAR(",
)
ODD = (
    "\x00",
    "\x01",
    "\x1b",
    "\ud800",
    "\udfff",
    "\u200b",
    "\u0308",
    "\ufeff",
    "😀",
    "İ",
    "ß",
    "ﬁ",
    "Å",
    "\U0001e900",
    "٣",
)


def invented(family_name: str, given_names: str, session: Session, number: int) -> Client:
    return Client(
        id=f"U101-{number:03d}",
        family_name=family_name,
        given_names=given_names,
        intake_date=session.today(),
        phone="041 555 0000",
    )


def fill(session: Session, names: list[tuple[str, str]]) -> None:
    people = [invented(family, given, session, n) for n, (family, given) in enumerate(names, start=1)]
    with session.store.writing() as tx:
        clients.add_many(tx, [(person, session.chance.token(16)) for person in people])


def found(session: Session, typed: str) -> list[str]:
    return [f"{row.family_name} {row.given_names}" for row in finding.people(session, typed).rows]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """One vault for all cases; each puts its own people in."""
    from conftest import CHEAP, NOW, WORDS

    from valmentaja.base.clock import FixedClock
    from valmentaja.usecases.session import Unit

    folder = tmp_path_factory.mktemp("search") / "vault"
    made = opening.create(
        folder, WORDS, unit=Unit(code="U101", municipality="405", coach=""), clock=FixedClock(NOW), cost=CHEAP
    )
    opened = opening.open_session(folder, made.key, clock=FixedClock(NOW))
    yield opened
    opening.close(opened)


@pytest.mark.parametrize("case", CASES, ids=[f"{n} {case['why']}" for n, case in enumerate(CASES, start=1)])
def test_the_right_people_in_the_right_order(shared: Session, case: dict[str, str]) -> None:
    with shared.store.writing() as tx:
        tx.change(Event("remove", "client", ""), "DELETE FROM client")
    names = [name.rpartition(" ") for name in case["names"].split("|")]
    fill(shared, [(family, given) for family, _, given in names])
    first = caseload.client(shared, "U101-001")
    other = replace(first, phone="")
    with shared.store.writing() as tx:
        clients.edit(tx, replace(first, hetu="010190-900P"))
        for number in range(2, len(names) + 1):
            clients.edit(tx, replace(caseload.client(shared, f"U101-{number:03d}"), phone=other.phone))
    assert found(shared, case["typed"]) == [name for name in case["found"].split("|") if name]


def test_there_are_forms_of_both_kinds_among_the_cases() -> None:
    assert len(CASES) >= 40
    typed = [case["typed"] for case in CASES]
    assert any(text != unicodedata.normalize("NFC", text) for text in typed)


def _letters(text: str) -> str:
    """Written down apart from the program: what remains of a text when accents other than å ä ö are off."""
    kept = []
    for letter in unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()):
        if letter in "åäö":
            kept.append(letter)
        else:
            kept += [c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c)]
    strokes = {"đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "ł": "l", "ħ": "h", "ı": "i", "ø": "ö", "æ": "ä"}
    return "".join(strokes.get(c, c) for c in kept)


def _is_meant(person: Client, typed: str) -> bool:
    """Naively: each word typed begins one of the person's, letter by letter; *a* may stand for *å* and *ä*."""
    open_up = {"å": "a", "ä": "a", "ö": "o"}

    def parts(text: str) -> list[str]:
        return "".join(c if c.isalnum() else " " for c in _letters(text)).split()

    mine = parts(f"{person.family_name} {person.given_names} {person.id} {person.phone.replace(' ', '')}")

    def begins(word: str) -> bool:
        exact = any(c in open_up for c in word)
        return any(
            m.startswith(word) if exact else "".join(open_up.get(c, c) for c in m).startswith(word) for m in mine
        )

    return bool(parts(typed)) and all(begins(word) for word in parts(typed))


def _scramble(chance: Random, names: list[str]) -> str:
    parts = [chance.choice((*OPERATORS, *ODD, " ", "a", "ä", "o", "mä", chance.choice(names)[:3]))]
    while chance.random() < 0.6:
        parts.append(
            chance.choice((*OPERATORS, *ODD, " ", chr(chance.randrange(0x20, 0x250)), chance.choice(names)[:4]))
        )
    return "".join(parts)


def _fuzz(session: Session, rounds: int) -> tuple[int, int, int]:
    """Strings tried, people found as typed, and strings that MATCH itself refuses."""
    chance = Random(12)
    names = ["Mäki", "Saari", "Öhman", "Åkerlund", "Kallio-Mäki", "Groß", "Áŋŋel", "Xu", "Orava", "Nearko", "O'Neil"]
    fill(session, [(chance.choice(names), chance.choice(names)) for _ in range(60)])
    people = {person.id: person for person in clients.every(session.store)}
    seen = refused = 0
    for _ in range(rounds):
        typed = _scramble(chance, names)
        ids, sure = search.people(session.store, session.names, typed)
        assert all(_is_meant(people[one], typed) for one in ids[:sure]), repr(typed)
        missed = {one for one, person in people.items() if _is_meant(person, typed)} - set(ids[:sure])
        assert not missed or any(ord(c) > 0xFFFF or c == "٣" for c in typed), repr(typed)
        search.count_notes(session.store, typed, most=51)
        seen += sure
        try:
            session.store._connection.execute(
                "SELECT rowid FROM name_index WHERE name_index MATCH ?", (typed,)
            ).fetchall()
        except (dbapi2.Error, UnicodeError):
            refused += 1
    return rounds, seen, refused


def test_nothing_that_is_typed_breaks_the_search_or_finds_a_stranger(session: Session) -> None:
    _rounds, seen, refused = _fuzz(session, 1500)
    assert seen > 1000
    assert refused > 300


@pytest.mark.slow
def test_twenty_thousand_strings_break_nothing(session: Session) -> None:
    rounds, seen, refused = _fuzz(session, 20_000)
    sys.stdout.write(f"{rounds} strings, {seen} people found as typed, {refused} strings that MATCH itself refuses\n")
    assert refused > 4000


def _names(chance: Random, many: int) -> list[tuple[str, str]]:
    front = (
        "Koi",
        "Mä",
        "Vir",
        "Lep",
        "Haa",
        "Kor",
        "Sal",
        "Nie",
        "Hie",
        "Jär",
        "Öl",
        "Åker",
        "Tuo",
        "Pel",
        "Rai",
        "Kuu",
    )
    middle = ("vu", "ke", "ta", "pä", "vi", "ho", "mi", "ri", "lo", "sa", "ne", "ky")
    back = ("nen", "la", "mäki", "niemi", "lahti", "järvi", "lund", "ranta", "oja", "saari", "maa", "koski")
    given = ("Testi-Aava", "Testi-Onni", "Testi-Kaisla", "Testi-Runo", "Testi-Meri", "Testi-Halla")
    return [
        (chance.choice(front) + chance.choice(middle) + chance.choice(back), chance.choice(given)) for _ in range(many)
    ]


def _swapped(chance: Random, name: str) -> str:
    """Two different neighbours in the wrong order."""
    places = [n for n in range(len(name) - 1) if name[n].lower() != name[n + 1].lower()]
    at = chance.choice(places)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


@pytest.mark.slow
def test_a_swapped_letter_in_a_name_finds_the_name_among_two_thousand(session: Session) -> None:
    chance = Random(7)
    names = _names(chance, 2000)
    fill(session, names)
    found_, right = 0, 0
    for family, _given in names:
        rows = finding.people(session, _swapped(chance, family), most=10).rows
        found_ += family in [row.family_name for row in rows]
        right += rows[0].family_name == family if rows else 0
    sys.stdout.write(f"family name in the first ten: {found_ / 2000:.4f}, first: {right / 2000:.4f}\n")
    assert found_ == 2000


def test_a_change_of_name_is_found_at_once(session: Session) -> None:
    made = caseload.take_on(session, NewClient(family_name="Korhonen", given_names="Testi")).made
    assert found(session, "korohnen") == ["Korhonen Testi"]
    caseload.edit(session, replace(caseload.client(session, made), family_name="Virtanen"))
    assert found(session, "korohnen") == []
    assert found(session, "vritanen") == ["Virtanen Testi"]


def _whole(session: Session, index: str) -> None:
    session.store._connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")


def _with_notes(session: Session) -> str:
    person = caseload.take_on(session, NewClient(family_name="Korhonen", given_names="Testi")).made
    meeting = meetings.start(session, person).made
    meetings.keep_notes(session, int(meeting), notes="Pitää puutöistä", agreed="Soitetaan pajalle")
    held = assessing.begin(session, person).made
    item = assessing.runner(session, held).order[0]
    assessing.answer(session, held, item, 4, note="aamuvirkku")
    assessing.answer(session, held, item, 6, note="iltavirkku")
    plan = planning.draft(session, person, PlanKind.MONIALAINEN).made
    goal = planning.add_goal(session, plan, words="Oma verstas").made
    planning.add_step(session, plan, goal, what="Käydään kirpputorilla")
    return person


def test_every_kind_of_note_is_found_by_the_letters_it_is_written_with(session: Session) -> None:
    _with_notes(session)
    kinds = {"puuto": "meeting", "PAJAL": "meeting", "iltav": "answer", "verst": "plan_goal", "kirpp": "plan_step"}
    for typed, kind in kinds.items():
        (hit,) = finding.notes(session, typed)
        assert hit.entity == kind
        assert typed.lower() in unicodedata.normalize("NFD", hit.snippet.lower()).replace("\u0308", "")
    assert finding.notes(session, "aamuv") == ()
    assert finding.count_notes(session, "p") == 0
    assert finding.count_notes(session, "pu") == 1


def test_words_around_the_hit_are_shown_and_the_showing_is_logged(session: Session) -> None:
    person = _with_notes(session)
    text = "alku " * 40 + "pitää puutöistä " + "loppu " * 40
    meetings.keep_notes(session, 1, notes=text, agreed="")
    before = len(logs.entries(session, client_id=person))
    finding.count_notes(session, "puutö")
    assert len(logs.entries(session, client_id=person)) == before
    (hit,) = finding.notes(session, "puutö")
    assert "pitää puutöistä loppu" in hit.snippet
    assert len(hit.snippet) < 140
    entry = logs.entries(session, client_id=person)[0]
    assert (entry.action, entry.entity, entry.entity_id) == ("find", "search_text", "")


def test_a_note_that_is_written_over_is_not_found_any_more(session: Session) -> None:
    _with_notes(session)
    meetings.keep_notes(session, 1, notes="Muuta", agreed="")
    assert finding.notes(session, "puutö") == ()
    meetings.keep_notes(session, 1, notes="", agreed="")
    assert session.store.number("SELECT COUNT(*) FROM search_text WHERE entity = 'meeting'") == 0


def test_no_word_of_an_erased_client_stays_in_the_index(session: Session) -> None:
    person = _with_notes(session)
    for index in ("name_index", "note_index"):
        session.store._connection.execute(
            f"CREATE VIRTUAL TABLE temp.{index}_words USING fts5vocab(main, {index}, row)"
        )
    words = "SELECT COUNT(*) FROM temp.{}_words"
    assert session.store.number(words.format("note_index")) > 5
    with session.store.writing() as tx:
        tx.change(Event("erase", "client", person, person), "DELETE FROM client WHERE id = ?", person)
    for index in ("name_index", "note_index"):
        assert session.store.number(words.format(index)) == 0
        _whole(session, index)


def test_an_index_that_lost_a_word_is_noticed(session: Session) -> None:
    _with_notes(session)
    _whole(session, "note_index")
    session.store._connection.execute("DROP TRIGGER note_index_removed")
    session.store._connection.execute("DELETE FROM search_text WHERE entity = 'meeting'")
    with pytest.raises(dbapi2.Error):
        _whole(session, "note_index")


def test_what_was_written_in_bulk_is_found_after_catching_up(session: Session) -> None:
    _with_notes(session)
    with session.store.writing() as tx:
        tx.change(Event("import", "meeting", ""), "UPDATE meeting SET notes = 'Kalastaa', agreed = ''")
        tx.derive("DELETE FROM search_text")
    assert finding.count_notes(session, "kalas") == 0
    with session.store.writing() as tx:
        for entity in indexing.SOURCES:
            search.catch_up(tx, entity)
    assert finding.count_notes(session, "kalas") == 1
    assert finding.count_notes(session, "aamuv") == 0
