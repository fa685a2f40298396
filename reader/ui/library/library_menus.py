"""The menus of the library: what can be done with a text, with a collection, with all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from reader.library.holdings import Collection, CollectionId, Holding
from reader.ui.look.theme import Theme
from reader.ui.window.main_menu import menu_style_sheet
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
    edit_tags: Callable[[], object]
    put_into: Callable[[CollectionId, bool], object]
    make_collection: Callable[[], object]
    locate: Callable[[], object]
    remove: Callable[[], object]


@value
class LibraryDeeds:
    """What is done with the library from its menu."""

    add_files: Callable[[], object]
    add_folder: Callable[[], object]
    watch_folder: Callable[[], object]
    stop_watching: Callable[[], object]
    keep_copies: Callable[[bool], object]
    make_collection: Callable[[], object]
    bring_in_notes: Callable[[Path | None], object]
    update: Callable[[], object]
    sort_by: Callable[[str], object]
    leave: Callable[[], object]


def text_menu(
    theme: Theme,
    window: QWidget,
    text: Holding,
    collections: Sequence[Collection],
    deeds: TextDeeds,
) -> QMenu:
    """Return the menu of a text."""
    menu = _menu(theme, window)
    if text.is_missing:
        menu.addAction("Find its file…", deeds.locate)
    else:
        menu.addAction("Open", deeds.open)
    if text.note_count:
        menu.addAction("Its notes", deeds.show_notes)
    menu.addSeparator()
    menu.addAction("Tags…", deeds.edit_tags)
    into = menu.addMenu("Collections")
    for collection in collections:
        action = into.addAction(collection.name.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(collection.id in text.collections)
        action.toggled.connect(lambda is_in, number=collection.id: deeds.put_into(number, is_in))
    if collections:
        into.addSeparator()
    into.addAction("New collection…", deeds.make_collection)
    menu.addSeparator()
    menu.addAction("Remove from the library, keep its notes", deeds.remove)
    return menu


def collection_menu(
    theme: Theme,
    window: QWidget,
    rename: Callable[[], object],
    drop: Callable[[], object],
) -> QMenu:
    """Return the menu of a collection."""
    menu = _menu(theme, window)
    menu.addAction("Rename…", rename)
    menu.addAction("Let it go, keep its texts", drop)
    return menu


def add_menu(theme: Theme, window: QWidget, deeds: LibraryDeeds) -> QMenu:
    """Return the menu of the plus sign."""
    menu = _menu(theme, window)
    menu.addAction("Add texts…", deeds.add_files)
    menu.addAction("Add a folder…", deeds.add_folder)
    return menu


def sort_menu(theme: Theme, window: QWidget, sort: str, sort_by: Callable[[str], object]) -> QMenu:
    """Return the menu of the orders."""
    menu = _menu(theme, window)
    _add_orders(menu, sort, sort_by)
    return menu


def library_menu(
    theme: Theme,
    window: QWidget,
    deeds: LibraryDeeds,
    *,
    watched: Path | None,
    keeps_copies: bool,
    sort: str,
) -> QMenu:
    """Return the menu of the library."""
    from reader.app.other_readers import usual_places

    menu = _menu(theme, window)
    menu.addAction("Add texts…", deeds.add_files)
    menu.addAction("Add a folder…", deeds.add_folder)
    menu.addSeparator()
    menu.addAction("Watch a folder…", deeds.watch_folder)
    if watched is not None:
        menu.addAction(f"Stop watching {watched.name}".replace("&", "&&"), deeds.stop_watching)
    copies = menu.addAction("Keep copies of what is added")
    copies.setCheckable(True)
    copies.setChecked(keeps_copies)
    copies.toggled.connect(deeds.keep_copies)
    menu.addAction("Look for new and changed files", deeds.update)
    menu.addSeparator()
    menu.addAction("New collection…", deeds.make_collection)
    bring_in = menu.addMenu("Bring in notes from")
    for name, path in usual_places():
        action = bring_in.addAction(name)
        action.setToolTip(str(path))
        action.triggered.connect(lambda _=False, path=path: deeds.bring_in_notes(path))
    bring_in.addAction("A folder…", lambda: deeds.bring_in_notes(None))
    _add_orders(menu.addMenu("Sort by"), sort, deeds.sort_by)
    menu.addSeparator()
    menu.addAction("Back to the text", deeds.leave)
    return menu


def _add_orders(menu: QMenu, current: str, sort_by: Callable[[str], object]) -> None:
    for key, words in SORT_WORDS.items():
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(key == current)
        action.triggered.connect(lambda _=False, key=key: sort_by(key))


def _menu(theme: Theme, window: QWidget) -> QMenu:
    menu = QMenu(window)
    menu.setStyleSheet(menu_style_sheet(theme))
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
