"""The right importer reads a file, and what one importer needs is loaded for it alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import UnreadableText
from reader.formats.registry import IMPORTERS, SUFFIXES, Importer, is_supported, open_document
from reader.text.document import BlockKind
from tests.formats.sound_documents import assert_sound
from tests.patience import PATIENCE_S


@pytest.mark.parametrize(
    ("name", "content", "first_kind"),
    [
        pytest.param("a.txt", b"# no heading", BlockKind.PARAGRAPH, id="text by its name"),
        pytest.param("a.md", b"# heading", BlockKind.HEADING, id="Markdown by its name"),
        pytest.param("A.HTM", b"<h1>heading</h1>", BlockKind.HEADING, id="HTML by its name"),
        pytest.param(
            "a.txt", b"<!DOCTYPE html><h1>x", BlockKind.PARAGRAPH, id="the name comes first"
        ),
        pytest.param("a", b"\n<!doctype HTML>\n<h1>x", BlockKind.HEADING, id="HTML by its content"),
        pytest.param(
            "a.php", b"\xef\xbb\xbf<html><h1>x", BlockKind.HEADING, id="HTML after a mark"
        ),
        pytest.param("README", b"# no heading", BlockKind.PARAGRAPH, id="anything else is text"),
    ],
)
def test_the_importer_is_chosen_by_name_then_by_content(
    tmp_path: Path, name: str, content: bytes, first_kind: BlockKind
) -> None:
    (tmp_path / name).write_bytes(content)
    assert open_document(tmp_path / name).sections[0].blocks[0].kind is first_kind


def test_a_suffix_belongs_to_one_importer() -> None:
    assert len(set(SUFFIXES)) == len(SUFFIXES)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in SUFFIXES)


@pytest.mark.parametrize(("name", "is_read"), [("a.TXT", True), ("b.md", True), ("c.png", False)])
def test_a_name_tells_whether_it_is_supported(name: str, is_read: bool) -> None:
    assert is_supported(Path(name)) is is_read


def test_reading_plain_text_loads_no_parser_and_no_statistics(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Plain text.")
    program = (
        "import sys; from pathlib import Path\n"
        "from reader.formats.registry import open_document\n"
        f"open_document(Path({str(tmp_path / 'a.txt')!r}))\n"
        "heavy = {'lxml', 'markdown_it', 'charset_normalizer', 'numpy', 'onnxruntime'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_S,
    )
    assert result.stdout.strip() == "[]"


# What importers trip over, more often than chance would make it.
_PIECES = """
<p> </p> <b> <i> </b> <br> <table> <tr> <td> </table> <pre> </pre> <ul> <li> <ol> </ul> <h1> </h1>
<blockquote> <hr> <script> </script> <a%20href=#x> </a> <sup> </sup> <img%20alt=x> <q> </q> <!-- -->
<nav> </nav> <article> <section%20class=footnotes> <p%20id=x> <span%20lang=de> <p%20hidden> &amp;
&#0; &#xD800; &nope; <? <![CDATA[ ]]> # ## * ** _ ` ``` ~~ [a](b) ![c](d) [^1] [^1]:%20note | |-| >
- 1. --- === CHAPTER%20I
"""
_MARKUP = st.sampled_from([piece.replace("%20", " ") for piece in _PIECES.split()])
_BLANKS = st.sampled_from(["\n", "\n\n", " ", "\r", "\f", "\t", "\ufeff", "\0", "\u2028", "\u00a0"])
_TEXTS = st.lists(st.one_of(_MARKUP, _BLANKS, st.text(max_size=8)), max_size=40).map("".join)
_CONTENTS = st.one_of(
    st.binary(max_size=300),
    _TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")),
    _TEXTS.map(
        lambda text: (
            b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>"
            + text.encode("utf-8", "surrogatepass")
            + b"</html>"
        )
    ),
    st.tuples(_TEXTS, st.sampled_from(["utf-16", "cp1252", "utf-32-be"])).map(
        lambda pair: pair[0].encode(pair[1], "replace")
    ),
)


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.name)
@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(content=_CONTENTS)
def test_any_bytes_become_a_sound_document_or_a_typed_error(
    importer: Importer, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / f"x{importer.suffixes[0]}"
    path.write_bytes(content)
    try:
        document = open_document(path)
    except UnreadableText:
        return
    assert_sound(document)
