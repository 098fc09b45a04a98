"""Whether a time stamp (RFC 3161) holds, and what it says: over a whole document, or inside one signature.

What comes in are pyHanko's and asn1crypto's objects, which are untyped; pyHanko is imported inside functions only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

INSIDE = "signature_time_stamp_token"


@dataclass(frozen=True, slots=True, kw_only=True)
class InnerStamp:
    """A time stamp inside a signature, over that signature alone; `at` is by the service's clock, `timely` whether the
    service's certificate was valid then."""

    service: str
    issuer: str
    at: datetime
    intact: bool
    timely: bool


def said(signed_data: Any) -> Any:
    """What a time stamp says (TSTInfo); None for a signature of a person or a body."""
    content = signed_data["encap_content_info"]
    return content["content"].parsed if content["content_type"].native == "tst_info" else None


def is_intact(signed_data: Any, digest: Callable[[str], bytes]) -> bool:
    """The digest of what is stamped, by the stamp's own algorithm, is the one in it; a certificate for time stamping,
    and for nothing else (RFC 3161 2.3), has signed it.
    """
    from pyhanko.sign.general import extract_signer_info
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    info, certificate = extract_signer_info(signed_data), certificates(signed_data)[0]
    imprint = said(signed_data)["message_imprint"]
    content = bytes(signed_data["encap_content_info"]["content"])
    own = hashlib.new(info["digest_algorithm"]["algorithm"].native, content).digest()
    usage = certificate.extended_key_usage_value
    return all(
        (
            *validate_sig_integrity(info, certificate, "tst_info", own),
            usage is not None and usage.native == ["time_stamping"],
            imprint["hashed_message"].native == digest(imprint["hash_algorithm"]["algorithm"].native),
        )
    )


def certificates(signed_data: Any) -> list[Any]:
    """The signer's first."""
    from pyhanko.sign.validation.generic_cms import extract_certs_for_validation

    held = extract_certs_for_validation(signed_data)
    return [held.signer_cert, *held.other_certs]


def inside(signer_info: Any) -> Any:
    """The signed data of the time stamp in a signature; None when it has none."""
    unsigned = signer_info["unsigned_attrs"]
    found = [each["values"][0] for each in unsigned if each["type"].native == INSIDE] if unsigned else []
    return found[0]["content"] if found else None


def inner(signer_info: Any) -> InnerStamp | None:
    """None when there is no stamp; ValueError and its like when it cannot be read."""
    stamp = inside(signer_info)
    if stamp is None:
        return None
    signature = signer_info["signature"].native
    by, at = certificates(stamp)[0], said(stamp)["gen_time"].native
    return InnerStamp(
        service=name(by.subject),
        issuer=vouched_by(by),
        at=at,
        timely=is_timely(by, at),
        intact=is_intact(stamp, lambda algorithm: hashlib.new(algorithm, signature).digest()),
    )


def is_timely(certificate: Any, at: datetime) -> bool:
    """Whether the certificate was valid at that time (RFC 5280 4.1.2.5)."""
    return bool(certificate.not_valid_before <= at <= certificate.not_valid_after)


def vouched_by(certificate: Any) -> str:
    """The issuer's name; empty when the certificate vouches only for itself."""
    return "" if certificate.issuer == certificate.subject else name(certificate.issuer)


def name(subject: Any) -> str:
    return str(subject.native.get("common_name", "") or subject.human_friendly)
