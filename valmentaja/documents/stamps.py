"""Time stamps (RFC 3161) by file: a request goes out, the service's answer goes into the document.

Nothing is kept in between: the document with room for the stamp is made anew from the stored one, byte by byte.
pyHanko is imported inside functions only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from valmentaja.base.errors import N_, UserError
from valmentaja.documents.revocation import Given
from valmentaja.documents.verify import BREAKS, verify

if TYPE_CHECKING:
    from valmentaja.documents.pades import Room

NO_ROOM = N_("Nothing can be added to this file: {problem}.")
NOT_REPLY = N_("{file} is not the answer of a time stamp service (.tsr). Nothing was stored.")
REFUSED = N_("The time stamp service refused the request in {file}: {reason}. Save a new request and ask again.")
OLDER = N_(
    "{file} is for the plan as it was before: it has been signed or added to since. Nothing was stored. "
    "Save a new request and ask for a stamp again."
)
OTHER = N_("{file} is a time stamp for another file. Nothing was stored. Choose the answer to this plan's own request.")
TOO_LONG = N_("The time stamp in {file} is too large for the plan. Nothing was stored. Ask another service.")
DAMAGED = N_(
    "The time stamp in {file} does not hold: it is damaged, or the service's certificate is missing from it. "
    "Nothing was stored. Save the answer anew."
)
UNTIMELY = N_(
    "The time in {file} cannot be right: the service's certificate was not valid then, or the plan was signed later. "
    "Nothing was stored. Ask another service."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """`pdf` is the stored document `base` with the time stamp behind it."""

    base: str
    pdf: bytes


def request(pdf: bytes) -> bytes:
    """What a time stamp service is asked (TimeStampReq, DER): the digest of the document and nothing else of it.

    No nonce: the digest is of this one document with this one stamp, so an old answer cannot pass for a new one.
    """
    from asn1crypto.tsp import TimeStampReq

    digest = room(pdf).digest
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    return bytes(TimeStampReq({"version": "v1", "message_imprint": imprint, "cert_req": True}).dump())


def is_reply(content: bytes) -> bool:
    """Whether it has the form of a service's answer, whatever it says."""
    try:
        _parts(content)
    except BREAKS:
        return False
    return True


def stamped(given: Given, stored: Mapping[str, bytes]) -> Stamped:
    """The answer put behind the one of the `stored` documents that it is about; UserError for anything else."""
    token = _token(given)
    wanted = _imprint(given, token)
    rooms = {document: made for document, pdf in stored.items() if (made := _room(pdf)) is not None}
    base = next((document for document, made in rooms.items() if made.digest == wanted), None)
    if base is None:
        raise UserError(OTHER, file=given.name)
    if any(pdf.startswith(stored[base]) for document, pdf in stored.items() if document != base):
        raise UserError(OLDER, file=given.name)
    return Stamped(base=base, pdf=_filled(given, rooms[base], token))


def room(pdf: bytes) -> Room:
    """The document with an empty stamp; UserError when nothing can be added to it."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError

    from valmentaja.documents.pades import with_room

    try:
        return with_room(pdf)
    except (PdfError, SigningError, *BREAKS) as error:
        raise UserError(NO_ROOM, problem=str(error).rstrip(".")) from error


def _room(pdf: bytes) -> Room | None:
    try:
        return room(pdf)
    except UserError:
        return None


def _parts(content: bytes) -> tuple[Any, bytes]:
    """Status and token of an answer (TimeStampResp). Read by hand: asn1crypto knows of no answer without a token."""
    from asn1crypto.core import Any as Part
    from asn1crypto.core import SequenceOf
    from asn1crypto.tsp import PKIStatusInfo

    status, *token = SequenceOf.load(content, strict=True, spec=Part)
    read = status.parse(PKIStatusInfo)
    if len(token) > 1 or not isinstance(read["status"].native, str):
        raise ValueError("not an answer of a time stamp service")
    return read, token[0].dump() if token else b""


def _token(given: Given) -> bytes:
    """The token in the answer, as the bytes that came."""
    try:
        status, token = _parts(given.content)
        granted, reason = status["status"].native in {"granted", "granted_with_mods"}, _reason(status)
    except BREAKS as error:
        raise UserError(NOT_REPLY, file=given.name) from error
    if not granted:
        raise UserError(REFUSED, file=given.name, reason=reason)
    return token


def _reason(status: Any) -> str:
    """In the service's own words, or its code."""
    said = [*(status["status_string"].native or ()), *sorted(status["fail_info"].native or ())]
    return "; ".join(said or [status["status"].native]).rstrip(".")


def _imprint(given: Given, token: bytes) -> bytes:
    """The digest the token is about."""
    from asn1crypto.cms import ContentInfo

    try:
        imprint = ContentInfo.load(token)["content"]["encap_content_info"]["content"].parsed["message_imprint"]
        return bytes(imprint["hashed_message"].native)
    except BREAKS as error:
        raise UserError(DAMAGED, file=given.name) from error


def _filled(given: Given, room: Room, token: bytes) -> bytes:
    """Checked as any reader would: the new stamp holds, and so does every signature before it."""
    from pyhanko.sign.general import SigningError

    try:
        pdf = room.filled(token)
    except SigningError as error:
        raise UserError(TOO_LONG, file=given.name) from error
    found = verify(pdf).signatures
    if not (found[-1].stamp and found[-1].covers_whole and all(s.holds for s in found)):
        raise UserError(DAMAGED, file=given.name)
    if not found[-1].timely:
        raise UserError(UNTIMELY, file=given.name)
    return pdf
