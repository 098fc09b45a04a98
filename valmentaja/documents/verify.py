"""What can be said of a signed file: per signature whether it is intact, what it covers, what changed after it."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Any

from valmentaja.base.canonical import fingerprint
from valmentaja.base.errors import N_
from valmentaja.documents import der, tokens
from valmentaja.documents.revocation import Evidence, Said, said
from valmentaja.documents.tokens import InnerStamp

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

DAMAGED = N_("The file is damaged, cut off or not a PDF and could not be read.")
LENIENT = N_("The file has errors in its structure; it was read leniently.")
UNSIGNED = N_("The file carries no signature.")
TRAILING = N_("Something was added after the end of the document; no signature covers it.")
# In the document security store: certificates, answers (OCSP), lists of the revoked (CRL).
STORE = ("/Certs", "/OCSPs", "/CRLs")
END = re.compile(rb"startxref\s+\d+\s+%%EOF\s*\Z")
TAIL = 1024
# So far apart may two computers' clocks be.
CLOCKS = timedelta(days=1)
# A damaged file can break the reader almost anywhere; every way of it means “could not be read”.
BREAKS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError, RuntimeError, zlib.error)


class Change(StrEnum):
    """What was done to the file after a signature."""

    NOTHING = "nothing"
    PROOF = "proof"
    SIGNING = "signing"
    BROKEN = "broken"
    UNEXPLAINED = "unexplained"


_WORDS = {
    Change.NOTHING: N_("Nothing was changed after signing."),
    Change.PROOF: N_("Only proof for long-term keeping was added after signing."),
    Change.SIGNING: N_("Only signatures or form entries were added after signing."),
    Change.BROKEN: N_("What was signed is no longer the same."),
    Change.UNEXPLAINED: N_("Changes after signing could not be explained."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureCheck:
    """One signature. `signer` and `signed_at` are what the signature itself says; `certificate` is the SHA-256 of
    the signer's certificate, to compare with the ones we know; `issuer` is empty when it vouches only for itself.

    `stamp` is a time stamp of the whole document: its signer is a service, its time the service's own. `inner` is one
    over this signature alone; `lost` when there is one that cannot be read. `timely` is False of a stamp that says a
    time when its service's certificate was not valid, or before the signatures under it.
    """

    field: str
    signer: str = ""
    signed_at: datetime | None = None
    intact: bool = False
    covers_whole: bool = False
    certification: bool = False
    change: Change = Change.BROKEN
    certificate: str = ""
    issuer: str = ""
    stamp: bool = False
    inner: InnerStamp | None = None
    lost: bool = False
    timely: bool = True

    @property
    def changes_after(self) -> str:
        """A sentence (msgid) about what changed after this signature."""
        return _WORDS[self.change]

    @property
    def holds(self) -> bool:
        return self.intact and self.change is not Change.UNEXPLAINED


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCheck:
    """All signatures in the order they were made; `remarks` are sentences (msgids) about the file itself.

    `said` is what the file holds of the issuers' own word on its certificates.
    """

    signatures: tuple[SignatureCheck, ...] = ()
    remarks: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()

    @property
    def holds(self) -> bool:
        """Signed, every signature intact, every change after it explained, the file itself sound."""
        return bool(self.signatures) and not self.remarks and all(s.holds for s in self.signatures)

    def is_revoked(self, signature: SignatureCheck) -> bool:
        """Whether its certificate has been revoked, and no time stamp that holds shows that it signed before that."""
        since = [s.since for s in self.said if s.certificate == signature.certificate and s.since is not None]
        if not since:
            return False
        later = self.signatures[self.signatures.index(signature) + 1 :]
        stamps = (s for s in later if s.stamp and s.holds and s.timely and not self.is_revoked(s))
        shown = [s.signed_at for s in stamps if s.signed_at is not None]
        if signature.inner is not None and signature.inner.intact and signature.inner.timely:
            shown.append(signature.inner.at)
        return not any(at < min(since) for at in shown)


def verify(pdf: bytes) -> DocumentCheck:
    """Check every signature in `pdf`; a damaged file gives remarks, never an exception."""
    check = _read(pdf, strict=True)
    if check is None:
        lenient = _read(pdf, strict=False)
        return lenient if lenient is not None else DocumentCheck(remarks=(DAMAGED,))
    return check


def _read(pdf: bytes, *, strict: bool) -> DocumentCheck | None:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    remarks = (() if strict else (LENIENT,)) + (() if END.search(pdf[-TAIL:]) else (TRAILING,))
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=strict)
        signatures = _signatures(reader)
        held = said(_evidence(reader))
    except (PdfError, *BREAKS):
        return None
    return DocumentCheck(signatures=signatures, remarks=remarks if signatures else (*remarks, UNSIGNED), said=held)


def attached_format(pdf: bytes) -> str:
    """What kind of paper of this program it is, by the data it carries; "" for none and for a damaged file."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        names = PdfFileReader(BytesIO(pdf), strict=False).root["/Names"]["/EmbeddedFiles"]["/Names"]
        held = json.loads(names[1].get_object()["/EF"]["/F"].get_object().data)
        return str(held["format"])
    except (PdfError, RecursionError, *BREAKS):
        return ""


