"""Tests of reader.text.xml_text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reader.text.xml_text import xml_text


@given(st.text(st.characters(), max_size=40))
def test_what_is_left_of_any_text_can_stand_in_xml(text: str) -> None:
    element = etree.Element("p")
    element.text = xml_text(text)
    assert (etree.fromstring(etree.tostring(element)).text or "") == xml_text(text)


def test_letters_of_every_plane_and_line_ends_stay() -> None:
    assert xml_text("a\t\n\r é 漢 😀 \x00\x0b\ud800\uffff!") == "a\t\n\r é 漢 😀 !"
