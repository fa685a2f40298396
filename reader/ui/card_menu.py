"""The menu of a card: write, copy, colours, delete."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from reader.annotations.model import Annotation
from reader.ui.margin import Margin
from reader.ui.theme import HIGHLIGHT_COLOURS, Theme


def show_card_menu(theme: Theme, margin: Margin, annotation: Annotation, position: QPoint) -> QMenu:
    """Open the menu at a global position; what is chosen is told by the margin's signals."""
    menu = QMenu(margin)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setFont(theme.interface_font(13))
    name = annotation.id
    menu.addAction("Write", partial(margin.edit_card, name))
    for label, text in (
        ("Copy the note", annotation.note_text),
        ("Copy the passage", annotation.target.quote.exact if annotation.target.quote else ""),
    ):
        if text:
            menu.addAction(label, partial(QGuiApplication.clipboard().setText, text))
    menu.addSeparator()
    for colour in HIGHLIGHT_COLOURS:
        action = QAction(colour.capitalize(), menu)
        action.setCheckable(True)
        action.setChecked(colour == annotation.colour)
        action.triggered.connect(partial(_tell_colour, margin, name, colour))
        menu.addAction(action)
    menu.addSeparator()
    menu.addAction("Delete", partial(margin.delete_requested.emit, name))
    menu.popup(position)
    return menu


def _tell_colour(margin: Margin, name: str, colour: str, _is_checked: bool) -> None:
    margin.colour_chosen.emit(name, colour)
