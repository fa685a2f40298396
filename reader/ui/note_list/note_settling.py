"""What can be done about a note whose place is not sure: offered below the list of notes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reader.ui.look.controls import TextButton
from reader.ui.look.theme import Theme
from reader.ui.note_list.note_entries import NoteRow


class NoteSettling(QWidget):
    """What can be done about a note whose place is not sure."""

    stepped = Signal(int)
    accepted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._said.setFont(theme.interface_font(12.5))
        self.before = TextButton(theme, "‹", self)
        self.before.setAccessibleName("The place before")
        self.after = TextButton(theme, "›", self)
        self.after.setAccessibleName("The next place")
        self.accept = TextButton(theme, "It is here", self, is_framed=True, is_accented=True)
        self.attach = TextButton(theme, "It is what I select", self, is_framed=True)
        self.attach.setToolTip("Select the passage in the text, then press this")
        self.back = TextButton(theme, "Bring it back", self, is_framed=True, is_accented=True)
        row = QHBoxLayout()
        for button in (self.before, self.after, self.accept, self.attach, self.back):
            row.addWidget(button)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._said)
        whole.addLayout(row)
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self.accept.clicked.connect(self.accepted)

    def show_note(self, row: NoteRow | None, candidate: int) -> None:
        """Offer what helps this note; nothing for one whose place is sure."""
        is_wanted = row is not None and bool(row.removed or (row.doubt and not row.address))
        self.setVisible(is_wanted)
        if row is None or not is_wanted:
            return
        self.back.setVisible(bool(row.removed))
        self.attach.setVisible(not row.removed)
        if row.removed:
            self._said.setText("It can be brought back as it was, with its place and tags.")
            for button in (self.before, self.after, self.accept):
                button.hide()
            return
        count = len(row.candidates)
        if candidate >= 0:
            self._said.setText(f"Place {candidate + 1} of {count}: is it this one?")
        elif row.place is not None and count > 1:
            self._said.setText(f"The passage may be here, or elsewhere: there are {count} places.")
        elif row.place is not None:
            self._said.setText("The text has changed here. Is this still the passage?")
        elif count == 1:
            self._said.setText("The passage was not found. It may be at one place.")
        elif count:
            self._said.setText("The passage was not found. It may be at one of these places.")
        else:
            self._said.setText("The passage was not found. Select it in the text if it is there.")
        is_one_to_see = count == 1 and row.place is None and candidate < 0
        self.before.setVisible(count > 1)
        self.after.setVisible(count > 1 or is_one_to_see)
        self.accept.setVisible(candidate >= 0 or row.place is not None)
