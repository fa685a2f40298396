"""In a changed text with many notes those about the place that is read come before the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.annotations.editing import new_annotation, new_reply
from reader.annotations.model import Annotation, AnnotationId
from reader.annotations.placing import Placed, Placing
from reader.app.paths import user_paths
from reader.app.services import Services
from reader.app.trace import Trace
from reader.formats.registry import open_document
from reader.text.document import Document, Place, Span
from reader.ui.margin.cards.card import CardContent
from reader.ui.margin.note_cards import NOT_FOUND
from reader.ui.margin.note_opening import NoteOpening
from reader.ui.margin.notebook import Notebook
from tests.annotations.documents import NOON
from tests.fakes.held_call import HeldCall
from tests.ui.desk.window_room import WindowRoom, open_and_settle

_NOTES = 700
_GONE = range(0, _NOTES, 50)
"""Paragraphs that the changed text has no more."""
_READ = 411
"""The paragraph that is read when the text changes."""


def _paragraph(number: int) -> str:
    return (
        f"In the year {1000 + number} the bell of house {number * 7919 % 9973} rang twice. "
        f"Nobody on the hill asked why it had waited {number * 31 % 701} days."
    )


def _passage(number: int) -> str:
    return f"the bell of house {number * 7919 % 9973} rang twice"


OLD = "\n\n".join(map(_paragraph, range(_NOTES)))
NEW = "Put before all of it.\n\n" + "\n\n".join(
    _paragraph(number).replace("Nobody", "No one")
    for number in range(_NOTES)
    if number not in _GONE
)


def _notes_on(document: Document) -> list[Annotation]:
    text = document.sections[0].text
    starts = [text.index(_passage(number)) for number in range(_NOTES)]
    notes = [
        new_annotation(
            document,
            Span(0, start, start + len(_passage(number))),
            source="a.txt",
            created=NOON,
            note=f"about house {number}",
        )
        for number, start in enumerate(starts)
    ]
    answers = [new_reply(notes[n].id, "so?", created=NOON) for n in (10, _READ)]
    return notes + answers


@dataclass
class Changed:
    """A window in which a changed text was opened; only the notes in sight are there yet."""

    room: WindowRoom
    names: dict[str, AnnotationId]
    """The notes' ids by what they say."""
    others: HeldCall[[Placing], Placed]

    @property
    def notebook(self) -> Notebook:
        """The notes that are there."""
        notebook = self.room.desk.annotating.notebook
        assert notebook is not None
        return notebook

    def name(self, number: int) -> AnnotationId:
        """Return the id of the note on a paragraph's passage."""
        return self.names[f"about house {number}"]

    def card(self, number: int) -> CardContent | None:
        """Return the card of the note on a paragraph's passage."""
        name = self.name(number)
        return next((card for card in self.notebook.cards if card.id == name), None)

    def complete(self) -> None:
        """Let the others come."""
        self.others.let_go()
        self.room.wait(lambda: self.notebook.is_whole)


def _keep_notes(folder: Path) -> tuple[Path, list[Annotation]]:
    """Write the old text with its notes, as they are kept."""
    path = folder / "room.txt"
    path.write_text(OLD)
    trace = Trace(folder / "before")
    services = Services(user_paths(folder / "data"), trace)
    document = open_document(path)
    notes = _notes_on(document)
    services.annotations.save(document.fingerprint, *notes)
    services.annotations.bring_along(path, document)
    services.annotations.keep_text(document)
    services.catalogue.remember_opened(document, path, NOON)
    place = Place(0, OLD.index(_passage(_READ)))
    services.catalogue.remember_place(document.fingerprint, place, 0.5)
    services.close()
    trace.close()
    return path, notes


@pytest.fixture
def changed(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Changed]:
    path, notes = _keep_notes(tmp_path)
    room = open_and_settle(qtbot, tmp_path, OLD)
    assert room.desk.aloud is not None
    room.desk.aloud.move_to(Place(0, OLD.index(_passage(_READ))))
    others = HeldCall(Placing.all)
    monkeypatch.setattr(Placing, "all", lambda placing: others(placing))
    path.write_text(NEW)
    room.desk.begin(path)
    names = {note.note_text: note.id for note in notes[:_NOTES]}
    window = Changed(room, names, others)
    room.wait(lambda: others.is_held and room.text.startswith("Put before"))
    yield window
    if not room.is_closed:
        others.let_go()
    room.close()


def test_notes_in_sight_are_placed_before_the_others(changed: Changed) -> None:
    notebook = changed.notebook
    assert not notebook.is_whole
    found = {number for number in range(_NOTES) if notebook.note(changed.name(number)) is not None}
    assert found == {n for n in range(min(found), max(found) + 1) if n not in _GONE}
    assert len(found) < _NOTES / 2
    assert min(found) < _READ - 50
    assert max(found) > _READ + 50
    for number in found:
        span = notebook.span_of(changed.name(number))
        assert span is not None
        assert changed.room.text[span.start : span.end] == _passage(number)


