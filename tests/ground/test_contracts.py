"""Each import contract fails when it is broken on purpose, and holds as the package stands."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

BREACHES = [
    pytest.param("text/document.py", "import reader.speech.engine", "downwards", id="upwards"),
    pytest.param("speech/engine.py", "import reader.formats", "downwards", id="sibling"),
    pytest.param("cli/arguments.py", "import reader.ui", "downwards", id="cli knows ui"),
    pytest.param("playback/__init__.py", "import PySide6.QtCore", "PySide6 only", id="qt below ui"),
    pytest.param("formats/__init__.py", "import socket", "network", id="network"),
    pytest.param("speech/voices/store.py", "import http.client", "network", id="network elsewhere"),
    pytest.param("library/files.py", "import reader.network", "who connects", id="connection"),
]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Hold the contracts against the copy of the package in `folder`."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


@pytest.fixture
def copy_of_the_package(tmp_path: Path) -> Path:
    """A copy that may be spoilt."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "reader", tmp_path / "reader")
    return tmp_path


@pytest.mark.parametrize(("module", "line", "contract"), BREACHES)
def test_a_broken_contract_is_named(
    copy_of_the_package: Path, module: str, line: str, contract: str
) -> None:
    broken = copy_of_the_package / "reader" / module
    broken.write_text(broken.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    result = lint_imports(copy_of_the_package)
    assert result.returncode == 1
    assert any(contract in row and "BROKEN" in row for row in result.stdout.splitlines())


def test_the_contracts_hold(copy_of_the_package: Path) -> None:
    result = lint_imports(copy_of_the_package)
    assert result.returncode == 0, result.stdout


def test_no_module_imports_the_networking_parts_of_larger_packages() -> None:
    # import-linter sees an external package only as a whole
    networking = {"urllib.request", "PySide6.QtNetwork"}
    local = {"PySide6.QtNetwork.QLocalServer", "PySide6.QtNetwork.QLocalSocket"}
    found, of_qt = [], set()
    for path in (ROOT / "reader").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import(names=names):
                    imported = {name.name for name in names}
                case ast.ImportFrom(module=str(module), names=names):
                    imported = {module} | {f"{module}.{name.name}" for name in names}
                case _:
                    continue
            found += [(path.name, name) for name in imported & networking]
            of_qt |= {name for name in imported if name.startswith("PySide6.QtNetwork.")}
    # between two starts of the program, on this machine
    assert sorted(found) == [
        ("network.py", "urllib.request"),
        ("other_starts.py", "PySide6.QtNetwork"),
    ]
    assert of_qt == local
