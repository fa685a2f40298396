"""Says a word or two beside the text: to hear how something sounds, now."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reader.speech.engine import Utterance
from reader.speech.speech_events import AudioReady, SpeechEvent, UtteranceFailed
from reader.ui.listening.sound import Sound

_GENERATION = 1 << 40
"""Above all of the player's, which counts up from 0: its `drop_before` never means ours."""


class Asides(QObject):
    """Asks the voice that reads, and plays its answer once; the last one asked for counts."""

    failed = Signal()
    """It can't be said."""

    def __init__(self, sound: Sound, parent: QObject) -> None:
        super().__init__(parent)
        self._sound = sound
        self._number = 0
        sound.events.speech_told.connect(self._on_speech_told)

    def say(self, utterance: Utterance) -> None:
        """Say this as soon as the voice can."""
        self._number += 1
        self._sound.speech.request(_GENERATION, self._number, utterance)

    def _on_speech_told(self, event: SpeechEvent) -> None:
        match event:
            case AudioReady(generation=generation, number=number, audio=audio):
                if generation == _GENERATION and number == self._number:
                    self._sound.play_once(audio)
            case UtteranceFailed(generation=generation, number=number):
                if generation == _GENERATION and number == self._number:
                    self.failed.emit()
            case _:
                pass
