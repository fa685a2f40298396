"""Puts Sottovoce among a user's applications on a Linux desktop, with its icon and what it opens.

python packaging/install_desktop.py             the one of this checkout (`make desktop`)
python packaging/install_desktop.py PROGRAM     another one, such as dist/sottovoce/sottovoce
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "org.sottovoce.Sottovoce"


def main() -> int:
    """Install for the user who runs it; return the exit code."""
    if len(sys.argv) > 2 or sys.argv[1:2] in (["-h"], ["--help"]):
        print(__doc__)
        return 2
    program = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / ".venv" / "bin" / "sottovoce")
    if not program.is_file():
        print(f"There is no program {program}. `make run` sets it up.", file=sys.stderr)
        return 1
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    entry = install(Path(data), program.absolute())
    print(f"Sottovoce is among your applications now: {entry}")
    return 0


def install(data: Path, program: Path) -> Path:
    """Write the desktop entry, the icon and the description below `data`; return the entry."""
    entry = data / "applications" / f"{NAME}.desktop"
    icon = data / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg"
    description = data / "metainfo" / f"{NAME}.metainfo.xml"
    for path in (entry, icon, description):
        path.parent.mkdir(parents=True, exist_ok=True)
    told = (ROOT / "packaging" / "linux" / f"{NAME}.desktop").read_text(encoding="utf-8")
    started = f"Exec={quoted(program)} %u"
    entry.write_text(re.sub(r"(?m)^Exec=.*$", lambda _: started, told), encoding="utf-8")
    shutil.copyfile(ROOT / "resources" / "icons" / "sottovoce.svg", icon)
    shutil.copyfile(ROOT / "packaging" / "linux" / f"{NAME}.metainfo.xml", description)
    if update := shutil.which("update-desktop-database"):  # which program opens what
        subprocess.run([update, "--quiet", str(entry.parent)], check=False)
    return entry


def quoted(program: Path) -> str:
    """Return a path as the Exec key wants it (Desktop Entry Specification, "The Exec key")."""
    reserved = re.sub(r'(["`$\\])', r"\\\1", str(program)).replace("\\", "\\\\")
    return f'"{reserved}"'.replace("%", "%%")


if __name__ == "__main__":
    sys.exit(main())
