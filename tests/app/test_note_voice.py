"""Which voice reads notes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.app.note_voice import could_read_notes, voice_for_notes
from reader.app.settings import Settings
from reader.speech.engine import Voice, VoiceId


def voice(name: str, language: str = "en-US", *, is_available: bool = True) -> Voice:
    engine = name.partition(":")[0]
    return Voice(VoiceId(name), engine, language, name, True, is_available, "", 0, "")


JOE, AMY, ALBA = voice("piper:joe"), voice("piper:amy"), voice("piper:alba", "en-GB")
HEART, THORSTEN = voice("kokoro:heart"), voice("piper:thorsten", "de-DE")
ESPEAK = voice("pyttsx3:en")


@pytest.mark.parametrize(
    ("voices", "chosen", "expected"),
    [
        pytest.param([JOE, AMY, HEART], "", AMY, id="another of the same engine"),
        pytest.param([ALBA, JOE, AMY], "", AMY, id="of the same country before others"),
        pytest.param([ALBA, JOE], "", ALBA, id="of another country before none"),
        pytest.param([JOE, HEART, ESPEAK], "", HEART, id="another engine's before none"),
        pytest.param([JOE, ESPEAK], "", None, id="a machine's voice only when asked for"),
        pytest.param([JOE, ESPEAK], "pyttsx3:en", ESPEAK, id="asked for"),
        pytest.param([JOE, AMY, HEART], "kokoro:heart", HEART, id="the one chosen"),
        pytest.param([JOE, AMY], "kokoro:gone", AMY, id="one chosen that is gone"),
        pytest.param([JOE, AMY], "piper:joe", None, id="the reading one chosen"),
        pytest.param([JOE, THORSTEN], "", None, id="none of another language"),
        pytest.param([JOE], "", None, id="alone"),
        pytest.param([], "", None, id="none known"),
    ],
)
def test_notes_are_read_by(voices: list[Voice], chosen: str, expected: Voice | None) -> None:
    settings = replace(Settings(), note_voice=chosen)
    found = voice_for_notes(settings, JOE.id, "en", voices)
    assert found == (None if expected is None else expected.id)


def test_a_voice_that_cannot_speak_here_reads_nothing() -> None:
    broken = replace(AMY, is_available=False)
    assert voice_for_notes(Settings(), JOE.id, "en", [JOE, broken]) is None
    assert could_read_notes("en-GB", [JOE, broken, THORSTEN, ESPEAK]) == [JOE, ESPEAK]
