"""`sottovoce voices list|verify`: the voices on this machine, and whether they are whole."""

from __future__ import annotations

import argparse
import json
import sys

from reader.app.paths import user_paths
from reader.cli.arguments import global_options
from reader.speech.engine import Voice
from reader.speech.voices import Verdict, installed_voices, verify_voices


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    shared = global_options()
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, purpose in (
        ("list", "list the voices of all engines"),
        ("verify", "compare the voices' files with their checksums"),
    ):
        action = actions.add_parser(
            name, help=purpose, description=purpose, parents=[shared], allow_abbrev=False
        )
        if name == "list":
            action.add_argument("--json", action="store_true", help="print all as JSON")


def run(options: argparse.Namespace) -> int:
    """Do what was asked; return 0, or 4 where a voice is damaged."""
    voices_dir = user_paths(options.data_dir).voices_dir
    if options.action == "verify":
        has_damage = False
        for verified in verify_voices(voices_dir):
            has_damage = has_damage or verified.verdict is Verdict.DAMAGED
            print(f"{verified.id}  {verified.verdict}")
        if has_damage:
            print("sottovoce: a voice is damaged. Install it again.", file=sys.stderr)
        return 4 if has_damage else 0
    voices = installed_voices(voices_dir)
    if options.json:
        print(json.dumps([_voice_object(voice) for voice in voices], ensure_ascii=False, indent=1))
        return 0
    width = max(len(voice.id) for voice in voices)
    for voice in voices:
        state = "" if voice.is_available else f"  ({voice.reason})"
        print(f"{voice.id:{width}}  {voice.language:8}  {voice.name}{state}")
    return 0


def _voice_object(voice: Voice) -> dict[str, object]:
    return {
        "id": voice.id,
        "engine": voice.engine,
        "language": voice.language,
        "name": voice.name,
        "installed": voice.is_installed,
        "available": voice.is_available,
        "reason": voice.reason,
        "size_bytes": voice.size_bytes,
        "licence": voice.licence,
    }
