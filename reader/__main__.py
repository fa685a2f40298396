"""The program's front door: sub-commands go to the command line, all else to the window."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["--speech-worker"]:  # how a frozen program starts its own speech process
        from reader.speech.worker import main as serve_speech

        return serve_speech()
    from reader.cli.arguments import parse_arguments, run_command

    options = parse_arguments(given)
    if options.command is not None:
        return run_command(options)
    # until the text is painted: all that a start builds stays, and looking for rubbish in it
    # again and again takes a tenth of the time
    gc.disable()
    from reader.ui.application import run_window

    return run_window(options)


if __name__ == "__main__":
    sys.exit(main())
