"""What a file says about itself: XMP, document information, colour profile and attached files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from PIL import ImageCms
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFInfo,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from valmentaja.i18n import words

PRODUCER = "Valmentaja"
ICC_MADE = slice(24, 36)
ICC_DAY = bytes((7, 234, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
{anchor}<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
<xmp:CreatorTool>{producer}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description></rdf:li></rdf:Seq>
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file carried inside the document; `name` is ASCII and never a person's."""

    name: str
    media_type: str
    description: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the file says about itself; `title` never holds a client's name.

    `anchor` is where the vault's log stood when the document was sealed, in the form of `domain.anchor`.
    """

    title: str
    language: str
    created: datetime
    attachments: tuple[Attachment, ...] = ()
    anchor: str = ""


def with_data(title: str, language: str, created: str, content: bytes) -> About:
    """A paper that carries what is printed on it as JSON; `created` is a UTC stamp."""
    data = Attachment(
        name="paper.json",
        media_type="application/json",
        description=words(language)("The paper as data: exactly what is printed here"),
        content=content,
    )
    return About(title=title, language=language, created=datetime.fromisoformat(created), attachments=(data,))


class Information(PDFInfo):
    """The document information dictionary, holding only what the XMP holds too."""

    def __init__(self, about: About) -> None:
        super().__init__()
        self.about = about

    def format(self, document: PDFDocument) -> bytes:
        made = PDFString(self.about.created.strftime("D:%Y%m%d%H%M%SZ"))
        entries = {
            "Title": PDFString(self.about.title),
            "Creator": PDFString(PRODUCER),
            "Producer": PDFString(PRODUCER),
            "CreationDate": made,
            "ModDate": made,
        }
        return PDFDictionary(entries).format(document)


def xmp(about: About) -> PDFStream:
    """The metadata packet, uncompressed so that any archive can read it."""
    text = XMP.format(
        title=escape(about.title),
        language=escape(about.language),
        made=about.created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        producer=PRODUCER,
        # A property that PDF/A knows: one of our own would need a schema in every file.
        anchor=f"<dc:identifier>{escape(about.anchor)}</dc:identifier>\n" if about.anchor else "",
    )
    return PDFStream(PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"}), text.encode())


@cache
def srgb() -> bytes:
    """The sRGB profile, with a fixed day of making so that files stay identical."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[ICC_MADE] = ICC_DAY
    return bytes(profile)


def output_intent() -> PDFDictionary:
    """Which colours the numbers on the page mean."""
    profile = PDFStream(PDFDictionary({"N": 3, "Alternate": "/DeviceRGB"}), srgb(), [PDFZCompress])
    entries = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": PDFString("sRGB IEC61966-2.1"),
        "Info": PDFString("sRGB IEC61966-2.1"),
        "DestOutputProfile": profile,
    }
    return PDFDictionary(entries)


def file_specification(attachment: Attachment, about: About, document: Any) -> object:
    """A reference to the attached file, associated with the whole document as its data."""
    size = len(attachment.content)
    made = PDFString(about.created.strftime("D:%Y%m%d%H%M%SZ"))
    check = PDFString(hashlib.md5(attachment.content, usedforsecurity=False).digest(), enc="raw")
    # PDFName does not escape the slash of a media type.
    kind = "/" + attachment.media_type.replace("/", "#2F")
    entries = {"Type": "/EmbeddedFile", "Subtype": kind, "Params": _params(size, made, check)}
    stream = document.Reference(PDFStream(PDFDictionary(entries), attachment.content, [PDFZCompress]))
    specification = {
        "Type": "/Filespec",
        "F": PDFString(attachment.name),
        "UF": PDFString(attachment.name),
        "Desc": PDFString(attachment.description),
        "AFRelationship": "/Data",
        "EF": PDFDictionary({"F": stream, "UF": stream}),
    }
    return document.Reference(PDFDictionary(specification))


def _params(size: int, made: PDFString, check: PDFString) -> PDFDictionary:
    return PDFDictionary({"Size": size, "ModDate": made, "CreationDate": made, "CheckSum": check})


def names(attachments: tuple[Attachment, ...], references: list[object]) -> PDFDictionary:
    """The name tree of attached files, sorted as the format asks."""
    pairs = sorted(zip((a.name for a in attachments), references, strict=True), key=lambda pair: pair[0])
    flat = [part for name, reference in pairs for part in (PDFString(name), reference)]
    return PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray(flat)})})


def marked() -> PDFDictionary:
    return PDFDictionary({"Marked": "true"})


def shows_title() -> PDFDictionary:
    return PDFDictionary({"DisplayDocTitle": "true"})


def name(text: str) -> str:
    """A PDF name."""
    return str(PDFName(text))
