"""Prepare a checkout: system packages, .venv, pinned packages, the project itself.

``prepare.py`` sets up; ``prepare.py demo`` then runs the main job and ``prepare.py
test …`` the tests. Every step is done once and again only when its inputs change.
It runs on the bare Python of the machine, so it uses the standard library alone.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = os.name == "nt"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")

# What Qt loads and Debian leaves out; asked for by library, because the packages'
# names differ between releases and the libraries' names do not.
QT = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
QT_ON_A_SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}

# What the tests hold reports against; where these are missing, their tests say so.
TOOLS = {
    "java": "default-jre-headless",
    "/usr/share/java/jaxb-runtime.jar": "libjaxb-java",
    "pdfsig": "poppler-utils",
    "softhsm2-util": "softhsm2",
}


def main(arguments: list[str]) -> int:
    """Set up, then do what the first argument names; return the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - started by hand, by any Python
        return refuse(f"Valuer needs Python 3.11 or newer; this is {sys.version}")
    if not set_up():
        return 1
    action, *rest = arguments or [""]
    if action == "test" and sys.platform.startswith("linux"):
        install_packages(missing_tools())
    if action == "demo":
        window = [] if has_screen() else ["--no-window"]
        return run(PYTHON, "-m", "valuer", "demo", *window, *rest)
    if action == "test":
        # One worker a processor; "make test ARGS=-n0" for all in this one process.
        return run(PYTHON, "-m", "pytest", "-n", "auto", *rest)
    return refuse(f"prepare.py does not know {action!r}") if action else 0


def set_up() -> bool:
    """Bring the checkout to where the program and the tests run."""
    if sys.platform.startswith("linux") and not install_system_packages():
        return False
    pins = digest("requirements.txt")
    project = digest("pyproject.toml", "hatch_build.py", "valuer/__init__.py")
    return (
        once("environment", sys.version, make_environment)
        and once("pins", pins, install_pins)
        and once("project", f"{project} {ROOT}", install_project)
        and run(PYTHON, ROOT / "hatch_build.py") == 0
    )


def install_system_packages() -> bool:
    """Install what is missing, if this is Debian or its kin and we may."""
    return install_packages(missing_packages())


def install_packages(missing: list[str]) -> bool:
    """Install packages by Debian's names; say the line to type where we may not."""
    if not missing:
        return True
    if not shutil.which("apt-get"):
        say(f"This system may lack (Debian's names): {' '.join(missing)}")
        return True
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and not (shutil.which("sudo") and quiet(*sudo, "true")):
        refuse(
            f"Some packages are missing. Type this line, then try again:\n\n"
            f"    sudo {' '.join(install)}\n"
        )
        return False
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run(*sudo, "apt-get", "update", "-q")
    if run(*sudo, *install) != 0:
        refuse("apt-get could not install them; its reason stands above.")
        return False
    return True


def missing_packages() -> list[str]:
    """Return Debian's names of what is not on this machine."""
    libraries = {**QT, **(QT_ON_A_SCREEN if has_screen() else {})}
    missing = [package for name, package in libraries.items() if not loads(name)]
    if importlib.util.find_spec("ensurepip") is None:
        missing.insert(0, f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    return missing


def missing_tools() -> list[str]:
    """Return Debian's names of what the tests hold reports against and is not here."""
    return [
        package
        for name, package in TOOLS.items()
        if not (Path(name).exists() if "/" in name else shutil.which(name))
    ]


def make_environment() -> bool:
    """Make ``.venv``, unless there is one of this Python that works."""
    version = "import pip, sys; sys.exit(sys.version != sys.argv[1])"
    if PYTHON.exists() and quiet(PYTHON, "-c", version, sys.version):
        return True
    return run(sys.executable, "-m", "venv", "--clear", VENV) == 0


def install_pins() -> bool:
    """Install the program's and the developers' packages, each by its hash."""
    pins = ROOT / "requirements.txt"
    return run(PYTHON, *PIP, "--require-hashes", "-r", pins) == 0


def install_project() -> bool:
    """Install the project itself, editable, with what the pins brought."""
    return run(PYTHON, *PIP, "--no-deps", "--no-build-isolation", "-e", ROOT) == 0


def once(name: str, inputs: str, step: Callable[[], bool]) -> bool:
    """Take a step unless it was taken with the same inputs."""
    stamp = VENV / f"prepared-{name}"
    if stamp.exists() and stamp.read_text("utf-8") == inputs and PYTHON.exists():
        return True
    if not step():
        return False
    stamp.write_text(inputs, "utf-8")
    return True


def digest(*names: str) -> str:
    """Return one digest of the project's files of these names."""
    total = hashlib.sha256()
    for name in names:
        total.update((ROOT / name).read_bytes())
    return total.hexdigest()


def has_screen() -> bool:
    """Tell whether a window can be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def loads(library: str) -> bool:
    """Tell whether the system has a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def quiet(*command: str | Path) -> bool:
    """Tell whether a command succeeds, showing nothing."""
    nowhere = subprocess.DEVNULL
    done = subprocess.run(command, stdout=nowhere, stderr=nowhere, check=False)
    return done.returncode == 0


def run(*command: str | Path) -> int:
    """Run a command in the checkout, shown first; return its exit code."""
    say("$ " + " ".join(str(part) for part in command))
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def say(text: str) -> None:
    """Print what happens, before the output of what happens."""
    print(text, file=sys.stderr, flush=True)


def refuse(text: str) -> int:
    """Say why it cannot go on; return the exit code for it."""
    say(text)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
