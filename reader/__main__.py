"""The program's front door: sub-commands go to the command line, all else to the window."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["--speech-worker"]:  # how a frozen program starts its own speech process
        from reader.speech.worker import main as serve_speech

        return serve_speech()
    if given[:1] == ["--section-worker"]:
        from reader.formats.section_worker import main as serve_sections

        return serve_sections(given[1:])
    if given[:1] == ["--pdf-worker"]:  # the same for the process that reads PDF files
        from reader.formats.pdf.worker import main as serve_pages

        return serve_pages()
    from reader.cli.arguments import parse_arguments, run_command

    options = parse_arguments(given)
    if options.command is not None:
        return run_command(options)
    if isinstance(options.file, Path) and options.file.suffix.lower() == ".pdf":
        from reader.formats.pdf.process import start_ahead

        start_ahead(options.file)  # it is read while the window gets ready
    if options.play and options.screenshot is None:
        _start_voice_ahead(options.data_dir)
    # until the text is painted: all that a start builds stays, and looking for rubbish in it
    # again and again takes a tenth of the time
    gc.disable()
    from reader.ui.application import run_window

    code = run_window(options)
    if arguments is None:
        _leave_at_once(code)
    return code


def _start_voice_ahead(data_dir: Path | None) -> None:
    """Have the voice loaded while the window gets ready: it is the last thing one waits for."""
    from reader.app.paths import user_paths
    from reader.app.settings import Settings
    from reader.speech.starting import start_ahead

    paths = user_paths(data_dir)
    start_ahead(paths.voices_dir, Settings.load(paths.settings).settings.voice)


def _leave_at_once(code: int) -> NoReturn:
    """End the process: all is closed, and taking every object apart would only keep the user."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
