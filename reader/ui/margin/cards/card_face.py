"""How much room a card takes: its note rendered and measured, and where its parts are."""

from __future__ import annotations

from collections import OrderedDict
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF

from reader.text.address import is_address
from reader.ui.look.theme import HIGHLIGHT_COLOURS, Theme
from reader.ui.margin.cards.card import CardContent, CardLink
from reader.ui.margin.cards.note_markdown import (
    LINE_HEIGHT_PX,
    NoteDocument,
    links_in,
    render_note,
    small_links,
    whole_lines_height,
)
from reader.values import value

TEXT_LEFT_PX = 18.0
TEXT_RIGHT_PX = 15.0
TEXT_TOP_PX = 12.0
BOTTOM_PX = 13.0
META_GAP_PX = 4.0
META_HEIGHT_PX = 17.0
COMPACT_HEIGHT_PX = 32.0
LEADER_PX = 22.0
"""How far below a card's top its leader arrives: the middle of the note's first line."""

_FOLDED_LINES = 8
_FOLDED_CHARACTERS = 1500
_CHARACTERS_A_LINE = 40
_MORE_HEIGHT_PX = 20.0
_DOT_STEP_PX = 18.0
_TOOL_PX = 18.0
_KEPT_FACES = 200
_INDENT_PX = 14.0
_DEEPEST_INDENT = 3
_THREAD = "thread:"
_LINKS_SHOWN = 4


@value
class CardLook:
    """What holds for a card at this moment, beside what it says."""

    is_spoken: bool = False
    is_focused: bool = False
    is_hovered: bool = False
    is_unfolded: bool = False
    is_being_edited: bool = False


class PartKind(StrEnum):
    """What a part of a card is for."""

    MORE = "more"
    LINK = "link"
    THREAD = "thread"
    REPLY = "reply"
    COLOUR = "colour"
    DELETE = "delete"


@value
class CardPart:
    """A part that does something when pressed; `value` is a link's address or a colour."""

    kind: PartKind
    value: str = ""

    @property
    def explanation(self) -> str:
        """Return what is said of it before it is pressed: where a link leads, what a tool does."""
        match self.kind:
            case PartKind.LINK:
                return "" if is_address(self.value) else self.value
            case PartKind.REPLY:
                return "Reply (A)"
            case PartKind.COLOUR:
                return f"{self.value.capitalize()} ({HIGHLIGHT_COLOURS.index(self.value) + 1})"
            case PartKind.DELETE:
                return "Delete (Del)"
            case PartKind.MORE | PartKind.THREAD:
                return ""


@value
class CardFace:
    """A card measured: its height in px, its rendered texts, and how much of the note is shown."""

    height: float
    note: NoteDocument | None
    note_height: float
    quote: NoteDocument | None
    quote_height: float
    notice: NoteDocument | None
    below: NoteDocument | None
    """The notes that link here, and what unfolds a thread."""
    is_long: bool
    is_one_line: bool


