"""What is heard of the notes: a sound, their words in another voice, or nothing but highlights."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from reader.annotations.model import AnnotationId
from reader.app.heard_annotations import heard_note, highlighted_spans
from reader.app.note_voice import could_read_notes, voice_for_notes
from reader.app.note_words import NoteWords, note_document
from reader.app.services import Services
from reader.playback.states import Playing, Preparing
from reader.speech.engine import Voice, VoiceId
from reader.speech.planning.heard_notes import HeardNote, HeardNotes, NotesHeard
from reader.speech.planning.passages_plan import sentences_in
from reader.text.document import Place, Span
from reader.ui.background import Background
from reader.ui.desk.preferences import Preferences
from reader.ui.listening.reading_aloud import ReadingAloud
from reader.ui.look.list_popover import ListPopover, Row
from reader.ui.margin.annotating import Annotating
from reader.ui.margin.note_cards import AnchoredNote
from reader.ui.voices.voice_list import MORE_VOICES
from reader.ui.window import messages
from reader.ui.window.commands import Command
from reader.ui.window.main_window import MainWindow
from reader.ui.window.messages import Message
from reader.ui.window.voice_words import words_for_id, words_for_voice

_SETTLES_MS = 300
"""How long after a change to a note it is taken up: while one types, once one stops."""

_ONLY_HIGHLIGHTS, _EVERYTHING = "only highlights", "everything"
_CHOOSE_VOICE, _BEST_VOICE = "choose voice", "best voice"
_WORDS = {
    NotesHeard.NOT: "Nothing",
    NotesHeard.SOUND: "A soft sound at the passage",
    NotesHeard.AFTER_SENTENCE: "The note, after its sentence",
    NotesHeard.AFTER_PARAGRAPH: "The note, after its paragraph",
}


class NotesAloud(QObject):
    """Takes the notes in the margin to the voice, as the user wants to hear them."""

    said = Signal(object)
    """Message: why only highlights can't be played."""
    more_voices_wanted = Signal()

    def __init__(
        self,
        services: Services,
        preferences: Preferences,
        window: MainWindow,
        background: Background,
        aloud: ReadingAloud,
        annotating: Annotating,
    ) -> None:
        super().__init__(aloud)
        self._services, self._preferences, self._window = services, preferences, window
        self._aloud, self._annotating = aloud, annotating
        self._readying, self._choosing = background.latest(), background.latest()
        self._finding = background.latest()
        self._voices: Sequence[Voice] = ()
        self._words: NoteWords | None = None
        self._kept: dict[AnnotationId, tuple[AnchoredNote, HeardNote]] = {}
        self._is_only_highlights = False
        self._passages: tuple[Span, ...] = ()  # those that are played, when only they are
        self._settling = QTimer(self, singleShot=True, interval=_SETTLES_MS)
        self._settling.timeout.connect(self._take_up)
        annotating.notes_changed.connect(self._settling.start)
        aloud.opened.connect(self._on_opened)
        aloud.voice_changed.connect(self._on_voice_changed)
        aloud.listening.note_lit.connect(self._on_note_lit)
        preferences.chosen.connect(self._on_setting_chosen)
        self.deeds: dict[Command, Callable[[], object]] = {
            Command.CHOOSE_HEARD_NOTES: self._choose,
            Command.PLAY_HIGHLIGHTS: self.toggle_highlights,
        }

    @property
    def _when(self) -> NotesHeard:
        return NotesHeard(self._preferences.settings.heard_notes)

    def _notes(self) -> list[AnchoredNote]:
        notebook = self._annotating.notebook
        if notebook is None or notebook.document is not self._aloud.document:
            return []
        return [note for note in notebook.notes if note.span is not None]

    def _take_up(self) -> None:
        """Have the voice tell of the notes as they are now."""
        self._tell_notes()
        if self._is_only_highlights:
            self._find_highlights()

    def _on_setting_chosen(self, name: str) -> None:
        if name == "heard_notes":
            self._tell_notes()

    def _on_opened(self) -> None:
        self._words = None
        self._end_highlights()
        self._settling.start()

    def _on_voice_changed(self) -> None:
        self._words = None
        self._tell_notes()

    def _on_note_lit(self, passage: HeardNote | None) -> None:
        notes = [] if passage is None else self._notes()
        names = (note.annotation.id for note in notes)
        self._annotating.set_note_spoken(
            next((name for name in names if passage is not None and name == passage.note), None)
        )

    # What is heard of them

    def _tell_notes(self) -> None:
        document = self._aloud.document
        if document is None:
            return
        if self._when.are_read and not self._voices:
            self._readying.run(self._get_ready, self._on_voices_known, self._on_no_voices)
            return
        if self._words is None:
            self._words = self._services.note_words(
                document, self._preferences.settings, self._note_voice()
            )
        passages = [] if self._when is NotesHeard.NOT else self._noted_passages()
        self._aloud.set_notes(HeardNotes(passages, self._when, self._words.say))

    def _noted_passages(self) -> list[HeardNote]:
        """Return the notes as the voice comes by them; those that are as they were are kept."""
        kept, self._kept = self._kept, {}
        for note in self._notes():
            known = kept.get(note.annotation.id)
            if known is None or known[0] is not note:
                assert note.span is not None
                known = note, heard_note(note.annotation, note.span)
            self._kept[note.annotation.id] = known
        return [passage for _, passage in self._kept.values()]

    def _get_ready(self) -> Sequence[Voice]:
        """Return the voices there are, with all at hand that puts notes into words."""
        note_document("*A note*", None, is_markdown=True)
        return self._services.voices()

    def _on_voices_known(self, voices: Sequence[Voice]) -> None:
        self._voices = tuple(voices)
        if self._voices:
            self._words = None
            self._tell_notes()

    def _on_no_voices(self, _error: object) -> None:
        """Leave it to the voice that reads, which says what is wrong if it can't."""

    def _note_voice(self) -> VoiceId | None:
        language = None if self._aloud.document is None else self._aloud.document.language
        settings = self._preferences.settings
        return voice_for_notes(settings, self._aloud.voice, language, self._voices)

    # Choosing

    def _choose(self) -> None:
        """Open the choices, once it is known which voices there are."""

        def show(voices: Sequence[Voice]) -> None:
            self._on_voices_known(voices)
            self._show_choices()

        self._choosing.run(self._services.voices, show, lambda _error: self._show_choices())

    def _show_choices(self) -> None:
        when = self._when
        heard = [Row(words, key.value, is_current=key is when) for key, words in _WORDS.items()]
        name, detail = self._reader_words()
        rows = [
            Row("Heard of notes"),
            *heard,
            Row("Notes are read by"),
            Row(f"{name}…", _CHOOSE_VOICE, detail=detail),
            Row("What is played"),
            Row("Everything", _EVERYTHING, is_current=not self._is_only_highlights),
            Row("Only my highlights", _ONLY_HIGHLIGHTS, is_current=self._is_only_highlights),
        ]
        self._open(rows, self._on_chosen)

    def _reader_words(self) -> tuple[str, str]:
        """Return who reads notes, and why."""
        voice = self._note_voice()
        if voice is not None:
            known = [v for v in self._voices if v.id == voice]
            name = words_for_voice(known[0]).name if known else words_for_id(voice).name
            is_chosen = voice == self._preferences.settings.note_voice
            return name, "" if is_chosen else "another than reads the text"
        name = words_for_id(self._aloud.voice).name
        is_chosen = self._aloud.voice == self._preferences.settings.note_voice
        why = "" if is_chosen else "no other natural voice"
        return f"{name}, a little slower", why

    def _on_chosen(self, key: str) -> None:
        if key == _CHOOSE_VOICE:
            self._choose_voice()
        elif key in (_ONLY_HIGHLIGHTS, _EVERYTHING):
            if self._is_only_highlights != (key == _ONLY_HIGHLIGHTS):
                self.toggle_highlights()
        else:
            self._preferences.change(heard_notes=key)
            self._tell_notes()

    def _choose_voice(self) -> None:
        document, settings = self._aloud.document, self._preferences.settings
        language = None if document is None else document.language
        current = settings.note_voice
        rows = [
            Row("Another than reads the text", _BEST_VOICE, is_current=not current),
            Row(
                "The same, a little slower",
                self._aloud.voice,
                is_current=current == self._aloud.voice,
            ),
            *(
                Row(voice.name, voice.id, is_current=voice.id == current)
                for voice in could_read_notes(language, self._voices)
                if voice.id != self._aloud.voice
            ),
            MORE_VOICES,
        ]
        self._open(rows, self._on_voice_chosen)

    def _on_voice_chosen(self, key: str) -> None:
        if key == MORE_VOICES.key:
            self.more_voices_wanted.emit()
            return
        self._preferences.change(note_voice="" if key == _BEST_VOICE else key)
        self._words = None
        self._tell_notes()

    def _open(self, rows: Sequence[Row], on_chosen: Callable[[str], object]) -> None:
        popover = ListPopover(self._window.theme, self._window, "What is heard of notes", rows)
        popover.chosen.connect(on_chosen)
        transport = self._window.transport
        popover.open_at(transport.highlights_button, transport.speed_button, transport.play_button)

    # Only highlights

    def toggle_highlights(self) -> None:
        """Play only what is highlighted, from the next highlight on; or go on with everything."""
        if self._is_only_highlights:
            self._end_highlights()
            self._aloud.read_only(None)
        elif self._highlighted():
            self._is_only_highlights = True
            self._find_highlights()
        else:
            self.said.emit(messages.NOTHING_HIGHLIGHTED)

    def _highlighted(self) -> tuple[Span, ...]:
        return highlighted_spans(
            (note.annotation, note.span) for note in self._notes() if note.span is not None
        )

    def _find_highlights(self) -> None:
        """Have those sentences found that are to be played, beside the window's thread."""
        document, settings = self._aloud.document, self._preferences.settings
        passages = self._highlighted()
        if document is None or passages == self._passages:
            return
        self._passages = passages
        plan = self._services.plan(document, settings, self._aloud.wanted, has_one_voice=True)
        self._finding.run(
            lambda: sentences_in(plan, passages),
            self._on_found,
            lambda _error: self._end_highlights(messages.NOTHING_HIGHLIGHTED),
        )

    def _on_found(self, sentences: tuple[Span, ...]) -> None:
        aloud = self._aloud
        if not sentences:
            was_on = aloud.passages is not None
            self._end_highlights(
                messages.HIGHLIGHTS_GONE if was_on else messages.NOTHING_HIGHLIGHTED
            )
            aloud.read_only(None)
            return
        begins = aloud.passages is None
        if all(Place(s.section, s.end) <= aloud.place for s in sentences):
            aloud.move_to(sentences[0].first_place)  # none is left: from the first one again
        aloud.read_only(sentences)
        self._window.transport.set_highlights(True)
        if begins and not isinstance(aloud.player.state, (Playing, Preparing)):
            aloud.play_from(aloud.place)

    def _end_highlights(self, message: Message | None = None) -> None:
        self._finding.forget()
        self._is_only_highlights, self._passages = False, ()
        self._window.transport.set_highlights(False)
        if message is not None:
            self.said.emit(message)
