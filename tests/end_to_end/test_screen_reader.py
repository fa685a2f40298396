"""The real window as a screen reader finds it, over the accessibility bus of the desktop."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.desk import Desk, wait_until
from tests.end_to_end.screen_reader import ENVIRONMENT, ScreenReader, Thing

pytestmark = pytest.mark.end_to_end

TEXT = "# A heading\n\n" + "\n\n".join(
    f"Paragraph {number} begins here. It goes on for long enough to take more than one line of the "
    "column, with a 🙂 in it and an é, so that lines are more than paragraphs."
    for number in range(1, 4)
)
TEXT += "\n\nAt last **strong**, *slanted*, ~~gone~~ and [linked](https://example.org) words."
_NAMELESS = frozenset(("filler", "scroll bar", "label"))
"""Roles of what holds other things, or says what it is by its place."""


class Reading:
    """The window with a text, and who reads it."""

    def __init__(self, desk: Desk, reader: ScreenReader) -> None:
        self.desk, self.reader = desk, reader

    @property
    def text(self) -> Thing:
        """The text in the window."""
        return self.reader.find("document")

    def press(self, key: str) -> None:
        """Press a key."""
        self.desk.press(key)

    def wait_for_caret_from(self, offset: int) -> None:
        """Return once the caret is there or behind."""
        wait_until(lambda: self.reader.caret(self.text) >= offset, f"no caret from {offset} on")

    def wait_for_focus(self, role: str, name: str = "") -> None:
        """Return once something like this has the keyboard's focus."""

        def has_focus() -> bool:
            focused = self.reader.focused()
            return focused.role == role and name in focused.name

        wait_until(has_focus, f"no focus on {role} {name!r}")


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    folder = tmp_path_factory.mktemp("reading")
    (folder / "a text.md").write_text(TEXT, encoding="utf-8")
    program: list[str | Path] = [sys.executable, "-m", "reader", "--data-dir", folder / "data"]
    with Desk() as desk:
        desk.start(*program, folder / "a text.md", environment=ENVIRONMENT)
        desk.wait_for_window("Sottovoce")
        with ScreenReader(desk) as reader:
            yield Reading(desk, reader)


def test_all_that_can_have_the_focus_has_a_name(reading: Reading) -> None:
    window = reading.reader.window()
    assert (window.role, window.name) == ("frame", "A heading — Sottovoce")
    things = list(reading.reader.below(window))
    assert len(things) > 15
    assert not [thing for thing in things if not thing.name and thing.role not in _NAMELESS]
    assert not [thing for thing in things if "focusable" in thing.states and not thing.name]


def test_its_lines_are_those_on_the_screen(reading: Reading) -> None:
    text, reader = reading.text, reading.reader
    whole = reader.text(text)
    assert whole.count("\n\n") == TEXT.count("\n\n")
    found = {reader.line_at(text, offset) for offset in range(0, len(whole), 5)}
    found = {line for line in found if line[0].strip()}
    lines = [words for words, _, _ in sorted(found, key=lambda line: line[1])]
    assert "".join("".join(lines).split()) == "".join(whole.split())
    assert lines[0] == "A heading"
    assert 3 * 2 + 2 <= len(lines) <= 3 * 4 + 3
    tops = sorted((start, reader.box_of(text, start)[1]) for _, start, _ in found)
    assert [top for _, top in tops] == sorted({top for _, top in tops})
    left, top, width, height = reader.box_of(text, whole.index("🙂"))
    assert 0 < left < 1280
    assert 0 < top < 900
    assert width > 5
    assert height > 10


def test_a_heading_has_its_role_and_level(reading: Reading) -> None:
    heading = reading.reader.find("heading", "A heading")
    assert reading.reader.attributes(heading)["level"] == "1"
    before = reading.text
    assert [t.name for t in reading.reader.below(before) if t.role == "heading"] == ["A heading"]


def test_pointing_finds_the_word_or_the_heading(reading: Reading) -> None:
    text, reader = reading.text, reading.reader
    whole = reader.text(text)

    def found_at(offset: int) -> tuple[Thing, int]:
        left, top, width, height = reader.box_of(text, offset)
        x, y = left + width // 2, top + height // 2
        return reader.at_point(x, y), reader.offset_at_point(text, x, y)

    for words in ("begins here", "so that lines", "strong"):
        offset = _utf16(whole, whole.index(words))
        found, there = found_at(offset)
        assert (found.path, there) == (text.path, offset)
    assert found_at(0)[0].role == "heading"


