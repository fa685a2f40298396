"""Whatever a listener does, and however soon again, what the device plays has no step in it.

The voice says nothing but a level sound, so that each step heard would be one of ours.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import replace
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.playback.player import Player
from reader.playback.sleep import SleepAfter
from reader.playback.steps import Step
from reader.playback.stream.frame_source import FADE_S
from reader.speech.engine import HeardWord, Precision, Utterance, UtteranceAudio, VoiceId
from reader.speech.flux import USUAL, hop_frames
from reader.speech.speech_events import AudioBegun, AudioReady
from reader.text.document import Place, Span
from tests.fakes.scripted_speech import SAMPLE_RATE, WORD_FRAMES, ScriptedSpeech
from tests.playback.player_room import Room

LOUD = 10_000
FLUX = bytes([USUAL]) * 6 + b"\x90\x60\xa0" + bytes(14) + bytes([USUAL]) * 7
"""Of an utterance of three words, of which all but the ends may be hurried, and a part be cut."""
END_FRAMES = round(0.005 * SAMPLE_RATE)
"""Over which speech comes and goes at the ends of an utterance, as `pcm.with_soft_ends` has it."""


class LevelSpeech(ScriptedSpeech):
    """Says every utterance as a level sound whose ends are soft."""

    def answer(self) -> AudioReady:
        """Take the oldest request and say it."""
        generation, number, utterance = self.requests.pop(0)
        return AudioReady(generation, number, self._speak(utterance))

    def begin_frames(self, frame_count: int) -> AudioBegun:
        """Say so many frames of the oldest request."""
        generation, number, utterance = self.requests[0]
        whole = self._speak(utterance)
        begun = replace(
            whole,
            pcm=whole.pcm[: 2 * frame_count],
            words=tuple(word for word in whole.words if word.end_frame <= frame_count),
            is_whole=False,
        )
        return AudioBegun(generation, number, begun)

    def _speak(self, utterance: Utterance) -> UtteranceAudio:
        section, frame_count = utterance.span.section, WORD_FRAMES * len(utterance.pieces)
        words = tuple(
            HeardWord(
                Span(section, piece.source_start, piece.source_end),
                index * WORD_FRAMES,
                (index + 1) * WORD_FRAMES,
            )
            for index, piece in enumerate(utterance.pieces)
        )
        ends = [
            min(1.0, k / END_FRAMES, (frame_count - 1 - k) / END_FRAMES) for k in range(frame_count)
        ]
        pcm = array("h", [round(LOUD * end) for end in ends]).tobytes()
        hop_count = -(-frame_count // hop_frames(self.sample_rate))
        flux = FLUX[:: self.sample_rate // SAMPLE_RATE][:hop_count]  # as many frames at each rate
        return UtteranceAudio(utterance, pcm, self.sample_rate, words, Precision.WORD, flux)


class LevelRoom(Room):
    """A room in which a level sound is spoken, and time passes in steps of its own choice."""

    def __init__(self) -> None:
        super().__init__(sentences=12)
        self.speech: LevelSpeech = LevelSpeech()
        self.player = Player(self.speech, self.output, self.told, lambda: self.now_s)
        self.player.set_voice(VoiceId("scripted:one"))
        self.player.open(self.plan.document, self.plan, Place(0, 0))

    def pass_frames(self, frame_count: int) -> None:
        """Let the device play so many frames, then tick."""
        self.answer_all()
        self._pass_frames(frame_count)

    def begin(self, begun_frames: int) -> None:
        """Let what comes first of the next utterance be played, and then silence."""
        if self.speech.requests:
            self.player.on_speech_event(self.speech.begin_frames(begun_frames))
        self._pass_frames(begun_frames + 150)

    def _pass_frames(self, frame_count: int) -> None:
        self.now_s += frame_count / SAMPLE_RATE
        self.output.play(frame_count)
        if self.told.are_ticks_wanted:
            self.player.tick()

    def act(self, action: str, number: int) -> None:
        """Do what a listener may do."""
        player = self.player
        match action:
            case "wait":
                self.pass_frames(number)
            case "begin":
                self.begin(number)
            case "speed":
                player.set_speed(number / 10)
            case "seek":
                player.move_to(self.plan.words()[number].first_place)
            case "play from":
                player.play_from(self.plan.words()[number].first_place)
            case "voice":
                self.speech.sample_rate = SAMPLE_RATE * number
                player.set_voice(VoiceId(f"scripted:{number}"))
            case "sleep":
                player.set_sleep(SleepAfter(number / 10))
            case "step":
                player.step(_STEPS[number])
            case _:
                getattr(player, action)()


_COMMANDS = ("toggle", "play")
_STEPS = (Step.NEXT_SENTENCE, Step.PREVIOUS_SENTENCE, Step.NEXT_PARAGRAPH)
_ACTIONS = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from((1, 10, 30, 80, 80, 400, 3000))),
    st.tuples(st.just("begin"), st.sampled_from((90, 300, 601))),
    st.tuples(st.sampled_from(_COMMANDS), st.just(0)),
    st.tuples(st.just("step"), st.sampled_from(range(len(_STEPS)))),
    st.tuples(st.sampled_from(("seek", "play from")), st.integers(0, 35)),
    st.tuples(st.just("speed"), st.sampled_from((5, 10, 10, 15, 20, 25, 30, 40))),
    st.tuples(st.just("voice"), st.sampled_from((1, 2))),
    st.tuples(st.just("sleep"), st.sampled_from((1, 20, 60))),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_ACTIONS, max_size=40))
@example([("speed", 5), ("voice", 1), ("begin", 90)])  # the rest comes as what began has faded
def test_nothing_a_listener_does_clicks(actions: list[tuple[str, int]]) -> None:
    room = LevelRoom()
    fastest = 1.0
    for action, number in [("play", 0), ("wait", 400), *actions, ("wait", 3000)]:
        room.act(action, number)
        fastest = max(fastest, room.player.speed)
    steepest_fade = math.pi / 2 * LOUD / (FADE_S * SAMPLE_RATE)
    # the ends of an utterance are steeper by the speed, and two or three times that where they
    # are overlapped
    steepest_end = (2 if fastest <= 2 else 4) * fastest * LOUD / END_FRAMES
    heard = array("h", room.output.played)
    assert max(abs(b - a) for a, b in pairwise([0, *heard])) <= steepest_fade + steepest_end
