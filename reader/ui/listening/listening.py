"""Between the player and the window: keys become playing, what is heard becomes light."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from reader.app.trace import Trace
from reader.playback.player import Player
from reader.playback.states import Empty, Paused, PlayerState, Playing, Preparing, Stopped
from reader.speech.planning.heard_notes import HeardNote
from reader.speech.speech_events import ProcessChanged, SpeechEvent, SpeechStopped, VoiceReady
from reader.text.document import Place, Span
from reader.ui.view.decorations import Decoration, Role
from reader.ui.view.reading_view import ReadingView

TICK_MS = 10
"""How often the word clock is read while sound plays: a word is lit at most this late."""

TIMES_MS = 500
"""How often the times shown are brought up to date while sound plays."""


class Listening(QObject):
    """Lights what is heard, follows it with the view, and keeps the player ticking while it must.

    It is the player's listener (`reader.playback.states.PlayerListener`).
    """

    player_changed = Signal(object)
    """PlayerState."""
    word_lit = Signal(object)
    """Span of the word heard, or None."""
    note_lit = Signal(object)
    """HeardNote whose note is being read, None when the text is read again."""
    passed_over = Signal(object, str)
    """Span of what the voice could not say, and why."""
    times_changed = Signal(float, float)
    """Seconds read and seconds left at the present speed."""
    strayed = Signal(bool)
    """Whether the voice reads elsewhere than the user looks."""
    place_reached = Signal(object)
    """Place: worth keeping, for the voice has come to rest there or begins a sentence there."""
    failed = Signal(object)
    """SottovoceError: why nothing is heard."""
    heard_again = Signal()
    """Sound is heard: whatever was wrong is over."""

    def __init__(self, view: ReadingView, trace: Trace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._trace = trace
        self._player: Player | None = None
        self._state: PlayerState = Empty()
        self._word: Span | None = None
        self.sentence: Span | None = None
        self._may_follow = self._is_following = True
        self._ticking = QTimer(self, interval=TICK_MS)
        self._ticking.setTimerType(Qt.TimerType.PreciseTimer)
        self._telling = QTimer(self, interval=TIMES_MS)
        self._telling.timeout.connect(self.tell_times)
        self._pointed: Place | None = None
        view.user_scrolled.connect(self._on_user_scrolled)
        view.caret_moved.connect(self._on_caret_moved)

    @property
    def word(self) -> Span | None:
        """The word that is lit."""
        return self._word

    @property
    def pointed(self) -> Place | None:
        """Where the reader has put the caret since the voice fell silent; None if nowhere."""
        return self._pointed if self._pointed == self._view.caret else None

    def attach(self, player: Player) -> None:
        """Keep this player ticking from now on."""
        self._player = player
        self._ticking.timeout.connect(player.tick)

    def set_following(self, may_follow: bool) -> None:
        """Follow the voice whenever it begins to read, or only when asked to."""
        if may_follow != self._may_follow:
            self._may_follow = self._is_following = may_follow
            self._tell_straying()

    def follow_again(self, place: Place | None = None) -> None:
        """Go to where the voice is, or is about to be, and with it from now on."""
        self._is_following = True
        self._tell_straying()
        if place is None and self._word is not None:
            place = self._word.first_place
        if place is not None:
            self._view.scroll_to(place, is_jump=False)

    def stop_following(self) -> None:
        """Stay where the view is until the voice comes there, which it is about to."""
        self._is_following = False

    def tell_times(self) -> None:
        """Tell how much was read and how much is left."""
        if self._player is not None:
            self.times_changed.emit(self._player.elapsed_s, self._player.left_s)

    def on_speech_event(self, event: SpeechEvent) -> None:
        """Write down what became of the speech process, and hand everything to the player."""
        match event:
            case ProcessChanged(pid=pid, state=state):
                self._trace.record("speech_process", pid=pid, state=str(state))
            case VoiceReady(voice=voice):
                self._trace.record("voice_ready", voice=voice)
            case SpeechStopped(error=error):
                self._trace.record("speech_stopped", reason=repr(error))
        if self._player is not None:
            self._player.on_speech_event(event)

    # What the player tells

    def state_changed(self, state: PlayerState) -> None:
        before, self._state = self._state, state
        is_on, was_on = _is_on(state), _is_on(before)
        if is_on != was_on:
            self._trace.record("play" if is_on else "pause")
        if is_on and not was_on:
            self._is_following = self._may_follow
            self._telling.start()
        elif was_on and not is_on:
            self._telling.stop()
            self._tell_place()
        self._tell_straying()
        self.player_changed.emit(state)
        self.tell_times()
        match state:
            case Stopped(reason=reason):
                self.failed.emit(reason)
            case Paused(reason=reason) if reason is not None:
                self.failed.emit(reason)
            case Empty() | Preparing() | Playing() | Paused():
                pass
            case _:
                assert_never(state)

    def word_heard(self, span: Span | None) -> None:
        self._word = span
        lit = () if span is None else (Decoration(span, Role.WORD),)
        self._view.decorate("spoken-word", lit)
        if span is not None:
            self._pointed = None
            self._trace.record("word", section=span.section, start=span.start, end=span.end)
            if self._is_following:
                self._view.follow(span)
        self.word_lit.emit(span)

    def sentence_heard(self, span: Span | None) -> None:
        self.sentence, self._pointed = span, None
        self._light_sentence(span)
        self._tell_place()
        self.tell_times()  # at rest nothing else does: a jump is seen on the progress line

    def _light_sentence(self, span: Span | None) -> None:
        lit = () if span is None else (Decoration(span, Role.SENTENCE),)
        self._view.decorate("sentence", lit)

    def note_heard(self, passage: HeardNote | None) -> None:
        if passage is None:
            self._light_sentence(self.sentence)
        else:
            self._trace.record("note", id=passage.note)
            self._view.decorate("spoken-word", ())
            if not passage.span.is_empty:
                self._light_sentence(passage.span)
            if self._is_following:
                self._view.follow(passage.span)
        self.note_lit.emit(passage)

    def note_skipped(self, passage: HeardNote, reason: str) -> None:
        self._trace.record("note_skipped", id=passage.note, reason=reason)

    def sounding(self) -> None:
        self._trace.record("sounding")
        self.heard_again.emit()

    def sentence_skipped(self, span: Span, reason: str) -> None:
        self._trace.record(
            "skipped", section=span.section, start=span.start, end=span.end, reason=reason
        )
        self.passed_over.emit(span, reason)

    def ticks_wanted(self, are_wanted: bool) -> None:
        if are_wanted:
            self._ticking.start()
        else:
            self._ticking.stop()

    def _on_caret_moved(self) -> None:
        self._pointed = None if _is_on(self._state) else self._view.caret

    def _on_user_scrolled(self) -> None:
        self._is_following = False
        self._tell_straying()

    def _tell_straying(self) -> None:
        self.strayed.emit(_is_on(self._state) and not self._is_following)

    def _tell_place(self) -> None:
        if self._player is not None and self._player.place is not None:
            self.place_reached.emit(self._player.place)


def _is_on(state: PlayerState) -> bool:
    """Whether the user has asked for sound."""
    return isinstance(state, (Playing, Preparing))
