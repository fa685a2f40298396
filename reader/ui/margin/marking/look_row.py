"""A row of colours and styles to mark passages with, the ones that hold now shown as chosen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reader.annotations.appearance import HIGHLIGHT, SQUIGGLE, STRIKE, STYLES, UNDERLINE
from reader.ui.look.controls import IconButton, PaintedButton
from reader.ui.look.icons import Icon
from reader.ui.look.theme import HIGHLIGHT_COLOURS, Theme
from reader.ui.margin.mark_styles import STYLE_KEYS, STYLE_WORDS

_STYLE_ICONS = {
    HIGHLIGHT: Icon.HIGHLIGHTED,
    UNDERLINE: Icon.UNDERLINED,
    STRIKE: Icon.STRUCK,
    SQUIGGLE: Icon.WAVY,
}
_BETWEEN_PX = 6


class ColourButton(PaintedButton):
    """A dot in a highlight's colour."""

    def __init__(self, theme: Theme, colour_name: str, parent: QWidget) -> None:
        number = HIGHLIGHT_COLOURS.index(colour_name) + 1
        name = f"Mark in {colour_name} ({number})"
        super().__init__(theme, name, parent)
        self.setCheckable(True)
        self.setToolTip(name)
        self._colour_name = colour_name

    def sizeHint(self) -> QSize:
        """Return room for the dot and the ground under the pointer."""
        return QSize(round(self.theme.px(28)), round(self.theme.px(32)))

    def paint_content(self, painter: QPainter, box: QRectF, _colour: QColor) -> None:
        """Paint the dot: its highlight's ground, ringed by the strong form, thicker if chosen."""
        palette, px = self.theme.palette, self.theme.px
        painter.setBrush(palette.highlight(self._colour_name))
        painter.setPen(
            QPen(palette.strong(self._colour_name), px(3.2 if self.isChecked() else 1.5))
        )
        radius = px(7.5)
        painter.drawEllipse(box.center(), radius, radius)


class StyleButton(IconButton):
    """A letter marked in one of the styles."""

    def __init__(self, theme: Theme, style: str, parent: QWidget, name: str = "") -> None:
        """`name` says what it does; "" for marking in the style, by its key too."""
        name = name or f"{STYLE_WORDS[style]} ({STYLE_KEYS[style]})"
        super().__init__(theme, _STYLE_ICONS[style], name, parent, side_px=32)
        self.setCheckable(True)

    def content_colour(self) -> QColor:
        """Return the accent for the style that holds now."""
        return self.theme.palette.accent if self.isChecked() else super().content_colour()


class LookRow(QWidget):
    """Tells what is chosen; `show_look` says what holds."""

    colour_chosen = Signal(str)
    style_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._colours = {name: ColourButton(theme, name, self) for name in HIGHLIGHT_COLOURS}
        self._styles = {style: StyleButton(theme, style, self) for style in STYLES}
        for name, dot in self._colours.items():
            dot.clicked.connect(lambda _=False, name=name: self.colour_chosen.emit(name))
            row.addWidget(dot)
        row.addSpacing(_BETWEEN_PX)
        for style, button in self._styles.items():
            button.clicked.connect(lambda _=False, style=style: self.style_chosen.emit(style))
            row.addWidget(button)

    def show_look(self, colour: str, style: str) -> None:
        """Show one colour and one style as chosen."""
        for name, dot in self._colours.items():
            dot.setChecked(name == colour)
        for name, button in self._styles.items():
            button.setChecked(name == style)
