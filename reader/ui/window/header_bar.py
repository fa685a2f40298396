"""The bar above the text: library, contents, the title with the time left, and how it is shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from reader.ui.look.colours import fill
from reader.ui.look.controls import IconButton, PaintedButton
from reader.ui.look.icons import Icon
from reader.ui.look.theme import Theme

HEIGHT_PX = 48
_SIDE_PX = 14
_PITCH_PX = 40
_BUTTON_PX = 36


class LookButton(PaintedButton):
    """ "Aa": the button for size, typeface and colours, set in the text's own face."""

    def paint_content(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        painter.setFont(self.theme.text_font(17, 600))
        painter.setPen(colour)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "Aa")


class HeaderBar(QWidget):
    """48 px high. Shows only the buttons that have something to do now."""

    library_requested = Signal()
    contents_requested = Signal()
    find_requested = Signal()
    look_requested = Signal()
    margin_toggled = Signal()
    menu_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = ""
        self._time_left = ""
        self.library_button = IconButton(theme, Icon.LIBRARY, "Library", self)
        self.contents_button = IconButton(theme, Icon.CONTENTS, "Contents", self)
        self.find_button = IconButton(theme, Icon.FIND, "Find in this text", self)
        self.look_button = LookButton(theme, "Text size and colours", self)
        self.look_button.set_tip("Text size and colours")
        self.margin_button = IconButton(theme, Icon.MARGIN, "Show or hide the notes", self)
        self.menu_button = IconButton(theme, Icon.MENU, "Menu", self)
        self.contents_button.hide()
        self.library_button.clicked.connect(self.library_requested)
        self.contents_button.clicked.connect(self.contents_requested)
        self.find_button.clicked.connect(self.find_requested)
        self.look_button.clicked.connect(self.look_requested)
        self.margin_button.clicked.connect(self.margin_toggled)
        self.menu_button.clicked.connect(self.menu_requested)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_title(self, title: str, origin: str = "") -> None:
        """Show the text's title in the middle; under the pointer where on the web it is from."""
        self._title = title
        self.setToolTip(f"From {origin}" if origin else "")
        self.update()

    def set_time_left(self, left_s: float) -> None:
        """Show beside the title roughly how long the rest takes, in seconds."""
        words = time_left_words(left_s)
        if words != self._time_left:
            self._time_left = words
            self.update()

    def set_margin_shown(self, is_shown: bool) -> None:
        """Say on the button whether the notes are shown."""
        name = "Hide the notes" if is_shown else "Show the notes"
        self.margin_button.setAccessibleName(name)
        self.margin_button.set_tip(name)
        self.margin_button.set_muted(not is_shown)

    def set_has_contents(self, has_contents: bool) -> None:
        """Offer the list of headings, or not."""
        self.contents_button.setVisible(has_contents)
        self._place_buttons()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_buttons()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self._theme.palette
        fill(painter, self.rect(), palette.paper)
        title_font = self._theme.interface_font(13, 600)
        rest_font = self._theme.figure_font(13)
        rest = f"  ·  {self._time_left}" if self._time_left and self._title else ""
        title_metrics = QFontMetricsF(title_font)
        rest_width = QFontMetricsF(rest_font).horizontalAdvance(rest)
        free = self._free_box()
        if title_metrics.horizontalAdvance(self._title) + rest_width > free.width():
            rest, rest_width = "", 0.0  # where only one fits, it is the title
        title = title_metrics.elidedText(
            self._title, Qt.TextElideMode.ElideRight, free.width() - rest_width
        )
        title_width = title_metrics.horizontalAdvance(title)
        x = self.width() / 2 - (title_width + rest_width) / 2
        x = min(max(x, free.left()), free.right() - title_width - rest_width)
        baseline = free.center().y() + title_metrics.capHeight() / 2
        _draw(painter, QPointF(x, baseline), title, title_font, palette.ink)
        _draw(painter, QPointF(x + title_width, baseline), rest, rest_font, palette.soft)
        painter.end()

    def _free_box(self) -> QRectF:
        """Return the room between the buttons."""
        gap = self._theme.px(16)
        start = self.find_button.geometry().right() + gap
        end = self.look_button.geometry().left() - gap
        return QRectF(start, 0, max(0.0, end - start), self.height())

    def _place_buttons(self) -> None:
        px = self._theme.px
        side, top = round(px(_BUTTON_PX)), round(px((HEIGHT_PX - _BUTTON_PX) / 2))
        has_contents = not self.contents_button.isHidden()
        from_left = [self.library_button, self.find_button]
        if has_contents:
            from_left.insert(1, self.contents_button)
        for number, left_button in enumerate(from_left):
            left_button.setGeometry(round(px(_SIDE_PX + number * _PITCH_PX)), top, side, side)
        from_right = (self.menu_button, self.margin_button, self.look_button)
        for number, right_button in enumerate(from_right):
            right = self.width() - round(px(_SIDE_PX + number * _PITCH_PX))
            right_button.setGeometry(right - side, top, side, side)

    def _on_theme_changed(self) -> None:
        self.setFixedHeight(round(self._theme.px(HEIGHT_PX)))
        self._place_buttons()
        self.update()


def _draw(painter: QPainter, at: QPointF, text: str, font: QFont, colour: QColor) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(at, text)


def time_left_words(seconds: float) -> str:
    """Say roughly how long the rest takes."""
    minutes = round(seconds / 60)
    if seconds <= 0:
        return ""
    if minutes < 1:
        return "less than a minute left"
    if minutes < 60:
        return f"{minutes} min left"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min left" if minutes else f"{hours} h left"
