"""Tests of reader.speech.engines.phonemiser, with the eSpeak that comes with Piper."""

from __future__ import annotations

import pytest
from piper import espeakbridge
from piper.phonemize_espeak import EspeakPhonemizer

from reader.speech.engines.phonemiser import keep_voice_of_espeak


def test_espeak_s_voice_is_set_only_where_another_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = [("de", "Haus"), ("de", "die Jagd"), ("en-us", "house"), ("de", "Haus")]
    espeak = EspeakPhonemizer()
    voices: list[str] = []
    set_voice = espeakbridge.set_voice

    def note_and_set(voice: str) -> None:
        voices.append(voice)
        set_voice(voice)

    monkeypatch.setattr(espeakbridge, "set_voice", note_and_set)
    usual = [espeak.phonemize(voice, text) for voice, text in asked]
    voices.clear()
    keep_voice_of_espeak.__wrapped__()
    assert [espeak.phonemize(voice, text) for voice, text in asked] == usual
    assert voices == ["de", "en-us", "de"]


def test_a_voice_espeak_does_not_know_leaves_the_one_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    espeak = EspeakPhonemizer()
    monkeypatch.setattr(espeakbridge, "set_voice", espeakbridge.set_voice)
    keep_voice_of_espeak.__wrapped__()
    german = espeak.phonemize("de", "die Jagd")
    with pytest.raises(RuntimeError):
        espeak.phonemize("nobody", "die Jagd")
    assert espeak.phonemize("de", "die Jagd") == german
