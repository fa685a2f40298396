"""The voice a player reads with, and whether it works."""

from __future__ import annotations

from reader.errors import SottovoceError
from reader.playback.reading_line import ReadingLine
from reader.speech.engine import VoiceId
from reader.speech.speaking import SpeechSource


class VoiceInUse:
    """Starts a voice, and starts it again when it is wanted after it had failed."""

    def __init__(self, speech: SpeechSource, line: ReadingLine) -> None:
        self._speech, self._line = speech, line
        self._voice: VoiceId | None = None
        self.error: SottovoceError | None = None
        """Why it is not to be had; None while nothing is known to be wrong."""

    def change(self, voice: VoiceId) -> bool:
        """Read with this one; False if it is the one in use, and works."""
        if voice == self._voice and self.error is None:
            return False
        self._voice, self.error = voice, None
        self._speech.start(voice)
        self._line.forget_audio()
        return True

    def recall(self) -> None:
        """Try it once more, if it had failed."""
        if self.error is not None and self._voice is not None:
            self.error = None
            self._line.ask_again()
            self._speech.start(self._voice)
