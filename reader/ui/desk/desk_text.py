"""The text on the desk: opened and shown, annotated, read by the voice, left with its place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal

from reader.app.language_voices import voice_for_language
from reader.app.services import Services
from reader.app.text_opening import OpenText
from reader.errors import SottovoceError, StorageUnavailable
from reader.playback.pace import Pace
from reader.text.document import Document, Place, Section, Span
from reader.text.extent import Extent
from reader.text.lazy_sections import section_at_hand
from reader.ui.background import Background, Task
from reader.ui.desk.contents import (
    Heading,
    are_headings_at_hand,
    has_contents,
    headings_at_hand,
    headings_of,
    read_place,
    read_place_at,
)
from reader.ui.desk.opening import Beginning, Opening
from reader.ui.desk.place_keeper import PlaceKeeper
from reader.ui.desk.preferences import Preferences
from reader.ui.desk.section_lengths import SectionLengths
from reader.ui.window import messages
from reader.ui.window.commands import Command
from reader.ui.window.main_window import MainWindow
from reader.ui.window.messages import Message, Subject
from reader.ui.window.voice_words import words_for_id

if TYPE_CHECKING:  # imported after the first paint
    from reader.ui.desk.desk_notes import DeskNotes
    from reader.ui.desk.notes.note_ticks import NoteTicks
    from reader.ui.listening.reading_aloud import ReadingAloud

_RECENT_TEXTS = 12
_LETTERS_AFTER_MS, _LETTERS_SIZE_PX = 400, 19
_PREPARING_AFTER_MS = 1200
"""How long after the first frame long sections are read: before, the machine has enough to do."""
_TICKS_AFTER_MS = 100
"""Where each note stands on the progress line takes 30 ms with 10,000: not with every change."""


class TextVoice(Protocol):
    """What a text asks of the voice that reads it."""

    aloud: ReadingAloud

    def open(self, document: Document, place: Place) -> None:
        """Take up a text at a place."""


class DeskText(QObject):
    """One text at a time; it can be looked at before it has its notes, and a voice to read it."""

    asked = Signal()
    """A text is asked for, in place of whatever was asked for before."""
    shown = Signal()
    """A text that was opened is in the view."""
    left = Signal()
    """Another text is about to be shown."""
    noted = Signal()
    """The catalogue knows now that the text is open."""
    failed = Signal(object)
    """SottovoceError: the text asked for can't be read; the one before stays."""

    def __init__(
        self,
        services: Services,
        preferences: Preferences,
        window: MainWindow,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._preferences = preferences
        self._window = window
        self._background = background
        self._opening = Opening(services, background, self)
        self._ticks: NoteTicks | None = None
        self._places = PlaceKeeper(
            background, lambda *kept: services.catalogue.remember_place(*kept)
        )
        self._lengths = SectionLengths(window.view, background, self)
        self.jumps = background.latest()
        """Places that are looked up before they are shown; the one asked for last is."""
        self._listing_headings = background.latest()
        self._text: OpenText | None = None
        self._told_script_of: OpenText | None = None
        self._notes: DeskNotes | None = None
        self._voice: TextVoice | None = None
        self._headings: tuple[Document, list[Heading]] | None = None
        self._tell_headings: Callable[[Document, list[Heading]], None] = lambda _text, _all: None
        self._connect()

    def _connect(self) -> None:
        window, opening = self._window, self._opening
        window.file_dropped.connect(self.open)
        window.looked_at.connect(opening.check_file)
        opening.opened.connect(self._on_opened)
        opening.failed.connect(self._on_open_failed)
        window.view.section_painted.connect(
            lambda _section: QTimer.singleShot(_LETTERS_AFTER_MS, self, self._look_at_letters)
        )
        opening.is_slow.connect(lambda path: self._say(messages.about_opening(path)))
        opening.file_changed.connect(lambda: self._say(messages.FILE_CHANGED))
        opening.file_gone.connect(lambda: self._say(messages.FILE_GONE))

    @property
    def is_open(self) -> bool:
        """Whether there is a text."""
        return self._text is not None

    @property
    def path(self) -> Path | None:
        """The file of the text that is shown."""
        return None if self._text is None else self._text.path

    @property
    def open_text(self) -> OpenText | None:
        """The text that is shown."""
        return self._text

    @property
    def wanted_path(self) -> Path | None:
        """The text asked for last, whether it could be opened or not."""
        return self._opening.wanted_path

    @property
    def password(self) -> str:
        """What the text is locked with; "" for one that isn't."""
        return self._opening.password

    def open(self, path: Path, password: str = "") -> Task:
        """Open the text at `path`; what was open stays until it can be shown."""
        self.asked.emit()
        return self._opening.open(path, password)

    def open_again(self) -> None:
        """Open the text asked for last once more."""
        self._opening.open_again()

    def close(self) -> None:
        """Open nothing any more, and keep the place."""
        self._opening.close()
        self._keep_place_now()
        self._close_supply()
        with suppress(StorageUnavailable):  # said when the text was opened
            self._places.finish()

    def _on_opened(self, text: OpenText) -> None:
        if self._notes is not None and not self._notes.put_away():
            return
        begin = self._leave(text)
        self.left.emit()
        self._close_supply()
        self.jumps.forget()
        self._listing_headings.forget()
        self._text = text
        if self._notes is not None:
            # first: the disk works while we lay out
            self._notes.open(text, begin.line or Place(0, 0), self._sentence_now)
        self._window.set_title(text.document.title, text.document.address)
        self._window.view.show_document(text.document, begin.line, begin.line_y)
        self._window.messages.settle(Subject.TEXT, Subject.FILE, Subject.NOTES)
        notice = messages.about_notices(text.document)
        if notice is not None:
            self._say(notice)
        if self._voice is None:
            self._show_first_estimate(text)
        else:
            self._voice.open(text.document, begin.voice)
            self.look_after()
        self.shown.emit()

    def _look_at_letters(self) -> None:
        """Say it, once for each text, if what is on the screen shows as boxes."""
        from reader.ui.view.layout.missing_letters import has_glyph, script_without_font

        text, view = self._text, self._window.view
        if text is None or text is self._told_script_of or view.document is not text.document:
            return
        sections = text.document.sections
        shown = " ".join(
            section.text[span.start : span.end]
            for span in view.visible_spans()
            if (section := section_at_hand(sections, span.section)) is not None
        )
        font = self._window.theme.text_font(_LETTERS_SIZE_PX)
        script = script_without_font(shown, lambda letter: has_glyph(letter, font))
        if script:
            self._told_script_of = text
            self._say(messages.about_script(script))

    def _leave(self, new: OpenText) -> Beginning:
        """Keep the place in the text that is left; return where to begin in the new one."""
        self._keep_place_now()
        if self._text is None or self._text.path != new.path:
            return Beginning(new.place or Place(0, 0), new.place)
        from reader.ui.desk.places_kept import beginning_after_change

        place = new.place if self._voice is None else self._voice.aloud.place
        return beginning_after_change(self._window.view, new.document, place)

    def _show_first_estimate(self, text: OpenText) -> None:
        """Show voice, speed and times, before there is a player that knows better."""
        settings, place = self._preferences.settings, text.place or Place(0, 0)
        transport, pace = self._window.transport, Pace()
        extent = Extent(text.document)
        elapsed_s = pace.seconds_before(extent, place) / settings.speed
        left_s = pace.seconds_after(extent, place) / settings.speed
        self._window.show_times(elapsed_s, left_s)
        transport.set_speed(settings.speed)
        words = words_for_id(voice_for_language(settings, text.document.language))
        transport.set_voice(words.name, words.kind, is_ready=False)

    def be_annotated_with(self, notes: DeskNotes) -> None:
        """Show the notes of this text, and from now on those of every other."""
        from reader.ui.desk.notes.note_ticks import NoteTicks

        self._notes, self._ticks = notes, NoteTicks()
        gathering = QTimer(self._window, singleShot=True, interval=_TICKS_AFTER_MS)
        gathering.timeout.connect(self._show_ticks)
        notes.annotating.ticks_changed.connect(gathering.start)
        self.open_notes()

    def be_read_by(self, voice: TextVoice) -> None:
        """Give this text to the voice, and from now on every other."""
        self._voice = voice
        voice.aloud.word_lit.connect(self._lengths.learn_before)
        voice.aloud.extent_changed.connect(self._show_ticks)
        voice.aloud.place_reached.connect(self._keep_place)
        if self._text is not None:
            voice.open(self._text.document, self._text.place or Place(0, 0))

    def look_after(self) -> None:
        """Note that the text is open, look after its file, see whether it has contents."""
        text = self._text
        if text is None:
            return
        self._opening.watch(text.path)
        QTimer.singleShot(_PREPARING_AFTER_MS, self, lambda: self._prepare_sections(text))
        is_long = has_contents(text.document)
        self._window.header.set_has_contents(is_long)
        self._window.set_commands_enabled([Command.SHOW_CONTENTS], is_enabled=is_long)
        has_pages = text.document.printed is not None
        self._window.set_commands_enabled([Command.SHOW_PAGES], is_enabled=has_pages)
        self._background.run(
            lambda: self._services.catalogue.remember_opened(
                text.document, text.path, datetime.now(UTC)
            ),
            lambda _known: self.noted.emit(),
            self._on_storage_failed,
        )

    def _prepare_sections(self, text: OpenText) -> None:
        """Have long sections read beforehand, beside the window's thread."""
        if text is self._text and text.supply is not None:
            self._background.run(text.supply.prepare, lambda _: None, self._on_reading_failed)

    def _close_supply(self) -> None:
        if self._text is not None and self._text.supply is not None:
            self._text.supply.close()

    def others_read_lately(self) -> list[tuple[str, Path]]:
        """Return titles and files of other texts, the latest first."""
        try:
            known = self._services.catalogue.recent(_RECENT_TEXTS)
        except StorageUnavailable:
            return []
        here = None if self._text is None else self._text.path
        return [(text.title, text.path) for text in known if text.path != here]

    # Contents

    def find_headings(
        self,
        show: Callable[[Document, list[Heading]], None],
        show_all: Callable[[Document, list[Heading]], None],
    ) -> None:
        """Call `show` at once with the contents, as far as they can be told without reading.

        Where that isn't all, `show_all` is called once all is read, if the text is still open.
        """
        if self._text is None:
            return
        document = self._text.document
        if are_headings_at_hand(document):
            show(document, headings_of(document))
            return
        is_known = self._headings is not None and self._headings[0] is document
        known = self._headings[1] if self._headings is not None and is_known else None
        show(document, known or headings_at_hand(document))  # what is typed next is meant for it

        def tell(headings: list[Heading]) -> None:
            self._headings = document, headings
            self._tell_headings(document, headings)

        self._tell_headings = show_all
        if not is_known and not self._listing_headings.is_awaited:
            self._listing_headings.run(lambda: headings_of(document), tell, self._on_reading_failed)

    def go_to_heading(self, target: str) -> None:
        """Show where a line of the contents leads; the voice goes there too."""
        self._go(lambda document: read_place(document, target))

    def go_to_share(self, share: float) -> None:
        """Show what lies that far into the text, 0 to 1; the voice goes there too."""
        self._go(lambda document: read_place_at(document, share))

    def _go(self, find_place: Callable[[Document], Place | None]) -> None:
        """Go to the place that `find_place` gives, which is asked beside the window's thread.

        The voice follows when the place has been painted.
        """
        if self._text is None:
            return
        document = self._text.document

        def go(place: Place | None) -> None:
            if place is None:
                return
            self._window.view.scroll_to(place)
            # painted in a turn of its own, that to lay it out was long enough; before all else
            painting = QEvent(QEvent.Type.UpdateRequest)
            urgent = Qt.EventPriority.HighEventPriority.value
            QCoreApplication.postEvent(self._window.view.viewport(), painting, urgent)
            if self._voice is not None:
                self._voice.aloud.move_soon_to(place)

        self.jumps.run(lambda: find_place(document), go, self._on_reading_failed)

    def show_span(self, span: Span) -> None:
        """Show a passage and select it; the voice stays where it is."""
        if self._text is None or span.section >= len(self._text.document.sections):
            return
        document, view = self._text.document, self._window.view

        def show(section: Section) -> None:
            if span.end <= len(section.text):
                view.user_scrolled.emit()
                view.scroll_to(span.first_place)
                view.select(span)

        self.jumps.run(lambda: document.sections[span.section], show, self._on_reading_failed)

    # The place

    def _keep_place(self, place: Place, progress: float) -> None:
        if self._text is not None:
            text = self._text
            self._places.keep(text.document.fingerprint, place, progress, text.path)

    def _keep_place_now(self) -> None:
        if self._voice is not None:
            self._keep_place(self._voice.aloud.place, self._voice.aloud.progress)

    # Notes

    def open_notes(self) -> None:
        """Put the notes of the text into the margin."""
        if self._text is not None and self._notes is not None:
            place = self._window.view.first_visible_place() or Place(0, 0)
            self._notes.open(self._text, place, self._sentence_now)

    def _sentence_now(self) -> Span | None:
        return None if self._voice is None else self._voice.aloud.sentence_meant()

    def _show_ticks(self) -> None:
        """Mark the notes on the progress line."""
        if self._text is not None and self._notes is not None and self._ticks is not None:
            heard = None if self._voice is None else self._voice.aloud.extent
            extent = Extent(self._text.document) if heard is None else heard
            ticks = self._ticks.of(self._notes.annotating.ticks, extent)
            self._window.transport.set_ticks(ticks)

    # What goes wrong

    def _on_open_failed(self, error: SottovoceError) -> None:
        self._on_reading_failed(error)
        self.failed.emit(error)

    def _on_reading_failed(self, error: SottovoceError) -> None:
        self._say(messages.about_text(error))

    def _on_storage_failed(self, error: SottovoceError) -> None:
        self._say(messages.about_storage(error))

    def _say(self, message: Message) -> None:
        self._window.messages.show_message(message)
