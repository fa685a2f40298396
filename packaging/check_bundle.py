"""Tries a bundle where nothing of ours is but itself: a root of the system's own files alone, an
empty environment, no network. It must paint a text, speak a sentence to a file, and answer every
command there is.

    python packaging/check_bundle.py dist/sottovoce
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

from reader.cli.arguments import COMMANDS

TEXT = "A voice without a body. It reads this sentence, and nobody hears it but a file.\n"

# Run in namespaces of its own by unshare: mounts the system's folders read-only below $1, then
# starts the program there with nothing in its environment.
IN_A_ROOT_OF_ITS_OWN = """
set -e
root=$1; shift
for folder in usr lib lib64 bin etc; do
    [ -d "/$folder" ] || continue
    mkdir -p "$root/$folder"
    mount --rbind "/$folder" "$root/$folder"
done
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
exec chroot "$root" /usr/bin/env -i QT_QPA_PLATFORM=offscreen LANG=C.UTF-8 "$@"
"""


def main() -> int:
    """Try the bundle named on the command line; return the exit code."""
    bundle = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "root"
        for name in ("proc", "dev", "tmp", "opt"):
            (root / name).mkdir(parents=True)
        shutil.copytree(bundle, root / "opt" / "sottovoce", symlinks=True)
        (root / "tmp" / "text.txt").write_text(TEXT, encoding="utf-8")
        start_inside(root, "--screenshot", "/tmp/painted.png", "/tmp/text.txt")
        start_inside(root, "speak", "/tmp/text.txt", "-o", "/tmp/spoken.wav")
        start_inside(root, "library", "add", "/tmp/text.txt")
        start_inside(root, "search", "body")
        for command in COMMANDS:
            start_inside(root, command, "--help", output=subprocess.DEVNULL)
        painted = (root / "tmp" / "painted.png").stat().st_size
        with wave.open(str(root / "tmp" / "spoken.wav")) as spoken:
            seconds = spoken.getnframes() / spoken.getframerate()
    print(f"the bundle painted a text ({painted:,} bytes) and spoke for {seconds:.1f} s")
    return 0 if painted > 20_000 and 2 < seconds < 12 else 1


def start_inside(root: Path, *arguments: str, output: int | None = None) -> None:
    """Run the bundled program in `root`; what it prints goes to `output`, by default to ours."""
    unshare = ["unshare", "--mount", "--pid", "--fork", "--net", "--map-root-user"]
    shell = ["sh", "-c", IN_A_ROOT_OF_ITS_OWN, "sh", str(root)]
    program = ["/opt/sottovoce/sottovoce", "--data-dir", "/tmp/data", *arguments]
    subprocess.run([*unshare, *shell, *program], check=True, timeout=300, stdout=output)


if __name__ == "__main__":
    sys.exit(main())
