"""The stream of frames: what is played, what is faded, and the ledger's word for each frame."""

from __future__ import annotations

import math
from array import array
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.playback.stream.frame_source import FADE_S, FrameSource
from reader.speech.flux import USUAL, hop_frames

RATE = 8000
FADE = round(FADE_S * RATE)
LOUD = 10_000
STEEPEST = math.pi / 2 * LOUD / FADE + 1
"""The largest step that a fade makes of a level sound: the middle of half a period of a cosine."""


def numbered(first: int, count: int) -> bytes:
    """Return frames that each tell their number: they rise by one."""
    return array("h", range(first, first + count)).tobytes()


def frames(pcm: bytes) -> list[int]:
    return list(array("h", pcm))


def test_it_is_silent_until_it_flows_and_when_it_has_nothing() -> None:
    source = FrameSource(RATE)
    source.append(numbered(1000, 500), 0, 0)
    assert frames(source.pull(10)) == [0] * 10
    source.flow()
    assert any(frames(source.pull(500)))
    assert frames(source.pull(10)) == [0] * 10


def test_audio_and_pauses_follow_each_other_without_a_gap() -> None:
    source = FrameSource(RATE)
    source.append(numbered(1000, 300), 100, 50)
    source.append(numbered(2000, 30), 0, 0)
    source.flow()
    assert frames(source.pull(280))[FADE:] == [
        *range(1100 + FADE, 1300),
        *[0] * 50,
        *range(2000, 2030),
    ]


def test_it_comes_and_goes_softly_and_goes_on_where_it_went() -> None:
    source = FrameSource(RATE)
    source.append(array("h", [10_000] * 2000).tobytes(), 0, 0)
    source.flow()
    begin = frames(source.pull(400))
    source.hold()
    end = frames(source.pull(200))
    source.flow()
    again = frames(source.pull(1800))
    steps = [abs(b - a) for a, b in zip([0, *begin, *end], [*begin, *end, *again], strict=False)]
    assert max(steps) <= STEEPEST
    assert [value for value in end if value][-1] < 10_000 // 8
    # nothing lost: what was faded out is the first to be faded in again
    assert len([value for value in again if value]) in (1599, 1600)


def test_a_cut_fades_and_drops_everything_that_was_to_come() -> None:
    source = FrameSource(RATE)
    source.append(array("h", [8000] * 5000).tobytes(), 0, 0)
    source.flow()
    source.pull(400)
    source.cut()
    assert not source.is_heard_out(400)
    cue = source.append(array("h", [-8000] * 400).tobytes(), 0, 0)
    after = frames(source.pull(400))
    assert after[:FADE] == sorted(after[:FADE], reverse=True)
    assert min(after[:FADE]) >= 0
    assert max(after[FADE:]) <= 0
    heard = source.heard(400 + FADE + 10)
    assert heard is not None
    assert (heard.cue, heard.frame) == (cue, 10)


def test_it_is_heard_out_when_the_device_has_played_the_last_frame() -> None:
    source = FrameSource(RATE)
    source.append(numbered(1, 100), 0, 20)
    source.flow()
    assert not source.is_heard_out(0)
    source.pull(500)
    assert not source.is_heard_out(119)
    assert source.is_heard_out(120)


@pytest.mark.parametrize("speed", [0.5, 0.88, 1.0, 2.0, 3.0])
def test_the_ledger_follows_the_tape_at_every_speed(speed: float) -> None:
    source = FrameSource(RATE, speed)
    first = source.append(bytes(2 * RATE), 0, RATE // 4)
    second = source.append(bytes(2 * RATE), 0, 0)
    source.flow()
    given = 0
    for _ in range(200):
        source.pull(120)
        given += 120
        heard = source.heard(given - 60)
        if heard is None or not heard.is_moving:
            continue
        tape = heard.frame + (heard.cue == second) * 1.25 * RATE
        assert heard.cue in (first, second)
        # steps are whole: the tape runs a little uneven, the ledger knows by how much
        assert tape == pytest.approx((given - 60) * speed, rel=0.06, abs=0.02 * RATE)


Step = tuple[str, int]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("pull"), st.integers(1, 900)),
            st.tuples(st.just("append"), st.integers(1, 900)),
            st.tuples(st.sampled_from(("hold", "flow", "cut")), st.just(0)),
        ),
        max_size=40,
    )
)
def test_whatever_happens_each_frame_given_is_the_one_the_ledger_names(steps: list[Step]) -> None:
    source = FrameSource(RATE)
    audio: dict[int, int] = {}
    given, out, touched = 0, [], []
    for action, count in steps:
        if action != "pull":
            touched.append(given)
        match action:
            case "pull":
                out += frames(source.pull(count))
                given += count
            case "append":
                first = 1000 + 1000 * len(audio)
                audio[source.append(numbered(first, count), 0, 0)] = first
            case "hold":
                source.hold()
            case "flow":
                source.flow()
            case "cut":
                source.cut()
    assert len(out) == given
    for at, value in enumerate(out):
        heard = source.heard(at)
        if heard is None or not heard.is_moving:
            assert value == 0
        else:
            full = audio[heard.cue] + round(heard.frame)
            assert 0 <= value <= full
            # at full level, but for the fades that follow what was done
            assert value == full or any(0 <= at - moment < 2 * FADE for moment in touched)


