"""The list of notes with 10,000 of them: of one text, then of all texts, in a real window.

It runs in a process of its own (`python -m tests.benchmarks.notes.notes_pane`). Times are CPU in
milliseconds, which holds on a busy machine: of the window's thread for frames (what it takes to
scroll and paint) and turns, of the whole process until notes are listed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.figures import Figure, at_most, percentile

if TYPE_CHECKING:
    from reader.app.services import Services
    from reader.ui.note_list.notes_dialog import NotesDialog

_NOTES = 10_000
_TEXTS = 50
_CHARACTERS = 3_000_000
_FRAMES = 300
_STEP_PX = 137
_FRAME_MS = 16.0
_TYPED = "letters"
_PATIENCE_S = 60.0

Times = dict[str, list[float]]


def measure() -> list[Figure]:
    """Scroll, type and group in both."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.notes.notes_pane"],
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ},
        check=True,
        capture_output=True,
        text=True,
        timeout=600,
    )
    times: Times = json.loads(result.stdout)
    figures: list[Figure] = []
    for scope in ("one text", "all texts"):
        frames, turns = times[f"{scope} frame"], times[f"{scope} turn"]
        figures += [
            at_most(f"{scope}: frame, 99th percentile", percentile(frames, 99), "ms", _FRAME_MS),
            at_most(f"{scope}: frame, longest", max(frames), "ms", 2 * _FRAME_MS),
            at_most(f"{scope}: turn while typing, 99 %", percentile(turns, 99), "ms", _FRAME_MS),
            at_most(f"{scope}: turn while typing, longest", max(turns), "ms", 50),
            at_most(f"{scope}: all are listed", times[f"{scope} whole"][0], "ms", 2000),
        ]
    figures += [
        at_most("all texts: the first are listed", times["all texts first"][0], "ms", 150),
        at_most("all texts: listed again, one changed", times["all texts again"][0], "ms", 300),
    ]
    return figures


def main() -> None:
    """Measure here, and print the times."""
    from PySide6.QtWidgets import QApplication

    _ = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as name:
        times: Times = {}
        for scope in ("one text", "all texts"):
            times |= _measured(Path(name) / scope, scope)
    print(json.dumps(times))


def _measured(folder: Path, scope: str) -> Times:
    from reader.app.paths import user_paths
    from reader.app.services import Services
    from reader.app.trace import Trace
    from reader.ui.background import Background
    from reader.ui.desk.desk_parts import DeskParts
    from reader.ui.desk.desk_text import DeskText
    from reader.ui.desk.notes.note_list import NoteList
    from reader.ui.desk.preferences import Preferences
    from reader.ui.look.theme import Theme
    from reader.ui.margin.annotating import Annotating
    from reader.ui.window.main_window import MainWindow

    folder.mkdir()
    services = Services(user_paths(folder), Trace(None))
    window = MainWindow(Theme("light"), lambda: True)
    background = Background()
    preferences = Preferences(services, window)
    text = DeskText(services, preferences, window, background, window)
    parts = DeskParts(services, preferences, window, background, text)
    annotating = Annotating(window.theme, window.view, background.run)
    is_of_all = scope == "all texts"
    _fill(services, annotating, _TEXTS if is_of_all else 1)
    pane = NoteList(parts, annotating, print)
    begun = time.process_time()
    pane.show(is_of_all=is_of_all)
    dialog = pane.dialog
    assert dialog is not None
    turns: list[float] = []
    _turn_until(lambda: dialog.lines.rowCount() > 0, turns)
    first = (time.process_time() - begun) * 1e3
    _turn_until(lambda: dialog.lines.rowCount() >= _NOTES, turns)
    whole = (time.process_time() - begun) * 1e3
    again = _listed_again(services, dialog, turns) if is_of_all else 0.0
    frames: list[float] = []
    bar = dialog.list.verticalScrollBar()
    for number in range(_FRAMES):
        begun = time.thread_time()
        bar.setValue((bar.value() + _STEP_PX * (1 + number % 40)) % bar.maximum())
        dialog.list.viewport().repaint()
        frames.append((time.thread_time() - begun) * 1e3)
    for length in range(1, len(_TYPED) + 1):
        begun = time.thread_time()
        dialog.search.setText(_TYPED[:length])
        turns.append((time.thread_time() - begun) * 1e3)
        _turn_until(partial(_are_there, turns, len(turns) + 20), turns)
    window.close()
    background.close()
    annotating.close()
    services.close()
    return {
        f"{scope} frame": frames,
        f"{scope} turn": turns,
        f"{scope} first": [first],
        f"{scope} whole": [whole],
        f"{scope} again": [again],
    }


def _listed_again(services: Services, dialog: NotesDialog, turns: list[float]) -> float:
    """Remove a note behind the window's back; return what it takes until the list has it."""
    (version, *_) = (noted.fingerprint for noted in services.annotations.noted_texts())
    lines = dialog.lines.rowCount()
    services.annotations.remove(version, services.annotations.of_document(version)[0].id)
    begun = time.process_time()
    dialog.asked.emit()
    _turn_until(lambda: dialog.lines.rowCount() == lines - 1, turns)
    return (time.process_time() - begun) * 1e3


def _fill(services: object, annotating: object, texts: int) -> None:
    """Make the notes, and open the text if it is one."""
    from reader.annotations.anchoring import anchor_annotations
    from reader.annotations.history import NoteHistory
    from reader.app.services import Services
    from reader.ui.margin.annotating import Annotating
    from reader.ui.margin.note_cards import AnchoredNote
    from tests.benchmarks.notes.anchoring import document_of, notes_of
    from tests.benchmarks.notes.anchoring_revisions import quotes_in
    from tests.benchmarks.prose import generated_text

    assert isinstance(services, Services)
    assert isinstance(annotating, Annotating)
    whole = generated_text(_CHARACTERS)
    length = len(whole) // texts
    for number in range(texts):
        text = whole[number * length : (number + 1) * length]
        document = document_of(text)
        notes = notes_of(document, quotes_in(text, _NOTES // texts, number))
        services.annotations.save(document.fingerprint, *notes)
        if texts == 1:
            anchors = anchor_annotations(notes, document)
            anchored = [AnchoredNote(*pair) for pair in zip(notes, anchors, strict=True)]
            history = NoteHistory(services.annotations, document.fingerprint)
            # as in the program: the margin stands every note on the screen where no text is shown
            annotating.at_hand.view.show_document(document)
            annotating.open(document, "a.txt", history, anchored, lambda: None)


def _are_there(turns: list[float], count: int) -> bool:
    return len(turns) >= count


def _turn_until(is_so: Callable[[], bool], turns: list[float]) -> None:
    """Turn the event loop until it is so; note how long each turn held the window's thread."""
    from PySide6.QtCore import QCoreApplication, QEventLoop

    end = time.monotonic() + _PATIENCE_S
    while not is_so():
        begun = time.thread_time()
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        turns.append((time.thread_time() - begun) * 1e3)
        time.sleep(0.004)
        if time.monotonic() > end:
            raise RuntimeError("the list did not come")


if __name__ == "__main__":
    main()
