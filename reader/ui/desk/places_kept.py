"""Where voice and eye go on in a text that was read again because its file changed."""

from __future__ import annotations

from reader.text.document import Document, Place
from reader.text.moved_place import place_after_change
from reader.ui.desk.opening import Beginning
from reader.ui.view.reading_view import ReadingView


def beginning_after_change(view: ReadingView, new: Document, voice: Place | None) -> Beginning:
    """Return where to go on in the new version of the text that a view shows.

    The line at the top stays where it is, wherever the voice (None: there is none yet) may be.
    """
    old, line = view.document, view.first_visible_place()
    if old is None:
        return Beginning(voice or Place(0, 0), voice)
    moved = None if line is None else place_after_change(old, new, line)
    y = 0 if line is None else round(view.line_top_of(line))
    spoken = None if voice is None else place_after_change(old, new, voice)
    return Beginning(spoken or Place(0, 0), moved, y)
