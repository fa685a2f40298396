"""A bare PySide6 window with a text in it, to compare with: `bare_window.py FILE`.

It prints the moment at which the text was painted, on CLOCK_MONOTONIC, and leaves.
"""

import sys
import time
from pathlib import Path

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QTextBrowser


class BareWindow(QTextBrowser):
    """Says when it was first painted."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        print(time.monotonic(), flush=True)
        QApplication.quit()


application = QApplication([])
window = BareWindow()
window.resize(1180, 900)
window.setPlainText(Path(sys.argv[1]).read_text(encoding="utf-8"))
window.show()
application.exec()
