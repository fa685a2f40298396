"""The library over the window: shown and left, its texts opened, its changes kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu

from reader.annotations.overview import ListedNote, list_notes
from reader.app.library_overview import LibraryOverview, overlook_library
from reader.app.services import Services
from reader.app.wording import sentence_for
from reader.errors import SottovoceError
from reader.library.files import LibraryFiles
from reader.library.holdings import Holding, Holdings
from reader.storage.texts import TextId
from reader.ui.announcing import announce
from reader.ui.background import Background
from reader.ui.desk.preferences import Preferences
from reader.ui.library.cover_store import CoverStore
from reader.ui.library.covered_commands import CoveredCommands
from reader.ui.library.folder_watch import FolderWatch
from reader.ui.library.library_changes import LibraryChanges
from reader.ui.library.library_menus import (
    SORT_WORDS,
    LibraryMenus,
    TextDeeds,
    text_menu,
)
from reader.ui.library.library_search import LibraryFinds, LibrarySearch
from reader.ui.library.library_updates import LibraryUpdates
from reader.ui.library.library_view import LibraryView
from reader.ui.library.shelf_contents import nothing_words, search_groups, shelf_groups
from reader.ui.library.shelf_model import Entry, TextEntry
from reader.ui.library.shelves import NOTE_KINDS, Shelf, ShelfKind, shelf_lines
from reader.ui.window.main_window import MainWindow


class LibraryDesk(QObject):
    """Made when the library is first asked for."""

    text_wanted = Signal(Path)
    """To be opened, at the place it was left."""
    place_wanted = Signal(Path, object, str)
    """Path, Span or None, and the id of a note or "": to be shown."""

    def __init__(self, services: Services, preferences: Preferences, window: MainWindow) -> None:
        super().__init__(window)
        self._services = services
        self._preferences = preferences
        self._window = window
        self._background = Background(self)
        self._covers = CoverStore(services.paths.covers_dir, self._background, self)
        self._updates = LibraryUpdates(services.paths, self)
        self._search = LibrarySearch(services, self._background, self)
        self._watch_folder = FolderWatch(self._background, self)
        self._overview: LibraryOverview | None = None
        self._notes: tuple[ListedNote, ...] = ()
        self._note_texts: dict[TextId, Holding] = {}
        self._finds: LibraryFinds | None = None
        self._overlooking = self._background.latest()
        self._listing = self._background.latest()
        self._complaint = ""
        self._covered = CoveredCommands(window)
        self.view = LibraryView(window.theme, self._covers, window)
        self.view.hide()
        self._changes = LibraryChanges(
            lambda: services.database, self._background, window.theme, self.view
        )
        self._menus = LibraryMenus(window.theme, preferences, self.view)
        self._connect()

    def _connect(self) -> None:
        view = self.view
        view.left.connect(self.leave)
        view.files_dropped.connect(self.add)
        view.search.textChanged.connect(self._on_typed)
        view.search.returnPressed.connect(
            lambda: self._search.look_for(view.search.text(), is_ended=True)
        )
        view.shelves.shelf_chosen.connect(self._on_shelf_chosen)
        view.shelves.menu_wanted.connect(self._changes.show_collection_menu)
        view.texts.entry_chosen.connect(self._on_entry_chosen)
        view.texts.menu_wanted.connect(self._show_entry_menu)
        view.texts.removal_wanted.connect(self._on_removal_wanted)
        view.texts.picked_changed.connect(self._on_picked_changed)
        view.form_button.clicked.connect(self._change_form)
        view.foot_button.clicked.connect(self._changes.take_back_removal)
        self._menus.paths_chosen.connect(self.add)
        self._menus.notes_folder_chosen.connect(self._bring_in_notes)
        self._menus.update_wanted.connect(self._look_for_files)
        self._menus.order_chosen.connect(self._sort_by)
        self._menus.collection_wanted.connect(lambda: self._changes.make_collection())
        self._menus.left.connect(self.leave)
        self._changes.made.connect(self.refresh)
        self._changes.located.connect(self._covers.forget)
        self._changes.failed.connect(self._on_failed)
        self._watch_folder.changed.connect(self._updates.update)
        self._search.found.connect(self._on_found)
        self._search.failed.connect(self._on_failed)
        self._updates.texts_changed.connect(self.refresh)
        self._updates.progressed.connect(self._on_progressed)
        self._updates.faults_found.connect(self._on_faults)
        self._updates.notes_brought_in.connect(self._complain)
        self._window.installEventFilter(self)

    @property
    def is_shown(self) -> bool:
        """Whether it covers the text."""
        return self.view.isVisibleTo(self._window)

    def toggle(self) -> None:
        """Show it, or go back to the text."""
        if self.is_shown:
            self.leave()
        else:
            self.show()

    def show(self) -> None:
        """Cover the text with the library as it is now, and look for what is new."""
        view = self.view
        settings = self._preferences.settings
        view.show_sort(SORT_WORDS[settings.library_sort])
        view.show_form(is_list=settings.library_as_list)
        view.setGeometry(self._window.rect())
        view.show()
        view.raise_()
        view.texts.setFocus()
        self._covered.set_aside()
        self.refresh()
        self._look_for_files()

    def leave(self) -> None:
        """Go back to the text."""
        self._changes.forget_removal()
        self.view.texts.pick_none()
        self._watch_folder.look_at("")
        self._covered.give_back()
        self.view.say_at_foot("")
        self.view.hide()
        self._window.view.setFocus()

    def close(self) -> None:
        """End what is under way."""
        self._updates.close()
        self._search.stop()
        self._background.close()

    def refresh(self) -> None:
        """Read anew what the library holds."""
        self._overlooking.run(
            lambda: overlook_library(self._services.database), self._on_overlooked, self._on_failed
        )

    def add(self, paths: list[Path]) -> None:
        """Put files and folders into the library."""
        self._complaint = ""
        self._updates.add(paths, keeps_copies=self._preferences.settings.keep_copies)

    def take_in(self, paths: list[Path]) -> None:
        """Show the library and put these into it."""
        if not self.is_shown:
            self.show()
        self.add(paths)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() is QEvent.Type.Resize and self.is_shown:
            self.view.setGeometry(self._window.rect())
        return False

    # What is shown

    def _look_for_files(self) -> None:
        self._complaint = ""

        def look() -> bool:
            return bool(LibraryFiles(self._services.database).look_for_all())

        def on_looked(has_changed: bool) -> None:
            if has_changed:
                self._covers.forget()
                self.refresh()
            if not self.is_shown:
                return
            self._preferences.save()  # the process that looks for texts reads them from there
            self._updates.update()
            self._watch_folder.look_at(self._preferences.settings.watched_folder)

        self._background.run(look, on_looked, self._on_failed)

    def _on_overlooked(self, overview: LibraryOverview) -> None:
        self._overview = overview
        self._search.know_texts(overview.texts)
        self.view.shelves.show_lines(shelf_lines(overview))
        self._list_notes()
        self._search.search_again()

    def _list_notes(self) -> None:
        """Read the notes of the shelf, if it shows any, and show it."""
        shelf = self.view.shelves.shelf
        kind = NOTE_KINDS.get(shelf.kind)
        self._listing.forget()
        if kind is None:
            self._notes = ()
            self._show_shelf()
            return
        services = self._services

        def read() -> tuple[tuple[ListedNote, ...], dict[TextId, Holding]]:
            database = services.database
            notes = list_notes(database, kind, shelf.name, text=shelf.text)
            return notes, Holdings(database).by_id(note.text for note in notes)

        def show(listed: tuple[tuple[ListedNote, ...], dict[TextId, Holding]]) -> None:
            self._notes, self._note_texts = listed
            self._show_shelf()

        self._listing.run(read, show, self._on_failed)

    def _show_shelf(self) -> None:
        if self._overview is None:
            return
        settings, shelf = self._preferences.settings, self.view.shelves.shelf
        if self._finds is not None:
            groups = search_groups(
                self._finds,
                self._overview,
                settings.library_sort,
                is_indexing=self._updates.is_indexing,
            )
            empty = ""
        else:
            groups = shelf_groups(
                shelf,
                self._overview,
                self._notes,
                self._note_texts,
                order=settings.library_sort,
                as_list=settings.library_as_list,
            )
            empty = "" if groups else nothing_words(shelf)
        self.view.texts.show_groups(groups, settings.speed)
        self.view.say_empty(empty)

    def _on_shelf_chosen(self, _shelf: Shelf) -> None:
        if self.view.search.text():
            self.view.search.clear()
        self._list_notes()

    def _on_typed(self, typed: str) -> None:
        if typed.strip():
            self._search.look_for(typed)
        else:
            self._search.stop()
            self._finds = None
            self._show_shelf()

    def _on_found(self, finds: LibraryFinds) -> None:
        if not self.view.search.text().strip():
            return
        self._finds = None if finds.query.is_empty else finds
        self._show_shelf()
        groups = self.view.texts.shelf.groups
        if self._finds is not None and groups:
            announce(self.view.texts, groups[-1].heading)

    def _change_form(self) -> None:
        is_list = not self._preferences.settings.library_as_list
        self._preferences.choose("library_as_list", is_list)
        self.view.show_form(is_list=is_list)
        self._show_shelf()

    def _sort_by(self, order: str) -> None:
        self._preferences.choose("library_sort", order)
        self.view.show_sort(SORT_WORDS[order])
        self._show_shelf()

    # What is told

    def _on_progressed(self, words: str) -> None:
        if words or not self._changes.can_take_back:
            self.view.say_at_foot(words or self._complaint or self._words_on_picked())
        if not words:
            self._search.search_again()

    def _on_faults(self, sentences: list[str]) -> None:
        more = f" (and {len(sentences) - 1} more)" if len(sentences) > 1 else ""
        self._complain(sentences[0] + more)

    def _on_failed(self, error: SottovoceError) -> None:
        self._complain(sentence_for(error))

    def _complain(self, sentence: str) -> None:
        """Say what went wrong; it stays until something else is begun."""
        self._complaint = sentence
        self.view.say_at_foot(sentence)

    # Opening

    def _on_entry_chosen(self, entry: Entry) -> None:
        path = entry.text.path
        if entry.text.is_missing or path is None:
            self._show_entry_menu(entry, self._middle_of_current())
            return
        self.leave()
        if isinstance(entry, TextEntry):
            self.text_wanted.emit(path)
        else:
            self.place_wanted.emit(path, entry.span, entry.note or "")

    def _middle_of_current(self) -> QPoint:
        texts = self.view.texts
        return texts.viewport().mapToGlobal(texts.visualRect(texts.currentIndex()).center())

    # Changing

    def _show_entry_menu(self, entry: Entry, at: QPoint) -> None:
        self.menu_of(entry).popup(at)

    def menu_of(self, entry: Entry) -> QMenu:
        """Return the menu of a text, of the text that a find is in, or of all that are picked."""
        text, overview, changes = entry.text, self._overview, self._changes
        texts = self.view.texts.picked or (text,)
        return text_menu(
            self._window.theme,
            self.view,
            texts,
            () if overview is None else overview.collections,
            TextDeeds(
                open=lambda: self._on_entry_chosen(entry),
                show_notes=lambda: self._show_notes_of(text),
                show_folder=lambda: _show_folder_of(text),
                edit_tags=lambda: changes.edit_tags(texts, self._tags()),
                put_into=lambda number, is_in: changes.put_into(texts, number, is_in=is_in),
                make_collection=lambda: changes.make_collection(texts),
                locate=lambda: changes.locate(text),
                remove=lambda: changes.remove(texts),
            ),
        )

    def _on_removal_wanted(self, entry: Entry) -> None:
        if isinstance(entry, TextEntry):
            self._changes.remove(self.view.texts.picked or (entry.text,))

    def _on_picked_changed(self, _count: int) -> None:
        words = self._words_on_picked()
        if not self._changes.can_take_back:
            self.view.say_at_foot(words or self._complaint)
        if words:
            announce(self.view.texts, words)

    def _words_on_picked(self) -> str:
        count = len(self.view.texts.picked)
        return "" if not count else "1 text picked" if count == 1 else f"{count} texts picked"

    def _tags(self) -> list[str]:
        return [] if self._overview is None else [tag for tag, _ in self._overview.tags]

    def _show_notes_of(self, text: Holding) -> None:
        self.view.shelves.choose_unlisted(Shelf(ShelfKind.TEXT, text.title, text=text.id))

    def _bring_in_notes(self, folder: Path) -> None:
        self._complaint = ""
        self._updates.bring_in_notes(folder)


def _show_folder_of(text: Holding) -> None:
    if text.path is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(text.path.parent)))
