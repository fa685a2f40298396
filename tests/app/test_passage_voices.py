"""Tests of reader.app.passage_voices."""

from __future__ import annotations

import pytest

from reader.app.passage_voices import PassageVoices
from reader.app.settings import Settings
from reader.speech.engine import Voice, VoiceId


def voice(name: str, language: str, *, is_available: bool = True) -> Voice:
    reason = "" if is_available else "it is broken"
    return Voice(
        VoiceId(name), name.split(":")[0], language, name, True, is_available, reason, 0, ""
    )


VOICES = [
    voice("piper:en_US-joe-medium", "en-US"),
    voice("piper:fr_FR-one", "fr-FR", is_available=False),
    voice("espeak:fr-be", "fr-BE"),
    voice("espeak:fr", "fr-FR"),
    voice("espeak:de", "de"),
]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en-GB", None),
        ("fr", "espeak:fr"),
        ("fr-BE", "espeak:fr-be"),
        ("de", "espeak:de"),
        ("la", None),
    ],
)
def test_each_language_gets_a_voice_that_can_speak_it(tag: str, expected: str | None) -> None:
    unspoken: list[str] = []
    voices = PassageVoices(Settings(), "en", lambda: VOICES, unspoken.append)
    assert [voices.voice_for(tag), voices.voice_for(tag)] == [expected, expected]
    assert unspoken == (["la"] if tag == "la" else [])


def test_the_voice_chosen_for_a_language_says_its_passages() -> None:
    chosen = voice("espeak:de-two", "de")
    settings = Settings(language_voices="de=espeak:de-two")
    voices = PassageVoices(settings, "en", lambda: [*VOICES, chosen])
    assert voices.voice_for("de") == "espeak:de-two"


def test_voices_are_listed_only_when_a_passage_needs_one() -> None:
    listed = []

    def list_voices() -> list[Voice]:
        listed.append(1)
        return VOICES

    voices = PassageVoices(Settings(), None, list_voices)
    assert voices.voice_for("en") is None
    assert not listed
    voices.voice_for("de")
    voices.voice_for("fr")
    assert len(listed) == 1
