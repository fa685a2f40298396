"""What the player does, asked and told whatever in whatever order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import SpeechProcessFailed
from reader.playback.states import Paused, Stopped
from reader.playback.steps import Step
from reader.playback.stream.output import DeviceFound, DeviceLost
from reader.speech.planning.heard_notes import HeardNotes, NotesHeard
from reader.speech.speech_events import SpeechStopped
from tests.playback.noted_passages import noted, say
from tests.playback.player_room import Room

ACTIONS = st.one_of(
    st.sampled_from(
        ("play", "pause", "next", "previous", "answer", "fail", "die", "lost", "found")
    ),
    st.tuples(st.just("run"), st.integers(1, 60)),
    st.tuples(st.just("notes"), st.integers(0, 13)),
    st.tuples(st.just("jump"), st.integers(0, 17)),
    st.tuples(st.just("speed"), st.sampled_from((0.5, 1.0, 1.0, 2.0))),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(ACTIONS, max_size=25))
def test_whatever_happens_words_are_told_in_order_and_it_can_always_be_finished(
    actions: list[str | tuple[str, int] | tuple[str, float]],
) -> None:
    room = Room()
    words = room.plan.words()
    for action in actions:
        moved_from = len(room.told.words)
        match action:
            case "play":
                room.player.play()
            case "pause":
                room.player.pause()
            case "next":
                room.player.step(Step.NEXT_SENTENCE)
            case "previous":
                room.player.step(Step.PREVIOUS_SENTENCE)
            case "answer" if room.speech.requests:
                room.player.on_speech_event(room.speech.answer())
            case "fail" if room.speech.requests:
                room.player.on_speech_event(room.speech.fail())
            case "die":
                room.speech.requests.clear()
                room.player.on_speech_event(SpeechStopped(SpeechProcessFailed("died")))
            case "lost":
                room.output.is_available = False
                room.output.lose_buffer()
                room.player.on_device_changed(DeviceLost(""))
            case "found":
                room.output.is_available = True
                room.player.on_device_changed(DeviceFound(""))
            case ("jump", int(index)):
                room.player.move_to(words[index].first_place)
            case ("speed", float(speed)):
                room.player.set_speed(speed)
            case ("notes", int(which)):
                passages = [noted(str(n), 13 * n, 13 * n + 20, "So.") for n in range(which % 7)]
                when = NotesHeard.AFTER_PARAGRAPH if which % 2 else NotesHeard.AFTER_SENTENCE
                room.player.set_notes(HeardNotes(passages, when, say))
            case ("run", int(ticks)):
                room.run(ticks / 100, answering=False)
                told = [word for word in room.told.words[moved_from:] if word is not None]
                assert told == sorted(told)
                assert len(set(told)) == len(told)
    # whatever it went through: from here it reads to the end
    room.output.is_available = True
    room.player.set_speed(1.0)
    room.player.move_to(words[9].first_place)
    first, skipped = len(room.told.words), len(room.told.skipped)
    room.player.play()
    for _ in range(3):
        room.run(4)
        if isinstance(room.player.state, Stopped):
            room.player.play()
    unsaid = [span for span, _reason in room.told.skipped[skipped:]]
    wanted = {word for word in words[9:] if not any(word.first_place in span for span in unsaid)}
    assert wanted <= set(room.told.words[first:])
    assert room.doing() == Paused(is_at_end=True)
