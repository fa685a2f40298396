"""The picture that the window takes of itself, with text and notes: `--screenshot`."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from reader.errors import OutputNotWritten, SottovoceError
from reader.text.address import Address
from reader.ui.desk.reading_desk import ReadingDesk
from reader.ui.window.main_window import MainWindow
from reader.ui.window_picture import picture_of, save_picture

_PICTURES_PATIENCE_S = 4.0
"""How long the picture of the window waits for those in its text, and for a long section of it."""

_LOOKS_AGAIN_S = 0.005


def take_screenshot(
    application: QApplication,
    desk: ReadingDesk,
    path: Path,
    address: Address | None,
    picture: Path,
) -> int:
    """Paint the window at its usual size, with the text at `path`, and save what it shows.

    `address` is what in the text to show. Returns 1 after an exception nobody caught, else 0.

    Raises:
        SottovoceError: the text can't be read, or the picture can't be written.
    """
    problems: list[SottovoceError] = []
    desk.keep_still()

    def give_up(error: SottovoceError) -> None:
        problems.append(error)
        application.quit()

    desk.text_shown.connect(desk.bring_notes)
    desk.notes_settled.connect(application.quit)
    desk.text_failed.connect(give_up)
    if address is not None:
        desk.arrive_at(address, path)
    desk.begin(path)
    with ending_on_bugs(application):
        code = application.exec()
    if problems:
        raise problems[0]
    if code == 0 and not save_picture(_painted(application, desk.window), picture):
        raise OutputNotWritten(picture, "check its folder and the ending of its name")
    return code


def _painted(application: QApplication, window: MainWindow) -> QImage:
    """Paint the window; again once what its text waits for has come, unless that takes long."""
    image = picture_of(window)
    latest_s = time.monotonic() + _PICTURES_PATIENCE_S
    while not window.view.is_all_there() and time.monotonic() < latest_s:
        application.processEvents()
        time.sleep(_LOOKS_AGAIN_S)
        if window.view.is_all_there():
            image = picture_of(window)  # which may show what is to be waited for as well
    return image


@contextmanager
def ending_on_bugs(application: QApplication) -> Iterator[None]:
    """End with 1 on an exception nobody caught: there is no user who would close the window."""

    def end(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, where)
        application.exit(1)

    before, sys.excepthook = sys.excepthook, end
    try:
        yield
    finally:
        sys.excepthook = before
