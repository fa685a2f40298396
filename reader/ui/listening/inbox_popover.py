"""The listening inbox: what was marked in this text while listening, to be sorted out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from reader.ui.listening.heard_marks import HeardMark, HeardMarks
from reader.ui.look.colours import mix
from reader.ui.look.controls import IconButton
from reader.ui.look.icons import Icon
from reader.ui.look.popover import Popover
from reader.ui.look.theme import Theme

_WIDTH_PX = 420
_HEIGHT_PX = 380
_SHOWN_CHARACTERS = 220


class InboxPopover(Popover):
    """One row a mark. Arrows go from row to row, letters do what the buttons do."""

    def __init__(self, theme: Theme, window: QWidget, marks: HeardMarks) -> None:
        super().__init__(theme, window, "What you marked")
        self._marks = marks
        self._rows: list[_MarkRow] = []
        self._shown: list[HeardMark] | None = None
        self._title = QLabel(self)
        self._title.setFont(theme.interface_font(11.5, 600))
        self.content.addWidget(self._title)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(round(theme.px(2)))
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._list)
        for ground in (area.viewport(), self._list):  # the card shows through
            ground.setAutoFillBackground(False)
        self._area = area
        self.content.addWidget(area, 1)
        marks.changed.connect(self._fill)
        self._fill()

    def open_at(self, *anchors: QWidget) -> None:
        super().open_at(*anchors)
        self._focus_row(0)

    @property
    def rows(self) -> list[_MarkRow]:
        """The rows, in reading order."""
        return self._rows

    def _fill(self) -> None:
        """Show the marks there are now, with the keyboard where it was or next to it."""
        marks = self._marks.inbox()
        if marks == self._shown:
            return  # the rows that are there keep the keyboard, and the press that is on them
        self._shown = marks
        focused = next((n for n, row in enumerate(self._rows) if row.holds_focus()), None)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_MarkRow(self.theme, mark, self._deeds(mark), self._list) for mark in marks]
        for row in self._rows:
            row.installEventFilter(self)
        for row in self._rows:
            self._column.addWidget(row)
            row.show()
        if marks:
            self._title.setText(f"Marked while listening: {len(marks)}")
        else:
            self._title.setText("Nothing is marked here. Press M while you listen.")
        px = self.theme.px
        self._area.setFixedWidth(round(px(_WIDTH_PX)))
        height = sum(row.sizeHint().height() + round(px(2)) for row in self._rows)
        self._area.setFixedHeight(min(height, round(px(_HEIGHT_PX))))
        self.place()
        if focused is not None:
            self._focus_row(focused)

    def _deeds(self, mark: HeardMark) -> dict[Icon, tuple[str, str, Callable[[], None]]]:
        """Return what can be done with a mark: by icon, its name, its key and the doing."""
        marks, name = self._marks, mark.id
        return {
            Icon.PLAY: ("Hear it again", "Return", partial(marks.replay, name)),
            Icon.PLUS: ("Add the next sentence", "E", partial(marks.extend, name)),
            Icon.NOTE: ("Write a note on it", "N", lambda: self._write_up(mark)),
            Icon.CHECK: ("Keep it", "K", partial(marks.keep, name)),
            Icon.DELETE: ("Drop it", "Del", partial(marks.drop, name)),
        }

    def _write_up(self, mark: HeardMark) -> None:
        self.close()
        self._marks.write_up(mark.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and watched in self._rows:  # else the scroll area takes it
                self._focus_row(self._rows.index(watched) + step)
                return True
        return super().eventFilter(watched, event)

    def _focus_row(self, number: int) -> None:
        if self._rows:
            row = self._rows[min(max(number, 0), len(self._rows) - 1)]
            row.setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(row)
        else:
            self.setFocus()


class _MarkRow(QWidget):
    def __init__(
        self,
        theme: Theme,
        mark: HeardMark,
        deeds: dict[Icon, tuple[str, str, Callable[[], None]]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.mark = mark
        self._by_key = {key: do for _name, key, do in deeds.values()}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(mark.text)
        text = QLabel(_shown(mark.text), self)
        text.setWordWrap(True)
        text.setFont(theme.interface_font(12.5))
        text.setFixedWidth(round(theme.px(_WIDTH_PX - 16)))
        column = QVBoxLayout(self)
        inner = round(theme.px(8))
        column.setContentsMargins(inner, inner, inner, round(theme.px(4)))
        column.setSpacing(round(theme.px(2)))
        column.addWidget(text)
        buttons = QHBoxLayout()
        buttons.setSpacing(round(theme.px(2)))
        if mark.is_to_write:
            wish = QLabel("To write", self)
            wish.setFont(theme.interface_font(11.5))
            colours = wish.palette()
            colours.setColor(QPalette.ColorRole.WindowText, theme.palette.accent)
            wish.setPalette(colours)
            buttons.addWidget(wish)
        buttons.addStretch(1)
        self.buttons: dict[Icon, IconButton] = {}
        for icon, (name, key, do) in deeds.items():
            shown_key = "Enter" if key == "Return" else key
            button = IconButton(theme, icon, f"{name} ({shown_key})", self, side_px=28)
            button.clicked.connect(lambda _=False, do=do: do())
            buttons.addWidget(button)
            self.buttons[icon] = button
        column.addLayout(buttons)

    def holds_focus(self) -> bool:
        """Whether the keyboard is in this row."""
        return self.hasFocus() or any(button.hasFocus() for button in self.buttons.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_Return: "Return",
            Qt.Key.Key_Enter: "Return",
            Qt.Key.Key_E: "E",
            Qt.Key.Key_N: "N",
            Qt.Key.Key_K: "K",
            Qt.Key.Key_Delete: "Del",
            Qt.Key.Key_Backspace: "Del",
        }
        key = keys.get(Qt.Key(event.key()))
        if key is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            self._by_key[key]()

    def event(self, event: QEvent) -> bool:
        # the window's own single keys, such as N, mean this row while the keyboard is in it
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = (Qt.Key.Key_E, Qt.Key.Key_N, Qt.Key.Key_K, Qt.Key.Key_Delete)
            arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Backspace)
            if event.key() in (*own, *arrows) and not event.modifiers():
                event.accept()
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not (self.underMouse() or self.holds_focus()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self._theme.palette
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mix(palette.card, palette.line, 0.45))
        painter.drawRoundedRect(self.rect(), self._theme.px(6), self._theme.px(6))
        painter.end()


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS].rstrip() + "…"
