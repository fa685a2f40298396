"""The window of settings: what is chosen in it holds at once, and the next time too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QSpinBox

from reader.app.settings import SETTINGS, Settings
from reader.text.document import Span
from reader.ui.look.setting_rows import ChoiceRow
from reader.ui.look.switch_row import SwitchRow
from reader.ui.window.commands import Command
from reader.ui.window.settings_dialog import SettingsDialog
from tests.ui.desk.window_room import Opener, WindowRoom

# a second window, which the offscreen platform can't raise
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def room(opened: Opener) -> WindowRoom:
    return opened()


def dialog_of(room: WindowRoom) -> SettingsDialog:
    room.desk.do(Command.SHOW_SETTINGS)
    (dialog,) = room.desk.window.findChildren(SettingsDialog)
    return dialog


def number_of(dialog: SettingsDialog, name: str) -> QSpinBox:
    (number,) = dialog.rows[name].findChildren(QSpinBox)
    return number


def kept(room: WindowRoom) -> Settings:
    """Close the window; return what is on disk."""
    room.close()
    return Settings.load(room.services.paths.settings).settings


def test_every_setting_of_a_group_has_a_row(room: WindowRoom) -> None:
    assert set(dialog_of(room).rows) == {setting.name for setting in SETTINGS if setting.group}


def test_a_second_asking_opens_no_second_window(room: WindowRoom) -> None:
    assert dialog_of(room) is dialog_of(room)


def test_the_look_changes_at_once_and_the_rows_with_it(room: WindowRoom) -> None:
    dialog = dialog_of(room)
    row = dialog.rows["theme"]
    assert isinstance(row, ChoiceRow)
    row.buttons["dark"].click()
    assert room.desk.window.theme.palette.is_dark
    anew = dialog.rows["theme"]
    assert isinstance(anew, ChoiceRow)
    assert anew is not row
    assert anew.buttons["dark"].isChecked()
    assert kept(room).theme == "dark"


def test_a_silence_is_played_at_once(room: WindowRoom) -> None:
    number = number_of(dialog_of(room), "sentence_pause_ms")
    assert number.text() == "350 ms"
    number.setFocus()
    QTest.keyClick(number, Qt.Key.Key_Up)
    assert room.desk.aloud is not None
    assert room.desk.aloud.player._options.pauses.sentence_s == 0.4
    assert kept(room).sentence_pause_ms == 400


def test_notes_are_signed_with_the_name_given(room: WindowRoom) -> None:
    (field,) = dialog_of(room).rows["creator_name"].findChildren(QLineEdit)
    field.setText("  Ada ")
    field.editingFinished.emit()
    room.desk.window.view.select(Span(0, 0, 5))
    room.desk.annotating.marking.highlight()
    notebook = room.desk.annotating.notebook
    assert notebook is not None
    assert [note.annotation.creator for note in notebook.notes] == ["Ada"]
    assert kept(room).creator_name == "Ada"


def test_the_text_stays_where_it_is_if_it_is_not_to_follow(
    room: WindowRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = dialog_of(room).rows["follow_voice"]
    assert isinstance(row, SwitchRow)
    row.click()
    followed: list[Span] = []
    monkeypatch.setattr(room.desk.window.view, "follow", followed.append)
    room.voice_answers()
    room.press("Space")
    room.voice_answers()
    room.hear(2)
    assert room.lit_words
    assert followed == []
    row.click()
    room.hear()
    assert followed
    assert kept(room).follow_voice


def test_a_new_look_troubles_no_dialog_that_is_closed(room: WindowRoom) -> None:
    dialog = dialog_of(room)
    dialog.close()
    QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    room.desk.do(Command.TOGGLE_LOOK)
    assert not room.desk.window.findChildren(SettingsDialog)


def test_at_the_largest_scale_it_is_no_larger_than_its_screen_and_no_words_are_cut(
    room: WindowRoom,
) -> None:
    room.desk.window.theme.set_scale(4.0)
    dialog = dialog_of(room)
    room.wait(dialog.isVisible)
    screen = dialog.screen().availableSize()
    assert dialog.width() <= screen.width()
    assert dialog.height() <= screen.height()
    row = next(row for row in dialog.rows.values() if isinstance(row, SwitchRow))
    assert row.height() >= row.heightForWidth(row.width())
    for choice in dialog.findChildren(ChoiceRow):
        for button in choice.buttons.values():
            assert button.width() >= button.sizeHint().width(), button.text()
