"""Notes and places from calibre, Foliate, KOReader and Readest come to the texts they are on."""

from __future__ import annotations

import base64
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from reader.annotations.anchoring.values import Anchor
from reader.annotations.editing import with_note, with_tags
from reader.annotations.exchange.note_formats import read_notes
from reader.annotations.model import BOOKMARKING, Annotation
from reader.annotations.placing import placed_annotations
from reader.annotations.store import AnnotationStore
from reader.app.intake import Intake
from reader.app.other_readers import BroughtIn, OtherReaders, usual_places
from reader.app.wording import brought_in_words
from reader.formats.registry import open_document
from reader.library.catalogue import Catalogue
from reader.library.holdings import Holding, Holdings
from reader.storage.database import Database
from reader.text.document import Place, Span
from tests.formats.epub.epub_books import page, write_book

CHAPTERS = (
    "<p>All was quiet in the house. Only the clock went on, and the rain.</p>",
    "<p>Each letter was typewritten, even to the signature.</p><p>No man’s hand wrote it.</p>",
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "books" / "A quiet house.epub"
    path.parent.mkdir()
    files = {f"{number}.xhtml": page(body) for number, body in enumerate(CHAPTERS)}
    return write_book(path, files)


def found(database: Database, path: Path) -> list[tuple[str, str, str, str]]:
    """Return where the notes stand: the passage now, the note, the colour, the state."""
    document = open_document(path)
    rows = []
    for annotation, anchor in placed_annotations(AnnotationStore(database), document):
        span = anchor.span
        text = "" if span is None else document.sections[span.section].text[span.start : span.end]
        rows.append((text, annotation.note_text, annotation.colour, anchor.state.value))
    return rows


def the_text(database: Database) -> Holding:
    (text,) = Holdings(database).texts()
    return text


KOREADER = r"""-- we can read Lua syntax here!
return {
    ["annotations"] = {
        [1] = {
            ["chapter"] = "One",
            ["color"] = "blue",
            ["datetime"] = "2026-01-05 21:14:08",
            ["drawer"] = "lighten",
            ["note"] = "A \"quiet\"\
note",
            ["pos0"] = "/body/DocFragment[1]/body/p/text().8",
            ["text"] = "quiet in the house",
        },
        [2] = { ["datetime"] = "2026-01-06 08:00:00", ["page"] = "/body", ["text"] = "in One" },
    },
    ["doc_props"] = { ["title"] = "A Book" },
    ["percent_finished"] = 0.5,
}
"""


def test_koreader_beside_the_book(database: Database, book: Path) -> None:
    folder = book.with_suffix(".sdr")
    folder.mkdir()
    (folder / "metadata.epub.lua").write_text(KOREADER, encoding="utf-8")
    report = OtherReaders(database).bring_in(book.parent)
    assert (report.added, report.text_count, report.place_count) == (1, 1, 1)
    (row,) = found(database, book)
    assert row[:3] == ("quiet in the house", 'A "quiet"\nnote', "sky")
    assert the_text(database).progress == 0.5


def koreader_file(book: Path, note: str, updated: str) -> None:
    folder = book.with_suffix(".sdr")
    folder.mkdir(exist_ok=True)
    content = f"""return {{ ["annotations"] = {{ [1] = {{
        ["color"] = "blue", ["drawer"] = "lighten",
        ["datetime"] = "2026-01-05 21:14:08", {updated} ["note"] = "{note}",
        ["page"] = "/body/DocFragment[1]/body/p/text().8",
        ["pos0"] = "/body/DocFragment[1]/body/p/text().8",
        ["pos1"] = "/body/DocFragment[1]/body/p/text().26",
        ["text"] = "quiet in the house" }} }}, ["doc_props"] = {{ ["title"] = "A Book" }} }}"""
    (folder / "metadata.epub.lua").write_text(content, encoding="utf-8")


def brought_in_note(database: Database, book: Path) -> tuple[BroughtIn, Annotation]:
    report = OtherReaders(database).bring_in(book.parent)
    document = open_document(book)
    (note,) = AnnotationStore(database).of_document(document.fingerprint)
    return report, note


def test_a_note_written_on_in_the_other_app_is_written_on_here(
    database: Database, book: Path
) -> None:
    koreader_file(book, "First.", "")
    _, note = brought_in_note(database, book)
    assert note.modified is None
    store, text = AnnotationStore(database), open_document(book)
    tagged = with_tags(note, ("mine",), datetime(2026, 1, 6, tzinfo=UTC))
    store.write(text.fingerprint, {tagged.id: tagged})
    koreader_file(book, "First, then more.", '["datetime_updated"] = "2026-01-07 10:00:00",')
    report, note = brought_in_note(database, book)
    assert (report.added, report.changed) == (0, 1)
    assert (note.note_text, note.tags, note.colour) == ("First, then more.", ("mine",), "sky")
    assert note.modified == datetime(2026, 1, 7, 10, tzinfo=UTC)
    report, _ = brought_in_note(database, book)
    assert (report.added, report.changed) == (0, 0)


def test_a_note_written_on_here_later_than_in_the_other_app_stays(
    database: Database, book: Path
) -> None:
    koreader_file(book, "First.", "")
    _, note = brought_in_note(database, book)
    mine = with_note(note, "Mine.", datetime(2026, 1, 9, tzinfo=UTC))
    store, text = AnnotationStore(database), open_document(book)
    store.write(text.fingerprint, {mine.id: mine})
    koreader_file(book, "Theirs.", '["datetime_updated"] = "2026-01-07 10:00:00",')
    report, note = brought_in_note(database, book)
    assert (report.added, report.changed, note.note_text) == (0, 0, "Mine.")


KOREADER_PLACES = r"""return {
    ["annotations"] = {
        [1] = {
            ["datetime"] = "2026-06-01 09:00:00",
            ["drawer"] = "lighten",
            ["page"] = "/body/DocFragment[2]/body/p[2]/text().0",
            ["pos0"] = "/body/DocFragment[2]/body/p[2]/text().0",
            ["pos1"] = "/body/DocFragment[2]/body/p[2]/text().8",
            ["text"] = "No man’s",
        },
        [2] = {
            ["chapter"] = "One",
            ["datetime"] = "2026-06-02 09:00:00",
            ["page"] = "/body/DocFragment[1]/body/p/text().26",
            ["pageno"] = 1,
            ["text"] = "in One",
        },
    },
    ["cre_dom_version"] = 20240114,
    ["doc_props"] = { ["title"] = "A Book" },
    ["last_xpointer"] = "/body/DocFragment[2]/body/p[2]/text().3",
    ["percent_finished"] = 0.1,
}
"""


def test_koreaders_own_places_are_followed(database: Database, book: Path) -> None:
    folder = book.with_suffix(".sdr")
    folder.mkdir()
    (folder / "metadata.epub.lua").write_text(KOREADER_PLACES, encoding="utf-8")
    report = OtherReaders(database).bring_in(book.parent)
    assert (report.added, report.place_count, report.faults) == (2, 1, [])
    assert last_place(database, book) == HAND
    (mark,) = [anchor.span for a, anchor in placed(database, book) if a.motivation == BOOKMARKING]
    assert mark == Span(0, 26, 26)
    assert "No man’s" in [row[0] for row in found(database, book)]


def test_a_bookmark_of_koreader_before_2024(database: Database, book: Path) -> None:
    folder = book.with_suffix(".sdr")
    folder.mkdir()
    mark = '["page"] = "/body/DocFragment[1]/body/p/text().26", ["notes"] = "in One"'
    (folder / "metadata.epub.lua").write_text(
        f'return {{ ["bookmarks"] = {{ [1] = {{ {mark}, ["text"] = "" }} }} }}', encoding="utf-8"
    )
    assert OtherReaders(database).bring_in(book.parent).added == 1
    assert [anchor.span for _, anchor in placed(database, book)] == [Span(0, 26, 26)]


KOREADER_BEFORE_2024 = """return {
    ["bookmarks"] = {
        [1] = { ["datetime"] = "2020-01-05 21:14:08", ["highlighted"] = true,
                ["notes"] = "the clock went on", ["text"] = "It never stops" },
        [2] = { ["datetime"] = "2020-01-05 21:20:00", ["highlighted"] = true,
                ["notes"] = "and the rain", ["text"] = "Page 1 and the rain @ 2020-01-05" },
    },
    ["highlight"] = {
        [1] = { [1] = { ["datetime"] = "2020-01-05 21:14:08", ["text"] = "the clock went on" },
                [2] = { ["datetime"] = "2020-01-05 21:20:00", ["text"] = "and the rain" } },
    },
    ["stats"] = { ["title"] = "A Book" },
}
"""


def test_koreader_before_2024(database: Database, book: Path, tmp_path: Path) -> None:
    Intake(database).add([book])
    folder = tmp_path / "docsettings" / "elsewhere.sdr"
    folder.mkdir(parents=True)
    (folder / "metadata.epub.lua").write_text(KOREADER_BEFORE_2024, encoding="utf-8")
    report = OtherReaders(database).bring_in(tmp_path / "docsettings")
    assert report.added == 2  # by its title
    assert [row[:2] for row in found(database, book)] == [
        ("the clock went on", "It never stops"),
        ("and the rain", ""),
    ]


BOOKMARK = {
    "type": "bookmark",
    "pos_type": "epubcfi",
    "timestamp": "2026-06-29T03:21:48.895323+00:00",
}
HAND = Place(1, len("Each letter was typewritten, even to the signature.\n\nNo "))
"""Before "man’s hand"."""


def placed(database: Database, path: Path) -> list[tuple[Annotation, Anchor]]:
    return list(placed_annotations(AnnotationStore(database), open_document(path)))


def last_place(database: Database, path: Path) -> Place | None:
    return Catalogue(database).last_place(open_document(path), path)


def calibre_highlight(quote: str, note: str = "") -> dict[str, object]:
    return {
        "type": "highlight",
        "uuid": quote,
        "timestamp": "2026-06-29T03:21:48.895323+00:00",
        "start_cfi": "/2/4/2/1:3",
        "end_cfi": "/2/4/2/1:9",
        "spine_index": 0,
        "highlighted_text": quote,
        "notes": note,
        "style": {"kind": "color", "type": "builtin", "which": "green"},
    }


def test_a_calibre_library(database: Database, book: Path, tmp_path: Path) -> None:
    library = tmp_path / "Calibre Library"
    folder = library / "Somebody" / "A quiet house (7)"
    folder.mkdir(parents=True)
    there = Path(shutil.copy(book, folder / "A quiet house - Somebody.epub"))
    with closing(sqlite3.connect(library / "metadata.db")) as connection, connection:
        connection.executescript(
            "CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT, path TEXT);"
            "CREATE TABLE data (book INTEGER, format TEXT, name TEXT);"
            "CREATE TABLE annotations (book INTEGER, annot_data TEXT, timestamp REAL);"
            "CREATE TABLE last_read_positions (book INTEGER, cfi TEXT, pos_frac REAL, epoch REAL);"
        )
        connection.execute("INSERT INTO books VALUES (7, 'A Book', 'Somebody/A quiet house (7)')")
        connection.execute("INSERT INTO data VALUES (7, 'EPUB', 'A quiet house - Somebody')")
        connection.execute(
            "INSERT INTO last_read_positions VALUES (7, ?, 0.25, 1)", ("epubcfi(/4/2/4/4/1:3)",)
        )
        listed = [
            calibre_highlight("typewritten", "by whom?"),
            calibre_highlight("a passage that stands nowhere in it"),
            {**calibre_highlight("removed"), "removed": True},
            {"type": "last-read", "pos": "epubcfi(/2)", "pos_type": "epubcfi"},
            {**BOOKMARK, "title": "the hand", "pos": "epubcfi(/4/2/4/4/1:3)"},
            {**BOOKMARK, "title": "nowhere", "pos": "epubcfi(/400/2/4/4/1:3)"},
        ]
        connection.executemany(
            "INSERT INTO annotations VALUES (7, ?, 1)", [(json.dumps(one),) for one in listed]
        )
    report = OtherReaders(database).bring_in(library)
    assert (report.added, report.text_count, report.place_count) == (4, 1, 1)
    rows = found(database, there)
    assert rows[0][:3] == ("typewritten", "by whom?", "sage")
    assert rows[1][3] == "orphan"
    assert the_text(database).path == there
    assert last_place(database, there) == HAND
    places = {a.note_text: anchor.span for a, anchor in placed(database, there)}
    assert (places["the hand"], places["nowhere"]) == (Span(1, HAND.offset, HAND.offset), None)
    again = OtherReaders(database).bring_in(library)
    assert (again.added, again.changed, again.place_count) == (0, 0, 0)


def test_of_words_that_stand_in_several_places_calibres_own_place_tells_which(
    database: Database, book: Path
) -> None:
    text = CHAPTERS[0].removeprefix("<p>")
    last = text.rindex("the")
    ends = {
        "spine_index": 0,
        "start_cfi": f"/2/4/2/1:{last}",
        "end_cfi": f"/2/4/2/1:{last + 3}",
    }
    content = json.dumps([{**calibre_highlight("the"), **ends}])
    kept = book.with_name("kept.calibre_annotation_collection")
    kept.write_text(content, encoding="utf-8")
    document = open_document(book)
    read = read_notes(kept.read_bytes(), kept, document)
    AnnotationStore(database).import_file(book, document, read)
    ((_, anchor),) = placed(database, book)
    assert anchor.span is not None
    assert (anchor.span, anchor.needs_look) == (Span(0, last, last + 3), False)


def test_what_calibre_put_into_the_book(database: Database, book: Path) -> None:
    content = json.dumps([calibre_highlight("signature")]).encode()
    with ZipFile(book, "a") as archive:
        archive.writestr(
            "META-INF/calibre_bookmarks.txt",
            b"encoding=json+base64:\n" + base64.encodebytes(content),
        )
    Intake(database).add([book])
    assert OtherReaders(database).bring_in(book.parent).added == 1
    assert [row[0] for row in found(database, book)] == ["signature"]


def test_foliate_by_the_address_of_the_book(database: Database, book: Path, tmp_path: Path) -> None:
    data = tmp_path / "com.github.johnfactotum.Foliate"
    (data / "library").mkdir(parents=True)
    annotation = {
        "value": "epubcfi(/6/4!/4/2,/1:0,/1:11)",
        "color": "yellow",
        "text": "No man’s hand",
        "note": "whose?",
        "created": "2026-01-02T03:04:05.000Z",
    }
    kept = {
        "lastLocation": "epubcfi(/6/4!/4/4,/1:3,/1:9)",
        "progress": [3, 4],
        "annotations": [annotation],
        "bookmarks": ["epubcfi(/6/2!/4/2/1:7)"],
        "metadata": {"identifier": "urn:x 1", "title": "Another title"},
    }
    (data / "urn%3Ax%201.json").write_text(json.dumps(kept), encoding="utf-8")
    stored = {"uris": [["urn:x 1", book.as_uri()]]}
    (data / "library" / "uri-store.json").write_text(json.dumps(stored), encoding="utf-8")
    report = OtherReaders(database).bring_in(data)
    assert (report.added, report.faults) == (2, [])
    assert ("No man’s hand", "whose?", "apricot") in [row[:3] for row in found(database, book)]
    assert last_place(database, book) == HAND
    (mark,) = [anchor.span for a, anchor in placed(database, book) if a.motivation == BOOKMARKING]
    assert mark == Span(0, 7, 7)


def test_foliate_by_the_path_of_a_book_below_the_home_folder(
    database: Database, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    there = tmp_path / "My books" / "100% #1.epub"
    there.parent.mkdir()
    shutil.copy(book, there)
    data = tmp_path / ".local" / "share" / "com.github.johnfactotum.Foliate"
    (data / "library").mkdir(parents=True)
    kept = {
        "lastLocation": "epubcfi(/6/4!/4/4,/1:3,/1:9)",
        "annotations": [{"value": "epubcfi(/6/4!/4/2,/1:0,/1:11)", "text": "No man’s hand"}],
        "metadata": {"identifier": "urn:x 1", "title": "Another title"},
    }
    (data / "urn%3Ax%201.json").write_text(json.dumps(kept), encoding="utf-8")
    stored = {"uris": [["urn:x 1", "~/My books/100% #1.epub"]]}
    (data / "library" / "uri-store.json").write_text(json.dumps(stored), encoding="utf-8")
    assert OtherReaders(database).bring_in(data).added == 1
    assert [row[0] for row in found(database, there)] == ["No man’s hand"]


def test_readest_where_it_reads_a_book_in_its_own_place(
    database: Database, book: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "Readest" / "Books" / "abc123"
    folder.mkdir(parents=True)
    listed = {"hash": "abc123", "title": "Another title", "filePath": str(book)}
    library = json.dumps([{"hash": "else", "title": "Else"}, listed])
    (folder.parent / "library.json").write_text(library, encoding="utf-8")
    noted = {"id": "1", "type": "annotation", "cfi": "epubcfi(/6/2!/4)", "text": "the rain"}
    config = {"schemaVersion": 3, "booknotes": [{**noted, "note": "", "style": "underline"}]}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    assert OtherReaders(database).bring_in(folder.parent).added == 1
    assert [row[0] for row in found(database, book)] == ["the rain"]


def test_koreader_is_looked_for_wherever_it_keeps_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setattr("sys.platform", "linux")
    flatpak = tmp_path / ".var" / "app" / "rocks.koreader.KOReader" / "config"
    folders = [tmp_path / "settings" / "koreader" / "hashdocsettings"]
    folders.append(flatpak / "koreader" / "docsettings")
    for folder in folders:
        folder.mkdir(parents=True)
    assert usual_places() == tuple(("KOReader", folder) for folder in folders)


def test_readest_beside_its_copy(database: Database, book: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Readest" / "Books" / "abc123"
    folder.mkdir(parents=True)
    there = Path(shutil.copy(book, folder / "A quiet house.epub"))
    noted = {"id": "1", "type": "annotation", "cfi": "epubcfi(/6/2!/4)", "text": "the rain"}
    config = {
        "booknotes": [
            {**noted, "note": "again", "color": "red", "createdAt": 1767323045000},
            {**noted, "text": "gone", "note": "", "deletedAt": 1767323045000},
        ],
        "progress": [1, 10],
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    assert OtherReaders(database).bring_in(folder.parent).added == 1
    assert [row[:3] for row in found(database, there)] == [("the rain", "again", "rose")]


def test_notes_on_a_book_that_is_not_here_are_told(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "nowhere.sdr"
    folder.mkdir()
    (folder / "metadata.epub.lua").write_text(KOREADER, encoding="utf-8")
    report = OtherReaders(database).bring_in(tmp_path)
    assert report.unmatched == ["A Book"]
    words = brought_in_words([report])
    assert words == ("There was no note to bring in. Add these texts first, then again: A Book")


def test_broken_files_are_told_and_the_others_come_in(database: Database, book: Path) -> None:
    folder = book.with_suffix(".sdr")
    folder.mkdir()
    (folder / "metadata.epub.lua").write_text(KOREADER, encoding="utf-8")
    (folder / "metadata.pdf.lua").write_text("return os.execute('x')", encoding="utf-8")
    (book.parent / "metadata.db").write_bytes(b"no database" * 100)
    (book.parent / "any.json").write_text('{"booknotes": 3}', encoding="utf-8")
    report = OtherReaders(database).bring_in(book.parent)
    assert report.added == 1
    assert len(report.faults) == 3


def test_words_for_what_came_in() -> None:
    report = BroughtIn(added=1, text_count=1, place_count=2)
    assert brought_in_words([report]) == "1 note brought in, on 1 text. Places found in 2."
