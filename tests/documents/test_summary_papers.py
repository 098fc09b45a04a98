"""The summary on paper, read back by poppler: its order, its languages, and what the client's version leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import CHEAP, NOW

from tests.documents.poppler import run, spoken
from valmentaja.base.clock import FixedClock
from valmentaja.base.errors import UserError
from valmentaja.definitions.instrument import Domain
from valmentaja.domain.assessment import NoValue
from valmentaja.domain.case import CaseKind, Part
from valmentaja.domain.queue import QueueKind
from valmentaja.domain.rating import Aspect
from valmentaja.domain.summary import Audience
from valmentaja.i18n import words
from valmentaja.usecases import assessing, cases, logs, opening, papers, rating, summary, today, training
from valmentaja.usecases.session import Session

Save = Callable[[bytes], Path]
Pages = Callable[[str, Audience], bytes]
LANGUAGES = ("fi", "sv", "en")
WHY = "Kipu näkyy tapaamisissa enemmän kuin vastauksissa."
WORRIED = "Uni on katkonaista ja se huolettaa."
STRONG, WEAK, REFUSED = "A", "C", "D"
"""Domains of Suuntakartoitus: strong, weak and most important, with an answer refused."""


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """One training vault for all papers: making it takes longer than printing them."""
    folder, clock = tmp_path_factory.mktemp("papers"), FixedClock(NOW)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VALMENTAJA_DATA", str(folder / "home"))
        key = training.make_training_vault(folder / "training", clock=clock, cost=CHEAP)
        opened = opening.open_session(folder / "training", key, clock=clock)
        yield opened
        opening.close(opened)


@pytest.fixture(scope="module")
def measured(vault: Session) -> str:
    """One whole assessment with ratings, in a case with a clarification and somebody else's words."""
    session = vault
    client = next(e.client for e in today.queue(session) if e.kind is QueueKind.SIGNATURE)
    made = assessing.begin(session, client).made
    instrument = assessing.runner(session, made).instrument
    for item in assessing.runner(session, made).order:
        level = {STRONG: 9, WEAK: 2}.get(instrument.domain_of(item).id, 6)
        assessing.answer(session, made, item, level)
    refused, unasked = instrument.scored_domains[3].items[:2]
    assessing.answer(session, made, refused.id, NoValue.EI_HALUA)
    assessing.answer(session, made, unasked.id, NoValue.EI_KYSYTTY)
    for domain, aspect, value, reason in (
        (WEAK, Aspect.IMPORTANCE, "10", ""),
        (WEAK, Aspect.COACH, "5", WHY),
        (WEAK, Aspect.AGREED, "4", ""),
        (WEAK, Aspect.WORRY, "3", ""),
        (REFUSED, Aspect.IMPORTANCE, "1", ""),
        (REFUSED, Aspect.NOTE, "", WORRIED),
    ):
        rating.rate(session, made, domain, aspect, value, reason=reason)
    if cases.open_of(session, client) is None:
        cases.open_case(session, client, kind=CaseKind.MULTI, question="Mikä työ sopii?")
    under_way = cases.open_of(session, client)
    assert under_way is not None
    cases.write(session, under_way.id, Part.SKILLS, "Puutyöalan perustutkinto.")
    cases.contribute(session, under_way.id, author="Sirpa Sosiaali", role="sosiaaliohjaaja", words="Koti on kunnossa.")
    assessing.close(session, made)
    return made


@pytest.fixture(scope="module")
def pages(vault: Session, measured: str) -> Pages:
    """The paper of a language and an audience, printed once."""
    printed: dict[tuple[str, Audience], bytes] = {}

    def give(language: str, audience: Audience) -> bytes:
        wanted = (language, audience)
        if wanted not in printed:
            printed[wanted] = summary.make(summary.paper(vault, measured, language, audience)).pdf
        return printed[wanted]

    return give


def read(path: Path) -> str:
    return " ".join(spoken(path))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", Audience)
