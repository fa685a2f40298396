"""The view in the dark: one ring that swells with the voice, and the sentence below it."""

from __future__ import annotations

import time

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRadialGradient,
    QShortcut,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from reader.text.direction import runs_right_to_left
from reader.ui.look.colours import mix
from reader.ui.look.theme import Theme

GROUND = QColor("#0C0908")
_RING = QColor(214, 135, 110)
_HALO = QColor(100, 55, 43)
_FOOT = QColor(133, 122, 114)
_WORD = QColor("#FFFFFF")
_SENTENCE_STRENGTH = 0.46

_GLOW = (
    (0.0, (57, 28, 22)),
    (0.30, (50, 25, 19)),
    (0.52, (46, 23, 18)),
    (0.76, (54, 27, 21)),
    (0.88, (64, 30, 23)),
    (1.0, (82, 39, 29)),
    (1.08, (72, 34, 25)),
    (1.19, (52, 25, 19)),
    (1.31, (32, 15, 12)),
    (1.43, (25, 13, 10)),
    (1.62, (22, 12, 9)),
    (1.95, (18, 11, 9)),
    (2.35, (14, 10, 8)),
    (2.7, (12, 9, 8)),
)
"""The glow's colours by the distance from the middle, in radii of the ring."""
_GLOW_REACH = 2.7

_WIDTH_PX, _HEIGHT_PX = 1280, 860  # of the drawing; all lengths below are in its pixels
_RING_X, _RING_Y = 0.5, 0.419
_REST_RADIUS_PX, _SWELL_PX = 112.0, 34.0
_HALO_PX = 16.0
_SENTENCE_Y_PX, _SENTENCE_SIZE_PX, _LINE_PX, _COLUMN_PX = 608.0, 24.0, 36.0, 800.0
_FOOT_Y_PX, _FOOT_SIZE_PX = 822.0, 12.5
_FAINTEST_GLOW = 0.45
_FADE_MS = 150
_SEEN_STEP = 0.008  # a quarter of a pixel of the ring
_NOTCH = 120  # what one step of a usual wheel is called


