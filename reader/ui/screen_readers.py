"""Tells screen readers what our own widgets are: Qt sees only that they are no kind it knows."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import isValid

_interfaces: list[QAccessibleInterface] = []
"""Kept while their widgets are there: Qt holds them without counting Python's references."""


@cache
def tell_roles() -> None:
    """Offer Qt the roles of our widgets, once, before the first of them is shown.

    A widget's role is the name in `QAccessible.Role` that its class has as `ACCESSIBLE_ROLE`.
    """
    QAccessible.installFactory(_interface_of)


def _interface_of(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    role = getattr(thing, "ACCESSIBLE_ROLE", None)
    if not isinstance(thing, QWidget) or role is None:
        return None
    made = _own_interface(thing) or QAccessibleWidget(thing, QAccessible.Role[role], "")
    _interfaces[:] = filter(isValid, _interfaces)
    _interfaces.append(made)
    return made


def _own_interface(widget: QWidget) -> QAccessibleInterface | None:
    """Return the interface of a widget of which more than a role is to be told."""
    from reader.ui.view.accessible.accessible_text import AccessibleReadingView
    from reader.ui.view.accessible.heading_handles import AccessibleHeading, HeadingHandle
    from reader.ui.view.reading_view import ReadingView

    if isinstance(widget, HeadingHandle):
        return AccessibleHeading(widget)
    return AccessibleReadingView(widget) if isinstance(widget, ReadingView) else None
