"""Where time is saved: how long it takes is what was asked, whatever is cut and hurried."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.playback.stream.tempo import FASTEST, SLOWEST, Tempo, given_hops, tempo_of
from reader.speech.flux import PAUSE, PAUSE_EDGE_HOPS, USUAL

_SPEECH = st.lists(st.integers(90, 170), min_size=20, max_size=80).map(bytes)
_PAUSE = st.integers(1, 120).map(lambda hops: bytes([PAUSE]) * hops)
_UTTERANCES = st.lists(st.tuples(_SPEECH, _PAUSE), min_size=1, max_size=5).map(
    lambda parts: b"".join(speech + pause for speech, pause in parts) + bytes([USUAL]) * 40
)


def hops_taken(flux: bytes, tempo: Tempo) -> float:
    """Return how many hops of time an utterance takes."""
    cut = {hop for start, end in tempo.cuts for hop in range(start, end)}
    return sum(1 / tempo.speeds[level] for hop, level in enumerate(flux) if hop not in cut)


@given(_UTTERANCES, st.floats(0.5, 4.0), st.floats(0.0, 400.0))
def test_it_takes_as_long_as_was_asked(flux: bytes, speed: float, pause_hops: float) -> None:
    given = given_hops(len(flux), pause_hops, speed)
    tempo = tempo_of(flux, speed, given)
    assert hops_taken(flux, tempo) == pytest.approx((len(flux) + given) / speed, rel=1e-6)
    assert all(SLOWEST < tempo.speeds[level] < FASTEST for level in flux)


@given(_UTTERANCES, st.floats(0.5, 4.0))
def test_only_the_midst_of_pauses_is_cut_and_only_where_it_is_hurried(
    flux: bytes, speed: float
) -> None:
    tempo = tempo_of(flux, speed)
    for start, end in tempo.cuts:
        assert set(flux[start:end]) == {PAUSE}
        assert flux[start - 1] == PAUSE == flux[end] or end - start > 2
    assert speed > 1 or tempo.cuts == ()


@given(_UTTERANCES, st.floats(1.0, 2.0))
def test_up_to_twice_the_pace_all_is_hurried_alike_and_nothing_slowed(
    flux: bytes, speed: float
) -> None:
    tempo = tempo_of(flux, speed)
    assert len({tempo.speeds[level] for level in flux}) == 1
    assert tempo.speeds[USUAL] >= 1.0 - 1e-9


@pytest.mark.parametrize(("speed", "stays_hops"), [(1.5, 24), (2.0, 24), (2.5, 15), (3.0, 6)])
def test_pauses_inside_are_capped(speed: float, stays_hops: int) -> None:
    pause_hops = 80
    inside = bytes([PAUSE]) * (pause_hops - 2 * PAUSE_EDGE_HOPS)
    flux = bytes([USUAL]) * 300 + inside + bytes([USUAL]) * 300
    ((start, end),) = tempo_of(flux, speed).cuts
    assert pause_hops - (end - start) == stays_hops


def test_a_short_pause_stays() -> None:
    flux = bytes([USUAL]) * 300 + bytes([PAUSE]) * 18 + bytes([USUAL]) * 300
    assert tempo_of(flux, 2.0).cuts == ()


def test_above_twice_the_pace_what_changes_is_given_more_time_the_more_the_faster() -> None:
    flux = (bytes([USUAL - 40]) + bytes([USUAL + 40])) * 200
    ratios = []
    for speed in (2.0, 2.3, 2.6, 3.0):
        speeds = tempo_of(flux, speed).speeds
        ratios.append(speeds[USUAL - 40] / speeds[USUAL + 40])
    assert ratios[0] == 1.0
    assert ratios == sorted(set(ratios))
    assert ratios[-1] > 2


@given(st.integers(1, 4000), st.floats(0.0, 4000.0), st.floats(0.5, 4.0))
def test_a_pause_gives_time_only_above_twice_the_pace_and_half_at_most(
    speech_hops: int, pause_hops: float, speed: float
) -> None:
    given = given_hops(speech_hops, pause_hops, speed)
    assert 0 <= given <= pause_hops / 2
    assert given <= speech_hops / 12
    assert speed > 2 or given == 0


@pytest.mark.parametrize(("speed", "hops"), [(2.0, 0.0), (2.5, 17.5), (3.0, 35.0), (4.0, 35.0)])
def test_the_faster_it_is_the_more_of_a_pause_is_given(speed: float, hops: float) -> None:
    assert given_hops(1000, 70, speed) == pytest.approx(hops)
