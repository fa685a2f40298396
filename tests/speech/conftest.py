"""A publisher of voices for whoever downloads one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.voice_server import VoiceServer, voice_server


@pytest.fixture
def server() -> Iterator[VoiceServer]:
    """A publisher of voices."""
    with voice_server() as published:
        yield published
