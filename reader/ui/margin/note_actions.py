"""What can be done to notes by key or from the menu, as the window's actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from reader.annotations.appearance import HIGHLIGHT, SQUIGGLE, STRIKE, UNDERLINE
from reader.ui.look.theme import HIGHLIGHT_COLOURS
from reader.ui.margin.cards.card import STYLE_WORDS

if TYPE_CHECKING:  # it imports this when its actions are asked for
    from reader.ui.margin.annotating import Annotating

STYLE_KEYS = {HIGHLIGHT: "H", UNDERLINE: "U", STRIKE: "X", SQUIGGLE: "Z"}
"""The keys that mark in each style."""

# some window managers take Shift+Alt with arrows for themselves
_ENDS = (
    ("Highlight ends a word later", ("Alt+Shift+Right", "."), False, True),
    ("Highlight ends a word earlier", ("Alt+Shift+Left", ","), False, False),
    ("Highlight begins a word later", ("Alt+Shift+Down",), True, True),
    ("Highlight begins a word earlier", ("Alt+Shift+Up",), True, False),
)


def note_actions(annotating: Annotating, parent: QObject) -> tuple[list[QAction], list[QAction]]:
    """Return all actions in the menu's order, and those of them that choose a colour."""
    marking, writing = annotating.marking, annotating.writing
    colours = [
        _action(name.capitalize(), (str(number),), partial(marking.choose_colour, name), parent)
        for number, name in enumerate(HIGHLIGHT_COLOURS, 1)
    ]
    styles = [
        _action(STYLE_WORDS[style], (key,), partial(marking.mark_in_style, style), parent)
        for style, key in STYLE_KEYS.items()
        if style != HIGHLIGHT
    ]
    ends = [
        _action(
            label,
            keys,
            partial(annotating.move_end, is_start=is_start, is_forward=is_forward),
            parent,
        )
        for label, keys, is_start, is_forward in _ENDS
    ]
    actions = [
        _action("Highlight", ("H",), marking.highlight, parent),
        *styles,
        _action("Write a note", ("N",), writing.write_note, parent),
        _action("Reply to the note", ("A",), writing.reply, parent),
        _action("Bookmark", ("B",), marking.toggle_bookmark, parent),
        *colours,
        _action("Mark every occurrence…", ("E",), annotating.mark_every, parent),
        *ends,
        _action("Merge highlights", ("J",), lambda: annotating.reshaping.merge(), parent),
        _action("Split the highlight", ("Shift+J",), lambda: annotating.reshaping.split(), parent),
        _action("Delete the note", ("Del", "Backspace"), annotating.delete, parent),
        _action("Undo", ("Ctrl+Z",), annotating.undo, parent),
        _action("Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), annotating.redo, parent),
        _action("Next note", ("Alt+Down",), partial(annotating.focus_next_note, 1), parent),
        _action("Previous note", ("Alt+Up",), partial(annotating.focus_next_note, -1), parent),
    ]
    return actions, colours


def _action(label: str, keys: tuple[str, ...], do: Callable[[], None], parent: QObject) -> QAction:
    action = QAction(label, parent)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.triggered.connect(lambda: do())
    return action
