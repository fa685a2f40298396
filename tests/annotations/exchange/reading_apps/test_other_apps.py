"""Files of other reading apps are known by what these apps really write into them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.annotations.exchange.reading_apps import koreader_settings, readest_config
from reader.annotations.exchange.reading_apps.calibre_annotations import is_annotations, read_list
from reader.annotations.exchange.reading_apps.foliate_data import is_data, read_book

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


@pytest.mark.parametrize(
    ("style", "look"),
    [
        ({"kind": "color", "type": "builtin", "which": "green"}, ("sage", None)),
        ({"kind": "decoration", "type": "builtin", "which": "wavy"}, (None, "squiggle")),
        ({"kind": "color", "type": "custom", "background-color": "#8ab4f8"}, ("sky", None)),
        (
            {
                "kind": "decoration",
                "type": "custom",
                "text-decoration-line": "underline",
                "text-decoration-style": "solid",
                "text-decoration-color": "#e01b24",
            },
            ("rose", "underline"),
        ),
        ("yellow", (None, None)),
    ],
)
def test_a_style_of_ones_own_in_calibre_is_taken_over(
    style: object, look: tuple[str | None, str | None]
) -> None:
    content = json.dumps([{**HIGHLIGHT, "style": style}]).encode()
    (note,) = (note for note in read_list(content, Path("x.json")).notes if note.quote)
    assert (note.colour, note.style) == look


def test_what_koreader_exports_for_other_devices_is_read(tmp_path: Path) -> None:
    path = tmp_path / "Old House.epub.sdr" / "Old House.epub.annotations.lua"
    content = b"""-- /mnt/onboard/Old House.epub.annotations.lua
return {
    ["annotations"] = {
        [1] = {
            ["chapter"] = "One",
            ["color"] = "olive",
            ["datetime"] = "2026-11-01 10:00:00",
            ["datetime_updated"] = "2026-11-02 10:00:00",
            ["drawer"] = "underscore",
            ["note"] = "Who?",
            ["page"] = "/body/DocFragment[2]/body/p[1]/text().0",
            ["pageno"] = 3,
            ["pos0"] = "/body/DocFragment[2]/body/p[1]/text().0",
            ["pos1"] = "/body/DocFragment[2]/body/p[1]/text().9",
            ["text"] = "The house",
            ["text_edited"] = true,
        },
    },
    ["datetime"] = "2026-11-03 10:00:00",
    ["device_id"] = "0F1E2D",
}
"""
    assert koreader_settings.is_settings(path.name.lower(), content)
    book = koreader_settings.read_book(content, path)
    assert book.title == "Old House"
    assert book.files[0] == tmp_path / "Old House.epub"
    (note,) = book.notes
    assert (note.quote, note.note, note.style, note.colour) == (
        "The house",
        "Who?",
        "underline",
        "sage",
    )
    assert note.place.count("DocFragment[2]") == 2


def test_koreaders_notes_of_the_other_engine_are_read_too(tmp_path: Path) -> None:
    content = b"""return {
    ["annotations"] = {},
    ["annotations_rolling"] = {[1] = {["text"] = "kept", ["drawer"] = "lighten",
        ["pos0"] = "/body/p[1]/text().0", ["pos1"] = "/body/p[1]/text().4"}},
}
"""
    book = koreader_settings.read_book(content, tmp_path / "a.sdr" / "metadata.epub.lua")
    assert [note.quote for note in book.notes] == ["kept"]


def test_a_note_that_readest_has_from_koreader_is_found_by_its_xpointers(tmp_path: Path) -> None:
    start, end = (f"/body/DocFragment[2]/body/p[1]/text().{at}" for at in (0, 9))
    note = {"type": "annotation", "text": "The house", "xpointer0": start, "xpointer1": end}
    content = json.dumps({"booknotes": [{**note, "id": "1", "global": True, "page": 3}]}).encode()
    (read,) = readest_config.read_book(content, tmp_path / "hash" / "config.json").notes
    assert read.place == f"{start} {end}"
