"""PAdES signatures with pyHanko. Importing this costs half a second: import it inside functions only."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto.crl import CertificateList
from asn1crypto.ocsp import OCSPResponse
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject, NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import PdfSignedData, PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.stamp import StaticStampStyle

# A ring with a tick, 54 points high: paths only, because pyHanko's default text would bring an unembedded font.
TICK = b"""q 0.09 0.42 0.17 RG 1.5 w 1 J 1 j
27 45 m 36.9 45 45 36.9 45 27 c 45 17.1 36.9 9 27 9 c 17.1 9 9 17.1 9 27 c 9 36.9 17.1 45 27 45 c S
2.5 w 18.5 27 m 24.5 20.5 l 36 33.5 l S Q"""
TICK_SIZE = 54
SIGNATURE_ROOM = 3072
"""Bytes for everything in a signature but certificates: an RSA key of 8192 bits signs in 1024 of them."""

STAMP_ROOM = 16_384
"""Bytes for a time stamp with its certificates; never change it: answers to requests that are out would not fit."""


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


class _SameWriter(_Writer):
    """Writes the same bytes each time: the second half of the file's identifier is not drawn by lot."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> ArrayObject:
        first, _second = prev.document_id
        prev.stream.seek(0)
        return ArrayObject(
            [ByteStringObject(each) for each in (first, hashlib.sha256(prev.stream.read()).digest()[:16])]
        )


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A document with an empty time stamp at its end; `digest` (SHA-256) is what the stamp must be about."""

    pdf: bytes
    prepared: PreparedByteRangeDigest

    @property
    def digest(self) -> bytes:
        return self.prepared.document_digest

    def filled(self, token: bytes) -> bytes:
        out = BytesIO(self.pdf)
        self.prepared.fill_with_cms(out, token)
        return out.getvalue()


def with_room(pdf: bytes) -> Room:
    """`pdf` with one more revision, the same bytes each time it is asked.

    The field lies outside the page: PDF/UA wants a tag for any other, and PDF/A forbids to hide it.
    """
    writer = _SameWriter(BytesIO(pdf))
    taken = {name for name, _value, _field in enumerate_sig_fields(writer)}
    name = next(name for n in range(1, len(taken) + 2) if (name := f"timestamp{n}") not in taken)
    field = SigFieldSpec(
        sig_field_name=name,
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
        readable_field_name="RFC 3161",
    )
    steps = PdfCMSEmbedder(new_field_spec=field).write_cms(field_name=name, writer=writer, existing_fields_only=False)
    next(steps)
    kind, form = NameObject("/DocTimeStamp"), SigSeedSubFilter.ETSI_RFC3161
    steps.send(SigObjSetup(sig_placeholder=PdfSignedData(kind, form, bytes_reserved=2 * STAMP_ROOM)))
    prepared, out = steps.send(SigIOSetup(md_algorithm="sha256", output=BytesIO()))
    return Room(pdf=out.getvalue(), prepared=prepared)


def with_store(pdf: bytes, *, certificates: Iterable[bytes], answers: Iterable[bytes], lists: Iterable[bytes]) -> bytes:
    """`pdf` with one more revision that holds this data (DER) in its security store; `pdf` itself if nothing is new.

    Not sorted by signature (VRI): that is optional, and readers look through the whole store anyway.
    """
    writer = _Writer(BytesIO(pdf))
    writer.register_extension(ESIC_EXTENSION_1)
    store = DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=[Certificate.load(each) for each in certificates],
        ocsps=[OCSPResponse.load(each) for each in answers],
        crls=[CertificateList.load(each) for each in lists],
    )
    if not store.modified:
        return pdf
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()
