"""Proof for long-term keeping, added to a signed document from files: a time stamp, and what issuers said (PAdES)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from valmentaja.base.errors import N_, UserError
from valmentaja.documents.revocation import Evidence, Given, of_use
from valmentaja.documents.stamps import NO_ROOM, Stamped, is_reply, request, stamped
from valmentaja.documents.verify import BREAKS, evidence

__all__ = ["Given", "added", "request"]
ONE_STAMP = N_("There are several time stamps among the files. Add one at a time. Nothing was stored.")
NOTHING_NEW = N_("Everything in these files is in the plan already. Nothing was stored.")


def added(given: Sequence[Given], stored: Mapping[str, bytes], newest: str) -> Stamped:
    """The `given` files in one document more; a stamp goes behind the document it is for, the rest behind `newest`.

    The stamp comes first: the other files may be about its service too. UserError for any file that is not right.
    """
    replies = [each for each in given if is_reply(each.content)]
    others = [each for each in given if each not in replies]
    if len(replies) > 1:
        raise UserError(ONE_STAMP)
    begun = stamped(replies[0], stored) if replies else Stamped(base=newest, pdf=stored[newest])
    pdf = _with_store(begun.pdf, of_use(others, evidence(begun.pdf).certificates)) if others else begun.pdf
    if pdf == stored[begun.base]:
        raise UserError(NOTHING_NEW)
    return Stamped(base=begun.base, pdf=pdf)


def _with_store(pdf: bytes, found: Evidence) -> bytes:
    from pyhanko.pdf_utils.misc import PdfError

    from valmentaja.documents.pades import with_store

    try:
        return with_store(pdf, certificates=found.certificates, answers=found.answers, lists=found.lists)
    except (PdfError, *BREAKS) as error:
        raise UserError(NO_ROOM, problem=str(error).rstrip(".")) from error
