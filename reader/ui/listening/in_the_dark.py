"""Reading in the dark: the voice alone, with a view that shows how it sounds."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from reader.playback.states import PlayerState, Playing, Preparing
from reader.playback.stream.loudness import Swelling, loudness_at
from reader.text.document import Span
from reader.text.lazy_sections import readable_section
from reader.text.utf16 import Utf16Map
from reader.ui.listening.dark_view import DarkView
from reader.ui.listening.desktop.wakefulness import Wakefulness
from reader.ui.listening.reading_aloud import ReadingAloud
from reader.ui.window.commands import Command
from reader.ui.window.main_window import MainWindow
from reader.ui.window.progress_line import clock_time

FRAME_MS = 25
"""How often at most the ring is drawn anew while there is something to hear."""

_PAINTING_SHARE = 0.25
"""How much of the thread's time painting may take: on a huge screen the frames come slower."""

_MARKED_MS, _MARKED_WORDS = 2500, 8
_AT_REST = 0.004  # a level no eye sees


class InTheDark(QObject):
    """Covers the window while it is wanted, and keeps the machine awake while it reads."""

    def __init__(self, window: MainWindow, aloud: ReadingAloud) -> None:
        super().__init__(window)
        self._window, self._aloud = window, aloud
        self._is_still = False
        self._awake = Wakefulness()
        self._swelling = Swelling()
        self._seen_s = 0.0
        self._sentence: Span | None = None
        self._utf16 = Utf16Map("")
        self._was_full_screen = self._was_maximized = False
        self.view = DarkView(window.theme, window)
        self._drawing = QTimer(self, interval=FRAME_MS)
        self._drawing.setTimerType(Qt.TimerType.PreciseTimer)
        self._drawing.timeout.connect(self._draw)
        self._marked = ""
        self._marked_shown = QTimer(self, singleShot=True, interval=_MARKED_MS)
        self._connect()

    def _connect(self) -> None:
        view, listening = self.view, self._aloud.listening
        view.left.connect(self.leave)
        view.toggled.connect(lambda: self._window.command_given.emit(Command.PLAY_OR_PAUSE))
        view.stepped.connect(self._step)
        listening.word_lit.connect(self._on_word_lit)
        listening.times_changed.connect(self._show_foot)
        listening.player_changed.connect(self._on_player_changed)
        self._window.messages.changed.connect(self._show_foot)
        self._marked_shown.timeout.connect(self._show_foot)
        self._window.installEventFilter(self)

    @property
    def is_on(self) -> bool:
        """Whether it is dark."""
        return self.view.isVisibleTo(self._window)

    def toggle(self) -> None:
        """Enter or leave."""
        if self.is_on:
            self.leave()
        else:
            self.enter()

    def enter(self) -> None:
        """Cover everything, on the whole screen."""
        window = self._window
        self._was_full_screen, self._was_maximized = window.isFullScreen(), window.isMaximized()
        self._is_still = window.view.is_motion_reduced
        self.view.set_reduced_motion(self._is_still)
        self.view.setGeometry(window.rect())
        self.view.show()
        self.view.raise_()
        self.view.setFocus()
        window.showFullScreen()
        self._show_sentence(self._aloud.sentence_now())
        self._show_foot()
        self._on_player_changed(self._aloud.player.state)

    def leave(self) -> None:
        """Show the text again, in the window as it was."""
        if not self.is_on:
            return
        self.view.hide()
        self._drawing.stop()
        self._awake.set_wanted(False)
        if self._was_maximized:
            self._window.showMaximized()
        elif not self._was_full_screen:
            self._window.showNormal()
        self._window.view.setFocus()

    def _leave_for_good(self) -> None:
        """Let the window be remembered as it was in the light.

        X11 gives it that place and size only later, when it is gone: Qt is told them here.
        """
        place = self._window.normalGeometry()
        self.leave()
        if not (self._was_maximized or self._was_full_screen):
            self._window.setGeometry(place)

    def tell_marked(self, passage: Span) -> None:
        """Say for a moment what was just marked: in the dark nothing else shows it."""
        words = self._text_of(passage).split()
        shown = " ".join(words[:_MARKED_WORDS]) + ("…" if len(words) > _MARKED_WORDS else "")
        self._marked = f"Marked: “{shown}”"
        self._marked_shown.start()
        self._show_foot()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and self.is_on:
            if event.type() is QEvent.Type.Resize:
                self.view.setGeometry(self._window.rect())
            elif event.type() is QEvent.Type.Close:
                self._leave_for_good()
        return super().eventFilter(watched, event)

    def _step(self, sentences: int) -> None:
        command = Command.NEXT_SENTENCE if sentences > 0 else Command.PREVIOUS_SENTENCE
        for _ in range(abs(sentences)):
            self._window.command_given.emit(command)

    def _on_player_changed(self, state: PlayerState) -> None:
        if not self.is_on:
            return
        self._awake.set_wanted(isinstance(state, (Playing, Preparing)))
        if isinstance(state, Playing) and not self._is_still and not self._drawing.isActive():
            self._seen_s = time.monotonic()
            self._drawing.start()

    def _draw(self) -> None:
        """Show how loud it is now; stop once it is silent and the ring has come to rest."""
        now_s = time.monotonic()
        player = self._aloud.player
        is_playing = isinstance(player.state, Playing)
        heard = player.audio_heard() if is_playing else None
        target = 0.0
        if heard is not None:
            audio = heard.audio
            target = loudness_at(audio.pcm, heard.frame, audio.sample_rate, heard.level)
        level = self._swelling.follow(target, now_s - self._seen_s)
        self._seen_s = now_s
        if level < _AT_REST:
            level = self._swelling.level = 0.0
            if not is_playing:
                self._drawing.stop()
        self.view.set_level(level)
        wanted_ms = max(FRAME_MS, round(self.view.paint_s * 1000 / _PAINTING_SHARE))
        if abs(wanted_ms - self._drawing.interval()) > FRAME_MS:
            self._drawing.setInterval(wanted_ms)

    def _on_word_lit(self, word: Span | None) -> None:
        if not self.is_on:
            return
        self._show_sentence(self._aloud.sentence_now())
        sentence = self._sentence
        if word is None or sentence is None or not word.overlaps(sentence):
            self.view.set_word(0, 0)
            return
        start = max(word.start, sentence.start) - sentence.start
        end = min(word.end, sentence.end) - sentence.start
        self.view.set_word(self._utf16.to_utf16(start), self._utf16.to_utf16(end))

    def _text_of(self, passage: Span) -> str:
        document = self._aloud.document
        if document is None:
            return ""
        section = readable_section(document.sections, passage.section)
        return "" if section is None else section.text[passage.start : passage.end]

    def _show_sentence(self, sentence: Span | None) -> None:
        self._sentence = sentence
        whole = "" if sentence is None else self._text_of(sentence)
        text = "".join(" " if character.isspace() else character for character in whole)
        self._utf16 = Utf16Map(text)
        self.view.set_sentence(text)

    def _show_foot(self, *_times: float) -> None:
        """Show the times, or what there is to say."""
        if not self.is_on:
            return
        message, player = self._window.messages.message, self._aloud.player
        if message is not None:
            self.view.set_foot(message.text)
            return
        if self._marked_shown.isActive():
            self.view.set_foot(self._marked)
            return
        whole_s = player.elapsed_s + player.left_s
        times = f"{clock_time(player.elapsed_s)} of {clock_time(whole_s)}"
        self.view.set_foot(f"{times}  ·  M marks what you just heard  ·  Esc leads back")