def test_both_versions_are_tagged_in_their_language_without_a_name_in_the_title(
    vault: Session, measured: str, pages: Pages, saved: Save, language: str, audience: Audience
) -> None:
    pdf = pages(language, audience)
    about = run("pdfinfo", str(saved(pdf)))
    person = summary.of_assessment(vault, measured).client
    assert "Tagged:          yes" in about
    assert words(language)(summary.TITLES[audience]) in about
    assert person.family_name not in about
    assert f"<rdf:li>{language}</rdf:li>" in run("pdfinfo", "-meta", str(saved(pdf)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", Audience)
def test_strengths_stand_before_needs_and_the_most_needed_leads(
    vault: Session, measured: str, pages: Pages, saved: Save, language: str, audience: Audience
) -> None:
    text = read(saved(pages(language, audience)))
    names = {d.id: d.name.in_(language) for d in _domains(vault, measured)}
    assert text.index(names[STRONG]) < text.index(names[WEAK]) < text.index(names[REFUSED])


def _domains(session: Session, made: str) -> tuple[Domain, ...]:
    return summary.of_assessment(session, made).instrument.scored_domains


@pytest.mark.parametrize(
    ("audience", "refused", "unasked"),
    [
        (Audience.CLIENT, "Näihin et halunnut vastata", "Näitä emme kysyneet"),
        (Audience.NETWORK, "Ei halunnut vastata", "Ei kysytty"),
    ],
)
def test_refused_and_not_asked_are_told_apart(
    vault: Session, measured: str, pages: Pages, saved: Save, audience: Audience, refused: str, unasked: str
) -> None:
    text = read(saved(pages("fi", audience)))
    domain = summary.of_assessment(vault, measured).instrument.scored_domains[3]
    first, second = (i.text.fi for i in domain.items[:2])
    assert text.index(refused) < text.index(unasked)
    if audience is Audience.CLIENT:
        assert text.index(refused) < text.index(first) < text.index(unasked) < text.index(second)
    else:
        assert first not in text, "what was refused stays between client and coach"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_clients_version_has_nothing_of_worry_or_the_coachs_notes(pages: Pages, saved: Save, language: str) -> None:
    w = words(language)
    mine = read(saved(pages(language, Audience.CLIENT)))
    assert w("Worry") not in mine
    assert WORRIED not in mine
    assert w("Need") not in mine.split()
    theirs = read(saved(pages(language, Audience.NETWORK)))
    assert w("Worry") in theirs
    assert WORRIED in theirs


@pytest.mark.parametrize("audience", Audience)
def test_a_differing_coach_and_the_reason_stand_in_both(pages: Pages, saved: Save, audience: Audience) -> None:
    text = read(saved(pages("fi", audience)))
    line = text[text.index(WHY) - 90 : text.index(WHY)]
    assert "2,0" in line
    assert "5" in line
    assert "yhdessä sovittu 4" in line


def test_the_network_reads_headings_contributions_and_how_it_was_made(pages: Pages, saved: Save) -> None:
    text = read(saved(pages("fi", Audience.NETWORK)))
    for said in (
        "380/2023 37.1 §",
        "Puutyöalan perustutkinto.",
        "Sirpa Sosiaali, sosiaaliohjaaja",
        "Koti on kunnossa.",
    ):
        assert said in text
    assert "Kirjaamatta: Työttömyyden ja sen pitkittymisen riski" in text, "what the law asks and nobody wrote is said"
    assert "ei ole validoitu" in text
    assert "Suuntakartoitus, versio 1.0" in text
    assert "valmentaja: 49" in text


@pytest.mark.parametrize("audience", Audience)
def test_the_rule_of_thumb_is_named_where_change_is_told(pages: Pages, saved: Save, audience: Audience) -> None:
    text = read(saved(pages("fi", audience)))
    assert "vähintään 1 pisteen muutos" in text
    assert "peukalosääntömme" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", Audience)
def test_nothing_in_the_page_header_runs_into_another(
    pages: Pages, saved: Save, language: str, audience: Audience
) -> None:
    text = run("pdftotext", "-layout", "-f", "2", "-l", "2", str(saved(pages(language, audience))), "-")
    first = next(line for line in text.splitlines() if line.strip())
    banner, marking = words(language)("TRAINING – not a real document"), words(language)("CONFIDENTIAL")
    assert first.startswith(banner + "  ")
    assert marking in first


@pytest.mark.parametrize("audience", Audience)
def test_made_again_of_the_same_data_it_is_the_same_file_and_stored_once(
    vault: Session, measured: str, audience: Audience
) -> None:
    session = vault
    first = summary.make(summary.paper(session, measured, "fi", audience))
    kept = summary.keep(session, first)
    again = summary.make(summary.paper(session, measured, "fi", audience))
    assert again.pdf == first.pdf
    assert summary.keep(session, again).made == kept.made
    row = papers.document(session, kept.made)
    assert papers.pages(session, row.id) == first.pdf
    assert summary.of_assessment(session, measured).client.family_name not in row.file_name + row.title


def test_an_open_assessment_has_no_paper_and_a_look_is_logged(vault: Session, measured: str) -> None:
    session = vault
    begun = next(e.about for e in today.queue(session) if e.kind is QueueKind.ASSESSMENT)
    with pytest.raises(UserError, match="not finished"):
        summary.paper(session, begun, "fi", Audience.CLIENT)
    client = summary.of_assessment(session, measured).client.id
    before = len(logs.entries(session, client_id=client, limit=1000))
    summary.paper(session, measured, "fi", Audience.CLIENT)
    assert len(logs.entries(session, client_id=client, limit=1000)) == before + 1
