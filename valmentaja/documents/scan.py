"""A scanned paper: which kind of file it is, and that it opens."""

from __future__ import annotations

from io import BytesIO

from valmentaja.base.errors import N_, UserError

KINDS = {b"%PDF-": ".pdf", b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png"}
FORMAT = N_("“{file}” is neither a PDF nor a picture (JPEG, PNG). Scan the paper into one of these.")
BROKEN = N_("“{file}” is damaged, empty or locked with a password and does not open. Scan the paper again.")


def suffix(content: bytes, name: str) -> str:
    """The file ending of what `content` is; UserError naming the file when it is not a scan that opens."""
    kind = next((end for start, end in KINDS.items() if content.startswith(start)), "")
    if not kind:
        raise UserError(FORMAT, file=name)
    if not (_pages_open(content) if kind == ".pdf" else _picture_opens(content)):
        raise UserError(BROKEN, file=name)
    return kind


def _pages_open(content: bytes) -> bool:
    """Only where nobody else draws pages at the same time: pdfium knows one thread."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except RuntimeError:
        return False
    pages = len(document)
    document.close()
    return pages > 0


def _picture_opens(content: bytes) -> bool:
    from PIL import Image

    try:
        with Image.open(BytesIO(content)) as picture:
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True
