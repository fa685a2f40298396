"""What is done with notes besides writing them: listed, linked, exchanged, kept and shared."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from reader.ui.desk.desk_notes import DeskNotes
from reader.ui.desk.desk_parts import DeskParts
from reader.ui.window.commands import Command

if TYPE_CHECKING:  # imported when asked for
    from reader.text.address import Address
    from reader.ui.desk.notes.note_files import NoteFiles
    from reader.ui.desk.notes.note_keeping import NoteKeeping
    from reader.ui.desk.notes.note_linking import NoteLinking
    from reader.ui.desk.notes.note_list import NoteList
    from reader.ui.desk.notes.note_sharing import NoteSharing

_LINKED_AFTER_MS = 600
"""How long after the first text the links between notes are read: they are looked at later."""
_LOOKED_AFTER_MS = 4000
"""How long after the first text the file of notes is checked and, once a day, copied."""


class NoteTools(QObject):
    """Each tool is made when it is first asked for; `close` ends those that were."""

    def __init__(
        self, parts: DeskParts, notes: DeskNotes, follow: Callable[[Address], object]
    ) -> None:
        """`follow` goes to a note of any text."""
        super().__init__(parts.window)
        self._parts = parts
        self._notes = notes
        self._follow = follow
        self._is_closed = False
        self.deeds: dict[Command, Callable[[], object]] = {
            Command.SHOW_NOTES: lambda: self.note_list.show(),
            Command.SHOW_ALL_NOTES: lambda: self.note_list.show(is_of_all=True),
            Command.COPY_LINK: lambda: self.linking.copy_link(),
            Command.EXPORT_NOTES: lambda: self.files.ask_format(),
            Command.IMPORT_NOTES: lambda: self.files.ask_file(),
            Command.BACK_UP: lambda: self.keeping.ask_where_to(),
            Command.RESTORE_BACKUP: lambda: self.keeping.ask_where_from(),
        }

    def begin_soon(self) -> None:
        """Link, copy and share notes by itself from now on, once the window has come to rest."""
        QTimer.singleShot(_LINKED_AFTER_MS, self, self._link)
        QTimer.singleShot(_LOOKED_AFTER_MS, self, self._look_after)

    def close(self) -> None:
        """Begin nothing any more, and bring to its folder what is to be shared."""
        self._is_closed = True
        made = self.__dict__  # where a cached property is once it was asked for
        if "sharing" in made:
            self.sharing.close()
        if "linking" in made:
            self.linking.close()
        if "note_list" in made:
            self.note_list.close()
        if "files" in made:
            self.files.close()

    def _link(self) -> None:
        if not self._is_closed:
            _ = self.linking

    def _look_after(self) -> None:
        if not self._is_closed:
            self.keeping.look_after()
            _ = self.sharing

    @cached_property
    def files(self) -> NoteFiles:
        """Notes out to files and in from them."""
        from reader.ui.desk.notes.note_files import NoteFiles

        return NoteFiles(self._parts, self._notes)

    @cached_property
    def note_list(self) -> NoteList:
        """The list of the text's notes, and of all."""
        from reader.ui.desk.notes.note_list import NoteList

        return NoteList(self._parts, self._notes.annotating, self._follow)

    @cached_property
    def linking(self) -> NoteLinking:
        """Links between notes; cards show them from now on."""
        from reader.ui.desk.notes.note_linking import NoteLinking

        return NoteLinking(self._parts, self._notes.annotating)

    @cached_property
    def keeping(self) -> NoteKeeping:
        """Copies and backups of everything."""
        from reader.ui.desk.notes.note_keeping import NoteKeeping

        return NoteKeeping(self._parts, self._notes.put_away)

    @cached_property
    def sharing(self) -> NoteSharing:
        """The folder of notes, kept in step from now on, if there is one."""
        from reader.ui.desk.notes.note_sharing import NoteSharing

        return NoteSharing(self._parts, self._notes.annotating)
