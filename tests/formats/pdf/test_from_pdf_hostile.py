"""PDF files that are broken or made to do harm: opened as far as they go, or refused; never more.

What breaks pdfium ends the process that reads the file, and nothing else.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from reader.errors import TextDamaged, TextEmpty, TextReadFailed, UnreadableText
from reader.formats.pdf import process as process_module
from reader.formats.pdf.process import PdfProcess, start_ahead
from reader.formats.registry import open_document
from reader.text.document import Document, NoticeKind
from tests.formats.golden_files import FOLDER
from tests.formats.pdf.raw_pdf import FONT, paragraph, pdf_of_objects, pdf_of_pages, shown, stream
from tests.patience import PATIENCE_S

WORDS = "Some words that can be read by anybody."
PAGE = paragraph(WORDS)


def outline_that_leads_into_itself() -> bytes:
    lines = [
        "<< /Type /Outlines /First 7 0 R /Last 8 0 R >>",
        "<< /Title (one) /Next 8 0 R /First 8 0 R /Dest [4 0 R /Fit] >>",
        "<< /Title (two) /Next 7 0 R /First 7 0 R /Dest [4 0 R /Fit] >>",
    ]
    return pdf_of_pages([PAGE], catalog="/Outlines 6 0 R", more=lines)


def page_tree(kids: str, count: int) -> bytes:
    return pdf_of_objects(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Count {count} /Kids [{kids}] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
        ]
    )


def many_pages(count: int) -> bytes:
    kids = " ".join(f"{5 + number} 0 R" for number in range(count))
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
        "/Resources << /Font << /F1 3 0 R >> >> /Contents 4 0 R >>"
    )
    head = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>",
    ]
    return pdf_of_objects([*head, FONT, stream(shown(PAGE)), *[page] * count])


def content_of(packed: bytes, filters: str) -> bytes:
    """A page whose content is packed."""
    made = pdf_of_pages([b"%"])
    whole = stream(packed, f"/Filter {filters}")
    return made.replace(stream(b"%"), whole)


def bomb() -> bytes:
    return content_of(zlib.compress(b"0 0 m 1 1 l S\n" * 20_000_000, 9), "/FlateDecode")


def bomb_in_a_bomb() -> bytes:
    twice = zlib.compress(zlib.compress(bytes(320_000_000), 9), 9)
    return content_of(twice, "[/FlateDecode /FlateDecode]")


def forms_that_draw_themselves() -> bytes:
    form = stream(
        b"/X Do /X Do",
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
    )
    entries = "/MediaBox [0 0 595 842] /Resources << /XObject << /X 6 0 R >> >>"
    return pdf_of_pages([b"/X Do"], page_entries=entries, more=[form])


def of_size(box: str) -> bytes:
    return pdf_of_pages([PAGE], page_entries=f"/MediaBox [{box}]")


READABLE: dict[str, Callable[[], bytes]] = {
    "an outline that leads into itself": outline_that_leads_into_itself,
    "no table of its objects": lambda: pdf_of_pages([PAGE]).replace(b"xref", b"xxxx"),
    "bytes before the head": lambda: b"junk\n" * 50 + pdf_of_pages([PAGE]),
    "a page of a thousand kilometres": lambda: of_size("0 0 99999999999 99999999999"),
    "a page of no size": lambda: of_size("0 0 0.0001 0.0001"),
    "a page of no sensible size": lambda: of_size("0 0 -5 nan"),
    "many pages": lambda: many_pages(20_500),
}
REFUSED: dict[str, tuple[Callable[[], bytes], type[UnreadableText]]] = {
    "only a head": (lambda: b"%PDF-1.7\n", TextDamaged),
    "noise after the head": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400, TextDamaged),
    "another thing": (lambda: b"this is no PDF at all", TextDamaged),
    "pages that are their own pages": (lambda: page_tree("2 0 R 3 0 R 2 0 R", 3), TextEmpty),
    "fewer pages than it says": (lambda: page_tree("3 0 R", 2_000_000_000), TextEmpty),
    "empty pages": (lambda: pdf_of_pages([b"", b""]), TextEmpty),
    "no pages": (lambda: page_tree("", 0), UnreadableText),
    "content that unpacks twice": (bomb_in_a_bomb, UnreadableText),
    "drawings of themselves": (forms_that_draw_themselves, UnreadableText),
    "100,000 lists within each other": (
        lambda: pdf_of_objects([f"<< /Pages 2 0 R /X {'[' * 100_000} >>", "<< /Count 0 >>"]),
        UnreadableText,
    ),
}


def opened(folder: Path, content: bytes) -> Document:
    path = folder / "made.pdf"
    path.write_bytes(content)
    return open_document(path)


@pytest.mark.parametrize("make", READABLE.values(), ids=READABLE.keys())
def test_it_is_opened_as_far_as_it_goes(make: Callable[[], bytes], tmp_path: Path) -> None:
    document = opened(tmp_path, make())
    assert " ".join(document.sections[0].text.split()).startswith(WORDS)
    assert len(document.contents) <= 2


@pytest.mark.parametrize(("make", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused(
    make: Callable[[], bytes], error: type[UnreadableText], tmp_path: Path
) -> None:
    with pytest.raises(error):
        opened(tmp_path, make())


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited by the system")
def test_a_bomb_takes_no_more_memory_than_it_may(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf"
    path.write_bytes(bomb())
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from reader.errors import TextDamaged; from reader.formats.registry import open_document\n"
        "try: open_document(Path(sys.argv[1]))\n"
        "except TextDamaged: print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    assert 0 < int(told.stdout) < 300_000  # kB


@pytest.mark.skipif(sys.platform != "linux", reason="work and memory are limited by the system")
def test_a_page_that_takes_too_much_is_left_out_and_the_others_are_read(tmp_path: Path) -> None:
    heavy = zlib.compress(b"0 0 m 1 1 l S\n" * 20_000_000, 9)
    content = pdf_of_pages([PAGE, b"%", PAGE]).replace(
        stream(b"%"), stream(heavy, "/Filter /FlateDecode")
    )
    document = opened(tmp_path, content)
    words = " ".join(" ".join(section.text for section in document.sections).split())
    assert words.count(WORDS) == 2
    notices = [notice for section in document.sections for notice in section.notices]
    assert [(notice.kind, notice.detail) for notice in notices] == [
        (NoticeKind.PART_DAMAGED, "page 2")
    ]


def test_pages_that_are_only_claimed_are_none(tmp_path: Path) -> None:
    document = opened(tmp_path, pdf_of_pages([PAGE, PAGE]).replace(b"/Count 2 ", b"/Count 900000 "))
    assert (len(document.sections), len(document.pages)) == (1, 2)


def test_a_file_cut_off_is_read_up_to_there(tmp_path: Path) -> None:
    whole = (FOLDER / "reportlab.pdf").read_bytes()
    document = opened(tmp_path, whole[:-700])
    assert document.sections[0].text.startswith("What the Ear Keeps")
    assert [notice.kind for notice in document.notices] == [NoticeKind.PART_DAMAGED]


def test_a_process_that_dies_is_started_again(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf_of_pages([PAGE]))
    process = PdfProcess(path, "")
    process.open()
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    with pytest.raises(TextDamaged):
        process.ask("section", index=0)
    assert process.ask("section", index=0).header["characters"] > 0
    process.close()


def test_a_process_started_ahead_is_the_one_that_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf_of_pages([PAGE]))
    start_ahead(path)
    ((_, _, ahead),) = process_module._ahead
    process = PdfProcess(path, "")
    assert process.open()["page_count"] == 1
    assert process.pid == ahead.pid
    assert process.ask("section", index=0).header["characters"] > 0
    assert process_module._ahead == []
    process.close()


def test_one_started_ahead_for_a_file_that_changed_is_not_asked(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf_of_pages([PAGE]))
    start_ahead(path)
    ((_, _, ahead),) = process_module._ahead
    path.write_bytes(pdf_of_pages([PAGE, PAGE]))
    process = PdfProcess(path, "")
    assert process.open()["page_count"] == 2
    assert process.pid != ahead.pid
    process.close()
    process_module._ahead.clear()
    ahead.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be made to stand still")
def test_a_process_that_does_not_answer_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf_of_pages([PAGE]))
    process = PdfProcess(path, "")
    process.open()
    assert process.pid is not None
    os.kill(process.pid, signal.SIGSTOP)
    with pytest.raises(TextDamaged) as late:
        process.ask("section", patience_s=0.3, index=0)
    assert "too long" in late.value.reason
    process.close()


def test_a_file_that_became_another_is_not_read_on(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf_of_pages([PAGE]))
    process = PdfProcess(path, "")
    process.open()
    process.close()
    path.write_bytes(pdf_of_pages([PAGE, PAGE]))
    with pytest.raises(TextReadFailed):
        process.ask("section", index=0)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_document_that_nobody_wants_leaves_no_process(tmp_path: Path) -> None:
    others = children()  # other tests' documents may still be there, or go meanwhile
    document = opened(tmp_path, pdf_of_pages([PAGE]))
    (own,) = children() - others
    del document
    patience = time.monotonic() + PATIENCE_S  # the section that is read ahead may be under way
    while own in children() and time.monotonic() < patience:
        time.sleep(0.02)
    assert own not in children()


def children() -> set[int]:
    """This process's children that read PDF files.

    Asked of each process for its parent: by threads they would be missed, for those end meanwhile.
    """
    found: set[int] = set()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):  # it has just ended
            parent = re.search(r"^PPid:\s(\d+)$", (process / "status").read_text(), re.MULTILINE)
            is_ours = parent is not None and int(parent[1]) == os.getpid()
            if is_ours and b"pdf.worker" in (process / "cmdline").read_bytes():
                found.add(int(process.name))
    return found
