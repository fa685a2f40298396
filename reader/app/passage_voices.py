"""Which voice says a passage in another language than its text's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from reader.app.language_voices import base_language, speaks, voice_for_language
from reader.app.settings import Settings
from reader.speech.engine import Voice, VoiceId


class PassageVoices:
    """Asked for each passage by its language; the voices are listed when one is needed first.

    `on_unspoken` is told of each language for which there is no voice: the text's own reads it.
    """

    def __init__(
        self,
        settings: Settings,
        language: str | None,
        list_voices: Callable[[], Sequence[Voice]],
        on_unspoken: Callable[[str], None] = lambda _tag: None,
    ) -> None:
        self._settings = settings
        self._language = language
        self._list_voices = list_voices
        self._found: dict[str, VoiceId | None] = {}
        self._on_unspoken = on_unspoken

    def voice_for(self, tag: str) -> VoiceId | None:
        """Return the voice for a passage; None for the one that reads the text."""
        base = base_language(tag)
        if base == base_language(self._language):
            return None
        if tag not in self._found:
            self._found[tag] = self._find(tag)
        return self._found[tag]

    def _find(self, tag: str) -> VoiceId | None:
        # without a region the language's own country: French as in France
        wanted = tag if "-" in tag else f"{tag}-{tag.upper()}"
        found = voice_for_language(self._settings, wanted, self._voices)
        if not any(voice.id == found and speaks(voice, tag) for voice in self._voices):
            self._on_unspoken(tag)
            return None
        return None if found == self._reading else found

    @cached_property
    def _voices(self) -> Sequence[Voice]:
        return self._list_voices()

    @cached_property
    def _reading(self) -> VoiceId:
        return voice_for_language(self._settings, self._language, self._voices)