class DarkView(QWidget):
    """Covers the window. It shows what it is given and tells what is wanted of it."""

    left = Signal()
    toggled = Signal()
    """A press: play or pause."""
    stepped = Signal(int)
    """Sentences to go, forwards or (negative) back."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.paint_s = 0.0
        """How long the last frame took to paint."""
        self._level = 0.0
        self._sentence = ""
        self._word = (0, 0)
        self._foot = ""
        self._wheel = 0
        self._is_still = False
        self._are_words_wanted = True
        self._words_strength = 1.0
        self._fading = QVariantAnimation(self)
        self._fading.setDuration(_FADE_MS)
        self._fading.valueChanged.connect(self._on_faded)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setAccessibleName("In the dark")
        # a shortcut: it works wherever in the window the keyboard is, while this is visible
        words = QShortcut(QKeySequence("W"), self)
        words.setAutoRepeat(False)
        words.activated.connect(self.toggle_words)
        self.hide()

    def set_reduced_motion(self, is_reduced: bool) -> None:
        """Let nothing swell and nothing fade."""
        self._is_still = is_reduced
        self._level = 0.0

    def set_level(self, level: float) -> None:
        """Show how loud it is, 0 to 1."""
        is_seen = abs(level - self._level) >= _SEEN_STEP or (level == 0.0 != self._level)
        if is_seen and not self._is_still:
            self._level = level
            self.update(self._ring_box().toAlignedRect())

    def set_sentence(self, sentence: str) -> None:
        """Show a sentence."""
        if sentence != self._sentence:
            self._sentence, self._word = sentence, (0, 0)
            self.update(self._words_box().toAlignedRect())

    def set_word(self, start: int, end: int) -> None:
        """Show which word of the sentence is heard, in UTF-16 units; none where both are equal."""
        if (start, end) != self._word:
            self._word = (start, end)
            self.update(self._words_box().toAlignedRect())

    def set_foot(self, words: str) -> None:
        """Show a line at the foot."""
        if words != self._foot:
            self._foot = words
            self.update(self._foot_box().toAlignedRect())

    @property
    def level(self) -> float:
        """How loud it looks."""
        return self._level

    @property
    def foot(self) -> str:
        """The line at the foot."""
        return self._foot

    def toggle_words(self) -> None:
        """Let the sentence fade away, or back."""
        self._are_words_wanted = not self._are_words_wanted
        end = 1.0 if self._are_words_wanted else 0.0
        self._fading.stop()
        if self._is_still:
            self._on_faded(end)
            return
        self._fading.setStartValue(self._words_strength)
        self._fading.setEndValue(end)
        self._fading.start()

    def focusNextPrevChild(self, _is_next: bool, /) -> bool:
        """Keep the focus: what lies below can't be seen."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.toggled.emit()
        elif event.button() is Qt.MouseButton.RightButton:
            self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go by sentences, one each notch; the small steps of a touch pad add up to one."""
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / _NOTCH)
        self._wheel -= steps * _NOTCH
        if steps:
            self.stepped.emit(-steps)
        event.accept()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH_PX, _HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        began_s = time.perf_counter()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), GROUND)
        region = QRectF(event.rect())
        if region.intersects(self._ring_box()):
            self._paint_ring(painter)
        if self._words_strength > 0 and region.intersects(self._words_box()):
            self._paint_sentence(painter)
        if region.intersects(self._foot_box()):
            self._paint_foot(painter)
        painter.end()
        self.paint_s = time.perf_counter() - began_s

    # What is where

    def _px(self, size: float) -> float:
        """Return a length of the drawing in pixels of this window."""
        return size * min(self.width() / _WIDTH_PX, self.height() / _HEIGHT_PX)

    def _middle(self) -> QPointF:
        return QPointF(self.width() * _RING_X, self.height() * _RING_Y)

    def _ring_box(self) -> QRectF:
        reach = self._px((_REST_RADIUS_PX + _SWELL_PX) * _GLOW_REACH) + 2
        middle = self._middle()
        return QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach)

    def _words_box(self) -> QRectF:
        top = self.height() * (_SENTENCE_Y_PX - _LINE_PX / 2) / _HEIGHT_PX
        return QRectF(0, top, self.width(), self._foot_box().top() - top)

    def _foot_box(self) -> QRectF:
        middle = self.height() * _FOOT_Y_PX / _HEIGHT_PX
        half = max(self._px(14), 10.0)
        return QRectF(0, middle - half, self.width(), 2 * half)

    # How it looks

    def _paint_ring(self, painter: QPainter) -> None:
        middle = self._middle()
        radius = self._px(_REST_RADIUS_PX + _SWELL_PX * self._level)
        reach = radius * _GLOW_REACH
        strength = _FAINTEST_GLOW + (1.1 - _FAINTEST_GLOW) * self._level
        gradient = QRadialGradient(middle, reach)
        for distance, (red, green, blue) in _GLOW:
            colour = mix(GROUND, QColor(red, green, blue), strength)
            gradient.setColorAt(distance / _GLOW_REACH, colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawEllipse(middle, reach, reach)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        thin = max(1.0, self._px(1.0))
        painter.setPen(QPen(mix(GROUND, _HALO, strength), thin))
        halo = radius + self._px(_HALO_PX)
        painter.drawEllipse(middle, halo, halo)
        painter.setPen(QPen(mix(GROUND, _RING, 0.75 + 0.35 * self._level), thin * 1.2))
        painter.drawEllipse(middle, radius, radius)

    def _paint_sentence(self, painter: QPainter) -> None:
        if not self._sentence:
            return
        layout = self._laid_out()
        line_px = max(self._px(_LINE_PX), self._theme.px(18))
        box = self._words_box()
        lines = [layout.lineAt(number) for number in range(layout.lineCount())]
        room = max(1, int((box.height() - line_px / 2) // line_px))
        first = 0
        if len(lines) > room:  # the line with the word is kept in sight
            here = layout.lineForTextPosition(self._word[0]).lineNumber()
            first = min(max(0, here - room // 2), len(lines) - room)
        painter.setOpacity(self._words_strength)
        left = (self.width() - self._column_px()) / 2
        for number, line in enumerate(lines[first : first + room]):
            line.setPosition(QPointF(0, number * line_px))
        painter.setPen(_faint_white())
        painter.save()
        painter.setClipRect(QRectF(0, box.top(), self.width(), room * line_px + line_px / 2))
        for line in lines[:first] + lines[first + room :]:
            line.setPosition(QPointF(0, -10 * self.height()))
        layout.draw(painter, QPointF(left, box.top() + line_px / 4))
        painter.restore()
        painter.setOpacity(1.0)

    def _laid_out(self) -> QTextLayout:
        size_px = max(self._px(_SENTENCE_SIZE_PX) / self._theme.scale, 12.0)
        layout = QTextLayout(self._sentence, self._theme.spaced(self._theme.text_font(size_px)))
        option = QTextOption(Qt.AlignmentFlag.AlignHCenter)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if runs_right_to_left(self._sentence):
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)  # else its stop begins the line
        layout.setTextOption(option)
        start, end = self._word
        if end > start:
            heard = QTextLayout.FormatRange()
            heard.start, heard.length = start, end - start
            look = QTextCharFormat()
            look.setForeground(_WORD)
            heard.format = look
            layout.setFormats([heard])
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._column_px())
        layout.endLayout()
        return layout

    def _column_px(self) -> float:
        return min(self.width() * 0.9, self._px(_COLUMN_PX))

    def _paint_foot(self, painter: QPainter) -> None:
        size_px = max(self._px(_FOOT_SIZE_PX) / self._theme.scale, 10.0)
        painter.setFont(self._theme.interface_font(size_px))
        painter.setPen(_FOOT)
        painter.drawText(self._foot_box(), Qt.AlignmentFlag.AlignCenter, self._foot)

    def _on_faded(self, strength: float) -> None:
        self._words_strength = strength
        self.update(self._words_box().toAlignedRect())


def _faint_white() -> QColor:
    return mix(GROUND, _WORD, _SENTENCE_STRENGTH)