def evidence(pdf: bytes) -> Evidence:
    """Every certificate in a sound `pdf`, in its signatures and its security store, and what is said of them."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    return _evidence(PdfFileReader(BytesIO(pdf), strict=False))


def _evidence(reader: PdfFileReader) -> Evidence:
    certificates, answers, lists = (_stored(reader, key) for key in STORE)
    return Evidence(certificates=(*_certificates(reader), *certificates), answers=answers, lists=lists)


def _stored(reader: PdfFileReader, key: str) -> tuple[bytes, ...]:
    """A part of the security store; one that is not there or cannot be read holds nothing, as no signature needs it."""
    from pyhanko.pdf_utils.misc import PdfError

    try:
        return tuple(bytes(each.get_object().data) for each in reader.root["/DSS"][key])
    except (PdfError, *BREAKS):
        return ()


def _certificates(reader: PdfFileReader) -> Iterator[bytes]:
    """Those inside the signatures and the stamps in them."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import enumerate_sig_fields
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    for name, _value, holder in enumerate_sig_fields(reader, filled_status=True):
        try:
            signature = EmbeddedPdfSignature(reader, holder, name)
            stamp = tokens.inside(signature.signer_info)
            held = [*tokens.certificates(signature.signed_data), *(tokens.certificates(stamp) if stamp else ())]
        except (PdfError, *BREAKS):
            continue
        yield from (each.dump() for each in held)


def _signatures(reader: PdfFileReader) -> tuple[SignatureCheck, ...]:
    from pyhanko.sign.fields import enumerate_sig_fields
    from pyhanko.sign.validation import read_certification_data

    certified = read_certification_data(reader)
    author = None if certified is None else certified.author_sig
    found = [
        _one(reader, name, holder, certification=value.get_object() is author)
        for name, value, holder in enumerate_sig_fields(reader, filled_status=True)
    ]
    return _in_time(check for _, check in sorted(found, key=lambda pair: pair[0]))


def _in_time(found: Iterable[SignatureCheck]) -> tuple[SignatureCheck, ...]:
    """A stamp that says a time well before a signature under it has a wrong clock, or the signing computer had."""
    checked: list[SignatureCheck] = []
    for each in found:
        under = [s.signed_at for s in checked if s.signed_at is not None]
        early = each.stamp and each.signed_at is not None and any(at - each.signed_at > CLOCKS for at in under)
        checked.append(replace(each, timely=False) if early else each)
    return tuple(checked)


