"""Why the system could not read or write: its own words where a person may meet them, for the catalogues.

The words go by the error's number, because Windows words them otherwise and a desktop may have set its own language.
"""

from __future__ import annotations

import errno

from valmentaja.base.errors import N_

_BY_NUMBER = {
    errno.ENOENT: N_("No such file or directory"),
    errno.EACCES: N_("Permission denied"),
    errno.EPERM: N_("Operation not permitted"),
    errno.ENOSPC: N_("No space left on device"),
    errno.EDQUOT: N_("Disk quota exceeded"),
    errno.EISDIR: N_("Is a directory"),
    errno.ENOTDIR: N_("Not a directory"),
    errno.ENOTEMPTY: N_("Directory not empty"),
    errno.EEXIST: N_("File exists"),
    errno.ENAMETOOLONG: N_("File name too long"),
    errno.EROFS: N_("Read-only file system"),
    errno.EMFILE: N_("Too many open files"),
    errno.EBUSY: N_("Device or resource busy"),
    errno.EIO: N_("Input/output error"),
}
SYSTEM_REASONS = frozenset(_BY_NUMBER.values())
"""Values of a sentence that are said in its language."""


def system_reason(error: OSError) -> str:
    """For a sentence's `{reason}`; what is not in the table stays as the system says it."""
    return _BY_NUMBER.get(error.errno or 0) or error.strerror or type(error).__name__
