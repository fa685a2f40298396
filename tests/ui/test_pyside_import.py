"""Tests of reader.ui.pyside_import: what PySide says is the same, with it and without it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.patience import PATIENCE_S

_MISTAKES = {
    "type": 'QPoint("no")',
    "count": "QRect(1, 2, 3)",
    "missing": "QObject().setObjectName()",
    "keyword": "QTimer(None, foo=3)",
    "value": "QTimer(singleShot='no', parent=3)",
    "method": "QWidget().move('a')",
    "inherited": "type('Ours', (QObject,), {})().startTimer('x')",
    "attribute": "QObject().nothing",
    "signal": "QObject().destroyed.connect(3)",
    "enum": "Qt.AlignmentFlag('x')",
    "help": "help(QPoint.setX)",
    "doc": "print(QRect.__doc__, QWidget.setGeometry.__doc__)",
    "signature": "help(QPoint); from PySide6.support import signature as s; "
    "print(s.get_signature(QRect.setX))",
    "in another thread": "import threading; t = threading.Thread(target=lambda: QPoint('no')); "
    "threading.excepthook = lambda of: print(of.exc_value); t.start(); t.join()",
}
_SCRIPT = """
import builtins
compile_before = builtins.compile
import {first}
assert builtins.compile is compile_before
from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Qt
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
for mistake in {mistakes}:
    print("After", mistake)
    try:
        exec(mistake)
    except Exception as error:
        print(type(error), error)
"""


def said(script: str) -> str:
    """Return what a script prints in a Python of its own."""
    ran = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    return ran.stdout


@pytest.mark.parametrize("first", ["type", "keyword", "doc", "signature", "in another thread"])
def test_pyside_says_the_same_of_a_mistake(first: str) -> None:
    mistakes = [_MISTAKES[first], *_MISTAKES.values()]
    words = said(_SCRIPT.format(first="reader.ui", mistakes=mistakes))
    assert words == said(_SCRIPT.format(first="os", mistakes=mistakes))
    assert words.count("After") == len(mistakes)
    assert "PySide6.QtCore.QPoint.__init__(xpos: int, ypos: int, /)" in words


def test_what_only_words_need_is_imported_when_there_is_a_mistake() -> None:
    loaded = "import sys; {}; print(*sys.modules)"
    at_start = said(loaded.format("import reader.ui, PySide6.QtWidgets")).split()
    for name in ("shibokensupport.signature.parser", "inspect", "ast", "tempfile", "zipfile"):
        assert name not in at_start
    assert "PySide6.QtWidgets" in at_start


def test_every_import_stays_python_s_own() -> None:
    report = "import builtins, {}, PySide6.QtCore; print(hasattr(builtins, '__feature_import__'))"
    assert said(report.format("reader.ui")) == "False\n"
    assert said(report.format("os")) == "True\n"


def test_what_pyside_would_import_is_the_real_thing_for_whoever_imports_it_later() -> None:
    used = "zipfile.ZipFile, traceback.print_exc, tempfile.mkdtemp"
    words = said(f"import reader.ui, zipfile, traceback, tempfile; print({used})")
    assert words.startswith("<class 'zipfile.ZipFile'>")
