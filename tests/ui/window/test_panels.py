"""What opens over the text: popovers, lists, menu, overview of keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from reader.speech.engine import Voice, VoiceId
from reader.text.document import BlockKind, ContentsEntry, Place
from reader.ui.desk.contents import headings_of
from reader.ui.listening.speed_popover import SpeedPopover
from reader.ui.look.controls import IconButton, TextButton
from reader.ui.look.list_popover import ListPopover, Row, RowList
from reader.ui.look.popover import Popover
from reader.ui.look.theme import CHOICES, Theme
from reader.ui.voices.voice_list import voice_rows
from reader.ui.wayfinding import contents_popover
from reader.ui.wayfinding.contents_popover import ContentsPopover
from reader.ui.window.commands import ENTRIES, Command
from reader.ui.window.keys_overview import KeysOverview, lines_of_commands
from reader.ui.window.look_popover import LookPopover, Swatch
from reader.ui.window.main_menu import MainMenu
from reader.ui.window.main_window import MainWindow
from reader.ui.window.panels import Panels
from tests.ui.view.documents import SectionMaker, document_of


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """Return a window without a text."""
    made = MainWindow(Theme("light"), lambda: True)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    QApplication.processEvents()
    yield made
    QApplication.processEvents()


@pytest.fixture
def panels(window: MainWindow) -> Panels:
    """Return the panels of that window."""
    return Panels(window, ())


def open_over(window: MainWindow) -> list[QWidget]:
    """Return what lies over the text."""
    panels = [*window.findChildren(Popover), *window.findChildren(KeysOverview)]
    return [panel for panel in panels if panel.isVisible()]


def the(window: MainWindow, kind: type[Popover]) -> Popover:
    """Return the one popover of a kind that is open."""
    (found,) = [popover for popover in window.findChildren(kind) if popover.isVisible()]
    return found


def test_every_key_leads_to_one_command_only() -> None:
    keys = [key for entry in ENTRIES for key in entry.keys]
    assert len(keys) == len(set(keys))
    assert {entry.command for entry in ENTRIES} == set(Command)


@pytest.mark.parametrize("size", [(1280, 860), (560, 600), (360, 420)])
@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_popovers_stay_inside_the_window(
    window: MainWindow, panels: Panels, size: tuple[int, int], scale: float
) -> None:
    window.theme.set_scale(scale)
    window.resize(*size)
    for show, kind in ((panels.show_look, LookPopover), (lambda: panels.show_speed(1), None)):
        show()
        popover = the(window, kind or SpeedPopover)
        assert window.rect().contains(popover.geometry())
        popover.close()


@pytest.mark.parametrize("scale", [1.0, 2.0, 4.0])
def test_what_has_no_room_in_a_popover_can_be_scrolled_to(
    window: MainWindow, panels: Panels, scale: float
) -> None:
    window.theme.set_scale(scale)
    window.resize(800, 480)
    panels.show_speed(1)
    popover = the(window, SpeedPopover)
    (area,) = popover.findChildren(QScrollArea)
    for button in popover.findChildren(TextButton):
        assert button.height() >= button.sizeHint().height()
        area.ensureWidgetVisible(button, 0, 0)
        at = QRect(button.mapTo(area.viewport(), QPoint(0, 0)), button.size())
        assert at.intersected(area.viewport().rect()).height() > 0


def test_a_click_elsewhere_or_escape_closes_a_popover(window: MainWindow, panels: Panels) -> None:
    panels.show_look()
    QTest.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 300))
    assert not open_over(window)
    panels.show_speed(1.0)
    QTest.keyClick(the(window, SpeedPopover), Qt.Key.Key_Escape)
    assert not open_over(window)


def test_the_button_that_opened_a_popover_closes_it(window: MainWindow, panels: Panels) -> None:
    button = window.header.look_button
    button.clicked.connect(panels.show_look)
    for is_open in (True, False):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert bool(open_over(window)) is is_open


def test_the_look_popover_offers_every_look_and_size(window: MainWindow, panels: Panels) -> None:
    panels.show_look()
    popover = the(window, LookPopover)
    looks: list[str] = []
    steps: list[int] = []
    panels.look_chosen.connect(looks.append)
    panels.size_stepped.connect(steps.append)
    for swatch in popover.findChildren(Swatch):
        swatch.click()
    assert sorted(looks) == sorted(CHOICES)
    spacings: list[tuple[str, int]] = []
    panels.spacing_stepped.connect(lambda name, step: spacings.append((name, step)))
    for button in popover.findChildren(IconButton):
        button.click()
    assert sorted(steps) == [-1, 1]
    assert sorted(spacings) == [(n, s) for n in ("column", "letters", "lines") for s in (-1, 1)]


def test_a_family_chosen_in_the_list_is_told(window: MainWindow, panels: Panels) -> None:
    panels.show_look()
    families = the(window, LookPopover).findChildren(RowList)[0]
    chosen: list[str] = []
    panels.family_chosen.connect(chosen.append)
    families.itemClicked.emit(families.findItems("Lexend", Qt.MatchFlag.MatchExactly)[0])
    assert chosen == ["Lexend"]


def test_the_speed_popover_steps_and_jumps(window: MainWindow, panels: Panels) -> None:
    panels.show_speed(1.0)
    chosen: list[float] = []
    panels.speed_chosen.connect(chosen.append)
    popover = the(window, SpeedPopover)
    for button in (*popover.findChildren(IconButton), *popover.findChildren(TextButton)):
        if button.accessibleName() in ("Faster (])", "2.5×", "Slower ([)"):
            button.click()
    assert chosen == [0.9, 1.0, 2.5]


def voice(name: str, language: str, engine: str = "pyttsx3", reason: str = "") -> Voice:
    """Return a voice; one with a reason can't speak."""
    voice_id = VoiceId(f"{engine}:{name}")
    return Voice(voice_id, engine, language, name, True, not reason, reason, 1, "CC0")


