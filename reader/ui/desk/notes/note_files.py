"""Notes out to files and in from them, as the user asks in the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from reader.annotations.exchange.note_formats import READERS, WRITERS, NoteWriter, writer_for
from reader.app.note_exchange import (
    ImportedNotes,
    file_name_for,
    import_notes,
    notes_on,
    write_notes,
)
from reader.app.text_opening import OpenText
from reader.errors import SottovoceError
from reader.ui.desk.desk_notes import DeskNotes
from reader.ui.desk.desk_parts import DeskParts
from reader.ui.desk.notes.export_process import ExportProcess
from reader.ui.window import note_messages
from reader.ui.window.export_popover import ExportPopover
from reader.ui.window.messages import Message


class NoteFiles(QObject):
    """Asks what and where, works beside the window's thread, and says how it went."""

    def __init__(self, parts: DeskParts, notes: DeskNotes) -> None:
        super().__init__(parts.window)
        self._services = parts.services
        self._window = parts.window
        self._background = parts.background
        self._text = parts.text
        self._notes = notes
        self._folder: Path | None = None
        self._apart = ExportProcess(parts.services.paths, self)
        self._apart.gathered.connect(self._on_gathered)
        self._apart.written.connect(self._on_exported)
        self._apart.failed.connect(self._on_not_exported)

    def close(self) -> None:
        """Give up what is being written: the window closes."""
        self._apart.close()

    def stop(self) -> None:
        """Give up what is being written, as the user asks."""
        if self._apart.is_running:
            self._apart.stop()
            self._say(note_messages.EXPORT_STOPPED)

    # Out

    def ask_format(self) -> ExportPopover:
        """Open the list of formats below the menu's button; return it."""
        popover = ExportPopover(
            self._window.theme, self._window, WRITERS, has_text=self._text.open_text is not None
        )
        popover.chosen.connect(self._ask_where)
        popover.open_at(self._window.header.menu_button)
        return popover

    def _ask_where(self, name: str, is_all: bool) -> None:
        writer = writer_for(name)
        text = None if is_all else self._text.open_text
        if text is None and not writer.takes_many:
            dialog = self._dialog("Export the notes on all texts to a folder")
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        else:
            dialog = self._dialog("Export notes")
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setNameFilters([f"{writer.label} (*{writer.suffix})"])
            dialog.setDefaultSuffix(writer.suffix.removeprefix("."))
            if writer.marks is not None:  # nothing of the user's is replaced
                dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
            title = "All notes" if text is None else f"{text.document.title} notes"
            dialog.selectFile(file_name_for(title, writer))
        dialog.fileSelected.connect(lambda chosen: self.export(text, writer, Path(chosen)))
        dialog.open()

    def export(self, text: OpenText | None, writer: NoteWriter, output: Path) -> None:
        """Write the notes on a text, or on all texts (None), to a file or a folder."""
        if not self._have_all_on_disk():
            return
        self._folder = output if output.is_dir() else output.parent
        services = self._services
        if text is None or text.path.is_file():
            self._say(note_messages.EXPORTING)
            path = None if text is None else text.path
            self._apart.start(path, writer, output, self._text.password)
            return

        def work() -> list[Path]:  # the file is gone, only the window has the text
            noted = notes_on(services.annotations, text.path, text.document, writer)
            return [write_notes([noted], writer, output, services.paths.templates_dir)]

        self._background.run(work, self._on_exported, self._on_failed)

    def _on_not_exported(self, sentence: str) -> None:
        self._say(note_messages.about_export_failed(sentence))

    def _on_gathered(self, count: int) -> None:
        if count % 10 == 0 and self._apart.is_running:
            self._say(note_messages.about_export_under_way(count))

    def _on_exported(self, files: Sequence[Path]) -> None:
        self._say(note_messages.about_export(files))

    # In

    def ask_file(self) -> None:
        """Open the system's dialog for a file of notes."""
        text = self._text.open_text
        if text is None:
            return
        suffixes = dict.fromkeys(suffix for reader in READERS for suffix in reader.suffixes)
        patterns = " ".join(f"*{suffix}" for suffix in suffixes)
        dialog = self._dialog("Import notes on this text")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        kinds = [
            f"{reader.label} ({' '.join(f'*{suffix}' for suffix in reader.suffixes)})"
            for reader in READERS
        ]
        dialog.setNameFilters([f"Notes ({patterns})", *kinds, "All files (*)"])
        dialog.fileSelected.connect(lambda chosen: self.import_from(text, Path(chosen)))
        dialog.open()

    def import_from(self, text: OpenText, notes: Path) -> None:
        """Take over the notes in a file, and show them."""
        if not self._have_all_on_disk():
            return
        self._folder = notes.parent
        services = self._services

        def show(imported: ImportedNotes) -> None:
            if self._text.open_text is text:
                self._text.open_notes()
            self._say(note_messages.about_import(imported.report, imported.elsewhere))

        self._background.run(
            lambda: import_notes(services.annotations, text.path, text.document, notes),
            show,
            self._on_failed,
        )

    # Both

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = self._folder or Path(QStandardPaths.writableLocation(documents))
        dialog.setDirectory(str(folder if folder.is_dir() else Path.home()))
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _have_all_on_disk(self) -> bool:
        """Have what is being written on disk; if that can't be, say why."""
        annotating = self._notes.annotating
        annotating.finish_editing()
        try:
            if annotating.notebook is not None:
                annotating.notebook.flush()
        except SottovoceError as error:
            self._say(note_messages.about_unsaved(error))
            return False
        return True

    def _on_failed(self, error: SottovoceError) -> None:
        self._say(note_messages.about_note_file(error))

    def _say(self, message: Message) -> None:
        self._window.messages.show_message(message)