def test_how_words_look_is_told(reading: Reading) -> None:
    text, reader = reading.text, reading.reader
    whole = reader.text(text)

    def look_of(word: str) -> dict[str, str]:
        start = _utf16(whole, whole.index(word))
        look, first, end = reader.look_at(text, start)
        assert (first, end) == (start, start + len(word))
        return look

    plain, _, _ = reader.look_at(text, _utf16(whole, whole.index("At last")))
    assert "weight" not in plain
    assert plain["style"] == "normal"
    heading = look_of("A heading")
    assert heading["weight"] == "bold"
    assert float(heading["size"].rstrip("pt")) > float(plain["size"].rstrip("pt")) > 10
    assert look_of("strong")["weight"] == "bold"
    assert look_of("slanted")["style"] == "italic"
    assert look_of("linked")["underline"] == "single"
    assert look_of("gone")["strikethrough"] == "true"


def test_a_marked_passage_is_told_by_its_ground(reading: Reading) -> None:
    text, reader = reading.text, reading.reader
    start = reader.text(text).index("begins here")
    _, first, end = reader.look_at(text, start)
    assert end - first > len("begins here")
    reader.select(text, start, start + len("begins here"))
    reading.press("h")
    passage = (start, start + len("begins here"))
    wait_until(lambda: reader.look_at(text, start)[1:] == passage, "the passage is not told")
    marked, _, _ = reader.look_at(text, start)
    beside, _, _ = reader.look_at(text, start - 2)
    assert marked["bg-color"] != beside.get("bg-color")
    reading.press("ctrl+z")
    wait_until(lambda: reader.look_at(text, start)[1:] != passage, "the mark is still told")


def test_the_arrow_keys_go_through_the_lines_once_they_are_asked_to(reading: Reading) -> None:
    text, reader = reading.text, reading.reader
    assert "F7" in text.description
    reading.press("F7")
    for number in range(3):
        _, _, end = reader.line_at(text, reader.caret(text))
        reading.press("Down")
        reading.wait_for_caret_from(end)
        line, start, _ = reader.line_at(text, reader.caret(text))
        assert start >= end, number
        assert line.strip(), number
    reading.press("F7")


def test_a_screen_reader_can_move_the_caret(reading: Reading) -> None:
    text, reader = reading.text, reading.reader
    reader.set_caret(text, 40)
    reading.press("F7")
    reading.press("Right")
    wait_until(lambda: reader.caret(text) == 41, "it was not where it had been put")
    reading.press("F7")


def test_what_opens_is_a_dialog_with_a_name_and_gives_the_focus_back(reading: Reading) -> None:
    for key, name in (("s", "Speed"), ("r", "What is read"), ("v", "Voices"), ("F1", "Keys")):
        reading.press(key)
        opened = reading.reader.find("dialog", name)
        assert opened.name == name
        reading.press("Escape")
        reading.wait_for_focus("document")


def test_a_choice_is_told_as_one(reading: Reading) -> None:
    reading.press("s")
    speeds = reading.reader.find("dialog", "Speed")
    (chosen,) = [
        thing
        for thing in reading.reader.below(speeds)
        if thing.role == "radio button" and "checked" in thing.states
    ]
    assert chosen.name == "1.0×"
    reading.press("Escape")
    reading.wait_for_focus("document")


def test_how_far_the_voice_is_can_be_heard_and_moved(reading: Reading) -> None:
    reader = reading.reader
    line = reader.find("slider")
    reader.set_value(line, 50)
    wait_until(lambda: 40 <= reader.value(line) <= 60, "the voice does not go there")
    while reader.focused().role != "slider":
        reading.press("Tab")
    reading.press("Home")
    wait_until(lambda: reader.value(line) == 0, "the voice does not go back")


def test_what_is_said_in_passing_is_a_notification(reading: Reading) -> None:
    reading.press("ctrl+v")
    assert "address" in reading.reader.find("notification").name


def _utf16(text: str, offset: int) -> int:
    """Return an offset as Qt counts it on the bus."""
    return len(text[:offset].encode("utf-16-le")) // 2
