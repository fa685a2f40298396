"""Connects the window, the text, the voice and the notes, and does what the user commands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QObject, QTimer, Signal

from reader.app.language_voices import (
    USUAL_LANGUAGE,
    base_language,
    speaks,
    voice_for_language,
)
from reader.app.services import OpenText, Services, welcome_text, within
from reader.app.settings import Settings
from reader.errors import SottovoceError, StorageUnavailable
from reader.playback.pace import Pace
from reader.text.document import Document, Fingerprint, Place, Span
from reader.text.extent import Extent
from reader.ui import messages
from reader.ui.annotating import Annotating
from reader.ui.background import Background, Task
from reader.ui.commands import Command
from reader.ui.contents import Heading, has_contents, headings_of, read_place
from reader.ui.looks import Looks
from reader.ui.main_window import MainWindow
from reader.ui.messages import Message, Remedy, Subject
from reader.ui.note_loading import LoadedNotes
from reader.ui.note_opening import NoteOpening
from reader.ui.opening import Opening
from reader.ui.place_keeper import PlaceKeeper
from reader.ui.preferences import Preferences
from reader.ui.progress_line import Tick
from reader.ui.section_lengths import SectionLengths
from reader.ui.theme import Theme
from reader.ui.voice_words import language_name, words_for_id

if TYPE_CHECKING:  # imported when needed: after the first paint, or when asked for
    from reader.speech.engine import Voice
    from reader.ui.in_the_dark import InTheDark
    from reader.ui.listening_tools import ListeningTools
    from reader.ui.panels import Panels
    from reader.ui.reading_aloud import ReadingAloud
    from reader.ui.saying import Saying
    from reader.ui.sound import Sound
    from reader.ui.voice_window import VoiceWindow

_NEEDS_VOICE = (
    Command.PLAY_OR_PAUSE,
    Command.NEXT_SENTENCE,
    Command.PREVIOUS_SENTENCE,
    Command.NEXT_PARAGRAPH,
    Command.PREVIOUS_PARAGRAPH,
    Command.FASTER,
    Command.SLOWER,
    Command.NATURAL_SPEED,
    Command.CHOOSE_SPEED,
    Command.CHOOSE_VOICE,
    Command.SHOW_VOICES,
    Command.BACK_TO_VOICE,
    Command.CHOOSE_WHAT_IS_READ,
    Command.PRONOUNCE,
    Command.MARK_HEARD,
    Command.MARK_TO_WRITE,
    Command.SHOW_INBOX,
    Command.CHOOSE_SLEEP,
    Command.CHOOSE_STUDY,
    Command.IN_THE_DARK,
)
_RECENT_TEXTS = 12


class ReadingDesk(QObject):
    """One window with everything in it. `begin` opens a text, `close` puts all away."""

    text_painted = Signal()
    """The first frame with text in it has been painted."""
    notes_settled = Signal()
    """The notes of the text are in the margin, or it is known why they are not."""
    text_failed = Signal(object)
    """SottovoceError: the text asked for can't be read."""

    def __init__(self, services: Services, make_sound: Callable[[Services], Sound]) -> None:
        super().__init__()
        self._services = services
        self._make_sound = make_sound
        self._preferences = Preferences(services, self)
        settings = self._preferences.settings
        self._theme = Theme(settings.theme, settings.text_scale, settings.text_family)
        self._looks = Looks(self._theme, self._preferences)
        self.window = MainWindow(self._theme, self._may_close)
        self._background = Background(self)
        self._opening = Opening(services, self._background, self)
        self._annotating = Annotating(self._theme, self.window.view, self._background.run, self)
        self._notes = NoteOpening(services, self._background, self._annotating, self)
        self._places = PlaceKeeper(self._background, self._write_place)
        self._lengths = SectionLengths(self.window.view, self._background, self)
        self._text: OpenText | None = None
        self._aloud: ReadingAloud | None = None
        self._tools: ListeningTools | None = None
        self._saying: Saying | None = None
        self._dark: InTheDark | None = None
        self._is_still = False
        self._plays_at_once = False
        self._has_warned_of_loss = False
        self._connect()
        self._show_margin(settings.margin_visible)
        if settings.reduce_motion:
            self.keep_still()
        self.window.set_commands_enabled(_NEEDS_VOICE, is_enabled=False)

    def _connect(self) -> None:
        window, opening = self.window, self._opening
        window.command_given.connect(self.do)
        window.escaped.connect(self._on_escaped)
        window.file_dropped.connect(self._open)
        window.looked_at.connect(opening.check_file)
        window.addActions(self._annotating.actions)
        window.messages.remedy_chosen.connect(self._on_remedy_chosen)
        window.view.painted_text.connect(self._on_painted)
        opening.opened.connect(self._on_opened)
        opening.failed.connect(self._on_open_failed)
        opening.is_slow.connect(lambda path: self.say(messages.about_opening(path)))
        opening.file_changed.connect(lambda: self.say(messages.FILE_CHANGED))
        opening.file_gone.connect(lambda: self.say(messages.FILE_GONE))
        self._notes.opened.connect(self._on_notes_opened)
        self._notes.failed.connect(self._on_notes_failed)
        self._annotating.ticks_changed.connect(self._on_ticks_changed)
        self._annotating.play_from_wanted.connect(self._play_from)

    @property
    def aloud(self) -> ReadingAloud | None:
        """The voice; None until the text has been painted."""
        return self._aloud

    @property
    def annotating(self) -> Annotating:
        """The notes."""
        return self._annotating

    def begin(self, path: Path, *, plays_at_once: bool = False) -> Task:
        """Open the first text; once it is painted the voice gets ready, and reads if asked to."""
        self._plays_at_once = plays_at_once
        return self._opening.open(path)

    def close(self) -> None:
        """Keep the place and the settings, and end everything that was started."""
        self._opening.close()
        self._keep_place()
        with suppress(StorageUnavailable):  # said when the text was opened
            self._places.finish()
        self._preferences.save()
        if "voice_window" in self.__dict__:
            self.voice_window.close()
        self._background.close()
        self.window.view.stop_reading_ahead()
        if self._aloud is not None:
            self._aloud.close()

    def keep_still(self) -> None:
        """Move nothing slowly: neither the text nor the cards, nor a ring in the dark."""
        self._is_still = True
        self.window.view.set_reduced_motion(True)
        self._annotating.margin.set_reduced_motion(True)

    def say(self, message: Message) -> None:
        """Show a message."""
        self.window.messages.show_message(message)

    # What the user commands

    def do(self, command: Command) -> None:
        """Do what was asked for."""
        voice_deeds = self._voice_deeds
        if command in voice_deeds:
            voice_deeds[command]()
        elif command in self._deeds:
            self._deeds[command]()

    def commands(self) -> set[Command]:
        """Return the commands that do something now."""
        return {*self._deeds, *self._voice_deeds}

    @cached_property
    def _deeds(self) -> dict[Command, Callable[[], object]]:
        return {
            Command.OPEN: lambda: self.panels.choose_file(self._opening.wanted_path),
            Command.RELOAD: self._opening.open_again,
            Command.SHOW_WELCOME: lambda: self._open(welcome_text()),
            Command.CLOSE_WINDOW: self.window.close,
            Command.LARGER: lambda: self._looks.step_size(1),
            Command.SMALLER: lambda: self._looks.step_size(-1),
            Command.NATURAL_SIZE: lambda: self._looks.step_size(0),
            Command.TOGGLE_LOOK: self._looks.toggle,
            Command.CHOOSE_LOOK: lambda: self.panels.show_look(),
            Command.TOGGLE_MARGIN: self._toggle_margin,
            Command.SHOW_CONTENTS: self._show_contents,
            Command.SHOW_MENU: self._show_menu,
            Command.FULL_SCREEN: self._toggle_full_screen,
            Command.SHOW_KEYS: lambda: self.panels.show_keys(),
        }

    @property
    def _voice_deeds(self) -> dict[Command, Callable[[], object]]:
        aloud, tools, saying = self._aloud, self._tools, self._saying
        if aloud is None or tools is None or saying is None:
            return {}
        return {
            **tools.deeds,
            **saying.deeds,
            Command.PLAY_OR_PAUSE: aloud.player.toggle,
            Command.NEXT_SENTENCE: aloud.next_sentence,
            Command.PREVIOUS_SENTENCE: aloud.previous_sentence,
            Command.NEXT_PARAGRAPH: aloud.next_paragraph,
            Command.PREVIOUS_PARAGRAPH: aloud.previous_paragraph,
            Command.FASTER: lambda: aloud.step_speed(1),
            Command.SLOWER: lambda: aloud.step_speed(-1),
            Command.NATURAL_SPEED: lambda: aloud.set_speed(1.0),
            Command.CHOOSE_SPEED: lambda: self.panels.show_speed(aloud.player.speed),
            Command.CHOOSE_VOICE: self._choose_voice,
            Command.SHOW_VOICES: self._show_voices,
            Command.BACK_TO_VOICE: aloud.listening.follow_again,
            Command.IN_THE_DARK: lambda: self._darkness(aloud).toggle(),
        }

    @cached_property
    def panels(self) -> Panels:
        """What opens over the text; made when first asked for."""
        from reader.ui.panels import Panels

        panels = Panels(self.window, self._annotating.actions)
        panels.text_chosen.connect(self._open)
        panels.size_stepped.connect(self._looks.step_size)
        panels.look_chosen.connect(self._looks.choose)
        panels.family_chosen.connect(self._looks.set_family)
        panels.voice_chosen.connect(self._on_voice_chosen)
        panels.more_voices_wanted.connect(self._show_voices)
        panels.speed_chosen.connect(self._on_speed_chosen)
        panels.heading_chosen.connect(self._on_heading_chosen)
        return panels

    def _on_escaped(self) -> None:
        """Close what lies on top: a panel, a message, the dark, the full screen."""
        if self.panels.close_open() or self.window.messages.close_message():
            return
        if self._dark is not None and self._dark.is_on:
            self._dark.leave()
        elif self.window.isFullScreen():
            self.window.showNormal()

    def _toggle_full_screen(self) -> None:
        if self.window.isFullScreen():
            self.window.showNormal()
        else:
            self.window.showFullScreen()

    def _darkness(self, aloud: ReadingAloud) -> InTheDark:
        from reader.ui.in_the_dark import InTheDark

        if self._dark is None:
            self._dark = InTheDark(self.window, aloud, is_still=self._is_still)
        return self._dark

    def _toggle_margin(self) -> None:
        is_visible = not self._preferences.settings.margin_visible
        self._preferences.change(margin_visible=is_visible)
        self._show_margin(is_visible)

    def _show_margin(self, is_visible: bool) -> None:
        self.window.view.set_margin_visible(is_visible)
        self._annotating.margin.setVisible(is_visible)
        self.window.header.set_margin_shown(is_visible)

    def _show_contents(self) -> None:
        if self._text is None:
            return
        document = self._text.document

        def show(headings: list[Heading]) -> None:
            if self._shows(document):
                here = self.window.view.first_visible_place() or Place(0, 0)
                self.panels.show_contents(document, headings, here)

        self._background.run(lambda: headings_of(document), show, self._on_reading_failed)

    def _show_menu(self) -> None:
        try:
            known = self._services.catalogue.recent(_RECENT_TEXTS)
        except StorageUnavailable:
            known = ()
        here = None if self._text is None else self._text.path
        self.panels.show_menu([(t.title, t.path) for t in known if t.path != here])

    def _choose_voice(self) -> None:
        def show(voices: list[Voice]) -> None:
            if self._aloud is not None and self._text is not None:
                self._aloud.know_voices(voices)
                self.panels.show_voices(voices, self._aloud.voice, self._text.document.language)

        self._background.run(self._services.voices, show, self._on_voice_failed)

    @cached_property
    def voice_window(self) -> VoiceWindow:
        """The window of voices; made when first asked for."""
        from reader.ui.voice_window import VoiceWindow

        voices = VoiceWindow(self._services, self._theme, self.window, self._make_sound)
        voices.voice_chosen.connect(self._on_voice_chosen)
        voices.voice_removed.connect(self._on_voice_removed)
        voices.voice_installed.connect(lambda _voice: self.say(messages.VOICE_INSTALLED))
        voices.sample_begins.connect(self._pause)
        return voices

    def _show_voices(self) -> None:
        if self._aloud is not None and self._text is not None:
            language = self._text.document.language or USUAL_LANGUAGE
            self.voice_window.open(self._aloud.voice, language)

    def _pause(self) -> None:
        if self._aloud is not None:
            self._aloud.player.pause()

    def _on_voice_removed(self, voice: str) -> None:
        if self._aloud is not None and self._aloud.voice == voice:
            self._on_voice_chosen(Settings().voice)

    def _on_voice_chosen(self, voice: str) -> None:
        if self._aloud is not None:
            self.window.messages.settle(Subject.VOICE)
            self._aloud.set_voice(voice)
            if "voice_window" in self.__dict__:
                self.voice_window.set_current(self._aloud.voice)

    def _on_speed_chosen(self, speed: float) -> None:
        if self._aloud is not None:
            self._aloud.set_speed(speed)

    def _on_heading_chosen(self, target: str) -> None:
        if self._text is None:
            return
        document = self._text.document

        def go(place: Place | None) -> None:
            if place is None or not self._shows(document):
                return
            self.window.view.scroll_to(place)
            if self._aloud is not None:
                self._aloud.move_to(place)

        self._background.run(lambda: read_place(document, target), go, self._on_reading_failed)

    def _shows(self, document: Document) -> bool:
        return self._text is not None and self._text.document is document

    def _on_reading_failed(self, error: SottovoceError) -> None:
        self.say(messages.about_text(error))

    def _play_from(self, place: Place) -> None:
        if self._aloud is not None:
            self._aloud.play_from(place)

    # Texts

    def _open(self, path: Path) -> None:
        self._opening.open(path)

    def _on_opened(self, text: OpenText) -> None:
        try:
            self._annotating.close()
        except SottovoceError as error:
            self.say(messages.about_unsaved(error))
            return
        place = self._leave(text)
        self._text = text
        self._notes.open(text, self._sentence_now)  # first: the disk works while we lay out
        self.window.set_title(text.document.title)
        self.window.view.show_document(text.document, place)
        self.window.messages.settle(Subject.TEXT, Subject.FILE, Subject.NOTES)
        notice = messages.about_notices(text.document)
        if notice is not None:
            self.say(notice)
        if self._aloud is None:
            self._show_first_estimate(text)
        else:
            self._aloud.open(text.document, place or Place(0, 0))
            self._after_opening()

    def _show_first_estimate(self, text: OpenText) -> None:
        """Show voice, speed and times, before there is a player that knows better."""
        settings, place = self._preferences.settings, text.place or Place(0, 0)
        transport, pace = self.window.transport, Pace()
        elapsed_s = pace.seconds_before(text.document, place) / settings.speed
        left_s = pace.seconds_after(text.document, place) / settings.speed
        self.window.show_times(elapsed_s, left_s)
        transport.set_speed(settings.speed)
        words = words_for_id(voice_for_language(settings, text.document.language))
        transport.set_voice(words.name, words.kind, is_ready=False)

    def _leave(self, new: OpenText) -> Place | None:
        """Keep the place in the text that is left; return where to begin in the new one."""
        self._keep_place()
        is_same = self._text is not None and self._text.path == new.path
        if is_same and self._aloud is not None:
            return within(new.document, self._aloud.place)
        return new.place

    def _on_open_failed(self, error: SottovoceError) -> None:
        self.say(messages.about_text(error))
        self.text_failed.emit(error)

    def _on_painted(self) -> None:
        self.text_painted.emit()
        QTimer.singleShot(0, self, self._on_after_paint)

    def _on_after_paint(self) -> None:
        """Do, once the text can be read, what the first paint didn't need."""
        if self._aloud is not None or self._text is None:
            return
        from reader.ui.listening_tools import ListeningTools
        from reader.ui.reading_aloud import ReadingAloud
        from reader.ui.saying import Saying

        sound = self._make_sound(self._services)
        aloud = ReadingAloud(self._services, self._preferences, self.window, sound)
        aloud.failed.connect(self._on_voice_failed)
        aloud.heard.connect(lambda: self.window.messages.settle(Subject.VOICE, Subject.DEVICE))
        aloud.word_lit.connect(self._annotating.set_spoken)
        aloud.word_lit.connect(self._lengths.learn_before)
        aloud.place_reached.connect(self._on_place_reached)
        aloud.language_unspoken.connect(self._on_language_unspoken)
        self._aloud = aloud
        self._tools = ListeningTools(
            aloud,
            self._annotating,
            self.window,
            self._preferences,
            lambda: self.panels.close_open(),
        )
        self._saying = Saying(
            self._services, self._preferences, self.window, self._background, aloud, sound
        )
        self._saying.failed.connect(self._on_storage_failed)
        self.window.set_commands_enabled(_NEEDS_VOICE, is_enabled=True)
        aloud.open(self._text.document, self._text.place or Place(0, 0))
        if self._plays_at_once:
            aloud.player.play()
        self._after_opening()

    def _after_opening(self) -> None:
        """Note that the text is open, look after its file, see whether it has contents."""
        text = self._text
        if text is None:
            return
        self._opening.watch(text.path)
        is_long = has_contents(text.document)
        self.window.header.set_has_contents(is_long)
        self.window.set_commands_enabled([Command.SHOW_CONTENTS], is_enabled=is_long)
        self._background.run(
            lambda: self._services.catalogue.remember_opened(
                text.document, text.path, datetime.now(UTC)
            ),
            lambda _known: None,
            self._on_storage_failed,
        )
        if base_language(text.document.language) != USUAL_LANGUAGE:
            self._background.run(
                self._services.voices, self._on_voices_known, self._on_voice_failed
            )

    def _on_voices_known(self, voices: list[Voice]) -> None:
        """Have the text read by a voice of its language; say so if there is none."""
        if self._aloud is None or self._text is None:
            return
        self._aloud.know_voices(voices)
        tag = self._text.document.language
        reading = next((voice for voice in voices if voice.id == self._aloud.voice), None)
        if reading is not None and not speaks(reading, tag):
            self.say(messages.about_unspoken_language(language_name(tag or ""), reading.name))

    def _on_language_unspoken(self, tag: str) -> None:
        if self._aloud is not None:
            reading = words_for_id(self._aloud.voice).name
            self.say(messages.about_unspoken_language(language_name(tag), reading))

    # Places and notes

    def _sentence_now(self) -> Span | None:
        return None if self._aloud is None else self._aloud.sentence_now()

    def _on_place_reached(self, place: Place, progress: float) -> None:
        if self._text is not None:
            self._places.keep(self._text.document.fingerprint, place, progress)

    def _keep_place(self) -> None:
        if self._aloud is not None:
            self._on_place_reached(self._aloud.place, self._aloud.progress)

    def _write_place(self, fingerprint: Fingerprint, place: Place, progress: float) -> None:
        self._services.catalogue.remember_place(fingerprint, place, progress)

    def _on_notes_opened(self, loaded: LoadedNotes) -> None:
        self.window.messages.settle(Subject.STORAGE)
        self._set_can_annotate(True)
        if loaded.sidecar_problem is not None:
            self.say(messages.about_sidecar(loaded.sidecar_problem))
        self.notes_settled.emit()

    def _on_notes_failed(self, error: SottovoceError) -> None:
        self._set_can_annotate(False)
        self._on_storage_failed(error)
        self.notes_settled.emit()

    def _set_can_annotate(self, can_annotate: bool) -> None:
        self.window.transport.set_can_mark(can_annotate)

    def _on_ticks_changed(self, ticks: list[tuple[Place, str]]) -> None:
        """Mark the notes on the progress line."""
        if self._text is not None:
            extent = Extent(self._text.document)
            shares = [Tick(extent.share_of(place), colour) for place, colour in ticks]
            self.window.transport.set_ticks(shares)

    # What goes wrong

    def _on_voice_failed(self, error: SottovoceError) -> None:
        self.say(messages.about_voice(error))

    def _on_storage_failed(self, error: SottovoceError) -> None:
        self.say(messages.about_storage(error))

    def _on_remedy_chosen(self, message: Message, remedy: Remedy) -> None:
        match remedy:
            case Remedy.CHOOSE_TEXT:
                self.do(Command.OPEN)
            case Remedy.CHOOSE_VOICE:
                self.do(Command.CHOOSE_VOICE)
            case Remedy.RELOAD:
                self._opening.open_again()
            case Remedy.TRY_AGAIN:
                self._try_again(message.subject)
            case _:
                assert_never(remedy)

    def _try_again(self, subject: Subject) -> None:
        match subject:
            case Subject.VOICE | Subject.DEVICE:
                if self._aloud is not None:
                    self._aloud.player.play()
            case Subject.STORAGE | Subject.NOTES:
                if self._text is not None:
                    self._notes.open(self._text, self._sentence_now)
            case Subject.TEXT | Subject.FILE | Subject.CRASH:
                self._opening.open_again()
            case _:
                assert_never(subject)

    def _may_close(self) -> bool:
        """Whether all that was written is on disk; if not, say so once and stay open."""
        try:
            self._annotating.close()
        except SottovoceError as error:
            if self._has_warned_of_loss:
                return True
            self._has_warned_of_loss = True
            self.say(messages.about_unsaved(error))
            return False
        return True
