"""Several files as one zip; the same files give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_FIXED_MOMENT = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE_0600 = 0o100600 << 16


def bundle(files: Mapping[str, bytes]) -> bytes:
    """A zip with these files in this order; not encrypted."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _FIXED_MOMENT)
            entry.external_attr, entry.compress_type = _PLAIN_FILE_0600, zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return held.getvalue()
