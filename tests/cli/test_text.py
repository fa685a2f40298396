"""`sottovoce text` prints the canonical text in UTF-8, whatever the locale and whoever reads it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE_S

TEXT = "“Grüße”,  a a\u00a0b\n\nnext — 👩‍👩‍👧"


def sottovoce(
    *arguments: str | Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "reader", *map(str, arguments)],
        capture_output=True,
        check=False,
        timeout=PATIENCE_S,
        env={**os.environ, **(environment or {})},
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "environment",
    [{"LC_ALL": "C", "PYTHONUTF8": "0"}, {"LC_ALL": "C.UTF-8"}, {"PYTHONIOENCODING": "ascii"}],
    ids=["C", "UTF-8", "ascii"],
)
def test_the_text_is_printed_in_utf8_under_every_locale(
    file: Path, environment: dict[str, str]
) -> None:
    result = sottovoce("text", file, environment=environment)
    assert result.returncode == 0
    assert result.stdout.decode("utf-8") == TEXT + "\n"
    assert result.stderr == b""


def test_a_text_that_ends_its_last_line_gets_no_second_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one\r\ntwo\r\n")
    assert sottovoce("text", tmp_path / "a.txt").stdout == b"one\ntwo\n"


def test_json_tells_sections_and_blocks(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: T\nauthor: A\nlang: en\n---\n# H\n\np <i>q</i>\n\n<p lang=fr>r</p>\n",
        encoding="utf-8",
    )
    result = json.loads(sottovoce("text", tmp_path / "a.md", "--json").stdout)
    fingerprint = result.pop("fingerprint")
    assert fingerprint.startswith("sha256:")
    assert result == {
        "title": "T",
        "authors": ["A"],
        "language": "en",
        "sections": [
            {
                "index": 0,
                "title": "",
                "text": "H\n\np q\n\nr",
                "blocks": [
                    {"start": 0, "end": 1, "kind": "heading", "language": "en"},
                    {"start": 3, "end": 6, "kind": "paragraph", "language": "en"},
                    {"start": 8, "end": 9, "kind": "paragraph", "language": "fr"},
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("gone.txt", None, id="missing"),
        pytest.param("empty.txt", b" \n", id="empty"),
        pytest.param("binary.txt", bytes(range(256)), id="binary"),
        pytest.param(".", None, id="a folder"),
        pytest.param("deep.html", b"<div>" * 5000 + b"x", id="damaged"),
    ],
)
def test_what_cannot_be_read_is_one_line_on_standard_error_and_exit_3(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = sottovoce("text", tmp_path / name)
    assert result.returncode == 3
    assert result.stdout == b""
    assert len(result.stderr.splitlines()) == 1
    assert b"Traceback" not in result.stderr


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a line of text\n" * 100_000)
    program = subprocess.Popen(
        [sys.executable, "-m", "reader", "text", str(tmp_path / "a.txt")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdout is not None
    assert program.stderr is not None
    with program.stdout, program.stderr:
        program.stdout.readline()
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait(timeout=PATIENCE_S) == 0


def test_no_qt_and_no_speech_is_loaded(file: Path) -> None:
    program = (
        "import sys; from reader.__main__ import main\n"
        f"main(['text', {str(file)!r}])\n"
        "heavy = {'PySide6', 'numpy', 'onnxruntime', 'lxml'}\n"
        "sys.stderr.write(','.join(heavy & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, timeout=PATIENCE_S
    )
    assert result.stderr == b""
