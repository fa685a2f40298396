"""Tests of reader.cli.arguments."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.cli.arguments import parse_arguments

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
