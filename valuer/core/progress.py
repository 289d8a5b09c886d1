"""How long work reports itself and hears Cancel.

Floors 1 to 3 take a ``Progress`` and call it at least ten times a second with how
much is done of how much; they know neither threads nor windows. A caller that wants
to stop raises ``Cancelled`` from inside it.
"""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with (done, total); total 0 means not known."""


def ignore(done: int, total: int) -> None:
    """Take a progress report and do nothing."""
