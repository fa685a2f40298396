"""Notes as a PDF's own annotations, in a copy and on pages of ours, read back by other programs."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter

from reader.annotations.anchoring import anchor_annotations
from reader.annotations.editing import new_annotation
from reader.annotations.exchange.annotated_texts.pdf_pages import write_pages
from reader.annotations.exchange.note_formats import WritingChoices, writer_for
from reader.annotations.exchange.text_with_notes import (
    TextWithNotes,
    notes_without_text,
    text_with_notes,
)
from reader.annotations.model import Annotation
from reader.errors import NotesNotWritable
from reader.formats.registry import open_document
from reader.text.document import (
    Block,
    BlockKind,
    Document,
    Inline,
    InlineKind,
    Section,
    Span,
    fingerprint_of,
)
from reader.values import replaced
from tests.annotations.documents import NOON
from tests.annotations.exchange.noted_texts import annotation_on, document_with_heading, noted

GOLDEN = Path(__file__).parents[3] / "formats" / "golden"
PAPER = GOLDEN / "latex-two-columns.pdf"


@pytest.fixture(autouse=True)
def quiet_libraries() -> Iterator[None]:
    """Take back what the writers say to loggers of libraries."""
    levels = {name: logging.getLogger(name).level for name in ("fpdf", "fontTools")}
    yield
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def written(text: TextWithNotes) -> bytes:
    choices = WritingChoices(lambda: pytest.fail("no template"), lambda _name: "")
    return writer_for("pdf").write([text], choices)


def note_on(document: Document, passage: str, note: str = "A note.", **more: Any) -> Annotation:
    for section in document.sections:
        start = section.text.find(passage)
        if start >= 0:
            span = Span(section.index, start, start + len(passage))
            return new_annotation(
                document, span, source="a.pdf", created=NOON, note=note, creator="Ada", **more
            )
    raise AssertionError(passage)


def with_notes(path: Path, document: Document, *notes: Annotation) -> TextWithNotes:
    anchors = anchor_annotations(notes, document)
    return text_with_notes(document, path, zip(notes, anchors, strict=True))


def marks(content: bytes) -> list[tuple[int, dict[str, Any]]]:
    """Return the notes of a PDF with their pages."""
    found = []
    for number, page in enumerate(PdfReader(io.BytesIO(content)).pages):
        for reference in page.get("/Annots", ()):
            annotation = reference.get_object()
            if annotation["/Subtype"] in ("/Highlight", "/Text"):
                found.append((number, annotation))
    return found


def words_under(content: bytes, page: int, quads: list[float]) -> str:
    """Return what another library finds below the corners of a highlight."""
    document = pypdfium2.PdfDocument(content)
    shown = document[page]
    text = shown.get_textpage()
    words = []
    for at in range(0, len(quads), 8):
        across = sorted(float(n) for n in quads[at : at + 8 : 2])
        up = sorted(float(n) for n in quads[at + 1 : at + 8 : 2])
        # what only touches the edge is not meant
        inset = min(1.2, (across[-1] - across[0]) / 4, (up[-1] - up[0]) / 4)
        words.append(
            text.get_text_bounded(
                across[0] + inset, up[0] + inset, across[-1] - inset, up[-1] - inset
            )
        )
    text.close()
    shown.close()
    document.close()
    return " ".join(" ".join(words).split())


PASSAGES = ("twelve evenings in a village library", "where neighbours listened to long books")


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_in_a_copy_the_notes_stand_on_their_words_however_the_page_lies(
    tmp_path: Path, rotation: int
) -> None:
    path = tmp_path / "paper.pdf"
    writer = PdfWriter(clone_from=PAPER)
    for page in writer.pages:
        page.rotate(rotation)
    writer.write(path)
    document = open_document(path)
    content = written(with_notes(path, document, *(note_on(document, p) for p in PASSAGES)))
    found = marks(content)
    under = [words_under(content, page, mark["/QuadPoints"]) for page, mark in found]
    # on a page that lies on its side each letter has a box of its own
    assert [words.replace(" ", "") for words in under] == [p.replace(" ", "") for p in PASSAGES]


def test_a_copy_keeps_what_the_pdf_had_and_says_who_when_and_what() -> None:
    document = open_document(PAPER)
    note = note_on(document, PASSAGES[0], "Wozu? 😀 שלום", tags=("paper",), colour="sky")
    content = written(with_notes(PAPER, document, note))
    before, after = PdfReader(PAPER), PdfReader(io.BytesIO(content))
    assert [page.extract_text() for page in after.pages] == [
        page.extract_text() for page in before.pages
    ]
    assert len(after.outline) == len(before.outline)
    ((page, mark),) = marks(content)
    assert page == 0
    assert mark["/T"] == "Ada"
    assert mark["/NM"] == note.id
    assert mark["/M"] == "D:20260501120000Z"
    said = str(mark["/Contents"]).splitlines()
    assert said[:2] == ["Wozu? 😀 שלום", "#paper"]
    assert said[2].startswith("sottovoce:open?text=")
    assert [round(float(part) * 255) for part in mark["/C"]] == [0xCF, 0xE2, 0xF2]


def test_a_passage_across_pages_is_marked_on_each_and_told_once() -> None:
    document = open_document(PAPER)
    section = document.sections[0]
    assert document.printed is not None
    long = new_annotation(
        document,
        Span(0, 40, len(section.text) - 40),
        source="a",
        created=NOON,
        note="All of it.",
    )
    found = marks(written(with_notes(PAPER, document, long)))
    assert [page for page, _ in found] == list(range(document.printed.count))
    assert ["All of it." in mark["/Contents"] for _, mark in found] == [True, False]


def test_notes_without_a_passage_are_stickers() -> None:
    document = open_document(PAPER)
    point = new_annotation(document, Span(0, 300, 300), source="a", created=NOON, note="Here.")
    other = document_with_heading()
    lost = annotation_on(other, "<went> on", "Where?")
    found = marks(written(with_notes(PAPER, document, point, lost)))
    assert [mark["/Subtype"] for _, mark in found] == ["/Text", "/Text"]
    assert "“<went> on”" in found[1][1]["/Contents"]


def test_what_is_too_damaged_to_be_written_to_is_told(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(PAPER.read_bytes())
    document = open_document(path)
    text = with_notes(path, document, note_on(document, PASSAGES[0]))
    path.write_bytes(b"%PDF-1.5\nnothing more")
    with pytest.raises(NotesNotWritable):
        written(text)


def bounds(points: list[float]) -> list[float]:
    """Return what a mark's corners lie in, rounded to a tenth of a point."""
    across, up = points[0::2], points[1::2]
    return [round(edge, 1) for edge in (min(across), min(up), max(across), max(up))]


