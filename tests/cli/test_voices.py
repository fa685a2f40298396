"""Tests of `sottovoce voices`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.__main__ import main
from reader.speech.engines import piper_voices
from tests.fakes.voice_server import only_published, voice_server


def test_voices_are_listed_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["voices", "list", "--json", "--data-dir", str(tmp_path)]) == 0
    voices = json.loads(capsys.readouterr().out)
    assert list(voices[0]) == [
        "id",
        "engine",
        "language",
        "name",
        "installed",
        "available",
        "reason",
        "size_bytes",
        "licence",
    ]
    assert voices[0]["id"] == "piper:en_US-joe-medium"


def test_voices_are_listed_a_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["voices", "list", "--data-dir", str(tmp_path)]) == 0
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.split() == ["piper:en_US-joe-medium", "en-US", "Joe"]
    assert len(rest) > 100
    lines = [line.split(maxsplit=2) for line in rest]
    assert ["piper:en_US-amy-low", "en-US", "Amy  (not installed, 63 MB)"] in lines


def test_a_damaged_voice_is_told_and_the_code_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["voices", "verify", "--data-dir", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "piper:en_US-joe-medium  intact\n"
    monkeypatch.setattr(piper_voices, "_JOE_PACKAGE", "no_such_package")
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "en_US-joe-medium.onnx").write_bytes(b"half of it")
    (tmp_path / "voices" / "en_US-joe-medium.onnx.json").write_bytes(b"{}")
    assert main(["voices", "verify", "--data-dir", str(tmp_path)]) == 4
    captured = capsys.readouterr()
    assert captured.out == "piper:en_US-joe-medium  damaged\n"
    assert captured.err == "sottovoce: a voice is damaged. Install it again.\n"


def test_a_voice_is_fetched_listed_verified_and_removed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*command: str) -> tuple[int, str, str]:
        code = main(["voices", *command, "--data-dir", str(tmp_path)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    with voice_server() as server:
        voice = server.publish()
        with only_published(tmp_path / "resources", voice):
            told = f"fetching 0 MB from {server.address}\n"
            assert run("install", voice.id) == (0, f"{voice.id}  installed\n", told)
            assert run("install", "xx_XX-test-low", "--from", server.address, "-q")[0] == 0
            listed = json.loads(run("list", "--json")[1])
    assert [v["installed"] for v in listed if v["id"] == voice.id] == [True]
    assert f"{voice.id}  intact\n" in run("verify")[1]
    (tmp_path / "voices/piper/xx_XX-test-low/xx_XX-test-low.onnx").write_bytes(b"changed")
    code, out, err = run("verify")
    assert (code, err) == (4, "sottovoce: a voice is damaged. Install it again.\n")
    assert f"{voice.id}  damaged\n" in out
    assert run("remove", "xx_XX-test-low") == (0, f"{voice.id}  removed\n", "")
    assert list((tmp_path / "voices").rglob("*.*")) == []


@pytest.mark.parametrize(
    ("command", "code", "sentence"),
    [
        (["install", "no_such-voice"], 4, "No voice is called no_such-voice."),
        (["install", "./no/such.onnx"], 3, "no/such.onnx was refused: there is no such file."),
        (["install", "piper:../../etc"], 3, "was refused"),
        (["remove", "piper:en_US-joe-medium"], 2, "came with the app or the system: it stays."),
        (["remove", "pyttsx3:de"], 2, "came with the app or the system: it stays."),
        (["remove", "piper:xx_XX-nobody-low"], 4, "is not installed."),
        (["remove", "piper:../../voices"], 4, "is not installed."),
    ],
)
def test_what_can_not_be_done_is_one_line_on_standard_error(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
    code: int,
    sentence: str,
) -> None:
    assert main(["voices", *command, "--data-dir", str(tmp_path)]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert sentence in captured.err
    assert captured.err.count("\n") == 1
