"""A publisher of voices for whoever downloads one, and a voice that does what it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.speech.process.limits import Limits
from tests.fakes.speech_worker import VOICE
from tests.fakes.voice_server import VoiceServer, voice_server
from tests.speech.obedient_speech import ObedientSpeech


@pytest.fixture
def server() -> Iterator[VoiceServer]:
    """A publisher of voices."""
    with voice_server() as published:
        yield published


@pytest.fixture
def speech(tmp_path: Path) -> Iterator[ObedientSpeech]:
    """A started synthesiser."""
    started = ObedientSpeech(tmp_path)
    started.synthesiser.start(VOICE)
    yield started
    started.synthesiser.close()


@pytest.fixture
def open_speech(tmp_path: Path) -> Iterator[Callable[[Limits], ObedientSpeech]]:
    """Make one with limits of its own."""
    opened: list[ObedientSpeech] = []

    def open_with(limits: Limits) -> ObedientSpeech:
        opened.append(ObedientSpeech(tmp_path, limits))
        return opened[-1]

    yield open_with
    for each in opened:
        each.synthesiser.close()
