"""What may be typed after `sottovoce`, and who answers it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from reader import __version__
from reader.app.trace import Trace
from reader.app.wording import sentence_for
from reader.errors import (
    SottovoceError,
    StorageDamaged,
    TextMissing,
    WebAddressNotAllowed,
    system_reason,
)

if TYPE_CHECKING:
    from reader.text.address import Address

COMMANDS = {
    "text": "print the canonical text of a file",
    "plan": "print what would be spoken, in order, and what would be skipped",
    "speak": "write a text, spoken, to a file",
    "notes": "list, export and import the notes on a text",
    "pronunciation": "list, export and import the rules for how words sound",
    "voices": "list the voices",
    "library": "add texts to the library, list and remove them, bring its index up to date",
    "backup": "write everything you made to one file, or put it back from there",
    "search": "find words in all texts and notes",
}
"""The words that never open a window. To read a file of such a name, write `./text`."""

_USUAL_WIDTH = 78


class _CommandModule(Protocol):
    """`reader.cli.<command>`: loaded only when its command is asked for."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add what the command takes."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; return the exit code. The result alone goes to standard output."""


def _module_of(command: str) -> _CommandModule:
    return cast(_CommandModule, import_module(f"reader.cli.{command}"))


def _unmeasured_help(prog: str) -> argparse.HelpFormatter:
    """Return what writes help as wide as most terminals are: measuring one takes 3 ms.

    argparse asks for it with each argument that is added, to see that its metavar is one.
    """
    return argparse.HelpFormatter(prog, width=_USUAL_WIDTH)


def global_options() -> argparse.ArgumentParser:
    """Return what every command takes, a command's own commands too, as a parent parser."""
    # SUPPRESS: given before or after the command, the one that is there holds
    options = argparse.ArgumentParser(
        add_help=False, argument_default=argparse.SUPPRESS, formatter_class=_unmeasured_help
    )
    options.add_argument("--data-dir", type=Path, metavar="DIR", help="keep everything below DIR")
    options.add_argument(
        "--trace", type=_trace_file, metavar="FILE", help="write what happens, and when"
    )
    options.add_argument("--version", action="version", version=f"sottovoce {__version__}")
    options.add_argument("-q", "--quiet", action="store_true", help="say only what went wrong")
    options.add_argument(
        "-v", "--verbose", action="store_true", help="say where in the program it went wrong"
    )
    return options


def _trace_file(written: str) -> Path:
    try:
        Path(written).open("a").close()
    except OSError as error:
        reason = system_reason(error)
        raise argparse.ArgumentTypeError(f"{written} can't be written: {reason}") from None
    return Path(written)


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options; `command` is None where the window is wanted. Wrong use exits with 2.

    Always there: data_dir, trace (Path or None), quiet, verbose. For the window also file
    (Path, the address of a web page, Address or None), screenshot (Path or None) and play.
    """
    asks_for_help = not {"-h", "--help"}.isdisjoint(arguments)
    parser = argparse.ArgumentParser(
        "sottovoce",
        formatter_class=argparse.RawDescriptionHelpFormatter if asks_for_help else _unmeasured_help,
        # its own copy: the defaults set below would also be those of the commands' options, and
        # take the place of what was given before the command
        parents=[global_options()],
        allow_abbrev=False,
        description="Read a text, with your notes in its margin and a voice on this machine.",
        epilog=_words_on_commands() if asks_for_help else None,
    )
    parser.set_defaults(data_dir=None, trace=None, quiet=False, verbose=False)
    wanted = _command_in(arguments)
    if wanted is not None:
        shared = global_options()
        commands = parser.add_subparsers(dest="command", metavar="COMMAND")
        for name, purpose in COMMANDS.items():
            command = commands.add_parser(
                name, help=purpose, parents=[shared], allow_abbrev=False, description=purpose
            )
            if name == wanted:
                _module_of(name).add_arguments(command)
    else:
        parser.set_defaults(command=None)
        parser.add_argument(
            "file",
            nargs="?",
            type=_text_or_address,
            metavar="FILE",
            help="the text to open: a file, the address of a web page, or a sottovoce: address",
        )
        parser.add_argument("--play", action="store_true", help="start reading aloud at once")
        parser.add_argument("--screenshot", type=Path, metavar="OUT.png", help="paint, save, leave")
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        parser.error(_words_on_unknown(unknown, options))
    return options


def _words_on_commands() -> str:
    widest = max(map(len, COMMANDS))
    lines = [f"  {name:<{widest}}  {purpose}" for name, purpose in COMMANDS.items()]
    return "\n".join(["without a window:", *lines, "", "Each says more: sottovoce COMMAND --help"])


def _words_on_unknown(unknown: Sequence[str], options: argparse.Namespace) -> str:
    """Say what is wrong with words that are left over, and what may have been meant."""
    flags = [word for word in unknown if word.startswith("-")]
    if options.command is not None or flags:
        return f"unrecognized arguments: {' '.join(flags or unknown)}"
    likely = likely_command(str(options.file))
    if likely is not None and not Path(str(options.file)).exists():
        return f"there is no command {options.file}; did you mean {likely}?"
    return (
        f"one text can be opened at a time, and {len(unknown) + 1} were named. To add many: "
        "sottovoce library add FILE…"
    )


def likely_command(word: str) -> str | None:
    """Return the command that somebody meant who wrote this, None where none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, COMMANDS, n=1, cutoff=0.75)), None)


def _text_or_address(written: str) -> Path | Address | str:
    start = written[:10].lower()
    if start.startswith("file:"):  # how desktops hand over files to what takes addresses too
        from urllib.parse import unquote, urlsplit

        path = unquote(urlsplit(written).path)
        return Path(path.lstrip("/") if os.name == "nt" else path)
    if start.startswith(("http://", "https://")):
        from reader.text.web_address import web_address_from

        page = web_address_from(written)
        if page is None:
            raise argparse.ArgumentTypeError(f"{written} is no address of a web page")
        return page
    if start != "sottovoce:":
        return Path(written)
    from reader.text.address import address_from

    address = address_from(written)
    if address is None:
        raise argparse.ArgumentTypeError(f"{written} is no address of a text")
    return address


def _command_in(arguments: Sequence[str]) -> str | None:
    """Return the command that is asked for, None where it is the window."""
    if not COMMANDS.keys() & set(arguments):
        return None
    # it may still be the name of a file or a folder
    rest = global_options().parse_known_args([a for a in arguments if a != "--version"])[1]
    return rest[0] if rest and rest[0] in COMMANDS else None


def run_command(options: argparse.Namespace) -> int:
    """Run the command in `options`; what went wrong is one plain line on standard error.

    A damaged file of notes is mended first, which is said, unless a window has it open.
    """
    with Trace(options.trace) as trace:
        trace.record("command_begun", command=options.command)
        exit_code = _answered(options)
        trace.record("command_ended", exit_code=exit_code)
    return exit_code


def _answered(options: argparse.Namespace) -> int:
    try:
        try:
            return _module_of(options.command).run(options)
        except StorageDamaged:
            from reader.app.paths import user_paths
            from reader.cli.mending import mended

            if not mended(user_paths(options.data_dir)):
                raise
            return _module_of(options.command).run(options)
    except SottovoceError as error:
        if isinstance(error, TextMissing) and error.path.parts[:1] in (("http:",), ("https:",)):
            error = WebAddressNotAllowed(str(error.path).replace(":/", "://", 1))
        from reader.cli.output import say

        if options.verbose:
            import traceback

            traceback.print_exception(error)
        say(sentence_for(error))
        return error.exit_code
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130
