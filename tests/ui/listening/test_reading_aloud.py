"""The voice goes where the reader goes, however far, and isn't drawn back on the way."""

from __future__ import annotations

import pytest

from reader.playback.states import Paused
from reader.text.document import Place, Span
from tests.ui.desk.window_room import Opener, WindowRoom

_PARAGRAPHS = 400
TEXT = "\n\n".join(
    f"Paragraph {number} begins here. It has a second sentence, and it ends."
    for number in range(_PARAGRAPHS)
)


@pytest.fixture
def room(opened: Opener) -> WindowRoom:
    return opened(TEXT)


def start_of(room: WindowRoom, words: str) -> Place:
    return Place(0, room.text.index(words))


def is_on_screen(room: WindowRoom, place: Place) -> bool:
    return any(place in span for span in room.desk.window.view.visible_spans())


def test_a_silent_voice_comes_to_where_the_reader_jumps(room: WindowRoom) -> None:
    aloud = room.desk.aloud
    assert aloud is not None
    room.desk._text.go_to_share(0.5)
    room.wait(lambda: aloud.place.offset > len(room.text) * 0.45)
    assert is_on_screen(room, aloud.place)
    assert len(room.traced("seek")) == 1


def test_how_far_it_is_shows_at_rest_too(room: WindowRoom) -> None:
    aloud = room.desk.aloud
    assert aloud is not None
    room.voice_answers()
    progress = room.desk.window.transport.progress
    for share in (0.5, 0.8):
        aloud.move_to(place_at(room, share))
        assert progress.value() == pytest.approx(100 * share, abs=2)


@pytest.mark.parametrize("becomes", ["another text", "closed"])
def test_falling_silent_between_texts_is_told_as_no_place(room: WindowRoom, becomes: str) -> None:
    aloud = room.desk.aloud
    assert aloud is not None
    assert aloud.document is not None
    room.voice_answers()
    room.press("Space")
    room.hear(9)
    told: list[tuple[Place, float]] = []
    aloud.place_reached.connect(lambda place, progress: told.append((place, progress)))
    if becomes == "closed":
        room.close()
    else:
        aloud.open(aloud.document, place_at(room, 0.5))
    assert told == []


def place_at(room: WindowRoom, share: float) -> Place:
    return Place(0, round(len(room.text) * share))


def test_while_it_plays_the_view_is_not_drawn_back_before_it_comes(room: WindowRoom) -> None:
    aloud = room.desk.aloud
    assert aloud is not None
    room.voice_answers()
    room.press("Space")
    room.hear(2)
    far = start_of(room, "Paragraph 300")
    room.desk.window.view.scroll_to(far)
    aloud.move_soon_to(far)
    room.hear(2)  # what sounds meanwhile is still the old place
    assert is_on_screen(room, far)
    room.wait(lambda: aloud.place == far)
    room.voice_answers()
    room.hear(2)
    assert is_on_screen(room, far)
    assert aloud.place > far


def test_sent_elsewhere_meanwhile_it_goes_there(room: WindowRoom) -> None:
    aloud = room.desk.aloud
    assert aloud is not None
    first, second = start_of(room, "Paragraph 300"), start_of(room, "Paragraph 200")
    aloud.move_soon_to(first)
    aloud.move_to(second)
    aloud.move_soon_to(first)
    aloud.move_soon_to(second)
    room.wait(lambda: len(room.traced("seek")) == 2)
    assert aloud.place == second


SHORT = "Two sentences are all. They end in a long expression.\n\n[1] [2] [3]\n"


def read_to_the_end(room: WindowRoom) -> None:
    room.voice_answers()
    room.press("Space")
    while not isinstance(room.player().state, Paused):
        room.voice_answers()
        room.hear()


def test_a_text_read_to_its_end_is_finished_and_stays_so(opened: Opener) -> None:
    room = opened(SHORT)
    read_to_the_end(room)
    room.wait(lambda: kept_progress(room) == 1.0)
    room.desk._text._keep_place_now()
    room.desk._text._places.finish()
    assert kept_progress(room) == 1.0
    room.press("Left")
    room.wait(lambda: kept_progress(room) < 0.9)


def test_the_end_of_the_highlights_is_not_the_texts(opened: Opener) -> None:
    room = opened(SHORT)
    aloud = room.desk.aloud
    assert aloud is not None
    aloud.read_only([Span(0, 0, 22)])
    read_to_the_end(room)
    assert aloud.progress < 0.5


def kept_progress(room: WindowRoom) -> float:
    return room.services.catalogue.recent(1)[0].progress
