"""What the first frame is painted with, and what a picture is: not a module more.

Each of these took its share of a start that was two and a half times a bare window's.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE_S

_AT_FIRST_TEXT = """
import os, sys, threading
from reader.app.trace import Trace
wait = threading.Event.wait
# where the machine is slow there is a first frame without text: not here
threading.Event.wait = lambda event, timeout=None: wait(event, timeout and 60)
def record(self, event, **fields):
    if event == "painted":
        print(*sys.modules)
        sys.stdout.flush()
        os._exit(0)
Trace.record = record
from reader.__main__ import main
main(sys.argv[1:])
"""
_AFTER_A_PICTURE = """
import sys
from reader.__main__ import main
assert main(sys.argv[1:]) == 0
print(*sys.modules)
"""

# rooms and libraries that are for later
LATER = (
    "reader.annotations",
    "reader.export",
    "reader.library",
    "reader.speech",
    "reader.storage",
    "reader.ui.library",
    "reader.ui.listening",
    "reader.ui.margin",
    "reader.ui.wayfinding",
    "reader.ui.window.command_actions",
    "reader.ui.window.main_menu",
    "reader.ui.window.message_bar",
    "reader.ui.window.panels",
    "reader.playback.player",
    "PySide6.QtDBus",
    "PySide6.QtMultimedia",
    "PySide6.QtNetwork",
    "charset_normalizer",
    "dataclasses",
    "inspect",
    "shibokensupport.signature.loader",
    "_hashlib",
    "lxml",
    "numpy",
    "onnxruntime",
    "rapidfuzz",
    "sentencex",
    "sqlite3",
    "uuid",
)
BUT_NOT = (
    *("reader.ui.listening", "reader.ui.listening.speeds"),
    *("reader.storage", "reader.storage.file_lock"),
)
"""The speed is shown from the first frame on; a lock tells whether this is the first window."""

MOST_MODULES = 95
"""Of ours, before the text is painted. One more costs about 0.7 ms: is it shown at once?"""

FOR_BOOKS_ELSEWHERE = (
    *("lxml", "inspect", "_hashlib", "reader.formats.from_epub", "reader.formats.epub.content"),
    *("reader.ui.window.message_bar", "reader.speech", "reader.annotations"),
)

FOR_NO_PICTURE = (
    "reader.annotations.anchoring.search",
    "reader.ui.margin.cards.card_editor",
    "reader.ui.margin.marking.selection_popup",
    "reader.ui.listening.reading_aloud",
    "reader.ui.view.accessible.accessible_text",
    "reader.ui.wayfinding",
    "reader.ui.window.command_actions",
    "reader.ui.window.panels",
    "reader.speech.synthesiser",
    "dataclasses",
    "inspect",
    "shibokensupport.signature.loader",
    "numpy",
    "onnxruntime",
    "uuid",
)


def modules(script: str, *arguments: str | Path) -> set[str]:
    """Run the program in a Python of its own; return what it has imported when it says so."""
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert ran.returncode == 0, ran.stderr
    return set(ran.stdout.split())


def within(names: set[str], rooms: tuple[str, ...]) -> list[str]:
    """Return those that are one of these modules or inside one."""
    return sorted(n for n in names if any(n == room or n.startswith(f"{room}.") for room in rooms))


@pytest.fixture
def plain_text(tmp_path: Path) -> Path:
    """A text whose format needs no library."""
    path = tmp_path / "plain.txt"
    path.write_text("A sentence.\n\nAnother one, in a paragraph of its own.\n", encoding="utf-8")
    return path


def test_the_text_is_painted_before_anything_it_does_not_need(
    tmp_path: Path, plain_text: Path
) -> None:
    names = modules(_AT_FIRST_TEXT, "--data-dir", tmp_path / "data", plain_text)
    assert [name for name in within(names, LATER) if name not in BUT_NOT] == []
    ours = within(names, ("reader",))
    assert len(ours) <= MOST_MODULES, ours


def test_a_book_is_painted_with_what_another_process_has_read(
    tmp_path: Path, shared_inputs: Path
) -> None:
    book = shared_inputs / "pepys-diary.epub"
    names = modules(_AT_FIRST_TEXT, "--data-dir", tmp_path / "data", book)
    assert within(names, FOR_BOOKS_ELSEWHERE) == []


def test_a_picture_shows_the_notes_and_needs_nothing_to_change_them(
    tmp_path: Path, plain_text: Path
) -> None:
    picture = tmp_path / "picture.png"
    names = modules(
        _AFTER_A_PICTURE, "--data-dir", tmp_path / "data", "--screenshot", picture, plain_text
    )
    assert within(names, FOR_NO_PICTURE) == []
    assert picture.stat().st_size > 1000


def test_a_picture_leaves_nothing_in_the_user_s_folder(tmp_path: Path, plain_text: Path) -> None:
    modules(
        _AFTER_A_PICTURE,
        *("--data-dir", tmp_path / "data", "--screenshot", tmp_path / "picture.png", plain_text),
    )
    assert not (tmp_path / "data").exists()
