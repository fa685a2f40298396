"""The library as it lies over the window: shelves on the left, search on top, texts below."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from reader.ui.library.cover_store import CoverStore
from reader.ui.library.shelf_list import ShelfList
from reader.ui.library.shelf_view import ShelfView
from reader.ui.look.controls import IconButton, TextButton
from reader.ui.look.focus_round import go_round
from reader.ui.look.icons import Icon
from reader.ui.look.theme import Theme

_COLUMN_PX = 211
_NARROW_PX = 700
"""Below this width the left column gives way; a button shows it over the texts."""

_NAVIGATION_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
)

_KEYS_OF_THE_TEXT = (
    QKeySequence.StandardKey.Find,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
)
"""Shortcuts that would do something to the text below, which isn't seen."""


class LibraryView(QWidget):
    """Lays the parts out and tells what the user asks for; it decides nothing."""

    left = Signal()
    """Back to the text."""
    files_dropped = Signal(object)
    """list[Path]: files and folders."""

    def __init__(self, theme: Theme, covers: CoverStore, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_column_open = False
        self.search = QLineEdit(self)
        self.shelves = ShelfList(theme, self)
        self.texts = ShelfView(theme, covers, self)
        self.column_button = IconButton(theme, Icon.CONTENTS, "Shelves", self)
        self.sort_button = TextButton(theme, "Last read", self)
        self.form_button = IconButton(theme, Icon.LIST, "Show as a list", self)
        self.add_button = IconButton(theme, Icon.PLUS, "Add texts", self)
        self.menu_button = IconButton(theme, Icon.MENU, "More", self)
        self.back_button = IconButton(theme, Icon.CLOSE, "Back to the text", self)
        self.foot = QLabel(self)
        self.foot_button = TextButton(theme, "", self, size_px=11.5, is_accented=True)
        self.empty = QLabel(self)
        self.setAcceptDrops(True)
        self.setFocusProxy(self.texts)
        self._set_up()
        self._dress()

    def _set_up(self) -> None:
        self.search.setPlaceholderText("Search all texts and notes")
        self.search.setAccessibleName("Search all texts and notes")
        self.search.setClearButtonEnabled(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.hide()
        self.foot.setTextFormat(Qt.TextFormat.PlainText)
        self.foot.setWordWrap(True)
        self.foot.hide()
        self.foot_button.hide()
        self.column_button.clicked.connect(self._toggle_column)
        self.back_button.clicked.connect(self.left)
        self.shelves.shelf_chosen.connect(lambda _shelf: self._close_column())
        self._theme.changed.connect(self._on_theme_changed)

    def focusNextPrevChild(self, is_next: bool, /) -> bool:
        """Stay within: it covers the whole window."""
        go_round(self, is_forward=is_next)
        return True

    def show_sort(self, words: str) -> None:
        """Say by what the texts are sorted."""
        self.sort_button.setText(words)
        self.sort_button.setAccessibleName(f"Sorted by {words.lower()}")
        self._lay_out()

    def show_form(self, *, is_list: bool) -> None:
        """Offer the other form than the one shown."""
        words = "Show covers" if is_list else "Show as a list"
        self.form_button.set_icon(Icon.GRID if is_list else Icon.LIST)
        self.form_button.setToolTip(words)
        self.form_button.setAccessibleName(words)

    def say_at_foot(self, words: str, act: str = "") -> None:
        """Say at the foot of the left column what goes on, "" for nothing; `act` can be pressed."""
        if (words, act) != (self.foot.text(), self.foot_button.text()):
            self.foot.setText(words)
            self.foot.setVisible(bool(words))
            self.foot_button.setText(act)
            self.foot_button.setAccessibleName(act)
            self.foot_button.setVisible(bool(act))
            self._lay_out()

    def say_empty(self, words: str) -> None:
        """Say in place of texts why there are none; "" where there are some."""
        self.empty.setText(words)
        self.empty.setVisible(bool(words))

    # Layout

    @property
    def _is_narrow(self) -> bool:
        return self.width() < self._theme.px(_NARROW_PX)

    def _lay_out(self) -> None:
        px = self._theme.px
        column = round(px(_COLUMN_PX))
        head = round(px(72))
        is_narrow = self._is_narrow
        self.column_button.setVisible(is_narrow)
        self.shelves.setVisible(not is_narrow or self._is_column_open)
        start = 0 if is_narrow else column + 1
        foot_height = self._lay_out_foot(column, is_narrow=is_narrow)
        self.shelves.setGeometry(
            round(px(14)), head, column - round(px(28)), self.height() - head - foot_height
        )
        below = foot_height if is_narrow else 0
        self.texts.setGeometry(start, head, self.width() - start, self.height() - head - below)
        self.empty.setGeometry(self.texts.geometry().adjusted(40, 40, -40, -160))
        self._lay_out_head(start)
        if is_narrow and self._is_column_open:
            self.shelves.raise_()

    def _lay_out_foot(self, column: int, *, is_narrow: bool) -> int:
        """Place what is said at the foot; return the height it takes."""
        px = self._theme.px
        if not self.foot.text():
            return 0
        side = round(px(18 if is_narrow else 24))
        width = (self.width() if is_narrow else column) - 2 * side
        words = self.foot.heightForWidth(width) + round(px(14))
        hint = self.foot_button.sizeHint()
        button = hint.height() if self.foot_button.text() else 0
        top = self.height() - words - button
        self.foot.setGeometry(side, top, width, words)
        self.foot_button.setGeometry(side - round(px(12)), top + words, hint.width(), button)
        return words + button

    def _lay_out_head(self, start: int) -> None:
        px = self._theme.px
        side = round(px(17 if self._is_narrow else 34))
        button, middle = round(px(36)), round(px(42))
        right = self.width() - round(px(20))
        for widget in (self.back_button, self.menu_button, self.add_button, self.form_button):
            right -= button
            widget.setGeometry(right, middle - button // 2, button, button)
            right -= round(px(2))
        hint = self.sort_button.sizeHint()
        is_roomy = self.width() - start > px(620)
        self.sort_button.setVisible(is_roomy)
        if is_roomy:
            right -= hint.width()
            self.sort_button.setGeometry(
                right, middle - hint.height() // 2, hint.width(), hint.height()
            )
        left = start + side
        if self._is_narrow:
            self.column_button.setGeometry(round(px(12)), middle - button // 2, button, button)
            left = round(px(54))
        width = min(round(px(520)), right - left - round(px(16)))
        self.search.setGeometry(left, round(px(22)), max(round(px(80)), width), round(px(40)))

    def _toggle_column(self) -> None:
        self._is_column_open = not self._is_column_open
        self._lay_out()
        if self._is_column_open:
            self.shelves.setFocus(Qt.FocusReason.TabFocusReason)

    def _close_column(self) -> None:
        if self._is_column_open:
            self._is_column_open = False
            self._lay_out()

    def _dress(self) -> None:
        palette, px = self._theme.palette, self._theme.px
        self.search.setFont(self._theme.interface_font(13.5))
        self.search.setStyleSheet(f"""
            QLineEdit {{
                background: {palette.card.name()}; color: {palette.ink.name()};
                placeholder-text-color: {palette.soft.name()};
                selection-background-color: {palette.selection.name()};
                selection-color: {palette.ink.name()};
                border: 1px solid {palette.line.name()}; border-radius: {px(9):.0f}px;
                padding: 0 {px(13):.0f}px;
            }}
            QLineEdit:focus {{ border-color: {palette.accent.name()}; }}
        """)
        for label, size in ((self.foot, 11.5), (self.empty, 14.0)):
            label.setFont(self._theme.interface_font(size))
            colours = label.palette()
            colours.setColor(colours.ColorRole.WindowText, palette.soft)
            label.setPalette(colours)
        # over the texts in a narrow window it has to have a ground of its own
        self.shelves.setStyleSheet(f"QListWidget {{ background: {palette.paper.name()}; }}")

    def _on_theme_changed(self) -> None:
        self._dress()
        self._lay_out()
        self.update()

    # Qt's own

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, px = self._theme.palette, self._theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), palette.paper)
        if not self._is_narrow:
            painter.setPen(QPen(palette.line, 1))
            x = round(px(_COLUMN_PX)) + 0.5
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
            painter.setFont(self._theme.text_font(21, 600))
            painter.setPen(palette.ink)
            painter.drawText(QPointF(px(24), px(46)), "Sottovoce")
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # the window's keys for reading, such as an arrow or a letter, are not meant here
            is_plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.ShiftModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            is_letter = event.text().isprintable() and bool(event.text().strip())
            is_ours = any(event.matches(keys) for keys in _KEYS_OF_THE_TEXT)
            if is_ours or (is_plain and (is_letter or event.key() in _NAVIGATION_KEYS)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
        elif (event.key() == Qt.Key.Key_Down and self.search.hasFocus()) or (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.hasFocus()
        ):
            self.texts.take_keyboard()
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        if self._is_column_open:
            self._close_column()
        elif self.search.text():
            self.search.clear()
        else:
            self.left.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)
