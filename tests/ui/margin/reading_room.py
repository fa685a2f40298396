"""A real view with a real margin and a real database, for tests of notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from reader.annotations.anchoring import anchor_annotations
from reader.annotations.editing import new_annotation
from reader.annotations.history import NoteHistory
from reader.annotations.model import COMMENTING, HIGHLIGHTING, Annotation, AnnotationId
from reader.annotations.store import AnnotationStore
from reader.storage.database import Database
from reader.text.document import Document, Span
from reader.ui.look.theme import Theme
from reader.ui.margin.annotating import Annotating
from reader.ui.margin.note_actions import NoteActions
from reader.ui.margin.note_cards import AnchoredNote
from reader.ui.view.reading_view import ReadingView
from tests.fakes.manual_background import ManualBackground
from tests.ui.view.documents import SectionMaker, document_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

TEXT = (
    "Theodore writes letters for other people in a city of glass towers and soft light.",
    "The instrument he falls in love with has no hand at all, and everything we know of her "
    "we know by ear: the catch before a joke, the breath she has no need of.",
    "What it asks of us is listening, in the old sense, the kind one does with the lights off.",
)

SENTENCE = "The instrument he falls in love with"


def letter() -> Document:
    """Return a document of three paragraphs."""
    section = SectionMaker()
    for paragraph in TEXT:
        section.add(paragraph)
    return document_of(section.made())


def span_of(document: Document, words: str) -> Span:
    """Return where these words are first."""
    start = document.sections[0].text.index(words)
    return Span(0, start, start + len(words))


def note_on(
    document: Document,
    words: str,
    note: str = "",
    *,
    tags: Sequence[str] = (),
    colour: str = "rose",
) -> Annotation:
    """Return an annotation on these words."""
    return new_annotation(
        document,
        span_of(document, words),
        COMMENTING if note else HIGHLIGHTING,
        source="letter.txt",
        created=NOW,
        note=note,
        tags=tags,
        colour=colour,
    )


@dataclass
class Room:
    """What a test needs of a window with a text and its notes."""

    window: QWidget
    document: Document
    view: ReadingView
    annotating: Annotating
    background: ManualBackground
    store: AnnotationStore
    database: Database

    def close(self) -> None:
        """Leave nothing behind."""
        self.annotating.finish_editing()
        self.window.close()
        self.window.deleteLater()
        self.database.close()

    @property
    def stored(self) -> list[Annotation]:
        """What the database holds."""
        return list(self.store.of_document(self.document.fingerprint))

    def save(self) -> list[Annotation]:
        """Let everything be saved; return what the database holds then."""
        self.background.do_all()
        return self.stored

    def press(self, key: str) -> None:
        """Trigger the action that has this key; it must be enabled."""
        for action in self.window.actions():
            if key in [shortcut.toString() for shortcut in action.shortcuts()]:
                assert action.isEnabled()
                action.trigger()
                return
        raise AssertionError(key)

    def select(self, words: str) -> Span:
        """Select these words as the mouse does."""
        span = span_of(self.document, words)
        self.view.select(span)
        self.view.selection_finished.emit(span)
        return span

    def centre_of(self, name: AnnotationId) -> QPoint:
        """Return the middle of a card in the margin's pixels."""
        box = self.annotating.margin.box_of(name)
        assert box is not None
        return box.center()

    def click_card(self, name: AnnotationId) -> None:
        """Click on a card's middle."""
        margin = self.annotating.margin
        at = self.centre_of(name)
        QTest.mouseClick(margin, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def type_note(self, text: str) -> None:
        """Type into the open editor."""
        QTest.keyClicks(self.annotating.margin.editor.note, text)

    def settle(self) -> None:
        """Let posted events be handled."""
        QApplication.processEvents()


def open_room(
    tmp_path: Path,
    document: Document,
    annotations: Sequence[Annotation] = (),
    size: tuple[int, int] = (1280, 726),
    choice: str = "light",
) -> Room:
    """Show the document with these notes, which the database has already."""
    theme = Theme(choice)
    window = QWidget()
    view = ReadingView(theme, window)
    background = ManualBackground()
    annotating = Annotating(theme, view, background.run, window, now=lambda: NOW)
    annotating.margin.set_reduced_motion(True)
    window.addActions(NoteActions(annotating).all)
    window.resize(*size)
    view.setGeometry(window.rect())
    view.show_document(document)
    database = Database(tmp_path / "notes.db")
    store = AnnotationStore(database)
    store.save(document.fingerprint, *annotations)
    anchors = anchor_annotations(annotations, document)
    notes = [AnchoredNote(*pair) for pair in zip(annotations, anchors, strict=True)]
    history = NoteHistory(store, document.fingerprint)
    start = document.sections[0].blocks[1].start
    sentence = Span(0, start, start + len(SENTENCE))
    annotating.open(document, "letter.txt", history, notes, lambda: sentence)
    window.show()
    window.activateWindow()
    view.setFocus()
    QApplication.processEvents()
    return Room(window, document, view, annotating, background, store, database)
