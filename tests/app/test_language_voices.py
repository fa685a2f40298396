"""Tests of reader.app.language_voices."""

from __future__ import annotations

import pytest

from reader.app.language_voices import speaks, voice_for_language, with_voice_for
from reader.app.settings import Settings
from reader.speech.engine import Voice, VoiceId


def voice(voice_id: str, language: str, reason: str = "") -> Voice:
    """Return a voice; one with a reason can't speak."""
    engine = voice_id.partition(":")[0]
    return Voice(VoiceId(voice_id), engine, language, "", True, not reason, reason, 0, "")


JOE = voice("piper:en_US-joe-medium", "en-US")
DIRK = voice("piper:de_AT-dirk-low", "de-AT")
EVA = voice("piper:de_DE-eva-low", "de-DE")
SYSTEM_GERMAN = voice("pyttsx3:de", "de")
BROKEN = voice("piper:fr_FR-marie-low", "fr-FR", "its configuration is damaged")
SYSTEM_FRENCH = voice("pyttsx3:fr", "fr")
MANDARIN = voice("pyttsx3:cmn", "cmn")
BOKMAL = voice("pyttsx3:nb", "nb")
VOICES = (JOE, BROKEN, DIRK, EVA, SYSTEM_FRENCH, SYSTEM_GERMAN, MANDARIN, BOKMAL)
USUAL = Settings(voice=JOE.id)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        pytest.param(None, JOE, id="a text that doesn't say"),
        pytest.param("en-GB", JOE, id="the usual language"),
        pytest.param("de", DIRK, id="a neural voice before the system's"),
        pytest.param("de-DE", EVA, id="the same region"),
        pytest.param("DE-at", DIRK, id="in any case"),
        pytest.param("fr", SYSTEM_FRENCH, id="not one that can't speak"),
        pytest.param("zh-Hans", MANDARIN, id="a language of many tags"),
        pytest.param("no", BOKMAL, id="the larger language"),
        pytest.param("tlh", JOE, id="nobody speaks it"),
    ],
)
def test_a_text_is_read_by_a_voice_of_its_language(tag: str | None, expected: Voice) -> None:
    assert voice_for_language(USUAL, tag, VOICES) == expected.id


def test_a_choice_holds_for_its_language_alone() -> None:
    chosen = with_voice_for(USUAL, "de-CH", SYSTEM_GERMAN.id)
    assert voice_for_language(chosen, "de", VOICES) == SYSTEM_GERMAN.id
    assert voice_for_language(chosen, "de-AT", ()) == SYSTEM_GERMAN.id
    assert voice_for_language(chosen, "fr", VOICES) == SYSTEM_FRENCH.id
    assert voice_for_language(chosen, None, VOICES) == JOE.id
    changed = with_voice_for(with_voice_for(chosen, "fr", BROKEN.id), "de", EVA.id)
    assert changed.language_voices == f"de={EVA.id} fr={BROKEN.id}"
    assert with_voice_for(changed, None, SYSTEM_GERMAN.id).voice == SYSTEM_GERMAN.id


def test_a_choice_that_can_not_speak_any_more_gives_way() -> None:
    chosen = with_voice_for(USUAL, "fr", BROKEN.id)
    assert voice_for_language(chosen, "fr", VOICES) == SYSTEM_FRENCH.id


def test_a_usual_voice_that_speaks_the_language_stays() -> None:
    assert voice_for_language(Settings(voice=EVA.id), "de", VOICES) == EVA.id


@pytest.mark.parametrize("text", ["", "nonsense", "de= =piper:x", "de=eva"])
def test_what_is_no_choice_is_passed_over(text: str) -> None:
    assert voice_for_language(Settings(language_voices=text), "de", VOICES) == DIRK.id


def test_a_voice_that_does_not_say_its_language_is_taken_for_any() -> None:
    assert speaks(voice("pyttsx3:system", ""), "de")
    assert not speaks(JOE, "de")
