"""The whole window: keys, voice, texts, notes and what it says when something goes wrong."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.app.paths import user_paths
from reader.app.services import Services
from reader.app.settings import Settings
from reader.app.trace import Trace
from reader.errors import SottovoceError, SpeechProcessFailed, VoiceNotInstalled
from reader.playback.output import DeviceFound, DeviceLost
from reader.playback.player import Player
from reader.playback.states import Paused, Playing, Preparing
from reader.speech.engine import Voice, VoiceId
from reader.speech.speech_events import (
    ProcessChanged,
    ProcessState,
    SpeechStopped,
    VoiceMeasured,
    VoiceReady,
)
from reader.speech.voices import DEFAULT_VOICE
from reader.text.document import Place
from reader.ui.desk.reading_desk import ReadingDesk
from reader.ui.look.controls import IconButton
from reader.ui.look.theme import Spacing
from reader.ui.margin.margin import Margin
from reader.ui.window.commands import Command
from reader.ui.window.keys_overview import KeysOverview
from reader.ui.window.look_popover import LookPopover
from reader.ui.window.messages import Remedy, Subject
from tests.patience import PATIENCE_S
from tests.ui.desk.window_room import TEXT, FakeSound, WindowRoom, open_and_settle, open_window

Opener = Callable[..., WindowRoom]


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Opener]:
    """Give a function that opens windows, all closed at the end."""
    rooms: list[WindowRoom] = []

    def open_one(text: str = TEXT) -> WindowRoom:
        rooms.append(open_and_settle(qtbot, tmp_path, text))
        return rooms[-1]

    yield open_one
    for room in rooms:
        room.close()


def player_of(room: WindowRoom) -> Player:
    """Return the player; it is there once the text has been painted."""
    assert room.desk.aloud is not None
    return room.desk.aloud.player


def scroll_by_wheel(room: WindowRoom) -> None:
    """Turn the wheel a notch over the text."""
    viewport = room.desk.window.view.viewport()
    at = QPointF(viewport.rect().center())
    event = QWheelEvent(
        at,
        viewport.mapToGlobal(at),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


# The voice


def test_space_plays_each_word_is_lit_and_space_pauses(opened: Opener) -> None:
    room = opened()
    room.press("Space")
    assert player_of(room).state == Preparing()
    room.voice_answers()
    room.hear(4)
    assert player_of(room).state == Playing()
    assert room.lit_words[:3] == ["The", "first", "sentence"]
    room.press("Space")
    assert player_of(room).state == Paused()
    assert [event["event"] for event in room.traced("play") + room.traced("pause")] == [
        "play",
        "pause",
    ]


def test_a_key_before_the_text_is_painted_does_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    room = open_window(qtbot, tmp_path)
    room.desk.do(Command.PLAY_OR_PAUSE)
    room.wait(lambda: room.desk.aloud is not None)
    assert player_of(room).state == Paused()
    room.close()


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        pytest.param(["Right"], "A second", id="next sentence"),
        pytest.param(["Right", "Left"], "The first", id="and back"),
        pytest.param(["Left"], "The first", id="nothing before the first"),
        pytest.param(["Shift+Right"], "Another paragraph", id="next paragraph"),
        pytest.param(["Shift+Down", "Shift+Down"], "The last", id="two paragraphs on"),
        pytest.param(["Shift+Right", "Shift+Left"], "The first", id="paragraph back"),
        pytest.param(["Shift+Right", "Shift+Up"], "The first", id="paragraph up"),
    ],
)
def test_arrows_move_the_voice(opened: Opener, keys: list[str], words: str) -> None:
    room = opened()
    for key in keys:
        room.press(key)
    at = player_of(room).place.offset
    assert room.text[at:].startswith(words)


def test_brackets_change_the_speed_and_it_is_kept(opened: Opener) -> None:
    room = opened()
    for key in ("]", "]", "["):
        room.press(key)
    assert player_of(room).speed == pytest.approx(1.1)
    assert room.desk.window.transport.speed_button.text() == "1.1×"
    room.press("=")
    assert player_of(room).speed == 1.0
    room.press("]")
    room.close()
    assert player_of(opened()).speed == pytest.approx(1.1)


def test_the_spacing_of_a_text_is_chosen_beside_it_and_kept(opened: Opener) -> None:
    room = opened()
    height = room.desk.window.view.line_height()
    room.desk.window.header.look_button.click()
    popover = room.desk.window.findChild(LookPopover)
    assert popover is not None
    for name in ("Line spacing: more", "Letter spacing: more", "Column width: less"):
        button = next(b for b in popover.findChildren(IconButton) if b.accessibleName() == name)
        button.click()
    assert room.desk.window.view.line_height() == pytest.approx(1.1 * height)
    room.close()
    theme = opened().desk.window.theme
    assert theme.spacing == Spacing(lines=1.1, letters=0.02, column=0.9)


def test_activating_a_word_reads_from_it(opened: Opener) -> None:
    room = opened()
    place = Place(0, room.text.index("paragraph begins"))
    room.desk.window.view.place_activated.emit(place)
    room.voice_answers()
    room.hear(2)
    assert room.lit_words[0] == "paragraph"
    assert player_of(room).state == Playing()


def test_a_word_that_is_pressed_is_asked_for_before_it_is_activated(opened: Opener) -> None:
    room = opened("A sentence that is here to fill the room. " * 200 + "A paragraph begins.")
    view, speech = room.desk.window.view, room.sound.speech
    room.voice_answers()
    place = Place(0, room.text.index("paragraph begins"))
    view.place_pressed.emit(place)
    ((_, _, utterance),) = speech.requests
    assert utterance.span.first_place == place
    room.voice_answers()
    view.place_activated.emit(place)
    room.hear(1)
    assert room.lit_words[0] == "paragraph"
    assert speech.spoken.count(utterance) == 1


def test_a_click_on_the_progress_line_moves_the_voice_there(opened: Opener) -> None:
    room = opened()
    room.desk.window.transport.sought.emit(0.99)
    assert room.text[player_of(room).place.offset :] in TEXT[-12:]


def test_scrolling_stops_the_following_and_the_pill_brings_it_back(opened: Opener) -> None:
    room = opened("A sentence that is here to fill the room. " * 200)
    pill = room.desk.window.back_to_voice
    room.press("Space")
    room.voice_answers()
    room.hear(2)
    assert not pill.isVisible()
    scroll_by_wheel(room)
    assert pill.isVisible()
    pill.click()
    assert not pill.isVisible()


def test_scrolling_while_nothing_plays_shows_no_pill(opened: Opener) -> None:
    room = opened("A sentence that is here to fill the room. " * 200)
    scroll_by_wheel(room)
    assert not room.desk.window.back_to_voice.isVisible()


def test_the_next_window_goes_on_at_the_word(opened: Opener) -> None:
    room = opened()
    room.press("Space")
    room.voice_answers()
    room.hear(9)
    place = player_of(room).place
    assert place.offset > 20
    room.close()
    assert player_of(opened()).place == place


def test_the_voice_is_named_and_its_dot_turns_warm(opened: Opener) -> None:
    room = opened()
    button = room.desk.window.transport.voice_button
    assert button.accessibleName() == "Voice: Joe, English, neural voice. Choose a voice"
    room.say(ProcessChanged(17, ProcessState.STARTED))
    room.say(VoiceReady(VoiceId("piper:en_US-joe-medium")))
    assert room.traced("speech_process")[0]["pid"] == 17
    assert room.traced("voice_ready")


def test_a_text_that_turns_out_to_be_german_is_read_by_a_german_voice(opened: Opener) -> None:
    room = opened(
        "Der alte Mann ging langsam über die Brücke und dachte dabei an seine beiden Töchter, "
        "die er seit vielen Jahren nicht mehr gesehen hatte.\n"
    )
    button = room.desk.window.transport.voice_button
    assert "Joe" in button.accessibleName()
    room.say(VoiceReady(DEFAULT_VOICE))
    room.wait(lambda: "German" in button.accessibleName())
    assert room.desk.aloud is not None
    assert room.desk.aloud.voice.startswith("pyttsx3:")


def test_the_manual_opens_like_any_text(opened: Opener) -> None:
    room = opened()
    room.desk.do(Command.SHOW_MANUAL)
    room.wait(lambda: room.desk.window.windowTitle().startswith("How to use Sottovoce"))


def test_no_key_means_two_things(opened: Opener) -> None:
    room = opened()
    actions = [*room.desk.window.actions_by_command.values(), *room.desk.annotating.actions]
    keys = [key.toString() for action in actions for key in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))


# What goes wrong


@pytest.mark.parametrize(("factor", "is_said"), [(0.4, False), (1.3, True)], ids=["fast", "slow"])
def test_a_voice_that_cannot_keep_up_is_said_to_be_slow(
    opened: Opener, factor: float, is_said: bool
) -> None:
    room = opened()
    room.say(VoiceMeasured(VoiceId("kokoro:af_heart"), factor))
    message = room.message()
    assert (message is not None and "slower than reading aloud" in message.text) is is_said


def measured_as(room: WindowRoom, factor: float) -> None:
    """Let the usual voice prove this fast, and wait until that has been thought over."""
    speeds = room.services.paths.voice_speeds
    speeds.parent.mkdir(parents=True, exist_ok=True)
    speeds.write_text(json.dumps({DEFAULT_VOICE: factor}), encoding="utf-8")
    thought_over: list[object] = []
    recommended = room.services.recommended_voice

    def recommend(language: str) -> Voice | None:
        thought_over.append(language)
        return recommended(language)

    room.services.recommended_voice = recommend  # type: ignore[method-assign]
    room.say(VoiceMeasured(DEFAULT_VOICE, factor))
    room.wait(lambda: thought_over)
    room.wait(lambda: not room.desk._background._running)


def test_a_fast_machine_is_offered_a_natural_voice_once(opened: Opener) -> None:
    room = opened()
    measured_as(room, 0.05)
    room.wait(lambda: room.message() is not None)
    message = room.message()
    assert message is not None
    assert message.subject is Subject.OFFER
    assert "Heart" in message.text
    assert message.remedies == (Remedy.SHOW_VOICES,)
    room.desk.window.messages.close_message()
    room.close()
    assert not Settings.load(room.services.paths.settings).settings.offer_natural_voice


def test_a_slow_machine_is_not_offered_a_voice_it_could_not_keep_up_with(opened: Opener) -> None:
    room = opened()
    measured_as(room, 0.2)
    assert room.message() is None


@pytest.mark.parametrize(
    ("error", "remedies"),
    [
        pytest.param(
            SpeechProcessFailed("it died"), {Remedy.TRY_AGAIN, Remedy.CHOOSE_VOICE}, id="died"
        ),
        pytest.param(VoiceNotInstalled("piper:x"), {Remedy.CHOOSE_VOICE}, id="not installed"),
    ],
)
def test_a_voice_that_stops_is_said_and_the_place_kept(
    opened: Opener, error: SottovoceError, remedies: set[Remedy]
) -> None:
    room = opened()
    room.press("Space")
    room.say(SpeechStopped(error))
    message = room.message()
    assert message is not None
    assert message.subject is Subject.VOICE
    assert set(message.remedies) == remedies
    assert player_of(room).place == Place(0, 0)
    started = len(room.sound.speech.started)
    room.press("Space")
    assert len(room.sound.speech.started) == started + 1, "playing again asks the voice again"


def test_a_lost_device_is_said_and_sound_settles_it(opened: Opener) -> None:
    room = opened()
    room.press("Space")
    room.voice_answers()
    room.hear(2)
    room.device(DeviceLost("Headphones"))
    message = room.message()
    assert message is not None
    assert message.subject is Subject.DEVICE
    assert isinstance(player_of(room).state, Paused)
    room.device(DeviceFound("Speakers"))
    room.press("Space")
    room.hear(3)
    assert room.message() is None
    assert [event["state"] for event in room.traced("device")] == ["lost", "found"]


@pytest.mark.parametrize(
    ("content", "remedies"),
    [
        pytest.param(None, (Remedy.TRY_AGAIN, Remedy.CHOOSE_TEXT), id="missing"),
        pytest.param("", (Remedy.TRY_AGAIN, Remedy.CHOOSE_TEXT), id="empty"),
        pytest.param("\0\1\2\3" * 500, (Remedy.CHOOSE_TEXT,), id="binary"),
    ],
)
def test_a_bad_text_is_said_in_the_window(
    qtbot: QtBot, tmp_path: Path, content: str | None, remedies: tuple[Remedy, ...]
) -> None:
    room = open_window(qtbot, tmp_path, content)
    message = room.message()
    assert message is not None
    assert message.remedies == remedies
    assert str(room.text_path) in message.text
    room.close()


def test_a_bad_text_leaves_the_open_one_open(opened: Opener, tmp_path: Path) -> None:
    room = opened()
    room.desk.window.file_dropped.emit(tmp_path / "nowhere.txt")
    room.wait(room.message)
    assert room.text.startswith("The first")


def test_a_dropped_text_is_opened(opened: Opener, tmp_path: Path) -> None:
    room = opened()
    (tmp_path / "other.md").write_text("# Other\n\nAnother text.\n")
    room.desk.window.file_dropped.emit(tmp_path / "other.md")
    room.wait(lambda: room.text.startswith("Other"))
    assert room.desk.window.windowTitle().startswith("Other")


def test_a_changed_file_is_offered_and_read_again(opened: Opener) -> None:
    room = opened()
    room.text_path.write_text("Quite another text.")
    room.desk.window.looked_at.emit()
    message = room.message()
    assert message is not None
    assert message.remedies == (Remedy.RELOAD,)
    room.desk.window.messages.remedy_chosen.emit(message, Remedy.RELOAD)
    room.wait(lambda: room.text == "Quite another text.")
    room.wait(lambda: room.message() is None)


def test_a_file_that_goes_stays_open(opened: Opener) -> None:
    room = opened()
    room.text_path.unlink()
    room.desk.window.looked_at.emit()
    message = room.message()
    assert message is not None
    assert message.subject is Subject.FILE
    assert room.text.startswith("The first")


def test_without_storage_it_reads_and_says_that_notes_cannot_be_made(
    qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    with sqlite3.connect(tmp_path / "data" / "sottovoce.sqlite3") as foreign:
        foreign.execute("PRAGMA application_id = 7")
        foreign.execute("CREATE TABLE theirs (x)")
    foreign.close()
    room = open_and_settle(qtbot, tmp_path)
    room.wait(room.message)
    message = room.message()
    assert message is not None
    assert message.subject is Subject.STORAGE
    assert not room.desk.window.transport.mark_button.isVisible()
    room.press("Space")
    room.voice_answers()
    room.hear(2)
    assert room.lit_words
    room.close()


def test_a_broken_file_of_notes_is_said_and_others_can_be_made(
    qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "room.annotations.jsonld").write_text("{ nothing")
    room = open_and_settle(qtbot, tmp_path)
    message = room.message()
    assert message is not None
    assert message.subject is Subject.NOTES
    assert room.desk.window.transport.mark_button.isVisible()
    room.close()


# Keys and commands


def test_every_command_does_something(opened: Opener) -> None:
    room = opened()
    assert room.desk.commands() == set(Command)


def test_typing_in_a_card_plays_nothing(opened: Opener) -> None:
    room = opened()
    room.press("N")
    for key in ("Space", "]", "B"):
        room.press(key)
    assert player_of(room).state == Paused()
    assert player_of(room).speed == 1.0


def test_the_look_and_the_size_come_back(opened: Opener) -> None:
    room = opened()
    room.press("Ctrl++")
    scale = room.desk.window.theme.scale
    was_dark = room.desk.window.theme.palette.is_dark
    room.press("Ctrl+Shift+L")
    assert scale > 1.0
    room.close()
    again = opened()
    assert again.desk.window.theme.scale == scale
    assert again.desk.window.theme.palette.is_dark is not was_dark


def test_escape_closes_the_keys_then_the_message(opened: Opener) -> None:
    room = opened()
    room.say(SpeechStopped(SpeechProcessFailed("it died")))
    room.press("F1")
    (overview,) = room.desk.window.findChildren(KeysOverview)
    assert overview.isVisible()
    room.press("Escape")
    assert not overview.isVisible()
    assert room.message() is not None
    room.press("Escape")
    assert room.message() is None


def test_closing_ends_the_sound(opened: Opener) -> None:
    room = opened()
    room.press("Ctrl+Q")
    assert not room.desk.window.isVisible()
    room.close()
    assert room.sound.is_closed


# The voice of a language


def test_a_german_text_is_read_by_a_german_voice_and_a_choice_holds_for_german(
    qtbot: QtBot, tmp_path: Path
) -> None:
    page = '<html lang="de"><body><p>Guten Abend. Es ist schon dunkel.</p></body></html>'
    (tmp_path / "abend.html").write_text(page, encoding="utf-8")
    room = open_and_settle(qtbot, tmp_path)
    aloud = room.desk.aloud
    assert aloud is not None
    assert aloud.voice == "piper:en_US-joe-medium"
    room.desk.begin(tmp_path / "abend.html").wait(PATIENCE_S)
    room.wait(lambda: aloud.voice == "pyttsx3:de")
    assert room.sound.speech.started[-1] == "pyttsx3:de"
    aloud.set_voice("pyttsx3:fr")
    room.desk.begin(room.text_path).wait(PATIENCE_S)
    assert aloud.voice == "piper:en_US-joe-medium"
    room.desk.begin(tmp_path / "abend.html").wait(PATIENCE_S)
    assert aloud.voice == "pyttsx3:fr"
    room.close()


def test_a_language_nobody_speaks_is_said_and_read_all_the_same(
    qtbot: QtBot, tmp_path: Path
) -> None:
    page = '<html lang="sux"><body><p>Lugal kur-kur-ra.</p></body></html>'
    (tmp_path / "sumerian.html").write_text(page, encoding="utf-8")
    room = open_and_settle(qtbot, tmp_path)
    room.desk.begin(tmp_path / "sumerian.html").wait(PATIENCE_S)
    room.wait(room.message)
    message = room.message()
    assert message is not None
    assert message.text == "No voice here speaks the language of this text. Joe reads it."
    assert room.desk.aloud is not None
    assert room.desk.aloud.voice == "piper:en_US-joe-medium"
    room.close()


# The window of voices


def test_the_window_of_voices_opens_and_its_choice_reads(opened: Opener) -> None:
    room = opened()
    room.desk.do(Command.SHOW_VOICES)
    voices = room.desk.voice_window
    room.wait(lambda: voices.dialog is not None and voices.dialog.row("pyttsx3:en-gb"))
    dialog = voices.dialog
    assert dialog is not None
    dialog.voice_chosen.emit("pyttsx3:en-gb")
    assert room.desk.aloud is not None
    assert room.desk.aloud.voice == "pyttsx3:en-gb"
    dialog.voice_removed.emit("pyttsx3:en-gb")
    assert room.desk.aloud.voice == "piper:en_US-joe-medium"


def test_hearing_a_sample_pauses_the_reading(opened: Opener) -> None:
    room = opened()
    room.press("Space")
    room.desk.do(Command.SHOW_VOICES)
    dialog = room.desk.voice_window.dialog
    assert dialog is not None
    dialog.sample_begins.emit()
    assert player_of(room).state == Paused()


def test_keys_notes_and_voice_come_after_the_text_is_painted(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "room.txt"
    path.write_text(TEXT, encoding="utf-8")
    services = Services(user_paths(tmp_path / "data"), Trace())
    desk = ReadingDesk(services, FakeSound().make)
    room = WindowRoom(qtbot, desk, services, FakeSound(), path, tmp_path / "trace")
    desk.begin(path).wait(PATIENCE_S)
    assert desk.window.view.document is not None
    assert not desk.window.actions()
    assert not desk.window.findChildren(Margin)
    desk.window.show()
    room.wait(lambda: desk.aloud is not None)
    assert desk.window.actions()
    assert desk.window.findChildren(Margin)
    room.close()
