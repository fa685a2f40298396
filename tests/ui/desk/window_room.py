"""The whole window over a real text and a real database, with a voice and a device one controls."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.app.paths import user_paths
from reader.app.services import Services
from reader.app.trace import Trace
from reader.playback.player import Player
from reader.playback.stream.output import DeviceEvent
from reader.speech.engine import UtteranceAudio
from reader.speech.speech_events import SpeechEvent
from reader.ui.desk.reading_desk import ReadingDesk
from reader.ui.listening.sound import Sound, SoundEvents
from reader.ui.window.messages import Message
from tests.fakes.manual_audio_output import ManualAudioOutput
from tests.fakes.scripted_speech import WORD_FRAMES, ScriptedSpeech
from tests.patience import PATIENCE_S

TEXT = (
    "The first sentence opens the room. A second one follows it at once.\n\n"
    "Another paragraph begins here. It ends with this sentence.\n\n"
    "The last paragraph says goodbye. Nothing comes after it.\n"
)

KEYS = {
    "Space": Qt.Key.Key_Space,
    "Left": Qt.Key.Key_Left,
    "Right": Qt.Key.Key_Right,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "[": Qt.Key.Key_BracketLeft,
    "]": Qt.Key.Key_BracketRight,
    "=": Qt.Key.Key_Equal,
    "+": Qt.Key.Key_Plus,
    "-": Qt.Key.Key_Minus,
    "0": Qt.Key.Key_0,
    "F1": Qt.Key.Key_F1,
    "F11": Qt.Key.Key_F11,
    "W": Qt.Key.Key_W,
    "L": Qt.Key.Key_L,
    "H": Qt.Key.Key_H,
    "M": Qt.Key.Key_M,
    "Q": Qt.Key.Key_Q,
    "N": Qt.Key.Key_N,
    "B": Qt.Key.Key_B,
    "Escape": Qt.Key.Key_Escape,
}


@dataclass
class FakeSound:
    """Both ends of the player, in the test's hands."""

    speech: ScriptedSpeech = field(default_factory=ScriptedSpeech)
    output: ManualAudioOutput = field(default_factory=ManualAudioOutput)
    events: SoundEvents = field(default_factory=SoundEvents)
    is_closed: bool = False
    played_once: list[UtteranceAudio] = field(default_factory=list)

    def close(self) -> None:
        """Note that it was closed."""
        self.is_closed = True

    def make(self, _services: Services) -> Sound:
        """Return it as the desk wants it."""
        return Sound(self.speech, self.output, self.events, self.close, self.played_once.append)


@dataclass
class WindowRoom:
    """What a test needs of a window: eyes, hands and a clock."""

    qtbot: QtBot
    desk: ReadingDesk
    services: Services
    sound: FakeSound
    text_path: Path
    trace_path: Path
    are_notes_settled: bool = False
    is_closed: bool = False

    @property
    def text(self) -> str:
        """The text that is shown."""
        document = self.desk.window.view.document
        assert document is not None
        return document.sections[0].text

    def player(self) -> Player:
        """Return the player; it is there once the text has been painted."""
        assert self.desk.aloud is not None
        return self.desk.aloud.player

    def message(self) -> Message | None:
        """What the message bar says."""
        return self.desk.window.messages.message

    @property
    def lit_words(self) -> list[str]:
        """The words lit so far, in order, as the trace tells."""
        return [self.text[event["start"] : event["end"]] for event in self.traced("word")]

    def traced(self, name: str) -> list[dict[str, Any]]:
        """Return what the trace holds of one kind of event."""
        events = [json.loads(line) for line in self.trace_path.read_text().splitlines()]
        return [event for event in events if event["event"] == name]

    def press(self, key: str) -> None:
        """Press a key such as "Shift+Left" where the keyboard is."""
        *modifiers, name = key.split("+") if key != "Ctrl++" else ["Ctrl", "+"]
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= {
                "Shift": Qt.KeyboardModifier.ShiftModifier,
                "Ctrl": Qt.KeyboardModifier.ControlModifier,
            }[modifier]
        target = QApplication.focusWidget() or self.desk.window
        QTest.keyClick(target, KEYS[name], held)

    def say(self, event: SpeechEvent) -> None:
        """Let the voice tell something."""
        self.sound.events.speech_told.emit(event)

    def device(self, event: DeviceEvent) -> None:
        """Let the device tell something."""
        self.sound.events.device_told.emit(event)

    def voice_answers(self) -> None:
        """Let the voice say all it was asked for."""
        while self.sound.speech.requests:
            self.say(self.sound.speech.answer())

    def hear(self, word_count: int = 1) -> None:
        """Let the device play so many words, and the window note it."""
        for _ in range(word_count):
            self.sound.output.play(WORD_FRAMES)
            self.player().tick()

    def wait(self, is_so: Callable[[], object]) -> None:
        """Return when it is so."""
        self.qtbot.waitUntil(lambda: bool(is_so()))

    def close(self) -> None:
        """Close as the user does; once."""
        if self.is_closed:
            return
        self.is_closed = True
        self.desk.window.close()
        self.desk.close()
        self.desk.window.deleteLater()
        self.services.close()
        self.services.trace.close()
        QApplication.processEvents()


Opener = Callable[..., WindowRoom]
"""What `open_and_settle` is as a fixture: it needs no bot and no folder."""


def open_window(
    qtbot: QtBot, folder: Path, text: str | None = TEXT, file: Path | None = None
) -> WindowRoom:
    """Open a window on a text below `folder`, written there unless it is None, or on `file`."""
    path = file or folder / "room.txt"
    if text is not None and file is None:
        path.write_text(text, encoding="utf-8")
    trace_path = folder / "trace"
    services = Services(user_paths(folder / "data"), Trace(trace_path))
    sound = FakeSound()
    desk = ReadingDesk(services, sound.make)
    desk.keep_still()
    room = WindowRoom(qtbot, desk, services, sound, path, trace_path)
    desk.notes_settled.connect(lambda: setattr(room, "are_notes_settled", True))
    desk.begin(path).wait(PATIENCE_S)
    desk.window.show()
    desk.window.activateWindow()
    desk.window.view.setFocus()
    QApplication.processEvents()
    return room


def open_and_settle(
    qtbot: QtBot, folder: Path, text: str = TEXT, file: Path | None = None
) -> WindowRoom:
    """Open a window and wait until voice and notes are there."""
    room = open_window(qtbot, folder, text, file)
    room.wait(lambda: room.desk.aloud is not None)
    room.wait(lambda: room.are_notes_settled)
    return room
