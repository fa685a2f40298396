"""Writing a note in its card: a field for the Markdown and one for the tags, both frameless."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPalette, QTextCursor, QTextDocumentFragment
from PySide6.QtWidgets import QFrame, QLineEdit, QTextEdit, QWidget

from reader.annotations.links import markdown_link
from reader.annotations.model import AnnotationId
from reader.text.address import address_from, is_address
from reader.ui.look.theme import Theme
from reader.ui.margin.cards.card import NOTE_PLACEHOLDER, CardContent, parsed_tags, tag_field_text
from reader.ui.margin.cards.card_face import BOTTOM_PX, META_GAP_PX, META_HEIGHT_PX, TEXT_TOP_PX
from reader.ui.margin.cards.completion import LinkCompletion, TagCompletion
from reader.ui.margin.cards.link_dimming import LinkDimming
from reader.ui.margin.cards.note_markdown import LINE_HEIGHT_PX, TEXT_PX, note_line_format

DRAFT_DELAY_MS = 800
"""How long after the last key what was typed is handed on to be kept."""


class Finish(StrEnum):
    """How the writing of a note ended."""

    LEFT = "left"
    DONE = "done"
    ESCAPED = "escaped"


class NoteField(QTextEdit):
    """The note's source, as high as its text. Tab leaves it; pasted text comes without formats."""

    left = Signal(Qt.FocusReason)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # not by the widget's width: the height asked for while it is resized would come too early
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.setAccessibleName("Note")
        self.setPlaceholderText(NOTE_PLACEHOLDER)
        self._dimming = LinkDimming(theme, self.document())
        self.dress()

    def dress(self) -> None:
        """Take the theme's type and colours."""
        self.setFont(self._theme.interface_font(TEXT_PX))
        self.document().setDefaultFont(self._theme.interface_font(TEXT_PX))
        self.setPalette(_field_palette(self.palette(), self._theme))
        self._space_lines()
        self._dimming.rehighlight()

    def set_source(self, markdown: str) -> None:
        """Start with this note, the caret behind it; there is nothing to undo yet."""
        self.setPlainText(markdown)
        self._space_lines()
        self.moveCursor(QTextCursor.MoveOperation.End)

    def source(self) -> str:
        """Return what is written. Not `toPlainText`, which turns no-break spaces into spaces."""
        return _lines(self.document().toRawText())

    def text_height(self) -> float:
        """Return how high the text is; at least one line."""
        return max(self.document().size().height(), self._theme.px(LINE_HEIGHT_PX))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as plain text; an address of ours becomes a link with the words it was given."""
        pasted = source.text().strip()
        if address_from(pasted) is None or not is_address(pasted):
            super().insertFromMimeData(source)
            return
        rich = QTextDocumentFragment.fromHtml(source.html()) if source.hasHtml() else None
        words = "" if rich is None else rich.toPlainText()
        self.insertPlainText(markdown_link("" if is_address(words) else words, pasted))

    def _space_lines(self) -> None:
        document = self.document()
        document.setUndoRedoEnabled(False)
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(note_line_format(self._theme))
        document.setUndoRedoEnabled(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit(event.reason())


class TagField(QLineEdit):
    """The tags, as "#one #two"."""

    left = Signal(Qt.FocusReason)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFrame(False)
        self.setTextMargins(-2, 0, 0, 0)  # QLineEdit stands its text 2 px inside
        self.setPlaceholderText("#tags")
        self.setAccessibleName("Tags")
        self.dress()

    def dress(self) -> None:
        """Take the theme's type and colours."""
        self.setFont(self._theme.interface_font(11.5))
        palette = _field_palette(self.palette(), self._theme)
        palette.setColor(QPalette.ColorRole.Text, self._theme.palette.soft)
        self.setPalette(palette)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit(event.reason())


def _field_palette(palette: QPalette, theme: Theme) -> QPalette:
    colours = theme.palette
    for role, colour in (
        (QPalette.ColorRole.Text, colours.ink),
        (QPalette.ColorRole.Base, Qt.GlobalColor.transparent),
        (QPalette.ColorRole.PlaceholderText, colours.soft),
        (QPalette.ColorRole.Highlight, colours.selection),
        (QPalette.ColorRole.HighlightedText, colours.ink),
        (QPalette.ColorRole.Accent, colours.accent),
    ):
        palette.setColor(role, colour)
    return palette


