"""Sentences that can't be spoken: passed over, counted, shown; three in a row stop."""

from __future__ import annotations

import pytest

from reader.errors import SynthesisFailed
from reader.playback.states import Playing, Stopped
from reader.text.document import Place, Span
from reader.ui.listening.unsaid import Unsaid
from reader.ui.view.decorations import Decoration
from reader.ui.window import messages
from reader.ui.window.messages import Remedy
from tests.ui.desk.window_room import TEXT, Opener, WindowRoom

SECOND = "A second one follows it at once."


@pytest.fixture
def room(opened: Opener) -> WindowRoom:
    """Give a window on a short text."""
    return opened(TEXT)


def speak_but(room: WindowRoom, *unsaid: str) -> None:
    """Let the voice say all it is asked for, but for these."""
    speech = room.sound.speech
    while speech.requests:
        spoken = speech.requests[0][2].spoken
        fails = any(word in spoken for word in unsaid)
        room.say(speech.fail("no such sound") if fails else speech.answer())


def listen(room: WindowRoom, words: int, *unsaid: str) -> None:
    """Listen for so many words' time."""
    for _ in range(words):
        speak_but(room, *unsaid)
        room.hear()


def dimmed(room: WindowRoom, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    view, groups = room.desk.window.view, dict[str, list[str]]()
    decorate = view.decorate

    def remember(group: str, decorations: list[Decoration]) -> None:
        spans: list[Span] = [decoration.span for decoration in decorations]
        groups[group] = [room.text[span.start : span.end] for span in spans]
        decorate(group, decorations)

    monkeypatch.setattr(view, "decorate", remember)
    return groups


def test_one_is_passed_over_counted_and_shown_and_the_voice_goes_on(
    room: WindowRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups = dimmed(room, monkeypatch)
    room.press("Space")
    listen(room, 20, "second", "ends")
    assert room.desk.aloud is not None
    assert room.desk.aloud.player.state == Playing()
    assert room.lit_words[6:8] == ["Another", "paragraph"]
    assert groups["unsaid"] == [SECOND]
    assert room.message() == messages.about_unsaid(1)
    assert [event["reason"] for event in room.traced("skipped")] == ["no such sound"]
    listen(room, 20, "second", "ends")
    assert room.message() == messages.about_unsaid(2)
    assert messages.about_unsaid(2).text.startswith("2 sentences could not be said")


def test_the_reason_is_under_the_pointer(room: WindowRoom) -> None:
    room.press("Space")
    listen(room, 20, "second")
    unsaid = room.desk.window.findChild(Unsaid)
    assert unsaid is not None
    start = room.text.index(SECOND)
    assert "could not say this (no such sound)" in unsaid.why_at(Place(0, start + 3))
    assert unsaid.why_at(Place(0, 0)) == ""


def test_what_is_heard_after_all_is_dimmed_no_more(
    room: WindowRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups = dimmed(room, monkeypatch)
    room.press("Space")
    listen(room, 20, "second")
    assert room.desk.aloud is not None
    room.desk.window.messages.remedy_chosen.emit(messages.about_unsaid(1), Remedy.SHOW_UNSAID)
    start = room.text.index(SECOND)
    room.desk.aloud.play_from(Span(0, start, start + 1).first_place)
    listen(room, 6)
    assert groups["unsaid"] == []


def test_three_in_a_row_stop_it_there_with_the_reason(room: WindowRoom) -> None:
    room.press("Space")
    listen(room, 40, "second", "Another", "ends")
    assert room.desk.aloud is not None
    state = room.desk.aloud.player.state
    assert isinstance(state, Stopped)
    assert isinstance(state.reason, SynthesisFailed)
    assert room.desk.aloud.place.offset == room.text.index(SECOND)
    message = room.message()
    assert message is not None
    assert "no such sound" in message.text
