"""`sottovoce pronunciation`: the rules for how words sound, listed, brought in and taken out."""

from __future__ import annotations

import argparse
from pathlib import Path

from reader.app.paths import user_paths
from reader.app.reading_choices import PronunciationFile
from reader.app.wording import rule_fault_words
from reader.cli.arguments import global_options
from reader.cli.output import print_result, say
from reader.export.output_file import open_output
from reader.speech.planning.pronunciation import RuleFault, rules_as_csv


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the commands there are for rules."""
    shared = global_options()
    commands = parser.add_subparsers(dest="rules_command", metavar="COMMAND", required=True)
    commands.add_parser("list", parents=[shared], help="print the rules, as CSV")
    bring = commands.add_parser("import", parents=[shared], help="add the rules of such a file")
    bring.add_argument("file", type=Path, metavar="FILE", help="a file that export has written")
    take = commands.add_parser("export", parents=[shared], help="write the rules to a file")
    take.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="where to")


def run(options: argparse.Namespace) -> int:
    """Do what is asked for; return 0."""
    rules = PronunciationFile(user_paths(options.data_dir).pronunciation)
    table = rules_as_csv(rules.rules)
    match options.rules_command:
        case "list":
            print_result(table.replace("\r\n", "\n"))
            _tell(rules.faults)
        case "export":
            with open_output(options.output) as output:
                output.write(table.encode("utf-8"))
        case "import":
            _, faults = rules.merge(options.file)
            _tell(faults)
    return 0


def _tell(faults: tuple[RuleFault, ...]) -> None:
    """Say on standard error which lines can't be used."""
    for fault in faults:
        say(f"left out, {rule_fault_words(fault)}")
