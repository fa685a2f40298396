"""Tests of reader.speech.synthesiser with voices that are missing, broken, or several."""

from __future__ import annotations

from dataclasses import replace

from reader.errors import EngineUnavailable, VoiceNotInstalled
from reader.speech.engine import VoiceId
from reader.speech.flux import hop_frames
from reader.speech.speech_events import (
    AudioReady,
    ProcessState,
    SpeechStopped,
    VoiceReady,
)
from tests.fakes.speech_worker import (
    BROKEN_VOICE,
    DEADLY_VOICE,
    OTHER_SAMPLE_RATE,
    OTHER_VOICE,
    SAMPLE_RATE,
    VOICE,
    WORD_FRAMES,
)
from tests.fakes.spoken_utterances import utterance_of
from tests.speech.obedient_speech import ObedientSpeech


def test_a_voice_that_is_not_there_is_told_and_another_may_be_started(
    speech: ObedientSpeech,
) -> None:
    speech.synthesiser.start(VoiceId("fake:none"))
    speech.events.wait_for_count(SpeechStopped, 1)
    speech.synthesiser.start(BROKEN_VOICE)
    missing, broken = speech.events.wait_for_count(SpeechStopped, 2)
    assert isinstance(missing.error, VoiceNotInstalled)
    assert isinstance(broken.error, EngineUnavailable)
    assert broken.error.reason == "it is broken"
    speech.synthesiser.start(VOICE)
    speech.ask("one")
    assert speech.wait_for_answers(1) == [(1, 0, "audio")]
    assert not speech.pids(ProcessState.DIED)


def test_an_utterance_with_a_voice_of_its_own_is_said_by_it(speech: ObedientSpeech) -> None:
    speech.synthesiser.request(1, 0, replace(utterance_of("Eins."), voice=OTHER_VOICE))
    speech.ask("Two.", first=1)
    assert [answer[:2] for answer in speech.wait_for_answers(2)] == [(1, 0), (1, 1)]
    assert [event.voice for event in speech.events.all_of(VoiceReady)][-2:] == [OTHER_VOICE, VOICE]


def test_what_another_voice_says_comes_at_the_rate_of_the_one_that_reads(
    speech: ObedientSpeech,
) -> None:
    speech.ask("Text.")
    aside = replace(utterance_of("An aside."), voice=OTHER_VOICE)
    speech.synthesiser.request(1, 1, aside)
    speech.wait_for_answers(2)
    _text, spoken = speech.events.all_of(AudioReady)
    assert spoken.audio.sample_rate == SAMPLE_RATE
    assert spoken.audio.frame_count == 2 * 2 * WORD_FRAMES  # at half the rate there are half of it
    assert [word.first_frame for word in spoken.audio.words] == [0, 2 * WORD_FRAMES]
    assert len(spoken.audio.flux) == spoken.audio.frame_count / hop_frames(SAMPLE_RATE)


def test_so_it_does_where_another_voice_begins(speech: ObedientSpeech) -> None:
    speech.synthesiser.request(1, 0, replace(utterance_of("An aside."), voice=OTHER_VOICE))
    speech.ask("Text.", first=1)
    speech.wait_for_answers(2)
    assert [event.audio.sample_rate for event in speech.events.all_of(AudioReady)] == [
        SAMPLE_RATE, SAMPLE_RATE
    ]  # fmt: skip


def test_so_it_does_where_another_voice_begins_just_after_the_one_that_reads_was_changed(
    speech: ObedientSpeech,
) -> None:
    speech.ask("slow")
    speech.wait_until_asked("slow")
    speech.synthesiser.start(OTHER_VOICE)
    speech.synthesiser.request(2, 0, replace(utterance_of("An aside."), voice=VOICE))
    speech.ask("Text.", generation=2, first=1)
    speech.synthesiser.drop_before(2)
    speech.wait_for_answers(2)
    assert [event.audio.sample_rate for event in speech.events.all_of(AudioReady)] == [
        OTHER_SAMPLE_RATE, OTHER_SAMPLE_RATE
    ]  # fmt: skip


def test_so_it_does_where_what_is_read_was_kept_and_the_voice_has_not_spoken(
    speech: ObedientSpeech,
) -> None:
    speech.synthesiser.reads_at(SAMPLE_RATE)
    speech.synthesiser.request(1, 0, replace(utterance_of("An aside."), voice=OTHER_VOICE))
    speech.wait_for_answers(1)
    (spoken,) = speech.events.all_of(AudioReady)
    assert spoken.audio.sample_rate == SAMPLE_RATE


def test_what_a_refused_voice_was_to_say_is_said_by_the_one_that_reads(
    speech: ObedientSpeech,
) -> None:
    speech.synthesiser.request(1, 0, replace(utterance_of("Eins."), voice=BROKEN_VOICE))
    speech.synthesiser.request(1, 1, replace(utterance_of("Zwei."), voice=BROKEN_VOICE))
    assert [answer[:2] for answer in speech.wait_for_answers(2)] == [(1, 0), (1, 1)]
    assert not speech.events.all_of(SpeechStopped)


def test_a_second_voice_that_kills_the_process_is_done_without_and_the_text_is_read(
    speech: ObedientSpeech,
) -> None:
    speech.synthesiser.request(1, 0, replace(utterance_of("Aside."), voice=DEADLY_VOICE))
    speech.ask("Text.", first=1)
    speech.synthesiser.request(1, 2, replace(utterance_of("Another."), voice=DEADLY_VOICE))
    assert speech.wait_for_answers(3) == [(1, number, "audio") for number in range(3)]
    assert speech.asked() == ["Aside.", "Text.", "Another."]
    assert not speech.events.all_of(SpeechStopped)
    assert len(speech.pids(ProcessState.DIED)) == 1
