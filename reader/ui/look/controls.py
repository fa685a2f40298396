"""The small painted controls that bars, popovers and messages are made of."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QDialog, QSizePolicy, QWidget

from reader.ui.look.colours import mix
from reader.ui.look.icons import Icon, paint_icon
from reader.ui.look.theme import Theme

_WINDOW_FRAME_PX = (16, 48)
"""What a desktop may put around a window."""

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_COMING_BACK = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""What had taken the focus, a panel or another window, has closed."""


class PaintedButton(QAbstractButton):
    """A button that paints itself: a ground under the pointer, a ring at keyboard focus.

    Enter presses it, and so does Space once the keyboard has led here and the ring shows it. Else
    Space is left to the window, where it plays and pauses, but by what can be on or off. Left and
    right go through the buttons of a choice.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._has_keyboard_focus = self._had_keyboard_focus = False
        self._tip = self._key = ""
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # painted anew as the pointer comes, goes
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # never less high than it asks for: where there is no room, what it stands in scrolls
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_tip(self, words: str) -> None:
        """Say under the pointer what it does."""
        self._tip = words
        self.setToolTip(f"{words} ({self._key})" if self._key else words)

    def set_key(self, key: str) -> None:
        """Name under the pointer, after what it does, the key that does the same."""
        self._key = key
        self.set_tip(self._tip)

    def paint_content(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        """Paint what the button shows, in `colour`."""

    def ground(self) -> QColor | None:
        """Return the colour of its ground now, None for none."""
        palette = self.theme.palette
        if self.isDown():
            return mix(palette.paper, palette.line, 0.9)
        return mix(palette.paper, palette.line, 0.55) if self.underMouse() else None

    def radius(self) -> float:
        """Return the radius of its corners in pixels."""
        return self.theme.px(8)

    def content_colour(self) -> QColor:
        """Return the colour its content is painted in now."""
        palette = self.theme.palette
        if not self.isEnabled():
            return palette.faint
        return palette.ink if self.underMouse() or self._has_keyboard_focus else palette.soft

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        ground = self.ground()
        if ground is not None and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, self.radius(), self.radius())
        self.paint_content(painter, box, self.content_colour())
        if self._has_keyboard_focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.theme.palette.accent, 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), self.radius(), self.radius())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Space and self._leaves_space():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._wants(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def _leaves_space(self) -> bool:
        """Whether Space plays and pauses, as everywhere in the window that reads."""
        takes_it = self._has_keyboard_focus or self.isCheckable()
        return not takes_it and not isinstance(self.window(), QDialog)

    def _wants(self, event: QKeyEvent) -> bool:
        """Whether a key is this button's, and no shortcut of the window."""
        if event.modifiers():
            return False
        if event.key() == Qt.Key.Key_Space:
            return not self._leaves_space()
        return self.autoExclusive() and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in _COMING_BACK:
            self._has_keyboard_focus = self._had_keyboard_focus
        else:
            self._has_keyboard_focus = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._had_keyboard_focus, self._has_keyboard_focus = self._has_keyboard_focus, False
        super().focusOutEvent(event)


