"""Reads a text aloud: the state machine between the voice, the sound device and the reader.

It has no thread and no timer of its own. Everything here runs on the one thread that calls it
(the window's); only the frame source is shared with the device's thread, behind its own lock.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import assert_never

from reader.errors import AudioDeviceMissing, SottovoceError, SynthesisFailed
from reader.playback.moves import Moves
from reader.playback.options import PlaybackOptions
from reader.playback.player_view import PlayerView
from reader.playback.playhead import Playhead
from reader.playback.progress import AtEnd, AtStop, AwaitsVoice, CannotBeSaid, Sounds
from reader.playback.reading_line import TextPlan
from reader.playback.sleep import Sleep
from reader.playback.states import (
    Empty,
    Paused,
    PlayerListener,
    PlayerState,
    Playing,
    Preparing,
    Stopped,
)
from reader.playback.steps import Step, place_after
from reader.playback.stream.device_in_use import DeviceInUse
from reader.playback.stream.output import (
    AudioOutput,
    DeviceEvent,
    DeviceFound,
    DeviceLost,
    DeviceRanDry,
)
from reader.playback.stream.stretch import MAX_SPEED, MIN_SPEED
from reader.playback.study import Study
from reader.playback.ticking import Ticking
from reader.playback.voice_in_use import VoiceInUse
from reader.speech.engine import VoiceId
from reader.speech.planning.heard_notes import HeardNotes
from reader.speech.speaking import SpeechSource
from reader.speech.speech_events import (
    AudioBegun,
    AudioReady,
    ProcessChanged,
    SpeechEvent,
    SpeechStopped,
    UtteranceFailed,
    VoiceMeasured,
    VoiceReady,
)
from reader.text.document import Document, Place

LOOK_AHEAD_S = 15.0
"""How much listening is kept ahead while playing."""

LOOK_AHEAD_AT_REST_S = 6.0
"""The same while nothing plays: sound starts at once, and little is spoken in vain."""


class Player(PlayerView):
    """Plays a text from a place on, sentence after sentence, and tells what is heard.

    It decides whether it plays, waits for the voice, pauses or has stopped, and nothing else: the
    playhead knows where the sound is, `Moves` how one gets to a place, `VoiceInUse` whether the
    voice works, and `Bedtime` when it is time to sleep.
    """

    def __init__(
        self,
        speech: SpeechSource,
        output: AudioOutput,
        listener: PlayerListener,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(Playhead(speech, output, listener))
        self._listener, self._clock = listener, clock
        self._device, self._ticking = DeviceInUse(output, clock), Ticking(listener, clock)
        self._line, self._delivery = self._head.line, self._head.delivery
        self._hearing = self._head.hearing
        self._voice = VoiceInUse(speech, self._line)
        self._moves = Moves(self._head, self._voice, clock, self._on_entered)
        self._options = PlaybackOptions()
        self._is_wanted = False  # the user wants to hear something: Preparing or Playing

    # -- what it is asked to do ------------------------------------------------------------

    def open(self, document: Document, plan: TextPlan, place: Place) -> None:
        """Take up a text at a place, without playing; what lies there is asked for at once."""
        self._halt()
        self._head.open(document, plan)
        self._moves.forget_pause()
        self._hearing.show(None, None)
        self._set_state(Paused())
        self._hearing.move(place)
        self._moves.enter_anew(place)
        self._update_ticks()

    def change_plan(self, plan: TextPlan) -> None:
        """Say the rest of the text by another plan; what stays the same isn't spoken again."""
        if self._head.plan is None:
            return
        if not self._moves.is_waiting and self._head.change_plan(plan):
            self._look_ahead()
        else:
            self._head.plan = plan
            self._moves.settle(anew=True)
        self._update_ticks()

    def set_notes(self, notes: HeardNotes) -> None:
        """Tell of these notes of the text from now on; a text that is opened has none yet."""
        if self._head.plan is not None:
            self._head.change_notes(notes)
            self._look_ahead()

    def close(self) -> None:
        """Let go of the text and fall silent; voice and device are left to their owners."""
        self._halt()
        self._head.close()
        self._hearing.show(None, None)
        self._set_state(Empty())
        self._update_ticks()

    def play(self) -> None:
        """Play on from the place; from the beginning if nothing of the text is left there."""
        match self._state:
            case Empty() | Preparing() | Playing():
                return
            case Paused(is_at_end=is_at_end):
                if is_at_end or self._head.sentence_at(self.place) is None:
                    self._hearing.move(Place(0, 0))
                    self._moves.enter(self.place)
            case Stopped():
                self._moves.enter_anew(self.place)
            case _:
                assert_never(self._state)
        if not self._device.wake():
            self._set_state(Paused(AudioDeviceMissing()))
            return
        self._voice.recall()
        if self._options.rewinds:
            self._moves.go_back_after_pause()
        else:
            self._moves.forget_pause()
        if self._delivery.failures_ahead() and self._delivery.is_heard_out():
            self._moves.enter_anew(self.place)
        if self._moves.is_waiting:
            self._moves.settle()
        self._is_wanted = True
        self._delivery.set_level(1.0)  # it may have faded away the last time
        self._delivery.flow()
        self._look_ahead()
        self._set_state(Preparing() if self._delivery.is_heard_out() else Playing())
        self._update_ticks()

    def pause(self) -> None:
        """Fall silent; the next `play` goes on with the very next frame, or a little earlier."""
        if not self._is_wanted:
            return
        self._halt(keep_audio=True)
        self._moves.note_pause()
        if self._bedtime.is_fading:
            self.set_sleep(None)
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

    def expect(self, place: Place) -> None:
        """Get ready to play from a place, while nothing plays: that may be asked for next."""
        is_at_rest = isinstance(self._state, Paused) and not self._moves.is_waiting
        if is_at_rest and self._voice.error is None:
            self._head.expect(place)

    def move_to(self, place: Place) -> None:
        """Go to the word at or after `place`; play on if it plays, else show where it is."""
        self._move_to(place, may_wait=False)

    def step(self, step: Step) -> None:
        """Go a sentence or a paragraph on or back."""
        if (plan := self._head.plan) is not None:
            place = place_after(step, self.place, plan, is_in_note=self.note is not None)
            if place is not None:
                self._move_to(place, may_wait=True)

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
        if not self._voice.change(voice):
            return
        if self._head.plan is not None:
            if isinstance(self._state, Stopped):
                self._set_state(Paused())
            self._moves.enter_anew(self.place)
            self._update_ticks()

    def set_sleep(self, sleep: Sleep | None) -> None:
        """Stop by itself then; None: don't."""
        self._bedtime.set(sleep)
        if self._is_wanted:  # else the last frames, still fading, would be loud again
            self._delivery.set_level(1.0)
        self._look_ahead()

    def begin_study(self, study: Study) -> None:
        """Play sentence by sentence, each several times, from the one it begins with."""
        start = self.place if study.within is None else study.within.first_place
        sentence = self._head.sentence_at(start)
        if sentence is not None:
            self._head.study = study
            self._move_to(sentence.first_place, may_wait=False, shows_word=False, anew=True)
            self.play()

    def end_study(self) -> None:
        """Read on from the word being heard, each sentence once."""
        if self._head.study is not None:
            self._head.study = None
            self._moves.enter_anew(self.place)
            self._update_ticks()

    # -- what it is told -------------------------------------------------------------------

    def on_speech_event(self, event: SpeechEvent) -> None:
        """Take what the voice has to say; answers to older questions are dropped."""
        match event:
            case AudioBegun():
                item = self._line.take_beginning(event)
            case AudioReady():
                item = self._line.take_audio(event)
                if item is not None and item.take.note is None:
                    self._pace.learn(event.audio, self._options.pauses)
            case UtteranceFailed():
                item = self._line.take_failure(event)
            case SpeechStopped(error=error):
                self._on_speech_stopped(error)
                return
            case VoiceReady() | VoiceMeasured() | ProcessChanged():
                return  # the synthesiser asks a new process again for what is unanswered
            case _:
                assert_never(event)
        if not self._moves.is_waiting:
            self._look_ahead()
            if item is not None:
                self._check_progress()

    def on_device_changed(self, event: DeviceEvent) -> None:
        """Pause when the device goes; when there is one again, wait to be asked."""
        match event:
            case DeviceLost():
                if self._is_wanted:
                    self._halt(keep_audio=True)
                    self._moves.note_pause()
                    self._moves.begin_again()
                    self._set_state(Paused(AudioDeviceMissing()))
            case DeviceFound():
                if self._is_wanted:
                    self._moves.begin_again()
                elif isinstance(self._state, Paused) and self._state.reason is not None:
                    self._set_state(Paused(is_at_end=self._state.is_at_end))
                    if self._device.is_still_asked_for:
                        self.play()
            case DeviceRanDry():
                return  # it goes on by itself, and what is heard is known all the same
            case _:
                assert_never(event)
        self._update_ticks()

    def tick(self) -> None:
        """Tell what has been heard since the last time; to be called every 10 ms or so."""
        if self._moves.settle_in_time():
            self._show_place()
        elif not self._moves.is_waiting:
            if self._head.follow():
                self._look_ahead()
            self._check_progress()
        self._count_down()
        self._update_ticks()

    # -- moving ----------------------------------------------------------------------------

    def _move_to(
        self, place: Place, *, may_wait: bool, shows_word: bool = True, anew: bool = False
    ) -> None:
        """Go somewhere else; `may_wait`: another move may follow at once, only the last counts."""
        if self._head.plan is None:
            return
        if not self._is_wanted:
            self._set_state(Paused())
        if self._moves.go_to(place, may_wait=may_wait, anew=anew) and shows_word:
            self._show_place()
        self._update_ticks()

    def _show_place(self) -> None:
        """Show where one is; while it plays the word heard shows it soon enough."""
        if not self._is_wanted:
            self._head.show_place()

    def _on_entered(self) -> None:
        self._look_ahead()
        if self._is_wanted:
            self._set_state(Preparing() if self._delivery.is_heard_out() else Playing())

    def _halt(self, *, keep_audio: bool = False) -> None:
        self._is_wanted = False
        self._ticking.linger()
        self._delivery.hold()
        if not keep_audio:
            self._moves.stay()
            self._head.leave()

    # -- audio in and out ------------------------------------------------------------------

    def _look_ahead(self) -> None:
        """See that enough is asked for, and give the source what is there."""
        if not self._moves.is_waiting:
            wanted_s = LOOK_AHEAD_S if self._is_wanted else LOOK_AHEAD_AT_REST_S
            self._head.look_ahead(wanted_s * self._speed, asks=self._voice.error is None)

    def _on_speech_stopped(self, error: SottovoceError) -> None:
        self._voice.error = error
        is_silent = not self._is_wanted and self._delivery.is_heard_out()
        if is_silent and isinstance(self._state, Paused):
            self._set_state(Stopped(error))
        self._check_progress()

    def _check_progress(self) -> None:
        """See whether the sound goes on, waits for the voice, or has come to an end."""
        if not self._is_wanted or self._moves.is_waiting:
            return
        match self._head.go_on():
            case Sounds():
                self._set_state(Playing())
            case AwaitsVoice():
                error = self._voice.error
                if error is None:
                    self._set_state(Preparing())
                else:
                    self._end(Stopped(error))
            case AtStop(place):
                self._wait_at(place)
            case AtEnd():
                self._end(Paused(is_at_end=True))
                self.set_sleep(None)
                self._hearing.show(None, None)
            case CannotBeSaid(reason):
                self._end(Stopped(SynthesisFailed(reason)))
            case _ as never:
                assert_never(never)

    def _count_down(self) -> None:
        """Fade away and pause when it is time to sleep."""
        level = self._bedtime.count(self._clock(), is_playing=isinstance(self._state, Playing))
        if level == 0.0:
            self.pause()
        elif level is not None and self._is_wanted:
            self._delivery.set_level(level)

    def _wait_at(self, place: Place) -> None:
        """Pause at the start of what comes next."""
        self._halt()
        self.set_sleep(None)
        self._move_to(place, may_wait=False)

    def _end(self, state: PlayerState) -> None:
        self._halt()
        self._set_state(state)

    # -- telling ---------------------------------------------------------------------------

    def _set_state(self, state: PlayerState) -> None:
        if state != self._state:
            self._state = state
            self._listener.state_changed(state)

    def _update_ticks(self) -> None:
        self._ticking.update(is_moving=self._is_wanted or self._moves.is_waiting)
