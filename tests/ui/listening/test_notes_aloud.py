"""Notes heard in the whole window: cards lit, passages lit, only highlights played."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtWidgets import QApplication

from reader.annotations.model import AnnotationId
from reader.playback.states import Paused, Playing, Preparing
from reader.speech.engine import Voice, VoiceId
from reader.text.document import Span
from reader.ui.listening.notes_aloud import NotesAloud
from reader.ui.look.list_popover import ListPopover, Row
from reader.ui.view.decorations import Decoration
from reader.ui.window import messages
from reader.ui.window.commands import Command
from tests.ui.desk.window_room import TEXT, Opener, WindowRoom

AMY = VoiceId("piper:en_US-amy-medium")


def piper_voice(name: VoiceId) -> Voice:
    return Voice(name, "piper", "en-US", str(name).split("-")[1].title(), True, True, "", 0, "")


VOICES = [piper_voice(VoiceId("piper:en_US-joe-medium")), piper_voice(AMY)]


@pytest.fixture
def room(opened: Opener) -> WindowRoom:
    """Give a window on a short text, on a machine with two voices."""
    room = opened(TEXT)
    room.services.voices = lambda: list(VOICES)  # type: ignore[method-assign]
    return room


def passage(room: WindowRoom, words: str) -> Span:
    start = room.text.index(words)
    return Span(0, start, start + len(words))


def note(room: WindowRoom, words: str, written: str = "") -> AnnotationId:
    """Highlight words, and write on them."""
    annotating, notebook = room.desk.annotating, room.desk.annotating.notebook
    assert notebook is not None
    annotating.marking.mark(passage(room, words), ())
    made = notebook.note_on(passage(room, words))
    assert made is not None
    if written:
        annotating.margin.note_committed.emit(made.annotation.id, written, ())
    return made.annotation.id


def choose(room: WindowRoom, words: str) -> None:
    """Choose a row of the popover."""
    room.desk.do(Command.CHOOSE_HEARD_NOTES)
    room.wait(lambda: any(p.isVisible() for p in room.desk.window.findChildren(ListPopover)))
    popover = [p for p in room.desk.window.findChildren(ListPopover) if p.isVisible()][-1]
    rows = [popover.rows.item(n) for n in range(popover.rows.count())]
    (row,) = [row for row in rows if row.text() == words]
    popover.rows.itemClicked.emit(row)
    QApplication.processEvents()


def rows_of(room: WindowRoom) -> list[Row]:
    room.desk.do(Command.CHOOSE_HEARD_NOTES)
    room.wait(lambda: any(p.isVisible() for p in room.desk.window.findChildren(ListPopover)))
    popover = [p for p in room.desk.window.findChildren(ListPopover) if p.isVisible()][-1]
    found = [popover.rows.item(n).data(0x100) for n in range(popover.rows.count())]
    popover.close()
    return found


def taken_up(room: WindowRoom) -> None:
    """Wait until the notes of now are what the voice will tell of."""
    tool = room.desk.window.findChild(NotesAloud)
    assert tool is not None
    room.wait(lambda: not (tool._settling.isActive() or tool._readying.is_awaited))


@pytest.fixture
def lit(room: WindowRoom, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Give what is lit of a group, in words."""
    view, groups = room.desk.window.view, dict[str, list[str]]()
    decorate = view.decorate

    def remember(group: str, decorations: Sequence[Decoration]) -> None:
        spans = [decoration.span for decoration in decorations]
        groups[group] = [room.text[span.start : span.end] for span in spans]
        decorate(group, decorations)

    monkeypatch.setattr(view, "decorate", remember)
    return lambda group: groups.get(group, [])


def hear_until_note(room: WindowRoom) -> None:
    for _ in range(200):
        room.voice_answers()
        room.hear()
        if room.player().note is not None:
            return
    raise AssertionError("no note was heard")


def test_a_note_is_heard_after_its_sentence_in_another_voice_its_card_and_passage_lit(
    room: WindowRoom, lit: Callable[[str], list[str]]
) -> None:
    name = note(room, "opens the room", "A door, *surely*.")
    choose(room, "The note, after its sentence")
    taken_up(room)
    room.press("Space")
    hear_until_note(room)
    (said,) = [u for u in room.sound.speech.spoken if not u.pieces]
    assert (said.spoken, said.voice) == ("A door, surely.", AMY)
    assert room.desk.annotating.margin.spoken_cards == {name}
    assert lit("sentence") == ["opens the room"]
    assert lit("spoken-word") == []
    while len(room.lit_words) < 8:
        room.voice_answers()
        room.hear()
    assert room.desk.annotating.margin.spoken_cards == frozenset()
    assert lit("sentence") == ["A second one follows it at once."]
    assert [event["id"] for event in room.traced("note")] == [name]


