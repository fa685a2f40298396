"""Lets a voice be heard before one chooses it, with a speech process and a device of its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from reader.errors import AudioDeviceMissing, SynthesisFailed
from reader.playback.stream.frame_source import FrameSource
from reader.speech.engine import Pause, Utterance, UtteranceAudio, Voice, VoiceId
from reader.speech.speech_events import AudioReady, SpeechEvent, SpeechStopped, UtteranceFailed
from reader.text.document import Span
from reader.ui.listening.sound import Sound
from reader.ui.voices.sample_sentences import sample_sentence

_LOOK_MS = 50


class VoiceSample(QObject):
    """Says one sample at a time. The process starts with the first and ends with `close`."""

    changed = Signal()
    """Another voice, or none, is to be heard now."""
    failed = Signal(str, object)
    """VoiceId and SottovoceError: why nothing is heard."""

    def __init__(self, make_sound: Callable[[], Sound], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_sound = make_sound
        self._sound: Sound | None = None
        self._source: FrameSource | None = None
        self._generation = 0
        self.voice: VoiceId | None = None
        """The voice that is, or is about to be, heard."""
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._on_looked)

    @property
    def is_sounding(self) -> bool:
        """Whether sound is being played; not while the voice is still being loaded."""
        return self._source is not None

    def hear(self, voice: Voice) -> None:
        """Let a voice say its sample, in place of any other."""
        self.stop()
        if self._sound is None:
            self._sound = self._make_sound()
            self._sound.events.speech_told.connect(self._on_speech_told)
        self._generation += 1
        self.voice = voice.id
        self._sound.speech.start(voice.id)
        self._sound.speech.request(self._generation, 0, _utterance(voice.language))
        self.changed.emit()

    def stop(self) -> None:
        """Be silent."""
        if self.voice is None:
            return
        self.voice = None
        self._looking.stop()
        if self._source is not None:
            self._source.hold()
            self._source = None
        if self._sound is not None:
            self._sound.speech.drop_before(self._generation + 1)
        self.changed.emit()

    def close(self) -> None:
        """Be silent, end the speech process and let the device go."""
        self.stop()
        if self._sound is not None:
            self._sound.close()
            self._sound = None

    def _on_speech_told(self, event: SpeechEvent) -> None:
        voice = self.voice
        if voice is None:
            return
        match event:
            case AudioReady(generation, _, audio) if generation == self._generation:
                self._play(audio)
            case UtteranceFailed(generation, _, reason) if generation == self._generation:
                self.stop()
                self.failed.emit(voice, SynthesisFailed(reason))
            case SpeechStopped(error):
                self.stop()
                self.failed.emit(voice, error)
            case _:
                pass

    def _play(self, audio: UtteranceAudio) -> None:
        assert self._sound is not None
        output = self._sound.output
        if not output.is_available:
            voice = self.voice
            self.stop()
            self.failed.emit(voice, AudioDeviceMissing())
            return
        self._source = FrameSource(audio.sample_rate)
        self._source.append(audio.pcm, 0, audio.sample_rate // 4)
        self._source.flow()
        output.start(self._source)
        output.wake()
        self._looking.start()
        self.changed.emit()

    def _on_looked(self) -> None:
        if self._sound is None or self._source is None:
            return
        if self._source.is_heard_out(self._sound.output.played_frames()):
            self.stop()


def _utterance(language: str) -> Utterance:
    sentence = sample_sentence(language)
    span = Span(0, 0, len(sentence))
    return Utterance(span, span, sentence, (), language, Pause.NONE)
