"""Notes as a page of Markdown, for Obsidian and the like, that can be written again in place.

Each note stands between two comments that carry its block's id, which never changes. What is
written below the second one is the user's and stays, wherever the note goes; so is what stands
below the comments that end the head and the page, and what others put into the front matter. What
somebody wrote into the head goes below it: the comment that ends the head tells what we wrote.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from reader.annotations.appearance import HIGHLIGHT
from reader.annotations.exchange.note_words import (
    closed_markdown,
    day_of,
    escaped_markdown,
    kind_words,
    markdown_note,
    plain_line,
    replied,
)
from reader.annotations.exchange.notes_alone.note_template import (
    FieldValue,
    NoteTemplate,
    TemplateText,
    filled,
    filled_front_matter,
    parsed_template,
)
from reader.annotations.exchange.text_with_notes import NotedPassage, TextWithNotes
from reader.text.address import text_key
from reader.values import replaced, value

HEAD_FIELDS = ("title", "authors", "file", "link", "count", "language")
NOTE_FIELDS = (
    "quote",
    "note",
    "tags",
    "heading",
    "date",
    "changed",
    "colour",
    "style",
    "state",
    "link",
    "details",
    "id",
)

_STAYS = "what you write below stays"
_PAGE_END = f"<!-- sv-end: {_STAYS} -->"
_BEGIN = re.compile(r"<!-- (sv-[0-9a-f]{12}) -->\s*")
_END = re.compile(r"<!-- (sv-[0-9a-f]{12}): .*-->\s*")
_MARK = re.compile(r"<!-- (sv-notes|sv-end)(?: (\w+))?(?: (\w+))?: .*-->\s*")


def write_page(text: TextWithNotes, template: TemplateText, existing: bytes | None) -> bytes:
    """Return the page of a text's notes; `existing` is the file as it was written before.

    Raises:
        TemplateRefused: the template can't be used.
    """
    parts = parsed_template(template, HEAD_FIELDS, NOTE_FIELDS)
    before = (existing or b"").decode("utf-8-sig", "surrogateescape")
    has_crlf = "\r\n" in before
    page = _page(text, parts, _of_this_text(text, _parsed(before.replace("\r\n", "\n"))))
    if has_crlf:
        page = page.replace("\n", "\r\n")
    # a note may hold half a character, an existing file bytes that are no UTF-8
    safe = re.sub("[\ud800-\udc7f\udd00-\udfff]", "\ufffd", page)
    return safe.encode("utf-8", "surrogateescape")


def block_id(name: str) -> str:
    """Return the id of a note's block: the same for the same annotation, on every machine."""
    return f"sv-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:12]}"


def marks_in(page: bytes) -> frozenset[str]:
    """Return by what a page written here is known: its text's key, its blocks; nothing of another.

    They stay the same wherever the page is put and whatever it is called.
    """
    parsed = _parsed(page.decode("utf-8-sig", "replace").replace("\r\n", "\n"))
    if not parsed.text_key:
        return frozenset()
    return frozenset({parsed.text_key, *(block.id for block in parsed.blocks)})


def marks_of(text: TextWithNotes) -> frozenset[str]:
    """Return by what the page of a text's notes is known, if there is one: see `marks_in`."""
    names = (block_id(note.annotation.id) for note in text.notes)
    return frozenset({text_key(text.fingerprint), *names})


# The page there is


@value
class _Block:
    """A note of a page: its lines between the comments, and what the user wrote below."""

    id: str
    lines: Sequence[str]
    own: Sequence[str]


@value
class _Page:
    """A page as it is: `own_head` and `own_tail` are the user's, the head is if `is_head_own`.

    `text_key` tells the text it was on when it was written.
    """

    text_key: str
    front_matter: Sequence[str]
    head: Sequence[str]
    is_head_own: bool
    own_head: Sequence[str]
    blocks: Sequence[_Block]
    own_tail: Sequence[str]