def level_sound(count: int) -> bytes:
    """Return a sound without a step of its own: level, its ends fading as those of speech do."""
    ends = [min(1.0, (k + 1) / FADE, (count - k) / FADE) for k in range(count)]
    return array("h", [round(LOUD * end) for end in ends]).tobytes()


def flux_for(count: int) -> bytes:
    """Return the flux of an utterance with a pause that may be cut, and ends that are usual."""
    hops = -(-count // hop_frames(RATE))
    midst = (b"\x90\x50\xa0" * 2 + bytes(20)) * hops
    return (bytes([USUAL]) * 4 + midst[: max(0, hops - 8)] + bytes([USUAL]) * 4)[:hops]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from((0.5, 1.0, 1.0, 1.7, 3.0)),
    st.lists(
        st.one_of(
            st.tuples(st.just("pull"), st.sampled_from((1, 7, 20, FADE, 90, 120, 700))),
            st.tuples(st.just("append"), st.integers(2 * FADE, 1500)),
            st.tuples(st.just("enter"), st.integers(2 * FADE, 1500)),
            st.tuples(st.just("speed"), st.sampled_from((5, 10, 10, 13, 20, 28, 40))),
            st.tuples(st.just("level"), st.integers(0, 10)),
            st.tuples(st.sampled_from(("hold", "flow", "flow", "cut", "take back")), st.just(0)),
        ),
        max_size=60,
    ),
)
@example(0.5, [("pull", 1), ("enter", 117), ("append", 105)])  # over where the sound was cut
def test_whatever_happens_and_however_soon_again_nothing_clicks(
    speed: float, steps: list[Step]
) -> None:
    source = FrameSource(RATE, speed)
    cue, out = 0, [0]
    fastest = speed
    for action, count in [("append", 1500), ("flow", 0), *steps]:
        match action:
            case "pull":
                out += frames(source.pull(count))
            case "append":
                cue = source.append(level_sound(count), 0, count % 3 * 100, flux=flux_for(count))
            case "enter":
                source.cut()
                cue = source.append(level_sound(count), count // 2, 0, flux=flux_for(count))
            case "speed":
                fastest = max(fastest, count / 10)
                source.set_speed(count / 10)
            case "level":
                source.set_level(count / 10)
            case "hold":
                source.hold()
            case "flow":
                source.flow()
            case "cut":
                source.cut()
            case "take back":
                source.take_back(cue)
    out += frames(source.pull(4000))
    # a fade may meet the end of an utterance, which is steeper by the speed at which it is played,
    # and two or three times as steep where it is overlapped
    own = (2 if fastest <= 2 else 4) * max(1.0, fastest) * LOUD / FADE
    assert max(abs(b - a) for a, b in pairwise(out)) <= STEEPEST + own


def test_sound_comes_back_softly_where_the_device_ran_dry() -> None:
    source = FrameSource(RATE)
    source.append(array("h", [LOUD] * 400).tobytes(), 0, 0)
    source.flow()
    source.pull(200)
    source.begin_softly()
    pulled = frames(source.pull(150))
    assert pulled[0] < LOUD / 100
    assert pulled[:FADE] == sorted(pulled[:FADE])
    assert max(later - before for before, later in pairwise([0, *pulled])) <= STEEPEST
    assert set(pulled[FADE:]) == {LOUD}
