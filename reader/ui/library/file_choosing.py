"""The system's own dialog for files, as the library asks for texts and folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from reader.formats.registry import SUFFIXES


def choose_files(
    window: QWidget,
    title: str,
    chosen: Callable[[list[Path]], object],
    mode: QFileDialog.FileMode,
    folder: Path | None = None,
) -> None:
    """Open the dialog, in `folder` if one is given; `chosen` is called with what is chosen."""
    dialog = QFileDialog(window, title)
    dialog.setFileMode(mode)
    if mode is not QFileDialog.FileMode.Directory:
        patterns = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        dialog.setNameFilters([f"Texts ({patterns})", "All files (*)"])
    if folder is not None:
        dialog.setDirectory(str(folder))
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
