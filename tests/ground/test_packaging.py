"""The desktop's own validators accept what we hand to the desktop."""

from __future__ import annotations

import subprocess
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
