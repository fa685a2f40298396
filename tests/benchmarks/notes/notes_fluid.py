"""10,000 notes in one text: scrolling with the margin, opening, adding, going from card to card.

Everything is the window's own: view, margin, cards, database. Each text is shown in a process of
its own. Frames are CPU time of the window's thread for one turn with its painting, in
milliseconds, which holds on a busy machine; a screen of 60 Hz gives a frame 16.7.
"""

from __future__ import annotations

import gc
import json
import random
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from reader.annotations.appearance import COLOURS, STYLES
from reader.text.document import Document, Span
from tests.benchmarks.figures import Figure, at_most, median, percentile
from tests.benchmarks.own_process import Times, cpu_ms, measured_apart
from tests.benchmarks.prose import generated_document

NOTES = 10_000
_LENGTHS = {"600 KB": 600_000, "6 MB": 6_000_000}
_FRAME_MS = 16.0
_FRAMES = 600
_SIZE = (1280, 860)


def measure() -> list[Figure]:
    """Measure a crowded text and one of a large book's length."""
    figures: list[Figure] = []
    for length, characters in _LENGTHS.items():
        times = measured_apart("tests.benchmarks.notes.notes_fluid", characters)
        frames = times["frame"]
        figures += [
            at_most(f"{length}: cards are there", times["open"][0], "ms", 500),
            at_most(f"{length}: scroll frame, median", median(frames), "ms", _FRAME_MS / 2),
            at_most(
                f"{length}: scroll frame, 99th percentile", percentile(frames, 99), "ms", _FRAME_MS
            ),
            at_most(f"{length}: far jump, median", median(times["jump"]), "ms", 50),
            at_most(f"{length}: to the next card, median", median(times["step"]), "ms", 50),
            at_most(f"{length}: a highlight more, median", median(times["add"]), "ms", 50),
            at_most(f"{length}: another colour, median", median(times["colour"]), "ms", 50),
            at_most(f"{length}: a letter written, median", median(times["letter"]), "ms", 50),
            at_most(f"{length}: an end moved, median", median(times["resize"]), "ms", 50),
            at_most(f"{length}: undo, median", median(times["undo"]), "ms", 50),
            at_most(f"{length}: a card is lit, median", median(times["spoken"]), "ms", _FRAME_MS),
        ]
    return figures


def _measured_here(characters: int, folder: Path) -> Times:
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication([])
    from reader.annotations.anchoring import Anchor, AnchorState
    from reader.annotations.editing import new_annotation
    from reader.annotations.history import NoteHistory
    from reader.annotations.store import AnnotationStore
    from reader.storage.database import Database
    from reader.ui.look.theme import Theme
    from reader.ui.margin.annotating import Annotating
    from reader.ui.margin.note_actions import NoteActions
    from reader.ui.margin.note_cards import AnchoredNote
    from reader.ui.view.reading_view import ReadingView
    from tests.fakes.manual_background import ManualBackground

    document = generated_document(characters)
    spans = _spans(document)
    chance = random.Random(7)
    now = datetime(2026, 11, 29, tzinfo=UTC)
    annotations = [
        new_annotation(
            document,
            span,
            source="a.txt",
            created=now,
            note="A note of some words, with *one* marked. " * (number % 4),
            tags=("tag",) * (number % 2),
            colour=chance.choice(COLOURS),
            style=chance.choice(STYLES),
        )
        for number, span in enumerate(spans)
    ]
    notes = [
        AnchoredNote(annotation, Anchor(AnchorState.ANCHORED, span, 1.0))
        for annotation, span in zip(annotations, spans, strict=True)
    ]
    window = QWidget()
    view = ReadingView(Theme(), window)
    background = ManualBackground()
    annotating = Annotating(view.theme, view, background.run, window)
    window.addActions(NoteActions(annotating).all)
    annotating.margin.set_reduced_motion(True)
    window.resize(*_SIZE)
    view.setGeometry(window.rect())
    view.show_document(document)
    window.show()
    application.processEvents()
    with Database(folder / "notes.sqlite3") as database:
        store = AnnotationStore(database)
        store.save(document.fingerprint, *annotations)
        history = NoteHistory(store, document.fingerprint)
        gc.collect()
        gc.freeze()

        def turn(act: Callable[[], object]) -> float:
            """Return what an act and the painting after it take of the window's thread."""

            def do() -> None:
                act()
                application.processEvents()

            taken = cpu_ms(do)
            background.do_all()  # the saving is beside the window's thread
            application.processEvents()
            return taken

        def opened() -> None:
            annotating.open(document, "a.txt", history, notes, lambda: None)

        times: Times = {"open": [turn(opened)]}
        times["frame"] = [turn(partial(view.scroll_by, 24)) for _ in range(_FRAMES)]
        places = [chance.choice(spans).first_place for _ in range(20)]
        times["jump"] = [turn(partial(view.scroll_to, place, animated=False)) for place in places]
        times["step"] = [turn(partial(annotating.focus_next_note, 1)) for _ in range(20)]
        times["colour"] = [
            turn(partial(annotating.marking.choose_colour, COLOURS[n % 4])) for n in range(1, 9)
        ]
        times["resize"] = [
            turn(partial(annotating.move_end, is_start=False, is_forward=n % 2 == 0))
            for n in range(8)
        ]
        times["undo"] = [turn(annotating.undo) + turn(annotating.redo) for _ in range(5)]
        name = annotating.margin.focused_card
        assert name is not None
        annotating.edit(name)
        editor = annotating.margin.editor

        def write() -> None:
            editor.note.insertPlainText("x")

        times["letter"] = [turn(write) for _ in range(10)]
        annotating.finish_editing()
        annotating.margin.focus_card(None)
        free = [Span(0, span.end + 1, span.end + 4) for span in spans[100:110]]

        def highlight(span: Span) -> None:
            view.select(span)
            annotating.marking.highlight()

        times["add"] = [turn(partial(highlight, span)) for span in free]
        heard = [Span(0, span.start, span.start + 5) for span in spans[200:230]]
        view.scroll_to(heard[0].first_place, animated=False)
        times["spoken"] = [turn(partial(annotating.set_spoken, span)) for span in heard]
        annotating.close()
    return times


def _spans(document: Document) -> list[Span]:
    """Return passages spread over the text, some of them over each other."""
    chance = random.Random(3)
    length = len(document.sections[0].text)
    starts = sorted(chance.randrange(length - 200) for _ in range(NOTES))
    return [Span(0, start, start + chance.randint(8, 120)) for start in starts]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(_measured_here(int(sys.argv[1]), Path(scratch))))
