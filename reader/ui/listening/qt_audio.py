"""Plays the frame source on the system's sound device, from a thread of its own.

Who owns what:
- `QtAudioOutput` lives in the window's thread; the player calls it there and it never waits.
- `_Sink`, with the QAudioSink, the QIODevice it pulls from, the list of devices and the timer,
  lives in the audio thread. It is asked by queued signals and answers by signals.
- Between them stand the frame source (its own lock) and `_stream`, a tuple that the audio thread
  replaces whole and the window's thread only reads.

With the sink in the window's thread a busy window makes a gap; unbuffered, because Qt would
otherwise read a third of a second ahead and every pause and move would be late by as much. Qt's
buffer is kept no fuller than the machine's punctuality asks for
(`reader.playback.stream.headroom`).

Where the machine is too busy for this thread, the device runs dry. Sound then comes back softly.
It can't go softly: what was played last was handed over 50 to 100 ms before, when nobody knew that
no more would follow, and while the thread waits there is nobody to look at how full Qt's buffer is.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QIODevice, QObject, Qt, QThread, QTimer, Signal
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices, QtAudio

from reader.playback.stream.device_clock import GAP_S, DeviceClock
from reader.playback.stream.frame_source import FrameSource
from reader.playback.stream.headroom import MOST_S, Headroom
from reader.playback.stream.output import DeviceEvent, DeviceFound, DeviceLost, DeviceRanDry

_FRAME_BYTES = 2
_REST_AFTER_S = 30.0
_LOOK_MS = 500
_FADED_WITHIN_S = 0.2
_LOOKS_BETWEEN_TRIES = 4  # of a device that took no frames, or of none

HELD_BACK_FRAMES = 768
"""How far what is heard lags behind what Qt says has been processed: Qt counts a frame when the
sound server takes it. It lets the server hold 1024 frames, at any sample rate, and the server
asks for more when a quarter is gone. Measured against the recorded monitor of a PulseAudio null
sink: 776 to 782 frames at 16, 22.05, 24 and 48 kHz, the same to 0.1 ms for every sound."""


class _Pump(QIODevice):
    """What the sink reads, never at its end: as much as should lie ready. Audio thread only."""

    device_began = Signal()
    ran_dry = Signal(float)

    def __init__(self, source: FrameSource, parent: QObject) -> None:
        super().__init__(parent)
        self.source = source
        self.pulls = 0
        self._has_begun = False
        self.clock = DeviceClock(source.sample_rate, HELD_BACK_FRAMES)
        self._headroom = Headroom(source.sample_rate)
        self.sink: QAudioSink | None = None
        self.open(QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered)

    def readData(self, maxlen: int) -> bytes:
        if self.sink is not None:
            # the server has just taken some, that is why it is asked for more
            processed = self.sink.processedUSecs() * self.source.sample_rate // 1_000_000
            dry_s = self.clock.note(time.monotonic(), processed)
            if dry_s:
                self.ran_dry.emit(dry_s)
            if dry_s > GAP_S:
                self.source.begin_softly()
            if processed and not self._has_begun:
                self._has_begun = True
                self.device_began.emit()
        self.pulls += 1
        return self.source.pull(maxlen // _FRAME_BYTES)

    def writeData(self, _data: bytes | bytearray | memoryview[int], _length: int) -> int:
        return -1

    def bytesAvailable(self) -> int:
        if self.sink is None:
            return round(MOST_S * self.source.sample_rate) * _FRAME_BYTES
        left = (self.sink.bufferSize() - self.sink.bytesFree()) // _FRAME_BYTES
        is_heard = self.source.is_flowing
        return self._headroom.wanted(time.monotonic(), left, is_heard=is_heard) * _FRAME_BYTES

    def isSequential(self) -> bool:
        return True


class _Sink(QObject):
    """The device and what is played on it. Every method runs in the audio thread."""

    device_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.stream: tuple[FrameSource, DeviceClock, int] | None = None
        self._devices: QMediaDevices | None = None
        self._device: QAudioDevice | None = None
        self._follows_default = True
        self._has_told_found: bool | None = None
        self._source: FrameSource | None = None
        self._sink: QAudioSink | None = None
        self._pump: _Pump | None = None
        self._look_timer: QTimer | None = None
        self._pulls_seen, self._looks_in_vain, self._looks_without = 0, 0, 0
        self._pulls_at_change = 0  # when the list of devices changed last
        self._at_rest_since = time.monotonic()

    def set_up(self) -> None:
        """Look which devices there are, and watch them."""
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self.on_outputs_changed)
        self._look_timer = QTimer(self)
        self._look_timer.setInterval(_LOOK_MS)
        self._look_timer.timeout.connect(self.on_looked)
        self._look_timer.start()
        self._take_default_device()

    def tear_down(self) -> None:
        """Let go of everything, before the thread ends."""
        self._stop_sink()
        if self._look_timer is not None:
            self._look_timer.stop()
        if self._devices is not None:
            self._devices.audioOutputsChanged.disconnect(self.on_outputs_changed)
        self._look_timer = self._devices = None

    def play(self, source: FrameSource) -> None:
        """Play this source from now on."""
        self._source = source
        self._start_sink()

    def wake(self) -> None:
        """End a rest; where there was no device, look again."""
        self._at_rest_since = time.monotonic()
        if self._device is None:
            self._take_default_device()
        elif self._sink is not None and self._sink.state() == QtAudio.State.SuspendedState:
            self._sink.resume()

    def follow_default(self, follows: bool) -> None:
        """Play on where the default device changes, or take it for a lost one."""
        self._follows_default = follows

    def on_outputs_changed(self) -> None:
        """Go where the default device is; say so when the one in use is gone or left behind.

        Staying where one was is no choice: PulseAudio moves what plays on the old default itself.
        """
        self._pulls_at_change = self._pump.pulls if self._pump is not None else 0
        if self._device is None:
            self._take_default_device()
        elif QMediaDevices.defaultAudioOutput() != self._device:
            ids = [device.id() for device in QMediaDevices.audioOutputs()]
            if self._device.id() not in ids or not self._follows_default:
                self._lose_device()
            else:
                self._has_told_found = None  # playing goes on, but elsewhere: that is told
            self._take_default_device()

    def on_state_changed(self) -> None:
        """Take a sink that stopped by itself for a lost device."""
        if (
            self._sink is not None
            and self._sink.state() == QtAudio.State.StoppedState
            and self._sink.error() != QtAudio.Error.NoError
        ):
            # not from within the sink's own signal: it is about to be deleted
            QTimer.singleShot(0, self, self._lose_device)

    def on_device_began(self) -> None:
        """Believe in a device that takes frames."""
        if self._device is not None:
            self._tell(DeviceFound(self._device.description()))

    def on_ran_dry(self, seconds: float) -> None:
        """Tell of silence within the sound that nobody asked for."""
        if self._source is not None and self._source.is_flowing:
            self.device_changed.emit(DeviceRanDry(seconds))

    def on_looked(self) -> None:
        """Let a device rest that has played silence for long; notice one that takes no frames."""
        if self._sink is None or self._pump is None or self._source is None:
            self._looks_without += 1
            if self._looks_without % _LOOKS_BETWEEN_TRIES == 0 and self._source is not None:
                self._take_default_device()  # it may only have been slow: found once it takes some
            return
        if self._sink.state() == QtAudio.State.SuspendedState:
            return
        # WORKAROUND(Qt 6.11, PulseAudio): when the last device goes, nothing is signalled. Two
        # looks, since the first after a stall of the whole program may come before the pull
        if self._pump.pulls != self._pulls_seen:
            self._pulls_seen, self._looks_in_vain = self._pump.pulls, 0
        else:
            self._looks_in_vain += 1
        if self._looks_in_vain == 2:
            has_come_back = self._pulls_at_change == self._pulls_seen
            self._lose_device()
            if has_come_back:  # under the same name, since the last frame was taken
                self._take_default_device()
        elif self._source.is_flowing:
            self._at_rest_since = time.monotonic()
        elif time.monotonic() - self._at_rest_since > _REST_AFTER_S:
            self._sink.suspend()

    def _take_default_device(self) -> None:
        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            self._lose_device()
            return
        self._device = device
        self._start_sink()
        if self._source is None:
            self._tell(DeviceFound(device.description()))

    def _lose_device(self) -> None:
        name = "" if self._device is None else self._device.description()
        self._device = None
        self._stop_sink()
        self._tell(DeviceLost(name))

    def _tell(self, event: DeviceEvent) -> None:
        is_found = isinstance(event, DeviceFound)
        if is_found != self._has_told_found:
            self._has_told_found = is_found
            self.device_changed.emit(event)

    def _start_sink(self) -> None:
        self._stop_sink()
        if self._source is None or self._device is None:
            return
        layout = QAudioFormat()
        layout.setSampleRate(self._source.sample_rate)
        layout.setChannelCount(1)
        layout.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._pump = _Pump(self._source, self)
        self._pump.device_began.connect(self.on_device_began)
        self._pump.ran_dry.connect(self.on_ran_dry)
        self._sink = QAudioSink(self._device, layout, self)
        self._sink.setBufferSize(round(MOST_S * self._source.sample_rate) * _FRAME_BYTES)
        self._sink.stateChanged.connect(self.on_state_changed)
        self.stream = (self._source, self._pump.clock, self._source.next_frame)
        self._sink.start(self._pump)
        self._pump.sink = self._sink
        self._looks_in_vain = 0

    def _stop_sink(self) -> None:
        self.stream = None
        if self._sink is not None and self._pump is not None:
            self._sink.stateChanged.disconnect(self.on_state_changed)
            self._pump.sink = None
            self._sink.reset()
            self._pump.close()
            self._sink.deleteLater()
            self._pump.deleteLater()
        self._sink = self._pump = None


class _AudioThread(QThread):
    """Runs the sink's event loop and takes the sink down where it was set up."""

    def __init__(self, sink: _Sink) -> None:
        super().__init__()
        self.setObjectName("audio")
        self._sink = sink
        sink.moveToThread(self)

    def run(self) -> None:
        self._sink.set_up()
        self.exec()
        self._sink.tear_down()


