"""What must hold of every Document, whatever it was made from."""

from __future__ import annotations

from reader.text.document import BlockKind, Document, InlineKind, Section, fingerprint_of

_MAY_BE_EMPTY = {BlockKind.RULE, BlockKind.FIGURE}


def assert_sound(document: Document) -> None:
    """Fail where offsets, order or fingerprint of the document contradict each other."""
    assert document.title
    if isinstance(document.sections, tuple):  # lazy ones are known by their sources
        assert document.fingerprint == fingerprint_of([s.text for s in document.sections])
    for number, section in enumerate(document.sections):
        assert section.index == number
        _assert_blocks_sound(section)
        _assert_inlines_sound(section)
        assert all(0 <= offset <= len(section.text) for offset in section.anchors.values())
        section.text.encode("utf-8")


def _assert_blocks_sound(section: Section) -> None:
    end = 0
    for block in section.blocks:
        assert end <= block.start <= block.end <= len(section.text)
        between = section.text[end : block.start]
        assert not between.strip(), f"{between!r} is in no block"
        assert block.start < block.end or block.kind in _MAY_BE_EMPTY
        assert block.kind is not BlockKind.HEADING or 1 <= block.level <= 6
        assert block.kind is BlockKind.FIGURE or not block.picture
        assert (block.cell is not None) <= (block.kind is BlockKind.TABLE_CELL)
        end = block.end
    assert not section.text[end:].strip()


def _assert_inlines_sound(section: Section) -> None:
    starts = [inline.start for inline in section.inlines]
    assert starts == sorted(starts)
    number = 0
    for inline in section.inlines:
        # a picture that nothing describes stands between two characters, or behind a block's last
        is_empty = inline.kind is InlineKind.PICTURE and inline.start == inline.end
        assert inline.start < inline.end or is_empty
        while section.blocks[number].end < inline.start + (not is_empty):
            number += 1
        block = section.blocks[number]
        assert block.start <= inline.start
        assert inline.end <= block.end
