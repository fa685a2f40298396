"""Words are found in the texts that hold them, at their places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library.search import searching
from reader.library.search.index import SearchableNote, SearchIndex
from reader.library.search.index_file import IndexFile
from reader.library.search.query import parse_query
from reader.library.search.searching import Found, search_notes, search_places
from reader.storage.texts import TextId
from reader.text.document import Block, BlockKind, Document, Section, fingerprint_of
from tests.annotations.documents import document_of

LETTERS = document_of(
    "Each letter was typewritten, even to the signature, in no man's hand.",
    "A café. The quick houses of the town were letting their rooms.",
)
HANDS = document_of("He had big hands. They were handsome hands.", title="Hands")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[IndexFile]:
    opened = IndexFile(tmp_path / "search.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def index(file: IndexFile) -> SearchIndex:
    index = SearchIndex(file)
    put(index, 1, LETTERS)
    put(index, 2, HANDS)
    return index


def put(index: SearchIndex, text: int, document: Document) -> None:
    for _ in index.add(TextId(text), document):
        pass


def find(file: IndexFile, typed: str, *texts: int) -> Found:
    return search_places(file, parse_query(typed), [TextId(text) for text in texts or (1, 2)])


def words(file: IndexFile, typed: str) -> set[tuple[int, str]]:
    """Return what was found: the text's number, and the words at the place in it."""
    documents = {1: LETTERS, 2: HANDS}
    return {
        (place.text, documents[place.text].sections[place.section].text[place.start : place.end])
        for place in find(file, typed).places
    }


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hand", {(1, "hand"), (2, "hands")}),
        ("HAND", {(1, "hand"), (2, "hands")}),
        ("cafe", {(1, "café")}),
        ("house", {(1, "houses")}),
        ('"no man\'s hand"', {(1, "no man's hand")}),
        ('"hand no"', set()),
        ("handso*", {(2, "handsome")}),
        ("hand NEAR/9 letter", set()),
        ("hand NEAR letter", {(1, "letter")}),
        ("signature NEAR/4 hand", {(1, "signature")}),
        ("hand letter", {(1, "letter")}),
        ("hand -letter", {(2, "hands")}),
        ("big OR quick", {(1, "quick"), (2, "big")}),
        ("nowhere", set()),
    ],
)
def test_words_are_found(file: IndexFile, typed: str, found: set[tuple[int, str]]) -> None:
    assert words(file, typed) == found


@pytest.mark.usefixtures("index")
def test_what_was_found_is_counted_and_marked(file: IndexFile) -> None:
    found = find(file, "hand")
    assert (found.place_count, found.text_count) == (2, 2)
    excerpt = next(place for place in found.places if place.text == 2).excerpt
    assert [excerpt.text[start:end] for start, end in excerpt.marks] == ["hands", "hands"]


@pytest.mark.usefixtures("index")
def test_a_search_in_some_texts_finds_nothing_in_others(file: IndexFile) -> None:
    found = find(file, "hand", 2)
    assert {place.text for place in found.places} == {2}
    assert (found.place_count, found.text_count) == (1, 1)


