"""An assessment is read with the version it was begun with, from the vault, whatever is shipped or added later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from two_vaults import everything, give, look, meet, taker
from versions import own

from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import UserError
from valmentaja.definitions import instruments as files
from valmentaja.domain.assessment import Entered, NoValue
from valmentaja.domain.case import CaseKind
from valmentaja.domain.rating import Aspect
from valmentaja.store import instruments as kept
from valmentaja.usecases import assessing, caseload, cases, instruments, moving, opening, own_records, rating, receiving
from valmentaja.usecases.caseload import NewClient
from valmentaja.usecases.instruments import Origin
from valmentaja.usecases.session import Session


@pytest.fixture
def client(session: Session) -> str:
    return caseload.take_on(session, NewClient(family_name="Kokeilija", given_names="Testi")).made


@pytest.fixture
def other(tmp_path: Path, clock: FixedClock, session: Session) -> Iterator[Session]:
    """Another coach; the two trust each other."""
    taking = taker(tmp_path / "other", clock)
    meet(session, taking, tmp_path)
    yield taking
    opening.close(taking)


def ids(session: Session) -> list[str]:
    return [k.id for k in kept.all_kept(session.store)]


def ship_nothing(monkeypatch: pytest.MonkeyPatch, *but: str) -> None:
    """The program of another day, which brings only these instruments."""
    left = MappingProxyType({id_: files.load_instrument(files.FOLDER / f"{id_}.toml") for id_ in but})
    monkeypatch.setattr(files, "instruments", lambda: left)
    monkeypatch.setattr(files, "shipped", left.get)


def test_an_instrument_is_kept_when_an_assessment_is_begun_with_it(session: Session, client: str) -> None:
    assert ids(session) == []
    assessing.begin(session, client, instrument="kunnonsyyni-1.0")
    assert ids(session) == ["kunnonsyyni-1.0", "suunta-1.0"]  # with the one whose texts it uses


def test_an_assessment_is_read_when_its_instrument_is_no_longer_shipped(
    session: Session, client: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = assessing.begin(session, client, instrument="kunnonsyyni-1.0").made
    before = assessing.runner(session, begun)
    ship_nothing(monkeypatch, "startti-1.0")

    assert assessing.runner(session, begun).order == before.order
    assert assessing.runner(session, begun).instrument == before.instrument
    assert [(r.instrument.id, r.origin) for r in instruments.listed(session)] == [
        ("startti-1.0", Origin.SHIPPED),
        ("suunta-1.0", Origin.EARLIER),
        ("kunnonsyyni-1.0", Origin.EARLIER),
    ]


def test_an_older_vault_gets_what_its_assessments_use_at_opening(session: Session, client: str) -> None:
    assessing.begin(session, client)
    with session.store.writing() as tx:
        tx.change(kept.Event("test", "instrument", "suunta-1.0"), "DELETE FROM instrument")
    assert ids(session) == []

    instruments.settle(session)
    assert ids(session) == ["suunta-1.0"]
    entries = everything(session.store)
    instruments.settle(session)
    assert everything(session.store) == entries


def test_an_own_instrument_is_offered_and_the_same_file_twice_changes_nothing(
    session: Session, client: str, tmp_path: Path
) -> None:
    path = own(tmp_path)
    assert instruments.add_own(session, path).made == "own-1.0"
    before = everything(session.store)
    instruments.add_own(session, path)
    rows = {name: row for name, row in everything(session.store) if name == "instrument"}

    assert rows == {name: row for name, row in before if name == "instrument"}
    assert "own-1.0" in [i.id for i in instruments.offered(session)]
    begun = assessing.begin(session, client, instrument="own-1.0").made
    assert assessing.runner(session, begun).order == ("P1", "P2", "P3", "Q1", "Q2")


def test_the_same_version_with_other_words_is_refused(session: Session, tmp_path: Path) -> None:
    instruments.add_own(session, own(tmp_path))
    with pytest.raises(UserError) as error:
        instruments.add_own(session, own(tmp_path, "1.0", ("Haravoin.", "Haravoin pihan.")))
    assert str(error.value) == (
        "own-1.0.toml: own-1.0 is here already and says something else. Give the new wording a new version."
    )
    assert ids(session) == ["own-1.0"]


def test_a_file_that_takes_the_name_of_a_released_version_is_refused(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "suunta-1.0.toml"
    path.write_text((files.FOLDER / path.name).read_text("utf-8").replace("Haluan", "Tahdon"), "utf-8")
    with pytest.raises(UserError, match="suunta-1.0 has been released and may not change"):
        instruments.add_own(session, path)


def test_a_new_version_in_the_middle_leaves_the_open_assessment_on_its_own(
    session: Session, client: str, tmp_path: Path
) -> None:
    instruments.add_own(session, own(tmp_path))
    begun = assessing.begin(session, client, instrument="own-1.0").made
    assessing.answer(session, begun, "P1", 3)
    instruments.add_own(session, own(tmp_path, "1.1", ("Haravoin.", "Haravoin pihan."), follows="own-1.0"))

    assert [i.id for i in instruments.offered(session) if i.id.startswith("own")] == ["own-1.1"]
    assert assessing.begin(session, client, instrument="own-1.1").made == begun
    held = assessing.runner(session, begun)
    assert held.instrument.id == "own-1.0"
    assert held.instrument.domains[0].items[1].text.fi == "Haravoin."
    assert held.resume_at == "P2"


def test_the_next_measurement_with_the_new_version_is_compared_through_the_mapping(
    session: Session, client: str, clock: FixedClock, tmp_path: Path
) -> None:
    instruments.add_own(session, own(tmp_path))
    first = assessing.begin(session, client, instrument="own-1.0").made
    for item, value in (("P1", 2), ("P2", 2), ("P3", 2), ("Q1", 4), ("Q2", 4)):
        assessing.answer(session, first, item, value)
    assessing.close(session, first)
    clock.moment += timedelta(days=180)
    changed = (('id = "Q2"\nearlier = "Q2"', 'id = "Q2"'), ("Haravoin.", "Haravoin pihan."))
    instruments.add_own(session, own(tmp_path, "1.1", *changed, follows="own-1.0"))
    latest = assessing.begin(session, client, instrument="own-1.1").made
    assert "R1" in assessing.runner(session, latest).order  # the second time, though the first was another version
    for item, value in (("P1", 5), ("P2", 5), ("P3", 5), ("Q1", 9), ("Q2", 9)):
        assessing.answer(session, latest, item, value)
    assessing.close(session, latest)

    found = assessing.summary(session, latest)
    assert {r.domain.id: r.delta for r in found.results} == {"P": 3, "Q": None}
    assert found.comparison is not None
    assert [d.id for d in found.comparison.apart] == ["Q"]
    assert found.total_change is None


def test_answers_that_a_rule_takes_out_stay_until_they_are_let_go(
    session: Session, client: str, tmp_path: Path
) -> None:
    instruments.add_own(session, own(tmp_path))
    begun = assessing.begin(session, client, instrument="own-1.0").made
    assessing.answer(session, begun, "P2", 3, note="Lehdet")
    assessing.answer(session, begun, "P1", 9)
    held = assessing.runner(session, begun)
    assert held.dropped == ("P2",)
    assert held.order == ("P1", "P3", "Q1")

    assessing.let_go(session, begun)
    assert assessing.runner(session, begun).dropped == ()
    assert assessing.runner(session, begun).values["P2"].value is NoValue.EI_KYSYTTY
    assert assessing.runner(session, begun).values["P2"].note == "Lehdet"
    assessing.answer(session, begun, "P1", 2)
    assert "P2" in assessing.runner(session, begun).order


def test_a_short_form_is_refused_where_there_is_none(session: Session, client: str) -> None:
    with pytest.raises(UserError, match="has no short form"):
        assessing.begin(session, client, instrument="startti-1.0", quick=True)
    assert assessing.assessments(session, client) == ()


def test_a_kept_instrument_that_was_tampered_with_is_told(session: Session, client: str) -> None:
    begun = assessing.begin(session, client).made
    with session.store.writing() as tx:
        tx.change(kept.Event("test", "instrument", ""), "DROP TRIGGER instrument_stays")
        tx.change(kept.Event("test", "instrument", ""), "UPDATE instrument SET fingerprint = 'x'")
    with pytest.raises(UserError, match="suunta-1.0 in this vault is not what was kept"):
        assessing.runner(session, begun)


def test_a_handover_brings_the_instrument_along(session: Session, client: str, other: Session, tmp_path: Path) -> None:
    instruments.add_own(session, own(tmp_path))
    begun = assessing.begin(session, client, instrument="own-1.0").made
    assessing.answer(session, begun, "P1", 3)
    package = give(session, other, (client,), tmp_path)
    receiving.accept(other, look(other, package), {}, tmp_path)

    assert ids(other) == ["own-1.0"]
    assert assessing.runner(other, begun).instrument == assessing.runner(session, begun).instrument


def test_a_handover_with_the_same_version_in_other_words_is_refused_whole(
    session: Session, client: str, other: Session, tmp_path: Path
) -> None:
    instruments.add_own(session, own(tmp_path))
    instruments.add_own(other, own(tmp_path, "1.0", ("Haravoin.", "Haravoin pihan.")))
    assessing.begin(session, client, instrument="own-1.0")
    package = give(session, other, (client,), tmp_path)
    before = everything(other.store)

    with pytest.raises(UserError) as error:
        receiving.accept(other, look(other, package), {}, tmp_path)
    assert str(error.value) == (
        "The instrument own-1.0 in the package says something else than here. Nothing was taken over. "
        "Ask the sender to give it a new version."
    )
    assert everything(other.store) == before


def test_what_is_said_of_whole_domains_changes_no_score(session: Session, client: str) -> None:
    begun = assessing.begin(session, client, instrument="startti-1.0").made
    for item in assessing.runner(session, begun).order:
        assessing.answer(session, begun, item, 6)
    before = assessing.summary(session, begun)
    for domain in "ABCDEFGHIJK":
        rating.rate(session, begun, domain, Aspect.COACH, "0", reason="Näen toisin.")
        rating.rate(session, begun, domain, Aspect.WORRY, "3")
        rating.rate(session, begun, domain, Aspect.IMPORTANCE, "10")
    after = assessing.summary(session, begun)

    assert before.total == after.total == 60
    assert before.results == after.results


def test_a_municipality_cannot_take_a_name_of_the_program(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "suunta-1.1.toml"
    text = own(tmp_path).read_text("utf-8").replace('id = "own"', 'id = "suunta"').replace('"1.0"', '"1.1"')
    path.write_text(text, "utf-8")

    with pytest.raises(UserError) as error:
        instruments.add_own(session, path)
    assert str(error.value) == (
        "suunta-1.1.toml: the name “suunta” belongs to an instrument of the program. Give yours another id."
    )


def test_an_id_that_is_released_later_does_not_stop_what_was_begun_with_it(
    session: Session, client: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instruments.add_own(session, own(tmp_path))
    begun = assessing.begin(session, client, instrument="own-1.0").made
    monkeypatch.setattr(files, "released", lambda: {"own-1.0": "0" * 64})

    assert assessing.runner(session, begun).instrument.id == "own-1.0"
    assert "suunta-1.0" in instruments.known(session.store)


def test_one_kept_instrument_that_cannot_be_read_does_not_stop_the_others(session: Session, client: str) -> None:
    with session.store.writing() as tx:
        tx.change(kept.Event("test", "instrument", ""), "INSERT INTO instrument VALUES ('bad-1.0', 'x', x'ff', '')")
    begun = assessing.begin(session, client).made

    assert assessing.runner(session, begun).order
    assert "bad-1.0" not in instruments.known(session.store)
    with pytest.raises(UserError, match=r"bad-1.0.toml: the text is not UTF-8"):
        instruments.get(session, "bad-1.0")


def test_the_usual_assessment_begins_with_the_newest_version(
    session: Session, client: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assessing, "DEFAULT_INSTRUMENT", "own-1.0")
    instruments.add_own(session, own(tmp_path))
    instruments.add_own(session, own(tmp_path, "1.1", follows="own-1.0"))
    instruments.add_own(session, own(tmp_path, "1.2", follows="own-1.1"))
    begun = assessing.begin(session, client).made

    assert assessing.runner(session, begun).instrument.id == "own-1.2"


def test_a_handover_brings_the_versions_between_so_that_change_is_still_seen(
    session: Session, client: str, other: Session, clock: FixedClock, tmp_path: Path
) -> None:
    for version, follows in (("1.0", ""), ("1.1", "own-1.0"), ("1.2", "own-1.1")):
        instruments.add_own(session, own(tmp_path, version, follows=follows))
    for version, value in (("1.0", 2), ("1.2", 6)):
        begun = assessing.begin(session, client, instrument=f"own-{version}").made
        for item in ("P1", "P2", "P3", "Q1", "Q2"):
            assessing.answer(session, begun, item, value)
        assessing.close(session, begun)
        clock.moment += timedelta(days=180)
    package = give(session, other, (client,), tmp_path)
    receiving.accept(other, look(other, package), {}, tmp_path)

    assert ids(other) == ["own-1.0", "own-1.1", "own-1.2"]
    assert assessing.summary(other, begun).total_change == 40


def test_own_records_say_each_question_as_it_was_asked(session: Session, client: str, tmp_path: Path) -> None:
    """Two instruments may call different questions and domains by the same letters."""
    same_letters = (('id = "P1"', 'id = "A1"'), ('when = "P1"', 'when = "A1"'), ('id = "P"', 'id = "A"'))
    instruments.add_own(session, own(tmp_path, "1.0", *same_letters))
    for name in ("suunta-1.0", "own-1.0"):
        begun = assessing.begin(session, client, instrument=name).made
        assessing.answer(session, begun, "A1", 7)
        rating.rate(session, begun, "A", Aspect.IMPORTANCE, "5")
        assessing.close(session, begun)
    case = cases.open_case(session, client, kind=CaseKind.SINGLE, question="Mikä sopii?").made
    begun = assessing.begin(session, client, instrument="own-1.0").made
    assessing.answer(session, begun, "A1", 3)
    cases.conclude(session, case, "A", "Piha on kunnossa.", instrument="own-1.0")
    tables = own_records.gather(session, client, "fi").paper.tables

    asked = {row["assessment_id"]: row["item"] for row in tables["answer"]}
    used = {row["id"]: row["instrument"] for row in tables["assessment"]}
    for assessment, text in asked.items():
        own_words = used[assessment] == "own-1.0"
        assert text == ("Piha on siisti." if own_words else "Voisin tehdä jotakin työtä jo nyt.")
    assert {row["domain"] for row in tables["rating"]} == {"Piha", "Työkyky"}
    assert any(row["field"].endswith(": Piha") for row in tables["case_field"])


def test_an_export_with_an_own_instrument_is_read_back_and_told_as_imported(
    session: Session, client: str, tmp_path: Path, clock: FixedClock
) -> None:
    instruments.add_own(session, own(tmp_path))
    begun = assessing.begin(session, client, instrument="own-1.0").made
    assessing.answer(session, begun, "P1", 3)
    assessing.close(session, begun)
    moving.take_out(session, tmp_path / "out")
    empty = taker(tmp_path / "empty", clock)
    try:
        refused = moving.dry_run(empty, tmp_path / "out")
        assert [p.column for p in refused.problems] == ["instrument"]
        assert "“own-1.0” is not one of" in moving.problem_sentence(refused.problems[0], "en")
        instruments.add_own(empty, own(tmp_path))
        moving.bring_in(empty, moving.dry_run(empty, tmp_path / "out"))

        (held,) = assessing.assessments(empty, client)
        assert held.instrument == "own-1.0"
        assert [(a.item, a.value, a.entered) for a in held.answers] == [("P1", 3, Entered.IMPORT)]
        assert moving.dry_run(empty, tmp_path / "out").changes_nothing
    finally:
        opening.close(empty)
