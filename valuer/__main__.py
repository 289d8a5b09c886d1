"""The way in: ``valuer``, ``python -m valuer`` and the frozen program."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Run the command line and return the exit code."""
    # A frozen program starts its worker processes through this very module.
    multiprocessing.freeze_support()
    from valuer import cli

    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
