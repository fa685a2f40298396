"""Files of other reading apps are known by what these apps really write into them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.annotations.exchange.calibre_annotations import is_annotations, read_list
from reader.annotations.exchange.foliate_data import is_data, read_book

CFI = "epubcfi(/6/2/4/2[one]/4[one-1]/10/1:140)"
WHEN = "2026-11-29T22:33:07.728716+00:00"
LAST_READ = {"pos": CFI, "pos_type": "epubcfi", "timestamp": WHEN, "type": "last-read"}
BOOKMARK = {"title": "I #1", **LAST_READ, "type": "bookmark"}
HIGHLIGHT = {
    "end_cfi": "/2/4/2[one]/4[one-1]/8/1:73",
    "highlighted_text": "friend and companion.\n\nOne night\u2060—it was on the twentieth",
    "notes": "A note of mine.",
    "spine_index": 2,
    "spine_name": "epub/text/one.xhtml",
    "start_cfi": "/2/4/2[one]/4[one-1]/6/1:1276",
    "style": {"kind": "color", "type": "builtin", "which": "yellow"},
    "timestamp": "2026-11-29T22:32:50.830Z",
    "toc_family_titles": ["One", "I"],
    "type": "highlight",
    "uuid": "SPl0RA-nTQWzBG8VEF9deg",
}
"""As calibre 6.13's viewer writes them into viewer/annots, each file a list."""

FOLIATE = {
    "metadata": {"titles": [{"type": None, "label": "A Book"}], "title": "A Book"},
    "lastLocation": "epubcfi(/6/2!/4/2[one]/4/3:0)",
    "progress": [277, 554],
    "bookmarks": ["epubcfi(/6/2!/4/2[one]/4/3:0)"],
}
"""As Foliate 2.6 writes it: `annotations` comes only with the first one."""


@pytest.mark.parametrize("listed", [[LAST_READ], [LAST_READ, BOOKMARK], [BOOKMARK, HIGHLIGHT]])
def test_a_file_of_calibres_viewer_is_known_before_anything_is_highlighted(
    listed: list[dict[str, object]],
) -> None:
    assert is_annotations("aa82d4.json", json.dumps(listed).encode())


def test_what_calibres_viewer_writes_is_read() -> None:
    written = json.dumps([LAST_READ, BOOKMARK, HIGHLIGHT]).encode()
    bookmark, highlight = read_list(written, Path("aa82d4.json")).notes
    assert (bookmark.note, bookmark.is_bookmark, bookmark.place) == ("I #1", True, CFI)
    assert (highlight.quote, highlight.note) == (HIGHLIGHT["highlighted_text"], "A note of mine.")
    assert highlight.created is not None


def test_what_foliate_writes_before_the_first_annotation_is_read() -> None:
    written = json.dumps(FOLIATE).encode()
    assert is_data("https%3A%2F%2Fe.org%2Fone.json", written)
    book = read_book(written, Path("one.json"))
    assert (book.title, book.share, book.place) == ("A Book", 0.5, FOLIATE["lastLocation"])
    (mark,) = book.notes
    assert (mark.is_bookmark, mark.place) == (True, FOLIATE["lastLocation"])