class CardFaces:
    """Measures cards `width` px wide. Faces are kept until the theme or width changes."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._width = theme.px(318)
        self._faces: OrderedDict[tuple[CardContent, bool], CardFace] = OrderedDict()

    @property
    def width(self) -> float:
        """How wide cards are, in px."""
        return self._width

    def indent_of(self, card: CardContent) -> float:
        """Return how far a reply's card stands inside the one it answers, in px."""
        return self._theme.px(min(card.depth, _DEEPEST_INDENT) * _INDENT_PX)

    def text_width_of(self, card: CardContent) -> float:
        """Return how wide the note inside a card is, in px."""
        return self._width - self.indent_of(card) - self._theme.px(TEXT_LEFT_PX + TEXT_RIGHT_PX)

    def text_width_in(self, box: QRectF) -> float:
        """Return how wide the note inside a card at `box` is, in px."""
        return box.width() - self._theme.px(TEXT_LEFT_PX + TEXT_RIGHT_PX)

    def set_width(self, width: float) -> None:
        """Take another width; everything is measured anew."""
        if width != self._width:
            self._width = width
            self.forget()

    def forget(self) -> None:
        """Measure everything anew: the theme changed."""
        self._faces.clear()

    def estimated_height(self, card: CardContent) -> float:
        """Return about how high the card is, in px, from its number of characters alone.

        Hundreds of cards may crowd each other; rendering each just to find that out takes too long.
        """
        lines = min(_FOLDED_LINES, -(-len(card.note_markdown) // _CHARACTERS_A_LINE)) or 1
        return self._theme.px(
            TEXT_TOP_PX + lines * LINE_HEIGHT_PX + META_GAP_PX + META_HEIGHT_PX + BOTTOM_PX
        )

    def face(self, card: CardContent, *, is_unfolded: bool) -> CardFace:
        """Return the card measured, from what is kept or anew."""
        key = (card, is_unfolded)
        face = self._faces.get(key)
        if face is None:
            face = self._faces[key] = self._measured(card, is_unfolded=is_unfolded)
            if len(self._faces) > _KEPT_FACES:
                self._faces.popitem(last=False)
        else:
            self._faces.move_to_end(key)
        return face

    def _measured(self, card: CardContent, *, is_unfolded: bool) -> CardFace:
        px = self._theme.px
        width = self.text_width_of(card)
        source = card.note_markdown
        note = None
        note_height = 0.0
        is_long = False
        if source.strip():
            shown = source if is_unfolded else source[:_FOLDED_CHARACTERS]
            note = render_note(
                shown, self._theme, width, is_markdown=card.is_markdown, gone=card.gone_links
            )
            note_height = note.size().height()
            fold_height = px(LINE_HEIGHT_PX) * _FOLDED_LINES
            # a note one line too long is shown whole: "more" would take as much room
            is_long = len(source) > _FOLDED_CHARACTERS or note_height > fold_height * 1.2
            if is_long and not is_unfolded:
                note_height = whole_lines_height(note, fold_height)
        quote = self._small_text(f"“{card.quote}”", width) if card.quote else None
        notice = self._small_text(card.notice, width) if card.notice else None
        quote_height = 0.0 if quote is None else quote.size().height() + px(META_GAP_PX)
        below = self._below(card, width)
        is_one_line = (
            note is None and quote is None and notice is None and below is None and not card.tags
        )
        height = px(TEXT_TOP_PX + BOTTOM_PX) + note_height + quote_height
        if note is None and quote is None:
            height += px(LINE_HEIGHT_PX)
        if is_long:
            height += px(_MORE_HEIGHT_PX)
        if not is_one_line:
            height += px(META_GAP_PX + META_HEIGHT_PX)
        if below is not None:
            height += px(META_GAP_PX) + below.size().height()
        if notice is not None:
            height += px(META_GAP_PX) + notice.size().height()
        return CardFace(
            height, note, note_height, quote, quote_height, notice, below, is_long, is_one_line
        )

    def links_of(self, card: CardContent) -> list[CardLink]:
        """Return all that can be gone to from a card: what its note links to, what links to it."""
        note = self.face(card, is_unfolded=True).note
        written = [] if note is None else links_in(note)
        there = [CardLink(words, address) for words, address in written]
        return there + [CardLink(f"← {link.words}", link.address) for link in card.links_here]

    def _below(self, card: CardContent, width: float) -> NoteDocument | None:
        """Return what can be pressed under the note; None where there is nothing."""
        links = [(f"← {link.words}", link.address) for link in card.links_here[:_LINKS_SHOWN]]
        rest = len(card.links_here) - _LINKS_SHOWN
        if rest > 0:
            links.append((f"and {rest} more that link here", ""))
        if card.thread_words:
            links.append((card.thread_words, _THREAD))
        return small_links(links, self._theme, width) if links else None

    def _small_text(self, text: str, width: float) -> NoteDocument:
        document = NoteDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(self._theme.interface_font(12, italic=text.startswith("“")))
        document.setPlainText(text if len(text) < 240 else text[:220] + "…”")
        document.setTextWidth(width)
        return document

    # Where things are on a card, in px from the margin's corner

    def note_box(self, box: QRectF, face: CardFace) -> QRectF:
        """Return where the note is on a card that stands at `box`."""
        px = self._theme.px
        top = box.top() + px(TEXT_TOP_PX) + face.quote_height
        width = self.text_width_in(box)
        return QRectF(box.left() + px(TEXT_LEFT_PX), top, width, face.note_height)

    def more_box(self, box: QRectF, face: CardFace) -> QRectF | None:
        """Return where "more" or "less" is pressed, None on a card that is short."""
        if not face.is_long:
            return None
        note = self.note_box(box, face)
        return QRectF(
            note.left(), note.bottom(), self._theme.px(60), self._theme.px(_MORE_HEIGHT_PX)
        )

    def meta_box(self, box: QRectF, face: CardFace) -> QRectF:
        """Return where the line of tags, day and state is; tools stand at its right."""
        px = self._theme.px
        left, width = box.left() + px(TEXT_LEFT_PX), self.text_width_in(box)
        if face.is_one_line:
            return QRectF(left, box.top() + px(TEXT_TOP_PX), width, px(LINE_HEIGHT_PX))
        bottom = box.bottom() - px(BOTTOM_PX)
        if face.notice is not None:
            bottom -= face.notice.size().height() + px(META_GAP_PX)
        return QRectF(left, bottom - px(META_HEIGHT_PX), width, px(META_HEIGHT_PX))

    def below_box(self, box: QRectF, face: CardFace) -> QRectF:
        """Return where the links under the note are; empty where there are none."""
        meta = self.meta_box(box, face)
        height = 0.0 if face.below is None else face.below.size().height()
        top = meta.top() - self._theme.px(META_GAP_PX) - height
        return QRectF(meta.left(), top, meta.width(), height)

    def reply_box(self, meta: QRectF) -> QRectF:
        """Return where a focused card is replied to."""
        return self.delete_box(meta).translated(-self._theme.px(_TOOL_PX + 2), 0)

    def colour_boxes(self, meta: QRectF) -> dict[str, QRectF]:
        """Return where a focused card's colours are chosen, by colour."""
        px = self._theme.px
        step = px(_DOT_STEP_PX)
        left = meta.right() - 2 * px(_TOOL_PX) - step * len(HIGHLIGHT_COLOURS) - px(6)
        return {
            colour: QRectF(left + number * step, meta.center().y() - step / 2, step, step)
            for number, colour in enumerate(HIGHLIGHT_COLOURS)
        }

    def delete_box(self, meta: QRectF) -> QRectF:
        """Return where a focused card is deleted."""
        side = self._theme.px(_TOOL_PX)
        return QRectF(
            meta.right() - side + self._theme.px(2), meta.center().y() - side / 2, side, side
        )

    def part_at(
        self, card: CardContent, box: QRectF, point: QPointF, look: CardLook
    ) -> CardPart | None:
        """Return the part under `point` of a whole card at `box`; None where it's just the card."""
        if look.is_being_edited:
            return None
        face = self.face(card, is_unfolded=look.is_unfolded)
        more = self.more_box(box, face)
        if more is not None and more.contains(point):
            return CardPart(PartKind.MORE)
        note = self.note_box(box, face)
        if face.note is not None and note.contains(point):
            href = face.note.documentLayout().anchorAt(point - note.topLeft())
            return CardPart(PartKind.LINK, href) if href else None
        below = self.below_box(box, face)
        if face.below is not None and below.contains(point):
            href = face.below.documentLayout().anchorAt(point - below.topLeft())
            if href == _THREAD:
                return CardPart(PartKind.THREAD)
            return CardPart(PartKind.LINK, href) if href else None
        if not (look.is_focused and card.is_editable):
            return None
        meta = self.meta_box(box, face)
        if self.delete_box(meta).contains(point):
            return CardPart(PartKind.DELETE)
        if self.reply_box(meta).contains(point):
            return CardPart(PartKind.REPLY)
        if card.depth:
            return None
        for colour, dot in self.colour_boxes(meta).items():
            if dot.contains(point):
                return CardPart(PartKind.COLOUR, colour)
        return None
