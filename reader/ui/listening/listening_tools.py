"""What helps one listen: marks of what was heard, a time to stop, sentences to study."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from reader.playback.study import Study
from reader.ui.desk.preferences import Preferences
from reader.ui.listening.heard_marks import HeardMarks
from reader.ui.listening.inbox_popover import InboxPopover
from reader.ui.listening.reading_aloud import ReadingAloud
from reader.ui.listening.sleep_choices import sleep_for_key, sleep_rows, sleep_words
from reader.ui.listening.study_popover import StudyPopover
from reader.ui.look.list_popover import ListPopover
from reader.ui.margin.annotating import Annotating
from reader.ui.window.commands import Command
from reader.ui.window.main_window import MainWindow


class ListeningTools(QObject):
    """Does the commands in `deeds`."""

    def __init__(
        self,
        aloud: ReadingAloud,
        annotating: Annotating,
        window: MainWindow,
        preferences: Preferences,
    ) -> None:
        super().__init__(aloud)
        self._aloud = aloud
        self._window = window
        self._preferences = preferences
        self.marks = HeardMarks(annotating, aloud.sentence_after, self)
        self.marks.replay_wanted.connect(aloud.play_from)
        aloud.listening.player_changed.connect(self._show_tools)
        aloud.listening.times_changed.connect(self._show_tools)
        self.deeds: dict[Command, Callable[[], object]] = {
            Command.MARK_HEARD: lambda: self._mark(is_to_write=False),
            Command.MARK_TO_WRITE: lambda: self._mark(is_to_write=True),
            Command.SHOW_INBOX: self._show_inbox,
            Command.CHOOSE_SLEEP: self._choose_sleep,
            Command.CHOOSE_STUDY: self._choose_study,
        }

    def _mark(self, *, is_to_write: bool) -> None:
        span = self._aloud.player.sentence_just_heard()
        if span is not None:
            self.marks.mark(span, is_to_write=is_to_write)

    def _show_inbox(self) -> None:
        window, transport = self._window, self._window.transport
        popover = InboxPopover(window.theme, window, self.marks)
        popover.open_at(transport.mark_button, transport.play_button)

    def _choose_sleep(self) -> None:
        window, transport = self._window, self._window.transport
        rows = sleep_rows(self._aloud.player.sleep)
        popover = ListPopover(window.theme, window, "Sleep timer", rows)
        popover.chosen.connect(self._on_sleep_chosen)
        popover.open_at(transport.sleep_button, transport.play_button)

    def _on_sleep_chosen(self, key: str) -> None:
        self._aloud.player.set_sleep(sleep_for_key(key))
        self._show_tools()

    def _choose_study(self) -> None:
        window, settings = self._window, self._preferences.settings
        selection = window.view.selection
        within = selection if selection is not None and not selection.is_empty else None
        wanted = Study(
            settings.study_repeats, settings.study_pause_ms / 1000, settings.study_slower, within
        )
        popover = StudyPopover(
            window.theme,
            window,
            wanted,
            is_selection=within is not None,
            is_studying=self._aloud.player.study is not None,
        )
        popover.begin_wanted.connect(self._begin_study)
        popover.end_wanted.connect(self._end_study)
        transport = window.transport
        popover.open_at(transport.study_button, transport.speed_button, transport.play_button)

    def _begin_study(self, study: Study) -> None:
        self._preferences.change(
            study_repeats=study.repeats,
            study_pause_ms=round(study.pause_s * 1000),
            study_slower=study.has_slow_second,
        )
        self._window.view.select(None)
        self._aloud.listening.follow_again()
        self._aloud.player.begin_study(study)
        self._show_tools()

    def _end_study(self) -> None:
        self._aloud.player.end_study()
        self._show_tools()

    def _show_tools(self) -> None:
        player, transport = self._aloud.player, self._window.transport
        transport.set_sleep(sleep_words(player.sleep, player.sleep_left_s))
        study = player.study
        transport.set_study("" if study is None else f"Study {study.repeats}×")
