"""Tests of reader.speech.voices.speed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from reader.speech.engine import Voice, VoiceId
from reader.speech.voices.overview import DEFAULT_VOICE
from reader.speech.voices.speed import (
    SpeedMeasure,
    keeps_up,
    read_real_time_factors,
    recommended_voice,
)

_HEART = VoiceId("kokoro:af_heart")
_TO_BE_HAD = Voice(_HEART, "kokoro", "en-US", "Heart", False, False, "not installed", 1, "")
_HERE = replace(_TO_BE_HAD, is_installed=True, is_available=True, reason="")
_BROKEN = replace(_HERE, is_available=False, reason="onnxruntime not installed")


@pytest.mark.parametrize(
    ("factor", "speed", "is_fast_enough"),
    [(0.5, 1.0, True), (1.0, 1.0, False), (0.5, 1.9, True), (0.5, 2.0, False)],
)
def test_a_voice_keeps_up_if_it_works_faster_than_it_is_heard(
    factor: float, speed: float, is_fast_enough: bool
) -> None:
    assert keeps_up(factor, speed) is is_fast_enough


def test_a_voice_is_measured_once_over_its_first_twenty_seconds() -> None:
    measure = SpeedMeasure(None)
    assert measure.add(_HEART, 10.0, 20.0) is None
    assert measure.add(DEFAULT_VOICE, 10.0, 1.0) is None
    assert measure.known(_HEART) is None
    assert measure.add(_HEART, 10.0, 10.0) == 1.5
    assert measure.add(_HEART, 40.0, 1.0) is None
    assert measure.known(_HEART) == 1.5


def test_what_was_measured_is_known_at_the_next_start_and_then_measured_anew(
    tmp_path: Path,
) -> None:
    file = tmp_path / "cache" / "speeds.json"
    SpeedMeasure(file).add(_HEART, 20.0, 10.0)
    SpeedMeasure(file).add(DEFAULT_VOICE, 20.0, 2.0)
    assert read_real_time_factors(file) == {_HEART: 0.5, DEFAULT_VOICE: 0.1}
    later = SpeedMeasure(file)
    assert later.known(_HEART) == 0.5
    assert later.add(_HEART, 30.0, 30.0) == 1.0
    assert read_real_time_factors(file)[_HEART] == 1.0
    assert [path.name for path in file.parent.iterdir()] == ["speeds.json"]


@pytest.mark.parametrize("content", ["", "[1]", '{"a:b": "fast"}', '{"a:b": -1}', "\0"], ids=repr)
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    file = tmp_path / "speeds.json"
    file.write_text(content, encoding="utf-8")
    assert read_real_time_factors(file) == {}
    assert SpeedMeasure(file).add(_HEART, 20.0, 10.0) == 0.5
    assert read_real_time_factors(file) == {_HEART: 0.5}


def test_a_place_that_can_not_be_written_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    assert SpeedMeasure(tmp_path / "cache" / "speeds.json").add(_HEART, 20.0, 10.0) == 0.5


@pytest.mark.parametrize(
    ("voice", "factors", "language", "recommended"),
    [
        pytest.param(_TO_BE_HAD, {DEFAULT_VOICE: 0.05}, "en", True, id="a fast machine"),
        pytest.param(_TO_BE_HAD, {DEFAULT_VOICE: 0.3}, "en", False, id="a slow machine"),
        pytest.param(_TO_BE_HAD, {}, "en", False, id="nothing measured yet"),
        pytest.param(_HERE, {_HEART: 0.6, DEFAULT_VOICE: 0.3}, "en", True, id="measured itself"),
        pytest.param(_HERE, {_HEART: 0.9, DEFAULT_VOICE: 0.01}, "en", False, id="slow itself"),
        pytest.param(
            _HERE, {VoiceId("kokoro:bf_emma"): 0.5}, "en-GB", True, id="another of its engine"
        ),
        pytest.param(_BROKEN, {_HEART: 0.1}, "en", False, id="its engine is broken"),
        pytest.param(_TO_BE_HAD, {DEFAULT_VOICE: 0.05}, "de", False, id="a German text"),
    ],
)
def test_the_natural_voice_is_recommended_where_it_will_keep_up(
    voice: Voice, factors: Mapping[VoiceId, float], language: str, recommended: bool
) -> None:
    found = recommended_voice([voice], factors, language)
    assert found == (_HEART if recommended else None)


def test_a_voice_that_can_not_be_had_is_not_recommended() -> None:
    assert recommended_voice([], {DEFAULT_VOICE: 0.01}) is None
