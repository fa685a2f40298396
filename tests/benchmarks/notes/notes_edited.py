"""10,000 notes in one text, worked with in the whole window while the list of them is open.

What follows a change counts: cards, list, progress line, links, voice. Times are CPU time of the
window's thread for one turn of its event loop, in milliseconds, which holds on a busy machine; a
screen of 60 Hz gives a frame 16.7.
"""

from __future__ import annotations

import gc
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.figures import Figure, at_most, percentile
from tests.benchmarks.own_process import Times, measured_apart
from tests.benchmarks.prose import generated_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from reader.annotations.model import Annotation
    from reader.text.document import Document
    from reader.ui.desk.reading_desk import ReadingDesk
    from tests.ui.desk.window_room import FakeSound

_NOTES = 10_000
_CHARACTERS = 600_000
_FRAME_MS = 16.0
_AFTER_S = 0.7
"""All that follows a change has been done by then: the longest that anything waits is 0.3 s."""
_FRAMES, _FRAMES_A_WORD = 300, 10
_PATIENCE_S = 120.0

_WORDS = {
    "letter": "a letter written in a card",
    "colour": "another colour",
    "add": "a highlight more",
    "delete": "a note deleted",
    "undo": "undo and redo",
    "merge": "two highlights merged, and parted",
    "reply": "a reply",
    "drag": "a grip dragged",
    "spoken": "scrolled while the voice reads",
}


def measure() -> list[Figure]:
    """Do each thing some ten times."""
    times = measured_apart("tests.benchmarks.notes.notes_edited", _CHARACTERS)
    figures: list[Figure] = []
    for name, words in _WORDS.items():
        turns = times[name]
        figures += [
            at_most(f"{words}: turn, 99th percentile", percentile(turns, 99), "ms", _FRAME_MS),
            at_most(f"{words}: turn, longest", max(turns), "ms", 2 * _FRAME_MS),
        ]
    return figures