def _one(reader: PdfFileReader, name: str, holder: Any, *, certification: bool) -> tuple[int, SignatureCheck]:
    """The check and the revision the signature was made in; one that cannot be read comes first, as not intact."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    try:
        signature = EmbeddedPdfSignature(reader, holder, name)
        return signature.signed_revision, _checked(signature, certification=certification)
    except (PdfError, *BREAKS):
        return 0, SignatureCheck(field=name, certification=certification)


def _checked(signature: Any, *, certification: bool) -> SignatureCheck:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    signature.compute_integrity_info()
    stamp, (inner, lost) = tokens.said(signature.signed_data), _inner(signature)
    intact = _intact(signature) if stamp is None else _is_stamp_intact(signature)
    at = signature.self_reported_timestamp if stamp is None else stamp["gen_time"].native
    return SignatureCheck(
        field=signature.fq_name,
        signer=tokens.name(signature.signer_cert.subject),
        signed_at=at,
        intact=intact,
        covers_whole=signature.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        certification=certification,
        change=_change(signature) if intact else Change.BROKEN,
        certificate=fingerprint(signature.signer_cert.dump()),
        issuer=tokens.vouched_by(signature.signer_cert),
        stamp=stamp is not None,
        inner=inner,
        lost=lost,
        timely=stamp is None or tokens.is_timely(signature.signer_cert, at),
    )


def _inner(signature: Any) -> tuple[InnerStamp | None, bool]:
    """The stamp in the signature, and whether there is one that cannot be read: no signature needs it."""
    from pyhanko.pdf_utils.misc import PdfError

    try:
        return tokens.inner(signature.signer_info), False
    except (PdfError, *BREAKS):
        return None, True


def _intact(signature: Any) -> bool:
    """The bytes covered are those signed, and the signature over them is the certificate's."""
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    same, valid = validate_sig_integrity(
        signature.signer_info, signature.signer_cert, "data", signature.compute_digest()
    )
    return bool(same and valid) and _is_padded(signature.pkcs7_content) and _is_regular(signature)


def _is_stamp_intact(signature: Any) -> bool:
    """The bytes covered are those stamped, and the stamp is its service's."""
    holds = tokens.is_intact(signature.signed_data, signature.compute_digest)
    return holds and _is_padded(signature.pkcs7_content) and _is_regular(signature)


def _is_padded(container: bytes) -> bool:
    """Behind the signature's own bytes stand zeros only; that room is not covered by any signature."""
    size = der.whole(container)
    return size is not None and not container[size:].strip(b"\0")


def _is_regular(signature: Any) -> bool:
    """What the signature does not cover in its own container is as RFC 5652 5.1 and 5.3 have it, to the byte.

    pyHanko does not read the list of digests, the versions, or what stands behind the last known part.
    """
    held, info = signature.signed_data, signature.signer_info
    digest = info["digest_algorithm"]
    listed = {algorithm["algorithm"].native for algorithm in held["digest_algorithms"]}
    plain = all(_has_no_parameters(algorithm) for algorithm in (digest, *held["digest_algorithms"]))
    version = "v1" if info["sid"].name == "issuer_and_serial_number" else "v3"
    versions = (info["version"].native == version, held["version"].native in {"v1", "v3", "v4", "v5"})
    return plain and digest["algorithm"].native in listed and all(versions) and _is_shaped(signature.pkcs7_content)


def _is_shaped(container: bytes) -> bool:
    """Walked by hand: asn1crypto takes minutes to write anew what is nested as deeply as a stamp inside a signature,
    and leaves what it does not know as it was."""
    return der.is_signature(container[: der.whole(container)])


def _has_no_parameters(algorithm: Any) -> bool:
    """Left out or NULL: a digest for signing has none."""
    return algorithm["parameters"].dump() in (b"", b"\x05\x00")


def _change(signature: Any) -> Change:
    from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel

    explained = signature.summarise_integrity_info()["docmdp_ok"]
    result = signature.diff_result
    if not explained or not isinstance(result, DiffResult):
        return Change.UNEXPLAINED
    known = {
        ModificationLevel.NONE: Change.NOTHING,
        ModificationLevel.LTA_UPDATES: Change.PROOF,
        ModificationLevel.FORM_FILLING: Change.SIGNING,
    }
    return known.get(result.modification_level, Change.UNEXPLAINED)
