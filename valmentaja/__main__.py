"""`valmentaja`: a subcommand runs without a window, none opens it."""

from __future__ import annotations

import sys

from valmentaja.cli.main import run


def main() -> int:
    """The exit code of the command or of the window."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