class _Turns:
    """Lets the window do what it has to, and notes what each turn takes."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self.kept: list[float] = []

    def turn(self) -> None:
        """Take one turn; those in which nothing happens are not kept."""
        begun = time.thread_time()
        self._application.processEvents()
        taken = (time.thread_time() - begun) * 1e3
        if taken > 0.2:
            self.kept.append(taken)

    def after(self, act: Callable[[], object], seconds: float = _AFTER_S) -> None:
        """Do something as an event of its own, and all that follows."""
        from PySide6.QtCore import QTimer

        QTimer.singleShot(0, self._application, lambda: (act(), None)[1])
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.turn()
            time.sleep(0.002)

    def until(self, is_so: Callable[[], bool]) -> None:
        """Turn until it is so."""
        end = time.monotonic() + _PATIENCE_S
        while not is_so():
            self.turn()
            time.sleep(0.002)
            if time.monotonic() > end:
                raise RuntimeError("it did not come")

    def taken(self) -> list[float]:
        """Return the turns kept since this was asked last."""
        kept, self.kept = self.kept, []
        return kept


def _noted(document: Document) -> list[Annotation]:
    from reader.annotations.appearance import COLOURS, STYLES
    from reader.annotations.editing import new_annotation
    from reader.text.document import Span

    chance = random.Random(3)
    length = len(document.sections[0].text)
    starts = sorted(chance.randrange(length - 200) for _ in range(_NOTES))
    now = datetime(2026, 11, 29, tzinfo=UTC)
    return [
        new_annotation(
            document,
            Span(0, start, start + chance.randint(8, 120)),
            source="a.txt",
            created=now,
            note="A note of some words, with *one* marked. " * (number % 4),
            tags=(f"tag {number % 50}",) * (number % 2),
            colour=chance.choice(COLOURS),
            style=chance.choice(STYLES),
        )
        for number, start in enumerate(starts)
    ]


def _measured_here(characters: int, folder: Path) -> Times:
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    from reader.app.paths import user_paths
    from reader.app.services import Services
    from reader.app.trace import Trace
    from reader.formats.registry import open_document
    from reader.ui.desk.reading_desk import ReadingDesk
    from reader.ui.window.commands import Command
    from tests.ui.desk.window_room import FakeSound

    path = folder / "a.txt"
    path.write_text(generated_text(characters), encoding="utf-8")
    services = Services(user_paths(folder / "data"), Trace(None))
    document = open_document(path)
    services.annotations.save(document.fingerprint, *_noted(document))
    sound = FakeSound()
    desk = ReadingDesk(services, sound.make)
    desk.keep_still()
    settled: list[bool] = []
    desk.notes_settled.connect(lambda: settled.append(True))
    desk.begin(path).wait(_PATIENCE_S)
    desk.window.show()
    turns = _Turns(application)
    turns.until(lambda: bool(settled) and desk.aloud is not None)
    desk.do(Command.SHOW_NOTES)
    listed = desk.note_tools.note_list
    turns.until(lambda: listed.dialog is not None and listed.dialog.lines.rowCount() >= _NOTES)
    turns.after(lambda: None, 2.0)
    gc.collect()
    gc.freeze()
    turns.taken()
    times = _edited(desk, turns)
    times["spoken"] = _scrolled(desk, sound, turns)
    desk.window.close()
    desk.close()
    services.close()
    return times


def _edited(desk: ReadingDesk, turns: _Turns) -> Times:
    from reader.annotations.appearance import COLOURS
    from reader.text.document import Place, Span

    annotating, view = desk.annotating, desk.window.view
    notebook = annotating.notebook
    assert notebook is not None
    spans = sorted(
        (note.span for note in notebook.notes if note.span is not None), key=lambda s: s.start
    )
    first = spans[200]
    turns.after(partial(view.scroll_to, first.first_place, animated=False))
    turns.after(partial(annotating.focus_next_note, 1))
    turns.taken()
    times: Times = {}

    def measured(name: str, *acts: Callable[[], object]) -> None:
        for act in acts:
            turns.after(act)
        times[name] = turns.taken()

    measured(
        "colour", *(partial(annotating.marking.choose_colour, COLOURS[n % 4]) for n in range(8))
    )
    name = annotating.margin.focused_card
    assert name is not None
    turns.after(partial(annotating.edit, name))
    turns.taken()

    def write() -> None:
        annotating.margin.editor.note.insertPlainText("x")

    measured("letter", *[write] * 10)
    turns.after(annotating.finish_editing)
    turns.taken()

    def highlight(span: Span) -> None:
        view.select(span)
        annotating.marking.highlight()

    measured("add", *(partial(highlight, Span(0, s.end + 1, s.end + 4)) for s in spans[200:208]))
    doomed = [view_note.annotation.id for view_note in notebook.notes[300:308]]
    measured("delete", *(partial(annotating.delete_note, one) for one in doomed))
    measured("undo", *[annotating.undo, annotating.redo] * 4)

    def merge(span: Span) -> None:
        view.select(span)
        annotating.reshaping.merge()

    near = pairwise(spans[400:405])
    pairs = [Span(0, one.start, other.end) for one, other in near]
    acts: list[Callable[[], object]] = []
    for pair in pairs:
        acts += [partial(merge, pair), annotating.undo]
    measured("merge", *acts)
    answered = [note.annotation.id for note in notebook.notes[500:504]]

    keys: list[Callable[[], object]] = []
    for one in answered:
        keys += [
            partial(annotating.margin.focus_card, one),
            annotating.writing.reply,
            lambda: annotating.margin.editor.note.insertPlainText("An answer."),
            annotating.finish_editing,
        ]
    measured("reply", *keys)
    turns.after(partial(annotating.show_note, answered[0]))
    turns.taken()
    end = notebook.span_of(answered[0])
    assert end is not None
    measured(
        "drag",
        *(
            partial(annotating.reshaping.resize, answered[0], Place(0, end.end + n), is_start=False)
            for n in range(3, 40, 5)
        ),
    )
    return times


def _scrolled(desk: ReadingDesk, sound: FakeSound, turns: _Turns) -> list[float]:
    """Scroll steadily while words sound, one every `_FRAMES_A_WORD` frames."""
    from reader.playback.player import Player
    from tests.fakes.scripted_speech import WORD_FRAMES

    aloud = desk.aloud
    assert aloud is not None
    player: Player = aloud.player
    player.play()

    def answer() -> None:
        while sound.speech.requests:
            sound.events.speech_told.emit(sound.speech.answer())

    turns.after(answer)
    turns.after(answer)
    turns.taken()

    def frame(number: int) -> None:
        if number % _FRAMES_A_WORD == 0:
            answer()
            sound.output.play(WORD_FRAMES)
            player.tick()
        desk.window.view.scroll_by(24)

    for number in range(_FRAMES):
        turns.after(partial(frame, number), 0.005)
    return turns.taken()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(_measured_here(int(sys.argv[1]), Path(scratch))))
