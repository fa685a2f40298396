"""Voices from files the user has, and voices taken out again."""

from __future__ import annotations

import mmap
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from reader.errors import OutputNotWritten, VoiceFilesWrong, VoiceNotInstalled, VoiceNotRemovable
from reader.speech.engine import VoiceId
from reader.speech.engines.model_outputs import is_whole_model
from reader.speech.engines.piper_voices import (
    ENGINE,
    configuration_of,
    loose_models,
    piper_voice_files,
    read_configuration,
)
from reader.speech.voices.catalogue import PublishedVoice, published_voices
from reader.speech.voices.store import Staging, Sums, remove_folder, sums_of

_MODEL_CARD = "MODEL_CARD"
_OTHERS_CALLED_SO = "another model is published under this name; rename it if it is your own"


def install_from(source: Path, voices_dir: Path) -> list[VoiceId]:
    """Copy the voices that are at `source`: a model, its configuration, or a folder of them.

    Each is checked, and held against the catalogue if it has a name from there. Returns the ids
    of those that are installed now.

    Raises:
        VoiceFilesWrong: there is no whole voice. Those before it stay installed.
        VoiceBusy: it is being installed already.
        OutputNotWritten: the disk is full or can't be written.
    """
    packs = list(_packs_in(source)) if source.is_dir() else []
    models = _models_at(source)
    if not packs and not models:
        reason = "there is no voice in it" if source.exists() else "there is no such file"
        raise VoiceFilesWrong(str(source), reason)
    installed = [voice for pack in packs for voice in _install_pack(pack, source, voices_dir)]
    return [*installed, *(_install_piper(model, voices_dir) for model in models)]


def remove_voice(voice: VoiceId, voices_dir: Path) -> None:
    """Take an installed voice out, and with it those it shares its files with.

    Raises:
        VoiceNotRemovable: it isn't among those the user has installed.
        VoiceNotInstalled: it isn't here at all.
        OutputNotWritten: it can't be done.
    """
    if not is_removable(voice, voices_dir):
        is_here = any(files.id == voice for files in piper_voice_files(voices_dir))
        is_systems = not voice.startswith(f"{ENGINE}:") and voice not in published_voices()
        raise (VoiceNotRemovable if is_here or is_systems else VoiceNotInstalled)(voice)
    place = place_of(voice)
    if (voices_dir / place).is_dir():
        remove_folder(voices_dir, place)
    for model in _loose_models_of(voice, voices_dir):
        try:
            configuration_of(model).unlink(missing_ok=True)
            model.unlink()
        except OSError as error:
            raise OutputNotWritten(model, (error.strerror or "in use").lower()) from error


def is_removable(voice: VoiceId, voices_dir: Path) -> bool:
    """Whether the voice lies in the folder of installed voices."""
    engine, _, name = voice.partition(":")
    if not _is_plain(engine) or not _is_plain(name):
        return False
    return (voices_dir / place_of(voice)).is_dir() or bool(_loose_models_of(voice, voices_dir))


def place_of(voice: VoiceId) -> str:
    """Return the folder of a voice below that of all installed ones."""
    published = published_voices().get(voice)
    return published.place if published is not None else voice.replace(":", "/", 1)


def _loose_models_of(voice: VoiceId, voices_dir: Path) -> list[Path]:
    return [
        model
        for model in loose_models(voices_dir)
        if f"{ENGINE}:{model.stem}" == voice and configuration_of(model).is_file()
    ]


def _models_at(source: Path) -> list[Path]:
    if source.is_dir():
        return sorted(m for m in source.glob("*.onnx") if configuration_of(m).is_file())
    if source.name.endswith(".onnx.json"):
        source = source.with_name(source.name.removesuffix(".json"))
    if source.suffix != ".onnx" or not source.is_file():
        return []
    if not configuration_of(source).is_file():
        raise VoiceFilesWrong(str(source), f"{configuration_of(source).name} isn't beside it")
    return [source]


def _packs_in(folder: Path) -> Iterator[PublishedVoice]:
    """Yield one published voice for each set of files, of engines other than Piper, in a folder."""
    places = set()
    for voice in published_voices().values():
        is_new = voice.engine != ENGINE and voice.place not in places
        if is_new and all((folder / file.name).is_file() for file in voice.files):
            places.add(voice.place)
            yield voice


def _install_pack(voice: PublishedVoice, folder: Path, voices_dir: Path) -> list[VoiceId]:
    def check(sums: Mapping[str, Sums], _part: Callable[[str], Path]) -> None:
        for file in voice.files:
            if not sums[file.name].are_of(file):
                raise VoiceFilesWrong(str(folder / file.name), "its checksum is wrong")

    _install({f.name: folder / f.name for f in voice.files}, voice.place, voices_dir, check)
    return [other.id for other in published_voices().values() if other.place == voice.place]


def _install_piper(model: Path, voices_dir: Path) -> VoiceId:
    if not _is_plain(model.stem):
        raise VoiceFilesWrong(str(model), "a voice can't have this name")
    voice = VoiceId(f"{ENGINE}:{model.stem}")
    files = {path.name: path for path in (model, configuration_of(model))}
    card = model.with_name(_MODEL_CARD)
    if card.is_file() and len(_models_at(model.parent)) == 1:
        files[card.name] = card

    def check(sums: Mapping[str, Sums], part: Callable[[str], Path]) -> None:
        published = published_voices().get(voice)
        for file in published.files if published is not None else ():
            # configurations were published anew without the models; those of both times are good
            if file.name == model.name and not sums[model.name].are_of(file):
                raise VoiceFilesWrong(str(model), _OTHERS_CALLED_SO)
        reason = read_configuration(part(configuration_of(model).name))[1]
        if reason:
            raise VoiceFilesWrong(str(configuration_of(model)), reason)
        if not _holds_model(part(model.name)):
            raise VoiceFilesWrong(str(model), "it is no model, or a part of one")

    _install(files, f"{ENGINE}/{model.stem}", voices_dir, check)
    return voice


def _install(
    files: Mapping[str, Path],
    place: str,
    voices_dir: Path,
    check: Callable[[Mapping[str, Sums], Callable[[str], Path]], None],
) -> None:
    """Copy files, check the copies, move them into place; a fault leaves nothing."""
    staging = Staging(voices_dir, place)
    with staging.held():
        try:
            for name, path in files.items():
                with staging.writing():
                    _copy(path, staging.part(name))
            with staging.writing():
                sums = {name: sums_of(staging.part(name)) for name in files}
            check(sums, staging.part)
            staging.finish(sums)
        except BaseException:
            staging.discard()
            raise


def _copy(source: Path, target: Path) -> None:
    try:
        original = source.open("rb")
    except OSError as error:
        raise VoiceFilesWrong(
            str(source), (error.strerror or "it can't be read").lower()
        ) from error
    with original, target.open("wb") as copy:
        shutil.copyfileobj(original, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())


def _holds_model(path: Path) -> bool:
    with path.open("rb") as file:
        if not path.stat().st_size:
            return False
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as model:
            return is_whole_model(model)


def _is_plain(name: str) -> bool:
    """Whether a name can be that of a folder, here and on any other system."""
    return bool(name) and name[0] != "." and not set(name) & set('/\\:*?"<>|\0+')
