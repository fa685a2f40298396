"""The menu of a card: write, copy, colours and styles, merge and split, delete."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from reader.annotations.appearance import STYLES
from reader.annotations.model import Annotation
from reader.ui.look.theme import HIGHLIGHT_COLOURS, Theme
from reader.ui.margin.card import STYLE_WORDS
from reader.ui.margin.margin import Margin
from reader.ui.window.main_menu import menu_style_sheet
from reader.values import value


@value
class PassageDeeds:
    """What can be done to the passage of a card; None for what can't be done now."""

    choose_style: Callable[[str], None]
    merge: Callable[[], None] | None = None
    split: Callable[[], None] | None = None
    mark_every: Callable[[], None] | None = None


def show_card_menu(
    theme: Theme, margin: Margin, annotation: Annotation, position: QPoint, deeds: PassageDeeds
) -> QMenu:
    """Open the menu at a global position; what is chosen is told by the margin's signals."""
    menu = QMenu(margin)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setFont(theme.interface_font(13))
    menu.setStyleSheet(menu_style_sheet(theme))
    name = annotation.id
    menu.addAction("Write", partial(margin.edit_card, name))
    menu.addAction("Reply", partial(margin.reply_wanted.emit, name))
    for label, text in (
        ("Copy the note", annotation.note_text),
        ("Copy the passage", annotation.target.quote.exact if annotation.target.quote else ""),
    ):
        if text:
            menu.addAction(label, partial(QGuiApplication.clipboard().setText, text))
    menu.addAction("Copy a link to it", partial(margin.link_copy_wanted.emit, name))
    menu.addSeparator()
    for colour in () if annotation.answered is not None else HIGHLIGHT_COLOURS:
        tell = partial(margin.colour_chosen.emit, name, colour)
        action = menu.addAction(colour.capitalize(), tell)
        action.setCheckable(True)
        action.setChecked(colour == annotation.colour)
    menu.addSeparator()
    for style in () if annotation.answered is not None else STYLES:
        action = menu.addAction(STYLE_WORDS[style], partial(deeds.choose_style, style))
        action.setCheckable(True)
        action.setChecked(style == annotation.style)
    menu.addSeparator()
    for label, deed in (
        ("Merge with what it touches", deeds.merge),
        ("Split in two here", deeds.split),
        ("Mark every occurrence…", deeds.mark_every),
    ):
        action = menu.addAction(label)
        action.setEnabled(deed is not None)
        if deed is not None:
            action.triggered.connect(lambda _=False, deed=deed: deed())
    menu.addSeparator()
    menu.addAction("Delete", partial(margin.delete_requested.emit, name))
    menu.popup(position)
    return menu
