"""`sottovoce backup make|restore FILE`: everything the user made, in one file and back."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from reader.app.backup import SUFFIX, make_backup_file, restore_backup_file
from reader.app.paths import user_paths
from reader.app.wording import notes_counted
from reader.cli.arguments import global_options
from reader.cli.output import print_result
from reader.storage.database import Database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, purpose in (
        ("make", "write notes, places, settings, rules and templates to one file"),
        ("restore", "put what a backup holds in the place of what is here, which is backed up too"),
    ):
        action = actions.add_parser(
            name, help=purpose, description=purpose, parents=[global_options()], allow_abbrev=False
        )
        action.add_argument("file", type=Path, metavar="FILE", help=f"ends in {SUFFIX}")


def run(options: argparse.Namespace) -> int:
    """Make or restore a backup; say what it holds."""
    paths, now = user_paths(options.data_dir), datetime.now().astimezone()
    with Database(paths.database) as database:
        if options.action == "make":
            backup, done = make_backup_file(database, paths, options.file, now), "Backed up"
        else:
            backup, done = restore_backup_file(database, paths, options.file, now), "Restored"
    if not options.quiet:
        held = notes_counted(backup.note_count)
        print_result(f"{done}: {held}, as of {backup.made:%Y-%m-%d %H:%M}.\n")
    return 0
