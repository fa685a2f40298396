"""The voice on the desk: what it reads, which one it is, and the tools that need one."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.app.language_voices import USUAL_LANGUAGE, base_language, speaks
from reader.app.services import Services
from reader.app.settings import Settings
from reader.errors import EngineUnavailable, SottovoceError
from reader.playback.states import Paused, PlayerState
from reader.playback.steps import Step
from reader.speech.engine import Voice
from reader.text.document import Document, Place
from reader.ui.desk.desk_parts import DeskParts
from reader.ui.listening.listening_tools import ListeningTools
from reader.ui.listening.notes_aloud import NotesAloud
from reader.ui.listening.reading_aloud import ReadingAloud
from reader.ui.listening.saying import Saying
from reader.ui.listening.sound import Sound
from reader.ui.listening.unsaid import Unsaid
from reader.ui.margin.annotating import Annotating
from reader.ui.margin.text_menu import offer_notes
from reader.ui.window import messages
from reader.ui.window.commands import Command
from reader.ui.window.messages import Message, Subject
from reader.ui.window.panels import Panels
from reader.ui.window.voice_words import language_name, words_for_id

if TYPE_CHECKING:  # imported when asked for
    from reader.speech.planning.pronunciation import Rule
    from reader.ui.listening.in_the_dark import InTheDark
    from reader.ui.voices.voice_window import VoiceWindow


class DeskVoice(QObject):
    """Made once the text has been painted: what it needs is imported with it, not before."""

    _rule_given_up = Signal(object)  # from whichever thread planned what is said

    def __init__(
        self,
        parts: DeskParts,
        annotating: Annotating,
        panels: Panels,
        make_sound: Callable[[Services], Sound],
    ) -> None:
        services, preferences, window = parts.services, parts.preferences, parts.window
        background = parts.background
        super().__init__(window)
        self._services = services
        self._preferences = preferences
        self._window = window
        self._listing = background.latest()
        self._choosing = background.latest()
        self._recommending = background.latest()
        self._panels = panels
        self._make_sound = make_sound
        self._has_told_faults = False
        self._engine_faults: dict[str, str] = {}
        sound = make_sound(services)
        self.aloud = ReadingAloud(services, preferences, window, sound)
        self._tools = ListeningTools(self.aloud, annotating, window, preferences)
        self._notes = NotesAloud(services, preferences, window, background, self.aloud, annotating)
        self._unsaid = Unsaid(window.view, self.aloud, self)
        self._saying = Saying(services, preferences, window, background, self.aloud, sound)
        self._connect(annotating)
        self._rules = services.pronunciation_file
        self._rule_given_up.connect(self._on_rule_given_up)
        self._rules.on_too_slow = self._rule_given_up.emit
        for rule in self._rules.too_slow:
            self._on_rule_given_up(rule)

    def _connect(self, annotating: Annotating) -> None:
        aloud, panels = self.aloud, self._panels
        aloud.failed.connect(self._on_failed)
        aloud.heard.connect(self._on_heard)
        aloud.listening.player_changed.connect(self._on_player_changed)
        aloud.device_found.connect(lambda name: self._say(messages.about_device(name)))
        aloud.word_lit.connect(annotating.set_spoken)
        aloud.language_unspoken.connect(self._on_language_unspoken)
        aloud.language_told.connect(self._look_for_voice)
        aloud.voice_measured.connect(self._on_voice_measured)
        aloud.voice_is_slow.connect(lambda speed: self._say(messages.about_slow_voice(speed)))
        self._saying.menu_offered.connect(partial(offer_notes, annotating))
        self._saying.failed.connect(lambda error: self._say(messages.about_storage(error)))
        self._notes.said.connect(self._say)
        self._unsaid.counted.connect(lambda count: self._say(messages.about_unsaid(count)))
        self._notes.more_voices_wanted.connect(self._show_voices)
        annotating.play_from_wanted.connect(aloud.play_from)
        panels.voice_chosen.connect(self._on_voice_chosen)
        panels.more_voices_wanted.connect(self._show_voices)
        panels.speed_chosen.connect(aloud.set_speed)

    @property
    def deeds(self) -> dict[Command, Callable[[], object]]:
        """What is done when commanded."""
        aloud = self.aloud
        return {
            **self._tools.deeds,
            **self._saying.deeds,
            **self._notes.deeds,
            Command.PLAY_OR_PAUSE: aloud.player.toggle,
            Command.NEXT_SENTENCE: lambda: aloud.step(Step.NEXT_SENTENCE),
            Command.PREVIOUS_SENTENCE: lambda: aloud.step(Step.PREVIOUS_SENTENCE),
            Command.NEXT_PARAGRAPH: lambda: aloud.step(Step.NEXT_PARAGRAPH),
            Command.PREVIOUS_PARAGRAPH: lambda: aloud.step(Step.PREVIOUS_PARAGRAPH),
            Command.FASTER: lambda: aloud.step_speed(1),
            Command.SLOWER: lambda: aloud.step_speed(-1),
            Command.NATURAL_SPEED: lambda: aloud.set_speed(1.0),
            Command.CHOOSE_SPEED: lambda: self._panels.show_speed(aloud.player.speed),
            Command.CHOOSE_VOICE: self._choose_voice,
            Command.SHOW_VOICES: self._show_voices,
            Command.BACK_TO_VOICE: aloud.listening.follow_again,
            Command.IN_THE_DARK: lambda: self._darkness.toggle(),
        }

    def open(self, document: Document, place: Place) -> None:
        """Take up a text at a place, and look for a voice of its language if it is another."""
        self._listing.forget()
        self._window.messages.settle(Subject.LANGUAGE)  # that was the one of the text before
        self.aloud.open(document, place)
        if self._rules.faults and not self._has_told_faults:
            self._has_told_faults = True
            self._say(messages.about_rule_faults(self._rules.faults, self._rules.path))
        if base_language(document.language) != USUAL_LANGUAGE:
            self._look_for_voice()

    def _look_for_voice(self) -> None:
        self._listing.run(self._services.voices, self._on_voices_known, self._on_failed)

    def close(self) -> None:
        """Fall silent, fetch no voices any more, and let process and device go."""
        self._rules.on_too_slow = None
        if "voice_window" in self.__dict__:
            self.voice_window.close()
        self.aloud.close()

    def show_unsaid(self) -> None:
        """Show the first sentence that the voice could not say."""
        place = self._unsaid.first_place
        if place is not None:
            self._window.view.scroll_to(place)

    # Which voice

    @property
    def _language(self) -> str | None:
        return self.aloud.language

    def _choose_voice(self) -> None:
        def show(voices: list[Voice]) -> None:
            self.aloud.know_voices(voices)
            self._panels.show_voices(voices, self.aloud.voice, self._language)

        self._choosing.run(self._services.voices, show, self._on_failed)

    @cached_property
    def voice_window(self) -> VoiceWindow:
        """The window of voices; made when first asked for."""
        from reader.ui.voices.voice_window import VoiceWindow

        window = self._window
        voices = VoiceWindow(self._services, window.theme, window, self._make_sound)
        voices.engine_faults = self._engine_faults
        voices.voice_chosen.connect(self._on_voice_chosen)
        voices.voice_removed.connect(self._on_voice_removed)
        voices.voice_installed.connect(lambda _voice: self._say(messages.VOICE_INSTALLED))
        voices.sample_begins.connect(self.aloud.player.pause)
        return voices

    def _show_voices(self) -> None:
        self.voice_window.open(self.aloud.voice, self._language or USUAL_LANGUAGE)

    def _on_voice_chosen(self, voice: str) -> None:
        self._window.messages.settle(Subject.VOICE, Subject.LANGUAGE)
        self.aloud.set_voice(voice)
        if "voice_window" in self.__dict__:
            self.voice_window.set_current(self.aloud.voice)

    def _on_voice_removed(self, voice: str) -> None:
        if self.aloud.voice == voice:
            self._on_voice_chosen(Settings().voice)

    def _on_voices_known(self, voices: list[Voice]) -> None:
        """Have the text read by a voice of its language; say so if there is none."""
        self.aloud.know_voices(voices)
        reading = next((voice for voice in voices if voice.id == self.aloud.voice), None)
        if reading is not None and not speaks(reading, self._language):
            language = language_name(self._language or "")
            self._say(messages.about_unspoken_language(language, reading.name))

    def _on_voice_measured(self) -> None:
        """Offer a more natural voice, once, now that it is known whether it would keep up."""
        if not self._preferences.settings.offer_natural_voice:
            return

        language = self._language or USUAL_LANGUAGE

        def offer(voice: Voice | None) -> None:
            if voice is None or language != (self._language or USUAL_LANGUAGE):
                return
            self._preferences.change(offer_natural_voice=False)
            if not voice.is_installed:
                self._say(messages.about_natural_voice(voice))

        self._recommending.run(
            lambda: self._services.recommended_voice(language), offer, self._on_failed
        )

    def _on_language_unspoken(self, tag: str) -> None:
        reading = words_for_id(self.aloud.voice).name
        self._say(messages.about_unspoken_language(language_name(tag), reading))

    def _on_rule_given_up(self, rule: Rule) -> None:
        self._say(messages.about_slow_rule(rule, self._rules.path))

    # The dark

    @cached_property
    def _darkness(self) -> InTheDark:
        from reader.ui.listening.in_the_dark import InTheDark

        dark = InTheDark(self._window, self.aloud)
        self._tools.marks.marked.connect(dark.tell_marked)
        return dark

    def leave_dark(self) -> bool:
        """End reading in the dark; return whether it was dark."""
        is_dark = "_darkness" in self.__dict__ and self._darkness.is_on
        if is_dark:
            self._darkness.leave()
        return is_dark

    def _on_player_changed(self, state: PlayerState) -> None:
        """Say why nothing was heard, where not one sentence of the text is read."""
        if state == Paused(is_at_end=True) and self.aloud.sentence_now() is None:
            self._say(messages.NOTHING_IS_READ)

    def _on_heard(self) -> None:
        self._engine_faults.pop(self.aloud.voice.partition(":")[0], None)
        self._window.messages.settle(Subject.VOICE, Subject.LANGUAGE, Subject.DEVICE)

    def _on_failed(self, error: SottovoceError) -> None:
        if isinstance(error, EngineUnavailable):
            self._engine_faults[error.engine] = error.reason
        self._say(messages.about_voice(error))

    def _say(self, message: Message) -> None:
        self._window.messages.show_message(message)
