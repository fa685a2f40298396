"""The program's front door: sub-commands go to the command line, all else to the window."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    import argparse


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["--speech-worker"]:  # how a frozen program starts its own speech process
        from reader.speech.process.worker import main as serve_speech

        return serve_speech()
    if given[:1] == ["--section-worker"]:
        from reader.formats.process.section_worker import main as serve_sections

        return serve_sections(given[1:])
    if given[:1] == ["--pdf-worker"]:  # the same for the process that reads PDF files
        from reader.formats.pdf.worker import main as serve_pages

        return serve_pages()
    from reader.cli.arguments import parse_arguments, run_command

    options = parse_arguments(given)
    if options.command is not None:
        return run_command(options)
    # until the text is painted: all that a start builds stays, and looking for rubbish in it
    # again and again takes a tenth of the time
    gc.disable()
    code = _open_window(options)
    if arguments is None:
        _leave_at_once(code)
    return code


def _open_window(options: argparse.Namespace) -> int:
    """Have the text read while Qt is loaded, then open the window; return the exit code."""
    from reader.app.paths import user_paths
    from reader.app.services import Services
    from reader.app.trace import Trace

    with Trace(options.trace) as trace:
        services = Services(
            user_paths(options.data_dir), trace, leaves_traces=options.screenshot is None
        )
        if options.play and options.screenshot is None:
            services.load_voice_ahead()
        if options.file is None:
            services.texts.read_ahead(services.texts.to_begin_with())
        elif isinstance(options.file, Path):
            services.texts.read_ahead(options.file)
        from reader.ui.application import run_window

        return run_window(options, services)


def _leave_at_once(code: int) -> NoReturn:
    """End the process: all is closed, and taking every object apart would only keep the user."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
