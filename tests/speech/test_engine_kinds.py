"""Tests of reader.speech.engine_kinds: engines of other packages."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.speech.engine import Engine, VoiceId
from reader.speech.engine_kinds import BUILT_IN, EngineKind, Engines, engine_kinds, voices_of
from reader.speech.speech_events import AudioReady, SpeechStopped, VoiceReady
from reader.speech.synthesiser import Synthesiser
from reader.speech.voices.overview import installed_voices
from tests.fakes.speech_events import SpeechEvents
from tests.fakes.spoken_utterances import utterance_of
from tests.fakes.tone_engine import VOICE, ToneEngine

Publish = Callable[..., None]


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publish:
    """Give a function that installs a package with such an entry point."""

    def publish(name: str, value: str, module: str = "") -> None:
        package = tmp_path / f"{name}_engine-1.0.dist-info"
        package.mkdir()
        (package / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-engine\n")
        (package / "entry_points.txt").write_text(f"[sottovoce.engines]\n{name} = {value}\n")
        if module:
            (tmp_path / f"{name}_engine.py").write_text(module)
        monkeypatch.delitem(sys.modules, f"{name}_engine", raising=False)

    monkeypatch.syspath_prepend(tmp_path)
    return publish


def kinds_of_others() -> list[object]:
    """Return the kinds that aren't our own."""
    return [kind for kind in engine_kinds() if kind not in BUILT_IN]


def test_our_own_come_first(published: Publish) -> None:
    published("another", "tests.fakes.tone_engine:KIND")
    assert tuple(engine_kinds())[: len(BUILT_IN)] == BUILT_IN
    (other,) = kinds_of_others()
    assert isinstance(other, EngineKind)
    assert VOICE in installed_voices(Path("none"))


@pytest.mark.parametrize(
    ("value", "module", "reason"),
    [
        pytest.param("bad_engine:KIND", "", "bad_engine is not installed", id="no module"),
        pytest.param("bad_engine:KIND", "1 / 0", "ZeroDivisionError", id="fails"),
        pytest.param("bad_engine:KIND", "x = 1", "KIND", id="no such attribute"),
        pytest.param("bad_engine:KIND", "KIND = 1", "gives no engine", id="something else"),
        pytest.param(
            "bad_engine:KIND",
            "from reader.speech.engine_kinds import EngineKind\nKIND = EngineKind('a:b', 1, 2)",
            "its name can't be used",
            id="bad name",
        ),
        pytest.param(
            "reader.speech.engine_kinds:PIPER", "", "called piper already", id="a name of ours"
        ),
        pytest.param(
            "bad_engine:KIND",
            "from reader.speech.engine_kinds import EngineKind\n"
            "def fail(folder): raise OSError('no licence found\\nat all')\n"
            "KIND = EngineKind('bad', fail, fail)",
            "it fails: OSError, no licence found",
            id="can't list its voices",
        ),
    ],
)
def test_a_broken_one_is_listed_with_its_reason_and_the_others_stay(
    published: Publish, value: str, module: str, reason: str
) -> None:
    published("bad", value, module)
    voices = installed_voices(Path("none"))
    (broken,) = [voice for voice in voices if voice.id == "bad:"]
    assert not broken.is_available
    assert reason in broken.reason
    assert "\n" not in broken.reason
    assert "its package fails" not in broken.reason, "whose package is said"
    assert len(voices) > 50


def test_voices_that_claim_to_be_anothers_are_left_out() -> None:
    kind = EngineKind("mine", lambda _folder: [VOICE], BUILT_IN[0].make_engine)
    assert voices_of(kind, Path("none")) == []


def test_the_speech_process_speaks_with_it(
    published: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published("tone", "tests.fakes.tone_engine:KIND")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.getcwd()]))
    events = SpeechEvents()
    synthesiser = Synthesiser(events.hear, voices_dir=tmp_path / "voices")
    try:
        synthesiser.start(VOICE.id)
        events.wait_for_count(VoiceReady, 1)
        synthesiser.request(1, 1, utterance_of("Hum this."))
        (answer,) = events.wait_for_count(AudioReady, 1)
        assert answer.audio.sample_rate == 8_000
    finally:
        synthesiser.close()


def test_the_speech_process_tells_why_one_can_not_be_made(
    published: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published("bad", "bad_engine:KIND", "raise RuntimeError('no card')")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.getcwd()]))
    events = SpeechEvents()
    synthesiser = Synthesiser(events.hear, voices_dir=tmp_path / "voices")
    try:
        synthesiser.start(VoiceId("bad:voice"))
        (stopped,) = events.wait_for_count(SpeechStopped, 1)
        assert "no card" in str(stopped.error)
    finally:
        synthesiser.close()


def test_an_engine_that_is_not_asked_any_more_lets_go_of_its_voice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: dict[str, HeavyEngine] = {}

    def kind(name: str) -> EngineKind:
        def make(_folder: Path) -> Engine:
            made[name] = HeavyEngine()
            return made[name]

        return EngineKind(name, lambda _folder: [], make)

    monkeypatch.setattr("reader.speech.engine_kinds.BUILT_IN", (kind("one"), kind("other")))
    engines = Engines(Path("none"))
    for number in range(200):  # a note in another voice now and then: it stays at hand
        engines.find("other" if number % 20 == 0 else "one")
    assert [engine.releases for engine in made.values()] == [0, 0]
    for _ in range(100):
        engines.find("one")
    assert (made["one"].releases, made["other"].releases) == (0, 1)
    assert engines.find("other") is made["other"]
    for _ in range(100):
        engines.find("one")
    assert made["other"].releases == 2


class HeavyEngine(ToneEngine):
    """Counts how often it was asked to let go."""

    def __init__(self) -> None:
        super().__init__()
        self.releases = 0

    def release(self) -> None:
        """Count."""
        self.releases += 1
