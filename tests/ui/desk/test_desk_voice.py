"""Which voice reads in the window, and what is said of voices there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.app.settings import Settings
from reader.errors import EngineUnavailable
from reader.playback.states import Paused
from reader.playback.steps import Step
from reader.speech.engine import Voice, VoiceId
from reader.speech.speech_events import (
    ProcessChanged,
    ProcessState,
    SpeechStopped,
    VoiceMeasured,
    VoiceReady,
)
from reader.speech.voices.overview import DEFAULT_VOICE
from reader.text.document import Place
from reader.ui.window.commands import Command
from reader.ui.window.messages import Remedy, Subject
from tests.formats.epub.epub_books import page, write_book
from tests.patience import PATIENCE_S
from tests.ui.desk.window_room import Opener, WindowRoom, open_and_settle


def test_the_voice_is_named_and_its_dot_turns_warm(opened: Opener) -> None:
    room = opened()
    button = room.desk.window.transport.voice_button
    assert button.accessibleName() == "Voice: Joe, English, neural voice. Choose a voice"
    room.say(ProcessChanged(17, ProcessState.STARTED))
    room.say(VoiceReady(VoiceId("piper:en_US-joe-medium")))
    assert room.traced("speech_process")[0]["pid"] == 17
    assert room.traced("voice_ready")


def test_a_text_that_turns_out_to_be_german_is_read_by_a_german_voice(opened: Opener) -> None:
    room = opened(
        "Der alte Mann ging langsam über die Brücke und dachte dabei an seine beiden Töchter, "
        "die er seit vielen Jahren nicht mehr gesehen hatte.\n"
    )
    button = room.desk.window.transport.voice_button
    assert "Joe" in button.accessibleName()
    room.say(VoiceReady(DEFAULT_VOICE))
    room.wait(lambda: "German" in button.accessibleName())
    assert room.desk.aloud is not None
    assert room.desk.aloud.voice.startswith("pyttsx3:")


@pytest.mark.parametrize(("factor", "is_said"), [(0.4, False), (1.3, True)], ids=["fast", "slow"])
def test_a_voice_that_cannot_keep_up_is_said_to_be_slow(
    opened: Opener, factor: float, is_said: bool
) -> None:
    room = opened()
    room.say(VoiceMeasured(VoiceId("kokoro:af_heart"), factor))
    message = room.message()
    assert (message is not None and "slower than reading aloud" in message.text) is is_said


def measured_as(room: WindowRoom, factor: float) -> None:
    """Let the usual voice prove this fast, and wait until that has been thought over."""
    speeds = room.services.paths.voice_speeds
    speeds.parent.mkdir(parents=True, exist_ok=True)
    speeds.write_text(json.dumps({DEFAULT_VOICE: factor}), encoding="utf-8")
    thought_over: list[object] = []
    recommended = room.services.recommended_voice

    def recommend(language: str) -> Voice | None:
        thought_over.append(language)
        return recommended(language)

    room.services.recommended_voice = recommend  # type: ignore[method-assign]
    room.say(VoiceMeasured(DEFAULT_VOICE, factor))
    room.wait(lambda: thought_over)
    room.wait(lambda: not room.desk._background._running)


def test_a_fast_machine_is_offered_a_natural_voice_once(opened: Opener) -> None:
    room = opened()
    measured_as(room, 0.05)
    room.wait(lambda: room.message() is not None)
    message = room.message()
    assert message is not None
    assert message.subject is Subject.OFFER
    assert "Heart" in message.text
    assert message.remedies == (Remedy.SHOW_VOICES,)
    room.desk.window.messages.close_message()
    room.close()
    assert not Settings.load(room.services.paths.settings).settings.offer_natural_voice


def test_a_slow_machine_is_not_offered_a_voice_it_could_not_keep_up_with(opened: Opener) -> None:
    room = opened()
    measured_as(room, 0.2)
    assert room.message() is None


def test_a_german_text_is_read_by_a_german_voice_and_a_choice_holds_for_german(
    qtbot: QtBot, tmp_path: Path
) -> None:
    page = '<html lang="de"><body><p>Guten Abend. Es ist schon dunkel.</p></body></html>'
    (tmp_path / "abend.html").write_text(page, encoding="utf-8")
    room = open_and_settle(qtbot, tmp_path)
    aloud = room.desk.aloud
    assert aloud is not None
    assert aloud.voice == "piper:en_US-joe-medium"
    room.desk.begin(tmp_path / "abend.html").wait(PATIENCE_S)
    room.wait(lambda: aloud.voice == "pyttsx3:de")
    assert room.sound.speech.started[-1] == "pyttsx3:de"
    aloud.set_voice("pyttsx3:fr")
    room.desk.begin(room.text_path).wait(PATIENCE_S)
    assert aloud.voice == "piper:en_US-joe-medium"
    room.desk.begin(tmp_path / "abend.html").wait(PATIENCE_S)
    assert aloud.voice == "pyttsx3:fr"
    room.close()


def test_a_language_nobody_speaks_is_said_and_read_all_the_same(
    qtbot: QtBot, tmp_path: Path
) -> None:
    page = '<html lang="sux"><body><p>Lugal kur-kur-ra.</p></body></html>'
    (tmp_path / "sumerian.html").write_text(page, encoding="utf-8")
    room = open_and_settle(qtbot, tmp_path)
    room.desk.begin(tmp_path / "sumerian.html").wait(PATIENCE_S)
    room.wait(room.message)
    message = room.message()
    assert message is not None
    assert message.text == "No voice here speaks the language of this text. Joe reads it."
    assert room.desk.aloud is not None
    assert room.desk.aloud.voice == "piper:en_US-joe-medium"
    room.desk.begin(room.text_path).wait(PATIENCE_S)
    room.wait(lambda: room.message() is None)  # it was about the other text
    room.close()


def test_the_window_of_voices_opens_and_its_choice_reads(opened: Opener) -> None:
    room = opened()
    room.desk.do(Command.SHOW_VOICES)
    voices = room.desk.voice_window
    room.wait(lambda: voices.dialog is not None and voices.dialog.row("pyttsx3:en-gb"))
    dialog = voices.dialog
    assert dialog is not None
    dialog.voice_chosen.emit("pyttsx3:en-gb")
    assert room.desk.aloud is not None
    assert room.desk.aloud.voice == "pyttsx3:en-gb"
    dialog.voice_removed.emit("pyttsx3:en-gb")
    assert room.desk.aloud.voice == "piper:en_US-joe-medium"


def test_an_engine_that_failed_is_unavailable_in_the_window_of_voices_until_it_is_heard(
    opened: Opener,
) -> None:
    def joe_says() -> str:
        room.desk.do(Command.SHOW_VOICES)
        voices = room.desk.voice_window
        room.wait(lambda: voices.dialog is not None and voices.dialog.row(DEFAULT_VOICE))
        dialog = voices.dialog
        assert dialog is not None
        row = dialog.row(DEFAULT_VOICE)
        assert row is not None
        assert row.content is not None
        said = row.content.detail
        dialog.close()
        return said

    room = opened()
    room.press("Space")
    room.say(SpeechStopped(EngineUnavailable("piper", "onnxruntime is not installed")))
    message = room.message()
    assert message is not None
    assert message.text == (
        "Piper can't speak on this machine: onnxruntime is not installed. "
        "Choose another voice, or install Sottovoce again."
    )
    assert joe_says() == "Not available: onnxruntime is not installed"
    room.desk.do(Command.PLAY_OR_PAUSE)
    room.voice_answers()
    room.hear(2)
    assert "Not available" not in joe_says()


def test_hearing_a_sample_pauses_the_reading(opened: Opener) -> None:
    room = opened()
    room.press("Space")
    room.desk.do(Command.SHOW_VOICES)
    dialog = room.desk.voice_window.dialog
    assert dialog is not None
    dialog.sample_begins.emit()
    assert room.player().state == Paused()


def test_a_book_that_went_away_ends_for_the_voice_where_it_was_not_read_yet(
    opened: Opener, tmp_path: Path
) -> None:
    chapters = {f"{n}.xhtml": page("<p>One goes. Two follows.</p>" * 40) for n in range(40)}
    book = write_book(tmp_path / "book.epub", chapters)
    room = opened(file=book)
    book.write_bytes(b"no book any more")
    aloud = room.desk.aloud
    assert aloud is not None
    aloud.play_from(Place(35, 10))
    for step in Step:
        aloud.step(step)
    aloud.play_from(Place(0, 0))
    room.voice_answers()
    room.hear(2)
    assert room.lit_words


def test_while_the_voice_is_silent_the_sentence_clicked_in_is_marked(opened: Opener) -> None:
    room = opened()
    notebook = room.desk.annotating.notebook
    assert notebook is not None

    def marked() -> list[str]:
        quotes = (note.annotation.target.quote for note in notebook.notes)
        return [quote.exact for quote in quotes if quote is not None]

    room.desk.window.view.set_caret(Place(0, room.text.index("paragraph begins")))
    room.press("H")
    assert marked() == ["Another paragraph begins here."]
    room.press("Space")
    room.voice_answers()
    room.hear(2)
    room.press("Space")
    room.press("H")
    assert marked()[1:] == ["The first sentence opens the room."]
    room.desk.window.view.set_caret(Place(0, room.text.index("goodbye")))
    room.press("Shift+Right")  # the voice goes on to the next paragraph, which is marked
    room.press("H")
    assert len(marked()) == 2, "where the voice was led since is meant"
