"""What the voice sounds through: a speech process and a sound device."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLoggingCategory, QObject, Signal

from reader.app.services import Services
from reader.playback.stream.output import AudioOutput
from reader.speech.engine import UtteranceAudio
from reader.speech.speaking import SpeechSource
from reader.speech.speech_events import SpeechEvent
from reader.values import value

_QUIET = "qt.multimedia.symbolsresolver=false\nqt.multimedia.ffmpeg.info=false"
"""What Qt would say at each start about sound servers that aren't there."""


class SoundEvents(QObject):
    """Brings what speech and device tell to the window's thread."""

    speech_told = Signal(object)
    """SpeechEvent."""
    device_told = Signal(object)
    """DeviceEvent."""

    def post_speech(self, event: SpeechEvent) -> None:
        """Hand an event over; may be called on any thread."""
        self.speech_told.emit(event)


def _follow_nothing(_follows: bool) -> None:
    """Do nothing: there is one device."""


def _play_nothing(_audio: UtteranceAudio) -> None:
    """Play nothing: there is only the player's sound."""


@value
class Sound:
    """Both ends of the player. `close` ends them and waits until they have ended.

    `play_once` plays a word or two beside the player. `follow_default` says whether playing goes
    on when the system's default device becomes another; if not, that is told as a loss.
    """

    speech: SpeechSource
    output: AudioOutput
    events: SoundEvents
    close: Callable[[], None]
    play_once: Callable[[UtteranceAudio], None] = _play_nothing
    follow_default: Callable[[bool], None] = _follow_nothing


def open_sound(services: Services) -> Sound:
    """Return a speech process, started when a voice is, and the system's device."""
    QLoggingCategory.setFilterRules(_QUIET)  # before Qt Multimedia, which looks around as it loads
    from reader.ui.listening.one_off_sound import OneOffSound
    from reader.ui.listening.qt_audio import QtAudioOutput

    events = SoundEvents()
    output = QtAudioOutput()
    output.device_changed.connect(events.device_told)
    speech = services.speech(events.post_speech)

    one_off = OneOffSound()

    def close() -> None:
        one_off.stop()
        speech.close()
        output.close()

    return Sound(speech, output, events, close, one_off.play, output.follow_default)