def _parsed(text: str) -> _Page:
    lines = text.split("\n") if text else []
    if lines and not lines[-1]:
        lines.pop()  # the last line's end, not a line
    front, lines = _parted(lines)
    head: list[str] = []
    own_head: list[str] = []
    own_tail: list[str] = []
    blocks: list[_Block] = []
    below = own_head
    known: set[str] = set()
    key = digest = ""
    number = 0
    while number < len(lines):
        mark, begin = _MARK.fullmatch(lines[number]), _BEGIN.fullmatch(lines[number])
        # a block that was copied is the user's: its id is taken; so is one without its end
        end = _block_end(lines, number, begin[1]) if begin and begin[1] not in known else None
        if below is own_tail:
            below.append(lines[number])
        elif mark is not None and mark[1] == "sv-end":
            below = own_tail
        elif mark is not None and not blocks:
            head = [line for line in own_head if line.strip()]
            own_head.clear()
            key, digest = mark[2] or "", mark[3] or ""
        elif begin is not None and end is not None:
            known.add(begin[1])
            below = []
            blocks.append(_Block(begin[1], tuple(lines[number + 1 : end]), below))
            number = end
        else:
            below.append(lines[number])
        number += 1
    is_own = bool(head) and _digest(head) != digest
    return _Page(key, front, head, is_own, own_head, blocks, own_tail)


def _digest(head: Sequence[str]) -> str:
    """Return what tells whether somebody else wrote into the head of a page."""
    lines = [line.rstrip() for line in head if line.strip()]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()[:8]


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """Part a page's front matter, without its fences, from what follows."""
    fences = [number for number, line in enumerate(lines) if line.rstrip() == "---"]
    if len(fences) > 1 and fences[0] == 0:
        return lines[1 : fences[1]], lines[fences[1] + 1 :]
    return [], lines


def _block_end(lines: Sequence[str], number: int, name: str) -> int | None:
    """Return the line that ends the block begun in line `number`; None where it was taken out."""
    for further in range(number + 1, len(lines)):
        end = _END.fullmatch(lines[further])
        if end is not None and end[1] == name:
            return further
        begin = _BEGIN.fullmatch(lines[further])
        if begin is not None and begin[1] == name:
            return None
    return None


def _of_this_text(text: TextWithNotes, page: _Page) -> _Page:
    """Return the page; where it is one of another text, all that it holds counts as the user's."""
    names = {block_id(note.annotation.id) for note in text.notes}
    is_same = page.text_key == text_key(text.fingerprint)
    if is_same or not page.blocks or any(block.id in names for block in page.blocks):
        return page
    own = list(page.own_head)
    for block in page.blocks:
        own += [f"<!-- once {block.id} -->", *block.lines, *block.own]
    return replaced(page, own_head=own, blocks=())


# The page there will be


def _page(text: TextWithNotes, template: NoteTemplate, before: _Page) -> str:
    fields = _head_fields(text)
    lines: list[str] = []
    front = _merged(before.front_matter, filled_front_matter(template.front_matter, fields))
    if front:
        lines += ["---", *front, "---", ""]
    head_fields = {
        name: given if name in ("link", "count") else escaped_markdown(_one_line(given))
        for name, given in fields.items()
    }
    head = filled(template.head, head_fields)
    lines += [*head, ""] if head else []
    key = text_key(text.fingerprint)
    lines.append(f"<!-- sv-notes {key} {_digest(head)}: {_STAYS} -->")
    own = [line for line in before.head if line not in head] if before.is_head_own else []
    lines += [*own, *(before.own_head or ("",))]
    for block in _arranged(text, template, before.blocks):
        lines += [f"<!-- {block.id} -->", *block.lines, f"<!-- {block.id}: {_STAYS} -->"]
        lines += block.own or ("",)
    lines += [_PAGE_END, *before.own_tail]
    return "\n".join(lines) + "\n"


