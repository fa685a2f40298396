"""The bar below the text: the voice, play and its neighbours, progress, speed, mark and look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from reader.ui.listening.speeds import speed_label
from reader.ui.look.colours import fill, mix
from reader.ui.look.controls import (
    IconButton,
    PaintedButton,
    TextButton,
)
from reader.ui.look.icons import Icon, paint_icon
from reader.ui.look.theme import Theme
from reader.ui.window.progress_line import ProgressLine, Tick

HEIGHT_PX = 86
NARROW_PX = 620
"""Below this width only play, its neighbours, time and speed are kept."""

_SHORT_VOICE_PX = 900
_SIDE_PX = 20
_PLAY_PX = 44
_BUTTON_PX = 36
_PITCH_PX = 39
_LINE_PX = 536
"""The widest the progress line gets, its times included."""

_SHORTEST_HALF_LINE_PX = 84
"""Half of the narrowest that the sleep timer and the study loop leave of it."""


class PlayButton(PaintedButton):
    """The one warm circle: plays, and pauses."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Play", parent)
        self._is_playing = False
        self._is_waiting = False
        self.set_tip("Play or pause")

    def set_playing(self, is_playing: bool, *, is_waiting: bool) -> None:
        """Show what a press would do; `is_waiting`: asked to play, nothing to hear yet."""
        if (is_playing, is_waiting) != (self._is_playing, self._is_waiting):
            self._is_playing, self._is_waiting = is_playing, is_waiting
            self.setAccessibleName("Pause" if is_playing else "Play")
            self.update()

    def ground(self) -> QColor:
        palette = self.theme.palette
        if self.isDown():
            return mix(palette.accent, palette.ink, 0.18)
        return mix(palette.accent, palette.ink, 0.08) if self.underMouse() else palette.accent

    def radius(self) -> float:
        return self.width() / 2

    def content_colour(self) -> QColor:
        palette = self.theme.palette
        return mix(palette.accent, palette.on_accent, 0.6 if self._is_waiting else 1.0)

    def paint_content(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        side = self.theme.px(20)
        at = box.center() - QPointF(side / 2, side / 2)
        icon = Icon.PAUSE if self._is_playing else Icon.PLAY
        paint_icon(painter, icon, QRectF(at.x(), at.y(), side, side), colour)


class VoiceButton(PaintedButton):
    """Who reads, and where: two lines beside a dot that is warm while the voice is there."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Choose a voice", parent)
        self._name = ""
        self._kind = ""
        self._is_ready = False
        self._is_short = False
        self.set_tip("Choose a voice")

    def set_voice(self, name: str, kind: str, *, is_ready: bool) -> None:
        """Show the voice's name and what it is ("English, neural voice")."""
        self._name, self._kind, self._is_ready = name, kind, is_ready
        self.setAccessibleName(f"Voice: {name}, {kind}. Choose a voice")
        self.update()

    def set_short(self, is_short: bool) -> None:
        """Leave out "on this machine" where there is little room."""
        self._is_short = is_short
        self.update()

    def sizeHint(self) -> QSize:
        px = self.theme.px
        bold = QFontMetricsF(self.theme.interface_font(13, 600))
        plain = QFontMetricsF(self.theme.interface_font(12.5))
        first = bold.horizontalAdvance(self._name) + plain.horizontalAdvance(self._where())
        text = max(first, plain.horizontalAdvance(self._kind))
        return QSize(round(text + px(34)), round(px(46)))

    def _where(self) -> str:
        return "" if self._is_short or not self._name else " · on this machine"

    def paint_content(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        palette, px = self.theme.palette, self.theme.px
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.accent if self._is_ready else palette.faint)
        painter.drawEllipse(QPointF(px(6), box.center().y()), px(4), px(4))
        left, width = px(21), box.width() - px(24)
        bold = self.theme.interface_font(13, 600)
        plain = self.theme.interface_font(12.5)
        metrics, plain_metrics = QFontMetricsF(bold), QFontMetricsF(plain)
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, width)
        upper, lower = box.center().y() - px(5), box.center().y() + px(13)
        painter.setFont(bold)
        painter.setPen(palette.ink)
        painter.drawText(QPointF(left, upper), name)
        painter.setFont(plain)
        painter.setPen(colour)
        name_width = metrics.horizontalAdvance(name)
        where = plain_metrics.elidedText(
            self._where(), Qt.TextElideMode.ElideRight, width - name_width
        )
        painter.drawText(QPointF(left + name_width, upper), where)
        kind = plain_metrics.elidedText(self._kind, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QPointF(left, lower), kind)


