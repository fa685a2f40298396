"""What a monkey does with a window: by keys and mouse, by commands, and from outside."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from reader.app.settings import SETTINGS
from reader.text.address import address_of
from reader.ui.one_window import Wish
from reader.ui.window.commands import Command
from tests.ui.monkey.house import House, front_window, shown_windows

Deed = Callable[[House, Random], object]

_KEYS = [
    Qt.Key(key)
    for key in (
        *(Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space) * 4,
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down) * 3,
        *(Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Home, Qt.Key.Key_End) * 2,
        *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Menu, Qt.Key.Key_Backtab) * 2,
        *range(Qt.Key.Key_A, Qt.Key.Key_Z + 1),
        *range(Qt.Key.Key_1, Qt.Key.Key_9),
        *range(Qt.Key.Key_F1, Qt.Key.Key_F12),
        *(Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight, Qt.Key.Key_Equal),
    )
]
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_MODIFIERS = (
    *(_NO_MODIFIER,) * 6,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
_WORDS = ("the", "a note", "[[", "#tag ", "chapter 2", "50%", "12", "zz", "*b* [x](y)", "ארץ", ", ")
_LEFT = Qt.MouseButton.LeftButton
_SIZES = ((1280, 860), (360, 320), (700, 500), (900, 1400), (2600, 1500), (420, 900))
_NOTE_FILE = '{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": '

# The keyboard


def press_key(_house: House, random: Random) -> None:
    """Press a key, with or without Ctrl, Shift and Alt."""
    window, modifiers = front_window(), random.choice(_MODIFIERS)
    if QApplication.activePopupWidget() is not None:
        modifiers = _NO_MODIFIER  # QTest presses Alt by itself, which closes a menu, and goes on
    if window is not None:
        _strike(window.windowHandle(), random.choice(_KEYS), modifiers)


def _strike(window: QWindow | QWidget, key: Qt.Key | str, modifiers: Qt.KeyboardModifier) -> None:
    """Press a key and let it go, if what had the keyboard is still there by then."""
    QTest.keyPress(window, key, modifiers)  # type: ignore[arg-type]
    if isValid(window):
        QTest.keyRelease(window, key)  # type: ignore[arg-type]


def type_words(_house: House, random: Random) -> None:
    """Type into whatever has the keyboard."""
    words = random.choice(_WORDS)
    for letter in words:
        focused = QApplication.focusWidget()
        if focused is not None and letter.isascii():
            _strike(focused, letter, _NO_MODIFIER)
        elif focused is not None:  # QTest has no keys for it
            written = QInputMethodEvent()
            written.setCommitString(letter)
            QApplication.sendEvent(focused, written)


def undo_often(house: House, random: Random) -> None:
    """Undo and redo faster than anything is saved."""
    for _ in range(random.randrange(2, 12)):
        random.choice((house.desk.annotating.undo, house.desk.annotating.redo))()


# The mouse


def _spot(random: Random) -> tuple[QWidget, QPoint] | None:
    """Return a window and a place in it, mostly on something that is there to be clicked."""
    windows = [QApplication.activePopupWidget() or random.choice(shown_windows() or [None])]
    window = windows[0]
    if window is None:
        return None
    parts = [part for part in window.findChildren(QWidget) if part.isVisible()]
    if parts and random.random() < 0.75:
        part = random.choice(parts)
        at = part.mapTo(window, _inside(part, random))
        if window.rect().contains(at):
            return window, at
    return window, _inside(window, random)


def _inside(widget: QWidget, random: Random) -> QPoint:
    return QPoint(
        random.randrange(max(widget.width(), 1)), random.randrange(max(widget.height(), 1))
    )


def click(_house: House, random: Random) -> None:
    """Click once or twice, with any button."""
    spot = _spot(random)
    if spot is None:
        return
    window, at = spot
    right, back = Qt.MouseButton.RightButton, Qt.MouseButton.BackButton
    button = random.choice((_LEFT, _LEFT, _LEFT, _LEFT, right, right, back))
    handle, keys = window.windowHandle(), random.choice(_MODIFIERS)
    if random.random() < 0.3 and window.windowType() is not Qt.WindowType.Popup:
        QTest.mouseDClick(handle, button, keys, at)
        return
    QTest.mousePress(handle, button, keys, at)
    if isValid(handle):
        QTest.mouseRelease(handle, button, keys, at)


def drag(_house: House, random: Random) -> None:
    """Press, move and release; now and then the release is somewhere else or never comes."""
    spot = _spot(random)
    if spot is None:
        return
    window, at = spot
    handle = window.windowHandle()
    QTest.mousePress(handle, _LEFT, _NO_MODIFIER, at)
    for _ in range(random.randrange(1, 5)):
        if not isValid(handle):
            return
        at = _inside(window, random)
        QTest.mouseMove(handle, at)
    if isValid(handle) and random.random() < 0.9:
        QTest.mouseRelease(handle, _LEFT, _NO_MODIFIER, at)


def turn_wheel(_house: House, random: Random) -> None:
    """Turn the wheel, sometimes with Ctrl."""
    spot = _spot(random)
    if spot is None:
        return
    window, at = spot
    step = QPoint(0, random.choice((-120, 120, -1200, 1200)))
    keys = random.choice((_NO_MODIFIER, _NO_MODIFIER, Qt.KeyboardModifier.ControlModifier))
    QTest.wheelEvent(window.windowHandle(), QPointF(at), step, QPoint(), keys)


def resize(house: House, random: Random) -> None:
    """Make the window large, small or full."""
    if random.random() < 0.1:
        random.choice((house.window.showMaximized, house.window.showNormal))()
    else:
        house.window.resize(*random.choice(_SIZES))


def change_windows(house: House, random: Random) -> None:
    """Go to another window, or to that of another program and back."""
    if random.random() < 0.5:
        random.choice(shown_windows() or [house.window]).activateWindow()
    else:
        house.window.looked_at.emit()


# Commands, and what else the user chooses

_LEAVING = {Command.CLOSE_WINDOW}


def command(house: House, random: Random) -> None:
    """Give any command there is a key or a line in the menu for."""
    house.desk.do(random.choice([one for one in Command if one not in _LEAVING]))


def choose_setting(house: House, random: Random) -> None:
    """Change a setting in the dialog's way."""
    setting = random.choice(SETTINGS)
    value: object
    if setting.name == "notes_folder":
        value = random.choice(("", str(house.shared_folder)))
    elif setting.name == "watched_folder":
        value = random.choice(("", str(house.folder / "texts")))
    elif setting.kind is bool:
        value = random.random() < 0.5
    elif setting.choices:
        value = random.choice(setting.choices)
    elif setting.kind is str:
        value = setting.default
    else:
        least, most = max(setting.minimum, 0), min(setting.maximum, 5000)
        value = setting.kind(random.uniform(least, most))
    house.desk.panels.setting_chosen.emit(setting.name, value)


