"""Tests of reader.speech.process.requests: what waits to be said, and what is said in parts."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reader.speech.engine import Pause, Precision, SpokenAudio, VoiceId, WordMark
from reader.speech.flux import PAUSE, hop_frames
from reader.speech.marks import spoken_words
from reader.speech.pauses import pause_frames
from reader.speech.process.requests import Request, RequestQueue
from tests.fakes.spoken_utterances import utterance_of

_VOICE, _OTHER = VoiceId("fake:any"), VoiceId("fake:other")
_SAMPLE_RATE = 8000
_HOP = hop_frames(_SAMPLE_RATE)
_WORD_FRAMES = 110  # no whole hops
_LONG = "When the rain had stopped, they walked along the river to the old bridge of stone."


def _request(text: str = _LONG, number: int = 0, generation: int = 1) -> Request:
    return Request(generation, number, utterance_of(text), _VOICE)


def _spoken(text: str, precision: Precision = Precision.WORD) -> SpokenAudio:
    words = spoken_words(text)
    marks = tuple(
        WordMark(n * _WORD_FRAMES, (n + 1) * _WORD_FRAMES, start, end)
        for n, (start, end) in enumerate(words)
    )
    frames = _WORD_FRAMES * len(words)
    return SpokenAudio(
        b"\x10\x00" * frames, _SAMPLE_RATE, marks, precision, b"\x80" * -(-frames // _HOP)
    )


def _said(request: Request) -> tuple[list[str], SpokenAudio]:
    texts, is_whole = [], False
    while not is_whole:
        texts.append(request.text)
        is_whole = request.is_last_part
        request = request.with_answer(_spoken(request.text))
    return texts, request.joined()


def test_one_that_was_never_killed_at_is_said_whole_and_handed_on_as_it_is() -> None:
    texts, audio = _said(_request())
    assert texts == [_LONG]
    assert audio == _spoken(_LONG)


def test_one_that_was_killed_at_is_said_in_two_parts_cut_where_a_clause_ends() -> None:
    texts, audio = _said(_request().in_shorter_parts())
    assert texts == ["When the rain had stopped, ", _LONG[27:]]
    assert [_LONG[mark.start : mark.end] for mark in audio.marks] == _LONG[:-1].replace(
        ",", ""
    ).split()
    pause = round(pause_frames(Pause.CLAUSE, _SAMPLE_RATE) / _HOP)
    first_hops = -(-5 * _WORD_FRAMES // _HOP)
    assert audio.marks[5].first_frame == (first_hops + pause) * _HOP
    assert audio.flux[first_hops : first_hops + pause] == bytes([PAUSE]) * pause


def test_what_has_been_said_of_it_is_not_asked_for_again() -> None:
    request = _request().in_shorter_parts()
    request = request.with_answer(_spoken(request.text)).in_shorter_parts()
    texts, audio = _said(request)
    assert "".join(texts) == _LONG[27:]
    assert len(texts) == 2
    assert len(audio.marks) == len(spoken_words(_LONG))


def _begun(text: str, words: int) -> SpokenAudio:
    whole = _spoken(text)
    frames = words * _WORD_FRAMES + _WORD_FRAMES // 2
    flux = whole.flux[: -(-frames // _HOP)]
    return replace(
        whole, pcm=whole.pcm[: 2 * frames], marks=whole.marks[:words], flux=flux, is_whole=False
    )


def test_one_that_broke_off_goes_on_behind_the_last_whole_word() -> None:
    request = replace(_request(), at_once=True)
    assert request.is_streamed
    request = request.with_beginning(_begun(_LONG, 5)).going_on()
    assert not request.is_streamed
    assert request.text == _LONG[27:]
    _, audio = _said(request)
    assert [mark.start for mark in audio.marks] == [start for start, _ in spoken_words(_LONG)]
    samples = memoryview(audio.pcm).cast("h")
    end = 5 * _WORD_FRAMES
    assert list(samples[end - 3 : end]) == sorted(samples[end - 3 : end], reverse=True)
    assert samples[end - 1] == 0  # it ends softly there
    assert len(audio.flux) == len(audio.pcm) // 2 / _HOP


def test_one_that_broke_off_within_its_first_word_is_said_anew() -> None:
    request = _request().with_beginning(_begun(_LONG, 0)).going_on()
    assert request == _request()


def test_one_that_broke_off_after_its_last_word_is_said() -> None:
    words = len(spoken_words(_LONG))
    request = _request().with_beginning(_begun(_LONG, words)).going_on()
    assert request.is_said
    assert len(request.joined().marks) == words


def test_a_few_words_are_not_cut_any_more() -> None:
    request = _request("Nobody could say.")
    assert request.in_shorter_parts() == request


def test_one_part_that_was_guessed_makes_all_of_it_a_guess() -> None:
    request = _request().in_shorter_parts()
    request = request.with_answer(_spoken(request.text, Precision.ESTIMATED))
    assert request.with_answer(_spoken(request.text)).joined().precision is Precision.ESTIMATED


@given(
    st.lists(st.sampled_from(["one", "and,", "twenty-two", "stopped.", "“Why?”", "a"]), min_size=1),
    st.lists(st.booleans(), max_size=12),
)
def test_however_often_it_is_killed_every_word_is_said_once(
    words: list[str], kills: list[bool]
) -> None:
    text = " ".join(words)
    request, texts, is_whole = _request(text), list[str](), False
    while not is_whole:
        if kills and kills.pop():
            request = request.in_shorter_parts()
            continue
        texts.append(request.text)
        is_whole = request.is_last_part
        request = request.with_answer(_spoken(request.text))
    audio = request.joined()
    assert "".join(texts) == text
    assert [(mark.start, mark.end) for mark in audio.marks] == list(spoken_words(text))
    ends = [0, *(mark.end_frame for mark in audio.marks)]
    assert all(mark.first_frame >= before for mark, before in zip(audio.marks, ends, strict=False))
    assert len(audio.flux) == -(-len(audio.pcm) // (2 * _HOP))


def test_the_queue_keeps_the_order_and_puts_back_before_all_others() -> None:
    queue = RequestQueue()
    first, second = _request(number=1), _request(number=2)
    assert queue.add(first)
    assert queue.add(second)
    assert queue.take() == first
    queue.put_back(first)
    assert [queue.take(), queue.take()] == [first, second]
    assert not queue


def test_what_is_older_than_a_seek_no_longer_counts() -> None:
    queue = RequestQueue()
    queue.add(_request(generation=1))
    queue.drop_before(2)
    assert not queue
    assert not queue.add(_request(generation=1))
    queue.put_back(_request(generation=1))
    assert not queue
    assert queue.add(_request(generation=2))


def test_what_a_refused_voice_was_to_say_is_said_by_another() -> None:
    queue = RequestQueue()
    queue.add(replace(_request(), voice=_OTHER))
    queue.use_instead(_OTHER, _VOICE)
    assert queue.next_voice == _VOICE
