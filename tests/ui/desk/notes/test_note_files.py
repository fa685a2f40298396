"""Notes out and in from the window: asked for, done beside it, and told how it went."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from reader.annotations.exchange.note_formats import WRITERS, writer_for
from reader.app.text_opening import OpenText
from reader.ui.desk.notes.note_files import NoteFiles
from reader.ui.window.commands import Command
from reader.ui.window.messages import Remedy, Subject
from tests.ui.desk.window_room import WindowRoom, open_and_settle


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowRoom]:
    room = open_and_settle(qtbot, tmp_path)
    yield room
    for dialog in room.desk.window.findChildren(QFileDialog):
        dialog.close()
    room.close()


def files_of(room: WindowRoom) -> NoteFiles:
    return room.desk.note_tools.files


def open_text(room: WindowRoom) -> OpenText:
    text = room.desk._text.open_text
    assert text is not None
    return text


def told(room: WindowRoom) -> str:
    message = room.message()
    return "" if message is None or message.subject is not Subject.NOTES else message.text


def import_one(room: WindowRoom, folder: Path) -> Path:
    start = room.text.index("opens")
    selector = {"type": "TextPositionSelector", "start": start, "end": start + 5}
    quote = {"type": "TextQuoteSelector", "exact": "opens"}
    note = {
        "id": "urn:example:1",
        "type": "Annotation",
        "target": {"source": "room.txt", "selector": [quote, selector]},
        "body": {"type": "TextualBody", "value": "It opens."},
    }
    path = folder / "notes.jsonld"
    path.write_text(json.dumps([note]))
    files_of(room).import_from(open_text(room), path)
    room.wait(lambda: told(room).startswith("Notes from the file"))
    return path


def test_what_is_imported_is_in_the_margin_and_told(room: WindowRoom, tmp_path: Path) -> None:
    path = import_one(room, tmp_path)
    assert told(room) == "Notes from the file: 1 new."
    room.wait(lambda: room.desk.annotating.notebook and room.desk.annotating.notebook.notes)
    files_of(room).import_from(open_text(room), path)
    room.wait(lambda: told(room) == "Notes from the file: 1 here already.")


def test_a_file_that_is_not_legal_is_told_with_its_path(room: WindowRoom, tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonld"
    path.write_text('[{"type": "Annotation", "id": "urn:a"}]')
    files_of(room).import_from(open_text(room), path)
    room.wait(lambda: "$[0].target" in told(room))


def test_notes_go_out_with_what_was_only_just_written(room: WindowRoom, tmp_path: Path) -> None:
    import_one(room, tmp_path)
    room.wait(lambda: room.desk.annotating.notebook and room.desk.annotating.notebook.notes)
    room.desk.annotating.marking.highlight("sky")  # nothing selected, nothing read: nothing happens
    output = tmp_path / "out.md"
    files_of(room).export(open_text(room), writer_for("markdown"), output)
    room.wait(lambda: told(room) == f"The notes are in {output}.")
    assert "It opens." in output.read_text("utf-8")


def test_all_notes_go_out_to_a_folder(room: WindowRoom, tmp_path: Path) -> None:
    import_one(room, tmp_path)
    folder = tmp_path / "vault"
    folder.mkdir()
    files_of(room).export(None, writer_for("markdown"), folder)
    room.wait(lambda: told(room).startswith("The notes are in"))
    assert [path.name for path in folder.iterdir()] == ["room.md"]


@pytest.mark.parametrize("name", ["pdf", "docx", "anki"])
def test_the_window_loads_nothing_of_what_a_format_needs(
    room: WindowRoom, tmp_path: Path, name: str
) -> None:
    import_one(room, tmp_path)
    loaded = set(sys.modules)
    output = tmp_path / f"out{writer_for(name).suffix}"
    files_of(room).export(open_text(room), writer_for(name), output)
    room.wait(lambda: told(room) == f"The notes are in {output}.")
    assert output.stat().st_size > 500
    assert not {"fpdf", "docx", "genanki"} & (set(sys.modules) - loaded)


def test_notes_on_a_text_whose_file_is_gone_go_out_all_the_same(
    room: WindowRoom, tmp_path: Path
) -> None:
    import_one(room, tmp_path)
    text = open_text(room)
    text.path.unlink()
    output = tmp_path / "out.txt"
    files_of(room).export(text, writer_for("text"), output)
    room.wait(lambda: told(room) == f"The notes are in {output}.")
    assert "It opens." in output.read_text("utf-8")


def test_an_export_can_be_stopped_and_leaves_nothing(room: WindowRoom, tmp_path: Path) -> None:
    import_one(room, tmp_path)
    folder = tmp_path / "out"
    folder.mkdir()
    files_of(room).export(open_text(room), writer_for("pdf"), folder)
    message = room.message()
    assert message is not None
    assert message.remedies == (Remedy.STOP,)
    room.desk.window.messages.remedy_chosen.emit(message, Remedy.STOP)
    assert told(room) == "Stopped. The notes were not written."
    room.wait(lambda: not files_of(room).findChildren(QProcess))
    assert list(folder.iterdir()) == []


def test_what_the_other_process_cannot_write_is_told_in_its_words(
    room: WindowRoom, tmp_path: Path
) -> None:
    output = tmp_path / "missing" / "out.pdf"
    files_of(room).export(open_text(room), writer_for("pdf"), output)
    room.wait(lambda: "could not be written" in told(room))
    assert str(output) in told(room)


def test_another_process_that_is_ended_is_told(room: WindowRoom, tmp_path: Path) -> None:
    files_of(room).export(open_text(room), writer_for("pdf"), tmp_path / "out.pdf")
    (process,) = files_of(room).findChildren(QProcess)
    process.kill()
    room.wait(lambda: told(room).startswith("The process that writes the notes was ended"))
    assert not (tmp_path / "out.pdf").exists()


def test_without_notes_anywhere_there_is_nothing_to_write(room: WindowRoom, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    folder.mkdir()
    files_of(room).export(None, writer_for("markdown"), folder)
    room.wait(lambda: told(room) == "There are no notes to write yet.")


def test_what_cannot_be_written_is_told(room: WindowRoom, tmp_path: Path) -> None:
    output = tmp_path / "missing" / "out.txt"
    files_of(room).export(open_text(room), writer_for("text"), output)
    room.wait(lambda: "could not be written" in told(room))


def test_the_format_is_chosen_from_a_list_by_key(room: WindowRoom) -> None:
    room.desk.do(Command.EXPORT_NOTES)
    popover = files_of(room).ask_format()
    assert popover.formats.count() == len(WRITERS)
    chosen: list[tuple[str, bool]] = []
    popover.chosen.disconnect()
    popover.chosen.connect(lambda name, is_all: chosen.append((name, is_all)))
    popover.formats.setCurrentRow(2)
    QTest.keyClick(popover.formats, Qt.Key.Key_Return)
    assert chosen == [(WRITERS[2].name, False)]


# what Qt's offscreen windows say of any dialog that is shown
_OFFSCREEN = pytest.mark.qt_log_ignore("propagateSizeHints")


@_OFFSCREEN
def test_a_format_chosen_asks_where_with_a_name_that_fits(room: WindowRoom) -> None:
    popover = files_of(room).ask_format()
    popover.chosen.emit("docx", False)
    (dialog,) = room.desk.window.findChildren(QFileDialog)
    assert dialog.defaultSuffix() == "docx"
    assert Path(dialog.selectedFiles()[0]).name == "room notes.docx"
    dialog.close()
    popover.close()


@_OFFSCREEN
@pytest.mark.parametrize(
    ("name", "asks"), [pytest.param("markdown", False), pytest.param("html", True)]
)
def test_only_where_a_file_would_be_replaced_one_is_asked(
    room: WindowRoom, name: str, asks: bool
) -> None:
    popover = files_of(room).ask_format()
    popover.chosen.emit(name, False)
    (dialog,) = room.desk.window.findChildren(QFileDialog)
    assert dialog.testOption(QFileDialog.Option.DontConfirmOverwrite) is not asks
    dialog.close()
    popover.close()


@_OFFSCREEN
def test_all_texts_in_a_format_with_a_file_a_text_ask_for_a_folder(room: WindowRoom) -> None:
    popover = files_of(room).ask_format()
    popover.chosen.emit("markdown", True)
    (dialog,) = room.desk.window.findChildren(QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.close()
    popover.close()
