"""The composition root: every part of the program is built here, once, when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from reader.app.paths import Paths
from reader.app.session import Session
from reader.app.settings import LoadedSettings, Settings
from reader.app.text_opening import TextOpening
from reader.app.trace import Trace
from reader.text.document import Document, Span
from reader.values import replaced

if TYPE_CHECKING:  # each is imported when it is built, which for most is after the first paint
    from reader.annotations.store import AnnotationStore
    from reader.app.crash import CrashLog
    from reader.app.note_words import NoteWords
    from reader.app.reading_choices import PronunciationFile
    from reader.library.catalogue import Catalogue
    from reader.library.search.index_file import IndexFile
    from reader.playback.player import Player
    from reader.playback.states import PlayerListener
    from reader.playback.stream.output import AudioOutput
    from reader.speech.engine import Voice, VoiceId
    from reader.speech.planning.planner import Plan
    from reader.speech.speaking import Speech, SpeechSource
    from reader.speech.speech_events import SpeechEvent
    from reader.speech.synthesiser import Synthesiser
    from reader.storage.backups import Mending
    from reader.storage.database import Database


class Services:
    """What the window works with. Nothing is opened, started or imported before it is asked for."""

    def __init__(self, paths: Paths, trace: Trace, *, leaves_traces: bool = True) -> None:
        """Whoever only looks `leaves` no `traces`: no database is made where there is none."""
        self.paths = paths
        self.trace = trace
        self.mending: Mending | None = None
        self._leaves_traces = leaves_traces
        self._opening = Lock()
        self._database: Database | None = None
        self.texts = TextOpening(paths.sections_dir, self._known_texts)

    @cached_property
    def crash_log(self) -> CrashLog:
        """Where a crash is written down."""
        from reader.app.crash import CrashLog

        return CrashLog(self.paths.crash_log)

    @cached_property
    def loaded_settings(self) -> LoadedSettings:
        """The settings as they were at the start, and what was wrong with them."""
        return Settings.load(self.paths.settings)

    @cached_property
    def session(self) -> Session:
        """The window as it was left."""
        return Session.load(self.paths.session)

    @property
    def database(self) -> Database:
        """The file with notes, texts and places, opened by whichever thread asks first.

        Raises:
            StorageUnavailable: it can't be opened; the next time it is asked for it is tried again.
        """
        with self._opening:  # two that open a damaged one would both mend it
            if self._database is None:
                self._database = self._opened_database()
            return self._database

    def _opened_database(self) -> Database:
        from reader.errors import StorageDamaged
        from reader.storage.database import Database

        path = self.paths.database
        if path.is_file() and not path.stat().st_size:
            from reader.storage.backups import is_emptied

            if is_emptied(path, self.paths.backups_dir):
                self._mend(path)
        try:
            return Database(path, is_kept=self._leaves_traces or path.exists())
        except StorageDamaged:
            self._mend(path)
            return Database(path)

    def _mend(self, path: Path) -> None:
        from datetime import datetime

        from reader.storage.backups import mend

        self.mending = mend(path, self.paths.backups_dir, datetime.now().astimezone())

    def look_after_database(self) -> Mending | None:
        """Copy the file if that is due; if it is damaged, mend it. What was done, once.

        Also what was done when it was opened. Reads all of it, so not on the window's thread.

        Raises:
            StorageUnavailable: it can't be read, or the copy can't be written.
        """
        from datetime import datetime

        from reader.app.daily_copy import copy_if_due

        if not self.database.is_sound():
            self.database.replace_by(self._mend)
        elif self._leaves_traces:
            copy_if_due(self.database, self.paths, datetime.now().astimezone())
            self.annotations.forget_removed()
        mending, self.mending = self.mending, None
        return mending

    @cached_property
    def catalogue(self) -> Catalogue:
        """The texts opened so far. Raises StorageUnavailable."""
        from reader.library.catalogue import Catalogue

        return Catalogue(self.database)

    @cached_property
    def annotations(self) -> AnnotationStore:
        """The annotations of all texts. Raises StorageUnavailable."""
        from reader.annotations.store import AnnotationStore

        return AnnotationStore(self.database)

    @cached_property
    def search_index(self) -> IndexFile:
        """The index for searching everything, a new one if there is none. IndexUnavailable."""
        from reader.library.search.index_file import IndexFile

        return IndexFile(self.paths.search_index)

    def close_search_index(self) -> None:
        """Let the index go; who asks for it next gets it anew."""
        index = self.__dict__.pop("search_index", None)
        if index is not None:
            index.close()

    def load_voice_ahead(self) -> None:
        """Have the voice loaded while the window gets ready: it is the last thing one waits for."""
        from reader.speech.process.starting import start_ahead

        start_ahead(self.paths.voices_dir, self.loaded_settings.settings.voice)

    @cached_property
    def pronunciation_file(self) -> PronunciationFile:
        """The user's rules for how words sound."""
        from reader.app.reading_choices import PronunciationFile

        return PronunciationFile(self.paths.pronunciation)

    def plan(
        self,
        document: Document,
        settings: Settings | None = None,
        wanted: Iterable[Span] = (),
        *,
        has_one_voice: bool = False,
        ends_where_unreadable: bool = False,
        on_unspoken: Callable[[str], None] = lambda _tag: None,
    ) -> Plan:
        """Return what is to be spoken of a document, by these settings or those of the start.

        `wanted` are passages that are read whatever the settings say. With one voice it says those
        in other languages as well; else `on_unspoken` is told the languages without a voice. For
        `ends_where_unreadable` see `Plan`.
        """
        from reader.app.passage_voices import PassageVoices
        from reader.app.reading_choices import what_is_read
        from reader.speech.planning.planner import Plan

        settings = settings or self.loaded_settings.settings
        what = what_is_read(settings, wanted)
        rules = self.pronunciation_file.at_work_on(document.fingerprint)
        voices = PassageVoices(settings, document.language, self.voices, on_unspoken)
        voice_for = None if has_one_voice else voices.voice_for
        return Plan(
            document,
            what=what,
            pronunciation=rules,
            voice_for=voice_for,
            ends_where_unreadable=ends_where_unreadable,
        )

    def note_words(
        self,
        document: Document,
        settings: Settings,
        voice: VoiceId | None,
    ) -> NoteWords:
        """Return what puts notes on a document into words; `voice` says those in its language.

        None: the voice that reads the text does. Notes in other languages have voices of theirs.
        """
        from reader.app.language_voices import base_language
        from reader.app.note_words import NoteWords
        from reader.app.passage_voices import PassageVoices

        # nothing in a note is furniture: whoever wrote it wants to hear it
        everything = replaced(settings, read_code=True, read_citations=True, read_author_years=True)
        others = PassageVoices(settings, document.language, self.voices)

        def voice_for(tag: str) -> VoiceId | None:
            is_usual = base_language(tag) == base_language(document.language)
            return voice if is_usual else others.voice_for(tag)

        def plan(note: Document) -> Plan:
            # the rules of pronunciation for this text hold for the notes on it
            named = replaced(note, fingerprint=document.fingerprint)
            return self.plan(named, everything, has_one_voice=True)

        return NoteWords(document.language, plan, voice_for)

    def synthesiser(self, on_event: Callable[[SpeechEvent], None]) -> Synthesiser:
        """Return a voice in a process of its own, not started yet."""
        from reader.speech.synthesiser import Synthesiser

        return Synthesiser(
            on_event, voices_dir=self.paths.voices_dir, speeds_file=self.paths.voice_speeds
        )

    def speech(self, on_event: Callable[[SpeechEvent], None]) -> Speech:
        """Return a voice like `synthesiser`'s that remembers what it said, if the user likes."""
        from reader.speech.audio_cache import AudioCache
        from reader.speech.cached_speech import CachedSpeech
        from reader.speech.voices.files import model_identity

        limit_bytes = self.loaded_settings.settings.audio_cache_mb * 1_000_000
        if not limit_bytes:
            return self.synthesiser(on_event)
        cache = AudioCache(self.paths.audio_cache_dir, limit_bytes)
        voices_dir = self.paths.voices_dir
        return CachedSpeech(
            self.synthesiser, on_event, cache, lambda voice: model_identity(voice, voices_dir)
        )

    def player(self, speech: SpeechSource, output: AudioOutput, listener: PlayerListener) -> Player:
        """Return a player between this voice and this device."""
        from reader.playback.player import Player

        return Player(speech, output, listener)

    def voices(self) -> list[Voice]:
        """List the voices, also those that can't speak here; takes a moment."""
        from reader.speech.voices.overview import installed_voices

        return installed_voices(self.paths.voices_dir)

    def recommended_voice(self, language: str) -> Voice | None:
        """Return the voice that somebody who reads this language should know of; takes a moment.

        None where there is none better than the usual one, or this machine is too slow for it.
        """
        from reader.speech.voices.overview import all_voices
        from reader.speech.voices.speed import read_real_time_factors, recommended_voice

        voices = all_voices(self.paths.voices_dir)
        factors = read_real_time_factors(self.paths.voice_speeds)
        best = recommended_voice(voices, factors, language)
        return next((voice for voice in voices if voice.id == best), None)

    def transcribed(self, word: str, language: str) -> str:
        """Return the phonemes a word is said with, "" where that can't be told; takes 0.2 s."""
        from reader.speech.process.starting import worker_command
        from reader.speech.transcription import transcribed

        return transcribed(word, language, worker_command(self.paths.voices_dir))

    def close(self) -> None:
        """Close what was opened."""
        self.texts.close()
        self.close_search_index()
        if self._database is not None:
            self._database.close()

    def _known_texts(self) -> Catalogue | None:
        """Return the catalogue if there is any: a first start makes no file before it must."""
        is_there = self._database is not None or self.paths.database.exists()
        return self.catalogue if is_there else None
