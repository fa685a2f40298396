"""A window over texts, notes and a library of its own, that can be left and opened again."""

from __future__ import annotations

from pathlib import Path
from random import Random

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from reader.annotations.model import Annotation, AnnotationId
from reader.app.paths import user_paths
from reader.app.services import Services
from reader.app.trace import Trace
from reader.text.document import Fingerprint
from reader.ui.desk.reading_desk import ReadingDesk
from reader.ui.listening.sound import Sound
from tests.ui.monkey.faults import Faults
from tests.ui.monkey.texts import make_texts
from tests.ui.monkey.voice import LivelyVoice

_SETTLED_WITHIN_MS = 8_000
_LOOK_MS = 20


class House(QObject):
    """What the monkey is let loose in. Nothing it does reaches beyond `folder`."""

    def __init__(self, folder: Path, random: Random, faults: Faults) -> None:
        super().__init__()
        self.folder = folder
        self.random = random
        self.faults = faults
        self.texts = make_texts(folder / "texts")
        self.originals = {path: path.read_bytes() for path in self.texts}
        self.shared_folder = folder / "shared"
        self.voices: list[LivelyVoice] = []
        for scheme in ("http", "https", "mailto", "file"):
            QDesktopServices.setUrlHandler(scheme, self, "refuse")  # type: ignore[arg-type]
        self._open(random.choice(self.texts))

    @Slot(QUrl)
    def refuse(self, _address: QUrl) -> None:
        """Open nothing outside."""

    def _open(self, text: Path | None) -> None:
        self.services = Services(user_paths(self.folder / "data"), Trace(None))
        self.desk = ReadingDesk(self.services, self._make_sound)
        self.window = self.desk.window
        self.desk.begin(text or self.services.texts.to_begin_with())
        self.window.show()
        self.window.activateWindow()

    def _make_sound(self, services: Services) -> Sound:
        self.voices.append(LivelyVoice(self.random, self))
        return self.voices[-1].sound(services)

    def answer_dialogs(self) -> bool:
        """Answer the system's dialogs for files, and only with files of ours; tell if any was."""
        dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog)]
        shown = [dialog for dialog in dialogs if dialog.isVisible()]
        for dialog in shown:
            if self.random.random() < 0.3:
                dialog.reject()
            elif dialog.fileMode() is QFileDialog.FileMode.Directory:
                dialog.fileSelected.emit(str(self.shared_folder))
                dialog.accepted.emit()
                dialog.reject()
            else:
                self._choose_file(dialog)
        return bool(shown)

    def _choose_file(self, dialog: QFileDialog) -> None:
        out = self.folder / "out"
        out.mkdir(exist_ok=True)
        if dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave:
            suffix = dialog.defaultSuffix() or "txt"
            chosen = out / f"{self.random.randrange(5)}.{suffix}"
        else:
            chosen = self.random.choice([*self.texts, *sorted(out.iterdir())])
        dialog.fileSelected.emit(str(chosen))
        dialog.filesSelected.emit([str(chosen)])
        dialog.reject()

    # What must hold

    def check_notes(self) -> None:
        """Wait until the notes have come to rest; then what is shown must be what is on disk."""
        for _ in range(_SETTLED_WITHIN_MS // _LOOK_MS):
            if self._differing_notes() == "":
                return
            turn(_LOOK_MS)
        self.faults.note(f"shown and on disk differ: {self._differing_notes()}")

    def _differing_notes(self) -> str:
        notebook = self.desk.annotating.notebook
        if notebook is None or self.desk.annotating.is_at_work:
            return ""
        shown = {note.annotation.id: note.annotation for note in notebook.notes}
        kept = self._notes_on_disk(notebook.document.fingerprint)
        names = {name for name in shown | kept if shown.get(name) != kept.get(name)}
        return ", ".join(f"{name}: {shown.get(name)} / {kept.get(name)}" for name in sorted(names))

    def _notes_on_disk(self, fingerprint: Fingerprint) -> dict[AnnotationId, Annotation]:
        kept = self.services.annotations.of_document(fingerprint)
        return {annotation.id: annotation for annotation in kept}

    def reopen(self) -> None:
        """Leave as the program does when its window is closed, and start it again."""
        self.window.leave()
        self.close()
        self._open(None)

    def close(self) -> None:
        """Leave; nothing may stay behind."""
        self.desk.close()
        self.services.close()
        left = [self.window] + [one for one in shown_windows() if one is not self.window]
        self.window.deleteLater()
        self.desk.deleteLater()
        turn(50)
        self.voices.clear()
        forgotten = [name for name in map(_described, left[1:]) if name]
        if forgotten:
            self.faults.note(f"left open after the window was closed: {forgotten}")


def shown_windows() -> list[QWidget]:
    """Return what is open on the screen, but tool tips, which go with the next key."""
    return [
        one
        for one in QApplication.topLevelWidgets()
        if one.isVisible() and one.windowType() is not Qt.WindowType.ToolTip
    ]


def _described(widget: QWidget) -> str:
    try:
        return f"{type(widget).__name__} {widget.accessibleName()!r}" if widget.isVisible() else ""
    except RuntimeError:  # gone with the window
        return ""


def turn(milliseconds: int) -> None:
    """Let the event loop turn for so long, as if nobody did anything."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def front_window() -> QWidget | None:
    """Return the widget whose window has the keyboard, else any that is shown."""
    focused = QGuiApplication.focusWindow()
    shown = shown_windows()
    return next((one for one in shown if one.windowHandle() is focused), next(iter(shown), None))


def leave_nested_loop() -> None:
    """End what waits in a loop of its own: a menu of Qt's, something that is dragged."""
    popup, window = QApplication.activePopupWidget(), front_window()
    if popup is not None:
        popup.close()
    elif window is not None:
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
