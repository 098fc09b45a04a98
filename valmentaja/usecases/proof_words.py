"""A time stamp and an issuer's word on a certificate, in sentences: as what they are, and who decides on them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from valmentaja.base.errors import N_
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import moment_of

if TYPE_CHECKING:
    from valmentaja.documents.revocation import Said
    from valmentaja.documents.verify import DocumentCheck, SignatureCheck
    from valmentaja.usecases.checking import Sentence

UNTIMELY = N_(
    "The service's certificate was not valid at that time, or the plan was signed later; do not rely on the time."
)
REVOKED = N_(
    "The certificate of {signer} has been revoked, and no time stamp shows that it signed before that. "
    "Do not rely on this signature."
)
NO_LIST = N_("The program holds no list of trusted services; a verifier decides on it.")
_SAID = {
    "good": N_(
        "{issuer} said on {moment} that the certificate was not revoked. The program does not check the issuer; "
        "a verifier decides on it."
    ),
    "revoked": N_("{issuer} said on {moment} that the certificate has been revoked since {since}."),
    "unknown": N_("What {issuer} said on {moment} does not tell whether the certificate was revoked."),
    "unchecked": N_(
        "What is held on this certificate cannot be checked: the certificate of {issuer} is not in the file."
    ),
    "broken": N_("What is held on this certificate is not signed by {issuer}. Do not rely on it."),
}
"""By what `documents.revocation.Status` says."""


def stamp_words(stamp: SignatureCheck) -> tuple[Sentence, ...]:
    """Whether it is intact, when it was made by whose clock, by whom, and what it covers."""
    if not stamp.intact:
        return ((N_("What was stamped is no longer the same, or the time stamp is damaged."), ()),)
    made = N_("The time stamp is intact. By the service's clock it was made on {moment}.")
    return (
        (made, (("moment", _moment(stamp.signed_at)),)),
        *(() if stamp.timely else ((UNTIMELY, ()),)),
        _service(stamp),
        (NO_LIST, ()),
        *_covers(stamp),
    )


def inner_words(signature: SignatureCheck) -> tuple[Sentence, ...]:
    """The time stamp inside a signature, when it has one."""
    inner = signature.inner
    if signature.lost or (inner is not None and not (inner.intact and inner.timely)):
        return ((N_("The time stamp in this signature does not hold; do not rely on its time."), ()),)
    if inner is None:
        return ()
    made = N_("It carries a time stamp of {service}; by the service's clock it was made on {moment}.")
    return (made, (("service", inner.service), ("moment", _moment(inner.at)))), (NO_LIST, ())


def revoked_words(check: DocumentCheck, signature: SignatureCheck) -> tuple[Sentence, ...]:
    """That its certificate has been revoked, unless it is shown to have signed before that."""
    return ((REVOKED, (("signer", signature.signer),)),) if check.is_revoked(signature) else ()


def issuer_words(said: Said) -> Sentence:
    """What was said, when, and since when a certificate is revoked; nobody is asked anew."""
    values = (("issuer", said.issuer), ("moment", _moment(said.at)), ("since", _moment(said.since)))
    return _SAID[said.status], values


def _service(stamp: SignatureCheck) -> Sentence:
    if not stamp.issuer:
        return N_("The service's certificate is vouched for by nobody else."), ()
    return N_("The service's certificate was issued by {issuer}."), (("issuer", stamp.issuer),)


def _covers(stamp: SignatureCheck) -> tuple[Sentence, ...]:
    if stamp.covers_whole:
        return ((N_("It covers the whole file."), ()),)
    earlier = N_("It covers the file as it was when stamped; what came later it does not cover.")
    return (earlier, ()), *(() if stamp.holds else ((stamp.changes_after, ()),))


def _moment(at: datetime | None) -> str:
    return "" if at is None else moment_of(at.isoformat(), screen_language())
