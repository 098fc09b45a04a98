"""The client's language beside Finnish: chosen, marked until confirmed, refused where a text is missing."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.documents.poppler import spoken
from valmentaja.base.errors import UserError
from valmentaja.base.paths import ROOT, TRANSLATIONS
from valmentaja.domain.plan import Signature, SignatureState
from valmentaja.domain.queue import QueueKind
from valmentaja.i18n import catalogue
from valmentaja.usecases import papers, planning, signing, today, translating
from valmentaja.usecases.session import Session

pytestmark = pytest.mark.usefixtures("qapp")
Change = Callable[..., Path]
NAME = Path("ar/LC_MESSAGES/valmentaja.po")
MARK = "Käännös tarkistamatta."


@pytest.fixture
def frozen(training_session: Session) -> str:
    return next(e.about for e in today.queue(training_session) if e.kind is QueueKind.SIGNATURE)


@pytest.fixture
def arabic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Change]:
    """Makes the Arabic catalogue another one; each in a folder of its own, for gettext remembers files."""
    whole = (TRANSLATIONS / NAME).read_bytes()
    tried = count()

    def change(**texts: str) -> Path:
        held = read_po(BytesIO(whole), locale="ar")
        for text, translation in texts.items():
            held[text].string = translation
        folder = tmp_path / f"catalogues-{next(tried)}"
        made = (folder / NAME).with_suffix(".mo")
        made.parent.mkdir(parents=True)
        with made.open("wb") as out:
            write_mo(out, held)
        monkeypatch.setattr(catalogue, "TRANSLATIONS", folder)
        catalogue.beside.cache_clear()
        return made

    yield change
    catalogue.beside.cache_clear()


def heard(session: Session, plan: str, language: str, folder: Path) -> str:
    path = folder / "plan.pdf"
    path.write_bytes(signing.make(signing.preview(session, plan, language)))
    return " ".join(spoken(path))


@pytest.mark.parametrize("language", translating.OTHERS)
def test_a_plan_has_the_other_language_beside_finnish(
    training_session: Session, frozen: str, language: str, tmp_path: Path
) -> None:
    said = heard(training_session, frozen, language, tmp_path)
    other = language.removeprefix("fi+")
    assert "Allekirjoitukset" in said and catalogue.beside(other)("Signatures") in said
    assert (MARK in said) is (other in translating.CATALOGUES)


def test_it_is_marked_until_someone_confirms_it_and_again_when_a_text_changes(
    training_session: Session, frozen: str, arabic: Change, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="Write the name"):
        translating.confirm(training_session, "ar", "  ")
    assert MARK in heard(training_session, frozen, "fi+ar", tmp_path)
    translating.confirm(training_session, "ar", "Layla Haddad")
    assert MARK not in heard(training_session, frozen, "fi+ar", tmp_path)
    arabic(Yes="أجل")
    assert MARK in heard(training_session, frozen, "fi+ar", tmp_path)


def test_a_text_without_translation_refuses_the_paper(training_session: Session, frozen: str, arabic: Change) -> None:
    arabic(Signatures="")
    with pytest.raises(UserError, match="has no translation") as refused:
        signing.make(signing.preview(training_session, frozen, "fi+ar"))
    assert dict(refused.value.values) == {"text": "Signatures", "language": "ar"}


def test_a_language_without_catalogue_refuses_the_paper(training_session: Session, frozen: str, arabic: Change) -> None:
    arabic().unlink()
    with pytest.raises(UserError, match="has no texts in the language"):
        signing.make(signing.preview(training_session, frozen, "fi+ar"))


@pytest.mark.parametrize("language", ["fi", "fi+ar"])
@pytest.mark.parametrize("character", ["😀", "漢"])
def test_a_name_that_cannot_be_printed_seals_nothing(
    training_session: Session, frozen: str, language: str, character: str
) -> None:
    held = planning.plan(training_session, frozen)
    before = papers.documents(training_session, held.client)
    name = Signature(plan=frozen, party="client", state=SignatureState.TYPED, name=f"Aava {character}")
    job = signing.sign_job(training_session, frozen, language, (name,))
    with pytest.raises(UserError, match="cannot be printed") as refused:
        signing.seal(job)
    assert refused.value.values["character"] == character
    assert papers.documents(training_session, held.client) == before
    assert planning.plan(training_session, frozen) == held
    assert not any(s.signature for s in signing.parties(training_session, frozen))


def test_every_text_of_a_plan_and_of_its_templates_is_in_every_catalogue() -> None:
    told = runpy.run_path(str(ROOT / "packaging" / "catalogues.py"))
    wanted = {str(message.id) for message in told["plan_texts"]() if message.id}
    assert len(wanted) > 80
    missing = {}
    for language in translating.CATALOGUES:
        held = {str(m.id) for m in told["catalogue"](language) if m.id and told["is_translated"](m)}
        missing[language] = wanted - held
    assert missing == {language: set() for language in translating.CATALOGUES}
