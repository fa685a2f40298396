"""`sottovoce voices list|install|remove|verify`: the voices here, and those that can be had."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from reader.app.paths import user_paths
from reader.cli.arguments import global_options
from reader.cli.output import print_json, print_result, say
from reader.errors import VoiceUnknown
from reader.speech.engine import Voice, VoiceId
from reader.speech.voices.catalogue import PublishedVoice, published_voices
from reader.speech.voices.overview import Verdict, all_voices, verify_voices

_ACTIONS = {
    "list": "list the voices of all engines, and those that can be installed",
    "install": "install a voice: fetched by its id, or copied from a file or folder",
    "remove": "remove an installed voice",
    "verify": "compare the voices' files with their checksums",
}
_DEFAULT_ENGINE = "piper"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    shared = global_options()
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    made = {
        name: actions.add_parser(
            name, help=purpose, description=purpose, parents=[shared], allow_abbrev=False
        )
        for name, purpose in _ACTIONS.items()
    }
    made["list"].add_argument("--json", action="store_true", help="print all as JSON")
    made["install"].add_argument(
        "voice", metavar="ID|FILE", help="an id from the list, or a model, or a folder of models"
    )
    made["install"].add_argument(
        "--from",
        dest="address",
        metavar="ADDRESS",
        help="fetch from here, where the same files are, instead of from the publisher",
    )
    made["remove"].add_argument("voice", metavar="ID", help="its id, as in the list")


def run(options: argparse.Namespace) -> int:
    """Do what was asked; return 0, or 4 where a voice is damaged."""
    voices_dir = user_paths(options.data_dir).voices_dir
    match options.action:
        case "list":
            return _list(voices_dir, is_json=options.json)
        case "install":
            return _install(options, voices_dir)
        case "remove":
            from reader.speech.voices.install import remove_voice

            voice = _voice_id(options.voice)
            remove_voice(voice, voices_dir)
            print_result(f"{voice}  removed\n")
            return 0
        case _:
            return _verify(voices_dir)


def _list(voices_dir: Path, *, is_json: bool) -> int:
    voices = all_voices(voices_dir)
    if is_json:
        print_json([_voice_object(voice) for voice in voices])
        return 0
    width = max(len(voice.id) for voice in voices)
    for voice in voices:
        print_result(f"{voice.id:{width}}  {voice.language:8}  {voice.name}{_state(voice)}\n")
    return 0


def _state(voice: Voice) -> str:
    if voice.is_available:
        return ""
    size = f", {voice.size_bytes / 1e6:.0f} MB" if not voice.is_installed else ""
    return f"  ({voice.reason}{size})"


def _install(options: argparse.Namespace, voices_dir: Path) -> int:
    from reader.speech.voices.install import install_from

    if _is_path(options.voice):
        installed = install_from(Path(options.voice), voices_dir)
    else:
        published = published_voices().get(_voice_id(options.voice))
        if published is None:
            raise VoiceUnknown(options.voice)
        _fetch(published, voices_dir, options.address, is_quiet=options.quiet)
        installed = [published.id]
    for voice in installed:
        print_result(f"{voice}  installed\n")
    return 0


def _fetch(voice: PublishedVoice, voices_dir: Path, address: str | None, *, is_quiet: bool) -> None:
    """Fetch a voice, telling how far it is; Ctrl+C keeps what has come."""
    from reader.speech.voices.download import Progress, VoiceDownload

    is_seen = sys.stderr.isatty() and not is_quiet

    def tell(progress: Progress) -> None:
        done, whole = progress.done_bytes / 1e6, progress.whole_bytes / 1e6
        what = "checking" if progress.is_checking else f"{done:.1f} of {whole:.1f} MB"
        print(f"\r{voice.id}  {what:24}", end="", file=sys.stderr, flush=True)

    if not is_quiet:
        size, place = voice.size_bytes / 1e6, address or " and ".join(voice.addresses)
        print(f"fetching {size:.0f} MB from {place}", file=sys.stderr)
    download = VoiceDownload(
        voice, voices_dir, tell if is_seen else lambda _progress: None, address=address
    )
    try:
        download.run()
    except KeyboardInterrupt:
        print("\nsottovoce: paused. The same command goes on from here.", file=sys.stderr)
        raise
    finally:
        if is_seen:
            print(file=sys.stderr)


def _verify(voices_dir: Path) -> int:
    has_damage = False
    for verified in verify_voices(voices_dir):
        has_damage = has_damage or verified.verdict is Verdict.DAMAGED
        print_result(f"{verified.id}  {verified.verdict}\n")
    if has_damage:
        say("a voice is damaged. Install it again.")
    return 4 if has_damage else 0


def _is_path(text: str) -> bool:
    """Whether this is meant as a file; an id has no slash, and none of our endings."""
    is_named_like_one = os.sep in text or text.endswith((".onnx", ".onnx.json"))
    return is_named_like_one or text in (".", "..") or Path(text).exists()


def _voice_id(text: str) -> VoiceId:
    """Return the id that is meant; the engine may be left out where it is the usual one."""
    return VoiceId(text if ":" in text else f"{_DEFAULT_ENGINE}:{text}")


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
