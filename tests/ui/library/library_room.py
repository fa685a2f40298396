"""The library of a window, with eyes and hands for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from reader.ui.library.library_desk import LibraryDesk
from reader.ui.library.shelf_model import FoundEntry, TextEntry
from reader.ui.window.commands import Command
from tests.ui.desk.window_room import WindowRoom

LETTERS = "Each letter was typewritten.\n\nNo man’s hand had written it, nor any other hand.\n"


class Library:
    """The library of a window, with eyes and hands for it."""

    def __init__(self, room: WindowRoom) -> None:
        self.room = room
        self.desk: LibraryDesk = room.desk.library

    @property
    def headings(self) -> list[str]:
        """What is shown, by its headings."""
        return [group.heading for group in self.desk.view.texts.shelf.groups]

    def titles(self, heading: str) -> list[str]:
        """The texts shown below a heading."""
        for group in self.desk.view.texts.shelf.groups:
            if group.heading == heading:
                return [entry.text.title for entry in group.entries]
        return []

    def choose(self, words: str) -> None:
        """Take a line of the left column."""
        shelves = self.desk.view.shelves
        (item,) = shelves.findItems(words, Qt.MatchFlag.MatchExactly)
        shelves.setCurrentItem(item)

    def show(self) -> None:
        """Open it by its key, and wait until it shows texts."""
        self.room.desk.do(Command.SHOW_LIBRARY)
        self.room.wait(lambda: self.desk.view.shelves.count())

    def settle(self) -> None:
        """Wait until nothing is read or indexed any more."""
        self.wait_for_process(lambda: not self.desk._updates.is_running)

    def wait_for_process(self, is_so: Callable[[], bool]) -> None:
        """Return when it is so; a process has to start and to work for it."""
        self.room.qtbot.waitUntil(is_so)

    def search(self, typed: str) -> None:
        """Type into the search and wait for what is found."""
        self.desk.view.search.setText(typed)
        self.room.wait(
            lambda: any("found" in h or "place" in h or "note" in h for h in self.headings)
        )

    def found(self) -> list[FoundEntry]:
        """What the search found."""
        return [
            e for e in self.desk.view.texts.shelf.groups[-1].entries if isinstance(e, FoundEntry)
        ]


def entry_of(library: Library, title: str) -> TextEntry:
    for group in library.desk.view.texts.shelf.groups:
        for entry in group.entries:
            if isinstance(entry, TextEntry) and entry.text.title == title:
                return entry
    raise AssertionError(title)