def select_passage(house: House, random: Random) -> None:
    """Select some characters, and mostly mark them."""
    spans = house.window.view.visible_spans()
    spans = [span for span in spans if span.end - span.start > 3]
    if not spans:
        return
    span = random.choice(spans)
    start = random.randrange(span.start, span.end - 2)
    end = random.randrange(start + 1, min(span.end, start + 120))
    house.window.view.select(type(span)(span.section, start, end))
    key = random.choice((Qt.Key.Key_H, Qt.Key.Key_N, Qt.Key.Key_B, Qt.Key.Key_U, None))
    if key is not None:
        house.window.view.setFocus()
        _strike(house.window.view, key, _NO_MODIFIER)


def open_text(house: House, random: Random) -> None:
    """Open a text: dropped, asked for from outside, or by a note's address."""
    path = random.choice(house.texts)
    way = random.randrange(4)
    if way == 0:
        _drop(house, [path])
    elif way == 1:
        house.desk.receive(Wish(path, plays=random.random() < 0.5))
    elif way == 2:
        _follow_a_note(house, random)
    else:
        house.window.file_dropped.emit(path)


def drop_many(house: House, random: Random) -> None:
    """Drop several texts, or the folder."""
    several = random.sample(house.texts, 2)
    _drop(house, random.choice((several, [house.folder / "texts"])))


