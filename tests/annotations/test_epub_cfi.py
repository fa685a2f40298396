"""Where an EPUB CFI leads in a content document, also once its elements have changed."""

from __future__ import annotations

import pytest

from reader.annotations.epub_cfi import Path, place_in
from reader.text.markup import MarkupElement, MarkupPiece, MarkupText


def markup_of(*paragraphs: tuple[str, str]) -> MarkupText:
    """Return a document's body with these paragraphs: the id and the text of each."""
    head = MarkupElement("head", "", 0, 1, 1)
    around = [MarkupElement("html", "", -1, 1, 1), head, MarkupElement("body", "", 0, 2, 1)]
    inside = [
        MarkupElement("p", name, 2, number, number)
        for number, (name, _) in enumerate(paragraphs, 1)
    ]
    pieces = [MarkupPiece(text, 3 + number, 0) for number, (_, text) in enumerate(paragraphs)]
    return MarkupText((*around, *inside), tuple(pieces))


SECOND = Path(((4, ""), (4, "two"), (1, "")), 3)
"""Three units into the text of the body's second element, whose id was "two"."""


def test_steps_lead_to_a_piece_and_code_points_into_it() -> None:
    assert place_in(markup_of(("one", "First."), ("two", "Second.")), SECOND) == (1, 3)


def test_offsets_count_utf16_units() -> None:
    assert place_in(markup_of(("one", "First."), ("two", "\U0001f3ac at last")), SECOND) == (1, 2)


@pytest.mark.parametrize(
    ("paragraphs", "piece"),
    [
        pytest.param((("new", "New."), ("one", "1."), ("two", "Second.")), 2, id="moved on"),
        pytest.param((("two", "Second."),), 0, id="moved up"),
        pytest.param((("one", "First."), ("other", "Second.")), 1, id="renamed"),
    ],
)
def test_where_elements_have_changed_the_asserted_id_goes_before_the_number(
    paragraphs: tuple[tuple[str, str], ...], piece: int
) -> None:
    assert place_in(markup_of(*paragraphs), SECOND) == (piece, 3)


def test_what_is_gone_is_nowhere() -> None:
    assert place_in(markup_of(("one", "First.")), SECOND) is None