class IconButton(PaintedButton):
    """One icon on a square of 36 px."""

    def __init__(
        self,
        theme: Theme,
        icon: Icon,
        name: str,
        parent: QWidget | None = None,
        side_px: float = 36,
    ) -> None:
        super().__init__(theme, name, parent)
        self._icon = icon
        self._side_px = side_px
        self._is_muted = False
        self.set_tip(name)

    def set_icon(self, icon: Icon) -> None:
        """Show another icon."""
        if icon is not self._icon:
            self._icon = icon
            self.update()

    def set_muted(self, is_muted: bool) -> None:
        """Paint the icon fainter: what it stands for is switched off."""
        self._is_muted = is_muted
        self.update()

    def content_colour(self) -> QColor:
        colour = super().content_colour()
        return mix(self.theme.palette.paper, colour, 0.5) if self._is_muted else colour

    def sizeHint(self) -> QSize:
        side = round(self.theme.px(self._side_px))
        return QSize(side, side)

    def paint_content(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        side = self.theme.px(20)
        paint_icon(painter, self._icon, _centred(box, side, side), colour)


class TextButton(PaintedButton):
    """A word or two that can be pressed; `is_accented` sets it in the accent's colour."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        parent: QWidget | None = None,
        *,
        size_px: float = 13,
        is_accented: bool = False,
        is_framed: bool = False,
    ) -> None:
        super().__init__(theme, text, parent)
        self._size_px = size_px
        self._is_accented = is_accented
        self._is_framed = is_framed
        self.setText(text)

    def text_font(self) -> QFont:
        """Return the font of its text."""
        return self.theme.figure_font(self._size_px, 500)

    def content_colour(self) -> QColor:
        palette = self.theme.palette
        if not self.isEnabled():
            return super().content_colour()
        if self._is_accented or self.isChecked():
            return palette.accent
        return palette.ink if self._is_framed else super().content_colour()

    def set_accented(self, is_accented: bool) -> None:
        """Set it in the accent's colour, or no longer."""
        self._is_accented = is_accented
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self.text_font()).horizontalAdvance(self.text())
        return QSize(round(width + self.theme.px(24)), round(self.theme.px(33)))

    def paint_content(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        if self._is_framed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.theme.palette.line, 1))
            painter.drawRoundedRect(
                box.adjusted(0.5, 0.5, -0.5, -0.5), self.radius(), self.radius()
            )
        painter.setFont(self.text_font())
        painter.setPen(colour)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())


def word_switch(theme: Theme, words: str, name: str, parent: QWidget) -> TextButton:
    """Return a word that is on or off; `name` says what that does."""
    button = TextButton(theme, words, parent, size_px=12)
    button.setCheckable(True)
    button.setToolTip(name)
    button.setAccessibleName(name)
    return button


def room_on_screen(window: QWidget) -> QSize:
    """Return how large a window may be to end, with its frame, within its screen."""
    return window.screen().availableSize() - QSize(*_WINDOW_FRAME_PX)


def fit_on_screen(dialog: QWidget, theme: Theme, wanted: QSize, smallest: QSize) -> None:
    """Size a window of its own, drawn that large, at the theme's scale; no larger than its screen.

    At a large scale it is to be scrolled rather than to end below the screen's edge.
    """
    room = room_on_screen(dialog)
    dialog.setMinimumSize((smallest * theme.scale).boundedTo(room))
    dialog.resize((wanted * theme.scale).boundedTo(room))


def _centred(box: QRectF, width: float, height: float) -> QRectF:
    """Return a box of that size in the middle of `box`, on whole pixels."""
    return QRectF(
        round(box.center().x() - width / 2), round(box.center().y() - height / 2), width, height
    )


class FloatingButton(PaintedButton):
    """A pill over the text: an icon and a few words on a card of its own."""

    def __init__(self, theme: Theme, icon: Icon, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, text, parent)
        self._icon = icon
        self.setText(text)

    def ground(self) -> QColor:
        palette = self.theme.palette
        return mix(palette.card, palette.line, 0.5) if self.underMouse() else palette.card

    def radius(self) -> float:
        return self.height() / 2

    def content_colour(self) -> QColor:
        return self.theme.palette.ink

    def sizeHint(self) -> QSize:
        px = self.theme.px
        width = QFontMetricsF(self.theme.interface_font(12.5, 500)).horizontalAdvance(self.text())
        return QSize(round(width + px(50)), round(px(34)))

    def paint_content(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        palette, px = self.theme.palette, self.theme.px
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(palette.line, 1))
        radius = self.radius() - 0.5
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        side = px(16)
        icon_box = QRectF(round(px(14)), round(box.center().y() - side / 2), side, side)
        paint_icon(painter, self._icon, icon_box, palette.accent)
        painter.setFont(self.theme.interface_font(12.5, 500))
        painter.setPen(colour)
        text_box = box.adjusted(px(36), 0, -px(12), 0)
        painter.drawText(
            text_box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text()
        )
