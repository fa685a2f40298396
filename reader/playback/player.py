"""Reads a text aloud: the state machine between the voice, the sound device and the reader.

It has no thread and no timer of its own. Everything here runs on the one thread that calls it
(the window's); only the frame source is shared with the device's thread, behind its own lock.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import assert_never

from reader.errors import AudioDeviceMissing, SottovoceError, SynthesisFailed
from reader.playback.delivery import Delivery
from reader.playback.hearing import Hearing
from reader.playback.options import PlaybackOptions
from reader.playback.output import AudioOutput, DeviceEvent, DeviceFound, DeviceLost
from reader.playback.pace import Pace
from reader.playback.reading_line import (
    FAILURES_IN_A_ROW,
    LineItem,
    ReadingLine,
    SpeechSource,
    TextPlan,
)
from reader.playback.rewind import place_after_pause
from reader.playback.states import (
    Empty,
    Paused,
    PlayerListener,
    PlayerState,
    Playing,
    Preparing,
    Stopped,
)
from reader.playback.stretch import MAX_SPEED, MIN_SPEED
from reader.playback.word_clock import first_word_index
from reader.speech.engine import VoiceId
from reader.speech.synthesiser import (
    AudioReady,
    ProcessChanged,
    SpeechEvent,
    SpeechStopped,
    UtteranceFailed,
    VoiceReady,
)
from reader.text.document import Document, Place, Span

LOOK_AHEAD_S = 15.0
"""How much listening is kept ahead while playing."""

LOOK_AHEAD_AT_REST_S = 6.0
"""The same while nothing plays: sound starts at once, and little is spoken in vain."""

SKIP_SETTLES_S = 0.12
"""How long after a skip to audio that isn't there the voice is asked: the next one may follow."""

_SKIPS_ARE_ONE_BURST_S = 0.3
_TAIL_S = 0.5  # what was given to the device before a pause has been heard by then, and told