class SleepButton(IconButton):
    """A clock; beside it, once it is set, when the voice stops."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Icon.SLEEP, "Sleep timer", parent)
        self._words = ""

    def show_words(self, words: str) -> bool:
        """Show when the voice stops, "" for never; return whether that takes other room."""
        if words == self._words:
            return False
        before = self.sizeHint()
        self._words = words
        self.setAccessibleName(f"Sleep timer: {words}" if words else "Sleep timer")
        self.update()
        return self.sizeHint() != before

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        if not self._words:
            return size
        width = QFontMetricsF(self._font()).horizontalAdvance(self._words)
        return QSize(size.width() + round(width + self.theme.px(6)), size.height())

    def content_colour(self) -> QColor:
        return self.theme.palette.accent if self._words else super().content_colour()

    def paint_content(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        side = super().sizeHint().width()
        super().paint_content(painter, QRectF(box.left(), box.top(), side, box.height()), colour)
        if self._words and self.width() > side:
            painter.setFont(self._font())
            painter.setPen(colour)
            left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(box.adjusted(side - self.theme.px(4), 0, 0, 0), left, self._words)

    def _font(self) -> QFont:
        return self.theme.figure_font(12.5, 500)


class TransportBar(QWidget):
    """86 px high; play in the middle, whatever the width."""

    play_toggled = Signal()
    previous_requested = Signal()
    next_requested = Signal()
    sought = Signal(float)
    voice_requested = Signal()
    speed_requested = Signal()
    sleep_requested = Signal()
    study_requested = Signal()
    highlights_toggled = Signal()
    mark_requested = Signal()
    dark_toggled = Signal()
    look_toggled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._has_size = False
        self._can_mark = True
        self._is_studying = False
        self._is_on_highlights = False
        self.voice_button = VoiceButton(theme, self)
        self.previous_button = IconButton(theme, Icon.PREVIOUS, "Previous sentence", self)
        self.play_button = PlayButton(theme, self)
        self.next_button = IconButton(theme, Icon.NEXT, "Next sentence", self)
        self.progress = ProgressLine(theme, self)
        self.speed_button = TextButton(theme, speed_label(1.0), self, size_px=12.5, is_framed=True)
        self.sleep_button = SleepButton(theme, self)
        self.study_button = TextButton(theme, "", self, size_px=12.5, is_framed=True)
        self.highlights_button = TextButton(theme, "Highlights", self, size_px=12.5, is_framed=True)
        self.mark_button = IconButton(theme, Icon.BOOKMARK, "Mark what you just heard", self)
        self.dark_button = IconButton(theme, Icon.MOON, "In the dark: the voice alone", self)
        self.look_button = IconButton(theme, Icon.LOOK, "Light or dark", self)
        self.play_button.clicked.connect(self.play_toggled)
        self.previous_button.clicked.connect(self.previous_requested)
        self.next_button.clicked.connect(self.next_requested)
        self.progress.sought.connect(self.sought)
        self.voice_button.clicked.connect(self.voice_requested)
        self.speed_button.clicked.connect(self.speed_requested)
        self.sleep_button.clicked.connect(self.sleep_requested)
        self.study_button.clicked.connect(self.study_requested)
        self.highlights_button.clicked.connect(self.highlights_toggled)
        self.mark_button.clicked.connect(self.mark_requested)
        self.dark_button.clicked.connect(self.dark_toggled)
        self.look_button.clicked.connect(self.look_toggled)
        self.speed_button.set_tip("Speed")
        self.study_button.set_tip("Study loop")
        self.highlights_button.set_tip("Only highlights are played; press to play all")
        self.highlights_button.setAccessibleName("Only highlights are played. Play all")
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_playing(self, is_playing: bool, *, is_waiting: bool = False) -> None:
        """Show whether the voice reads; `is_waiting` while it is asked to but not heard yet."""
        self.play_button.set_playing(is_playing, is_waiting=is_waiting)

    def set_voice(self, name: str, kind: str, *, is_ready: bool) -> None:
        """Show who reads."""
        self.voice_button.set_voice(name, kind, is_ready=is_ready)
        self._place_children()

    def set_speed(self, speed: float) -> None:
        """Show the speed."""
        if speed_label(speed) != self.speed_button.text():
            self.speed_button.setText(speed_label(speed))
            self._place_children()
        self.speed_button.setAccessibleName(f"Speed {speed_label(speed)}")

    def set_times(self, elapsed_s: float, left_s: float) -> None:
        """Show how long the voice has read and will still read, in seconds."""
        self.progress.set_times(elapsed_s, left_s)

    def set_ticks(self, ticks: Sequence[Tick]) -> None:
        """Show these notes on the progress line."""
        self.progress.set_ticks(ticks)

    def set_can_mark(self, can_mark: bool) -> None:
        """Offer to mark what was heard, or not: without storage no mark can be made."""
        if can_mark != self._can_mark:
            self._can_mark = can_mark
            self._place_children()

    def set_sleep(self, words: str) -> None:
        """Show when the voice stops by itself; "" for never."""
        if self.sleep_button.show_words(words):
            self._place_children()

    def set_study(self, words: str) -> None:
        """Show that sentences are studied; "" when they aren't."""
        if words != self.study_button.text():
            self.study_button.setText(words)
            self.study_button.setAccessibleName(words)
            self._is_studying = bool(words)
            self._place_children()

    def set_highlights(self, is_on: bool) -> None:
        """Show that only what is highlighted is played, or that all is."""
        if is_on != self._is_on_highlights:
            self._is_on_highlights = is_on
            self._place_children()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._has_size = True
        self._place_children()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self._theme.palette
        fill(painter, self.rect(), palette.paper)
        painter.setPen(QPen(palette.line, 1))
        painter.drawLine(QPointF(0, 0.5), QPointF(self.width(), 0.5))
        painter.end()

    def _on_theme_changed(self) -> None:
        self.setFixedHeight(round(self._theme.px(HEIGHT_PX)))
        name = "Light look" if self._theme.palette.is_dark else "Dark look"
        self.look_button.setAccessibleName(name)
        self.look_button.set_tip(name)
        self._place_children()
        self.update()

    def _place_children(self) -> None:
        if not self._has_size:
            return
        px, width = self._theme.px, self.width()
        is_narrow = width < px(NARROW_PX)
        for widget in (self.voice_button, self.dark_button, self.look_button):
            widget.setVisible(not is_narrow)
        self.mark_button.setVisible(not is_narrow and self._can_mark)
        self.sleep_button.setVisible(not is_narrow)
        self.study_button.setVisible(not is_narrow and self._is_studying)
        self.highlights_button.setVisible(not is_narrow and self._is_on_highlights)
        self._place_play(round(px(32)))
        left_edge, right_edge = self._place_sides(round(px(44)), is_narrow=is_narrow)
        # as wide on the left as on the right, so that play stays above its middle
        half = min(width / 2 - left_edge, right_edge - width / 2, px(_LINE_PX) / 2)
        self.progress.setGeometry(
            round(width / 2 - half), round(px(56)), round(2 * half), round(px(24))
        )

    def _place_play(self, middle: int) -> None:
        """Put play and its neighbours around the middle of the bar, `middle` px below its top."""
        px = self._theme.px
        side, small = round(px(_PLAY_PX)), round(px(_BUTTON_PX))
        centre = self.width() // 2
        self.play_button.setGeometry(centre - side // 2, middle - side // 2, side, side)
        for button, offset in ((self.previous_button, -54), (self.next_button, 54)):
            x = centre + round(px(offset)) - small // 2
            button.setGeometry(x, middle - small // 2, small, small)

    def _place_sides(self, middle: int, *, is_narrow: bool) -> tuple[float, float]:
        """Place what is left and right of play; return where the room for the line begins, ends."""
        px, width = self._theme.px, self.width()
        margin, gap = round(px(_SIDE_PX)), round(px(16))
        speed = self.speed_button.sizeHint()
        if is_narrow:
            speed_y = round(px(32)) - speed.height() // 2
            self.speed_button.setGeometry(
                width - margin - speed.width(), speed_y, speed.width(), speed.height()
            )
            return margin, width - margin
        self.voice_button.set_short(width < px(_SHORT_VOICE_PX))
        voice = self.voice_button.sizeHint()
        voice_width = min(voice.width(), round(width * 0.28))
        self.voice_button.setGeometry(
            margin, middle - voice.height() // 2, voice_width, voice.height()
        )
        small = round(px(_BUTTON_PX))
        x = width - margin
        for button in (self.look_button, self.dark_button, self.mark_button):
            if not button.isVisibleTo(self):
                continue
            x -= small
            button.setGeometry(x, middle - small // 2, small, small)
            x -= round(px(_PITCH_PX)) - small
        x -= round(px(5)) + speed.width()
        self.speed_button.setGeometry(x, middle - speed.height() // 2, *speed.toTuple())
        space, room_ends = round(px(3)), width // 2 + round(px(_SHORTEST_HALF_LINE_PX)) + gap
        for extra in (self.highlights_button, self.sleep_button, self.study_button):
            size = extra.sizeHint()
            if extra is self.sleep_button and x - size.width() - space < room_ends:
                size = QSize(small, small)  # its colour still tells that it is set
            if extra.isVisibleTo(self) and x - size.width() - space >= room_ends:
                x -= size.width() + space
                extra.setGeometry(x, middle - size.height() // 2, *size.toTuple())
            else:
                extra.hide()  # the keys and the menu still do it
        return margin + voice_width + gap, x - gap
