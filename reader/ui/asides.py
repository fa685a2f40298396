"""Says a word or two beside the text: to hear how something sounds, now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices

from reader.speech.engine import Utterance, UtteranceAudio
from reader.speech.synthesiser import AudioReady, SpeechEvent, UtteranceFailed
from reader.ui.sound import Sound

_GENERATION = 1 << 40
"""Above all of the player's, which counts up from 0: its `drop_before` never means ours."""

PlayOnce = Callable[[UtteranceAudio], None]


class Asides(QObject):
    """Asks the voice that reads, and plays its answer once; the last one asked for counts."""

    failed = Signal()
    """It can't be said."""

    def __init__(self, sound: Sound, play: PlayOnce, parent: QObject) -> None:
        super().__init__(parent)
        self._sound = sound
        self._play = play
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
                    self._play(audio)
            case UtteranceFailed(generation=generation, number=number):
                if generation == _GENERATION and number == self._number:
                    self.failed.emit()
            case _:
                pass


class OneOffSound(QObject):
    """Plays a piece of sound on the default device, at once and to its end."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sink: QAudioSink | None = None
        self._buffer = QBuffer(self)

    def play(self, audio: UtteranceAudio) -> None:
        """Play it, instead of what is still playing; silently nothing without a device."""
        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            return
        self.stop()
        form = QAudioFormat()
        form.setSampleRate(audio.sample_rate)
        form.setChannelCount(1)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._buffer.setData(QByteArray(audio.pcm))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._sink = QAudioSink(device, form, self)
        self._sink.start(self._buffer)

    def stop(self) -> None:
        """Fall silent."""
        if self._sink is not None:
            self._sink.stop()
            self._sink.deleteLater()
            self._sink = None
        self._buffer.close()
