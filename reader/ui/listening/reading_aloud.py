"""The voice of the window: the player, and the bars that show what it does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from reader.app.language_voices import base_language, voice_for_language, with_voice_for
from reader.app.playback_settings import playback_options
from reader.app.services import Services
from reader.playback.states import Paused, PlayerState, Playing, Preparing
from reader.playback.steps import Step
from reader.playback.stream.output import DeviceEvent, DeviceFound, DeviceRanDry
from reader.speech.engine import Voice, VoiceId
from reader.speech.planning.heard_notes import HeardExtent, HeardNotes
from reader.speech.planning.passages_plan import PassagesPlan
from reader.speech.planning.planner import Plan
from reader.speech.speech_events import SpeechEvent, SpeechStopped, VoiceMeasured, VoiceReady
from reader.speech.voices.speed import keeps_up
from reader.text.document import Document, Place, Section, Span
from reader.text.lazy_sections import length_of, section_at_hand
from reader.ui.background import Background
from reader.ui.desk.preferences import Preferences
from reader.ui.listening.listening import Listening
from reader.ui.listening.sound import Sound
from reader.ui.listening.speeds import stepped_speed
from reader.ui.window.main_window import MainWindow
from reader.ui.window.voice_words import words_for_id, words_for_voice
from reader.values import replaced

_PAINTED_WITHIN_MS = 40
"""After a jump: planning would take its share of the interpreter from what is painted then."""

_PLANNED_AT_ONCE = 30_000
"""Code points of a section that is looked through and planned within a frame or two."""


class ReadingAloud(QObject):
    """Made once the text has been painted: what it needs is imported with it, not before."""

    opened = Signal()
    """There is another text, or another version of it."""
    sought = Signal()
    """The voice is about to go elsewhere."""
    language_unspoken = Signal(str)
    """BCP 47 tag: passages in this language are read by the text's own voice."""
    language_told = Signal()
    """The text is in another language than it says, or than was supposed."""
    voice_measured = Signal()
    """How fast this machine speaks with the voice is known."""
    voice_is_slow = Signal(float)
    """The speed that the voice can't keep up with on this machine."""
    failed = Signal(object)
    """SottovoceError: why nothing is heard. Playing again is always possible."""
    device_found = Signal(str)
    """The name of a device to play on, after one was lost: it waits to be asked."""
    voice_changed = Signal()
    """Another voice reads from now on."""
    extent_changed = Signal()
    """`extent` gives something else."""
    heard = Signal()
    """Sound is heard: whatever was wrong is over."""
    word_lit = Signal(object)
    place_reached = Signal(object, float)
    """Place worth keeping, and how far it is, 0 to 1."""

    def __init__(
        self,
        services: Services,
        preferences: Preferences,
        window: MainWindow,
        sound: Sound,
    ) -> None:
        super().__init__(window)
        self._services = services
        self._preferences = preferences
        self._window = window
        self._sound = sound
        self._background = Background(self)
        self._moving = self._background.latest()  # to where it goes once that is planned
        self._far_place: Place | None = None  # where that is, until its planning has begun
        self._asking = self._background.latest()  # which language the text is in
        self._language_told = ""
        self.document: Document | None = None
        self._wanted: frozenset[Span] = frozenset()
        self._unspoken: set[str] = set()
        self._text_plan: Plan | None = None
        self._plan: Plan | PassagesPlan | None = None  # what is played of it
        self._passages: Sequence[Span] | None = None
        self._voices: tuple[Voice, ...] = ()
        self._is_voice_ready = False
        self._is_between_texts = False
        self.listening = Listening(window.view, services.trace, self)
        self.player = services.player(sound.speech, sound.output, self.listening)
        self.listening.attach(self.player)
        self._connect()
        self._show_voice()
        self._take_up_settings()
        preferences.chosen.connect(self._take_up_settings)
        self.player.set_speed(preferences.settings.speed)
        window.transport.set_speed(self.player.speed)

    def _connect(self) -> None:
        listening, transport = self.listening, self._window.transport
        listening.player_changed.connect(self._on_player_changed)
        listening.times_changed.connect(self._window.show_times)
        listening.strayed.connect(self._window.offer_way_to_voice)
        listening.word_lit.connect(self.word_lit)
        listening.failed.connect(self.failed)
        listening.heard_again.connect(self.heard)
        listening.place_reached.connect(self._on_place_reached)
        self._sound.events.speech_told.connect(self._on_speech_told)
        self._sound.events.device_told.connect(self._on_device_told)
        transport.sought.connect(self.seek)
        self._window.view.place_activated.connect(self.play_from)
        self._window.view.place_pressed.connect(self._expect)

    def _take_up_settings(self) -> None:
        settings = self._preferences.settings
        self.player.set_options(playback_options(settings))
        self.listening.set_following(settings.follow_voice)
        self._sound.follow_default(settings.follow_default_device)

    def open(self, document: Document, place: Place) -> None:
        """Take up a text at a place; the voice gets ready, and silent it stays."""
        self._forget_move()
        self._asking.forget()
        self._language_told = ""
        self._unspoken.clear()
        self._passages = None
        self._plan = self._new_plan(document, ())
        before = self.voice
        self.document = document
        self._wanted = frozenset()
        if self.voice != before:
            self._is_voice_ready = False
            self._show_voice()
        self.player.set_voice(self.voice)  # first: the process starts with the right one
        self._is_between_texts = True
        self.player.open(document, self._plan, place)
        self._is_between_texts = False
        self.opened.emit()
        self.extent_changed.emit()

    def change_plan(self, wanted: Iterable[Span]) -> None:
        """Say the rest by the settings and pronunciations of now, and these passages besides."""
        if self.document is not None:
            self._wanted = frozenset(wanted)
            self._plan = self._new_plan(self.document, self._wanted)
            self.player.change_plan(self._plan)

    def read_only(self, sentences: Sequence[Span] | None) -> None:
        """Read these sentences of the text and no others; None: all of it."""
        self._passages = sentences
        self.change_plan(self._wanted)
        self.extent_changed.emit()
        self.listening.tell_times()

    @property
    def passages(self) -> Sequence[Span] | None:
        """The sentences that are read, when only some are; None for all."""
        return self._passages

    @property
    def wanted(self) -> frozenset[Span]:
        """The passages that are read whatever the settings say."""
        return self._wanted

    def set_notes(self, notes: HeardNotes) -> None:
        """Tell of these notes on the text from now on."""
        before = None if self.extent is None else self.extent.key
        self.player.set_notes(notes)
        if self.extent is not None and self.extent.key != before:
            self.extent_changed.emit()
        self.listening.tell_times()

    def _new_plan(self, document: Document, wanted: Iterable[Span]) -> Plan | PassagesPlan:
        settings, tell = self._preferences.settings, self._tell_unspoken
        if self._language_told:
            document = replaced(document, language=self._language_told)
        plan = self._services.plan(
            document, settings, wanted, ends_where_unreadable=True, on_unspoken=tell
        )
        self._text_plan = plan
        return plan if self._passages is None else PassagesPlan(document, plan, self._passages)

    def _tell_unspoken(self, tag: str) -> None:
        """Tell once a text that a language in it has no voice."""
        if tag not in self._unspoken:
            self._unspoken.add(tag)
            self.language_unspoken.emit(tag)

    @property
    def voice(self) -> VoiceId:
        """The voice that reads: the one for the text's language."""
        return voice_for_language(self._preferences.settings, self.language, self._voices)

    @property
    def language(self) -> str | None:
        """The text's language: what it says, or what it turned out to be in."""
        return self._language_told or (None if self.document is None else self.document.language)

    @property
    def place(self) -> Place:
        """Where the voice is."""
        return self.player.place

    @property
    def progress(self) -> float:
        """How far into the whole text the voice is, 0 to 1: 1 once it was read to its end.

        What is passed over there, such as an index, doesn't leave a text unfinished.
        """
        plan, state = self._text_plan, self.player.state
        if plan is None:
            return 0.0
        if isinstance(state, Paused) and state.is_at_end and self._passages is None:
            return 1.0
        return plan.extent.share_of(self.place)

    def sentence_now(self) -> Span | None:
        """Return the sentence being read, or the one that would be read next."""
        if self._plan is None:
            return None
        return self.listening.sentence or self._plan.sentence_at(self.place)

    def sentence_meant(self) -> Span | None:
        """Return the sentence pointed at while the voice is silent, else the one being read."""
        place, plan = self.listening.pointed, self._text_plan
        return self.sentence_now() if place is None or plan is None else plan.sentence_at(place)

    def sentence_after(self, place: Place) -> Span | None:
        """Return the first sentence of the text that begins after a place."""
        return None if self._text_plan is None else self._text_plan.sentence_after(place)

    @property
    def extent(self) -> HeardExtent | None:
        """How long what is heard of the text is; None without one."""
        return self.player.extent

    def play_from(self, place: Place) -> None:
        """Read from the word at a place on."""
        self._note_seek(place)
        self.player.play_from(place)

    def _expect(self, place: Place) -> None:
        """Get ready to read from a word: the first press of a double click was on it."""
        if self.document is None:
            return
        section = section_at_hand(self.document.sections, place.section)
        if section is not None and len(section.text) <= _PLANNED_AT_ONCE:
            self.player.expect(place)

    def move_to(self, place: Place) -> None:
        """Go to a place; reading goes on there if it was going on."""
        self._note_seek(place)
        self.player.move_to(place)

    def move_soon_to(self, place: Place) -> None:
        """The same, once what is said there was planned beside the window's thread.

        For places far off: to look through a section, and to plan it, takes some frames' time. The
        voice stays where it is if it is sent elsewhere meanwhile.
        """
        self._forget_move()
        self.listening.stop_following()
        self._far_place = place
        QTimer.singleShot(_PAINTED_WITHIN_MS, self, self._plan_move)

    def _plan_move(self) -> None:
        plan, place = self._text_plan, self._far_place
        if plan is None or place is None:
            return
        self._far_place = None
        self._moving.run(
            lambda: plan.prepare(place), lambda _planned: self.move_to(place), self.failed.emit
        )

    def _forget_move(self) -> None:
        self._moving.forget()
        self._far_place = None

    def seek(self, share: float) -> None:
        """Go to where `share` of the text has been read."""
        document, extent = self.document, self.extent
        if document is None or extent is None:
            return
        place = extent.place_at(share)
        section = section_at_hand(document.sections, place.section)
        if section is not None and len(section.text) <= _PLANNED_AT_ONCE:
            self.move_to(place)
            return
        estimate = max(length_of(document.sections, place.section), 1)

        def go(section: Section) -> None:
            offset = place.offset * len(section.text) // estimate
            self.move_soon_to(Place(place.section, offset))

        self._moving.run(lambda: document.sections[place.section], go, self.failed.emit)

    def step(self, step: Step) -> None:
        """Go a sentence or a paragraph on or back."""
        self._note_seek()
        self.player.step(step)

    def step_speed(self, direction: int) -> None:
        """Read a step faster (1) or slower (-1)."""
        self.set_speed(stepped_speed(self.player.speed, direction))

    def set_speed(self, speed: float) -> None:
        """Read at this speed from now on."""
        self.player.set_speed(speed)
        self._preferences.change(speed=self.player.speed)
        self._window.transport.set_speed(self.player.speed)
        self.listening.tell_times()

    def set_voice(self, voice: str) -> None:
        """Read with this voice from now on, and all texts in this text's language."""
        settings = with_voice_for(self._preferences.settings, self.language, VoiceId(voice))
        self._preferences.change(voice=settings.voice, language_voices=settings.language_voices)
        self._take_voice()

    def know_voices(self, voices: Sequence[Voice]) -> None:
        """Take the list of voices: they have names now, and one may suit the text better."""
        before = self.voice
        self._voices = tuple(voices)
        if self.voice == before:
            self._show_voice()
        else:
            self._take_voice()

    def _take_voice(self) -> None:
        self._is_voice_ready = False
        self._show_voice()
        self.player.set_voice(self.voice)
        self.change_plan(self._wanted)
        self.voice_changed.emit()

    def close(self) -> None:
        """Fall silent, end the speech process and let the device go."""
        self._background.close()
        self._is_between_texts = True
        self.player.close()
        self._sound.close()

    def _note_seek(self, place: Place | None = None) -> None:
        self._forget_move()  # what is asked for now counts
        self._services.trace.record("seek")
        self.sought.emit()
        self.listening.follow_again(place)

    def _show_voice(self) -> None:
        known = [voice for voice in self._voices if voice.id == self.voice]
        words = words_for_voice(known[0]) if known else words_for_id(self.voice)
        is_ready = self._is_voice_ready
        self._window.transport.set_voice(words.name, words.kind, is_ready=is_ready)

    def _on_speech_told(self, event: SpeechEvent) -> None:
        if isinstance(event, (VoiceReady, SpeechStopped)):
            self._is_voice_ready = isinstance(event, VoiceReady)
            self._show_voice()
            if self._is_voice_ready and not self._language_told:
                self._ask_language()
        elif isinstance(event, VoiceMeasured):
            speed = self.player.speed
            self.voice_measured.emit()
            if not keeps_up(event.real_time_factor, speed):
                self.voice_is_slow.emit(speed)
        self.listening.on_speech_event(event)

    def _ask_language(self) -> None:
        """See, now that the text is there and the voice too, whether they are in one language."""
        plan, place = self._text_plan, self.place
        if plan is None:
            return

        def take(tag: str) -> None:
            if base_language(tag) != base_language(self.language):
                self._language_told = tag
                self.language_told.emit()

        self._asking.run(lambda: plan.language_at(place), take, lambda _error: None)

    def _on_device_told(self, event: DeviceEvent) -> None:
        if isinstance(event, DeviceRanDry):
            self._services.trace.record("device", state="dry", ms=round(event.seconds * 1e3, 1))
            return
        state = "found" if isinstance(event, DeviceFound) else "lost"
        self._services.trace.record("device", name=event.name, state=state)
        before = self.player.state
        self.player.on_device_changed(event)
        now = self.player.state
        had_none = isinstance(before, Paused) and before.reason is not None
        if had_none and isinstance(now, Paused) and now.reason is None:
            self.device_found.emit(event.name)

    def _on_player_changed(self, state: PlayerState) -> None:
        is_on = isinstance(state, (Playing, Preparing))
        self._window.transport.set_playing(is_on, is_waiting=isinstance(state, Preparing))

    def _on_place_reached(self, place: Place) -> None:
        # the player falls silent while it changes texts: its place is no longer that of the text
        # it had, which was kept by whoever left it, and not yet that of the next
        if not self._is_between_texts:
            self.place_reached.emit(place, self.progress)