def test_none_is_shown_as_not_found_before_all_were_looked_for(changed: Changed) -> None:
    before = changed.notebook.cards
    assert not [card for card in before if card.state]
    assert [card.note_markdown for card in before if card.depth] == ["so?"]
    changed.complete()
    after = changed.notebook.cards
    assert len(after) == _NOTES + 2
    lost = {card.note_markdown for card in after if card.state == NOT_FOUND}
    assert lost == {f"about house {number}" for number in _GONE}


def test_the_view_stays_where_it_is_when_the_others_come(changed: Changed) -> None:
    view, margin = changed.room.desk.window.view, changed.room.desk.annotating.margin
    changed.room.wait(lambda: margin.box_of(changed.name(_READ + 1)) is not None)
    place, box = view.first_visible_place(), margin.box_of(changed.name(_READ + 1))
    changed.complete()
    assert view.first_visible_place() == place
    assert margin.box_of(changed.name(_READ + 1)) == box


def test_what_is_done_meanwhile_stays(changed: Changed) -> None:
    annotating = changed.room.desk.annotating
    read, deleted, coloured = (changed.name(_READ + n) for n in (1, 2, 3))
    annotating.margin.edit_card(read)
    annotating.margin.editor.note.setPlainText("said since")
    annotating.finish_editing()
    annotating.delete_note(deleted)
    annotating.marking.give_colour(coloured, "rose")
    annotating.undo()
    changed.room.wait(lambda: not annotating.is_at_work)
    changed.room.desk.window.view.select(Span(0, 0, 10))
    annotating.marking.highlight()
    changed.complete()
    notes = {note.annotation.id: note.annotation for note in changed.notebook.notes}
    assert notes[read].note_text == "said since"
    assert deleted not in notes
    assert notes[coloured].colour != "rose"
    assert changed.notebook.note_on(Span(0, 0, 10)) is not None
    assert len(notes) == _NOTES + 2  # without the one that was deleted, with the new highlight
    for _ in range(3):
        annotating.undo()
    changed.room.wait(lambda: not annotating.is_at_work)
    changed.room.wait(lambda: changed.notebook.note(deleted) is not None)


def test_undo_of_what_was_done_to_one_still_to_come_is_seen_once_it_comes(
    changed: Changed,
) -> None:
    annotating, far = changed.room.desk.annotating, changed.name(3)
    assert changed.notebook.note(far) is None
    history = changed.notebook._history
    before = changed.room.services.annotations.annotation(
        changed.notebook.document.fingerprint, far
    )
    assert before is not None
    history.write({far: None})
    annotating.undo()
    changed.room.wait(lambda: not annotating.is_at_work)
    assert changed.notebook.note(far) is None  # not without its place
    changed.complete()
    card = changed.card(3)
    assert card is not None
    assert card.state == ""


def test_a_window_closed_meanwhile_loses_nothing(changed: Changed, qtbot: QtBot) -> None:
    room = changed.room
    folder = room.text_path.parent
    changed.room.desk.annotating.delete_note(changed.name(_READ))
    room.close()
    changed.others.let_go()
    again = open_and_settle(qtbot, folder, NEW)
    try:
        notebook = again.desk.annotating.notebook
        assert notebook is not None
        assert notebook.is_whole
        assert notebook.note(changed.name(_READ)) is None
        assert len(notebook.notes) == _NOTES + 1
        assert sum(note.span is not None for note in notebook.notes) == _NOTES - len(_GONE) - 1
    finally:
        again.close()


def test_of_many_whose_places_are_known_those_in_sight_come_first_too(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, kept = _keep_notes(tmp_path)
    names = [note.id for note in kept]
    there: list[set[AnnotationId]] = []
    bring = NoteOpening._bring_some

    def watched(opening: NoteOpening) -> None:
        notebook = opening._annotating.notebook
        assert notebook is not None
        there.append({note.annotation.id for note in notebook.notes})
        bring(opening)

    monkeypatch.setattr(NoteOpening, "_bring_some", watched)
    room = open_and_settle(qtbot, tmp_path, OLD)
    try:
        first = there[0]
        assert len(first) < _NOTES / 2
        assert {*names[_READ - 50 : _READ + 50], names[_NOTES + 1]} <= first, "with what answers it"
        assert names[_NOTES] not in first
        steps = [len(later - earlier) for earlier, later in pairwise(there)]
        assert max(steps) <= len(first), "no turn of the window's takes more of them"
        assert there[-1] == set(names)
        notebook = room.desk.annotating.notebook
        assert notebook is not None
        assert notebook.is_whole
        assert len(notebook.cards) == _NOTES + 2
    finally:
        room.close()
