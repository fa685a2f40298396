"""What can be done to notes by key or from the menu, as the window's actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from reader.annotations.appearance import HIGHLIGHT, SQUIGGLE, STRIKE, UNDERLINE
from reader.ui.look.theme import HIGHLIGHT_COLOURS
from reader.ui.margin.card import STYLE_WORDS

STYLE_KEYS = {HIGHLIGHT: "H", UNDERLINE: "U", STRIKE: "X", SQUIGGLE: "Z"}
"""The keys that mark in each style."""

# some window managers take Shift+Alt with arrows for themselves
_ENDS = (
    ("Highlight ends a word later", ("Alt+Shift+Right", "."), False, True),
    ("Highlight ends a word earlier", ("Alt+Shift+Left", ","), False, False),
    ("Highlight begins a word later", ("Alt+Shift+Down",), True, True),
    ("Highlight begins a word earlier", ("Alt+Shift+Up",), True, False),
)


class NoteCommands(Protocol):
    """What the actions call; `Annotating` is one."""

    def highlight(self) -> None:
        """Highlight the selection."""

    def write_note(self) -> None:
        """Write a note."""

    def reply(self) -> None:
        """Reply to a note."""

    def toggle_bookmark(self) -> None:
        """Set a bookmark, or take it away."""

    def choose_colour(self, colour: str) -> None:
        """Colour the selection or the focused card."""

    def mark_in_style(self, style: str) -> None:
        """Mark the selection or the focused card's passage in a style."""

    def mark_every(self) -> None:
        """Mark a phrase wherever it stands."""

    def move_end(self, *, is_start: bool, is_forward: bool) -> None:
        """Move an end of the focused highlight."""

    def merge(self) -> None:
        """Merge highlights."""

    def split(self) -> None:
        """Split a highlight."""

    def delete(self) -> None:
        """Delete a note."""

    def undo(self) -> None:
        """Take a step back."""

    def redo(self) -> None:
        """Do a step again."""

    def focus_next_note(self, step: int) -> None:
        """Go to the next note, or the one before."""


def note_actions(commands: NoteCommands, parent: QObject) -> tuple[list[QAction], list[QAction]]:
    """Return all actions in the menu's order, and those of them that choose a colour."""
    colours = [
        _action(name.capitalize(), (str(number),), partial(commands.choose_colour, name), parent)
        for number, name in enumerate(HIGHLIGHT_COLOURS, 1)
    ]
    styles = [
        _action(STYLE_WORDS[style], (key,), partial(commands.mark_in_style, style), parent)
        for style, key in STYLE_KEYS.items()
        if style != HIGHLIGHT
    ]
    ends = [
        _action(
            label,
            keys,
            partial(commands.move_end, is_start=is_start, is_forward=is_forward),
            parent,
        )
        for label, keys, is_start, is_forward in _ENDS
    ]
    actions = [
        _action("Highlight", ("H",), commands.highlight, parent),
        *styles,
        _action("Write a note", ("N",), commands.write_note, parent),
        _action("Reply to the note", ("A",), commands.reply, parent),
        _action("Bookmark", ("B",), commands.toggle_bookmark, parent),
        *colours,
        _action("Mark every occurrence…", ("E",), commands.mark_every, parent),
        *ends,
        _action("Merge highlights", ("J",), commands.merge, parent),
        _action("Split the highlight", ("Shift+J",), commands.split, parent),
        _action("Delete the note", ("Del", "Backspace"), commands.delete, parent),
        _action("Undo", ("Ctrl+Z",), commands.undo, parent),
        _action("Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), commands.redo, parent),
        _action("Next note", ("Alt+Down",), partial(commands.focus_next_note, 1), parent),
        _action("Previous note", ("Alt+Up",), partial(commands.focus_next_note, -1), parent),
    ]
    return actions, colours


def _action(label: str, keys: tuple[str, ...], do: Callable[[], None], parent: QObject) -> QAction:
    action = QAction(label, parent)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.triggered.connect(lambda: do())
    return action
