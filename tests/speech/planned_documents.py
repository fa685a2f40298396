"""Small documents to be planned, and what must hold of every plan."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reader.speech.engine import Utterance
from reader.speech.planning.planner import Plan
from reader.text.document import (
    Block,
    BlockKind,
    Document,
    Inline,
    Section,
    Span,
    fingerprint_of,
)


def section_of(
    index: int, parts: Sequence[tuple[BlockKind, str]], inlines: Sequence[Inline] = ()
) -> Section:
    """Make a section whose blocks stand two line feeds apart."""
    blocks = []
    text = ""
    for kind, words in parts:
        text += "\n\n" if text else ""
        blocks.append(Block(len(text), len(text) + len(words), kind))
        text += words
    return Section(index, "", text, tuple(blocks), tuple(inlines))


def document_of(*sections: Section, language: str | None = "en") -> Document:
    return Document("", (), language, sections, fingerprint_of(s.text for s in sections))


def paragraphs(*texts: str) -> Document:
    return document_of(section_of(0, [(BlockKind.PARAGRAPH, text) for text in texts]))


def one_block(text: str) -> Document:
    return document_of(Section(0, "", text, (Block(0, len(text), BlockKind.PARAGRAPH),)))


def text_of(document: Document, span: Span) -> str:
    return document.sections[span.section].text[span.start : span.end]


def assert_every_letter_once(document: Document, plan: Plan | None = None) -> None:
    """Check that each letter is skipped, and no word of it said, or else in one utterance."""
    plan = plan or Plan(document)
    utterances, skips = list(plan.utterances()), [skip.span for skip in plan.skipped()]
    for section in document.sections:
        said, passed_over = [0] * len(section.text), [0] * len(section.text)
        for utterance in utterances:
            if utterance.span.section == section.index:
                for at in range(utterance.span.start, utterance.span.end):
                    said[at] += 1
        for span in (skip for skip in skips if skip.section == section.index):
            for at in range(span.start, span.end):
                passed_over[at] += 1
            assert not any(
                utterance.span.section == section.index
                and piece.source_start < span.end
                and span.start < piece.source_end
                for utterance in utterances
                for piece in utterance.pieces
            )
        wrong = [
            i
            for i, letter in enumerate(section.text)
            if letter.isalnum() and (passed_over[i] > 1 or (not passed_over[i] and said[i] != 1))
        ]
        assert not wrong, section.text[max(0, wrong[0] - 20) : wrong[0] + 20]


def assert_sound(utterances: Sequence[Utterance]) -> None:
    """Check what must hold of any utterances: order, and pieces within bounds."""
    assert all(first.span.end <= second.span.start for first, second in pairwise(utterances)
               if first.span.section == second.span.section)  # fmt: skip
    for utterance in utterances:
        assert utterance.spoken.strip()
        assert utterance.pieces
        assert utterance.sentence.start <= utterance.span.start < utterance.span.end
        assert utterance.span.end <= utterance.sentence.end
        for piece in utterance.pieces:
            assert utterance.span.start <= piece.source_start < piece.source_end
            assert piece.source_end <= utterance.span.end
            assert utterance.spoken[piece.spoken_start : piece.spoken_end].strip()
        for first, second in pairwise(utterance.pieces):
            assert first.source_end <= second.source_start
            assert first.spoken_end <= second.spoken_start
