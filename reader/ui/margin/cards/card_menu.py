"""The menu of a card: settle, write, copy, colours and styles, merge and split, delete."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication

from reader.annotations.appearance import STYLES
from reader.annotations.model import Annotation, AnnotationId
from reader.ui.look.menu import Menu
from reader.ui.look.theme import HIGHLIGHT_COLOURS, Theme
from reader.ui.margin.margin import Margin
from reader.ui.margin.mark_styles import STYLE_KEYS, STYLE_WORDS
from reader.ui.window.commands import Command, keys_of
from reader.ui.window.shown_keys import beside_key
from reader.values import value


@value
class PassageDeeds:
    """What can be done to the passage of a card; None for what can't be done now."""

    choose_style: Callable[[str], None]
    merge: Callable[[], None] | None = None
    split: Callable[[], None] | None = None
    mark_every: Callable[[], None] | None = None
    is_unsure: bool = False
    """Whether the user is asked to look at it, or it was not found."""
    confirm: Callable[[], None] | None = None
    attach: Callable[[], object] | None = None
    """Gives it what is selected in the text."""


_LINKS_OFFERED = 12
_LINK_WORDS = 48


def offer_links(menu: Menu, margin: Margin, name: AnnotationId) -> None:
    """Add what can be gone to from a card."""
    for link in margin.links_of(name)[:_LINKS_OFFERED]:
        is_long = len(link.words) > _LINK_WORDS
        words = f"{link.words[:_LINK_WORDS]}…" if is_long else link.words
        label = words if words.startswith("←") else f"→ {words}"
        # what looks like a key to press is what somebody wrote
        menu.addAction(label.replace("&", "&&"), partial(margin.link_activated.emit, link.address))


def show_links(theme: Theme, margin: Margin, name: AnnotationId) -> Menu:
    """Open a menu below a card of what can be gone to from it; the first is chosen by Enter."""
    menu = Menu(theme, margin)
    offer_links(menu, margin, name)
    box = margin.box_of(name) or margin.rect()
    menu.popup(margin.mapToGlobal(box.bottomLeft()))
    menu.setActiveAction(menu.actions()[0])
    return menu


def show_card_menu(
    theme: Theme, margin: Margin, annotation: Annotation, position: QPoint, deeds: PassageDeeds
) -> Menu:
    """Open the menu at a global position; what is chosen is told by the margin's signals."""
    menu = Menu(theme, margin)
    name = annotation.id
    if deeds.is_unsure:
        _offer(menu, "It is here", "", deeds.confirm)
        _offer(menu, "It is what I selected", "", deeds.attach)
        menu.addSeparator()
    menu.addAction(beside_key("Write", "F2"), partial(margin.edit_card, name))
    menu.addAction(beside_key("Reply", "A"), partial(margin.reply_wanted.emit, name))
    for label, text in (
        ("Copy the note", annotation.note_text),
        ("Copy the passage", annotation.target.quote.exact if annotation.target.quote else ""),
    ):
        if text:
            menu.addAction(label, partial(QGuiApplication.clipboard().setText, text))
    offer_links(menu, margin, name)
    copy_link = beside_key("Copy a link to it", keys_of(Command.COPY_LINK)[0])
    menu.addAction(copy_link, partial(margin.link_copy_wanted.emit, name))
    menu.addSeparator()
    is_reply = annotation.answered is not None
    for number, colour in enumerate(() if is_reply else HIGHLIGHT_COLOURS, 1):
        tell = partial(margin.colour_chosen.emit, name, colour)
        action = menu.addAction(beside_key(colour.capitalize(), str(number)), tell)
        action.setCheckable(True)
        action.setChecked(colour == annotation.colour)
    menu.addSeparator()
    for style in () if is_reply else STYLES:
        label = beside_key(STYLE_WORDS[style], STYLE_KEYS[style])
        action = menu.addAction(label, partial(deeds.choose_style, style))
        action.setCheckable(True)
        action.setChecked(style == annotation.style)
    menu.addSeparator()
    for label, key, deed in (
        ("Merge with what it touches", "J", deeds.merge),
        ("Split in two here", "Shift+J", deeds.split),
        ("Mark every occurrence…", "E", deeds.mark_every),
    ):
        _offer(menu, label, key, deed)
    menu.addSeparator()
    menu.addAction(beside_key("Delete", "Del"), partial(margin.delete_requested.emit, name))
    menu.popup(position)
    return menu


def _offer(menu: Menu, label: str, key: str, deed: Callable[[], object] | None) -> None:
    action = menu.addAction(beside_key(label, key) if key else label)
    action.setEnabled(deed is not None)
    if deed is not None:
        action.triggered.connect(lambda: deed())