def test_voices_are_listed_by_engine_those_for_the_text_first() -> None:
    voices = [
        voice("Joe", "en-US", "piper"),
        voice("Anna", "de"),
        voice("Bob", "en-GB", reason="its files are damaged"),
        voice("Amy", "en-GB"),
    ]
    rows = voice_rows(voices, VoiceId("piper:Joe"), "en")
    assert [row.text for row in rows] == [
        "Neural voices",
        "Joe",
        "More voices…",
        "The system's voices",
        "Amy",
        "Bob",
        "Anna",
    ]
    assert [row.text for row in rows if row.is_current] == ["Joe"]
    (bob,) = [row for row in rows if row.text == "Bob"]
    assert not bob.is_available
    assert bob.detail == "its files are damaged"


def test_a_voice_that_cannot_speak_is_not_chosen(window: MainWindow, panels: Panels) -> None:
    voices = [voice("Joe", "en", "piper"), voice("Bob", "en", reason="not here")]
    chosen: list[str] = []
    panels.voice_chosen.connect(chosen.append)
    panels.show_voices(voices, VoiceId("piper:Joe"), None)
    rows = the(window, ListPopover).findChildren(RowList)[0]
    for number in range(rows.count()):
        if (item := rows.item(number)) is not None:
            rows.itemClicked.emit(item)
    assert chosen == ["piper:Joe"]


def test_home_and_end_go_to_the_first_and_the_last_that_can_be_chosen(
    window: MainWindow, panels: Panels
) -> None:
    voices = [voice("Joe", "en", "piper"), voice("Amy", "en"), voice("Bob", "en", reason="gone")]
    panels.show_voices(voices, VoiceId("pyttsx3:Amy"), None)
    rows = the(window, ListPopover).findChildren(RowList)[0]
    assert rows.item(0).text() == "Neural voices"
    QTest.keyClick(rows, Qt.Key.Key_Home)
    assert rows.currentItem().text() == "Joe"
    QTest.keyClick(rows, Qt.Key.Key_End)
    assert rows.currentItem().text() == "Amy"


