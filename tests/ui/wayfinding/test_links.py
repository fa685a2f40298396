"""Links in a real window: notes in cards, places gone to, addresses only shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.formats.registry import open_document
from reader.text.document import Document, Place, Span
from reader.ui.look.theme import Theme
from reader.ui.wayfinding.links import COPY_ADDRESS, GO_THERE, OPEN_FILE, OPEN_OUTSIDE
from reader.ui.wayfinding.note_card import NoteCard
from reader.ui.wayfinding.note_text import note_at, note_html
from reader.ui.wayfinding.picture_viewer import PictureViewer
from reader.ui.wayfinding.wayfinding import Wayfinding
from reader.ui.window.commands import Command
from reader.ui.window.main_window import MainWindow
from tests.formats.epub.epub_books import page, write_book
from tests.ui.view.test_pictures import picture

FILLING = "".join(f"<p>Paragraph {n} fills the page. {'And so on. ' * 30}</p>" for n in range(40))
TEXT = (
    '<p>A claim<a epub:type="noteref" href="notes.xhtml#n1">1</a> and another'
    '<a epub:type="noteref" href="#own">2</a>. See <a href="notes.xhtml#far">chapter two</a>, '
    '<a href="https://example.org/a?b=1&amp;c=2">the site</a> or '
    '<a href="mailto:a@example.org">the author</a>, <a href="gone.xhtml">nowhere</a>, '
    '<a href="file:///etc/passwd">the disk</a>.</p>'
    f"{FILLING}"
    '<aside epub:type="footnote" id="own"><p>A note of its own file.</p></aside>'
    '<img src="red.png" alt="A red field"/>'
)
NOTES = (
    '<section epub:type="endnotes"><ol><li epub:type="endnote" id="n1"><p>The <em>first</em> note,'
    ' see <a href="https://example.org/n">there</a> &lt;b&gt;.</p><p>Its second line.</p></li>'
    '<li epub:type="endnote" id="n2"><p>The second note.</p></li></ol></section>'
    f'{FILLING}<h2 id="far">Chapter two</h2><p>Begins here.</p>{FILLING}'
)


@dataclass
class Room:
    """A window on a book with links, eyes and hands."""

    qtbot: QtBot
    window: MainWindow
    ways: Wayfinding
    opened: list[str] = field(default_factory=list)

    @property
    def document(self) -> Document:
        document = self.window.view.document
        assert document is not None
        return document

    def click(self, words: str) -> None:
        section = self.document.sections[0]
        (run,) = [r for r in section.inlines if section.text[r.start : r.end] == words and r.target]
        (box, *_) = self.window.view.rects_of(Span(0, run.start, run.end))
        at = box.center()
        QTest.mouseClick(self.window.view.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def card(self) -> NoteCard:
        self.qtbot.waitUntil(lambda: self.ways.links.card is not None)
        card = self.ways.links.card
        assert card is not None
        return card

    def press(self, card: NoteCard, words: str) -> None:
        (button,) = [button for button in card.buttons if button.text() == words]
        button.click()


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    files: dict[str, str | bytes] = {
        "one.xhtml": page(TEXT),
        "notes.xhtml": page(NOTES),
        "red.png": picture(300, 100),
    }
    document = open_document(write_book(tmp_path / "book.epub", files))
    window = MainWindow(Theme("light"), lambda: True)
    window.resize(1000, 700)
    window.view.set_reduced_motion(True)
    window.view.show_document(document)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    opened: list[str] = []
    ways = Wayfinding(window, open_outside=opened.append)
    made = Room(qtbot, window, ways, opened)
    QApplication.processEvents()
    yield made
    ways.close()
    window.view.stop_reading_ahead()
    window.close()
    window.deleteLater()
    # now: else Python's collector may do it, on a thread that searches
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def test_a_note_opens_beside_its_mark_and_nothing_moves(room: Room) -> None:
    before = room.window.view.first_visible_place()
    room.click("1")
    card = room.card()
    assert card.isVisible()
    words = " ".join(card.text.toPlainText().split())
    assert words == "The first note, see there <b>. Its second line."
    assert "The second note" not in card.text.toPlainText()
    assert room.window.view.first_visible_place() == before
    assert card.accessibleName().startswith("Note: The first note")


def test_a_note_of_the_same_file_is_found(room: Room) -> None:
    room.click("2")
    assert room.card().text.toPlainText().strip() == "A note of its own file."


def test_one_can_go_to_the_note_and_back(room: Room) -> None:
    before = room.window.view.first_visible_place()
    room.click("2")
    room.press(room.card(), GO_THERE)
    assert room.window.view.first_visible_place() != before
    assert room.window.view.rects_of(_span_of(room, "A note of its own file."))
    room.ways.go_back()
    assert room.window.view.first_visible_place() == before
    room.ways.go_forward()
    assert room.window.view.rects_of(_span_of(room, "A note of its own file."))


def test_back_at_the_beginning_the_text_stands_as_it_stood_there(room: Room) -> None:
    view = room.window.view
    first = Span(0, 0, 1)
    before = view.rects_of(first)
    assert before
    room.click("2")
    room.press(room.card(), GO_THERE)
    assert view.rects_of(first) != before
    room.ways.go_back()
    assert view.rects_of(first) == before


def test_a_file_beside_the_text_can_be_opened(room: Room, tmp_path: Path) -> None:
    other = tmp_path / "Another note.md"
    other.write_text("# Another\n", encoding="utf-8")
    room.ways.links.text_path = lambda: tmp_path / "book.epub"
    chosen: list[tuple[Path, str]] = []
    room.ways.links.file_chosen.connect(lambda *one: chosen.append(one))
    room.ways.show_address("Another note#a-heading")
    card = room.card()
    assert card.text.toPlainText().strip() == "Another note.md"
    room.press(card, OPEN_FILE)
    assert chosen == [(other.resolve(), "a-heading")]


def test_a_file_that_is_not_there_is_said(room: Room, tmp_path: Path) -> None:
    room.ways.links.text_path = lambda: tmp_path / "book.epub"
    room.ways.show_address("No such note")
    assert "nothing that is here" in room.card().text.toPlainText()


def test_the_side_buttons_of_a_mouse_go_back_and_forward(room: Room) -> None:
    before = room.window.view.first_visible_place()
    given: list[Command] = []
    room.window.command_given.connect(given.append)
    for button in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
        QTest.mouseClick(room.window.view.viewport(), button, pos=QPoint(300, 300))
    assert given == [Command.GO_BACK, Command.GO_FORWARD]
    assert room.window.view.first_visible_place() == before


def test_a_link_to_another_part_goes_there_with_a_way_back(room: Room) -> None:
    before = room.window.view.first_visible_place()
    room.click("chapter two")
    notes = room.document.sections[1]
    at = notes.text.index("Chapter two")
    room.qtbot.waitUntil(lambda: bool(room.window.view.rects_of(Span(1, at, at + 5))))
    assert room.ways.links.card is None
    assert room.ways.back_button.isVisible()
    room.ways.back_button.click()
    assert not room.ways.back_button.isVisible()
    assert room.window.view.first_visible_place() == before


def test_a_link_to_just_below_the_screen_has_a_way_back_too(room: Room) -> None:
    view = room.window.view
    before = view.first_visible_place()
    room.ways.go_to(Place(0, view.visible_spans()[-1].end + 200))
    assert view.first_visible_place() != before
    room.ways.go_back()
    assert view.first_visible_place() == before


def test_an_address_outside_is_shown_and_opened_only_by_its_button(room: Room) -> None:
    room.click("the site")
    card = room.card()
    shown = card.text.toPlainText().replace("\u200b", "")
    assert shown == "https://example.org/a?b=1&c=2"
    assert room.opened == []
    room.press(card, COPY_ADDRESS)
    assert QGuiApplication.clipboard().text() == "https://example.org/a?b=1&c=2"
    assert room.opened == []
    room.click("the site")
    room.press(room.card(), OPEN_OUTSIDE)
    assert room.opened == ["https://example.org/a?b=1&c=2"]


def test_a_file_of_this_machine_is_never_opened(room: Room) -> None:
    room.click("the disk")
    assert [button.text() for button in room.card().buttons] == [COPY_ADDRESS]


def test_links_inside_a_note_work(room: Room) -> None:
    room.click("1")
    room.card().text.anchorClicked.emit(QUrl("link:https://example.org/n"))
    shown = room.card().text.toPlainText().replace("\u200b", "")
    assert shown == "https://example.org/n"
    assert room.opened == []


def test_escape_closes_the_card_and_the_text_has_the_keyboard_again(room: Room) -> None:
    room.window.view.setFocus()
    room.click("1")
    card = room.card()
    QTest.keyClick(card.text, Qt.Key.Key_Escape)
    assert room.ways.links.card is None
    assert room.window.view.hasFocus()


def test_without_a_mouse_tab_finds_the_links_and_enter_follows_them(room: Room) -> None:
    view = room.window.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_F7)
    QTest.keyClick(view, Qt.Key.Key_Tab)
    text = room.document.sections[0].text
    assert view.caret == Place(0, text.index("claim") + len("claim"))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert room.card().text.toPlainText().startswith("The first note")
    room.ways.links.close_card()
    QTest.keyClick(view, Qt.Key.Key_Tab)
    QTest.keyClick(view, Qt.Key.Key_Tab)
    QTest.keyClick(view, Qt.Key.Key_Backtab)
    assert view.caret == Place(0, text.index("another") + len("another"))


def test_what_is_no_note_has_none(room: Room) -> None:
    notes = room.document.sections[1]
    assert note_at(notes, Place(1, notes.text.index("Chapter two"))) is None


def test_a_list_in_a_note_is_part_of_it(tmp_path: Path) -> None:
    notes = (
        '<ol><li id="n1" epub:type="footnote"><p>Two things:</p><ul><li>one thing</li>'
        '<li>another</li></ul></li><li id="n2" epub:type="footnote"><p>Next.</p></li></ol>'
    )
    path = write_book(tmp_path / "book.epub", {"a.xhtml": page(f"<p>Text.</p>{notes}")})
    (section,) = open_document(path).sections
    note = note_at(section, Place(0, section.anchors["n1"]))
    assert note is not None
    assert section.text[note.start : note.end].split("\n")[-1] == "another"
    assert "<p>◦ one thing</p>" in note_html(section, note, "#abc")


def test_a_note_s_html_holds_only_our_own_tags(room: Room) -> None:
    notes = room.document.sections[1]
    note = note_at(notes, Place(1, 0))
    assert note is not None
    body = note_html(notes, note, "#abc")
    assert "&lt;b&gt;" in body
    assert body.startswith("<p>The <i>first</i> note, see <a href=")
    assert body.count("<p>") == 2


def test_a_picture_is_seen_large_zoomed_and_left(room: Room) -> None:
    view = room.window.view
    start = room.document.sections[0].text.index("A red field")
    view.scroll_to(Place(0, start))
    QApplication.processEvents()
    (box,) = view.rects_of(Span(0, start, start + 4))
    view.setFocus()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    (viewer,) = room.window.findChildren(PictureViewer)
    assert viewer.hasFocus()
    assert viewer.accessibleName() == "A red field"
    small = viewer.picture_rect()
    assert room.window.rect().toRectF().contains(small)
    assert abs(small.width() / small.height() - 3) < 0.02
    QTest.keyClick(viewer, Qt.Key.Key_Plus)
    assert viewer.picture_rect().width() > small.width()
    QTest.keyClick(viewer, Qt.Key.Key_0)
    assert viewer.picture_rect() == small
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.isVisible()
    assert view.hasFocus()


def _span_of(room: Room, words: str) -> Span:
    start = room.document.sections[0].text.index(words)
    return Span(0, start, start + len(words))
