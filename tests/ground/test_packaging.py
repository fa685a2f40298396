"""The desktop's own validators accept what we hand to the desktop."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reader import __version__
from tests.patience import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"

VALIDATORS = [
    pytest.param(["desktop-file-validate", "org.sottovoce.Sottovoce.desktop"], id="desktop entry"),
    pytest.param(
        ["appstreamcli", "validate", "--no-net", "org.sottovoce.Sottovoce.metainfo.xml"],
        id="AppStream metainfo",
    ),
]


@pytest.mark.parametrize("command", VALIDATORS)
def test_is_valid(command: list[str]) -> None:
    result = subprocess.run(command, cwd=LINUX, capture_output=True, text=True, timeout=PATIENCE_S)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_metainfo_names_this_version() -> None:
    metainfo = (LINUX / "org.sottovoce.Sottovoce.metainfo.xml").read_text(encoding="utf-8")
    assert f'<release version="{__version__}"' in metainfo


def test_the_desktop_and_the_shops_are_told_the_same_kinds_of_files() -> None:
    metainfo = (LINUX / "org.sottovoce.Sottovoce.metainfo.xml").read_text(encoding="utf-8")
    entry = (LINUX / "org.sottovoce.Sottovoce.desktop").read_text(encoding="utf-8")
    (line,) = re.findall(r"(?m)^MimeType=(.*)$", entry)
    opened = {kind for kind in line.split(";") if kind and not kind.startswith("x-scheme-handler/")}
    assert set(re.findall("<mediatype>(.*)</mediatype>", metainfo)) == opened


def test_the_desktop_finds_the_program_and_its_icon(tmp_path: Path) -> None:
    program = tmp_path / "my $programs, 100% \\ mine" / "sottovoce"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, str(ROOT / "packaging" / "install_desktop.py"), str(program)]
    subprocess.run(command, check=True, env=environment, timeout=PATIENCE_S)
    entry = tmp_path / "applications" / "org.sottovoce.Sottovoce.desktop"
    valid = subprocess.run(["desktop-file-validate", entry], capture_output=True, text=True)
    assert valid.returncode == 0, valid.stdout
    values = dict(
        line.split("=", 1) for line in entry.read_text(encoding="utf-8").splitlines()[1:] if line
    )
    started = values["Exec"].removesuffix(" %u").replace("%%", "%").replace("\\\\", "\\")
    said = subprocess.run(["sh", "-c", f"printf %s {started}"], capture_output=True, text=True)
    assert said.stdout == str(program)  # the Exec key is quoted as for a shell
    assert (tmp_path / f"icons/hicolor/scalable/apps/{values['Icon']}.svg").is_file()


def test_the_pins_name_no_host() -> None:
    pins = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in pins
    assert "index" not in pins


def test_the_speech_library_knows_no_address_to_report_to() -> None:
    # onnxruntime 1.29 and later upload telemetry; what is pinned must not be able to
    import onnxruntime

    library = Path(onnxruntime.__file__).parent / "capi"
    binaries = list(library.glob("onnxruntime_pybind11_state*"))
    assert binaries
    assert not any(b"events.data." in binary.read_bytes() for binary in binaries)


def test_what_is_pinned_runs_on_the_oldest_python_we_name() -> None:
    # Debian 12 has Python 3.11.2, and a package may ask for a later 3.11
    from importlib.metadata import distributions

    from packaging.specifiers import SpecifierSet

    too_new = {
        str(distribution.metadata["Name"]): wanted
        for distribution in distributions()
        if (wanted := distribution.metadata["Requires-Python"])
        and not SpecifierSet(wanted).contains("3.11.2")
    }
    assert too_new == {}
