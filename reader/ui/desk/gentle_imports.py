"""Imports what is wanted soon, a module in each turn of the event loop: no turn takes long.

Not in a thread of its own: see `reader.ui.background`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

VOICE_MODULES = (
    "dataclasses",
    "subprocess",
    "reader.playback.options",
    "reader.playback.stream.frame_source",
    "reader.speech.planning.language_guess",
    "reader.speech.planning.pronunciation",
    "reader.speech.planning.phrasing",
    "reader.speech.planning.citations",
    "reader.speech.planning.skipping",
    "reader.speech.planning.sentences",
    "reader.speech.planning.planner",
    "reader.speech.synthesiser",
    "reader.playback.reading_line",
    "reader.playback.hearing",
    "reader.playback.player",
    "reader.ui.look.popover",
    "reader.ui.look.list_popover",
    "reader.ui.listening.listening",
    "reader.ui.listening.reading_aloud",
    "reader.ui.listening.listening_tools",
    "reader.ui.listening.notes_aloud",
    "reader.ui.listening.saying",
    "reader.ui.wayfinding.contents_popover",
    "reader.ui.window.settings_dialog",
    "reader.ui.window.panels",
    "reader.ui.desk.desk_voice",
    "reader.ui.wayfinding.wayfinding",
)
"""What the voice is made of, what others stand on first: each a few milliseconds."""

LIBRARY_MODULES = (
    "reader.annotations.overview",
    "reader.app.library_overview",
    "reader.ui.library.cover_store",
    "reader.ui.library.folder_watch",
    "reader.ui.library.shelves",
    "reader.ui.library.shelf_list",
    "reader.library.search.excerpts",
    "reader.ui.library.shelf_model",
    "reader.ui.library.shelf_painter",
    "reader.ui.library.shelf_view",
    "reader.ui.library.library_view",
    "reader.ui.library.library_menus",
    "reader.ui.library.naming_popover",
    "reader.ui.library.library_changes",
    "reader.library.catalogue",
    "reader.library.search.index_file",
    "reader.app.indexing",
    "reader.app.searching",
    "reader.ui.library.library_search",
    "reader.ui.library.library_updates",
    "reader.ui.library.library_desk",
)
"""The same of the library."""


_BETWEEN_MS = 2


class GentleImports(QObject):
    """Imports modules one by one, then calls `then`."""

    def __init__(
        self, names: Iterable[str], then: Callable[[], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._left = list(names)
        self._then = then
        # not 0: the loop never rests then, and what is seen of it is one long turn
        self._timer = QTimer(self, interval=_BETWEEN_MS)
        self._timer.timeout.connect(self._on_turn)
        self._timer.start()

    def _on_turn(self) -> None:
        if self._left:
            import_module(self._left.pop(0))
        else:
            self._timer.stop()
            self._then()