def test_viewers_find_a_mark_where_it_is_seen() -> None:
    paper = open_document(PAPER)
    own = document_with_heading(("One two three. " * 40,))
    copied = with_notes(PAPER, paper, *(note_on(paper, passage) for passage in PASSAGES))
    for text in (copied, noted(own, annotation_on(own, "two three. " + "One two three. " * 9))):
        for _, mark in marks(written(text)):
            points = [float(number) for number in mark["/QuadPoints"]]
            assert [round(float(edge), 1) for edge in mark["/Rect"]] == bounds(points)


# Texts that are no PDF


def test_a_text_is_set_on_pages_with_its_notes_on_their_words() -> None:
    document = document_with_heading(
        ("One two three four five six.", "Seven eight nine. " * 250, "The end, at last.")
    )
    text = noted(
        document,
        annotation_on(document, "two three four", "First."),
        annotation_on(document, "four five", "On top of it."),
        annotation_on(document, "The end"),
    )
    content = written(text)
    found = marks(content)
    under = [words_under(content, page, mark["/QuadPoints"]) for page, mark in found]
    assert under == ["two three four", "four five", "The end"]
    assert found[-1][0] > 0
    assert [str(mark["/Contents"]).splitlines()[0] for _, mark in found[:2]] == [
        "First.",
        "On top of it.",
    ]
    reader = PdfReader(io.BytesIO(content))
    assert reader.metadata is not None
    assert reader.metadata.title == "The house: a story"


def test_other_scripts_are_set_where_the_machine_has_their_letters() -> None:
    document = document_with_heading(
        ("Ἐν ἀρχῇ ἦν ὁ λόγος.", "В начале было слово.", "היה שקט בבית.", "𠮷 \x00 \u2028 😀")
    )
    text = noted(document, annotation_on(document, "слово"), annotation_on(document, "שקט"))
    content = written(text)
    (first, _) = marks(content)
    assert words_under(content, first[0], first[1]["/QuadPoints"]) == "слово"


