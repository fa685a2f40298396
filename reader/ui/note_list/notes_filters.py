"""What narrows the list of notes: their kind, look, tag and age, and how they are ordered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from reader.annotations.appearance import STYLES
from reader.ui.look.controls import PaintedButton, TextButton
from reader.ui.look.menu import Menu
from reader.ui.look.theme import HIGHLIGHT_COLOURS, Theme
from reader.ui.margin.mark_styles import STYLE_WORDS
from reader.ui.margin.marking.look_row import StyleButton
from reader.ui.note_list.notes_listing import Age, Choice, Kind, Order
from reader.values import replaced

_TAGS_SHOWN = 40
ANY_TAG = "Any tag"
OF_ALL_TEXTS = "All texts"
OF_THIS_TEXT = "This text"


class ColourDot(PaintedButton):
    """A dot that shows only the notes of its colour, until it is pressed again."""

    def __init__(self, theme: Theme, colour: str, parent: QWidget) -> None:
        super().__init__(theme, f"Only {colour}", parent)
        self.setToolTip(f"Only {colour}")
        self.setCheckable(True)
        self._colour = colour

    def sizeHint(self) -> QSize:
        """Return room for the dot and its ring."""
        return QSize(round(self.theme.px(24)), round(self.theme.px(28)))

    def paint_content(self, painter: QPainter, box: QRectF, _colour: QColor) -> None:
        """Paint the dot, with a ring if it is chosen."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.palette.strong(self._colour))
        painter.drawEllipse(box.center(), self.theme.px(5), self.theme.px(5))
        if self.isChecked():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.theme.palette.soft, self.theme.px(1.4)))
            painter.drawEllipse(box.center(), self.theme.px(8), self.theme.px(8))


