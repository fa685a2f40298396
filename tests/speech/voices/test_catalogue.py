"""Tests of reader.speech.voices.catalogue and of what makes it."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

from reader.speech.engine import VoiceId
from reader.speech.voices.catalogue import SEE_MODEL_CARD, published_voices

ROOT = Path(__file__).resolve().parents[3]


def test_piper_s_catalogue_is_what_its_script_makes_of_piper_s_list(shared_inputs: Path) -> None:
    script = ROOT / "packaging" / "make_catalogue.py"
    spec = importlib.util.spec_from_file_location("make_catalogue", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    published = json.loads((shared_inputs / "piper-voices.json").read_text(encoding="utf-8"))
    text = module.as_text(module.catalogue_of(published))
    assert text == (ROOT / "resources/voices/piper.json").read_text(encoding="utf-8")


def test_every_voice_has_a_model_with_its_configuration_and_checksums() -> None:
    voices = [voice for voice in published_voices().values() if voice.engine == "piper"]
    assert len(voices) == 97
    for voice in voices:
        name = voice.id.partition(":")[2]
        assert {f"{name}.onnx", f"{name}.onnx.json"} <= {file.name for file in voice.files}
        assert all(len(file.md5) == 32 and file.size_bytes > 0 for file in voice.files)
        assert voice.place == f"piper/{name}"


def test_what_is_known_of_one_voice() -> None:
    joe = published_voices()[VoiceId("piper:en_US-joe-medium")]
    model = joe.files[0]
    assert (joe.language, joe.name, joe.quality) == ("en-US", "Joe", "medium")
    assert model.path == "en/en_US/joe/medium/en_US-joe-medium.onnx"
    assert model.size_bytes == 63_201_294
    assert model.md5 == "74fd6a4dc39e0aa9dce145d7f5acd4f6"
    assert model.sha256.startswith("58afce03")
    assert "lessac" in joe.licence


def test_a_licence_that_is_not_known_is_not_made_up() -> None:
    assert published_voices()[VoiceId("piper:de_DE-thorsten-low")].licence == SEE_MODEL_CARD
