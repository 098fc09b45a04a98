"""PAdES signatures with pyHanko. Importing this costs half a second: import it inside functions only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko.stamp import StaticStampStyle

# A ring with a tick, 54 points high: paths only, because pyHanko's default text would bring an unembedded font.
TICK = b"""q 0.09 0.42 0.17 RG 1.5 w 1 J 1 j
27 45 m 36.9 45 45 36.9 45 27 c 45 17.1 36.9 9 27 9 c 17.1 9 9 17.1 9 27 c 9 36.9 17.1 45 27 45 c S
2.5 w 18.5 27 m 24.5 20.5 l 36 33.5 l S Q"""
TICK_SIZE = 54
SIGNATURE_ROOM = 3072
"""Bytes for everything in a signature but certificates: an RSA key of 8192 bits signs in 1024 of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be signed how. `certify` makes the first seal: later only form filling and signing are allowed."""

    field: str
    at: datetime
    reason: str
    name: str
    certify: bool


class _Writer(IncrementalPdfFileWriter):
    """Leaves the XMP as it was signed; pyHanko would rewrite it at every save."""

    def _update_meta(self) -> None:
        pass


class _Signer(PdfSigner):
    """Signs at the moment it is told, not at the computer's own."""

    moment: datetime

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self.moment
        return session


def sign(pdf: bytes, key: Signer, order: Order) -> bytes:
    """`pdf` with one more revision: a signature with an open key, in an empty field that already exists."""
    signer = _Signer(_metadata(order), key, stamp_style=_stamp())
    signer.moment = order.at
    signed = signer.sign_pdf(
        _Writer(BytesIO(pdf)), existing_fields_only=True, output=BytesIO(), bytes_reserved=_room(key)
    )
    return bytes(signed.getvalue())


def _room(key: Signer) -> int:
    """How many hexadecimal digits to keep free: the certificates that go along, the signature and what it signs.

    Without it pyHanko makes a whole trial signature to learn the size: half of the time of signing.
    """
    own = key.signing_cert
    held = {bytes(each.dump()) for each in (own, *key.cert_registry) if each is not None}
    return 2 * (sum(map(len, held)) + SIGNATURE_ROOM)


def _metadata(order: Order) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=order.field,
        reason=order.reason or None,
        name=order.name,
        certify=order.certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
    )


def _stamp() -> StaticStampStyle:
    layout = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MIN, y_align=AxisAlignment.ALIGN_MID, margins=Margins(0, 0, 0, 0)
    )
    picture = RawContent(TICK, box=BoxConstraints(width=TICK_SIZE, height=TICK_SIZE))
    return StaticStampStyle(border_width=0, background=picture, background_layout=layout, background_opacity=1.0)
