"""What a card in the margin says: the value the margin is told, and the words on it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from reader.annotations.appearance import HIGHLIGHT, SQUIGGLE, STRIKE, UNDERLINE
from reader.annotations.model import AnnotationId
from reader.annotations.plain_words import first_words
from reader.text.document import Place
from reader.values import value

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

LEADS_HERE = "leads here"
BEING_READ = "being read"
NOTE_PLACEHOLDER = "Write here…"

SPOKEN_STYLES = {
    HIGHLIGHT: "Highlight",
    UNDERLINE: "Underlined",
    STRIKE: "Struck out",
    SQUIGGLE: "Wavy underline",
}
"""What screen readers say of a passage marked so."""


class CardKind(StrEnum):
    """What the annotation is for; a highlight is one without a note.

    A linked place is none: notes elsewhere lead to it.
    """

    NOTE = "note"
    HIGHLIGHT = "highlight"
    BOOKMARK = "bookmark"
    LINKED_PLACE = "linked place"


@value
class CardLink:
    """What can be pressed on a card to go to another note."""

    words: str
    address: str


@value
class CardContent:
    """One annotation as the margin shows it.

    `place` is where its passage begins, None for one that was not found; `quote` is the passage's
    text, shown where it is not in the text any more. `state` is a word or two at the right
    of the meta line; `notice` is a sentence of its own: what went wrong and what to do.
    `created` is in any time zone, shown in the local one. A note that `is_markdown` is rendered,
    another one shown as it is.
    """

    id: AnnotationId
    place: Place | None
    kind: CardKind
    colour: str
    note_markdown: str = ""
    tags: tuple[str, ...] = ()
    created: datetime | None = None
    state: str = ""
    notice: str = ""
    quote: str = ""
    is_markdown: bool = True
    is_editable: bool = True
    depth: int = 0
    """Of a reply in its thread, from 1; 0 for a card of its own."""
    by: str = ""
    """Who wrote a reply."""
    replies: int = 0
    """To the note, in all."""
    thread_words: str = ""
    """What unfolds the replies that aren't shown, or folds them; "" where there are few."""
    links_here: tuple[CardLink, ...] = ()
    """From the notes that link to this one."""
    gone_links: tuple[str, ...] = ()
    """Addresses in the note that lead to nothing any more."""
    style: str = HIGHLIGHT


def meta_words(card: CardContent, now: datetime) -> str:
    """Return the meta line's left part: who replied, tags, then the day it was written."""
    if card.kind is CardKind.LINKED_PLACE:
        return LEADS_HERE
    words = [card.by] if card.by else []
    words += [f"#{tag}" for tag in card.tags]
    if card.created is not None:
        words.append(day_words(card.created, now))
    return "   ".join(words)


def day_words(moment: datetime, now: datetime) -> str:
    """Return "2 Nov", with the year if it isn't this one; both moments are taken locally."""
    return date_words(moment.astimezone(now.tzinfo).date(), now.date())


def date_words(day: date, today: date | None = None) -> str:
    """Return "2 Nov", with the year if it isn't that of `today`."""
    words = f"{day.day} {_MONTHS[day.month - 1]}"
    return words if today is not None and day.year == today.year else f"{words} {day.year}"


def spoken_description(card: CardContent, *, is_being_read: bool) -> str:
    """Return what a screen reader says of the card."""
    match card.kind:
        case CardKind.NOTE:
            name = f"Reply by {card.by}" if card.by else "Reply" if card.depth else "Note"
            parts = [f"{name}: {card.note_markdown.strip()}"]
            if card.style != HIGHLIGHT and not card.depth:
                parts.append(SPOKEN_STYLES[card.style].lower())
        case CardKind.HIGHLIGHT:
            parts = [f"{SPOKEN_STYLES[card.style]} without a note"]
        case CardKind.BOOKMARK:
            parts = [f"Bookmark {card.note_markdown.strip()}".strip()]
        case CardKind.LINKED_PLACE:
            parts = [f"Linked from {first_words(card.note_markdown)}"]
    if card.quote:
        parts.append(f"on “{card.quote}”")
    parts += [f"tag {tag}" for tag in card.tags]
    if card.replies:
        parts.append("1 reply" if card.replies == 1 else f"{card.replies} replies")
    parts += [f"linked from “{link.words}”" for link in card.links_here]
    if is_being_read:
        parts.append(BEING_READ)
    parts += [words for words in (card.state, card.notice) if words]
    return ", ".join(parts)


def parsed_tags(text: str) -> tuple[str, ...]:
    """Read what was typed in the tag field: tags parted by commas, or each behind a "#"."""
    if "#" in text:
        parts = text.replace(",", " #").split("#")
    else:
        parts = text.split(",") if "," in text else text.split()
    names = (" ".join(part.split()) for part in parts)
    return tuple(dict.fromkeys(name for name in names if name))


def tag_field_text(tags: tuple[str, ...]) -> str:
    """Return the tags as they are typed; `parsed_tags` reads the same ones back."""
    return " ".join(f"#{tag}" for tag in tags)