class CardEditor(QWidget):
    """The one editor of the margin, laid over the inside of the card being written.

    Ctrl+Enter, Escape and leaving it finish; nothing typed is dropped by any of them.
    """

    drafted = Signal(str, str, object)
    """Card, note and tags as they stand: keep them, the writing goes on."""
    finished = Signal(str, str, object, object)
    """Card, note and tags, and a Finish."""
    height_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._card: CardContent | None = None
        self._drafted: tuple[str, tuple[str, ...]] = ("", ())
        self.note = NoteField(theme, self)
        self.tags = TagField(theme, self)
        self.known_tags: Sequence[str] = ()
        """The tags that are in use, those used most first."""
        self._draft_timer = QTimer(self, singleShot=True, interval=DRAFT_DELAY_MS)
        self._draft_timer.timeout.connect(self.keep_draft)
        self.note.document().documentLayout().documentSizeChanged.connect(self._on_resized)
        self.note.textChanged.connect(self._draft_timer.start)
        self.tags.textEdited.connect(self._draft_timer.start)
        for field in (self.note, self.tags):
            field.left.connect(self._on_field_left)
            field.installEventFilter(self)
        # behind the filter above, so that they see the keys before it does
        self.links = LinkCompletion(theme, self.note)
        self.tag_offer = TagCompletion(theme, self.tags, lambda: self.known_tags)
        self.hide()

    @property
    def card_id(self) -> AnnotationId | None:
        """The card being written, None when none is."""
        return None if self._card is None else self._card.id

    def start(self, card: CardContent) -> None:
        """Begin with what `card` says, the caret at its end."""
        self._card = card
        self._drafted = (card.note_markdown, card.tags)
        self.note.set_source(card.note_markdown)
        self.tags.setText(tag_field_text(card.tags))
        self._draft_timer.stop()
        self.links.forget()
        self.show()
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_text_width(self, width: float) -> None:
        """Break the note's lines at `width` px, as on its card."""
        if self.note.lineWrapColumnOrWidth() != int(width):
            self.note.setLineWrapColumnOrWidth(int(width))

    def card_height(self) -> float:
        """Return how high the card must be for what is written in it."""
        px = self._theme.px
        inside = self.note.text_height() + px(META_GAP_PX + META_HEIGHT_PX)
        return px(TEXT_TOP_PX) + inside + px(BOTTOM_PX)

    def dress(self) -> None:
        """Take the theme's type and colours."""
        self.note.dress()
        self.tags.dress()
        self._place_fields()

    def keep_draft(self) -> None:
        """Hand on what is written if that hasn't been done."""
        self._draft_timer.stop()
        if self._card is not None and self._written() != self._drafted:
            self._drafted = self._written()
            self.drafted.emit(self._card.id, *self._drafted)

    def finish(self, how: Finish = Finish.LEFT) -> None:
        """End the writing, if there is any, and hand on the result."""
        if self._card is None:
            return
        card = self._card
        note, tags = self._written()
        self._card = None
        self._draft_timer.stop()
        self.links.close()
        self.tag_offer.close()
        self.hide()
        self.finished.emit(card.id, note, tags, how)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that finish, before the fields do; keep the window's shortcuts away."""
        if isinstance(event, QKeyEvent) and self._card is not None:
            if event.type() is QEvent.Type.ShortcutOverride:
                if _is_typing(event):
                    event.accept()
                    return True
            elif event.type() is QEvent.Type.KeyPress:
                how = self._finish_by(watched, event)
                if how is not None:
                    self.finish(how)
                    return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, _event: QEvent) -> None:
        self._place_fields()

    def _finish_by(self, watched: QObject, event: QKeyEvent) -> Finish | None:
        """Return how a key ends the writing, None for one that doesn't."""
        if event.key() == Qt.Key.Key_Escape:
            return Finish.ESCAPED
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        has_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return Finish.DONE if is_enter and (has_control or watched is self.tags) else None

    def _written(self) -> tuple[str, tuple[str, ...]]:
        """Return note and tags as they stand; what wasn't touched comes back exactly as it was."""
        assert self._card is not None
        note, tags = self._card.note_markdown, self._card.tags
        if self.note.source() != _lines(note):
            note = self.note.source().rstrip()
        if self.tags.text() != tag_field_text(tags):
            tags = parsed_tags(self.tags.text())
        return note, tags

    def _place_fields(self) -> None:
        meta_height = round(self._theme.px(META_HEIGHT_PX))
        gap = round(self._theme.px(META_GAP_PX))
        note_height = max(0, self.height() - meta_height - gap)
        self.note.setGeometry(0, 0, self.width(), note_height)
        self.tags.setGeometry(0, self.height() - meta_height, self.width(), meta_height)

    def _on_resized(self) -> None:
        if self._card is not None:
            self.height_changed.emit()

    def _on_field_left(self, reason: Qt.FocusReason) -> None:
        if reason is Qt.FocusReason.PopupFocusReason:
            return  # its own context menu
        if reason is Qt.FocusReason.ActiveWindowFocusReason:
            self.keep_draft()  # another window is in front; the writing goes on when ours is
            return
        # Tab moves between the fields: look where the focus is once it has arrived
        QTimer.singleShot(0, self, self._finish_if_left)

    def _finish_if_left(self) -> None:
        if not (self.note.hasFocus() or self.tags.hasFocus()):
            self.finish()


def _lines(text: str) -> str:
    """Return the text with line feeds where it, or Qt, breaks lines by other characters."""
    for line_break in ("\r\n", "\r", "\u2028", "\u2029"):
        text = text.replace(line_break, "\n")
    return text


def _is_typing(event: QKeyEvent) -> bool:
    """Whether a key press is text or moves in it, so that no shortcut of the window may have it."""
    held = event.modifiers() & ~(
        Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    )
    if held == Qt.KeyboardModifier.NoModifier:
        return event.key() not in _FUNCTION_KEYS
    if held == Qt.KeyboardModifier.ControlModifier:
        return event.key() in _EDITING_WITH_CONTROL
    return False


_FUNCTION_KEYS = frozenset(Qt.Key(Qt.Key.Key_F1.value + number) for number in range(35))
_EDITING_WITH_CONTROL = frozenset(
    {
        Qt.Key.Key_A,
        Qt.Key.Key_C,
        Qt.Key.Key_V,
        Qt.Key.Key_X,
        Qt.Key.Key_Z,
        Qt.Key.Key_Y,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
    }
)
