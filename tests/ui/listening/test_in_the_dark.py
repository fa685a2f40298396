"""The window in the dark: what it shows, what keys and wheel do, when it moves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.playback.sleep import FADE_S, SleepAfter
from reader.playback.states import Playing, Preparing
from reader.ui.listening.dark_view import GROUND, DarkView
from reader.ui.listening.in_the_dark import InTheDark
from reader.ui.listening.reading_aloud import ReadingAloud
from reader.ui.look.theme import Theme
from reader.ui.window.messages import FILE_CHANGED
from tests.ui.desk.window_room import Opener, WindowRoom


@pytest.fixture
def room(opened: Opener) -> WindowRoom:
    """Give a window on a text, the voice ready."""
    room = opened()
    room.voice_answers()
    return room


def aloud_of(room: WindowRoom) -> ReadingAloud:
    """Return the voice."""
    assert room.desk.aloud is not None
    return room.desk.aloud


def dark_view(room: WindowRoom) -> DarkView:
    """Return what covers the window."""
    view = room.desk.window.findChild(DarkView)
    assert isinstance(view, DarkView)
    return view


def turn_wheel(view: DarkView, angle: int) -> None:
    """Turn the wheel over the ring; negative angles are towards the user."""
    at = QPointF(view.rect().center())
    event = QWheelEvent(
        at,
        view.mapToGlobal(at),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def white_in(view: DarkView) -> int:
    """Count the pixels that are fully white, a heard word's."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return sum(
        image.pixelColor(x, y).lightness() > 250
        for x in range(image.width())
        for y in range(int(image.height() * 0.66), int(image.height() * 0.94))
    )


@pytest.mark.parametrize("key", ["F11", "Escape"])
def test_it_covers_the_whole_window_and_leaves_it_as_it_was(room: WindowRoom, key: str) -> None:
    window = room.desk.window
    room.press("F11")
    view = dark_view(room)
    assert window.isFullScreen()
    assert view.isVisible()
    room.wait(lambda: view.geometry() == window.rect())
    room.press(key)
    assert not view.isVisible()
    assert not window.isFullScreen()
    assert window.view.hasFocus()


def test_escape_leads_back_to_the_light_wherever_the_keyboard_is(room: WindowRoom) -> None:
    room.press("F11")
    room.desk.window.view.setFocus()
    room.press("Escape")
    assert not dark_view(room).isVisible()
    assert not room.desk.window.isFullScreen()


def test_the_ground_is_the_colour_of_the_dark(room: WindowRoom) -> None:
    room.press("F11")
    image = dark_view(room).grab().toImage()
    assert image.pixelColor(2, 2).name() == GROUND.name() == "#0c0908"


def test_keys_play_and_move_as_in_the_light(room: WindowRoom) -> None:
    room.press("F11")
    room.press("Space")
    assert isinstance(aloud_of(room).player.state, (Playing, Preparing))
    room.press("Space")
    room.press("Right")
    assert aloud_of(room).place.offset == room.text.index("A second")


def test_a_notch_of_the_wheel_is_a_sentence_and_small_steps_add_up(room: WindowRoom) -> None:
    room.press("F11")
    view = dark_view(room)
    turn_wheel(view, -120)
    assert aloud_of(room).place.offset == room.text.index("A second")
    turn_wheel(view, -60)
    assert aloud_of(room).place.offset == room.text.index("A second")
    turn_wheel(view, -60)
    assert aloud_of(room).place.offset == room.text.index("Another")
    turn_wheel(view, 240)
    assert aloud_of(room).place.offset == 0


def test_the_word_heard_is_white_until_the_words_are_not_wanted(room: WindowRoom) -> None:
    room.press("F11")
    assert not white_in(dark_view(room))
    room.press("Space")
    room.hear(2)
    assert white_in(dark_view(room))
    room.press("W")
    assert not white_in(dark_view(room))
    room.desk.window.view.setFocus()
    room.press("W")
    assert white_in(dark_view(room))


def test_nothing_is_drawn_again_and_again_with_reduced_motion(room: WindowRoom) -> None:
    room.press("F11")
    room.press("Space")
    room.hear(3)
    assert not [timer for timer in drawing_timers(room) if timer.isActive()]


