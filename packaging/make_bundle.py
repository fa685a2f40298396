"""Builds the folder that runs on a machine without Python: dist/sottovoce. Called by `make bundle`.

PyInstaller does the work by `sottovoce.spec`; on Linux `check_bundle.py` then tries the result.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


def main() -> int:
    """Build and try the bundle; return the exit code."""
    build = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN"]
    folders = ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build")]
    subprocess.run([*build, *folders, str(HERE / "sottovoce.spec")], check=True)
    bundle = ROOT / "dist" / "sottovoce"
    size = sum(path.lstat().st_size for path in bundle.rglob("*"))
    print(f"dist/sottovoce holds {size / 1e6:,.0f} MB", flush=True)
    if not sys.platform.startswith("linux"):
        return 0
    return subprocess.run([sys.executable, str(HERE / "check_bundle.py"), str(bundle)]).returncode


if __name__ == "__main__":
    sys.exit(main())
