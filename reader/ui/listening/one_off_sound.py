"""A piece of sound beside the reading: played at once, to its end."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices

from reader.speech.engine import UtteranceAudio


class OneOffSound(QObject):
    """Plays a piece of sound on the default device, at once and to its end."""

    def __init__(self, parent: QObject | None = None) -> None:
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
