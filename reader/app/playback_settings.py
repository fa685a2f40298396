"""What the settings say about playing, in the player's own terms."""

from __future__ import annotations

from reader.app.settings import Settings
from reader.playback.options import PlaybackOptions
from reader.speech.pauses import PauseLengths


def playback_options(settings: Settings) -> PlaybackOptions:
    """Return how the user wants it to be played."""
    pauses = PauseLengths(
        clause_s=settings.clause_pause_ms / 1000,
        sentence_s=settings.sentence_pause_ms / 1000,
        paragraph_s=settings.paragraph_pause_ms / 1000,
        heading_s=settings.heading_pause_ms / 1000,
    )
    return PlaybackOptions(rewinds=settings.smart_rewind, pauses=pauses)
