"""The way in: ``valuer``, ``python -m valuer`` and the frozen program."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path


def main() -> int:
    """Open the window, or run the command line; return the exit code."""
    # A frozen program starts its worker processes through this very module.
    multiprocessing.freeze_support()
    words = sys.argv[1:]
    if not words:
        return _open_window(None)
    if len(words) == 1 and words[0].endswith(".valuer"):
        # What a double click on a library passes.
        return _open_window(Path(words[0]))
    if len(words) == 1 and words[0].lower().endswith(".pdf"):
        # What a double click on a report passes: its verdict is shown.
        return _open_window(None, Path(words[0]))
    from valuer import cli

    return cli.main(words, _open_window)


def _open_window(library: Path | None, pdf: Path | None = None) -> int:
    # Qt takes 0.2 s to import: the command line goes without it.
    from valuer.app import run_window

    return run_window(library, pdf)


if __name__ == "__main__":
    sys.exit(main())