def test_contents_are_the_headings_with_their_depth(window: MainWindow, panels: Panels) -> None:
    section = SectionMaker()
    section.add("One", BlockKind.HEADING, level=2)
    section.add("Some text.")
    section.add("One and a half", BlockKind.HEADING, level=3)
    section.add("More text.")
    document = document_of(section.made())
    assert [(h.title, h.depth) for h in headings_of(document)] == [
        ("One", 0),
        ("One and a half", 1),
    ]
    targets: list[str] = []
    panels.heading_chosen.connect(targets.append)
    panels.show_contents(document, headings_of(document), Place(0, 5))
    rows = the(window, ContentsPopover).findChildren(RowList)[0]
    assert rows.currentItem().text() == "One"
    rows.itemClicked.emit(rows.item(1))
    assert [document.place_of(target) for target in targets] == [
        Place(0, document.sections[0].text.index("One and"))
    ]


def test_a_chapter_is_typed_and_entered(window: MainWindow, panels: Panels) -> None:
    section = SectionMaker().add("The Sea", BlockKind.HEADING, level=1).add("Some text.")
    section.add("The Café", BlockKind.HEADING, level=1).add("More text.")
    document = document_of(section.made())
    targets: list[str] = []
    shares: list[float] = []
    panels.heading_chosen.connect(targets.append)
    panels.share_chosen.connect(shares.append)
    for words in ("cafe", "50 %"):
        panels.show_contents(document, headings_of(document), Place(0, 0), by_typing=True)
        popover = the(window, ContentsPopover)
        assert isinstance(popover, ContentsPopover)
        assert popover.rows.count() == 0
        QTest.keyClicks(popover.field, words)
        QTest.keyClick(popover.field, Qt.Key.Key_Return)
    assert [document.place_of(target) for target in targets] == [Place(0, 21)]
    assert shares == [0.5]


@pytest.mark.parametrize(
    ("pages", "words", "told"),
    [
        pytest.param((), "page 9", "This text doesn't say where its pages begin", id="no pages"),
        pytest.param((ContentsEntry("1", "0:0", 1),), "p. 9", "No page of that number", id="few"),
        pytest.param((), "zebra", "Nothing of that name", id="no name"),
    ],
)
def test_why_nothing_is_found_is_told(
    pages: tuple[ContentsEntry, ...],
    words: str,
    told: str,
    qtbot: QtBot,
    window: MainWindow,
    panels: Panels,
) -> None:
    document = replace(document_of(SectionMaker().add("Text.").made()), pages=pages)
    panels.show_contents(document, [], Place(0, 0), by_typing=True)
    popover = the(window, ContentsPopover)
    assert isinstance(popover, ContentsPopover)
    QTest.keyClicks(popover.field, words)
    qtbot.waitUntil(
        lambda: [popover.rows.item(n).text() for n in range(popover.rows.count())] == [told]
    )


def test_what_is_typed_quickly_is_listed_once(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, window: MainWindow, panels: Panels
) -> None:
    section = SectionMaker().add("The Sea", BlockKind.HEADING, level=1).add("Some text.")
    document = document_of(section.made())
    panels.show_contents(document, headings_of(document), Place(0, 0), by_typing=True)
    popover = the(window, ContentsPopover)
    assert isinstance(popover, ContentsPopover)
    listed: list[Sequence[Row]] = []
    monkeypatch.setattr(popover.rows, "set_rows", listed.append)
    QTest.keyClicks(popover.field, "the sea")
    qtbot.waitUntil(lambda: bool(listed))
    assert [[row.text for row in rows] for rows in listed] == [["The Sea"]]


def test_headings_found_later_are_listed_for_what_was_typed(
    window: MainWindow, panels: Panels
) -> None:
    section = SectionMaker().add("One", BlockKind.HEADING, level=1)
    section.add("The Café", BlockKind.HEADING, level=1).add("More text.")
    document = document_of(section.made())
    headings = headings_of(document)
    panels.show_contents(document, headings[:1], Place(0, 0))
    popover = the(window, ContentsPopover)
    assert isinstance(popover, ContentsPopover)
    QTest.keyClicks(popover.field, "cafe")
    panels.complete_contents(document, headings, Place(0, 0))
    assert popover.field.text() == "cafe"
    assert [popover.rows.item(n).text() for n in range(popover.rows.count())] == ["The Café"]
    popover.close()
    panels.complete_contents(document, headings, Place(0, 0))  # too late to matter


