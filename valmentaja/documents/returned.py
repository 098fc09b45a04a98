"""A file that comes back from another party's own tool: is it ours with something added, and what was added?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from valmentaja.base.errors import N_, UserError
from valmentaja.documents.verify import LENIENT, SignatureCheck, evidence, verify

NOT_PDF = N_("This is not a PDF. Choose the signed plan (.pdf).")
SAME = N_("This very file is already stored. There is nothing new in it.")
EARLIER = N_(
    "This is an earlier copy of the stored plan: the signatures made since are missing. There is nothing new in it."
)
CUT_OFF = N_("The end of this file is missing, and with it the last signature. Nothing was stored. Ask for it anew.")
OTHER = N_("This file is not the plan that was sealed here: its content is not in it. Nothing was stored.")
ALTERED = N_(
    "The sealed plan was changed, so its seal no longer holds. Nothing was stored. Ask for a file signed anew."
)
NOTHING_NEW = N_("Nobody has signed this file since it was sealed here. Nothing was stored.")
BROKEN_STAMP = N_("A new time stamp in this file does not hold. Nothing was stored. Ask for a file stamped anew.")
UNSURE = N_("Changes after signing could not be explained. Nothing was stored. Ask for a file signed anew.")
BROKEN = N_("A new signature in this file does not hold. Nothing was stored. Ask for a file signed anew.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """`base` is the stored document the file goes on from, `new` the parties' signatures it has beyond that.

    Without any it has only proof: a time stamp, or what issuers said of certificates.
    """

    base: str
    new: tuple[SignatureCheck, ...]


def additions(pdf: bytes, stored: Mapping[str, bytes]) -> Addition:
    """What `pdf` adds to one of the `stored` documents of a plan; UserError for anything but good signatures and proof.

    A signature of ours can only hold when the bytes it covers are there unchanged, at the beginning of the file.
    """
    if not pdf.startswith(b"%PDF-"):
        raise UserError(NOT_PDF)
    _refuse_known(pdf, stored)
    begun = [document for document, held in stored.items() if pdf.startswith(held)]
    check = verify(pdf)
    if not begun:
        raise UserError(ALTERED if _knows(check.signatures, stored) else OTHER)
    base = max(begun, key=lambda document: len(stored[document]))
    earlier = {s.field for s in verify(stored[base]).signatures}
    known = tuple(s for s in check.signatures if s.field in earlier)
    new = tuple(s for s in check.signatures if s.field not in earlier)
    _refuse(known, new, tuple(r for r in check.remarks if r != LENIENT))
    if not new and not _has_more_proof(pdf, stored[base]):
        raise UserError(NOTHING_NEW)
    return Addition(base=base, new=tuple(s for s in new if not s.stamp))


def _has_more_proof(pdf: bytes, base: bytes) -> bool:
    """Whether there are certificates or issuers' words in it that the stored document lacks."""
    found, held = evidence(pdf), evidence(base)
    parts = ((found.certificates, held.certificates), (found.answers, held.answers), (found.lists, held.lists))
    return any(set(more) - set(less) for more, less in parts)


def _refuse_known(pdf: bytes, stored: Mapping[str, bytes]) -> None:
    """A file that lost its end can be whole in itself: only our own record tells that something is missing."""
    longer = any(held.startswith(pdf) and held != pdf for held in stored.values())
    if pdf in stored.values():
        raise UserError(EARLIER if longer else SAME)
    if longer:
        raise UserError(CUT_OFF)


def _refuse(known: tuple[SignatureCheck, ...], new: tuple[SignatureCheck, ...], remarks: tuple[str, ...]) -> None:
    if not all(s.intact for s in known):
        raise UserError(ALTERED)
    if not all(s.holds for s in known) or (remarks and new):
        raise UserError(UNSURE)
    if remarks:
        raise UserError(NOTHING_NEW)
    for signature in new:
        if not signature.holds:
            raise UserError(BROKEN_STAMP if signature.stamp else BROKEN)


def _knows(found: tuple[SignatureCheck, ...], stored: Mapping[str, bytes]) -> bool:
    """Whether the file carries a signature with a certificate of ours, although not over our bytes."""
    ours = {s.certificate for held in stored.values() for s in verify(held).signatures}
    return any(s.certificate in ours for s in found if s.certificate)
