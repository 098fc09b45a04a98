"""`valmentaja-kokoaja`: the collecting office's commands."""

from __future__ import annotations

import sys

from valmentaja.central.main import run


def main() -> int:
    """The exit code of the command."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
