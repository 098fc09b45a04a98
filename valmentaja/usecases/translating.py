"""The client's language beside Finnish on a plan, and who has confirmed its translations."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.base.errors import N_, UserError
from valmentaja.i18n import BESIDE, LANGUAGES, beside
from valmentaja.store import translations
from valmentaja.store.translations import Confirmed
from valmentaja.usecases.session import Area, Changes, Session, changed

CATALOGUES = tuple(language for language in BESIDE if language not in LANGUAGES)
"""Languages whose texts somebody who knows them must confirm; the others are the program's own."""
OTHERS = tuple(f"fi+{language}" for language in BESIDE)
"""How a paper's language is written when another stands beside Finnish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """`confirmed` is None as long as the paper says that the translation is not checked."""

    language: str
    confirmed: Confirmed | None


def translations_of(session: Session) -> tuple[Translation, ...]:
    return tuple(Translation(language=each, confirmed=_confirmed(session, each)) for each in CATALOGUES)


def is_unchecked(session: Session, language: str) -> bool:
    return language in CATALOGUES and _confirmed(session, language) is None


def confirm(session: Session, language: str, name: str) -> Changes:
    """The texts as they are now; when one of them changes, the paper says again that nobody has checked them."""
    if not name.strip():
        raise UserError(N_("Write the name of the person who has read the translation."))
    done = Confirmed(name=name.strip(), at=session.now())
    with session.store.writing() as tx:
        translations.confirm(tx, language, beside(language).fingerprint(), done)
    return changed(Area.SETTING)


def _confirmed(session: Session, language: str) -> Confirmed | None:
    try:
        return translations.confirmed(session.store, language, beside(language).fingerprint())
    except FileNotFoundError:  # its catalogue is not here; the paper is refused with a sentence
        return None
