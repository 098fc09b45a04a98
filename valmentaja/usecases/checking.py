"""Is this file what was signed? For a plan's PDF and for a month's package, with nothing but the file."""

from __future__ import annotations

from dataclasses import dataclass

from valmentaja.base.errors import N_, Value
from valmentaja.exchange import package_check
from valmentaja.usecases import papers
from valmentaja.usecases.proof_words import inner_words, issuer_words, revoked_words, stamp_words

MONTH_SUMMARY = "valmentaja-month-summary/1"
MONTH_ON_PAPER = (
    N_("This is the month on paper, made for people to read. It is not a signed plan and bears no signature."),
    N_("What can be checked is the package (.zip) it was made of; its name stands on the last page of the paper."),
)
Sentence = tuple[str, tuple[tuple[str, Value], ...]]
"""A msgid and the values that fill it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`signable` is False of a paper that is made without a signature, so that there is nothing to check in it."""

    sound: bool
    sentences: tuple[Sentence, ...]
    signable: bool = True


def check(name: str, held: bytes, public_key: str | None = None) -> Verdict:
    """Look at a file by its content; `public_key` is the unit's minisign key for a package."""
    if held.startswith(b"%PDF-"):
        return _document(held)
    if held.startswith(b"PK"):
        found = package_check.verify(held, name, *(() if public_key is None else (public_key,)))
        return Verdict(sound=found.sound, sentences=found.sentences)
    text = N_("This is neither a PDF nor a package. Choose a signed plan (.pdf) or a month's package (.zip).")
    return Verdict(sound=False, sentences=((text, ()),))


def _document(pdf: bytes) -> Verdict:
    found = papers.check_file(pdf)
    if not found.signatures and papers.kind_of_file(pdf) == MONTH_SUMMARY:
        return Verdict(sound=False, sentences=tuple((text, ()) for text in MONTH_ON_PAPER), signable=False)
    sentences: list[Sentence] = [(text, ()) for text in found.remarks]
    for signature in found.signatures:
        at = "" if signature.signed_at is None else signature.signed_at.isoformat()
        about = N_("Signed by {signer}, {at} (field {field}).")
        if signature.stamp:
            about = N_("Time stamp by {signer}, {at} (field {field}).")
        sentences.append((about, (("signer", signature.signer), ("at", at), ("field", signature.field))))
        more = stamp_words(signature) if signature.stamp else ((signature.changes_after, ()), *inner_words(signature))
        sentences += more
    for said in found.said:
        sentences += [(N_("Certificate of {name}:"), (("name", said.name),)), issuer_words(said)]
    if found.holds:
        text = N_("Every signature is intact. Who holds the keys behind them, the file alone cannot prove.")
        sentences.append((text, ()))
    revoked = [signature for signature in found.signatures if found.is_revoked(signature)]
    sentences += [sentence for signature in revoked for sentence in revoked_words(found, signature)]
    return Verdict(sound=found.holds and not revoked, sentences=tuple(sentences))
