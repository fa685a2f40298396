"""A note's Markdown as a text document: nothing loaded, nothing run, set in Inter."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from reader.text.address import SCHEME
from reader.ui.look.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl

TEXT_PX = 13.5
LINE_HEIGHT_PX = 20.25
_PARAGRAPH_GAP_PX = 6.0
_LIST_GAP_PX = 2.0
_LIST_INDENT_PX = 16.0
_CODE_PX = 12.5
SMALL_PX = 11.5
_BOLD_WEIGHT = 600

_FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
_BARE_ADDRESS = re.compile(rf"(?<![(<`\w]){SCHEME}:[^\s<>()\[\]`]*[^\s<>()\[\]`.,;:!?*_~]")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_STARTS_A_BLOCK = re.compile(
    r" {0,3}(?:#{1,6}(?:\s|$)|>|[-+*]\s|\d{1,9}[.)]\s|=+\s*$|([-_*])(?:\s*\1)*\s*$)| {4}|\t|\s*$"
)
_CONTINUED = "\u2003"
"""Begins a line that only breaks the paragraph before it: Qt makes a paragraph of it."""


class NoteDocument(QTextDocument):
    """A document that loads nothing: no picture, no style sheet, from no place."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Refuse every resource."""
        return None


def render_note(
    source: str,
    theme: Theme,
    width_px: float,
    *,
    is_markdown: bool = True,
    gone: Collection[str] = (),
) -> NoteDocument:
    """Return the note laid out `width_px` wide (already scaled), in the theme's present colours.

    HTML is shown as it was typed; pictures by their names; a line break in the source breaks the
    line, as people who write notes expect. Links to the addresses that are `gone` are struck out.
    """
    document = NoteDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setIndentWidth(theme.px(_LIST_INDENT_PX))
    document.setDefaultFont(theme.interface_font(TEXT_PX))
    if is_markdown:
        document.setMarkdown(_with_line_breaks(_with_links(source.strip())), _FEATURES)
    else:
        document.setPlainText(source.strip())
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        _style_runs(cursor, block, theme, gone)
        _style_block(cursor, block, theme)
        block = block.next()
    document.setTextWidth(width_px)
    return document


def small_links(links: Sequence[tuple[str, str]], theme: Theme, width_px: float) -> NoteDocument:
    """Return small print that can be pressed, a line each: words, and an address or ""."""
    document = NoteDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(theme.interface_font(SMALL_PX))
    cursor = QTextCursor(document)
    metrics = QFontMetricsF(theme.interface_font(SMALL_PX))
    for number, (words, address) in enumerate(links):
        if number:
            cursor.insertBlock()
        run = QTextCharFormat()
        run.setFont(theme.interface_font(SMALL_PX))
        run.setForeground(theme.palette.soft)
        if address:
            run.setAnchor(True)
            run.setAnchorHref(address)
            run.setForeground(theme.palette.accent)
        cursor.insertText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, width_px), run)
    document.setTextWidth(width_px)
    return document


def links_in(document: QTextDocument) -> list[tuple[str, str]]:
    """Return the links of a rendered note, in order and each address once: words and address."""
    words: dict[str, str] = {}
    block = document.begin()
    while block.isValid():
        for form in block.textFormats():
            address = form.format.anchorHref()
            if address:
                run = block.text()[form.start : form.start + form.length]
                words[address] = words.get(address, "") + run
        block = block.next()
    return [(said, address) for address, said in words.items()]


def whole_lines_height(document: QTextDocument, limit_px: float) -> float:
    """Return the height of the lines that fit into `limit_px` whole; at least of the first."""
    fitting = 0.0
    block = document.begin()
    while block.isValid():
        top = document.documentLayout().blockBoundingRect(block).top()
        layout = block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            bottom = top + line.y() + line.height()
            if bottom > limit_px and fitting:
                return fitting
            fitting = bottom
        block = block.next()
    return fitting


