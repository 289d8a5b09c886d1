"""Floor 4: the command line. The same calls as the window, printed."""

from __future__ import annotations

import argparse

from valuer import __version__


def main(argv: list[str] | None = None) -> int:
    """Run one command and return the exit code."""
    parser = argparse.ArgumentParser("valuer")
    parser.add_argument("--version", action="version", version=__version__)
    parser.parse_args(argv)
    return 0
