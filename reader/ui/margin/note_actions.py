"""What can be done to notes by key or from the menu, as the window's actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from reader.annotations.appearance import HIGHLIGHT
from reader.ui.look.theme import HIGHLIGHT_COLOURS
from reader.ui.margin.annotating import Annotating
from reader.ui.margin.mark_styles import STYLE_KEYS, STYLE_WORDS

# some window managers take Shift+Alt with arrows for themselves
_ENDS = (
    ("Highlight ends a word later", ("Alt+Shift+Right", "."), False, True),
    ("Highlight ends a word earlier", ("Alt+Shift+Left", ","), False, False),
    ("Highlight begins a word later", ("Alt+Shift+Down",), True, True),
    ("Highlight begins a word earlier", ("Alt+Shift+Up",), True, False),
)


class NoteActions(QObject):
    """Actions that are to be added to the window, whose menu may show them.

    Those that choose a colour have digits for keys, and take them only while there is something to
    colour.
    """

    def __init__(self, annotating: Annotating) -> None:
        super().__init__(annotating)
        self._annotating = annotating
        self._colours = self._colour_actions()
        self.all = self._all_actions()
        annotating.can_mark_changed.connect(self._enable_colours)
        self._enable_colours()

    def _colour_actions(self) -> list[QAction]:
        choose = self._annotating.marking.choose_colour
        return [
            self._action(name.capitalize(), (str(number),), partial(choose, name))
            for number, name in enumerate(HIGHLIGHT_COLOURS, 1)
        ]

    def _all_actions(self) -> list[QAction]:
        """Return the actions in the menu's order."""
        annotating, action = self._annotating, self._action
        marking, writing = annotating.marking, annotating.writing
        styles = [
            action(STYLE_WORDS[style], (key,), partial(marking.mark_in_style, style))
            for style, key in STYLE_KEYS.items()
            if style != HIGHLIGHT
        ]
        ends = [
            action(
                label, keys, partial(annotating.move_end, is_start=is_start, is_forward=is_forward)
            )
            for label, keys, is_start, is_forward in _ENDS
        ]
        return [
            action("Highlight", ("H",), marking.highlight),
            *styles,
            action("Write a note", ("N",), writing.write_note),
            action("Reply to the note", ("A",), writing.reply),
            action("Follow the note's link", ("G",), annotating.follow_link),
            action("Bookmark", ("B",), marking.toggle_bookmark),
            *self._colours,
            action("Mark every occurrence…", ("E",), annotating.mark_every),
            *ends,
            action("Merge highlights", ("J",), lambda: annotating.reshaping.merge()),
            action("Split the highlight", ("Shift+J",), lambda: annotating.reshaping.split()),
            action("Delete the note", ("Del", "Backspace"), annotating.delete),
            action("Undo", ("Ctrl+Z",), annotating.undo),
            action("Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), annotating.redo),
            action("Next note", ("Alt+Down",), partial(annotating.focus_next_note, 1)),
            action("Previous note", ("Alt+Up",), partial(annotating.focus_next_note, -1)),
        ]

    def _action(self, label: str, keys: tuple[str, ...], do: Callable[[], None]) -> QAction:
        action = QAction(label, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda: do())
        return action

    def _enable_colours(self) -> None:
        for action in self._colours:
            action.setEnabled(self._annotating.can_mark)
