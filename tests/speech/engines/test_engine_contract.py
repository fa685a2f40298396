"""Our own engines, and one of another package's, held against the contract for all."""

from __future__ import annotations

import sys

from reader.speech.engine import VoiceId
from reader.speech.engine_contract import EngineContract


class TestPiper(EngineContract):
    """The neural voice that comes with the app."""

    entry_point = "reader.speech.engine_kinds:PIPER"
    voice = VoiceId("piper:en_US-joe-medium")


class TestPyttsx3(EngineContract):
    """The system's voices."""

    entry_point = "reader.speech.engine_kinds:PYTTSX3"
    voice = VoiceId("pyttsx3:en-us" if sys.platform == "linux" else "pyttsx3:system")


class TestToneEngine(EngineContract):
    """An engine as another package might have it."""

    entry_point = "tests.fakes.tone_engine:KIND"
    voice = VoiceId("tone:low")