def test_by_default_nothing_is_heard_of_notes(room: WindowRoom) -> None:
    note(room, "opens the room", "A door.")
    taken_up(room)
    room.press("Space")
    for _ in range(40):
        room.voice_answers()
        room.hear()
    assert all(utterance.pieces for utterance in room.sound.speech.spoken)


def test_a_note_written_while_the_voice_reads_is_heard(room: WindowRoom) -> None:
    choose(room, "The note, after its sentence")
    room.press("Space")
    room.voice_answers()
    room.hear(2)
    note(room, "opens the room", "A door.")
    taken_up(room)
    hear_until_note(room)
    assert isinstance(room.player().state, Playing)


def test_the_choice_and_the_voice_for_notes_are_kept(room: WindowRoom) -> None:
    choose(room, "The note, after its paragraph")
    room.desk.do(Command.CHOOSE_HEARD_NOTES)
    room.wait(lambda: any(p.isVisible() for p in room.desk.window.findChildren(ListPopover)))
    popover = [p for p in room.desk.window.findChildren(ListPopover) if p.isVisible()][-1]
    assert popover.rows.currentItem().text() == "The note, after its paragraph"
    popover.close()
    rows = rows_of(room)
    assert [row.text for row in rows if row.is_current] == [
        "The note, after its paragraph",
        "Everything",
    ]
    assert [(row.text, row.detail) for row in rows if row.key == "choose voice"] == [
        ("Amy…", "another than reads the text")
    ]
    choose(room, "Amy…")
    popover = [p for p in room.desk.window.findChildren(ListPopover) if p.isVisible()][-1]
    same = [popover.rows.item(n) for n in range(popover.rows.count())][1]
    assert same.text() == "The same, a little slower"
    popover.rows.itemClicked.emit(same)
    assert [row.text for row in rows_of(room) if row.key == "choose voice"] == [
        "Joe, a little slower…"
    ]


def test_with_one_voice_alone_that_is_said(room: WindowRoom) -> None:
    room.services.voices = lambda: VOICES[:1]  # type: ignore[method-assign]
    assert [(row.text, row.detail) for row in rows_of(room) if row.key == "choose voice"] == [
        ("Joe, a little slower…", "no other natural voice")
    ]


def test_only_highlights_are_played_from_the_next_one_on(room: WindowRoom) -> None:
    note(room, "A second one")
    note(room, "says goodbye")
    before = room.player().left_s
    room.press("Shift+H")
    room.wait(lambda: isinstance(room.player().state, Playing | Preparing))
    for _ in range(60):
        room.voice_answers()
        room.hear()
    heard = "A second one follows it at once The last paragraph says goodbye"
    assert " ".join(room.lit_words) == heard
    assert room.player().state == Paused(is_at_end=True)
    assert room.player().elapsed_s + room.player().left_s < 0.6 * before
    assert room.desk.window.transport.highlights_button.isVisible()
    room.press("Shift+H")
    assert not room.desk.window.transport.highlights_button.isVisible()
    assert room.player().elapsed_s + room.player().left_s > 0.6 * before


def test_behind_the_last_highlight_it_begins_with_the_first(room: WindowRoom) -> None:
    note(room, "A second one")
    assert room.desk.aloud is not None
    room.desk.aloud.move_to(passage(room, "goodbye").first_place)
    room.press("Shift+H")
    room.wait(lambda: isinstance(room.player().state, Playing | Preparing))
    room.voice_answers()
    room.hear(2)
    assert room.lit_words[-3:] == ["A", "second", "one"]


def test_steps_go_from_highlight_to_highlight(room: WindowRoom) -> None:
    note(room, "opens the room")
    note(room, "ends with")
    note(room, "says goodbye")
    room.press("Shift+H")
    room.wait(lambda: isinstance(room.player().state, Playing | Preparing))
    room.press("Space")
    room.press("Right")
    assert room.player().place == passage(room, "It ends").first_place
    room.press("Right")
    assert room.player().place == passage(room, "The last").first_place
    room.press("Left")
    assert room.player().place == passage(room, "It ends").first_place


def test_a_highlight_made_meanwhile_is_played_and_without_any_all_is_read(
    room: WindowRoom,
) -> None:
    first = note(room, "opens the room")
    room.press("Shift+H")
    room.wait(lambda: isinstance(room.player().state, Playing | Preparing))
    note(room, "says goodbye")
    assert room.desk.aloud is not None
    room.wait(lambda: room.desk.aloud and len(room.desk.aloud.passages or ()) == 2)
    notebook = room.desk.annotating.notebook
    assert notebook is not None
    notebook.remove(first)
    second = notebook.note_on(passage(room, "says goodbye"))
    assert second is not None
    notebook.remove(second.annotation.id)
    room.wait(lambda: room.desk.aloud and room.desk.aloud.passages is None)
    assert room.message() == messages.HIGHLIGHTS_GONE


def test_without_highlights_that_is_said(room: WindowRoom) -> None:
    room.press("Shift+H")
    assert room.message() == messages.NOTHING_HIGHLIGHTED
    assert room.player().state == Paused()