def _one_line(given: FieldValue) -> str:
    return plain_line(given if isinstance(given, str) else ", ".join(given))


def _arranged(
    text: TextWithNotes, template: NoteTemplate, before: Sequence[_Block]
) -> Iterator[_Block]:
    """Yield the blocks of the notes in the order of the text, each with what stood below it.

    A block whose note is gone stays behind the one it stood behind, if the user wrote below it.
    """
    wanted = {block_id(note.annotation.id): note for note in text.notes}
    own = {block.id: block.own for block in before}
    left: dict[str, list[_Block]] = {}
    behind = ""
    for block in before:
        if block.id in wanted:
            behind = block.id
        elif any(line.strip() for line in block.own):
            left.setdefault(behind, []).append(block)
    yield from left.get("", ())
    for name, note in wanted.items():
        yield _Block(name, _note_lines(note, name, template), own.get(name, ()))
        yield from left.get(name, ())


def _note_lines(note: NotedPassage, name: str, template: NoteTemplate) -> list[str]:
    fields = _note_fields(note, name)
    lines = [_without_marks(line) for line in filled(template.note, fields)]
    while lines and lines[0] in (f"^{name}", ""):
        del lines[0]  # without a quotation above it, it would name nothing
    if f"^{name}" not in (line.strip() for line in lines) and not any(
        line.endswith(f" ^{name}") for line in lines
    ):
        lines += ["", f"^{name}"]
    return lines


def _without_marks(line: str) -> str:
    """Return a line that can't be taken for a comment of ours; Markdown shows no difference."""
    return line.replace("<!-- sv-", "<\\!-- sv-") if line.startswith("<!-- sv-") else line


def _merged(before: Sequence[str], ours: Sequence[str]) -> list[str]:
    """Return front matter where our keys have their new values and others stay as they are."""
    new = {_key(line): line for line in ours}
    out: list[str] = []
    is_ours = False
    for line in before:
        key = _key(line)
        if key:
            is_ours = key in new
        if key and is_ours:
            out.append(new.pop(key))
        elif not is_ours:
            out.append(line)
    return out + list(new.values())


def _key(line: str) -> str:
    """Return the key that a line of YAML begins an entry with, "" for one that goes on."""
    found = re.match(r"([^\s#:-][^:]*):(\s|$)", line)
    return "" if found is None else found[1].strip()


def _tag(tag: str) -> str:
    """Return a tag as Obsidian takes it: letters, digits, and few signs."""
    return re.sub(r"[^\w/-]+", "-", tag).strip("-")


def _head_fields(text: TextWithNotes) -> dict[str, FieldValue]:
    return {
        "title": text.shown_title,
        "authors": tuple(plain_line(author) for author in text.authors),
        "file": text.file_name,
        "link": text.link,
        "count": f"{len(text.notes)} notes" if len(text.notes) != 1 else "1 note",
        "language": text.language or "",
    }


def _note_fields(note: NotedPassage, name: str) -> dict[str, FieldValue]:
    annotation = note.annotation
    tags = " ".join(f"#{tag}" for tag in map(_tag, annotation.tags) if tag)
    state = "not found in the text" if note.is_lost else ""
    who = replied(annotation) if note.root is not None else kind_words(annotation)
    heading = escaped_markdown(note.heading)
    date = day_of(annotation.created)
    style = "" if annotation.style == HIGHLIGHT else annotation.style
    link = f"[Open in Sottovoce]({note.link})"
    return {
        "quote": escaped_markdown(note.quote.strip("\n")),
        "note": closed_markdown(markdown_note(annotation).strip("\n")),
        "tags": tags,
        "heading": heading,
        "date": date,
        "changed": day_of(annotation.modified),
        "colour": annotation.colour,
        "style": annotation.style,
        "state": state,
        "link": note.link,
        "details": " · ".join(
            part
            for part in (escaped_markdown(who), tags, heading, style, date, state, link)
            if part
        ),
        "id": name,
    }
