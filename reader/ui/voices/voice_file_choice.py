"""Choosing a voice one has as a file, or a folder of such files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.ui.look.controls import TextButton
from reader.ui.look.menu import Menu
from reader.ui.look.theme import Theme


class VoiceFileButton(TextButton):
    """Opens a small menu and then the system's own dialog."""

    file_chosen = Signal(Path)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "Install from files…", parent)
        self.clicked.connect(self._open_menu)

    def _open_menu(self) -> None:
        mode = QFileDialog.FileMode
        menu = Menu(self.theme, self)
        menu.addAction("A voice's file…", lambda: self._choose(mode.ExistingFile))
        menu.addAction("A folder of voices…", lambda: self._choose(mode.Directory))
        size = menu.sizeHint()
        menu.popup(self.mapToGlobal(QPoint(self.width() - size.width(), -size.height())))

    def _choose(self, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self, "Install a voice")
        dialog.setFileMode(mode)
        if mode is QFileDialog.FileMode.ExistingFile:
            dialog.setNameFilters(["Voices (*.onnx *.onnx.json)", "All files (*)"])
        dialog.fileSelected.connect(lambda chosen: self.file_chosen.emit(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
