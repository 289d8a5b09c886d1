"""Find the files that ship with the program.

The folder ``resources/`` lies in three places: beside the package in a checkout,
inside the package in an installed wheel, and beside the program's modules in a
frozen bundle. Whoever needs a shipped file asks here and nowhere else.
"""

from __future__ import annotations

import sys
from pathlib import Path


def resources_folder() -> Path:
    """Return the folder of shipped files, wherever the program runs from.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    for folder in _candidates():
        if (folder / "translations").is_dir():
            return folder
    raise FileNotFoundError("the program's folder 'resources' is missing")


def resource(name: str) -> Path:
    """Return the path of one shipped file, as in ``"examples/rfr.json"``."""
    return resources_folder() / name


def _candidates() -> tuple[Path, ...]:
    package = Path(__file__).resolve().parent.parent
    frozen = getattr(sys, "_MEIPASS", None)
    inside = (Path(frozen) / "resources",) if frozen else ()
    return (*inside, package / "resources", package.parent / "resources")