def _drop(house: House, paths: Sequence[Path]) -> None:
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, dragged, _LEFT, _NO_MODIFIER)
    QApplication.sendEvent(house.window, event)


def _follow_a_note(house: House, random: Random) -> None:
    texts = house.services.annotations.noted_texts()
    if texts:
        text = random.choice(texts)
        notes = house.services.annotations.of_document(text.fingerprint)
        house.desk.follow(address_of(text.fingerprint, random.choice(notes).id))


# From outside


def voice_trouble(house: House, random: Random) -> None:
    """Let a voice or a device break, or come back."""
    if house.voices:
        random.choice(house.voices).break_something()


def change_file(house: House, random: Random) -> None:
    """Change a text's file on disk, mostly that of the open one; or take it away, or restore it."""
    text = house.desk._text.path
    path = text if text in house.originals and random.random() < 0.7 else None
    path = path or random.choice(house.texts)
    original = house.originals[path]
    way = random.randrange(6)
    if way == 0:
        path.unlink(missing_ok=True)
    elif way == 1:
        path.write_bytes(original[: len(original) // random.randrange(1, 9)])
    elif way == 2:
        path.write_bytes(original + b"\n\nOne more paragraph at the end.\n")
    elif way == 3:
        path.write_bytes(b"")
    else:
        path.write_bytes(original)
    if random.random() < 0.5:
        house.window.looked_at.emit()
    if random.random() < 0.5:
        house.desk.do(Command.RELOAD)


def change_notes_beside(house: House, random: Random) -> None:
    """Write, break or take away the file of notes beside a text."""
    path = random.choice(house.texts)
    sidecar = path.with_name(f"{path.stem}.annotations.jsonld")
    words = random.choice((None, "{ nothing", f"{_NOTE_FILE}[]}}"))
    if words is None:
        sidecar.unlink(missing_ok=True)
    else:
        sidecar.write_text(words)


def change_shared_folder(house: House, random: Random) -> None:
    """Let another machine change the folder of notes."""
    folder = house.shared_folder
    files = [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
    way = random.randrange(4)
    if way == 0:
        folder.mkdir(exist_ok=True)
    elif way == 1:
        shutil.rmtree(folder, ignore_errors=True)
    elif files and way == 2:
        random.choice(files).write_text("{ half a fi")
    elif files:
        random.choice(files).unlink(missing_ok=True)


def hold_database(house: House, _random: Random) -> None:
    """Let another program have the notes' file for a moment."""
    path = house.services.paths.database

    def hold() -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            time.sleep(0.3)
            connection.execute("ROLLBACK")
        except sqlite3.Error:
            pass  # somebody else has it
        connection.close()

    if path.exists():
        threading.Thread(target=hold, daemon=True).start()


def reopen(house: House, _random: Random) -> None:
    """Close the window and start again."""
    house.reopen()


def check_notes(house: House, _random: Random) -> None:
    """See that what is shown is what is on disk."""
    house.check_notes()


def copy_words(_house: House, random: Random) -> None:
    """Have something in the clipboard."""
    words = random.choice(("https://example.org/a", "sottovoce:x", "a word", ""))
    QGuiApplication.clipboard().setText(words)


DEEDS: dict[Deed, int] = {
    press_key: 30,
    type_words: 8,
    undo_often: 2,
    click: 40,
    drag: 10,
    turn_wheel: 8,
    resize: 3,
    change_windows: 2,
    command: 30,
    choose_setting: 3,
    select_passage: 8,
    open_text: 6,
    drop_many: 1,
    voice_trouble: 4,
    change_file: 4,
    change_notes_beside: 1,
    change_shared_folder: 1,
    hold_database: 1,
    reopen: 1,
    check_notes: 2,
    copy_words: 1,
}
"""What is done, and how often against the others."""