class NotesFilters(QWidget):
    """Three lines of choices; `choice` holds what is chosen, but for the words looked for."""

    changed = Signal()
    scope_changed = Signal()
    """This text or all texts, as `is_of_all` says."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tags: Sequence[tuple[str, int]] = ()
        self.choice = Choice()
        self.is_of_all = False
        self.kinds = {kind: TextButton(theme, kind.value, self) for kind in Kind}
        self.scope = TextButton(theme, OF_THIS_TEXT, self)
        self.orders = TextButton(theme, self.choice.order.value, self)
        self.colours = {colour: ColourDot(theme, colour, self) for colour in HIGHLIGHT_COLOURS}
        self.styles = {
            style: StyleButton(theme, style, self, f"Only {STYLE_WORDS[style].lower()}")
            for style in STYLES
        }
        self.tag = TextButton(theme, ANY_TAG, self)
        self.age = TextButton(theme, Age.ANY.value, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        above, looks, below = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (above, looks, below):
            row.setSpacing(0)
        for kind, button in self.kinds.items():
            button.setCheckable(True)
            button.setChecked(kind is self.choice.kind)
            above.addWidget(button)
        above.addStretch(1)
        for dot in self.colours.values():
            looks.addWidget(dot)
        looks.addSpacing(round(self._theme.px(8)))
        for letter in self.styles.values():
            looks.addWidget(letter)
        looks.addStretch(1)
        below.addWidget(self.scope)
        below.addWidget(self.tag)
        below.addWidget(self.age)
        below.addStretch(1)
        below.addWidget(self.orders)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(round(self._theme.px(2)))
        whole.addLayout(above)
        whole.addLayout(below)
        whole.addLayout(looks)

    def _connect(self) -> None:
        for kind, button in self.kinds.items():
            button.clicked.connect(partial(self._choose_kind, kind))
        for colour, dot in self.colours.items():
            dot.clicked.connect(partial(self._choose_colour, colour))
        for style, letter in self.styles.items():
            letter.clicked.connect(partial(self._choose_style, style))
        self.scope.clicked.connect(lambda: self.show_all(not self.is_of_all))
        self.orders.clicked.connect(self._offer_orders)
        self.age.clicked.connect(self._offer_ages)
        self.tag.clicked.connect(self._offer_tags)

    def offer_tags(self, tags: Sequence[tuple[str, int]]) -> None:
        """Take the tags that can be chosen, with their counts."""
        self._tags = tags

    def show_all(self, is_of_all: bool) -> None:
        """List the notes of all texts, or of this one."""
        self.is_of_all = is_of_all
        self._say(self.scope, OF_ALL_TEXTS if is_of_all else OF_THIS_TEXT)
        self._say_order()
        self.scope_changed.emit()

    def set_order(self, order: Order) -> None:
        """Order the notes so."""
        self.choice = replaced(self.choice, order=order)
        self._say_order()
        self.changed.emit()

    def set_tag(self, tag: str) -> None:
        """Show only the notes with a tag; "" for any."""
        self.choice = replaced(self.choice, tag=tag)
        self._say(self.tag, f"#{tag}" if tag else ANY_TAG)
        self.tag.set_accented(bool(tag))
        self.changed.emit()

    def set_age(self, age: Age) -> None:
        """Show only notes that are so old at most."""
        self.choice = replaced(self.choice, age=age)
        self._say(self.age, age.value)
        self.age.set_accented(age is not Age.ANY)
        self.changed.emit()

    def _choose_kind(self, kind: Kind) -> None:
        self._check_kind(kind)
        self.changed.emit()

    def _check_kind(self, kind: Kind) -> None:
        self.choice = replaced(self.choice, kind=kind)
        for other, button in self.kinds.items():
            button.setChecked(other is kind)

    def _choose_colour(self, colour: str) -> None:
        """Show only notes of a colour, or of any, as its dot says."""
        # PySide tells a partial nothing of whether a button is checked: it is asked
        is_checked = self.colours[colour].isChecked()
        self.choice = replaced(self.choice, colour=colour if is_checked else "")
        for other, dot in self.colours.items():
            dot.setChecked(is_checked and other == colour)
        self.changed.emit()

    def _choose_style(self, style: str) -> None:
        """Show only notes of a style, or of any, as its letter says."""
        is_checked = self.styles[style].isChecked()
        self.choice = replaced(self.choice, style=style if is_checked else "")
        for other, letter in self.styles.items():
            letter.setChecked(is_checked and other == style)
        self.changed.emit()

    def _offer_orders(self) -> None:
        menu, now = Menu(self._theme, self), self.choice.order
        for order in Order:
            words = self._order_words(order)
            self._add(menu, words, partial(self.set_order, order), is_chosen=order is now)
        self._pop_up(menu, self.orders)

    def _offer_ages(self) -> None:
        menu, now = Menu(self._theme, self), self.choice.age
        for age in Age:
            self._add(menu, age.value, partial(self.set_age, age), is_chosen=age is now)
        self._pop_up(menu, self.age)

    def _offer_tags(self) -> None:
        menu = Menu(self._theme, self)
        self._add(menu, ANY_TAG, partial(self.set_tag, ""), is_chosen=not self.choice.tag)
        for tag, count in self._tags[:_TAGS_SHOWN]:
            words = f"#{tag}   {count:,}".replace("&", "&&")
            self._add(menu, words, partial(self.set_tag, tag), is_chosen=tag == self.choice.tag)
        self._pop_up(menu, self.tag)

    @staticmethod
    def _add(menu: QMenu, words: str, do: Callable[[], object], *, is_chosen: bool) -> None:
        action = menu.addAction(words, do)
        action.setCheckable(True)
        action.setChecked(is_chosen)

    @staticmethod
    def _pop_up(menu: QMenu, button: QWidget) -> None:
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _order_words(self, order: Order) -> str:
        return "By text" if order is Order.PLACE and self.is_of_all else order.value

    def _say_order(self) -> None:
        self._say(self.orders, self._order_words(self.choice.order))

    @staticmethod
    def _say(button: TextButton, words: str) -> None:
        button.setText(words)
        button.setAccessibleName(words)
        button.updateGeometry()
