"""Connects the window, the text, the voice and what the user commands."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.app.services import Services
from reader.errors import SottovoceError, TextNeedsPassword, TextNotRecognised
from reader.text.document import Place
from reader.ui.background import Background, Task
from reader.ui.desk.desk_commands import DeskCommands
from reader.ui.desk.desk_text import DeskText
from reader.ui.desk.preferences import Preferences
from reader.ui.look.looks import Looks
from reader.ui.look.theme import Spacing, Theme
from reader.ui.window.commands import Command
from reader.ui.window.main_window import MainWindow
from reader.ui.window.messages import Message, Remedy, Subject

if TYPE_CHECKING:  # imported when needed: after the first paint, or when asked for
    from reader.text.address import Address
    from reader.ui.desk.desk_notes import DeskNotes
    from reader.ui.desk.desk_parts import DeskParts
    from reader.ui.desk.desk_voice import DeskVoice
    from reader.ui.desk.notes.note_tools import NoteTools
    from reader.ui.desk.remedies import Remedies
    from reader.ui.desk.spot_opening import SpotOpening
    from reader.ui.desk.web_opening import WebOpening
    from reader.ui.library.library_desk import LibraryDesk
    from reader.ui.listening.reading_aloud import ReadingAloud
    from reader.ui.listening.sound import Sound
    from reader.ui.margin.annotating import Annotating
    from reader.ui.one_window import Wish
    from reader.ui.voices.voice_window import VoiceWindow
    from reader.ui.wayfinding.wayfinding import Wayfinding
    from reader.ui.window.panels import Panels

_NOTES_PATIENCE_MS = 150
"""How long the voice waits for the cards to be there first."""
_A_FRAME_MS = 16
"""How long cards that have come take to be painted."""

_LIBRARY_AFTER_MS = 5_000
"""How long after the voice the library gets ready to be shown."""


class ReadingDesk(QObject):
    """One window with everything in it. `begin` opens a text, `close` puts all away."""

    text_shown = Signal()
    """A text is in the view; it may not have been painted yet."""
    text_painted = Signal()
    """The first frame with text in it has been painted."""
    notes_settled = Signal()
    """The notes of the text are in the margin, or it is known why they are not."""
    voice_brought = Signal()
    """There is a voice in the window: it can be played, and shown to the desktop's controls."""
    text_failed = Signal(object)
    """SottovoceError: the text asked for can't be read."""

    def __init__(self, services: Services, make_sound: Callable[[Services], Sound]) -> None:
        super().__init__()
        self._services = services
        self._make_sound = make_sound
        self._preferences = preferences = Preferences(services, self)
        settings = preferences.settings
        spacing = Spacing(settings.line_spacing, settings.letter_spacing, settings.column_width)
        theme = Theme(settings.theme, settings.text_scale, settings.text_family, spacing)
        self._looks = looks = Looks(theme, preferences)
        self.window = window = MainWindow(theme, self._may_close)
        self._background = Background(self)
        self._text = DeskText(services, preferences, window, self._background, self)
        self._commands = DeskCommands(
            window, preferences, looks, self._text, lambda: self.annotating, self
        )
        self._notes: DeskNotes | None = None
        self._voice: DeskVoice | None = None
        self.wayfinding: Wayfinding | None = None
        self._is_kept_still = False
        self._is_closed = False
        self._plays_at_once = self._plays_when_shown = False
        self._commands.add(
            {
                Command.SHOW_LIBRARY: lambda: self.library.toggle(),
                Command.OPEN_COPIED_ADDRESS: lambda: self._web.open_copied(),
                Command.PLAY_OR_PAUSE: self._play_once_it_can,
            }
        )
        self._connect()
        self._take_up_settings()

    def _take_up_settings(self) -> None:
        settings = self._preferences.settings
        if self._notes is not None:
            self._notes.annotating.maker.creator = settings.creator_name
        self._set_still(self._is_kept_still or settings.reduce_motion)

    def _on_setting_chosen(self, name: str) -> None:
        if name == "theme":
            self._looks.choose(self._preferences.settings.theme)
        self._take_up_settings()

    def _connect(self) -> None:
        window, text = self.window, self._text
        window.escaped.connect(self._on_escaped)
        window.files_dropped.connect(lambda files: self.library.take_in(files))
        window.address_dropped.connect(self.open_web_page)
        self._preferences.chosen.connect(self._on_setting_chosen)
        window.messages.remedy_chosen.connect(self._on_remedy_chosen)
        window.view.painted_text.connect(self._on_painted)
        text.shown.connect(self.text_shown)
        text.shown.connect(self._on_text_shown)
        text.shown.connect(self._play_if_asked)
        text.failed.connect(self._commands.take_keys)
        text.failed.connect(self._on_text_failed)
        text.failed.connect(self.text_failed)

    @property
    def aloud(self) -> ReadingAloud | None:
        """The voice; None until the text has been painted."""
        return None if self._voice is None else self._voice.aloud

    @cached_property
    def library(self) -> LibraryDesk:
        """The library; made when first asked for."""
        from reader.ui.library.library_desk import LibraryDesk

        library = LibraryDesk(self._services, self._preferences, self.window)
        library.text_wanted.connect(self._text.open)
        library.place_wanted.connect(self._spots.show)
        self._text.noted.connect(lambda: library.refresh() if library.is_shown else None)
        return library

    @property
    def annotating(self) -> Annotating:
        """The notes of the text; they come once it has been painted, or when first asked for."""
        return self.bring_notes().annotating

    @property
    def panels(self) -> Panels:
        """What opens over the text."""
        return self._commands.panels

    @property
    def voice_window(self) -> VoiceWindow:
        """The window of voices; to be asked for once the text has been painted."""
        assert self._voice is not None
        return self._voice.voice_window

    def begin(self, path: Path, *, plays_at_once: bool = False) -> Task:
        """Open the first text; once it is painted the voice gets ready, and reads if asked to."""
        self._plays_at_once = plays_at_once
        self.window.settle_sizes()
        return self._text.open(path)

    def receive(self, wish: Wish) -> None:
        """Come forward and do what another start of the program was asked for."""
        self.window.come_forward(wish.tokens)
        target = wish.target
        self._plays_when_shown = wish.plays
        if target is None or (isinstance(target, Path) and target == self._text.path):
            self._play_if_asked()
        elif isinstance(target, Path):
            self._text.open(target)
        elif isinstance(target, str):
            self.open_web_page(target)
        else:
            self.follow(target)

    def _play_if_asked(self) -> None:
        """Play, if that was asked for with the text; where there is no voice yet, once there is."""
        if not self._plays_when_shown:
            return
        self._plays_when_shown = False
        self._plays_at_once = True
        if self.aloud is not None:
            self.aloud.player.play()

    def _play_once_it_can(self) -> None:
        """Play as soon as there is a voice: the key was quicker. Pressed again, don't."""
        if self._text.is_open:
            self._plays_at_once = not self._plays_at_once
            if self._plays_at_once and self._notes is not None:  # else the text is painted first
                self._bring_voice()

    def follow(self, address: Address) -> None:
        """Open the text that an address leads to, and show the note or place it names."""
        self._spots.follow(address)

    def arrive_at(self, address: Address, path: Path) -> None:
        """Show what an address names in the text at `path`, which is being opened."""
        self._spots.arrive_at(address, path)

    def open_web_page(self, address: str) -> None:
        """Fetch the page at an address, once the user has allowed it, and open it."""
        self._web.open(address)

    @cached_property
    def _parts(self) -> DeskParts:
        from reader.ui.desk.desk_parts import DeskParts

        return DeskParts(
            self._services, self._preferences, self.window, self._background, self._text
        )

    @cached_property
    def _web(self) -> WebOpening:
        from reader.ui.desk.web_opening import WebOpening

        return WebOpening(self._parts)

    @cached_property
    def note_tools(self) -> NoteTools:
        """What is done with notes besides writing them; made when first asked for."""
        from reader.ui.desk.notes.note_tools import NoteTools

        return NoteTools(self._parts, self.bring_notes(), self.follow)

    @cached_property
    def _spots(self) -> SpotOpening:
        from reader.ui.desk.spot_opening import SpotOpening

        return SpotOpening(self._parts, self.bring_notes())

    def close(self) -> None:
        """Keep the place and the settings, and end everything that was started."""
        self._is_closed = True
        self._text.close()
        if "note_tools" in self.__dict__:
            self.note_tools.close()
        self._preferences.close()
        if self.wayfinding is not None:
            self.wayfinding.close()
        if "library" in self.__dict__:
            self.library.close()
        if self._voice is not None:
            self._voice.close()
        self._commands.close()
        if "_remedies" in self.__dict__:
            self._remedies.close()
        if "_web" in self.__dict__:
            self._web.close()
        self._background.close()
        self.window.view.stop_reading_ahead()

    def keep_still(self) -> None:
        """Move nothing slowly: neither the text nor the cards, nor a ring in the dark."""
        self._is_kept_still = True
        self._set_still(True)

    def _set_still(self, is_still: bool) -> None:
        self.window.view.set_reduced_motion(is_still)
        if self._notes is not None:
            self._notes.set_still(is_still)

    def say(self, message: Message) -> None:
        """Show a message."""
        self.window.messages.show_message(message)

    def do(self, command: Command) -> None:
        """Do what was asked for."""
        self._commands.do(command)

    def commands(self) -> set[Command]:
        """Return the commands that do something now."""
        return self._commands.known

    def _on_painted(self) -> None:
        self.text_painted.emit()
        QTimer.singleShot(0, self, self._on_after_paint)

    def _on_after_paint(self) -> None:
        """Bring, once the text can be read, what it was painted without: keys, notes, the voice."""
        if self._voice is not None or not self._text.is_open:
            return
        self.bring_notes()
        self._commands.add(self.note_tools.deeds)
        self.note_tools.begin_soon()
        self._commands.take_keys()
        if self._plays_at_once:
            self._bring_voice()
        else:  # after the cards, unless they are slow to come
            bring_soon = QTimer(self, singleShot=True, interval=_NOTES_PATIENCE_MS)
            bring_soon.timeout.connect(self._bring_voice_gently)
            self.notes_settled.connect(lambda: bring_soon.setInterval(_A_FRAME_MS))
            bring_soon.start()

    def bring_notes(self) -> DeskNotes:
        """Have the notes of every text in the margin from now on; return what shows them."""
        if self._notes is None:
            from reader.ui.desk.desk_notes import DeskNotes

            self._notes = DeskNotes(self._services, self.window, self._background)
            self._notes.settled.connect(self.notes_settled)
            self._notes.annotating.link_activated.connect(self._on_link)
            self._take_up_settings()
            self._text.be_annotated_with(self._notes)
        return self._notes

    def _on_link(self, link: str) -> None:
        """Go where an address of ours leads; show any other, and what to do with it."""
        from reader.text.address import address_from

        address = address_from(link)
        if address is not None:
            self.follow(address)
        elif self.wayfinding is not None:
            self.wayfinding.show_address(link)

    def _bring_voice_gently(self) -> None:
        """Bring the voice, its code read a little at a time: the text may be scrolled meanwhile."""
        from reader.ui.desk.gentle_imports import VOICE_MODULES, GentleImports

        if self._voice is None and not self._is_closed:
            GentleImports(VOICE_MODULES, self._plan_beginning, self)

    def _plan_beginning(self) -> None:
        """Bring the voice once it is known how to say what it begins with.

        How words are said is imported for it, and languages are guessed: a tenth of a second.
        """
        text, settings = self._text.open_text, self._preferences.settings
        if text is None or self._is_closed:
            return
        place = text.place or Place(0, 0)
        self._background.run(
            lambda: self._services.plan(text.document, settings).prepare(place),
            lambda _planned: self._bring_voice(),
            lambda _error: self._bring_voice(),
        )

    def _bring_voice(self) -> None:
        if self._voice is not None or self._is_closed:
            return
        from reader.ui.desk.desk_voice import DeskVoice
        from reader.ui.wayfinding.wayfinding import Wayfinding

        self._voice = voice = DeskVoice(self._parts, self.annotating, self.panels, self._make_sound)
        self.wayfinding = wayfinding = Wayfinding(self.window, self)
        self._text.left.connect(wayfinding.leave_text)
        wayfinding.links.own_address_chosen.connect(self._on_link)
        wayfinding.links.file_chosen.connect(lambda path, name: self._spots.show_named(path, name))
        wayfinding.links.text_path = lambda: self._text.path
        self._commands.add({**voice.deeds, **wayfinding.deeds})
        wayfinding.show_ways()
        self._text.be_read_by(voice)
        if self._plays_at_once:
            voice.aloud.player.play()
        self._text.look_after()
        QTimer.singleShot(_LIBRARY_AFTER_MS, self, self._prepare_library)
        self.voice_brought.emit()

    def _on_text_shown(self) -> None:
        if "library" in self.__dict__ and self.library.is_shown:
            self.library.leave()  # the text was asked for by a key, or dropped

    def _prepare_library(self) -> None:
        """Have the library's code read a little at a time, to be at hand when it is asked for."""
        from reader.ui.desk.gentle_imports import LIBRARY_MODULES, GentleImports

        if not self._is_closed:
            GentleImports(LIBRARY_MODULES, lambda: None, self)

    def _on_escaped(self) -> None:
        """Close what lies on top: a panel, a message, the dark, the full screen."""
        from reader.ui.look.popover import close_overlays

        if close_overlays(self.window) or self.window.messages.close_message():
            return
        if self._voice is not None and self._voice.leave_dark():
            return
        if self.wayfinding is not None and self.wayfinding.close_top():
            return
        if self.window.isFullScreen():
            self.window.showNormal()

    def _may_close(self) -> bool:
        return self._notes is None or self._notes.may_leave()

    # What can be done about what went wrong

    def _on_remedy_chosen(self, message: Message, remedy: Remedy) -> None:
        if message.subject is Subject.WEB:
            self._web.take_answer(remedy)
        elif message.subject is Subject.NOTES and remedy is Remedy.STOP:
            self.note_tools.files.stop()
        else:
            self._remedies.apply(message.subject, remedy)

    def _on_text_failed(self, error: SottovoceError) -> None:
        self._plays_when_shown = False
        if isinstance(error, (TextNeedsPassword, TextNotRecognised)):
            self._remedies.reluctant.take(error)

    @cached_property
    def _remedies(self) -> Remedies:
        from reader.ui.desk.remedies import Remedies

        return Remedies(self._parts, self.do, lambda: self._voice)
