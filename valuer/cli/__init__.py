"""Floor 4: the command line. The same calls as the window, printed.

Exit codes: 0 done, or yes; 1 no; 2 refused, reason on stderr, nothing changed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from valuer.core.problems import Cancelled, UserError
from valuer.core.texts import N_, tr

OpenWindow = Callable[[Path], int]
"""Opens the window on a library and returns when it is closed."""


def main(argv: list[str], open_window: OpenWindow) -> int:
    """Run one command and return the exit code."""
    from valuer.cli.answers import Exit, language, tell
    from valuer.cli.parser import build_parser

    tongue = language()
    arguments = build_parser(tongue).parse_args(argv)
    arguments.open_window = open_window
    try:
        return int(arguments.run(arguments, tongue))
    except UserError as error:
        tell(error.say(tongue))
        return int(Exit.REFUSED)
    except (Cancelled, KeyboardInterrupt):
        tell(tr(N_("Cancelled."), tongue))
        return int(Exit.REFUSED)
    except BrokenPipeError:
        # The reader of our output went away, as in "valuer patents | head".
        return int(Exit.NO)
    except OSError as error:
        # A folder that may not be looked into, a name too long, a disk that fails:
        # wherever it was met, it is for the user to mend.
        text = N_("{file} cannot be read or written: {reason}.")
        name = str(error.filename or "")
        tell(tr(text, tongue, file=name, reason=error.strerror or ""))
        return int(Exit.REFUSED)
