"""The library over the window: searched, changed and left, with real files and a real index."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from reader.app.library_overview import overlook_library
from reader.library.catalogue import Catalogue
from reader.library.holdings import Holdings
from reader.storage.texts import TextId
from reader.ui.library import library_desk
from reader.ui.library.naming_popover import NamingPopover
from reader.ui.library.shelf_model import TextEntry
from reader.ui.window.commands import Command
from tests.fakes.held_call import HeldCall
from tests.ui.desk.window_room import open_and_settle
from tests.ui.library.library_room import Library, entry_of


def test_it_shows_what_there_is_and_goes_back_to_the_text(library: Library) -> None:
    library.show()
    assert library.headings == ["Go on listening", "All texts"]
    assert library.titles("All texts") == ["room", "letters"]
    library.settle()
    QTest.keyClick(library.desk.view.texts, Qt.Key.Key_Escape)
    assert not library.desk.is_shown
    assert library.room.desk.window.view.hasFocus()


def test_a_text_is_opened_with_the_keyboard(library: Library) -> None:
    library.show()
    texts = library.desk.view.texts
    texts.take_keyboard()
    QTest.keyClick(texts, Qt.Key.Key_Down)  # from "Go on listening" to all texts
    QTest.keyClick(texts, Qt.Key.Key_Right)
    entry = texts.current_entry()
    assert isinstance(entry, TextEntry)
    assert entry.text.title == "letters"
    QTest.keyClick(texts, Qt.Key.Key_Return)
    assert not library.desk.is_shown
    library.room.wait(lambda: "typewritten" in library.room.text)


def test_keys_of_reading_are_not_meant_in_the_library(library: Library) -> None:
    library.show()
    texts = library.desk.view.texts
    texts.take_keyboard()
    for key in (Qt.Key.Key_M, Qt.Key.Key_N, Qt.Key.Key_Right, Qt.Key.Key_B):
        QTest.keyClick(texts, key)
    assert library.room.desk.annotating.notebook is not None
    assert not library.room.desk.annotating.notebook.notes


def test_a_search_finds_places_and_notes_and_enter_goes_there(library: Library) -> None:
    library.show()
    library.search("hand")
    assert library.headings[-1] == "1 place in 1 text and 1 note"
    place, note = library.found()
    assert [place.excerpt.text[s:e] for s, e in place.excerpt.marks] == ["hand", "hand"]
    assert (note.name, note.detail) == ("Note", "on letters · #letters #inbox")
    library.desk.view.search.setFocus()
    QTest.keyClick(library.desk.view.search, Qt.Key.Key_Return)
    texts = library.desk.view.texts
    assert texts.hasFocus()
    assert texts.current_entry() == place
    QTest.keyClick(texts, Qt.Key.Key_Return)
    view = library.room.desk.window.view
    library.room.wait(lambda: view.selected_text() == "hand")
    assert "typewritten" in library.room.text


def test_a_note_that_was_found_is_gone_to_where_it_stands(library: Library) -> None:
    library.show()
    library.search("note:whose")
    (note,) = library.found()
    library.desk.view.texts.entry_chosen.emit(note)
    view = library.room.desk.window.view
    library.room.wait(lambda: view.selected_text() == "Each letter")


def test_what_finds_nothing_says_so_and_an_unbalanced_quote_is_no_fault(library: Library) -> None:
    library.show()
    library.search('"nowhere at all')
    assert library.headings[-1] == "Nothing found"
    assert not library.found()


def test_what_finds_nothing_while_texts_are_indexed_says_that_too(library: Library) -> None:
    library.show()
    indexing = {"event": "indexing", "done": 1, "whole": 9, "title": "letters"}
    library.desk._updates._on_event(indexing)
    library.search("nowhere")
    assert library.desk.view.texts.shelf.groups[-1].detail.endswith("still being indexed")
    library.desk._updates._on_event({**indexing, "title": ""})
    library.desk.view.search.clear()
    library.search("nowhere")
    assert library.desk.view.texts.shelf.groups[-1].detail.endswith("ms")


def test_a_text_that_is_noted_late_is_shown_then(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, remember = HeldCall(lambda: None), Catalogue.remember_opened

    def remember_late(*told: Any) -> object:
        held()
        return remember(*told)

    monkeypatch.setattr(Catalogue, "remember_opened", remember_late)
    late = tmp_path / "late.md"
    late.write_text("# A late text\n\nWith some words.\n", encoding="utf-8")
    library.room.desk._text.open(late)
    library.room.wait(lambda: held.is_held)
    library.show()
    library.room.wait(lambda: library.titles("All texts"))
    assert "A late text" not in library.titles("All texts")
    held.let_go()
    library.room.wait(lambda: "A late text" in library.titles("All texts"))


def test_a_library_of_few_texts_says_how_to_add_some(library: Library) -> None:
    library.show()
    library.room.wait(lambda: library.titles("All texts"))
    (group,) = [g for g in library.desk.view.texts.shelf.groups if g.heading == "All texts"]
    assert group.detail == "Drop texts or folders here, or press the plus"


def test_a_title_typed_shows_its_text(library: Library) -> None:
    library.show()
    library.search("letters")
    assert library.headings[0] == "1 text of that name"
    assert library.titles("1 text of that name") == ["letters"]


def test_shelves_of_notes_list_them(library: Library) -> None:
    library.show()
    for words in ("Notes", "Listening inbox"):
        library.choose(words)
        library.room.wait(partial(_shows_only, library, words))
        assert [note.excerpt.text for note in library.found()] == ["Whose hand?"]
    library.choose("#letters")
    library.room.wait(lambda: library.headings == ["#letters"])
    library.choose("To look at")
    library.room.wait(lambda: library.desk.view.empty.isVisible())
    assert library.desk.view.empty.text() == "All notes stand where they should."


def _shows_only(library: Library, heading: str) -> bool:
    return library.headings == [heading]


def test_a_removed_text_goes_its_notes_stay_and_it_can_be_taken_back(library: Library) -> None:
    library.show()
    library.desk.view.texts.removal_wanted.emit(entry_of(library, "letters"))
    library.room.wait(lambda: library.titles("All texts") == ["room"])
    assert "its notes are kept" in library.desk.view.foot.text()
    library.choose("Notes")
    library.room.wait(lambda: library.headings == ["Notes"])
    assert len(library.found()) == 1
    library.choose("All texts")
    QTest.mouseClick(library.desk.view.foot_button, Qt.MouseButton.LeftButton)
    library.room.wait(lambda: library.titles("All texts") == ["room", "letters"])


def test_tags_and_collections_are_given_from_the_menu(library: Library) -> None:
    library.show()
    menu = library.desk.menu_of(entry_of(library, "letters"))
    _action(menu, "Tags…").trigger()
    _write(library, "typed, old")
    library.room.wait(lambda: _lines(library).count("#typed") == 1)
    menu = library.desk.menu_of(entry_of(library, "letters"))
    into = _menu_within(menu, "Collections")
    _action(into, "New collection…").trigger()
    _write(library, "Film")
    library.room.wait(lambda: "Film" in _lines(library))
    library.choose("Film")
    library.room.wait(lambda: library.headings == ["Film"])
    assert library.titles("Film") == ["letters"]
    menu.close()


def test_the_notes_of_one_text_are_shown_from_its_menu(library: Library) -> None:
    library.show()
    library.search("hand")
    menu = library.desk.menu_of(library.found()[0])
    _action(menu, "Its notes").trigger()
    library.room.wait(lambda: library.headings == ["letters", "1 note"])
    assert library.desk.view.search.text() == ""
    (note,) = library.found()
    assert "hand" in note.excerpt.text
    library.desk.refresh()  # stays through what changes elsewhere
    library.settle()
    assert library.headings == ["letters", "1 note"]
    library.choose("All texts")
    library.room.wait(lambda: library.headings == ["Go on listening", "All texts"])
    menu.close()


def test_a_collection_that_gets_another_name_stays_the_one_shown(library: Library) -> None:
    with library.room.services.database.writing() as connection:
        connection.execute("INSERT INTO collection (name) VALUES ('Film')")
    library.show()
    library.choose("Film")
    library.room.wait(lambda: library.desk.view.shelves.shelf.name == "Film")
    with library.room.services.database.writing() as connection:
        connection.execute("UPDATE collection SET name = 'Cinema'")
    library.desk.refresh()
    library.room.wait(lambda: "Cinema" in _lines(library))
    assert library.desk.view.shelves.shelf.name == "Cinema"
    assert library.desk.view.shelves.currentItem().text() == "Cinema"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_librarys_menu_sorts_and_says_what_is_chosen(library: Library) -> None:
    library.show()
    view = library.desk.view
    menu = _menu_of_all(library)
    assert not _action(menu, "Keep copies of what is added").isChecked()
    _action(menu, "Keep copies of what is added").trigger()
    _action(_menu_within(menu, "Sort by"), "Author").trigger()
    assert view.sort_button.text() == "Author"
    menu.close()
    menu = _menu_of_all(library)
    assert _action(menu, "Keep copies of what is added").isChecked()
    assert _action(_menu_within(menu, "Sort by"), "Author").isChecked()
    _action(menu, "Back to the text").trigger()
    assert not library.desk.is_shown
    menu.close()


def _menu_of_all(library: Library) -> QMenu:
    QTest.mouseClick(library.desk.view.menu_button, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def _menu_within(menu: QMenu, words: str) -> QMenu:
    within = _action(menu, words).menu()
    assert isinstance(within, QMenu)
    return within


def _action(menu: QMenu, words: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == words)


def _write(library: Library, words: str) -> None:
    popover = library.desk.view.findChild(NamingPopover)
    assert popover is not None
    popover.line.setText(words)
    QTest.keyClick(popover.line, Qt.Key.Key_Return)
    QApplication.processEvents()


def _lines(library: Library) -> list[str]:
    shelves = library.desk.view.shelves
    return [shelves.item(row).text() for row in range(shelves.count())]


def test_five_thousand_texts_paint_only_what_is_seen(library: Library) -> None:
    with library.room.services.database.writing() as connection:
        connection.executemany(
            "INSERT INTO text (fingerprint, title, path, added) VALUES (?, ?, ?, '2026-01-01')",
            [(f"sha256:{n}", f"Text {n}", b"/texts/%d" % n) for n in range(5000)],
        )
    library.show()
    library.room.wait(lambda: len(library.titles("All texts")) == 5002)
    texts = library.desk.view.texts
    painted: list[object] = []
    paint = texts._painter.paint_entry

    def count_and_paint(*where: Any, **how: Any) -> None:
        painted.append(where)
        paint(*where, **how)

    texts._painter.paint_entry = count_and_paint  # type: ignore[method-assign]
    texts.verticalScrollBar().setValue(texts.verticalScrollBar().maximum() // 2)
    picture = QPixmap(texts.viewport().size())
    texts.viewport().render(picture)
    assert 0 < len(painted) < 60


def test_screen_readers_find_every_text_with_its_words(library: Library) -> None:
    library.show()
    interface = QAccessible.queryAccessibleInterface(library.desk.view.texts)
    names = [interface.child(n).text(QAccessible.Text.Name) for n in range(interface.childCount())]
    assert any(name.startswith("letters, ") and "1 note" in name for name in names)


def test_the_form_and_the_order_are_kept(library: Library) -> None:
    library.show()
    QTest.mouseClick(library.desk.view.form_button, Qt.MouseButton.LeftButton)
    library.desk._sort_by("title")
    assert library.titles("All texts") == ["letters", "room"]
    assert library.desk.view.sort_button.text() == "Title"
    library.room.desk._preferences.save()
    kept = library.room.services.loaded_settings.settings.load(library.room.services.paths.settings)
    assert (kept.settings.library_as_list, kept.settings.library_sort) == (True, "title")


def test_nothing_of_the_library_is_there_before_it_is_asked_for(
    qtbot: QtBot, tmp_path: Path
) -> None:
    room = open_and_settle(qtbot, tmp_path)
    try:
        assert "library" not in room.desk.__dict__
    finally:
        room.close()


def test_keys_that_show_something_in_the_text_wait_until_it_is_seen_again(
    library: Library,
) -> None:
    actions = library.room.desk.window.actions_by_command
    assert actions[Command.FIND].isEnabled()
    library.show()
    assert not actions[Command.FIND].isEnabled()
    assert actions[Command.PLAY_OR_PAUSE].isEnabled()
    QTest.keyClick(library.desk.view.texts, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert library.desk.view.search.hasFocus()
    library.desk.leave()
    assert actions[Command.FIND].isEnabled()


def test_a_text_opened_otherwise_takes_the_place_of_the_library(
    library: Library, tmp_path: Path
) -> None:
    library.show()
    library.room.desk.window.file_dropped.emit(tmp_path / "texts" / "letters.txt")
    library.room.wait(lambda: not library.desk.is_shown)
    assert "typewritten" in library.room.text


def test_changes_are_made_in_the_order_they_were_asked_for(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.show()
    library.choose("All texts")
    (text,) = [e.text for e in library.desk.view.texts.shelf.groups[-1].entries][1:]
    held = HeldCall(lambda: None)
    remove = Holdings.remove

    def remove_slowly(held_texts: Holdings, numbers: list[TextId]) -> None:
        held()
        remove(held_texts, numbers)

    monkeypatch.setattr(Holdings, "remove", remove_slowly)
    library.desk._changes.remove([text])
    library.room.wait(lambda: held.is_held)
    library.desk._changes.take_back_removal()
    held.let_go()
    library.room.wait(lambda: not library.desk._background._running)
    assert text.title in library.titles("All texts")


def test_a_late_look_at_the_library_is_not_shown_over_a_newer_one(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.show()
    library.room.wait(lambda: not library.desk._background._running)
    held = HeldCall(overlook_library)
    monkeypatch.setattr(library_desk, "overlook_library", held)
    library.desk.refresh()
    library.room.wait(lambda: held.is_held)
    (text,) = [e.text for e in library.desk.view.texts.shelf.groups[-1].entries][1:]
    library.desk._changes.remove([text])
    library.room.wait(lambda: library.titles("All texts") == ["room"])
    held.let_go()
    assert library.titles("All texts") == ["room"]
