"""Notes in HTML are shown as Markdown, and can be edited without losing what was set apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.annotations.editing import with_note, with_tags
from reader.annotations.html_notes import markdown_of, words_of
from reader.annotations.model import annotation_from_json
from tests.annotations.documents import LATER, annotation_json


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        pytest.param("plain", "plain", id="no markup"),
        pytest.param("<p>one</p>\n<p>two</p>", "one\n\ntwo", id="paragraphs"),
        pytest.param("a<br>b<br/><br>c", "a\nb\n\nc", id="line breaks"),
        pytest.param(
            "a <b> bold </b>and <i>so</i> on", "a **bold** and *so* on", id="around words"
        ),
        pytest.param("<i><b>both</b></i> <s>gone</s>", "***both*** ~~gone~~", id="nested"),
        pytest.param(
            '<a href="http://e.org/a_(b)">a <em>link</em></a>',
            "[a *link*](http://e.org/a_%28b%29)",
            id="a link",
        ),
        pytest.param("<a name=x>anchor</a>", "anchor", id="a link to nowhere"),
        pytest.param("<ul><li>one<li>two<ol><li>in</ol></ul>", "- one\n- two\n  1. in", id="lists"),
        pytest.param("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b", id="a list in a list"),
        pytest.param("<h2>Head</h2>text", "## Head\n\ntext", id="a heading"),
        pytest.param("<blockquote><p>one</p>two</blockquote>", "> one\n>\n> two", id="a quotation"),
        pytest.param("<pre>x = 1\n  y *= 2</pre>", "```\nx = 1\n  y *= 2\n```", id="code lines"),
        pytest.param("<code>a`b</code>", "``a`b``", id="code"),
        pytest.param("<table><tr><th>a<td>b<tr><td>c</table>", "a | b\nc", id="a table"),
        pytest.param('<img src="x.png" alt="a gull">', "a gull", id="a picture"),
        pytest.param("a<!-- no --><script>alert(1)</script><style>b{}</style>c", "ac", id="unseen"),
        pytest.param("<p dir=rtl>שלום <b>עולם</b> 🕊</p>", "שלום **עולם** 🕊", id="other scripts"),
        pytest.param("a &lt; b &amp; c", "a < b & c", id="entities"),
        pytest.param("<p>not <b>closed", "not **closed**", id="not closed"),
        pytest.param("<p>bell \x07</p>", "bell", id="a control character"),
        pytest.param("<p>half \ud83d</p>", "half", id="half a character"),
        pytest.param("<p>", "", id="nothing"),
        pytest.param("  ", "", id="white space"),
    ],
)
def test_what_a_reader_sees_of_html(html: str, markdown: str) -> None:
    assert markdown_of(html) == markdown


@pytest.mark.parametrize(
    "words",
    [
        "*not* _so_ **much** ~~this~~ `code` [link](x) \\ back",
        "# no heading",
        "- no list",
        "12) no list",
        "&gt; no quotation",
        "---",
        "x &lt;b&gt; y",
        "2*3*4 and snake_case_name",
    ],
)
def test_signs_in_the_words_of_html_are_no_markup(words: str) -> None:
    rendered = MarkdownIt().enable("strikethrough").render(markdown_of(f"<p>{words}</p>"))
    assert rendered == f"<p>{words}</p>\n"


@given(st.text())
def test_any_text_is_read_somehow_and_as_often(text: str) -> None:
    assert markdown_of(text) == markdown_of(text).strip()
    words_of(text)


def test_deeply_nested_html_keeps_its_words() -> None:
    assert markdown_of("<div>" * 100 + "deep" + "</div>" * 100) == "deep"
    assert markdown_of("<i>" * 100 + "deep" + "</i>" * 100).strip("*") == "deep"


def test_a_note_in_html_is_edited_as_markdown_and_keeps_its_markup() -> None:
    html = {"type": "TextualBody", "value": "<p>So <b>bold</b></p>", "format": "text/html"}
    annotation = annotation_from_json(annotation_json(body={**html, "language": "en"}))
    assert (annotation.note_text, annotation.note_format) == ("So **bold**", "text/markdown")
    assert annotation.raw["body"] == {**html, "language": "en"}, "as long as nobody edits it"
    tagged = with_tags(annotation, ("new",), LATER)
    assert annotation.raw["body"] in tagged.raw["body"]  # type: ignore[operator]
    edited = with_note(annotation, "So **bold**, and more", LATER)
    assert edited.raw["body"] == {
        "type": "TextualBody",
        "value": "So **bold**, and more",
        "format": "text/markdown",
        "language": "en",
    }


def test_a_tag_in_html_is_its_words() -> None:
    tag = {"type": "TextualBody", "value": "<b>bold</b> one", "format": "text/html"}
    annotation = annotation_from_json(annotation_json(body={**tag, "purpose": "tagging"}))
    assert annotation.tags == ("bold one",)
