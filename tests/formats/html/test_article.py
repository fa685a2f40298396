"""Of a saved page the whole main text is kept and its furniture left out; see pages/.

In the pages each piece of the main text begins with KEEP, each piece of furniture with DROP.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader.formats.registry import open_document
from reader.text.document import NoticeKind
from tests.formats.sound_documents import assert_sound

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_main_text_is_kept_and_the_furniture_left_out(page: Path) -> None:
    document = open_document(page)
    assert_sound(document)
    text = document.sections[0].text
    assert text.count("KEEP") == page.read_text(encoding="utf-8").count("KEEP")
    assert re.findall(r"DROP.*", text) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_is_left_out_is_told(page: Path) -> None:
    (notice,) = open_document(page).notices
    assert notice.kind is NoticeKind.LEFT_OUT
    assert notice.count >= page.read_text(encoding="utf-8").count("DROP")


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<div class='comments'><p>one</p></div><p>two</p>", id="a name alone"),
        pytest.param("<header>one</header><p>two</p><footer>three</footer>", id="head and foot"),
        pytest.param("<ul><li><a href='a'>one</a><li><a href='b'>two</a></ul>", id="only links"),
        pytest.param("<script>1</script><aside>one</aside><p>two</p>", id="an aside in a note"),
        pytest.param(
            "<script></script><main><div class='social'><h1>one</h1></div><p>two</p></main>",
            id="the title under a doubtful name",
        ),
        pytest.param("<nav><a href='a'>one</a></nav>", id="nothing but navigation"),
        pytest.param(
            "<script></script><main><pre><span class='comment'># one</span></pre></main>",
            id="comments in code",
        ),
    ],
)
def test_in_doubt_everything_is_kept(tmp_path: Path, html: str) -> None:
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    document = open_document(tmp_path / "a.html")
    words = re.sub(r"<[^>]*>|\b1\b", " ", html).split()
    assert document.sections[0].text.split() == words
    assert document.notices == ()


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<ul class='docnav'><li>Prev</li><li>Next</li></ul>", id="Publican"),
        pytest.param("<div class='navheader'><table><tr><td>Prev</table></div>", id="DocBook"),
        pytest.param("<div class='nav-panel'><p>Next: <a rel='next'>x</a></p></div>", id="Texinfo"),
        pytest.param(
            "<div class='header'><p>Next: <a rel='next'>x</a>, Up: <a rel='up'>y</a></p></div>",
            id="older Texinfo",
        ),
        pytest.param("<div class='related' role='navigation'><a>index</a></div>", id="Sphinx"),
    ],
)
def test_what_leads_from_page_to_page_of_a_manual_is_left_out(tmp_path: Path, html: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        f"<html><body>{html}<h1>One</h1><div class='header'>Two</div>{html}</body></html>"
    )
    document = open_document(path)
    assert document.sections[0].text == "One\n\nTwo"
    assert [notice.kind for notice in document.notices] == [NoticeKind.LEFT_OUT]