def test_the_ring_swells_while_it_sounds_and_comes_to_rest_after(room: WindowRoom) -> None:
    room.desk.window.view.set_reduced_motion(False)
    dark = InTheDark(room.desk.window, aloud_of(room))
    dark.enter()
    ring = dark.view.grab().toImage()
    assert not [timer for timer in drawing_timers(room) if timer.isActive()]
    aloud_of(room).player.play()
    room.hear(2)
    room.wait(lambda: dark.view.level > 0.3)
    assert dark.view.grab().toImage() != ring
    aloud_of(room).player.pause()
    room.wait(lambda: dark.view.level == 0.0)
    room.wait(lambda: not [timer for timer in drawing_timers(room) if timer.isActive()])
    dark.leave()


def test_the_ring_fades_away_with_the_voice(room: WindowRoom) -> None:
    room.desk.window.view.set_reduced_motion(False)
    dark, player = InTheDark(room.desk.window, aloud_of(room)), aloud_of(room).player
    dark.enter()
    player.play()
    room.hear(2)
    room.wait(lambda: dark.view.level > 0.3)
    player.set_sleep(SleepAfter(FADE_S / 10))
    room.hear()
    room.wait(lambda: dark.view.level < 0.05)
    assert isinstance(player.state, Playing)
    dark.leave()


def test_the_ring_keeps_still_once_that_is_chosen(room: WindowRoom) -> None:
    room.desk.window.view.set_reduced_motion(False)
    room.press("F11")
    room.press("Escape")
    room.desk._is_kept_still = False
    room.desk._preferences.choose("reduce_motion", True)
    room.press("F11")
    room.press("Space")
    room.hear(3)
    assert not [timer for timer in drawing_timers(room) if timer.isActive()]


def drawing_timers(room: WindowRoom) -> list[QTimer]:
    """Return the timers that draw the ring."""
    return [
        timer
        for dark in room.desk.window.findChildren(InTheDark)
        for timer in dark.findChildren(QTimer)
    ]


def test_a_window_closed_in_the_dark_is_remembered_as_it_was_in_the_light(room: WindowRoom) -> None:
    room.press("F11")
    room.desk.window.close()
    assert not room.desk.window.isFullScreen()


def test_a_message_is_shown_at_the_foot(room: WindowRoom) -> None:
    room.press("F11")
    view = dark_view(room)
    assert "of" in view.foot
    room.desk.say(FILE_CHANGED)
    assert view.foot == FILE_CHANGED.text


def test_what_was_marked_is_said_at_the_foot_for_a_moment(room: WindowRoom) -> None:
    room.press("F11")
    view = dark_view(room)
    room.press("M")
    first = " ".join(room.text.split(".")[0].split()[:8])
    assert view.foot.startswith(f"Marked: “{first}")
    room.wait(lambda: "leads back" in view.foot)


@pytest.mark.parametrize("words", [1, 40, 400], ids=str)
def test_a_sentence_of_any_length_keeps_its_word_in_sight(qtbot: QtBot, words: int) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(640, 480)
    view = DarkView(Theme("dark"), parent)
    view.setGeometry(parent.rect())
    sentence = " ".join(["word"] * words)
    view.set_sentence(sentence)
    view.set_word(len(sentence) - 4, len(sentence))
    assert white_in(view)


@pytest.mark.parametrize(
    ("sentence", "is_left"),
    [("He looked up.", False), ("هذه جملة عربية تقرأ من اليمين.", True)],
    ids=["left to right", "right to left"],
)
def test_a_sentence_ends_with_its_stop_whichever_way_it_runs(
    qtbot: QtBot, sentence: str, is_left: bool
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(800, 600)
    view = DarkView(Theme("dark"), parent)
    view.setGeometry(parent.rect())
    view.set_sentence(sentence)
    view.set_word(len(sentence) - 1, len(sentence))  # the stop, to be seen as white
    image = view.grab().toImage()
    white = [
        x
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).lightness() > 200
    ]
    assert white
    assert (max(white) < view.width() / 2) == is_left


def test_a_press_plays_and_pauses(room: WindowRoom) -> None:
    room.press("F11")
    QTest.mouseClick(dark_view(room), Qt.MouseButton.LeftButton)
    assert isinstance(aloud_of(room).player.state, (Playing, Preparing))


def test_a_right_click_leads_back_as_escape_does(room: WindowRoom) -> None:
    room.press("F11")
    QTest.mouseClick(dark_view(room), Qt.MouseButton.RightButton)
    assert not dark_view(room).isVisible()
