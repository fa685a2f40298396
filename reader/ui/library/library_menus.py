"""The menus of the library: what can be done with a text, with a collection, with all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from reader.library.holdings import Collection, CollectionId, Holding
from reader.ui.desk.preferences import Preferences
from reader.ui.library.file_choosing import choose_files
from reader.ui.library.library_view import LibraryView
from reader.ui.look.menu import Menu
from reader.ui.look.theme import Theme
from reader.values import value

SORT_WORDS = {
    "last read": "Last read",
    "title": "Title",
    "author": "Author",
    "added": "Added",
    "progress": "Progress",
}
"""The choices of the setting `library_sort`, as they are shown."""


@value
class TextDeeds:
    """What is done with a text from its menu."""

    open: Callable[[], object]
    show_notes: Callable[[], object]
    show_folder: Callable[[], object]
    edit_tags: Callable[[], object]
    put_into: Callable[[CollectionId, bool], object]
    make_collection: Callable[[], object]
    locate: Callable[[], object]
    remove: Callable[[], object]


def text_menu(
    theme: Theme,
    window: QWidget,
    texts: Sequence[Holding],
    collections: Sequence[Collection],
    deeds: TextDeeds,
) -> QMenu:
    """Return the menu of a text, or of several that are changed together."""
    menu = Menu(theme, window)
    text = texts[0]
    if len(texts) > 1:
        menu.addAction(f"{len(texts)} texts").setEnabled(False)
    elif text.is_missing:
        menu.addAction("Find its file…", deeds.locate)
    else:
        menu.addAction("Open", deeds.open)
        menu.addAction("Show its folder", deeds.show_folder)
    if len(texts) == 1 and text.note_count:
        menu.addAction("Its notes", deeds.show_notes)
    menu.addSeparator()
    menu.addAction("Tags…", deeds.edit_tags)
    into = menu.addMenu("Collections")
    for collection in collections:
        action = into.addAction(collection.name.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(all(collection.id in one.collections for one in texts))
        action.toggled.connect(lambda is_in, number=collection.id: deeds.put_into(number, is_in))
    if collections:
        into.addSeparator()
    into.addAction("New collection…", deeds.make_collection)
    menu.addSeparator()
    whose = "its" if len(texts) == 1 else "their"
    menu.addAction(f"Remove from the library, keep {whose} notes", deeds.remove)
    return menu


def collection_menu(
    theme: Theme,
    window: QWidget,
    rename: Callable[[], object],
    drop: Callable[[], object],
) -> QMenu:
    """Return the menu of a collection."""
    menu = Menu(theme, window)
    menu.addAction("Rename…", rename)
    menu.addAction("Let it go, keep its texts", drop)
    return menu


class LibraryMenus(QObject):
    """The menus of the library's own buttons."""

    paths_chosen = Signal(list)
    """Paths of files and folders to be added."""
    notes_folder_chosen = Signal(object)
    """Path: notes of other readers are to be brought in from there."""
    update_wanted = Signal()
    """New and changed files are to be looked for."""
    order_chosen = Signal(str)
    """A key of SORT_WORDS."""
    collection_wanted = Signal()
    """A new one."""
    left = Signal()

    def __init__(self, theme: Theme, preferences: Preferences, view: LibraryView) -> None:
        super().__init__(view)
        self._theme = theme
        self._preferences = preferences
        self._view = view
        view.sort_button.clicked.connect(self._show_orders)
        view.add_button.clicked.connect(self._show_ways_to_add)
        view.menu_button.clicked.connect(self._show_everything)

    def _show_orders(self) -> None:
        menu = Menu(self._theme, self._view)
        self._add_orders(menu)
        _show_below(menu, self._view.sort_button)

    def _show_ways_to_add(self) -> None:
        menu = Menu(self._theme, self._view)
        self._add_ways_to_add(menu)
        _show_below(menu, self._view.add_button)

    def _show_everything(self) -> None:
        menu = Menu(self._theme, self._view)
        self._add_ways_to_add(menu)
        menu.addSeparator()
        self._add_ways_to_keep_up(menu)
        menu.addSeparator()
        menu.addAction("New collection…", self.collection_wanted.emit)
        self._add_other_readers(menu.addMenu("Bring in notes from"))
        self._add_orders(menu.addMenu("Sort by"))
        menu.addSeparator()
        menu.addAction("Back to the text", self.left.emit)
        button = self._view.menu_button
        corner = button.mapToGlobal(QPoint(button.width(), button.height()))
        menu.popup(corner - QPoint(menu.sizeHint().width(), 0))

    def _add_orders(self, menu: QMenu) -> None:
        for key, words in SORT_WORDS.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(key == self._preferences.settings.library_sort)
            action.triggered.connect(lambda _=False, key=key: self.order_chosen.emit(key))

    def _add_ways_to_add(self, menu: QMenu) -> None:
        menu.addAction("Add texts…", self._choose_files)
        menu.addAction("Add a folder…", self._choose_folder)

    def _add_ways_to_keep_up(self, menu: QMenu) -> None:
        settings = self._preferences.settings
        menu.addAction("Watch a folder…", self._choose_watched)
        if settings.watched_folder:
            name = Path(settings.watched_folder).name.replace("&", "&&")
            menu.addAction(f"Stop watching {name}", lambda: self._watch(""))
        copies = menu.addAction("Keep copies of what is added")
        copies.setCheckable(True)
        copies.setChecked(settings.keep_copies)
        copies.toggled.connect(lambda keeps: self._preferences.choose("keep_copies", keeps))
        menu.addAction("Look for new and changed files", self.update_wanted.emit)

    def _add_other_readers(self, menu: QMenu) -> None:
        from reader.app.other_readers import usual_places

        for name, path in usual_places():
            action = menu.addAction(name)
            action.setToolTip(str(path))
            action.triggered.connect(lambda _=False, path=path: self.notes_folder_chosen.emit(path))
        menu.addAction("A folder…", self._choose_notes_folder)

    def _choose_files(self) -> None:
        files = QFileDialog.FileMode.ExistingFiles
        choose_files(self._view.window(), "Add texts", self.paths_chosen.emit, files)

    def _choose_folder(self) -> None:
        self._choose_a_folder("Add a folder", lambda folder: self.paths_chosen.emit([folder]))

    def _choose_watched(self) -> None:
        self._choose_a_folder("Watch a folder", lambda folder: self._watch(str(folder)))

    def _choose_notes_folder(self) -> None:
        self._choose_a_folder(
            "Where calibre, Foliate, KOReader or Readest keep their books or notes",
            self.notes_folder_chosen.emit,
        )

    def _choose_a_folder(self, title: str, take: Callable[[Path], object]) -> None:
        folder = QFileDialog.FileMode.Directory
        choose_files(self._view.window(), title, lambda paths: take(paths[0]), folder)

    def _watch(self, folder: str) -> None:
        self._preferences.choose("watched_folder", folder)
        self.update_wanted.emit()


def _show_below(menu: QMenu, button: QWidget) -> None:
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))