def note_line_format(theme: Theme) -> QTextBlockFormat:
    """Return the format of a line of a note, rendered or being written."""
    lines = QTextBlockFormat()
    lines.setLineHeight(
        theme.px(LINE_HEIGHT_PX), QTextBlockFormat.LineHeightTypes.FixedHeight.value
    )
    return lines


def _with_links(source: str) -> str:
    """Return the Markdown with addresses of ours, typed as they are, made links."""
    if f"{SCHEME}:" not in source:
        return source
    return _BARE_ADDRESS.sub(lambda found: f"[link]({found[0]})", source)


def _with_line_breaks(source: str) -> str:
    """Return the Markdown with its single line breaks made to count, and marked where they do."""
    lines: list[str] = []
    is_in_fence = False
    may_go_on = False
    for line in source.splitlines():
        if _FENCE.match(line):
            is_in_fence = not is_in_fence
            may_go_on = False
        elif is_in_fence or "|" in line or _STARTS_A_BLOCK.match(line):
            may_go_on = not is_in_fence and re.match(r" {0,3}(?:>|[-+*]\s|\d)", line) is not None
        else:
            if may_go_on:
                lines[-1] += "  "
                line = _CONTINUED + line.lstrip()
            may_go_on = True
        lines.append(line)
    return "\n".join(lines)


def _style_block(cursor: QTextCursor, block: QTextBlock, theme: Theme) -> None:
    was = block.blockFormat()
    lines = note_line_format(theme)
    gap = _LIST_GAP_PX if block.textList() is not None else _PARAGRAPH_GAP_PX
    is_code_line = was.hasProperty(
        QTextFormat.Property.BlockCodeFence
    ) and block.previous().blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
    if block.blockNumber() == 0 or is_code_line or block.text().startswith(_CONTINUED):
        gap = 0.0
    lines.setTopMargin(theme.px(gap))
    lines.setBottomMargin(0.0)
    if was.hasProperty(QTextFormat.Property.BlockQuoteLevel):
        lines.setLeftMargin(theme.px(_LIST_INDENT_PX))
    cursor.setPosition(block.position())
    cursor.mergeBlockFormat(lines)
    cursor.setBlockCharFormat(_run_format(QTextCharFormat(), theme))
    if block.text().startswith(_CONTINUED):
        cursor.deleteChar()


def _style_runs(
    cursor: QTextCursor, block: QTextBlock, theme: Theme, gone: Collection[str]
) -> None:
    runs: list[tuple[int, int, QTextCharFormat]] = []
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        runs.append((fragment.position(), fragment.length(), fragment.charFormat()))
        iterator += 1
    for start, length, was in reversed(runs):
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        if was.isImageFormat():
            image = was.toImageFormat()
            name = image.property(QTextFormat.Property.ImageAltText) or image.name()
            cursor.insertText(f"[{name}]", _run_format(QTextCharFormat(), theme))
        else:
            run = _run_format(was, theme)
            if was.isAnchor() and was.anchorHref() in gone:
                run.setForeground(theme.palette.soft)
                run.setFontUnderline(False)
                run.setFontStrikeOut(True)
            cursor.setCharFormat(run)


def _run_format(was: QTextCharFormat, theme: Theme) -> QTextCharFormat:
    """Say again what Markdown said of a run, in our type and colours."""
    weight = _BOLD_WEIGHT if was.fontWeight() > QFont.Weight.Normal.value else 400
    run = QTextCharFormat()
    if was.fontFixedPitch() or was.fontFamilies() == ["monospace"]:
        run.setFont(theme.code_font(_CODE_PX, weight))
    else:
        run.setFont(theme.interface_font(TEXT_PX, weight, italic=was.fontItalic()))
    run.setForeground(theme.palette.ink)
    run.setFontStrikeOut(was.fontStrikeOut())
    if was.isAnchor():
        run.setAnchor(True)
        run.setAnchorHref(was.anchorHref())
        run.setForeground(theme.palette.accent)
        run.setFontUnderline(True)
    return run
