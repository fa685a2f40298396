"""Opens texts beside the window's thread, and keeps an eye on the file of the open one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.app.services import Services
from reader.app.text_opening import OpenText
from reader.errors import SottovoceError
from reader.formats.source import FileState, state_of
from reader.text.document import Place
from reader.ui.background import Background, Task
from reader.values import value

if TYPE_CHECKING:  # imported when a text is there to be watched
    from reader.ui.desk.file_watch import FileWatch

SLOW_MS = 300
"""A text that takes longer than this is said to be opening."""


@value
class Beginning:
    """Where a text is taken up: by the voice, and by who looks at it."""

    voice: Place
    line: Place | None
    """A place in the line to be shown; None for the text's beginning."""
    line_y: int = 0
    """Where on the screen, in pixels of the view."""


class Opening(QObject):
    """One text is open or being opened at a time; a later wish takes the place of an earlier."""

    opened = Signal(object)
    """OpenText."""
    failed = Signal(object)
    """SottovoceError: what was open stays open."""
    is_slow = Signal(Path)
    file_changed = Signal()
    file_gone = Signal()

    def __init__(
        self, services: Services, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background
        self._reading = background.latest()
        self._wanted: Path | None = None
        self._password = ""
        self._patience = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._patience.timeout.connect(self._on_slow)
        self._watch: FileWatch | None = None
        self._state: FileState | None = None  # of the file of the open text, when it was read

    @property
    def wanted_path(self) -> Path | None:
        """The text asked for last, whether it could be opened or not."""
        return self._wanted

    @property
    def password(self) -> str:
        """What the text asked for last is locked with; "" for one that isn't."""
        return self._password

    def open(self, path: Path, password: str = "") -> Task:
        """Open the text at `path`, locked with `password`; a signal tells how it went."""
        wanted = self._wanted = path.absolute()
        self._password = password

        def read() -> tuple[OpenText, FileState | None]:
            state = state_of(wanted)  # before it is read: what is written meanwhile is a change
            return self._services.texts.read(wanted, password), state

        task = self._reading.run(read, self._on_opened, self._on_failed)
        self._patience.start()
        return task

    def open_again(self) -> None:
        """Open the text asked for last once more."""
        if self._wanted is not None:
            self.open(self._wanted, self._password)

    def watch(self, path: Path) -> None:
        """Tell from now on when the file of the open text has changed or gone away."""
        if self._watch is None:
            from reader.ui.desk.file_watch import FileWatch

            self._watch = FileWatch(self._background, self)
            self._watch.changed.connect(self.file_changed)
            self._watch.gone.connect(self.file_gone)
        self._watch.watch(path, self._state)

    def check_file(self) -> None:
        """Look at the file now: not every file system tells by itself."""
        if self._watch is not None:
            self._watch.check()

    def close(self) -> None:
        """Open and watch nothing any more."""
        self._reading.forget()
        self._patience.stop()
        if self._watch is not None:
            self._watch.stop()

    def _on_opened(self, opened: tuple[OpenText, FileState | None]) -> None:
        text, self._state = opened
        self._patience.stop()
        self.opened.emit(text)

    def _on_failed(self, error: SottovoceError) -> None:
        self._patience.stop()
        self.failed.emit(error)

    def _on_slow(self) -> None:
        if self._wanted is not None:
            self.is_slow.emit(self._wanted)
