"""Tests of reader.cli.arguments."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from reader.cli.arguments import COMMANDS, parse_arguments, run_command
from reader.processes.starting import program_start
from reader.text.address import Address

_DIR = Path("elsewhere")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--data-dir", "elsewhere", "voices", "list"],
        ["voices", "--data-dir", "elsewhere", "list"],
        ["voices", "list", "--data-dir", "elsewhere"],
        ["--data-dir", "elsewhere", "text", "book.txt"],
        ["--data-dir", "elsewhere", "book.txt"],
        ["book.txt", "--data-dir", "elsewhere"],
    ],
    ids=" ".join,
)
def test_the_folder_for_everything_may_be_named_before_or_after_the_command(
    arguments: list[str],
) -> None:
    assert parse_arguments(arguments).data_dir == _DIR


@pytest.mark.parametrize("arguments", [["voices", "list"], ["text", "book.txt"], []], ids=" ".join)
def test_without_one_it_is_the_user_s_own(arguments: list[str]) -> None:
    assert parse_arguments(arguments).data_dir is None


def test_an_address_is_taken_apart_and_a_bad_one_is_wrong_use() -> None:
    options = parse_arguments(["sottovoce:open?text=0123456789abcdef&note=urn:example:1"])
    assert options.file == Address("0123456789abcdef", "urn:example:1")
    with pytest.raises(SystemExit) as caught:
        parse_arguments(["sottovoce:fetch?it"])
    assert caught.value.code == 2


@pytest.mark.skipif(os.name != "posix", reason="paths are written otherwise there")
def test_a_file_may_be_named_by_its_url_as_desktops_do() -> None:
    assert parse_arguments(["file:///tmp/a%20book.txt"]).file == Path("/tmp/a book.txt")
    assert parse_arguments(["./sottovoce:open"]).file == Path("sottovoce:open")


def test_the_address_of_a_web_page_is_made_fit_to_be_asked_for() -> None:
    assert parse_arguments(["http://example.org/a b".replace(" ", "%20")]).file == (
        "https://example.org/a%20b"
    )
    with pytest.raises(SystemExit):
        parse_arguments(["https://no host/"])


def test_a_command_fetches_nothing_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(parse_arguments(["text", "https://example.org/a"])) == 2
    assert "https://example.org/a is on the web" in capsys.readouterr().err


def test_what_went_wrong_is_one_line_and_where_if_more_is_wanted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = str(tmp_path / "nowhere.txt")
    assert run_command(parse_arguments(["text", nowhere])) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert run_command(parse_arguments(["text", "-v", nowhere])) == 3
    *where, last = capsys.readouterr().err.splitlines()
    assert last == line
    assert "formats/registry.py" in Path(" ".join(where)).as_posix()


def test_a_command_is_traced(tmp_path: Path) -> None:
    trace = tmp_path / "trace.jsonl"
    run_command(parse_arguments(["--trace", str(trace), "text", str(tmp_path / "nowhere.txt")]))
    begun, ended = map(json.loads, trace.read_text(encoding="utf-8").splitlines())
    assert (begun["event"], begun["command"]) == ("command_begun", "text")
    assert (ended["event"], ended["exit_code"]) == ("command_ended", 3)


def test_who_has_read_enough_of_the_output_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("A line of a long text.\n\n" * 100_000, encoding="utf-8")
    command = [*program_start(), "text", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.read(6) == b"A line"
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait() == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["serach", "hand"], "there is no command serach; did you mean search?"),
        (["one.txt", "two.txt", "three.txt"], "one text can be opened at a time, and 3 were named"),
        (["text", "one.txt", "two.txt"], "unrecognized arguments: two.txt"),
        (["--spede", "one.txt"], "unrecognized arguments: --spede"),
        (["--trace", "no/such/trace", "one.txt"], "no/such/trace can't be written: "),
    ],
    ids=str,
)
def test_words_left_over_are_wrong_use_and_it_says_what_was_likely_meant(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        parse_arguments(arguments)
    assert caught.value.code == 2
    assert said in capsys.readouterr().err


def test_the_help_names_every_command_and_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse_arguments(["--help"])
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    for name, purpose in COMMANDS.items():
        assert [name, *purpose.split()] in lines
