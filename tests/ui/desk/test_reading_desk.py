"""The whole window: keys, voice, texts, notes and what it says when something goes wrong."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.app.paths import user_paths
from reader.app.services import Services
from reader.app.trace import Trace
from reader.errors import SpeechProcessFailed
from reader.library.catalogue import Catalogue
from reader.playback.states import Paused, Playing, Preparing
from reader.speech.speech_events import (
    SpeechStopped,
)
from reader.text.document import Place
from reader.ui.desk.reading_desk import ReadingDesk
from reader.ui.look.controls import IconButton
from reader.ui.look.theme import Spacing
from reader.ui.margin.margin import Margin
from reader.ui.wayfinding.contents_popover import ContentsPopover
from reader.ui.window.commands import Command
from reader.ui.window.keys_overview import KeysOverview
from reader.ui.window.look_popover import LookPopover
from tests.patience import PATIENCE_S
from tests.ui.desk.window_room import TEXT, FakeSound, Opener, WindowRoom, open_window


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


def test_space_plays_each_word_is_lit_and_space_pauses(opened: Opener) -> None:
    room = opened()
    room.press("Space")
    assert room.player().state == Preparing()
    room.voice_answers()
    room.hear(4)
    assert room.player().state == Playing()
    assert room.lit_words[:3] == ["The", "first", "sentence"]
    room.press("Space")
    assert room.player().state == Paused()
    assert [event["event"] for event in room.traced("play") + room.traced("pause")] == [
        "play",
        "pause",
    ]


def test_space_before_the_text_is_painted_plays_once_there_is_a_voice(
    qtbot: QtBot, tmp_path: Path
) -> None:
    room = open_window(qtbot, tmp_path)
    with closing(room):
        room.desk.do(Command.PLAY_OR_PAUSE)
        room.wait(lambda: room.desk.aloud is not None)
        room.voice_answers()
        assert room.player().state == Playing()


def test_brackets_change_the_speed_and_it_is_kept(opened: Opener) -> None:
    room = opened()
    for key in ("]", "]", "["):
        room.press(key)
    assert room.player().speed == pytest.approx(1.1)
    assert room.desk.window.transport.speed_button.text() == "1.1×"
    room.press("=")
    assert room.player().speed == 1.0
    room.press("]")
    room.close()
    assert opened().player().speed == pytest.approx(1.1)


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
    assert room.player().state == Playing()


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
    assert room.text[room.player().place.offset :] in TEXT[-12:]


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


@pytest.mark.parametrize("is_noted", [True, False], ids=["noted", "not noted yet"])
def test_the_next_window_goes_on_at_the_word(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, is_noted: bool
) -> None:
    if not is_noted:  # the thread's turn to note that the text is open never came
        monkeypatch.setattr(Catalogue, "remember_opened", lambda *_: None)
    room = opened()
    room.press("Space")
    room.voice_answers()
    room.hear(9)
    place = room.player().place
    assert place.offset > 20
    room.close()
    assert opened().player().place == place


def test_space_is_not_lost_on_who_presses_it_before_the_voice_is_there(
    qtbot: QtBot, tmp_path: Path
) -> None:
    room = open_window(qtbot, tmp_path)
    with closing(room):
        room.wait(lambda: Command.SHOW_NOTES in room.desk.commands())  # keys are listened to
        assert room.desk.aloud is None
        room.press("Space")
        room.voice_answers()
        assert room.player().state == Playing()


def test_space_pressed_twice_before_the_voice_is_there_plays_nothing(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReadingDesk, "_bring_voice", lambda _: None)
    room = open_window(qtbot, tmp_path)
    with closing(room):
        room.wait(lambda: Command.SHOW_NOTES in room.desk.commands())
        room.press("Space")
        room.press("Space")
        monkeypatch.undo()
        room.wait(lambda: room.desk.aloud is not None)
        assert room.player().state == Paused()


def test_the_manual_opens_like_any_text(opened: Opener) -> None:
    room = opened()
    room.desk.do(Command.SHOW_MANUAL)
    room.wait(lambda: room.desk.window.windowTitle().startswith("How to use Sottovoce"))


def test_no_key_means_two_things(opened: Opener) -> None:
    room = opened()
    actions = room.desk.window.actions()
    keys = [key.toString() for action in actions for key in action.shortcuts()]
    assert {"H", "Space"} <= set(keys)
    assert sorted(keys) == sorted(set(keys))


def test_a_dropped_text_is_opened(opened: Opener, tmp_path: Path) -> None:
    room = opened()
    (tmp_path / "other.md").write_text("# Other\n\nAnother text.\n")
    room.desk.window.file_dropped.emit(tmp_path / "other.md")
    room.wait(lambda: room.text.startswith("Other"))
    assert room.desk.window.windowTitle().startswith("Other")


def test_the_contents_close_when_another_text_comes(opened: Opener, tmp_path: Path) -> None:
    """As a second start brings one while they are open: their lines lead into the first."""
    room = opened()
    (tmp_path / "other.md").write_text("# Other\n\nAnother text.\n")

    def are_open() -> bool:
        return any(it.isVisible() for it in room.desk.window.findChildren(ContentsPopover))

    room.desk.window.actions_by_command[Command.GO_TO].trigger()
    room.wait(are_open)
    room.desk.window.file_dropped.emit(tmp_path / "other.md")
    room.wait(lambda: room.text.startswith("Other"))
    assert not are_open()


def test_every_command_does_something(opened: Opener) -> None:
    room = opened()
    assert room.desk.commands() == set(Command)


def test_typing_in_a_card_plays_nothing(opened: Opener) -> None:
    room = opened()
    room.press("N")
    for key in ("Space", "]", "B"):
        room.press(key)
    assert room.player().state == Paused()
    assert room.player().speed == 1.0


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
