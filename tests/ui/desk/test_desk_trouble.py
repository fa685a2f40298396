"""What the window says when a text, a voice, a device or the disk is not as it should be."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.annotations.exchange.note_formats import writer_for
from reader.errors import (
    SottovoceError,
    SpeechProcessFailed,
    StorageUnavailable,
    VoiceNotInstalled,
)
from reader.playback.states import Paused
from reader.playback.stream.output import DeviceFound, DeviceLost
from reader.speech.speech_events import (
    SpeechStopped,
)
from reader.text.document import Place, Span
from reader.ui.note_list.notes_listing import Kind
from reader.ui.window import messages
from reader.ui.window.messages import Remedy, Subject
from tests.ui.desk.window_room import Opener, WindowRoom, open_and_settle, open_window


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
    assert room.player().place == Place(0, 0)
    started = len(room.sound.speech.started)
    room.press("Space")
    assert len(room.sound.speech.started) == started + 1, "playing again asks the voice again"


def test_a_voice_without_its_files_is_named_and_no_command_line_is_asked_for(
    opened: Opener,
) -> None:
    room = opened()
    room.say(SpeechStopped(VoiceNotInstalled("piper:en_US-anna-medium")))
    message = room.message()
    assert message is not None
    assert message.text == "The voice Anna is not on this machine, or its files are damaged."


def test_a_lost_device_is_said_and_sound_settles_it(opened: Opener) -> None:
    room = opened()
    room.press("Space")
    room.voice_answers()
    room.hear(2)
    room.device(DeviceLost("Headphones"))
    message = room.message()
    assert message is not None
    assert message.subject is Subject.DEVICE
    assert isinstance(room.player().state, Paused)
    room.device(DeviceFound("Speakers"))
    assert room.message() == messages.about_device("Speakers")
    room.press("Space")
    room.hear(3)
    assert room.message() is None
    assert [event["state"] for event in room.traced("device")] == ["lost", "found"]


def test_where_nothing_of_a_text_is_read_that_is_said(opened: Opener, tmp_path: Path) -> None:
    text = tmp_path / "code.md"
    text.write_text("```python\nprint('only code')\n```\n", encoding="utf-8")
    room = opened(file=text)
    for _ in range(2):
        room.desk.window.messages.close_message()
        room.press("Space")
        room.wait(lambda: room.message() == messages.NOTHING_IS_READ)
        assert room.player().state == Paused(is_at_end=True)


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


def test_a_changed_file_is_offered_and_read_again(opened: Opener) -> None:
    room = opened()
    room.text_path.write_text("Quite another text.")
    room.desk.window.looked_at.emit()
    room.wait(room.message)
    message = room.message()
    assert message is not None
    assert message.remedies == (Remedy.RELOAD,)
    room.desk.window.messages.remedy_chosen.emit(message, Remedy.RELOAD)
    room.wait(lambda: room.text == "Quite another text.")
    room.wait(lambda: room.message() is None)


def test_a_changed_text_stays_where_one_reads_and_the_voice_at_its_words(opened: Opener) -> None:
    lines = [
        f"Paragraph {n} has a few words of its own, and {n * n} of its notes." for n in range(200)
    ]
    room = opened("\n\n".join(lines))
    room.press("Space")
    room.voice_answers()
    room.hear(3)
    room.press("Space")
    heard = room.player().place
    spoken = room.text[heard.offset : heard.offset + 30]
    view = room.desk.window.view
    view.user_scrolled.emit()
    view.scroll_to(Place(0, room.text.index(lines[120])))
    before = view.first_visible_place()
    assert before is not None
    line, y = room.text[before.offset :][:40], view.line_top_of(before)
    room.text_path.write_text("\n\n".join(["A new beginning."] * 5 + lines[:60] + lines[70:]))
    room.desk.window.looked_at.emit()
    room.wait(room.message)
    room.desk.window.messages.remedy_chosen.emit(room.message(), Remedy.RELOAD)
    room.wait(lambda: room.text.startswith("A new beginning."))
    after = view.first_visible_place()
    assert after is not None
    assert (room.text[after.offset :][:40], view.line_top_of(after)) == (line, y)
    place = room.player().place
    assert room.text[place.offset : place.offset + 30] == spoken


def test_a_file_that_goes_stays_open(opened: Opener) -> None:
    room = opened()
    room.text_path.unlink()
    room.desk.window.looked_at.emit()
    room.wait(room.message)
    message = room.message()
    assert message is not None
    assert message.subject is Subject.FILE
    assert room.text.startswith("The first")


def test_without_storage_it_reads_and_says_that_notes_cannot_be_made(
    qtbot: QtBot, tmp_path: Path
) -> None:
    room = _open_without_storage(qtbot, tmp_path)
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


def test_that_nothing_can_be_written_is_said_until_something_was(opened: Opener) -> None:
    room = opened()
    trouble = StorageUnavailable(room.text_path, "the disk is full; free some space")
    room.desk.window.messages.show_message(messages.about_storage(trouble))
    room.desk.window.view.select(Span(0, 0, 9))
    room.press("H")
    room.wait(lambda: room.message() is None)


def _open_without_storage(qtbot: QtBot, folder: Path) -> WindowRoom:
    """Open a window where another program's file is in the place of ours."""
    (folder / "data").mkdir()
    with sqlite3.connect(folder / "data" / "sottovoce.sqlite3") as foreign:
        foreign.execute("PRAGMA application_id = 7")
        foreign.execute("CREATE TABLE theirs (x)")
    foreign.close()
    return open_and_settle(qtbot, folder)


def _list_all_notes(room: WindowRoom) -> None:
    room.desk.note_tools.note_list.show(is_of_all=True)


def _list_removed_notes(room: WindowRoom) -> None:
    notes = room.desk.note_tools.note_list
    notes.show(is_of_all=True)
    assert notes.dialog is not None
    notes.dialog.kinds[Kind.REMOVED].click()


def _share_notes(room: WindowRoom) -> None:
    assert room.desk.note_tools.sharing
    folder = str(room.text_path.parent / "shared")
    room.desk.panels.setting_chosen.emit("notes_folder", folder)


def _export_all_notes(room: WindowRoom) -> None:
    writer = writer_for("markdown")
    room.desk.note_tools.files.export(None, writer, room.text_path.parent)


@pytest.mark.parametrize(
    "do", [_list_all_notes, _list_removed_notes, _share_notes, _export_all_notes]
)
def test_without_storage_whatever_needs_it_says_so(
    qtbot: QtBot, tmp_path: Path, do: Callable[[WindowRoom], None]
) -> None:
    room = _open_without_storage(qtbot, tmp_path)
    room.desk.window.messages.close_message()
    do(room)

    def is_said() -> bool:
        message = room.message()
        return message is not None and "belongs to another program" in message.text

    room.wait(is_said)
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


def test_what_was_told_of_notes_is_taken_back_with_what_was_done(opened: Opener) -> None:
    room = opened()
    annotating = room.desk.annotating
    assert annotating is not None
    annotating.told.emit("5 are marked.")
    assert room.message() is not None
    annotating.undo()
    assert room.message() is None
