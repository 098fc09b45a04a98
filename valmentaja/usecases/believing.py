"""What a verifier may believe of each signature: intact · trusted · what it covers · what changed after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from valmentaja.base.canonical import fingerprint
from valmentaja.base.errors import N_
from valmentaja.usecases import cosigning, papers, signing_keys
from valmentaja.usecases.checking import Sentence
from valmentaja.usecases.proof_words import inner_words, issuer_words, revoked_words, stamp_words
from valmentaja.usecases.session import Session

if TYPE_CHECKING:
    from valmentaja.documents.revocation import Said
    from valmentaja.documents.verify import DocumentCheck, SignatureCheck


class State(StrEnum):
    """Four of a signature, three of a certificate. UNEXPLAINED is neither good nor forged: the signature is intact,
    what came after it is not understood. DOUBTED is intact too, but its certificate or its time is not to be relied on.
    """

    HOLDS = "holds"
    UNEXPLAINED = "unexplained"
    BROKEN = "broken"
    DOUBTED = "doubted"
    NOT_REVOKED = "not revoked"
    REVOKED = "revoked"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """One signature in words, or one time stamp, whose `signer` is a service."""

    signer: str
    stamp: bool
    at: datetime | None
    state: State
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What an issuer said of the certificate of `name`."""

    name: str
    state: State
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Believed:
    """`remarks` are sentences (msgids) about the file itself: read leniently, something after its end."""

    remarks: tuple[str, ...]
    signatures: tuple[Belief, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The newest sealed document of a plan and the certificate of the vault's own seal; for the worker."""

    document: str
    pdf: bytes
    own: str


def newest(session: Session, plan_id: str) -> Held | None:
    """None while nothing is sealed; the look is logged."""
    document = cosigning.newest(session, plan_id)
    if document is None:
        return None
    own = fingerprint(signing_keys.device_key(session).certificate)
    return Held(document=document.id, pdf=papers.pages(session, document.id), own=own)


def believed(held: Held) -> Believed:
    """Slow, safe in the worker; in the order the signatures were made."""
    check = papers.check_file(held.pdf)
    return Believed(remarks=check.remarks, signatures=beliefs(check, held.own), words=tuple(map(_word, check.said)))


def beliefs(check: DocumentCheck, own: str) -> tuple[Belief, ...]:
    """`own` is the SHA-256 of the certificate of the vault's own seal."""
    return tuple(
        Belief(
            signer=s.signer,
            stamp=s.stamp,
            at=s.signed_at,
            state=_state(check, s),
            sentences=(*(stamp_words(s) if s.stamp else _sentences(s, own)), *revoked_words(check, s)),
        )
        for s in check.signatures
    )


def _word(said: Said) -> Word:
    state = {"good": State.NOT_REVOKED, "revoked": State.REVOKED}.get(said.status, State.NOT_KNOWN)
    return Word(name=said.name, state=state, sentence=issuer_words(said))


def _state(check: DocumentCheck, signature: SignatureCheck) -> State:
    if not signature.intact:
        return State.BROKEN
    if not signature.timely or check.is_revoked(signature):
        return State.DOUBTED
    return State.HOLDS if signature.holds else State.UNEXPLAINED


def _sentences(signature: SignatureCheck, own: str) -> tuple[Sentence, ...]:
    if not signature.intact:
        return ((signature.changes_after, ()),)
    return (
        (N_("The signature is intact."), ()),
        *_trusted(signature, own),
        *inner_words(signature),
        (_covers(signature), ()),
        (signature.changes_after, ()),
    )


def _trusted(signature: SignatureCheck, own: str) -> tuple[Sentence, ...]:
    if signature.certificate == own:
        return (
            (N_("It is this vault's own seal: it shows that the file is unchanged, not who signed in ink."), ()),
            (N_("Ink under this seal is an ordinary electronic signature, neither advanced nor qualified."), ()),
        )
    if not signature.issuer:
        return ((N_("Its certificate is vouched for by nobody else. Ask the signer whether it is theirs."), ()),)
    trust = N_(
        "Its certificate was issued by {issuer}. The program does not check the issuer; a verifier decides on it."
    )
    return ((trust, (("issuer", signature.issuer),)),)


def _covers(signature: SignatureCheck) -> str:
    if signature.covers_whole:
        return N_("It covers the whole file.")
    return N_("It covers the file as it was when signed; what came later it does not cover.")