@pytest.mark.parametrize(
    ("line", "first", "second"),
    [
        pytest.param("היה שקט בבית, וכולם ישנו.", "היה", "ישנו", id="Hebrew"),
        pytest.param("كان في قديم الزمان ملك عظيم.", "كان", "عظيم", id="Arabic"),
        pytest.param("Kitab قال إن الحيوان كثير.", "Kitab", "كثير", id="begins with a name"),
    ],
)
def test_what_is_written_from_the_right_is_set_from_the_right(
    line: str, first: str, second: str
) -> None:
    document = document_with_heading((line, "And an English line with שקט in it."))
    passages = (first, second, "English", "in it")
    places = [
        [float(n) for n in mark["/Rect"]]
        for _, mark in marks(
            written(noted(document, *(annotation_on(document, passage) for passage in passages)))
        )
    ]
    right_margin = 595 - 25 / 25.4 * 72
    assert places[0][2] == pytest.approx(right_margin, abs=6)
    assert places[1][2] < places[0][0]
    assert places[2][0] < places[3][0] < right_margin


def test_the_bullet_of_an_item_stands_where_its_script_begins() -> None:
    items = ("היה שקט בבית.", "The clock went on.")
    text = "\n".join(items)
    blocks = [
        Block(text.index(item), text.index(item) + len(item), BlockKind.LIST_ITEM, 1, "\u2022")
        for item in items
    ]
    section = Section(0, "", text, tuple(blocks))
    document = Document("Bullets", (), None, (section,), fingerprint_of([text]))
    content = written(noted(document, *(annotation_on(document, one) for one in ("שקט", "clock"))))
    page = pypdfium2.PdfDocument(content)[0].get_textpage()
    bullets = [
        page.get_charbox(number)
        for number in range(page.count_chars())
        if page.get_text_range(number, 1) == "\u2022"
    ]
    assert len(bullets) == 2
    for bullet, (_, mark), is_from_right in zip(
        bullets, marks(content), (True, False), strict=True
    ):
        left, bottom, right, top = (float(n) for n in mark["/Rect"])
        assert bottom < (bullet[1] + bullet[3]) / 2 < top
        assert bullet[0] > right if is_from_right else bullet[2] < left


@pytest.mark.parametrize("more", ["", " שקט"], ids=["plain", "shaped"])
@pytest.mark.parametrize("has_italics", [True, False])
def test_italics_are_there_where_the_text_has_some(has_italics: bool, more: str) -> None:
    plain = document_with_heading((f"All was quiet{more}.",))
    (section,) = plain.sections
    runs = (
        Inline(0, 3, InlineKind.EMPHASIS),
        Inline(section.text.index("quiet"), 16, InlineKind.EMPHASIS),
    )
    document = replaced(plain, sections=(replaced(section, inlines=runs if has_italics else ()),))
    content = written(noted(document, annotation_on(document, "quiet")))
    (page, *_) = PdfReader(io.BytesIO(content)).pages
    fonts: Any = page["/Resources"]
    names = {font.get_object()["/BaseFont"] for font in fonts["/Font"].values()}
    assert any("Italic" in name for name in names) is has_italics
    assert len(marks(content)) == 1


@pytest.mark.parametrize("more", ["", " שקט"], ids=["plain", "shaped"])
def test_a_highlight_on_what_no_typeface_has_stands_between_its_neighbours(more: str) -> None:
    unknown = "\U000e0101\U0001f1e9\U0001f1ea"
    document = document_with_heading((f"Before {unknown} behind it{more}.",))
    passages = ("Before", unknown, "behind")
    content = written(noted(document, *(annotation_on(document, one) for one in passages)))
    found = marks(content)
    before, here, behind = ([float(n) for n in mark["/Rect"]] for _, mark in found)
    assert before[2] < here[0] < here[2] < behind[0]
    assert words_under(content, found[2][0], found[2][1]["/QuadPoints"]) == "behind"


def test_notes_alone_are_set_with_their_passages() -> None:
    document = document_with_heading(("All was quiet, and the rain went on.",))
    notes = [annotation_on(document, "went on", "Where?"), annotation_on(document, "quiet")]
    gone = notes_without_text(document.fingerprint, "Gone", None, notes)
    assert len(marks(write_pages(gone))) == 2
