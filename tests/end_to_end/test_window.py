"""The real program in a real window with the real voice, its sound recorded."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from tests.end_to_end.desk import Desk, wait_until
from tests.formats.epub.epub_books import page, write_book
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.end_to_end

TEXT = (
    "The voice begins with this sentence. Then it goes on with another one, a little longer, "
    "so that there is time to press a key. A third sentence follows the second without a pause. "
    "The fourth one is here for those who listen to the end. And a fifth one closes the page.\n"
)
_QUIET = 200
_KEY_S = 0.15
"""How long a key may take from the test through the X server to the program."""


class Sitting:
    """One run of the program at a desk, with its trace."""

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        *options: str,
        program: Sequence[str | Path] = ("-m", "reader"),
        content: str = TEXT,
    ) -> None:
        self.desk = desk
        self.text = folder / "text.txt"
        self.text.write_text(content, encoding="utf-8")
        self.trace = folder / f"trace-{time.monotonic_ns()}"
        command: list[str | Path] = [sys.executable, *program, "--data-dir", folder / "data"]
        command += ["--trace", self.trace, *options, self.text]
        self.program = desk.start(*command)

    def events(self, name: str, after: float = 0.0) -> list[dict[str, Any]]:
        """Return the events of a kind from a moment on."""
        lines = self.trace.read_text().splitlines() if self.trace.exists() else []
        events = [json.loads(line) for line in lines]
        return [event for event in events if event["event"] == name and event["t"] > after]

    def wait_for(self, name: str, after: float = 0.0) -> dict[str, Any]:
        """Return the first event of a kind after a moment."""
        wait_until(lambda: bool(self.events(name, after)), f"no {name}")
        return self.events(name, after)[0]

    def get_ready(self) -> None:
        """Wait until the window is there and the voice is warm."""
        self.desk.wait_for_window("text")
        self.wait_for("voice_ready")
        time.sleep(1.0)  # what lies at the reading place is being spoken ahead

    def press_space(self) -> float:
        """Press it; return when."""
        return self.desk.press("space")

    def loud_between(self, start_s: float, end_s: float) -> bool:
        """Whether anything is heard between two moments."""
        wait_until(lambda: time.monotonic() > end_s + 0.3, "time stands still")
        heard = self.desk.recording().at(start_s, end_s).astype(np.int32)
        return bool(len(heard)) and int(np.abs(heard).max()) > _QUIET

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End the program; return its exit code."""
        self.program.send_signal(how)
        return self.program.wait(PATIENCE_S)


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Return one desk for all these tests."""
    with Desk() as made:
        yield made


def words_of(events: list[dict[str, Any]]) -> list[str]:
    """Return the words of `word` events."""
    return [TEXT[event["start"] : event["end"]] for event in events]


def test_the_first_window_ends_within_a_small_screen(tmp_path: Path) -> None:
    with Desk(size="1366x768x24") as desk:
        Sitting(desk, tmp_path)
        window = desk.wait_for_window("text")
        shape = dict(
            line.split("=")
            for line in desk.run("xdotool", "getwindowgeometry", "--shell", window).split()
        )
        assert int(shape["WIDTH"]) < 1366
        assert int(shape["HEIGHT"]) < 768 - 20  # room for the frame's title as well


def test_space_sounds_pauses_and_goes_on_at_the_same_word(desk: Desk, tmp_path: Path) -> None:
    sitting = Sitting(desk, tmp_path)
    sitting.get_ready()
    pressed = sitting.press_space()
    sounding = sitting.wait_for("sounding", pressed)["t"]
    assert sitting.loud_between(sounding, sounding + 1.0)
    pressed = sitting.press_space()
    paused = sitting.wait_for("pause", pressed)["t"]
    assert not sitting.loud_between(paused + 0.15, paused + 1.2)
    before = words_of(sitting.events("word"))
    pressed = sitting.press_space()
    sitting.wait_for("word", sitting.wait_for("sounding", pressed)["t"])
    wait_until(lambda: len(sitting.events("word", pressed)) > 3, "no words after the pause")
    after = words_of(sitting.events("word", pressed))
    spoken = re.findall(r"\w+", TEXT)
    assert before == spoken[: len(before)]
    assert after[0] in spoken[len(before) - 1 : len(before) + 1], "no word is skipped"
    assert sitting.end() == 0


def test_space_held_down_plays_once(desk: Desk, tmp_path: Path) -> None:
    sitting = Sitting(desk, tmp_path)
    sitting.get_ready()
    desk.run("xdotool", "keydown", "space")
    time.sleep(1.2)  # after two thirds of a second the screen's server repeats it
    desk.run("xdotool", "keyup", "space")
    sitting.wait_for("word")
    assert len(sitting.events("play")) == 1
    assert not sitting.events("pause")
    assert sitting.end() == 0


def test_the_place_is_there_again_after_a_kill(desk: Desk, tmp_path: Path) -> None:
    sitting = Sitting(desk, tmp_path)
    sitting.get_ready()
    for _ in range(3):
        desk.press("Right")
        time.sleep(0.3)
    pressed = sitting.press_space()
    sitting.wait_for("word", sitting.wait_for("sounding", pressed)["t"])
    time.sleep(0.5)
    assert sitting.end(signal.SIGKILL) == -signal.SIGKILL
    again = Sitting(desk, tmp_path, "--play")
    again.wait_for("sounding")
    wait_until(lambda: bool(again.events("word")), "no word")
    first = again.events("word")[0]["start"]
    assert first >= TEXT.index("The fourth")
    assert again.end() == 0


def test_the_speech_process_may_die_and_ends_with_the_window(desk: Desk, tmp_path: Path) -> None:
    sitting = Sitting(desk, tmp_path, "--play")
    sitting.wait_for("sounding")
    first = sitting.wait_for("speech_process")["pid"]
    killed = time.monotonic()
    os.kill(first, signal.SIGKILL)
    sitting.wait_for("voice_ready", killed)
    second = next(
        event["pid"]
        for event in reversed(sitting.events("speech_process"))
        if event["state"] == "started"
    )
    assert second != first
    wait_until(lambda: bool(sitting.events("word", killed + 1.0)), "the voice doesn't go on")
    starts = [event["start"] for event in sitting.events("word")]
    assert starts == sorted(set(starts)), "each word once, in order"
    assert sitting.end() == 0
    wait_until(lambda: not Path(f"/proc/{second}").exists(), "the speech process stays")


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program to its end, away from any display unless told otherwise."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    inherited = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, "-m", "reader", *(str(argument) for argument in arguments)],
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def test_a_picture_of_the_window_is_saved_without_a_speech_process(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text(TEXT)
    picture, trace = tmp_path / "out.png", tmp_path / "trace"
    done = run(
        *("--data-dir", tmp_path / "data", "--trace", trace, "--screenshot", picture, text),
        QT_QPA_PLATFORM="offscreen",
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert "speech_process" not in trace.read_text()


def test_a_picture_of_the_window_shows_the_pictures_in_its_text(tmp_path: Path) -> None:
    red = QImage(300, 200, QImage.Format.Format_RGB32)
    red.fill(QColor("#c01020"))
    assert red.save(str(tmp_path / "red.png"))
    files: dict[str, str | bytes] = {
        "a.xhtml": page('<h1>One</h1><figure><img src="red.png" alt="Red"/></figure>'),
        "red.png": (tmp_path / "red.png").read_bytes(),
    }
    book, picture = write_book(tmp_path / "book.epub", files), tmp_path / "out.png"
    done = run(
        *("--data-dir", tmp_path / "data", "--screenshot", picture, book),
        QT_QPA_PLATFORM="offscreen",
    )
    assert (done.returncode, done.stderr) == (0, "")
    shown = QImage(str(picture))
    colours = {
        shown.pixelColor(x, y).name()
        for x in range(0, shown.width(), 20)
        for y in range(0, shown.height(), 20)
    }
    assert "#c01020" in colours


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("nowhere.txt", None, "There is no file", id="missing"),
        pytest.param("empty.txt", b"", "is empty", id="empty"),
        pytest.param("binary.txt", bytes(range(256)) * 20, "no text", id="binary"),
    ],
)
def test_a_picture_of_a_bad_text_is_refused_in_one_line(
    tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = run(
        *("--data-dir", tmp_path / "data", "--screenshot", tmp_path / "o.png", tmp_path / name),
        QT_QPA_PLATFORM="offscreen",
    )
    assert done.returncode == 3
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "o.png").exists()


def test_a_picture_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text(TEXT)
    done = run(
        *("--data-dir", tmp_path / "data", "--screenshot", tmp_path / "no" / "o.png", text),
        QT_QPA_PLATFORM="offscreen",
    )
    assert done.returncode == 4
    assert done.stderr.count("\n") == 1


def test_without_a_display_one_line_says_what_to_do(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Something to read.", encoding="utf-8")
    done = run("--data-dir", tmp_path / "data", text)
    assert done.returncode == 4
    assert "DISPLAY" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "data").exists()


def test_without_a_display_a_file_that_is_not_there_is_told_first(tmp_path: Path) -> None:
    done = run("--data-dir", tmp_path / "data", tmp_path / "typo.txt")
    assert done.returncode == 3
    assert "typo.txt" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_window_process_never_loads_what_belongs_to_speech(tmp_path: Path) -> None:
    code = (
        "import sys, gc; from reader.__main__ import main;"
        "code = main(['--data-dir', sys.argv[1], '--screenshot', sys.argv[2]]);"
        "found = [m for m in ('numpy', 'onnxruntime', 'piper', 'PySide6.QtMultimedia',"
        " 'reader.speech.synthesiser', 'reader.playback.player') if m in sys.modules];"
        "print(code, found)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "data", tmp_path / "o.png"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    assert ran.stdout.strip() == "0 []"