@pytest.fixture
def much(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have too much in the index to be ranked."""
    put(index, 3, document_of(*(f"a hand, number {number}" for number in range(30))))
    monkeypatch.setattr(searching, "_MOST_RANKED", 5)


@pytest.mark.usefixtures("much")
@pytest.mark.parametrize("typed", ["hand", "han*"])
def test_too_much_to_rank_is_taken_from_each_text_in_the_order_wanted(
    file: IndexFile, typed: str
) -> None:
    found = search_places(file, parse_query(typed), _ids(2, 3, 1), most=12)
    assert (found.place_count, found.text_count) == (32, 3)
    assert [place.text for place in found.places] == [2, 3, 3, 3, 3, 1]
    shown = [place.excerpt for place in found.places]
    assert all(e.text[slice(*e.marks[0])].startswith("hand") for e in shown)


@pytest.mark.usefixtures("much")
@pytest.mark.parametrize("typed", ["hand", "han*"])
def test_what_is_narrowed_to_some_texts_is_counted_in_them_alone(
    file: IndexFile, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = parse_query(typed)
    found = search_places(file, query, _ids(3, 2), is_narrowed=True)
    assert (found.place_count, found.text_count) == (31, 2)
    assert {place.text for place in found.places} == {2, 3}
    monkeypatch.setattr(searching, "_MANY_TEXTS", 2)  # then one of each is enough
    found = search_places(file, query, _ids(3, 2), is_narrowed=True)
    assert [place.text for place in found.places] == [3, 2]


@pytest.mark.usefixtures("much")
@pytest.mark.parametrize("typed", ["hand", "han*"])
@pytest.mark.parametrize("most_ranges", [20, 1])
def test_too_much_to_look_at_is_counted_and_shown_the_same(
    file: IndexFile, typed: str, most_ranges: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "_LOOKED_AT", 5)
    monkeypatch.setattr(searching, "_MOST_RANGES", most_ranges)
    query = parse_query(typed)
    found = search_places(file, query, _ids(2, 3, 1))
    assert (found.place_count, found.text_count) == (32, 3)
    narrowed = search_places(file, query, _ids(3, 1), is_narrowed=True)
    assert (narrowed.place_count, narrowed.text_count) == (31, 2)
    assert {place.text for place in narrowed.places} == {1, 3}


@pytest.mark.usefixtures("much")
def test_texts_read_long_ago_are_looked_at_where_the_others_have_nothing(
    file: IndexFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "_LOOKED_AT", 5)
    monkeypatch.setattr(searching, "_MOST_TEXTS", 1)
    found = search_places(file, parse_query("hand"), _ids(9, 2, 3))
    assert {place.text for place in found.places} == {2}
    assert found.place_count == 32


def _ids(*texts: int) -> list[TextId]:
    return [TextId(text) for text in texts]


def test_other_languages_than_english_are_not_stemmed(file: IndexFile, index: SearchIndex) -> None:
    german = Document(
        "Ein Text",
        (),
        "de",
        (Section(0, "", "Die Hände", (Block(0, 9, BlockKind.PARAGRAPH),)),),
        fingerprint_of(["Die Hände"]),
    )
    put(index, 3, german)
    assert [place.text for place in find(file, "hande", 3).places] == [3]
    assert not find(file, "hand", 3).places
    assert [place.text for place in find(file, "hand*", 3).places] == [3]


def test_words_of_scripts_without_spaces_are_found_where_they_are(
    file: IndexFile, index: SearchIndex
) -> None:
    text = "今日は図書館で本を読んだ。"
    put(index, 3, document_of(text))
    (place,) = find(file, "図書館", 3).places
    assert text[place.start : place.end] == "図書館"
    assert place.excerpt.text == text
    assert not find(file, "館図", 3).places


def test_a_text_put_in_anew_is_found_as_it_is_now(file: IndexFile, index: SearchIndex) -> None:
    put(index, 1, document_of("Nothing of that is left."))
    assert {place.text for place in find(file, "hand").places} == {2}
    assert {place.text for place in find(file, "left").places} == {1}


def test_a_text_taken_out_is_not_found(file: IndexFile, index: SearchIndex) -> None:
    index.remove(TextId(1))
    assert {place.text for place in find(file, "hand").places} == {2}
    assert set(index.indexed_texts()) == {2}


def test_notes_are_found_by_what_they_say_are_on_and_are_tagged_with(file: IndexFile) -> None:
    index = SearchIndex(file)
    notes = [
        SearchableNote(
            TextId(1), "urn:1", "The reverse of dictation.", "handwriting", ("letters",)
        ),
        SearchableNote(TextId(2), "urn:2", "", "his own hand"),
    ]
    index.put_notes(notes, 7)
    assert index.notes_seen() == 7

    def found(typed: str) -> list[tuple[str, bool]]:
        return [(n.id, n.is_quote) for n in search_notes(file, parse_query(typed)).notes]

    assert found("dictations") == [("urn:1", False)]
    assert found("hand") == [("urn:2", True)]
    assert found("tag:letters") == [("urn:1", False)]
    assert found("note:handwriting") == []
    assert found("quote:handwriting") == [("urn:1", True)]
    index.put_notes([SearchableNote(TextId(1), "urn:1", "Changed.")], 8)
    index.put_notes([SearchableNote(TextId(2), "urn:2", is_removed=True)], 9)
    assert found("dictation") == found("hand") == []
    assert found("changed") == [("urn:1", False)]
