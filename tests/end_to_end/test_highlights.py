"""Passages marked, resized, split, merged and taken back by real keys, and what is on disk then."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from reader.annotations.model import annotation_from_text
from tests.end_to_end.desk import Desk, wait_until
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.end_to_end

TEXT = "Only the clock went on in the quiet house, and nobody heard the clock.\n"

Marks = list[tuple[str, str]]


def _marks(database: Path) -> Marks:
    """Return what is marked on disk and in which style, in the order of the text."""
    if not database.exists():
        return []
    with closing(sqlite3.connect(database, timeout=PATIENCE_S)) as connection:
        rows = connection.execute("SELECT json FROM annotation WHERE removed IS NULL").fetchall()
    notes = [annotation_from_text(json) for (json,) in rows]
    notes.sort(key=lambda note: note.target.position.start if note.target.position else 0)
    return [(note.target.quote.exact, note.style) for note in notes if note.target.quote]


def test_what_the_keys_do_to_a_passage_is_on_disk_and_can_be_taken_back_after_a_restart(
    tmp_path: Path,
) -> None:
    text = tmp_path / "clock.txt"
    text.write_text(TEXT, encoding="utf-8")
    database = tmp_path / "data" / "sottovoce.sqlite3"

    def holds(wanted: Marks) -> Callable[[], bool]:
        return lambda: _marks(database) == wanted

    with Desk() as desk:

        def start() -> None:
            desk.start(sys.executable, "-m", "reader", "--data-dir", tmp_path / "data", text)
            desk.wait_for_window("clock")
            time.sleep(3)  # the keys come after the text and its notes

        start()
        desk.press("F7", *["ctrl+shift+Right"] * 3, "F7")
        desk.press("u")
        wait_until(holds([("Only the clock", "underline")]), "no underline")
        desk.press("alt+Down", "period", "period")
        wait_until(holds([("Only the clock went on", "underline")]), "no new end")
        desk.press("Escape", "x")  # back to the text: the sentence that would be read
        wait_until(lambda: len(_marks(database)) == 2, "no sentence struck out")
        desk.press("ctrl+z")
        wait_until(holds([("Only the clock went on", "underline")]), "the strike stays")
        process = desk.wait_for_window("clock")
        assert process
        desk.press("ctrl+q")
        time.sleep(2)
        start()
        desk.press("ctrl+z")
        wait_until(holds([("Only the clock", "underline")]), "the end stays after a restart")
        desk.press("ctrl+z")
        wait_until(holds([]), "the underline stays after a restart")
