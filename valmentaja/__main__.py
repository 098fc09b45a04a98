"""`valmentaja`: a subcommand runs without a window, none opens it."""

from __future__ import annotations

import sys

from valmentaja.base.process import forbid_dumps


def main() -> int:
    """The exit code of the command or of the window."""
    forbid_dumps()
    arguments = sys.argv[1:]
    # Each way loads only what it needs: a command no Qt, the window no argument parser.
    if arguments and arguments != ["--training"]:
        from valmentaja.cli.main import run as carry_out

        return carry_out(arguments)
    from valmentaja.app import run as open_window

    return open_window(training=bool(arguments))


if __name__ == "__main__":
    sys.exit(main())