def test_arrows_choose_and_pages_are_offered(window: MainWindow, panels: Panels) -> None:
    section = SectionMaker().add("One", BlockKind.HEADING, level=1)
    section.add("Two", BlockKind.HEADING, level=1).add("Text.")
    pages = tuple(ContentsEntry(str(n), f"0:{n}", 1) for n in range(3))
    document = replace(document_of(section.made()), pages=pages)
    targets: list[str] = []
    panels.heading_chosen.connect(targets.append)
    panels.show_contents(document, headings_of(document), Place(0, 0))
    popover = the(window, ContentsPopover)
    assert isinstance(popover, ContentsPopover)
    QTest.keyClick(popover.field, Qt.Key.Key_Down)
    QTest.keyClick(popover.field, Qt.Key.Key_Return)
    panels.show_contents(document, headings_of(document), Place(0, 0))
    popover = the(window, ContentsPopover)
    assert isinstance(popover, ContentsPopover)
    (kind,) = [b for b in popover.findChildren(TextButton) if b.text() == "Pages"]
    kind.click()
    assert [popover.rows.item(n).text() for n in range(popover.rows.count())] == [
        "Page 0",
        "Page 1",
        "Page 2",
    ]
    QTest.keyClick(popover.field, Qt.Key.Key_Escape)
    assert not popover.isVisible()
    assert targets == ["0:5"]


def test_the_overview_shows_every_key_and_any_size_fits(window: MainWindow, panels: Panels) -> None:
    labels = {line.label for line in lines_of_commands()}
    assert {entry.label.rstrip("…") for entry in ENTRIES if entry.keys} == labels
    panels.show_keys()
    (overview,) = window.findChildren(KeysOverview)
    for scale in (1.0, 4.0):
        window.theme.set_scale(scale)
        for width in (1280, 700, 420):
            window.resize(width, 700)
            assert not overview.grab().isNull()
            sheet = overview.widget()
            assert sheet is not None
            assert sheet.width() == width, "no key is beyond the edge"
    panels.show_keys()
    assert not open_over(window), "the same key again closes it"


def test_the_menu_holds_every_command_and_the_recent_texts(
    window: MainWindow, qtbot: QtBot
) -> None:
    menu = MainMenu(window.theme, window, window.actions_by_command)
    qtbot.addWidget(menu)
    chosen: list[Path] = []
    menu.offer_texts([("Salt & Pepper", Path("salt.txt"))], chosen.append)
    found = set(menu.actions())
    for child in menu.findChildren(QMenu):
        found |= set(child.actions())
    itself = window.actions_by_command[Command.SHOW_MENU]
    assert found >= set(window.actions_by_command.values()) - {itself}
    (recent,) = [action for action in found if action.text() == "Salt && Pepper"]
    recent.trigger()
    assert chosen == [Path("salt.txt")]


def test_what_was_chosen_is_shown_before_the_old_place_is_uncovered(
    window: MainWindow, panels: Panels, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents_popover, "_STAYS_MS", 60_000)
    document = document_of(SectionMaker().add("Text. " * 2000).made())
    window.view.show_document(document)
    shares: list[float] = []
    panels.share_chosen.connect(shares.append)
    panels.show_contents(document, [], Place(0, 0), by_typing=True)
    popover = the(window, ContentsPopover)
    assert isinstance(popover, ContentsPopover)
    QTest.keyClicks(popover.field, "50 %")
    QTest.keyClick(popover.field, Qt.Key.Key_Return)
    QTest.keyClick(popover.field, Qt.Key.Key_Return)  # is not chosen twice
    assert shares == [0.5]
    assert popover.isVisible()
    window.view.scroll_to(Place(0, 6000))
    assert not popover.isVisible()


def test_a_choice_that_leads_nowhere_closes_its_list_all_the_same(
    window: MainWindow, panels: Panels, qtbot: QtBot
) -> None:
    document = document_of(SectionMaker().add("Text.").made())
    panels.show_contents(document, [], Place(0, 0), by_typing=True)
    popover = the(window, ContentsPopover)
    assert isinstance(popover, ContentsPopover)
    closed: list[bool] = []
    popover.closed.connect(lambda: closed.append(True))
    QTest.keyClicks(popover.field, "50 %")
    QTest.keyClick(popover.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: closed == [True])