class Player:
    """Plays a text from a place on, sentence after sentence, and tells what is heard."""

    def __init__(
        self,
        speech: SpeechSource,
        output: AudioOutput,
        listener: PlayerListener,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._speech, self._output, self._listener, self._clock = speech, output, listener, clock
        self._state: PlayerState = Empty()
        self._line = ReadingLine(speech)
        self._delivery = Delivery(self._line, output)
        self._hearing = Hearing(self._line, self._delivery, listener)
        self._pace = Pace()
        self._document: Document | None = None
        self._plan: TextPlan | None = None
        self._voice: VoiceId | None = None
        self._speech_error: SottovoceError | None = None
        self._speed = 1.0
        self._is_wanted = False  # the user wants to hear something: Preparing or Playing
        self._are_ticks_wanted = False
        self._ticks_until = 0.0
        self._last_skip = float("-inf")
        self._skip_due: float | None = None
        self._options = PlaybackOptions()
        self._paused_at: float | None = None  # where what was heard last is where it goes on

    # -- what it is doing ------------------------------------------------------------------

    @property
    def state(self) -> PlayerState:
        """What it is doing now."""
        return self._state

    @property
    def place(self) -> Place:
        """The start of the word heard last, or where the last move led."""
        return self._hearing.place

    @property
    def speed(self) -> float:
        """How fast it plays; 1.0 is the voice's own pace."""
        return self._speed

    @property
    def elapsed_s(self) -> float:
        """About how long the text before the place takes at the current speed."""
        return self._pace.seconds_before(self._document, self.place) / self._speed

    @property
    def left_s(self) -> float:
        """About how long the rest of the text takes at the current speed."""
        return self._pace.seconds_after(self._document, self.place) / self._speed

    def sentence_just_heard(self) -> Span | None:
        """Return the sentence that somebody means who wants to keep what was just heard."""
        heard = self._hearing.sentence_just_heard(self._speed)
        if heard is None and self._plan is not None:
            return self._plan.sentence_at(self.place)
        return heard

    # -- what it is asked to do ------------------------------------------------------------

    def open(self, document: Document, plan: TextPlan, place: Place) -> None:
        """Take up a text at a place, without playing; what lies there is asked for at once."""
        self._halt()
        self._document, self._plan = document, plan
        self._paused_at = None
        self._pace.forget_text()
        self._hearing.show(None, None)
        self._set_state(Paused())
        self._hearing.move(place)
        self._enter_anew(place)
        self._update_ticks()

    def close(self) -> None:
        """Let go of the text and fall silent; voice and device are left to their owners."""
        self._halt()
        self._line.restart(iter(()))
        self._document = self._plan = None
        self._hearing.show(None, None)
        self._set_state(Empty())
        self._update_ticks()

    def play(self) -> None:
        """Play on from the place; from the beginning if the text was read to its end."""
        match self._state:
            case Empty() | Preparing() | Playing():
                return
            case Paused(is_at_end=is_at_end):
                if is_at_end:
                    self._hearing.move(Place(0, 0))
                    self._enter(self.place)
            case Stopped():
                self._enter_anew(self.place)
            case _:
                assert_never(self._state)
        self._output.wake()
        if not self._output.is_available:
            self._set_state(Paused(AudioDeviceMissing()))
            return
        self._recall_voice()
        self._rewind()
        if self._delivery.failures_ahead() and self._delivery.is_heard_out():
            self._enter_anew(self.place)
        if self._skip_due is not None:
            self._settle_skip()
        self._is_wanted = True
        self._delivery.flow()
        self._look_ahead()
        self._set_state(Preparing() if self._delivery.is_heard_out() else Playing())
        self._update_ticks()

    def pause(self) -> None:
        """Fall silent; the next `play` goes on with the very next frame, or a little earlier."""
        if not self._is_wanted:
            return
        self._halt(keep_audio=True)
        self._paused_at = self._clock()
        self._set_state(Paused())
        self._update_ticks()

    def toggle(self) -> None:
        """Pause if it plays or is about to, else play."""
        if self._is_wanted:
            self.pause()
        else:
            self.play()

    def play_from(self, place: Place) -> None:
        """Play from the word at or after `place`."""
        self._move_to(place, may_wait=False, shows_word=False)
        self.play()

    def move_to(self, place: Place) -> None:
        """Go to the word at or after `place`; play on if it plays, else show where it is."""
        self._move_to(place, may_wait=False)

    def next_sentence(self) -> None:
        """Go to the start of the next sentence, if there is one."""
        if self._plan is not None:
            self._skip_to(self._plan.sentence_after(self.place))

    def previous_sentence(self) -> None:
        """Go to the start of the sentence before; in the first one, to its start."""
        if self._plan is not None:
            before = self._plan.sentence_before(self.place)
            self._skip_to(before or self._plan.sentence_at(self.place))

    def next_paragraph(self) -> None:
        """Go to the start of the next paragraph, if there is one."""
        if self._plan is not None:
            self._skip_to(self._plan.paragraph_after(self.place))

    def previous_paragraph(self) -> None:
        """Go to the start of the paragraph before; in the first one, to the text's start."""
        if self._plan is not None:
            before = self._plan.paragraph_before(self.place)
            self._skip_to(before or self._plan.sentence_at(Place(0, 0)))

    def set_speed(self, speed: float) -> None:
        """Play faster or slower from now on, between 0.5 and 4."""
        self._speed = min(MAX_SPEED, max(MIN_SPEED, speed))
        self._delivery.set_speed(self._speed)
        self._look_ahead()

    def set_options(self, options: PlaybackOptions) -> None:
        """Play in this way from now on; what was given to the device already is played as it is."""
        self._options = options
        self._delivery.pauses = options.pauses

    def set_voice(self, voice: VoiceId) -> None:
        """Speak with another voice, from the word being heard on."""
        if voice == self._voice and self._speech_error is None:
            return
        self._voice = voice
        self._speech_error = None
        self._speech.start(voice)
        self._line.forget_audio()
        if self._plan is not None:
            if isinstance(self._state, Stopped):
                self._set_state(Paused())
            self._enter_anew(self.place)
            self._update_ticks()

    # -- what it is told -------------------------------------------------------------------

    def on_speech_event(self, event: SpeechEvent) -> None:
        """Take what the voice has to say; answers to older questions are dropped."""
        match event:
            case AudioReady():
                item = self._line.take_audio(event)
                if item is not None:
                    self._pace.learn(event.audio)
            case UtteranceFailed():
                item = self._line.take_failure(event)
            case SpeechStopped(error=error):
                self._on_speech_stopped(error)
                return
            case VoiceReady() | ProcessChanged():
                return  # the synthesiser asks a new process again for what is unanswered
            case _:
                assert_never(event)
        if item is not None and self._skip_due is None:
            self._look_ahead()
            self._check_progress()

    def on_device_changed(self, event: DeviceEvent) -> None:
        """Pause when the device goes; when there is one again, wait to be asked."""
        match event:
            case DeviceLost():
                if self._is_wanted:
                    self._halt(keep_audio=True)
                    self._paused_at = self._clock()
                    self._wind_back()
                    self._set_state(Paused(AudioDeviceMissing()))
            case DeviceFound():
                if self._is_wanted:
                    self._wind_back()
                elif isinstance(self._state, Paused) and self._state.reason is not None:
                    self._set_state(Paused(is_at_end=self._state.is_at_end))
            case _:
                assert_never(event)
        self._update_ticks()

    def tick(self) -> None:
        """Tell what has been heard since the last time; to be called every 10 ms or so."""
        if self._skip_due is not None:
            if self._clock() >= self._skip_due:
                self._settle_skip()
                self._show_place()
        else:
            self._follow()
            self._check_progress()
        self._update_ticks()

    # -- moving ----------------------------------------------------------------------------

    def _skip_to(self, span: Span | None) -> None:
        if span is not None:
            self._move_to(span.first_place, may_wait=True)

    def _move_to(self, place: Place, *, may_wait: bool, shows_word: bool = True) -> None:
        """Go somewhere else; `may_wait`: another move may follow at once, only the last counts."""
        if self._plan is None:
            return
        now = self._clock()
        is_in_burst = may_wait and now - self._last_skip < _SKIPS_ARE_ONE_BURST_S
        self._last_skip = now if may_wait else float("-inf")
        self._paused_at = None
        self._hearing.move(place)
        if not self._is_wanted:
            self._set_state(Paused())
        self._leave_pass()
        self._hearing.show(self._plan.sentence_at(place), None)
        if may_wait and (is_in_burst or self._line.find(place) is None):
            self._skip_due = now + SKIP_SETTLES_S
        else:
            self._settle_skip()
            if shows_word:
                self._show_place()
        self._update_ticks()

    def _settle_skip(self) -> None:
        self._skip_due = None
        self._enter(self.place)

    def _show_place(self) -> None:
        """Show where one is; while it plays the word heard shows it soon enough."""
        item = self._line.item(self._delivery.enter_item)
        if item is not None and not self._is_wanted:
            self._hearing.show(item.utterance.sentence, _word_at(item, self.place))

    def _enter(self, place: Place) -> None:
        """Begin a pass at a place: with the audio that is here, if it is."""
        item = self._line.find(place)
        if item is None or item.audio is None:
            self._enter_anew(place)
            return
        index = first_word_index(item.audio.words, place)
        first_frame = item.audio.words[index].first_frame if index > 0 else 0
        self._begin_pass(item.number, first_frame, index - 1)

    def _enter_anew(self, place: Place) -> None:
        """Begin a pass at a place with a line of its own; what was asked before is dropped."""
        if self._plan is None:
            return
        self._recall_voice()
        self._line.restart(self._plan.utterances_from(place))
        self._begin_pass(0, 0, -1)

    def _begin_pass(self, item: int, frame: int, told_word: int) -> None:
        self._delivery.enter(item, frame)
        self._hearing.begin(item, frame, told_word)
        self._on_pass_begun()

    def _on_pass_begun(self) -> None:
        self._look_ahead()
        if self._is_wanted:
            self._set_state(Preparing() if self._delivery.is_heard_out() else Playing())

    def _leave_pass(self) -> None:
        self._hearing.rest()
        self._delivery.leave()

    def _rewind(self) -> None:
        """Go back a little if it has been silent for long."""
        paused_at, self._paused_at = self._paused_at, None
        sentence = None if self._plan is None else self._plan.sentence_at(self.place)
        if paused_at is None or sentence is None or not self._options.rewinds:
            return
        words = self._words_of(sentence)
        place = place_after_pause(self.place, self._clock() - paused_at, words)
        if place is not None:
            self._leave_pass()
            self._hearing.place = place
            self._enter(place)

    def _words_of(self, sentence: Span) -> list[Span]:
        """Return the words that are said of a sentence."""
        words: list[Span] = []
        if self._plan is not None:
            for utterance in self._plan.utterances_from(sentence.first_place):
                if utterance.sentence != sentence:
                    break
                section = utterance.span.section
                words += [Span(section, p.source_start, p.source_end) for p in utterance.pieces]
        return words

    def _wind_back(self) -> None:
        """Begin again at the frame heard last: what the device had since is lost."""
        if self._skip_due is None:
            self._hearing.begin_again()
            self._on_pass_begun()

    def _halt(self, *, keep_audio: bool = False) -> None:
        self._is_wanted = False
        self._ticks_until = self._clock() + _TAIL_S
        self._delivery.hold()
        if not keep_audio:
            self._skip_due = None
            self._leave_pass()

    # -- audio in --------------------------------------------------------------------------

    def _look_ahead(self) -> None:
        """See that enough is asked for, and give the source what is there."""
        wanted_s = LOOK_AHEAD_S if self._is_wanted else LOOK_AHEAD_AT_REST_S
        if self._plan is not None and self._speech_error is None and self._skip_due is None:
            self._line.look_ahead(self._hearing.item, wanted_s * self._speed)
        if self._skip_due is None:
            self._delivery.feed()

    def _recall_voice(self) -> None:
        if self._speech_error is not None and self._voice is not None:
            self._speech_error = None
            self._line.ask_again()
            self._speech.start(self._voice)

    def _on_speech_stopped(self, error: SottovoceError) -> None:
        self._speech_error = error
        if (
            not self._is_wanted
            and self._delivery.is_heard_out()
            and isinstance(self._state, Paused)
        ):
            self._set_state(Stopped(error))
        self._check_progress()

    # -- audio out -------------------------------------------------------------------------

    def _follow(self) -> None:
        if self._hearing.follow():
            self._line.forget_before(self._hearing.item)
            self._delivery.forget_before(self._hearing.item)
            self._look_ahead()

    def _check_progress(self) -> None:
        """See whether the sound goes on, waits for the voice, or has come to an end."""
        if not self._is_wanted or self._skip_due is not None:
            return
        if not self._delivery.is_heard_out():
            self._set_state(Playing())
            return
        self._hearing.follow_to_end()
        self._delivery.feed()
        if not self._delivery.is_heard_out():
            self._set_state(Playing())
        elif self._line.is_over(self._delivery.next_item):
            self._end(Paused(is_at_end=True))
            self._hearing.show(None, None)
        elif self._delivery.failures_ahead() >= FAILURES_IN_A_ROW:
            self._stop_at_failures()
        elif self._speech_error is not None:
            self._end(Stopped(self._speech_error))
        else:
            self._set_state(Preparing())

    def _stop_at_failures(self) -> None:
        item = self._line.item(self._delivery.first_failure())
        assert item is not None
        self._hearing.move(item.utterance.span.first_place)
        self._end(Stopped(SynthesisFailed(item.failure or "")))

    def _end(self, state: PlayerState) -> None:
        self._halt()
        self._set_state(state)

    # -- telling ---------------------------------------------------------------------------

    def _set_state(self, state: PlayerState) -> None:
        if state != self._state:
            self._state = state
            self._listener.state_changed(state)

    def _update_ticks(self) -> None:
        are_wanted = (
            self._is_wanted or self._skip_due is not None or self._clock() < self._ticks_until
        )
        if are_wanted != self._are_ticks_wanted:
            self._are_ticks_wanted = are_wanted
            self._listener.ticks_wanted(are_wanted)


def _word_at(item: LineItem, place: Place) -> Span | None:
    for piece in item.utterance.pieces:
        if place.offset < piece.source_end:
            return Span(item.utterance.span.section, piece.source_start, piece.source_end)
    return None
