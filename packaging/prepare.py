"""Makes a checkout runnable on a fresh machine: the virtual environment, what is pinned, and the
system libraries that are really missing. Needs only a Python and its standard library.

    python3 packaging/prepare.py run       what `make run` needs
    python3 packaging/prepare.py test      and what `make test` and `make check` need
    python3 packaging/prepare.py bench     and what `make bench` needs
    python3 packaging/prepare.py bundle    and what `make bundle` needs
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
OLDEST_PYTHON = (3, 11)

# What Qt's window and sound need beyond a bare Debian or Ubuntu: shared library -> its package.
# Found by ldd on Qt's xcb and Wayland plugins and on its multimedia library.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libpulse.so.0": "libpulse0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
# What the tests drive a real desk with: program -> its package.
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "pulseaudio": "pulseaudio",
    "pactl": "pulseaudio-utils",
    "dbus-daemon": "dbus",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "playerctl": "playerctl",
    "import": "imagemagick",
    "desktop-file-validate": "desktop-file-utils",
    "appstreamcli": "appstream",
    "unshare": "util-linux",
    "ip": "iproute2",
    "tesseract": "tesseract-ocr",
}
BUNDLE_PROGRAMS = {"objdump": "binutils"}


def main() -> int:
    purpose = sys.argv[1] if len(sys.argv) == 2 else ""
    if purpose not in ("run", "test", "bench", "bundle"):
        return stop(__doc__ or "")
    if sys.version_info < OLDEST_PYTHON:
        return stop(
            "Sottovoce needs Python 3.11 or newer; this is "
            f"{sys.version_info[0]}.{sys.version_info[1]}.\n"
            "Name another one: make PYTHON=python3.12 run"
        )
    if sys.platform.startswith("linux"):
        programs = TEST_PROGRAMS if purpose in ("test", "bench") else {}
        programs = programs | (BUNDLE_PROGRAMS if purpose == "bundle" else {})
        missing = {name: package for name, package in LIBRARIES.items() if not can_load(name)}
        missing |= {name: package for name, package in programs.items() if not shutil.which(name)}
        # Debian ships Python without ensurepip, which a virtual environment needs
        if importlib.util.find_spec("ensurepip") is None:
            missing["ensurepip"] = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if missing and not install_packages(missing):
            return 1
    make_environment(purpose)
    (VENV / f"{purpose}-ready").touch()
    return 0


def can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(missing: Mapping[str, str]) -> bool:
    """Install Debian packages if this user may; else print the exact line. Whether they are in.

    `missing` maps libraries and programs to their packages.
    """
    packages = sorted(set(missing.values()))
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    line = "sudo apt-get update && sudo " + " ".join(command)
    if shutil.which("apt-get") is None:
        stop(advice_for_other_systems(missing))
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and (
        shutil.which("sudo") is None
        or subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode
    ):
        stop("Some system packages are missing. Run this once, then try again:\n  " + line)
        return False
    print("Installing what the system lacks:", *packages, flush=True)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for step in (["apt-get", "update", "-qq"], [*command, "-qq"]):
        if subprocess.run([*prefix, *step], env=environment, stdout=subprocess.DEVNULL).returncode:
            stop("That failed. Run this yourself and look at what it says:\n  " + line)
            return False
    return True


def advice_for_other_systems(missing: Iterable[str]) -> str:
    """Say what to do where packages aren't Debian's."""
    for tool in ("dnf", "zypper"):  # both find a package by what it holds
        if shutil.which(tool):
            line = f"sudo {tool} install " + " ".join(map(rpm_capability, missing))
            return "Some system packages are missing. Run this once, then try again:\n  " + line
    return "Install what holds these libraries and programs, then try again: " + " ".join(missing)


def rpm_capability(name: str) -> str:
    """Return what RPM calls a library or a program, quoted for a shell."""
    if ".so." in name:
        return shlex.quote(f"{name}()(64bit)")
    return name if name.startswith("/") else f"/usr/bin/{name}"


def make_environment(purpose: str) -> None:
    """Create the virtual environment and install the pinned packages into it."""
    python = VENV / "bin" / "python"
    if not python.exists():
        print("Making a Python environment in .venv", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    extras = {"run": "", "test": "[dev]", "bench": "[dev,bench]", "bundle": "[bundle]"}[purpose]
    print("Installing the pinned packages (the first time takes some minutes)", flush=True)
    quiet = ["--quiet", "--disable-pip-version-check", "--use-pep517"]  # docopt has only a setup.py
    pip = [str(python), "-m", "pip", "install", *quiet]
    subprocess.run([*pip, "-c", str(CONSTRAINTS), "-e", f"{ROOT}{extras}"], check=True)
    # Python may be told not to write bytecode, and then compiles all of ours at every start
    ours = [str(ROOT / "reader"), str(ROOT / "resources")]
    subprocess.run([str(python), "-m", "compileall", "-q", *ours], check=True)


def stop(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failure:
        sys.exit(stop(f"This failed: {' '.join(map(str, failure.cmd))}"))