class QtAudioOutput(QObject):
    """An `AudioOutput` on the system's default device, which it follows. Call `close` at the end.

    `device_changed` carries a `DeviceEvent`; it comes once soon after the start.
    """

    device_changed = Signal(object)
    _play_asked = Signal(object)
    _wake_asked = Signal()
    _follow_asked = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_available = True  # until the audio thread has looked
        self._source: FrameSource | None = None
        self._last_frame = 0
        self._sink = _Sink()
        self._thread = _AudioThread(self._sink)
        queued = Qt.ConnectionType.QueuedConnection
        self._play_asked.connect(self._sink.play, queued)
        self._wake_asked.connect(self._sink.wake, queued)
        self._follow_asked.connect(self._sink.follow_default, queued)
        self._sink.device_changed.connect(self.on_device_changed, queued)
        self._thread.start(QThread.Priority.TimeCriticalPriority)

    def start(self, source: FrameSource) -> None:
        """Play this source from now on, instead of the one before; it runs on silence too."""
        self._source, self._last_frame = source, 0
        self._play_asked.emit(source)

    def wake(self) -> None:
        """Be ready at once: sound is wanted now. Where there was no device, look again."""
        self._wake_asked.emit()

    def follow_default(self, follows: bool) -> None:
        """Play on with the new one when the system's default device changes, or tell it as lost."""
        self._follow_asked.emit(follows)

    def played_frames(self) -> int:
        """Return which output frame of the source is being heard now; it never goes back."""
        stream = self._sink.stream
        if stream is not None and stream[0] is self._source:
            _source, clock, first_frame = stream
            heard = clock.frames_heard(time.monotonic())
            if heard:
                self._last_frame = max(self._last_frame, first_frame + heard)
        return self._last_frame

    def close(self) -> None:
        """Fall silent, softly, and end the audio thread; return when it has ended."""
        if self._source is not None:
            self._source.cut()
            end = time.monotonic() + _FADED_WITHIN_S
            while not self._source.is_heard_out(self.played_frames()) and time.monotonic() < end:
                time.sleep(0.005)
        self._thread.quit()
        self._thread.wait()

    def on_device_changed(self, event: DeviceEvent) -> None:
        """Remember whether there is a device, and tell."""
        self.is_available = not isinstance(event, DeviceLost)
        self.device_changed.emit(event)
