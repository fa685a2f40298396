"""The window of voices, over a real folder, with a real server of voices on this machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread, current_thread

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from reader.errors import EngineUnavailable
from reader.speech.engine import Voice, VoiceId
from reader.speech.engine_kinds import BrokenKind
from reader.speech.speech_events import SpeechStopped
from reader.speech.voices import overview as voices_module
from reader.speech.voices.overview import DEFAULT_VOICE
from reader.speech.voices.store import Staging
from reader.ui.listening.sound import Sound
from reader.ui.look.theme import Theme
from reader.ui.voices.voice_downloads import Held, VoiceDownloads
from reader.ui.voices.voice_row import VoiceRow
from reader.ui.voices.voice_row_content import Act
from reader.ui.voices.voices_dialog import VoicesDialog
from tests.fakes.voice_server import Dam, VoiceServer, only_published, voice_server
from tests.patience import PATIENCE_S
from tests.ui.desk.window_room import FakeSound

ANNA = VoiceId("piper:de_DE-anna-low")
BERT = VoiceId("piper:de_DE-bert-low")


@dataclass
class Room:
    """The window, what it stands on, and what it told."""

    qtbot: QtBot
    folder: Path
    server: VoiceServer
    theme: Theme
    sound: FakeSound = field(default_factory=FakeSound)
    told: list[tuple[str, str]] = field(default_factory=list)
    recommended: Voice | None = None
    at_end_of_listing: Callable[[], None] = lambda: None  # called in the listing's thread

    def __post_init__(self) -> None:
        self.downloads = VoiceDownloads(self.voices_dir)
        self.downloads.installed.connect(lambda voice: self.told.append(("installed", voice)))
        self.dialog = self.open()

    @property
    def voices_dir(self) -> Path:
        """Where voices are installed."""
        return self.folder / "voices"

    def open(self, language: str = "de") -> VoicesDialog:
        """Open the window at a language."""
        dialog = VoicesDialog(
            self.theme,
            None,
            self.voices_dir,
            self.downloads,
            lambda: Sound(
                self.sound.speech, self.sound.output, self.sound.events, self.sound.close
            ),
            self.recommend,
        )
        dialog.voice_chosen.connect(lambda voice: self.told.append(("chosen", voice)))
        dialog.voice_removed.connect(lambda voice: self.told.append(("removed", voice)))
        dialog.sample_begins.connect(lambda: self.told.append(("sample", "")))
        dialog.open_at(DEFAULT_VOICE, language)
        self.dialog = dialog
        self.wait(lambda: dialog.languages.count())
        return dialog

    def recommend(self, language: str) -> Voice | None:
        """Return what is recommended for a language, the last step of listing the voices."""
        self.at_end_of_listing()
        return self.recommended if language == "de" else None

    def wait(self, is_so: Callable[[], object]) -> None:
        """Return when it is so."""
        self.qtbot.waitUntil(lambda: bool(is_so()))

    def row(self, voice: str) -> VoiceRow:
        """Return a row that is shown."""
        row = self.dialog.row(voice)
        assert row is not None
        return row

    def acts(self, voice: str) -> list[Act]:
        """Return what can be done with a voice now."""
        row = self.dialog.row(voice)
        return [] if row is None or row.content is None else list(row.content.acts)

    def detail(self, voice: str) -> str:
        """Return what is said of a voice."""
        content = self.row(voice).content
        assert content is not None
        return content.detail

    def kept_bytes(self, voice: str) -> int:
        """Return how much of a voice is on disk, but not in place."""
        return Staging(self.voices_dir, voice.replace(":", "/")).kept_bytes()

    def press(self, voice: str, act: Act) -> None:
        """Click on a button of a voice."""
        button = self.row(voice).button(act)
        assert button is not None, self.acts(voice)
        button.click()

    def fetch(self, voice: str) -> None:
        """Have a voice fetched, answering the question before it."""
        self.press(voice, Act.DOWNLOAD)
        self.press(voice, Act.FETCH)

    def languages(self) -> list[str]:
        """Return the names in the column."""
        return [self.dialog.languages.item(n).text() for n in range(self.dialog.languages.count())]


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    """A window with two German voices to be had."""
    with voice_server() as server:
        anna = server.publish("de_DE-anna-low", language="de-DE")
        bert = server.publish("de_DE-bert-low", language="de-DE")
        with only_published(tmp_path / "resources", anna, bert):
            room = Room(qtbot, tmp_path, server, Theme("light"))
            yield room
            if isValid(room.dialog):  # closed by the test, it is gone
                room.dialog.close()
            room.downloads.close()
            QApplication.processEvents()


def test_it_opens_at_the_voices_of_the_texts_language(room: Room) -> None:
    assert room.dialog.languages.currentItem().text() == "German"
    assert room.acts(ANNA) == [Act.DOWNLOAD]
    assert room.detail(ANNA) == "Germany  ·  low quality  ·  300 kB  ·  licence: see the model card"
    assert room.acts("pyttsx3:de") == [Act.HEAR, Act.USE]
    assert room.languages()[0] == "On this machine"


def test_the_search_finds_languages_and_voices(room: Room) -> None:
    room.dialog.search.setText("bert")
    assert room.languages() == ["German"]
    assert room.dialog.row(ANNA) is None
    assert room.acts(BERT) == [Act.DOWNLOAD]
    room.dialog.search.setText("deutsch")
    assert room.languages() == ["German"]
    room.dialog.search.setText("klingonese")
    assert room.languages() == []
    room.dialog.search.clear()
    assert room.dialog.languages.currentItem().text() == "German"


def test_the_address_is_shown_before_anything_is_fetched(room: Room) -> None:
    room.press(ANNA, Act.DOWNLOAD)
    assert room.detail(ANNA) == f"This will fetch 300 kB from 127.0.0.1:{room.server.port}."
    assert room.acts(ANNA) == [Act.FETCH, Act.NOT_NOW]
    room.press(ANNA, Act.NOT_NOW)
    assert room.acts(ANNA) == [Act.DOWNLOAD]
    assert room.server.visits == []


def test_a_fetched_voice_can_be_heard_used_and_removed(room: Room) -> None:
    room.fetch(ANNA)
    room.wait(lambda: room.acts(ANNA) == [Act.HEAR, Act.USE, Act.REMOVE])
    assert room.told == [("installed", ANNA)]
    room.press(ANNA, Act.USE)
    assert room.told[-1] == ("chosen", ANNA)
    assert room.acts(ANNA) == [Act.HEAR, Act.REMOVE]
    room.press(ANNA, Act.REMOVE)
    assert room.detail(ANNA) == "Remove it? 300 kB come free."
    room.press(ANNA, Act.KEEP)
    room.press(ANNA, Act.REMOVE)
    room.press(ANNA, Act.REALLY_REMOVE)
    room.wait(lambda: room.acts(ANNA) == [Act.DOWNLOAD])
    assert room.told[-1] == ("removed", ANNA)


def test_who_has_agreed_once_is_not_asked_again(room: Room) -> None:
    room.fetch(ANNA)
    room.press(BERT, Act.DOWNLOAD)
    room.wait(lambda: Act.REMOVE in room.acts(ANNA) and Act.REMOVE in room.acts(BERT))


def test_a_listing_that_comes_late_is_not_shown_over_a_newer_one(room: Room) -> None:
    listings: list[Thread] = []
    is_newer_shown = Event()

    def wait_in_the_first() -> None:
        listings.append(current_thread())
        if len(listings) == 1:
            is_newer_shown.wait(PATIENCE_S)

    room.at_end_of_listing = wait_in_the_first
    room.fetch(ANNA)
    room.wait(lambda: listings)
    room.press(BERT, Act.DOWNLOAD)
    room.wait(lambda: Act.REMOVE in room.acts(BERT))
    is_newer_shown.set()
    listings[0].join()
    QApplication.processEvents()
    assert Act.REMOVE in room.acts(BERT)


def test_a_download_is_paused_and_gone_on_with(room: Room) -> None:
    dam = Dam()
    room.server.misdeed = dam.misdeed
    room.fetch(ANNA)
    room.wait(lambda: room.kept_bytes(ANNA) >= 90_000)
    assert room.acts(ANNA) == [Act.PAUSE, Act.CANCEL]
    room.press(ANNA, Act.PAUSE)
    room.wait(lambda: room.acts(ANNA) == [Act.RESUME, Act.CANCEL])
    dam.opened.set()
    assert room.detail(ANNA) in ("Paused at 98 of 300 kB", "Paused at 100 of 300 kB")
    room.press(ANNA, Act.RESUME)
    room.wait(lambda: Act.REMOVE in room.acts(ANNA))
    assert room.server.visits[1][1]


@pytest.mark.parametrize("is_paused", [True, False])
def test_a_cancelled_download_leaves_nothing(room: Room, *, is_paused: bool) -> None:
    dam = Dam()
    room.server.misdeed = dam.misdeed
    room.fetch(ANNA)
    room.wait(lambda: room.kept_bytes(ANNA) >= 90_000)
    if is_paused:
        room.press(ANNA, Act.PAUSE)
        room.wait(lambda: Act.RESUME in room.acts(ANNA))
    room.press(ANNA, Act.CANCEL)
    room.wait(lambda: room.acts(ANNA) == [Act.DOWNLOAD])
    dam.opened.set()
    assert list(room.voices_dir.rglob("*")) == []


def test_a_download_that_fails_says_why_and_can_be_tried_again(room: Room) -> None:
    published = dict(room.server.files)
    room.server.files.clear()
    room.fetch(ANNA)
    room.wait(lambda: room.acts(ANNA) == [Act.TRY_AGAIN, Act.CANCEL])
    assert "answers 404" in room.detail(ANNA)
    room.server.files |= published
    room.press(ANNA, Act.TRY_AGAIN)
    room.wait(lambda: Act.REMOVE in room.acts(ANNA))


def test_downloads_go_on_when_the_window_is_closed(room: Room) -> None:
    dam = Dam()
    room.server.misdeed = dam.misdeed
    room.fetch(ANNA)
    dam.reached.wait(PATIENCE_S)
    room.dialog.close()
    dam.opened.set()
    room.wait(lambda: room.told == [("installed", ANNA)])


def test_what_the_program_s_end_broke_off_is_offered_at_the_next_start(room: Room) -> None:
    dam = Dam()
    room.server.misdeed = dam.misdeed
    room.fetch(ANNA)
    room.wait(lambda: room.kept_bytes(ANNA) >= 90_000)
    room.dialog.close()
    room.downloads.close()
    dam.opened.set()
    room.downloads = VoiceDownloads(room.voices_dir)
    state = room.downloads.state_of(ANNA)
    assert isinstance(state, Held)
    assert state.done_bytes >= 90_000
    room.open()
    assert room.acts(ANNA) == [Act.RESUME, Act.CANCEL]


def test_a_voice_says_a_sentence_of_its_language(room: Room) -> None:
    room.press("pyttsx3:de", Act.HEAR)
    assert room.told == [("sample", "")]
    assert room.sound.speech.started == ["pyttsx3:de"]
    ((_generation, _number, utterance),) = room.sound.speech.requests
    assert utterance.spoken == "Guten Abend. Soll ich Ihnen vorlesen?"
    assert room.acts("pyttsx3:de")[0] is Act.STOP
    room.sound.events.speech_told.emit(room.sound.speech.answer())
    room.press("pyttsx3:de", Act.STOP)
    assert room.acts("pyttsx3:de")[0] is Act.HEAR
    assert not room.sound.is_closed
    room.dialog.close()
    assert room.sound.is_closed


def test_a_sample_ends_by_itself(room: Room) -> None:
    room.press("pyttsx3:de", Act.HEAR)
    room.sound.events.speech_told.emit(room.sound.speech.answer())
    room.sound.output.play(20_000)
    room.wait(lambda: room.acts("pyttsx3:de")[0] is Act.HEAR)


def test_a_sample_that_can_not_be_heard_says_why(room: Room) -> None:
    room.press("pyttsx3:de", Act.HEAR)
    room.sound.events.speech_told.emit(SpeechStopped(EngineUnavailable("pyttsx3", "no library")))
    assert room.detail("pyttsx3:de") == "Not available: no library"
    assert room.acts("pyttsx3:de") == [Act.HEAR]
    room.press("pyttsx3:de", Act.HEAR)
    room.sound.events.speech_told.emit(room.sound.speech.answer())
    assert room.acts("pyttsx3:de") == [Act.STOP, Act.USE]


def test_a_broken_engine_is_shown_with_its_reason_and_nothing_to_press(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = BrokenKind("other", "its package fails")
    monkeypatch.setattr(voices_module, "engine_kinds", lambda: iter([broken]))
    room.dialog.reload()
    room.wait(lambda: room.languages() == ["On this machine", "German", "Other"])
    room.dialog.languages.choose("Other")
    assert room.detail("other:") == "Not available: its package fails"
    assert room.acts("other:") == []


def test_a_voice_is_installed_from_a_folder(room: Room) -> None:
    source = room.folder / "source"
    source.mkdir()
    for path, content in room.server.files.items():
        (source / path.rpartition("/")[2]).write_bytes(content)
    shutil.rmtree(room.voices_dir, ignore_errors=True)
    room.dialog.install(source)
    # the published files, but no model within: the contents of a fake are refused
    room.wait(lambda: "was refused" in room.dialog.foot.text())
    assert room.acts(ANNA) == [Act.DOWNLOAD]


def test_all_of_it_can_be_done_with_the_keyboard(room: Room) -> None:
    dialog = room.dialog
    assert dialog.search.hasFocus() or QApplication.focusWidget() is None
    dialog.activateWindow()
    dialog.search.setFocus()
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.focusWidget() is dialog.languages
    button = room.row(ANNA).button(Act.DOWNLOAD)
    assert button is not None
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert room.acts(ANNA) == [Act.FETCH, Act.NOT_NOW]
    focused = dialog.focusWidget()
    assert focused is room.row(ANNA).button(Act.FETCH)
    assert focused is not None
    assert focused.accessibleName() == "Fetch it, Anna"
    QTest.keyClick(focused, Qt.Key.Key_Return)
    room.wait(lambda: Act.REMOVE in room.acts(ANNA))


def test_tab_goes_in_the_order_of_reading_and_back(room: Room) -> None:
    dialog = room.dialog
    dialog.activateWindow()
    dialog.search.setFocus()
    names = []
    for _ in range(5):
        focus = dialog.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        focus = dialog.focusWidget()
        assert focus is not None
        names.append(focus.accessibleName())
    assert names == [
        "Languages",
        "Download, Anna",
        "Download, Bert",
        "Hear it, eSpeak German",
        "Use, eSpeak German",
    ]
    for _ in range(3):
        focus = dialog.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Backtab)
    focus = dialog.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Download, Anna"


def test_escape_clears_the_search_and_then_closes(room: Room) -> None:
    room.dialog.search.setText("bert")
    QTest.keyClick(room.dialog.search, Qt.Key.Key_Escape)
    assert room.dialog.search.text() == ""
    assert room.dialog.isVisible()
    QTest.keyClick(room.dialog.search, Qt.Key.Key_Escape)
    assert not room.dialog.isVisible()


def test_a_change_of_colours_keeps_what_is_shown(room: Room) -> None:
    room.press(ANNA, Act.DOWNLOAD)
    room.theme.set_choice("dark")
    assert room.acts(ANNA) == [Act.FETCH, Act.NOT_NOW]


def test_the_recommended_voice_comes_first_and_is_called_so(room: Room) -> None:
    assert [row.voice.id for row in room.dialog._column.rows()][:2] == [ANNA, BERT]
    room.dialog.close()
    room.recommended = next(v for v in voices_module.all_voices(room.voices_dir) if v.id == BERT)
    room.open()
    assert [row.voice.id for row in room.dialog._column.rows()][:2] == [BERT, ANNA]
    assert room.detail(BERT).startswith("Recommended on this machine")
    assert "Recommended" not in room.detail(ANNA)
