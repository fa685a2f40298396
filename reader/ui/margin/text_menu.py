"""What the menu on the text offers of notes: on the selection, or on the passage one points at."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu

from reader.text.document import Place
from reader.ui.margin.annotating import Annotating
from reader.ui.window.shown_keys import beside_key


def offer_notes(annotating: Annotating, menu: QMenu, place: Place | None) -> None:
    """Add what can be done to what is selected, or else to the note on a place."""
    at_hand = annotating.at_hand
    if at_hand.selected is not None:
        for label, key, do in (
            ("Copy", "Ctrl+C", at_hand.view.copy),
            ("Highlight", "H", lambda: annotating.marking.highlight()),
            ("Write a note", "N", annotating.writing.write_note),
            ("Bookmark", "B", annotating.marking.toggle_bookmark),
            ("Mark every occurrence…", "E", annotating.mark_every),
        ):
            menu.addAction(beside_key(label, key), do)
        menu.addSeparator()
        return
    notebook = at_hand.notebook
    names = notebook.index.at(place) if notebook is not None and place is not None else []
    if names:
        menu.addAction("Write in its note", partial(annotating.edit, names[0]))
        menu.addAction("Delete its note", partial(annotating.delete_note, names[0]))
        menu.addSeparator()
