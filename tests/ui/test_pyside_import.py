"""Tests of reader.ui.pyside_import: each run is a Python of its own, with a cache of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_REPORT = """
import builtins
plain, compiled = builtins.compile, []
def noting(source, filename, *rest, **named):
    compiled.append(str(filename))
    return plain(source, filename, *rest, **named)
builtins.compile = noting
import reader.ui
assert builtins.compile is noting
from PySide6.QtCore import QPoint
try:
    QPoint("no")
except (TypeError, ValueError) as error:
    assert "QPoint" in str(error), error
print(sum(name.startswith(("shibokensupport", "signature_bootstrap")) for name in compiled))
"""

_AT_WORK = """
import builtins, re
python_s_own = builtins.__import__
import reader.ui
assert builtins.__import__ is python_s_own
assert builtins.compile.__module__ == "builtins" and re.compile.__module__ == "re"
from PySide6.QtCore import QLocale, QPoint
from PySide6.support.signature import parser
from shibokensupport.signature.lib import pyi_generator
assert not hasattr(pyi_generator, "generate_pyi")
assert parser._parse_arglist("a, b=(1, 2)") == ["a", "b=(1, 2)"]
assert "setX(self, x: int" in QPoint.setX.__doc__
assert QLocale.Language.English.name == "English"
"""


def compiled_modules(cache: Path, *, is_kept: bool = True) -> int:
    """Import the window's room in another Python; return how much of the support it compiled."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(cache)}
    environment["PYTHONDONTWRITEBYTECODE"] = "" if is_kept else "1"
    ran = subprocess.run(
        [sys.executable, "-c", _REPORT], env=environment, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    return int(ran.stdout)


def kept_file(cache: Path) -> Path:
    """Return where the code is kept."""
    (found,) = cache.rglob("*.pyside")
    return found


def test_what_is_left_out_is_not_missed() -> None:
    ran = subprocess.run([sys.executable, "-c", _AT_WORK], capture_output=True, timeout=60)
    assert ran.returncode == 0, ran.stderr


def test_the_support_code_is_compiled_once(tmp_path: Path) -> None:
    assert compiled_modules(tmp_path) > 5
    assert compiled_modules(tmp_path) == 0


def test_nothing_is_kept_where_python_is_told_to_keep_nothing(tmp_path: Path) -> None:
    assert compiled_modules(tmp_path, is_kept=False) > 5
    assert list(tmp_path.rglob("*.pyside")) == []


@pytest.mark.parametrize(
    "spoil", [lambda whole: whole[: len(whole) // 2], lambda _: b"", bytes.swapcase]
)
def test_what_was_spoilt_is_compiled_anew(tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    compiled_modules(tmp_path)
    file = kept_file(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(spoil(whole))
    assert compiled_modules(tmp_path) > 5
    assert file.read_bytes() == whole


def test_code_of_another_pyside_is_not_taken(tmp_path: Path) -> None:
    import marshal
    from importlib.util import MAGIC_NUMBER

    compiled_modules(tmp_path)
    file = kept_file(tmp_path)
    kept = marshal.loads(file.read_bytes()[len(MAGIC_NUMBER) :])
    old = {name: (checksum ^ 1, code) for name, (checksum, code) in kept.items()}
    file.write_bytes(MAGIC_NUMBER + marshal.dumps(old))
    assert compiled_modules(tmp_path) == len(kept)
    assert compiled_modules(tmp_path) == 0
