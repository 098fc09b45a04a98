"""What this process asks of the system before it touches anything secret."""

from __future__ import annotations

import sys

_PR_SET_DUMPABLE = 4


def forbid_dumps() -> None:
    """No core file and no reading of the memory by other programs of the same user (store.md §1.13); Linux only.

    The system's crash catcher gets nothing either, because it is told by the same flag.
    """
    if sys.platform != "linux":
        return
    import ctypes
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
